// Golden result digests over the documents this project ships: catalogue, Level 0 question set and
// rule set asr-2.1 as the catalogue service serves them, scored by the scoring service.
//
// Provenance of the digests: computed apart from this code, with a short script that writes the
// bytes which services/scoring/engine/CANONICAL.md describes and takes their SHA-256; documents'
// digests after services/catalogue/data/FORMAT.md. A digest here changes only with those bytes'
// version or with a shipped document.

#include <memory>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/grpc_status.h"
#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"
#include "services/catalogue/application.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/clients/catalogue_client.h"
#include "services/scoring/scoring_service.h"

namespace assay {
namespace {

namespace v1 = scoring::v1;

constexpr std::string_view kCatalogue = "schemes/dcc/catalogues/def-stan-05-138-i4";
constexpr std::string_view kRuleSet = "schemes/dcc/ruleSets/asr-2.1";
constexpr std::string_view kQuestionSet = "schemes/dcc/questionSets/level-0";

// Of version 2, which verdicts are digested by, and of version 1, which release 0.1 wrote: those of
// stored verdicts, so they stay as they are.
struct Golden {
  uint32_t requested;  // 0: the current version.
  uint32_t version;
  std::string_view level_zero;
  std::string_view overturned;
};
constexpr std::string_view kLevelZeroDigest =
    "e7642eebd25b0039ea41c4f905eacd71468e62b21c2334788f5483caa94467c0";
constexpr std::string_view kOverturnedDigest =
    "7827a0f8532b3f82cf781b9d2e2d603a5537110f8ac4ea814b4f46c453533f38";
constexpr Golden kGolden[] = {
    {0, 2, kLevelZeroDigest, kOverturnedDigest},
    {2, 2, kLevelZeroDigest, kOverturnedDigest},
    {1, 1, "969c0be82aadd6bcb963e5926de237b5296607ee2f88de3ecc1bf10b697a7630",
     "181ff186c85f1594cbb9d6f3b1991cf4bcba20c3f9715fdd84051474e39fc69a"},
};

// The latest revisions of a registry, without a network in between.
class RegistryClient final : public scoring::CatalogueClient {
 public:
  explicit RegistryClient(const catalogue::Registry& registry) : registry_(registry) {}

  absl::StatusOr<catalogue::v1::Catalogue> GetCatalogue(const rpc::CallContext&,
                                                        const std::string& name) override {
    return Latest(Dcc().catalogues, name);
  }
  absl::StatusOr<catalogue::v1::QuestionSet> GetQuestionSet(const rpc::CallContext&,
                                                            const std::string& name) override {
    return Latest(Dcc().question_sets, name);
  }
  absl::StatusOr<catalogue::v1::RuleSet> GetRuleSet(const rpc::CallContext&,
                                                    const std::string& name) override {
    return Latest(Dcc().rule_sets, name);
  }

 private:
  const catalogue::SchemeShelves& Dcc() const { return registry_.schemes().at("dcc"); }

  template <typename Message>
  static absl::StatusOr<Message> Latest(const catalogue::Shelf<Message>& shelf,
                                        const std::string& name) {
    const auto found = shelf.find(name.substr(name.rfind('/') + 1));
    if (found == shelf.end()) return absl::NotFoundError(name);
    return found->second.latest();
  }

  const catalogue::Registry& registry_;
};

class DigestTest : public ::testing::Test {
 protected:
  DigestTest()
      : registry_(*catalogue::LoadRegistry(ASSAY_TEST_DATA, rows_, runtime_.ids(), runtime_.clock(),
                                           runtime_.logger())) {}

  // 0001 and 2500 by their questions, 2314 directly Met; the certificate stands.
  static v1::ScoreRequest LevelZero() {
    v1::ScoreRequest request;
    request.mutable_basis()->set_catalogue(std::string(kCatalogue));
    request.mutable_basis()->set_rule_set(std::string(kRuleSet));
    request.mutable_basis()->set_question_set(std::string(kQuestionSet));
    request.mutable_basis()->set_profile("L0");
    v1::AssessmentInputs& inputs = *request.mutable_inputs();
    inputs.set_as_of("2026-06-01");
    v1::Certificate& certificate = *inputs.add_certificates();
    certificate.set_kind("CYBER_ESSENTIALS");
    certificate.set_number("opaque");
    certificate.set_issued_on("2026-01-15");
    certificate.set_expires_on("2027-01-14");
    certificate.set_scope_verdict(v1::SCOPE_VERDICT_COVERS);
    for (const char* control : {"0001", "2500"}) {
      v1::ControlInput& input = *inputs.add_controls();
      input.set_control_id(control);
      for (const char* question : {".1", ".2"}) {
        v1::QuestionOutcome& outcome = *input.mutable_theoretical()->add_questions();
        outcome.set_question_id(std::string(control) + question);
        outcome.set_result(v1::QUESTION_RESULT_MEETS);
        outcome.set_answer("free text");
      }
    }
    v1::ControlInput& input = *inputs.add_controls();
    input.set_control_id("2314");
    input.mutable_practical()->set_status(v1::CONTROL_STATUS_MET);
    return request;
  }

  absl::StatusOr<v1::Verdict> Score(const v1::ScoreRequest& request) {
    const auto context = testing_kit::WithToken(runtime_.keys().Mint(
        "ada", "organisations/acme", auth::RoleSet{access::v1::ROLE_ASSESSOR}));
    v1::ScoreResponse response;
    const grpc::Status status = stub_->Score(context.get(), request, &response);
    if (!status.ok()) return FromGrpcStatus(status);
    return response.verdict();
  }

  testing_kit::TestRuntime runtime_{{v1::ScoringService::service_full_name()}};
  storage::MemoryStore rows_;
  const catalogue::Registry registry_;
  RegistryClient client_{registry_};
  scoring::BasisResolver resolver_{client_, runtime_.clock()};
  scoring::Disagreements disagreements_{runtime_.runtime().logger, runtime_.runtime().metrics};
  scoring::Scorer scorer_{resolver_, disagreements_};
  scoring::ScoringServiceImpl service_{runtime_.runtime(), resolver_, scorer_};
  testing_kit::TestServer server_{runtime_, {{v1::ScoringService::service_full_name(), &service_}}};
  const std::unique_ptr<v1::ScoringService::Stub> stub_ =
      v1::ScoringService::NewStub(server_.channel());
};

TEST_F(DigestTest, OfALevelZeroAssessmentThatPasses) {
  for (const Golden& golden : kGolden) {
    v1::ScoreRequest request = LevelZero();
    request.set_digest_version(golden.requested);
    const auto verdict = Score(request);
    ASSERT_THAT(verdict, testing_kit::IsOk());
    EXPECT_EQ(verdict->outcome(), v1::OUTCOME_PASSED);
    EXPECT_EQ(verdict->pins().catalogue(), std::string(kCatalogue) + "@1");
    EXPECT_EQ(verdict->digest_version(), golden.version);
    EXPECT_EQ(verdict->result_digest(), golden.level_zero);
  }
}

TEST_F(DigestTest, OfTheSameWithAnOverturnedOverride) {
  for (const Golden& golden : kGolden) {
    v1::ScoreRequest request = LevelZero();
    request.set_digest_version(golden.requested);
    v1::ControlInput& control = *request.mutable_inputs()->mutable_controls(2);
    control.mutable_practical()->set_status(v1::CONTROL_STATUS_PARTIALLY_MET);
    control.mutable_override()->set_reasoning("not part of the digest");
    request.add_overturned_controls("2314");
    const auto verdict = Score(request);
    ASSERT_THAT(verdict, testing_kit::IsOk());
    EXPECT_EQ(verdict->result_string(), "Failed on objective(s): B");
    EXPECT_EQ(verdict->digest_version(), golden.version);
    EXPECT_EQ(verdict->result_digest(), golden.overturned);
  }
}

TEST_F(DigestTest, OfAVersionThatIsNotKnownIsRefused) {
  v1::ScoreRequest request = LevelZero();
  request.set_digest_version(3);
  EXPECT_THAT(Score(request),
              testing_kit::HasReason(absl::StatusCode::kInvalidArgument, "DIGEST_VERSION_INVALID"));
}

}  // namespace
}  // namespace assay
