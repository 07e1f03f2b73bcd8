#include "services/catalogue/domain/parse.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "common/ids/resource_name.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr Choice kCertificateKinds[] = {
    {"CYBER_ESSENTIALS", 0}, {"CYBER_ESSENTIALS_PLUS", 1}, {"CYBER_BASELINE", 2}};
static_assert(std::size(kCertificateKinds) == kMaxCertificateKinds);
constexpr size_t kModel1CertificateKinds = 2;

constexpr Choice kQuestionKinds[] = {{"yes_no", v1::QUESTION_KIND_YES_NO},
                                     {"multiple_choice", v1::QUESTION_KIND_MULTIPLE_CHOICE},
                                     {"frequency", v1::QUESTION_KIND_FREQUENCY},
                                     {"number", v1::QUESTION_KIND_NUMBER},
                                     {"gate", v1::QUESTION_KIND_GATE}};

constexpr Choice kIndicators[] = {{"met", v1::INDICATOR_MET},
                                  {"partially_met", v1::INDICATOR_PARTIALLY_MET},
                                  {"not_met", v1::INDICATOR_NOT_MET}};

std::string CatalogueName(const std::string& scheme, const std::string& id) {
  return ResourceName({.scheme = scheme, .kind = DocumentKind::kCatalogue, .id = id});
}

// Several kinds of certificate of which one is enough; a single one has a key of its own.
void ReadCertificateKinds(ObjectReader& reader, v1::Control& control) {
  constexpr std::string_view kKey = "certificate_kinds";
  if (!reader.Has(kKey)) return;
  if (!control.certificate_kind().empty()) {
    reader.Refuse(kKey, "either 'certificate_kind' or 'certificate_kinds' is allowed");
    return;
  }
  std::set<std::string> seen;
  const std::vector<std::string> kinds =
      reader.Ids(kKey, kMinCertificateKinds, kMaxCertificateKinds);
  for (size_t i = 0; i < kinds.size(); ++i) {
    const bool known = std::any_of(std::begin(kCertificateKinds), std::end(kCertificateKinds),
                                   [&](const Choice& choice) { return choice.word == kinds[i]; });
    if (!known || !seen.insert(kinds[i]).second) {
      reader.errors().Fail(absl::StrCat(reader.PathOf(kKey), "[", i, "]"), Quoted(kinds[i]),
                           "each once of \"CYBER_ESSENTIALS\", \"CYBER_ESSENTIALS_PLUS\", "
                           "\"CYBER_BASELINE\" is allowed");
    }
    control.add_certificate_kinds(kinds[i]);
  }
}

v1::Control ReadControl(const DocumentHead& head, ObjectReader reader) {
  v1::Control control;
  control.set_id(reader.Id("id"));
  control.set_objective(reader.Id("objective"));
  for (std::string& profile : reader.Ids("profiles", 1, kMaxProfiles)) {
    control.add_profiles(std::move(profile));
  }
  control.set_title(reader.Text("title", kMaxTitleBytes));
  if (reader.Has("certificate_kind")) {
    const std::span<const Choice> kinds(kCertificateKinds);
    const int kind = reader.Word("certificate_kind",
                                 head.is_model_2() ? kinds : kinds.first(kModel1CertificateKinds));
    control.set_certificate_kind(std::string(kCertificateKinds[kind].word));
  }
  if (head.is_model_2()) ReadCertificateKinds(reader, control);
  reader.Finish();
  return control;
}

// `min` to kMaxGateAnswers answers that a gate may be given.
std::vector<std::string> ReadAnswers(ObjectReader& reader, size_t min) {
  return reader.Texts("answers", min, kMaxGateAnswers, kMaxGateAnswerCharacters,
                      TextUnit::kCharacters);
}

v1::Question ReadQuestion(const DocumentHead& head, ObjectReader reader) {
  v1::Question question;
  question.set_id(reader.Id("id"));
  question.set_control(reader.Id("control"));
  question.set_title(reader.Text("title", kMaxTitleBytes));
  question.set_kind(static_cast<v1::QuestionKind>(reader.Word("kind", kQuestionKinds)));
  if (question.kind() == v1::QUESTION_KIND_GATE) {
    for (std::string& answer : ReadAnswers(reader, kMinGateAnswers)) {
      question.add_answers(std::move(answer));
    }
  } else {
    reader.Refuse("answers", "only a question of kind \"gate\" lists its answers");
  }
  question.set_scored(reader.Boolean("scored"));
  for (std::string& profile : reader.Ids("profiles", 1, kMaxProfiles)) {
    question.add_profiles(std::move(profile));
  }
  if (reader.Has("asked_when")) {
    ObjectReader condition = reader.Object("asked_when");
    question.mutable_asked_when()->set_question(condition.Id("question"));
    for (std::string& answer : ReadAnswers(condition, 1)) {
      question.mutable_asked_when()->add_answers(std::move(answer));
    }
    condition.Finish();
  }
  if (head.is_model_2() && reader.Has("indicator")) {
    question.set_indicator(static_cast<v1::Indicator>(reader.Word("indicator", kIndicators)));
  }
  reader.Finish();
  return question;
}

}  // namespace

DocumentHead ReadHead(ObjectReader& reader) {
  DocumentHead head;
  head.model_version = reader.Integer("model_version", 1, kLatestModelVersion);
  head.id = reader.DocumentId("id");
  head.title = reader.Text("title", kMaxTitleBytes);
  return head;
}

v1::Scheme ReadScheme(const DocumentHead& head, ObjectReader& reader) {
  v1::Scheme scheme;
  scheme.set_name(head.name);
  scheme.set_title(head.title);
  scheme.set_owner(reader.Text("owner", kMaxTitleBytes));
  scheme.set_default_catalogue(CatalogueName(head.scheme, reader.DocumentId("default_catalogue")));
  scheme.set_default_rule_set(ResourceName({.scheme = head.scheme,
                                            .kind = DocumentKind::kRuleSet,
                                            .id = reader.DocumentId("default_rule_set")}));
  for (std::string& note : reader.Texts("notes", 0, kMaxSources, kMaxSourceBytes)) {
    scheme.add_notes(std::move(note));
  }
  return scheme;
}

v1::Catalogue ReadCatalogue(const DocumentHead& head, ObjectReader& reader) {
  v1::Catalogue catalogue;
  SetHead(head, reader, catalogue);
  ParseErrors& errors = reader.errors();
  reader.Each("objectives", 1, kMaxObjectives, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    v1::Objective& objective = *catalogue.add_objectives();
    objective.set_id(entry.Id("id"));
    objective.set_title(entry.Text("title", kMaxTitleBytes));
    entry.Finish();
  });
  reader.Each("profiles", 1, kMaxProfiles, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    v1::Profile& profile = *catalogue.add_profiles();
    profile.set_id(entry.Id("id"));
    profile.set_title(entry.Text("title", kMaxTitleBytes));
    entry.Finish();
  });
  if (head.is_model_2()) catalogue.set_frame(reader.Flag("frame"));
  if (catalogue.frame()) {
    reader.Refuse("controls", "a frame has none: requirements are imported over it");
    return catalogue;
  }
  reader.Each("controls", 1, kMaxControls, [&](const json& element, std::string_view path) {
    *catalogue.add_controls() = ReadControl(head, ObjectReader(errors, element, path));
  });
  return catalogue;
}

v1::QuestionSet ReadQuestionSet(const DocumentHead& head, ObjectReader& reader) {
  v1::QuestionSet set;
  SetHead(head, reader, set);
  set.set_catalogue(CatalogueName(head.scheme, reader.DocumentId("catalogue")));
  ParseErrors& errors = reader.errors();
  reader.Each("controls", 1, kMaxControls, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    v1::QuestionSetControl& control = *set.add_controls();
    control.set_id(entry.Id("id"));
    control.set_title(entry.Text("title", kMaxTitleBytes));
    if (head.is_model_2() && entry.Has("catalogue_title")) {
      control.set_catalogue_title(entry.Text("catalogue_title", kMaxTitleBytes));
    }
    entry.Finish();
  });
  reader.Each("questions", 1, kMaxQuestions, [&](const json& element, std::string_view path) {
    *set.add_questions() = ReadQuestion(head, ObjectReader(errors, element, path));
  });
  return set;
}

}  // namespace assay::catalogue
