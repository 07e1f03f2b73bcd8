#include "services/catalogue/domain/compare.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/status/macros.h"
#include "services/catalogue/domain/strict_json.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using Strings = google::protobuf::RepeatedPtrField<std::string>;

// Entries of a list by id, and in its order.
template <typename Member>
struct ById {
  std::map<std::string_view, const Member*> members;

  explicit ById(const google::protobuf::RepeatedPtrField<Member>& list) {
    for (const Member& member : list) members.emplace(member.id(), &member);
  }
  const Member* Find(std::string_view id) const {
    const auto found = members.find(id);
    return found == members.end() ? nullptr : found->second;
  }
};

// Entries of a JSON list by id. Points into the document, which must outlive it.
class JsonById {
 public:
  JsonById(const json& document, const char* list) {
    const auto found = document.find(list);
    if (found == document.end()) return;
    for (const json& entry : *found) {
      const auto id = entry.find("id");
      if (id != entry.end() && id->is_string()) {
        entries_.emplace(id->get_ref<const std::string&>(), &entry);
      }
    }
  }
  // An empty object when there is none.
  const json& Find(std::string_view id) const {
    static const json kEmpty = json::object();
    const auto found = entries_.find(id);
    return found == entries_.end() ? kEmpty : *found->second;
  }

 private:
  std::map<std::string_view, const json*> entries_;
};

// Keys whose values differ.
std::vector<std::string> DifferentKeys(const json& before, const json& after) {
  std::set<std::string> keys;
  for (const auto& [key, value] : before.items()) {
    if (!after.contains(key) || after.at(key) != value) keys.insert(key);
  }
  for (const auto& [key, value] : after.items()) {
    if (!before.contains(key)) keys.insert(key);
  }
  return {keys.begin(), keys.end()};
}

class Comparison {
 public:
  Comparison(const json& base, const json& other) : base_(base), other_(other) {}

  v1::CompareRevisionsResponse Catalogues(const v1::Catalogue& base, const v1::Catalogue& other) {
    for (const auto* catalogue : {&other, &base}) {
      for (const v1::Profile& profile : catalogue->profiles()) Know(profile.id());
    }
    CompareMembers(base.controls(), other.controls(), "controls", *answer_.mutable_added_controls(),
                   *answer_.mutable_removed_controls(), *answer_.mutable_changed_controls(),
                   [&](const v1::Control& control) { Affect(control.profiles()); });
    CompareRest({"controls"}, [&](const std::string& key, const std::string& entry) {
      if (key == "profiles" && !entry.empty()) return Affect(entry);
      if (key != "objectives" || entry.empty()) return AffectAll();
      for (const auto* catalogue : {&base, &other}) {
        for (const v1::Control& control : catalogue->controls()) {
          if (control.objective() == entry) Affect(control.profiles());
        }
      }
    });
    return Finish();
  }

  v1::CompareRevisionsResponse QuestionSets(const v1::QuestionSet& base,
                                            const v1::QuestionSet& other) {
    std::map<std::string_view, std::set<std::string>> asked;  // Profiles by control.
    for (const auto* set : {&other, &base}) {
      for (const v1::Question& question : set->questions()) {
        for (const std::string& profile : question.profiles()) Know(profile);
        asked[question.control()].insert(question.profiles().begin(), question.profiles().end());
      }
    }
    const auto affect_questions_of = [&](const v1::QuestionSetControl& control) {
      for (const std::string& profile : asked[control.id()]) Affect(profile);
    };
    CompareMembers(base.controls(), other.controls(), "controls", *answer_.mutable_added_controls(),
                   *answer_.mutable_removed_controls(), *answer_.mutable_changed_controls(),
                   affect_questions_of);
    CompareMembers(base.questions(), other.questions(), "questions",
                   *answer_.mutable_added_questions(), *answer_.mutable_removed_questions(),
                   *answer_.mutable_changed_questions(),
                   [&](const v1::Question& question) { Affect(question.profiles()); });
    CompareRest({"controls", "questions"},
                [&](const std::string&, const std::string&) { AffectAll(); });
    return Finish();
  }

  v1::CompareRevisionsResponse RuleSets(const v1::RuleSet& base, const v1::RuleSet& other) {
    for (const auto* rules : {&other, &base}) {
      for (const v1::Threshold& threshold : rules->thresholds()) Know(threshold.profile());
    }
    CompareRest({}, [&](const std::string& key, const std::string& entry) {
      if ((key == "thresholds" || key == "requirements") && !entry.empty()) {
        return Affect(entry.substr(0, entry.find('/')));  // "L1" or "L1/2300".
      }
      AffectAll();
    });
    return Finish();
  }

  v1::CompareRevisionsResponse Schemes() {
    CompareRest({}, [](const std::string&, const std::string&) {});
    return Finish();
  }

 private:
  // Profiles in the order in which answers name them.
  void Know(const std::string& profile) {
    if (std::find(known_.begin(), known_.end(), profile) == known_.end()) {
      known_.push_back(profile);
    }
  }
  void Affect(const std::string& profile) { affected_.insert(profile); }
  void Affect(const Strings& profiles) { affected_.insert(profiles.begin(), profiles.end()); }
  void AffectAll() { affected_.insert(known_.begin(), known_.end()); }

  template <typename Member, typename OnDifferent>
  void CompareMembers(const google::protobuf::RepeatedPtrField<Member>& base,
                      const google::protobuf::RepeatedPtrField<Member>& other, const char* list,
                      Strings& added, Strings& removed,
                      google::protobuf::RepeatedPtrField<v1::MemberChange>& changed,
                      OnDifferent on_different) {
    const ById<Member> before(base);
    const ById<Member> after(other);
    const JsonById json_before(base_, list);
    const JsonById json_after(other_, list);
    for (const Member& member : base) {
      if (after.Find(member.id()) != nullptr) continue;
      *removed.Add() = member.id();
      on_different(member);
    }
    for (const Member& member : other) {
      const Member* old = before.Find(member.id());
      if (old == nullptr) {
        *added.Add() = member.id();
        on_different(member);
        continue;
      }
      if (old->SerializeAsString() == member.SerializeAsString()) continue;
      v1::MemberChange& change = *changed.Add();
      change.set_id(member.id());
      for (std::string& key :
           DifferentKeys(json_before.Find(member.id()), json_after.Find(member.id()))) {
        change.add_fields(std::move(key));
      }
      on_different(*old);
      on_different(member);
    }
    AddOrder(base, other, before, after, list);
  }

  // The order of what both have, where it differs.
  template <typename Member>
  void AddOrder(const google::protobuf::RepeatedPtrField<Member>& base,
                const google::protobuf::RepeatedPtrField<Member>& other, const ById<Member>& before,
                const ById<Member>& after, const char* list) {
    json order_before = json::array();
    json order_after = json::array();
    for (const Member& member : base) {
      if (after.Find(member.id()) != nullptr) order_before.push_back({{"id", member.id()}});
    }
    for (const Member& member : other) {
      if (before.Find(member.id()) != nullptr) order_after.push_back({{"id", member.id()}});
    }
    AddChanges(list, &order_before, &order_after, changes_);
    if (order_before != order_after) AffectAll();
  }

  // Compares all keys but `members`; says of each difference that may matter to a profile under
  // which key it stands, and in which entry of a list ("" when it is not in one).
  template <typename OnDifferent>
  void CompareRest(const std::set<std::string>& members, OnDifferent on_different) {
    json base = base_;
    json other = other_;
    for (const std::string& key : members) {
      base.erase(key);
      other.erase(key);
    }
    const size_t first = changes_.size();
    AddChanges("", &base, &other, changes_);
    static const std::set<std::string> kOnlyWords = {"id", "model_version", "sources", "title"};
    for (size_t i = first; i < changes_.size(); ++i) {
      const std::string& path = changes_[i].path();
      const std::string key = path.substr(0, path.find_first_of(".["));
      if (kOnlyWords.contains(key)) continue;
      std::string entry;
      if (path.size() > key.size() && path[key.size()] == '[') {
        entry = path.substr(key.size() + 1, path.find(']') - key.size() - 1);
      }
      on_different(key, entry);
    }
  }

  v1::CompareRevisionsResponse Finish() {
    const size_t listed = std::min(changes_.size(), kMaxChanges);
    for (size_t i = 0; i < listed; ++i) *answer_.add_changes() = std::move(changes_[i]);
    answer_.set_changes_left_out(static_cast<uint32_t>(changes_.size() - listed));
    for (const std::string& profile : known_) {
      if (affected_.contains(profile)) answer_.add_affected_profiles(profile);
    }
    return std::move(answer_);
  }

  const json& base_;
  const json& other_;
  v1::CompareRevisionsResponse answer_;
  std::vector<v1::ValueChange> changes_;
  std::vector<std::string> known_;
  std::set<std::string> affected_;
};

}  // namespace

absl::StatusOr<v1::CompareRevisionsResponse> CompareDocuments(const Document& base,
                                                              const Document& other) {
  ASSAY_ASSIGN_OR_RETURN(const json before, ParseStrictJson(base.file, base.canonical));
  ASSAY_ASSIGN_OR_RETURN(const json after, ParseStrictJson(other.file, other.canonical));
  Comparison comparison(before, after);
  v1::CompareRevisionsResponse answer;
  switch (base.name.kind) {
    case DocumentKind::kScheme:
      answer = comparison.Schemes();
      break;
    case DocumentKind::kCatalogue:
      answer = comparison.Catalogues(std::get<v1::Catalogue>(base.message),
                                     std::get<v1::Catalogue>(other.message));
      break;
    case DocumentKind::kQuestionSet:
      answer = comparison.QuestionSets(std::get<v1::QuestionSet>(base.message),
                                       std::get<v1::QuestionSet>(other.message));
      break;
    case DocumentKind::kRuleSet:
      answer = comparison.RuleSets(std::get<v1::RuleSet>(base.message),
                                   std::get<v1::RuleSet>(other.message));
      break;
  }
  answer.set_same(base.digest == other.digest);
  return answer;
}

}  // namespace assay::catalogue
