#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/macros.h"
#include "services/catalogue/domain/scale_index.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

std::string MarkIds(const v1::Scale& scale) {
  return absl::StrJoin(scale.marks(), ", ", [](std::string* out, const v1::Mark& mark) {
    out->append(Quoted(mark.id()));
  });
}

// Goes through the scales, items and requirements of one rule set once.
class ScalesCheck {
 public:
  ScalesCheck(std::string_view file, const v1::RuleSet& rules, const CatalogueIndex& catalogue)
      : file_(file), rules_(rules), catalogue_(catalogue), scales_(rules) {}

  absl::Status Run() const {
    ASSAY_RETURN_IF_ERROR(CheckScales());
    if (scales_.Find(rules_.default_scale()) == nullptr) {
      return Invalid("default_scale", Quoted(rules_.default_scale()),
                     "the id of one of 'scales' is required");
    }
    ASSAY_RETURN_IF_ERROR(CheckItems());
    ASSAY_RETURN_IF_ERROR(CheckRequirements());
    return CheckReviewReasons();
  }

 private:
  absl::Status Invalid(std::string_view path, std::string_view value,
                       std::string_view allowed) const {
    return SchemeFileInvalid({file_, path}, value, allowed);
  }

  absl::Status CheckScales() const {
    std::set<std::string_view> seen;
    for (int i = 0; i < rules_.scales_size(); ++i) {
      const v1::Scale& scale = rules_.scales(i);
      const std::string path = absl::StrCat("scales[", i, "]");
      if (!seen.insert(scale.id()).second) {
        return Invalid(path + ".id", Quoted(scale.id()), "every id may stand once");
      }
      ASSAY_RETURN_IF_ERROR(CheckMarks(path + ".marks", scale));
    }
    return absl::OkStatus();
  }

  absl::Status CheckMarks(const std::string& path, const v1::Scale& scale) const {
    std::set<std::string_view> seen;
    for (int i = 0; i < scale.marks_size(); ++i) {
      const v1::Mark& mark = scale.marks(i);
      const std::string place = absl::StrCat(path, "[", i, "]");
      if (!seen.insert(mark.id()).second) {
        return Invalid(place + ".id", Quoted(mark.id()), "every id may stand once in a scale");
      }
      if (i > 0 && mark.points() > scale.marks(i - 1).points()) {
        return Invalid(place + ".points", std::to_string(mark.points()),
                       absl::StrCat("marks stand from best to worst: at most ",
                                    scale.marks(i - 1).points(), " points, as the one before"));
      }
    }
    const v1::Mark& last = scale.marks(scale.marks_size() - 1);
    if (last.points() == scale.marks(0).points()) {
      return Invalid(absl::StrCat(path, "[", scale.marks_size() - 1, "].points"),
                     std::to_string(last.points()),
                     absl::StrCat("fewer points than the first mark's ", scale.marks(0).points(),
                                  " are required: the scale would decide nothing"));
    }
    return absl::OkStatus();
  }

  absl::Status CheckControl(const std::string& path, const std::string& control) const {
    if (catalogue_.controls.contains(control)) return absl::OkStatus();
    return Invalid(path, Quoted(control), "the id of one of the catalogue's controls is required");
  }

  absl::Status CheckItems() const {
    std::set<std::string_view> seen;
    for (int i = 0; i < rules_.items_size(); ++i) {
      const v1::ItemRule& item = rules_.items(i);
      const std::string path = absl::StrCat("items[", i, "]");
      ASSAY_RETURN_IF_ERROR(CheckControl(path + ".control", item.control()));
      if (!seen.insert(item.control()).second) {
        return Invalid(path + ".control", Quoted(item.control()), "every control may stand once");
      }
      if (!item.scale().empty() && scales_.Find(item.scale()) == nullptr) {
        return Invalid(path + ".scale", Quoted(item.scale()),
                       "the id of one of 'scales' is required");
      }
    }
    if (rules_.derivation() != v1::DERIVATION_INDICATORS) return absl::OkStatus();
    return CheckIndicatorScales();
  }

  // Indicators have three columns: a fourth mark could never be given.
  absl::Status CheckIndicatorScales() const {
    const v1::Scale& usual = *scales_.Find(rules_.default_scale());
    if (usual.marks_size() > kMaxMarksWithQuestions) {
      return Invalid("default_scale", Quoted(usual.id()), IndicatorLimit());
    }
    for (int i = 0; i < rules_.items_size(); ++i) {
      const v1::Scale& scale = *scales_.Of(rules_.items(i).control());
      if (scale.marks_size() > kMaxMarksWithQuestions) {
        return Invalid(absl::StrCat("items[", i, "].scale"), Quoted(scale.id()), IndicatorLimit());
      }
    }
    return absl::OkStatus();
  }

  static std::string IndicatorLimit() {
    return absl::StrCat("a scale of at most ", kMaxMarksWithQuestions,
                        " marks is required where marks are derived from indicators");
  }

  absl::Status CheckRequirements() const {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (int i = 0; i < rules_.requirements_size(); ++i) {
      const v1::Requirement& requirement = rules_.requirements(i);
      const std::string path = absl::StrCat("requirements[", i, "]");
      if (!catalogue_.profiles.contains(requirement.profile())) {
        return Invalid(path + ".profile", Quoted(requirement.profile()),
                       "the id of one of the catalogue's profiles is required");
      }
      ASSAY_RETURN_IF_ERROR(CheckControl(path + ".control", requirement.control()));
      const auto& profiles = catalogue_.controls.at(requirement.control())->profiles();
      if (std::find(profiles.begin(), profiles.end(), requirement.profile()) == profiles.end()) {
        return Invalid(
            path + ".control", Quoted(requirement.control()),
            absl::StrCat("a control of profile ", requirement.profile(), " is required"));
      }
      if (!seen.emplace(requirement.profile(), requirement.control()).second) {
        return Invalid(
            path,
            absl::StrCat(Quoted(requirement.control()), " at profile ", requirement.profile()),
            "one requirement for a control at a profile is allowed");
      }
      const v1::Scale& scale = *scales_.Of(requirement.control());
      const bool known =
          std::any_of(scale.marks().begin(), scale.marks().end(),
                      [&](const v1::Mark& mark) { return mark.id() == requirement.mark(); });
      if (!known) {
        return Invalid(path + ".mark", Quoted(requirement.mark()),
                       absl::StrCat("a mark of the control's scale ", scale.id(),
                                    " is required: ", MarkIds(scale)));
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckReviewReasons() const {
    std::set<std::string_view> seen;
    for (int i = 0; i < rules_.review_reasons_size(); ++i) {
      const v1::ReviewReason& reason = rules_.review_reasons(i);
      const std::string path = absl::StrCat("review_reasons[", i, "]");
      if (!seen.insert(reason.reason()).second) {
        return Invalid(path + ".reason", Quoted(reason.reason()), "every reason may stand once");
      }
      ASSAY_RETURN_IF_ERROR(
          ValidateProfiles(file_, path + ".profiles", reason.profiles(), catalogue_));
    }
    return absl::OkStatus();
  }

  const std::string file_;
  const v1::RuleSet& rules_;
  const CatalogueIndex& catalogue_;
  const ScaleIndex scales_;
};

}  // namespace

absl::Status ValidateScales(std::string_view file, const v1::RuleSet& rules,
                            const CatalogueIndex& catalogue) {
  return ScalesCheck(file, rules, catalogue).Run();
}

absl::Status ValidateJoin(std::string_view file, const v1::QuestionSet& set,
                          const v1::RuleSet& rules) {
  if (rules.revision().model_version() < 2) return absl::OkStatus();
  const ScaleIndex scales(rules);
  for (int i = 0; i < set.controls_size(); ++i) {
    const v1::Scale* scale = scales.Of(set.controls(i).id());
    if (scale != nullptr && scale->marks_size() > kMaxMarksWithQuestions) {
      return SchemeFileInvalid({file, absl::StrCat("controls[", i, "].id")},
                               Quoted(set.controls(i).id()),
                               absl::StrCat("no questions are allowed on a control with more than ",
                                            kMaxMarksWithQuestions, " marks: ", rules.name(),
                                            " gives it scale ", scale->id()));
    }
  }
  if (rules.derivation() != v1::DERIVATION_INDICATORS) return absl::OkStatus();
  for (int i = 0; i < set.questions_size(); ++i) {
    const v1::Question& question = set.questions(i);
    if (question.scored() && question.indicator() == v1::INDICATOR_UNSPECIFIED) {
      return SchemeFileInvalid({file, absl::StrCat("questions[", i, "].indicator")}, "missing",
                               absl::StrCat("an indicator is required on scored questions: ",
                                            rules.name(), " derives marks from indicators"));
    }
  }
  return absl::OkStatus();
}

}  // namespace assay::catalogue
