#include "services/scoring/convert_documents.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "absl/status/status.h"

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "services/scoring/convert_rules.h"
#include "services/scoring/errors.h"

namespace assay::scoring {
namespace {

namespace v1 = ::assay::catalogue::v1;

// The document models this build reads.
constexpr uint32_t kFirstModelVersion = 1;
constexpr uint32_t kLastModelVersion = 2;

template <typename Strings>
std::vector<std::string> ToVector(const Strings& strings) {
  return {strings.begin(), strings.end()};
}

template <typename Document>
absl::Status CheckModelVersion(const Document& document) {
  if (document.revision().model_version() < kFirstModelVersion ||
      document.revision().model_version() > kLastModelVersion) {
    return DocumentNotSupported(
        document.name(), "model version " + std::to_string(document.revision().model_version()));
  }
  return absl::OkStatus();
}

template <typename Document>
absl::Status CheckSameCatalogue(const v1::Catalogue& catalogue, const Document& document) {
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName name, SplitRevision("catalogue", catalogue.name()));
  if (document.catalogue() != name.name) {
    return BelongsToOtherCatalogue(document.name(), document.catalogue(), name.name);
  }
  return CheckModelVersion(document);
}

absl::StatusOr<QuestionKind> ToKind(std::string_view document, v1::QuestionKind kind) {
  switch (kind) {
    case v1::QUESTION_KIND_YES_NO:
      return QuestionKind::kYesNo;
    case v1::QUESTION_KIND_MULTIPLE_CHOICE:
      return QuestionKind::kMultipleChoice;
    case v1::QUESTION_KIND_FREQUENCY:
      return QuestionKind::kFrequency;
    case v1::QUESTION_KIND_NUMBER:
      return QuestionKind::kNumber;
    case v1::QUESTION_KIND_GATE:
      return QuestionKind::kGate;
    default:
      return DocumentNotSupported(document, "question kind " + std::to_string(kind));
  }
}

absl::StatusOr<Indicator> ToIndicator(std::string_view document, v1::Indicator indicator) {
  switch (indicator) {
    case v1::INDICATOR_UNSPECIFIED:
      return Indicator::kNone;
    case v1::INDICATOR_MET:
      return Indicator::kMet;
    case v1::INDICATOR_PARTIALLY_MET:
      return Indicator::kPartiallyMet;
    case v1::INDICATOR_NOT_MET:
      return Indicator::kNotMet;
    default:
      return DocumentNotSupported(document, "indicator " + std::to_string(indicator));
  }
}

std::vector<std::string> KindsOf(const v1::Control& control) {
  std::vector<std::string> kinds = ToVector(control.certificate_kinds());
  if (!control.certificate_kind().empty()) {
    kinds.push_back(control.certificate_kind());
  }
  return kinds;
}

void AddCatalogue(const v1::Catalogue& catalogue, SchemeDefinition& definition) {
  for (const v1::Profile& profile : catalogue.profiles()) {
    definition.profiles.push_back(profile.id());
  }
  for (const v1::Objective& objective : catalogue.objectives()) {
    definition.objectives.push_back({objective.id(), objective.title()});
  }
  for (const v1::Control& control : catalogue.controls()) {
    definition.controls.push_back({.id = control.id(),
                                   .objective = control.objective(),
                                   .title = control.title(),
                                   .profiles = ToVector(control.profiles()),
                                   .certificate_kinds = KindsOf(control)});
  }
}

// An exchange of two ids cannot be seen by ids alone.
absl::Status CheckTitles(const v1::Catalogue& catalogue, const v1::QuestionSet& set) {
  std::unordered_map<std::string_view, std::string_view> titles;
  for (const v1::Control& control : catalogue.controls()) {
    titles.emplace(control.id(), control.title());
  }
  for (const v1::QuestionSetControl& control : set.controls()) {
    const auto found = titles.find(control.id());
    const bool confirmed = found != titles.end() && !control.catalogue_title().empty() &&
                           control.catalogue_title() == found->second;
    if (found != titles.end() && found->second != control.title() && !confirmed) {
      return ControlTitleDiffers(set.name(), control.id(), control.title(), found->second);
    }
  }
  return absl::OkStatus();
}

absl::Status AddQuestions(const v1::QuestionSet& set, SchemeDefinition& definition) {
  for (const v1::Question& question : set.questions()) {
    QuestionDefinition& added = definition.questions.emplace_back();
    added.id = question.id();
    added.control = question.control();
    added.profiles = ToVector(question.profiles());
    ASSAY_ASSIGN_OR_RETURN(added.kind, ToKind(set.name(), question.kind()));
    added.scored = question.scored();
    added.answers = ToVector(question.answers());
    ASSAY_ASSIGN_OR_RETURN(added.indicator, ToIndicator(set.name(), question.indicator()));
    if (question.has_asked_when()) {
      added.asked_when =
          AskedWhen{question.asked_when().question(), ToVector(question.asked_when().answers())};
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SchemeDefinition> ToDefinition(const v1::Catalogue& catalogue,
                                              const v1::QuestionSet* question_set,
                                              const v1::RuleSet& rule_set) {
  ASSAY_RETURN_IF_ERROR(CheckModelVersion(catalogue));
  ASSAY_RETURN_IF_ERROR(CheckSameCatalogue(catalogue, rule_set));
  if (catalogue.frame()) {
    return CatalogueIsFrame(catalogue.name());
  }
  SchemeDefinition definition;
  AddCatalogue(catalogue, definition);
  ASSAY_RETURN_IF_ERROR(AddRuleSet(rule_set, definition.rules));
  if (question_set != nullptr) {
    ASSAY_RETURN_IF_ERROR(CheckSameCatalogue(catalogue, *question_set));
    ASSAY_RETURN_IF_ERROR(CheckTitles(catalogue, *question_set));
    ASSAY_RETURN_IF_ERROR(AddQuestions(*question_set, definition));
  }
  return definition;
}

}  // namespace assay::scoring
