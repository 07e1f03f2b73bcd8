// Callers without a token, with a bad one, and two users on one channel.

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

#include "common/auth/token.h"
#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

constexpr auto kUnauthenticated = absl::StatusCode::kUnauthenticated;

struct BadToken {
  std::string name;
  std::string token;
  std::string reason;
};

class TokenRefusalTest : public RefusalTest {
 protected:
  // All but the last claim to be `person`.
  std::vector<BadToken> BadTokens(const Person& person) {
    const testing_kit::TestKeys& keys = system_.keys();
    const auto& [subject, organisation, roles] = person;
    const std::string good = As(person);
    const std::string unsigned_token = good.substr(0, good.rfind('.') + 1);
    return {
        {"Missing", "", "TOKEN_MISSING"},
        {"NotAToken", "let-me-in", "TOKEN_MALFORMED"},
        {"Unsigned", unsigned_token, "TOKEN_SIGNATURE_INVALID"},
        {"TooLong", good + std::string(auth::kMaxTokenBytes, 'A'), "TOKEN_MALFORMED"},
        {"Expired", keys.MintExpired(subject, organisation, roles), "TOKEN_EXPIRED"},
        {"NotYetValid", keys.MintNotYetValid(subject, organisation, roles), "TOKEN_NOT_YET_VALID"},
        {"WronglySigned", keys.MintWronglySigned(subject, organisation, roles),
         "TOKEN_SIGNATURE_INVALID"},
        {"OtherAudience", keys.MintForOtherAudience(subject, organisation, roles),
         "TOKEN_AUDIENCE_MISMATCH"},
        {"UnknownKey", Signed(keys.people(), "people-2", person), "TOKEN_KEY_UNKNOWN"},
        {"PersonSignedWithTheServicesKey", Signed(keys.service(), "service-1", person),
         "TOKEN_CLAIM_INVALID"},
        {"PersonWhoClaimsToBeAService",
         keys.Mint("services/assay-scoring", "organisations/assay", {auth::Role::ROLE_SERVICE}),
         "TOKEN_CLAIM_INVALID"},
        {"ALifetimeOfTwoDays", keys.Mint(subject, organisation, roles, absl::Hours(48)),
         "TOKEN_CLAIM_INVALID"},
    };
  }

  std::string Signed(const testing_kit::KeyPair& key, const char* key_id, const Person& person) {
    const auto signer = auth::TokenSigner::Create(key.private_pem, key_id, testing_kit::kTestIssuer,
                                                  testing_kit::kTestAudience, system_.clock());
    return (*signer)
        ->Mint(person.subject, person.organisation, person.roles, absl::Hours(1))
        .value();
  }
};

TEST_F(TokenRefusalTest, OnEveryWriteOfTheAssessmentStore) {
  Create("a1", "L0");
  const std::vector<NamedWrite> writes = Writes("a1");
  for (const BadToken& bad : BadTokens(anna_)) {
    const StatusMatcher refusal = Refused(kUnauthenticated, bad.reason, "");
    ExpectRefused(&Store::CreateAssessment, bad.token, CreateRequest("a2", "L0"), refusal);
    for (const NamedWrite& write : writes) {
      SCOPED_TRACE(bad.name + " at " + write.name);
      ExpectRefused([&] { return write.call({bad.token, Get("a1").etag()}); }, refusal);
    }
  }
}

TEST_F(TokenRefusalTest, OnTheReviewQueue) {
  const std::string item = InReview("a1");
  const auto decide = UpholdRequest(Claim(ravi_, item));
  for (const BadToken& bad : BadTokens(ravi_)) {
    SCOPED_TRACE(bad.name);
    const StatusMatcher refusal = Refused(kUnauthenticated, bad.reason, "");
    ExpectRefused(&Queue::DecideReviewItem, bad.token, decide, refusal);
    ExpectRefused(&Queue::ClaimReviewItem, bad.token, ClaimRequest(item), refusal);
  }
}

TEST_F(TokenRefusalTest, OnCatalogueAndScoring) {
  auto score = Parse<scoring::v1::ScoreRequest>(
      "basis { catalogue: 'schemes/dcc/catalogues/def-stan-05-138-i4' "
      "rule_set: 'schemes/dcc/ruleSets/asr-2.1' profile: 'L0' } inputs { as_of: '2026-06-01' }");
  const auto get = Parse<catalogue::v1::GetSchemeRequest>("name: 'schemes/dcc'");
  Must(&Scoring::Score, As(anna_), score);
  Must(&Catalogue::GetScheme, As(anna_), get);
  for (const BadToken& bad : BadTokens(anna_)) {
    SCOPED_TRACE(bad.name);
    const StatusMatcher refusal = Refused(kUnauthenticated, bad.reason, "");
    ExpectRefused(&Scoring::Score, bad.token, score, refusal);
    ExpectRefused(&Catalogue::GetScheme, bad.token, get, refusal);
  }
}

// A token that was good and remembered does not outlive its hour.
TEST_F(TokenRefusalTest, AGoodTokenAfterItsTime) {
  Create("a1", "L0");
  const std::string token = As(anna_);
  const auto get = Parse<store::GetAssessmentRequest>("name: 'assessments/a1'");
  Must(&Store::GetAssessment, token, get);
  system_.clock().Advance(testing_kit::TestKeys::kLifetime + auth::kTokenLeeway - absl::Seconds(1));
  Must(&Store::GetAssessment, token, get);
  system_.clock().Advance(absl::Seconds(1));
  ExpectRefused(&Store::GetAssessment, token, get, Refused(kUnauthenticated, "TOKEN_EXPIRED", ""));
}

TEST_F(TokenRefusalTest, TwoTokensOnOneCall) {
  Create("a1", "L0");
  const auto write = Writes("a1").front();
  const auto stub =
      assessment_store::v1::AssessmentStoreService::NewStub(system_.endpoints()[2].channel);
  ExpectRefused(
      [&] {
        const auto context = testing_kit::WithToken(As(anna_));
        context->AddMetadata("authorization", "Bearer " + As(olaf_));
        store::Assessment answer;
        return FromGrpcStatus(stub->ConfirmControls(context.get(), ConfirmRequest("a1"), &answer));
      },
      Refused(kUnauthenticated, "TOKEN_MALFORMED", ""));
}

// The first user's identity must not stick to the connection.
TEST_F(TokenRefusalTest, TwoUsersOnOneChannelInTurn) {
  Create("a1", "L0");
  const std::vector<NamedWrite> writes = Writes("a1");
  for (int round = 0; round < 3; ++round) {
    SCOPED_TRACE(round);
    EXPECT_EQ(Get("a1").name(), "assessments/a1");  // Anna's call.
    ExpectRefused(
        [&] {
          return writes[2].call({As(olaf_), Get("a1").etag()});
        },
        Refused(kNotFound, "ASSESSMENT_NOT_FOUND", "name"));
    ExpectRefused(
        [&] {
          return writes[2].call({As(sam_), Get("a1").etag()});
        },
        Refused(kDenied, "ROLE_NOT_ALLOWED", ""));
    ExpectRefused(
        [&] {
          return writes[2].call({"", Get("a1").etag()});
        },
        Refused(kUnauthenticated, "TOKEN_MISSING", ""));
  }
  EXPECT_THAT(writes[2].call({As(anna_), Get("a1").etag()}), testing_kit::IsOk());
}

TEST_F(TokenRefusalTest, TwoUsersOnOneChannelAtOnce) {
  constexpr int kCallsPerUser = 100;
  Create("a1", "L0");
  const Rows before = system_.Everything();
  const auto get = Parse<store::GetAssessmentRequest>("name: 'assessments/a1'");
  // What the calls of each user must come to.
  struct User {
    std::string token;
    absl::StatusCode code;
    std::string reason;
    std::atomic<int> as_expected = 0;
  };
  std::array<User, 3> users = {User{As(anna_), absl::StatusCode::kOk, ""},
                               User{As(olaf_), kNotFound, "ASSESSMENT_NOT_FOUND"},
                               User{"", kUnauthenticated, "TOKEN_MISSING"}};
  std::vector<std::thread> threads;
  for (User& user : users) {
    threads.emplace_back([&] {
      for (int i = 0; i < kCallsPerUser; ++i) {
        const absl::Status status = system_.Call(&Store::GetAssessment, user.token, get).status();
        if (status.code() == user.code && ErrorReason(status) == user.reason) ++user.as_expected;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const User& user : users) EXPECT_EQ(user.as_expected, kCallsPerUser) << user.reason;
  EXPECT_EQ(Difference(before, system_.Everything()), "");
}

}  // namespace
}  // namespace assay::refusals
