#include "services/catalogue/domain/parse.h"

#include <string>
#include <utility>
#include <vector>

#include "common/ids/resource_name.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr Choice kCertificateKinds[] = {{"CYBER_ESSENTIALS", 0}, {"CYBER_ESSENTIALS_PLUS", 1}};

constexpr Choice kQuestionKinds[] = {{"yes_no", v1::QUESTION_KIND_YES_NO},
                                     {"multiple_choice", v1::QUESTION_KIND_MULTIPLE_CHOICE},
                                     {"frequency", v1::QUESTION_KIND_FREQUENCY},
                                     {"number", v1::QUESTION_KIND_NUMBER},
                                     {"gate", v1::QUESTION_KIND_GATE}};

std::string CatalogueName(const std::string& scheme, const std::string& id) {
  return ResourceName({.scheme = scheme, .kind = DocumentKind::kCatalogue, .id = id});
}

v1::Control ReadControl(ObjectReader reader) {
  v1::Control control;
  control.set_id(reader.Id("id"));
  control.set_objective(reader.Id("objective"));
  for (std::string& profile : reader.Ids("profiles", 1, kMaxProfiles)) {
    control.add_profiles(std::move(profile));
  }
  control.set_title(reader.Text("title", kMaxTitleBytes));
  if (reader.Has("certificate_kind")) {
    const int kind = reader.Word("certificate_kind", kCertificateKinds);
    control.set_certificate_kind(std::string(kCertificateKinds[kind].word));
  }
  reader.Finish();
  return control;
}

// `min` to kMaxGateAnswers answers that a gate may be given.
std::vector<std::string> ReadAnswers(ObjectReader& reader, size_t min) {
  return reader.Texts("answers", min, kMaxGateAnswers, kMaxGateAnswerCharacters,
                      TextUnit::kCharacters);
}

v1::Question ReadQuestion(ObjectReader reader) {
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
  reader.Finish();
  return question;
}

}  // namespace

DocumentHead ReadHead(ObjectReader& reader) {
  DocumentHead head;
  head.model_version = reader.Integer("model_version", kModelVersion, kModelVersion);
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
  reader.Each("controls", 1, kMaxControls, [&](const json& element, std::string_view path) {
    *catalogue.add_controls() = ReadControl(ObjectReader(errors, element, path));
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
    entry.Finish();
  });
  reader.Each("questions", 1, kMaxQuestions, [&](const json& element, std::string_view path) {
    *set.add_questions() = ReadQuestion(ObjectReader(errors, element, path));
  });
  return set;
}

}  // namespace assay::catalogue
