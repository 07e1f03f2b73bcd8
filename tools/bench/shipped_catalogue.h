// The Defence Cyber Certification documents as they ship, in place of a catalogue service.

#ifndef ASSAY_TOOLS_BENCH_SHIPPED_CATALOGUE_H_
#define ASSAY_TOOLS_BENCH_SHIPPED_CATALOGUE_H_

#include <map>
#include <string>

#include "assay/catalogue/v1/catalogue.pb.h"
#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/scoring/clients/catalogue_client.h"

namespace assay::bench {

// Immutable and thread-safe. Every document has one revision, 1.
class ShippedCatalogue final : public scoring::CatalogueClient {
 public:
  // Reads the files; what is wrong with them ends the process.
  ShippedCatalogue();

  absl::StatusOr<catalogue::v1::Catalogue> GetCatalogue(const rpc::CallContext& call,
                                                        const std::string& name) override;
  absl::StatusOr<catalogue::v1::QuestionSet> GetQuestionSet(const rpc::CallContext& call,
                                                            const std::string& name) override;
  absl::StatusOr<catalogue::v1::RuleSet> GetRuleSet(const rpc::CallContext& call,
                                                    const std::string& name) override;

  // RealisticInputs for the controls of kProfile, scored by the pinned documents; FINAL, without a
  // view.
  scoring::v1::ScoreRequest Request() const;

 private:
  std::map<std::string, catalogue::v1::Catalogue> catalogues_;  // By pinned names.
  std::map<std::string, catalogue::v1::RuleSet> rule_sets_;
};

}  // namespace assay::bench

#endif  // ASSAY_TOOLS_BENCH_SHIPPED_CATALOGUE_H_
