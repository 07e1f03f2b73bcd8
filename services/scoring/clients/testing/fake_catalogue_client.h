// A catalogue in memory, holding the Defence Cyber Certification scheme in its real shape.

#ifndef ASSAY_SERVICES_SCORING_CLIENTS_TESTING_FAKE_CATALOGUE_CLIENT_H_
#define ASSAY_SERVICES_SCORING_CLIENTS_TESTING_FAKE_CATALOGUE_CLIENT_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/sync/mutex.h"
#include "services/scoring/clients/catalogue_client.h"
#include "services/scoring/engine/definition.h"

namespace assay::scoring {

inline constexpr char kCatalogueName[] = "schemes/dcc/catalogues/def-stan-05-138-i4";
inline constexpr char kRuleSetName[] = "schemes/dcc/ruleSets/asr-2.1";
inline constexpr char kOldRuleSetName[] = "schemes/dcc/ruleSets/asr-pre-2.1";
inline constexpr char kQuestionSetName[] = "schemes/dcc/questionSets/sample";

// The messages a catalogue would serve, without name and revision.
catalogue::v1::Catalogue CatalogueMessage(const SchemeDefinition& scheme);
catalogue::v1::RuleSet RuleSetMessage(const RuleSetDefinition& rules);
// Questions of control 1100: 1100.1 a gate that is not scored, 1100.2 asked when it is "yes",
// 1100.3 always asked; at L1 and L2.
catalogue::v1::QuestionSet QuestionSetMessage();

// Thread-safe. Starts with one revision each of kCatalogueName, kRuleSetName, kOldRuleSetName and
// kQuestionSetName.
class FakeCatalogueClient final : public CatalogueClient {
 public:
  FakeCatalogueClient();

  absl::StatusOr<catalogue::v1::Catalogue> GetCatalogue(const rpc::CallContext& call,
                                                        const std::string& name) override;
  absl::StatusOr<catalogue::v1::QuestionSet> GetQuestionSet(const rpc::CallContext& call,
                                                            const std::string& name) override;
  absl::StatusOr<catalogue::v1::RuleSet> GetRuleSet(const rpc::CallContext& call,
                                                    const std::string& name) override;

  // Add a revision; it is named and gets a digest of its own.
  void Publish(const std::string& name, catalogue::v1::Catalogue catalogue);
  void Publish(const std::string& name, catalogue::v1::QuestionSet question_set);
  void Publish(const std::string& name, catalogue::v1::RuleSet rule_set);

  // Every call fails with `status` until it is OK again.
  void FailWith(absl::Status status) ASSAY_EXCLUDES(mutex_);
  // From Block to Unblock calls wait; AwaitBlockedCalls returns once `count` do.
  void Block() ASSAY_EXCLUDES(mutex_);
  void Unblock() ASSAY_EXCLUDES(mutex_);
  void AwaitBlockedCalls(int count) ASSAY_EXCLUDES(mutex_);
  int calls() const ASSAY_EXCLUDES(mutex_);

 private:
  template <typename Document>
  using Revisions = std::map<std::string, std::vector<Document>>;

  template <typename Document>
  absl::StatusOr<Document> Get(const Revisions<Document>& documents, const std::string& name)
      ASSAY_EXCLUDES(mutex_);

  mutable Mutex mutex_;
  int calls_ ASSAY_GUARDED_BY(mutex_) = 0;
  CondVar changed_;
  bool blocked_ ASSAY_GUARDED_BY(mutex_) = false;
  int waiting_ ASSAY_GUARDED_BY(mutex_) = 0;
  absl::Status failure_ ASSAY_GUARDED_BY(mutex_);
  // Published before calls are made, or between them.
  Revisions<catalogue::v1::Catalogue> catalogues_;
  Revisions<catalogue::v1::QuestionSet> question_sets_;
  Revisions<catalogue::v1::RuleSet> rule_sets_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CLIENTS_TESTING_FAKE_CATALOGUE_CLIENT_H_
