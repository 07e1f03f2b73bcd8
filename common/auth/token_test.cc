#include "common/auth/token.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_keys.h"
#include "common/time/fake_clock.h"

namespace assay::auth {
namespace {

using ::assay::testing_kit::HasMetadata;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::KeyPair;
using ::assay::testing_kit::kTestAudience;
using ::assay::testing_kit::kTestIssuer;
using ::assay::testing_kit::MakeKeyPair;
using ::assay::testing_kit::TempDir;
using ::assay::testing_kit::TestKeys;
using ::testing::AllOf;

constexpr char kHeader[] = R"({"alg":"ES256","kid":"people-1"})";
constexpr char kAcme[] = "organisations/acme";

auto Unauthenticated(std::string_view reason) {
  return HasReason(absl::StatusCode::kUnauthenticated, reason);
}

auto BadClaim(std::string_view claim) {
  return AllOf(Unauthenticated("TOKEN_CLAIM_INVALID"), HasMetadata("claim", claim));
}

// Claims that pass at 2026-06-01T09:00:00Z (1780304400).
constexpr char kClaims[] =
    R"({"iss":"https://issuer.test","aud":"assay-test","sub":"ada","org":"organisations/acme",)"
    R"("roles":["supplier"],"iat":1780304400,"exp":1780308000})";

class TokenTest : public ::testing::Test {
 protected:
  absl::StatusOr<Principal> Verify(std::string_view token) { return verifier_->Verify(token); }

  // Signed with the people's key, or the service's.
  std::string Sign(std::string_view header, std::string_view claims, bool service = false) {
    const KeyPair& pair = service ? keys_.service() : keys_.people();
    auto key = Es256PrivateKey::FromPem(pair.private_pem);
    return EncodeToken(*key, header, claims).value();
  }

  absl::StatusOr<Principal> VerifyClaims(std::string_view claims) {
    return Verify(Sign(kHeader, claims));
  }

  // kClaims with one part replaced.
  absl::StatusOr<Principal> VerifyWith(std::string_view part, std::string_view other) {
    const std::string claims =
        absl::StrReplaceAll(kClaims, {{std::string(part), std::string(other)}});
    EXPECT_NE(claims, kClaims);
    return VerifyClaims(claims);
  }

  FakeClock clock_;
  TestKeys keys_{clock_};
  std::unique_ptr<TokenVerifier> verifier_ = keys_.MakeVerifier();
};

TEST_F(TokenTest, AMintedTokenSaysWhoCalls) {
  const auto principal = Verify(keys_.Mint(
      "ada@example.org", kAcme, {access::v1::ROLE_REVIEW_LEAD, access::v1::ROLE_ASSESSOR}));
  ASSERT_THAT(principal, IsOk());
  EXPECT_EQ(principal->subject, "ada@example.org");
  EXPECT_EQ(principal->organisation, kAcme);
  EXPECT_EQ(principal->roles.ToString(), "assessor, review_lead");
  EXPECT_TRUE(principal->Has(access::v1::ROLE_ASSESSOR));
  EXPECT_FALSE(principal->Has(access::v1::ROLE_SUPPLIER));
  EXPECT_EQ(principal->expires, clock_.Now() + TestKeys::kLifetime);
}

TEST_F(TokenTest, HandWrittenClaimsPass) {
  EXPECT_THAT(VerifyClaims(kClaims), IsOk());
  EXPECT_THAT(VerifyWith("\"assay-test\"", R"(["other","assay-test"])"), IsOk());
}

TEST_F(TokenTest, RefusesWhatIsNoToken) {
  EXPECT_THAT(Verify(""), Unauthenticated("TOKEN_MISSING"));
  for (const char* token : {"x", "a.b", "a.b.c.d", "..", "!.b.c", "e30.e30.e30", "W10.e30.e30"}) {
    SCOPED_TRACE(token);
    EXPECT_THAT(Verify(token), Unauthenticated("TOKEN_MALFORMED"));
  }
}

TEST_F(TokenTest, RefusesATokenPastTheLengthLimit) {
  // A good token of `size` bytes: spaces behind the JSON of header and claims make up the length.
  // Three lengths of the claims reach every remainder that base64 leaves.
  const auto token_of = [this](size_t size) {
    for (const char* claims_pad : {"", " ", "  "}) {
      const std::string claims = absl::StrCat(kClaims, claims_pad);
      size_t pad = (size - Sign(kHeader, claims).size()) * 3 / 4;
      for (pad = pad > 4 ? pad - 4 : 0;; ++pad) {
        std::string token = Sign(kHeader + std::string(pad, ' '), claims);
        if (token.size() == size) return token;
        if (token.size() > size) break;
      }
    }
    ADD_FAILURE() << "no token of " << size << " bytes";
    return std::string();
  };
  EXPECT_THAT(Verify(token_of(kMaxTokenBytes)), IsOk());
  EXPECT_THAT(Verify(token_of(kMaxTokenBytes + 1)), Unauthenticated("TOKEN_MALFORMED"));
}

TEST_F(TokenTest, NoAlgorithmButEs256IsLookedAt) {
  for (const char* alg : {"none", "None", "HS256", "RS256", "ES384", "es256", ""}) {
    SCOPED_TRACE(alg);
    const std::string header = absl::StrCat(R"({"alg":")", alg, R"(","kid":"people-1"})");
    EXPECT_THAT(Verify(Sign(header, kClaims)), Unauthenticated("TOKEN_MALFORMED"));
  }
  EXPECT_THAT(Verify(Sign(R"({"kid":"people-1"})", kClaims)), Unauthenticated("TOKEN_MALFORMED"));
  EXPECT_THAT(Verify(Sign(R"({"alg":"ES256","kid":"people-1","crit":["b64"]})", kClaims)),
              Unauthenticated("TOKEN_MALFORMED"));
}

TEST_F(TokenTest, AnUnsignedTokenIsRefused) {
  const std::string unsigned_token = absl::StrCat(absl::WebSafeBase64Escape(kHeader), ".",
                                                  absl::WebSafeBase64Escape(kClaims), ".");
  EXPECT_THAT(Verify(unsigned_token), Unauthenticated("TOKEN_SIGNATURE_INVALID"));
}

TEST_F(TokenTest, TheKeyMustBeKnown) {
  EXPECT_THAT(Verify(Sign(R"({"alg":"ES256","kid":"people-2"})", kClaims)),
              Unauthenticated("TOKEN_KEY_UNKNOWN"));
  EXPECT_THAT(Verify(Sign(R"({"alg":"ES256"})", kClaims)), Unauthenticated("TOKEN_KEY_UNKNOWN"));
}

TEST_F(TokenTest, ASignatureOfAnotherKeyOrOfOtherBytesIsRefused) {
  EXPECT_THAT(Verify(keys_.MintWronglySigned("ada", kAcme, {access::v1::ROLE_SUPPLIER})),
              Unauthenticated("TOKEN_SIGNATURE_INVALID"));
  std::string token = Sign(kHeader, kClaims);
  const std::string other = absl::StrReplaceAll(kClaims, {{"supplier", "assessor"}});
  const size_t dot = token.find('.');
  token.replace(dot + 1, token.rfind('.') - dot - 1, absl::WebSafeBase64Escape(other));
  EXPECT_THAT(Verify(token), Unauthenticated("TOKEN_SIGNATURE_INVALID"));
}

TEST_F(TokenTest, IssuerAndAudienceMustBeOurs) {
  EXPECT_THAT(VerifyWith("issuer.test", "issuer.other"), Unauthenticated("TOKEN_ISSUER_MISMATCH"));
  EXPECT_THAT(VerifyWith("\"iss\"", "\"x\""), Unauthenticated("TOKEN_ISSUER_MISMATCH"));
  EXPECT_THAT(VerifyWith("assay-test", "assay"), Unauthenticated("TOKEN_AUDIENCE_MISMATCH"));
  EXPECT_THAT(VerifyWith("\"assay-test\"", "[]"), Unauthenticated("TOKEN_AUDIENCE_MISMATCH"));
  EXPECT_THAT(Verify(keys_.MintForOtherAudience("ada", kAcme, {access::v1::ROLE_SUPPLIER})),
              Unauthenticated("TOKEN_AUDIENCE_MISMATCH"));
}

TEST_F(TokenTest, ExpiresAtTheEndOfTheLeeway) {
  const std::string fresh = keys_.Mint("ada", kAcme, {access::v1::ROLE_SUPPLIER});
  clock_.Advance(TestKeys::kLifetime + kTokenLeeway - absl::Seconds(1));
  EXPECT_THAT(Verify(fresh), IsOk());
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(Verify(fresh), Unauthenticated("TOKEN_EXPIRED"));
}

TEST_F(TokenTest, ARememberedTokenExpiresToo) {
  const std::string token = keys_.Mint("ada", kAcme, {access::v1::ROLE_SUPPLIER});
  EXPECT_THAT(Verify(token), IsOk());
  EXPECT_EQ(verifier_->cached_tokens(), 1u);
  clock_.Advance(TestKeys::kLifetime + kTokenLeeway);
  EXPECT_THAT(Verify(token), Unauthenticated("TOKEN_EXPIRED"));
}

TEST_F(TokenTest, IsNotValidBeforeItsTimeButForTheLeeway) {
  EXPECT_THAT(Verify(keys_.MintNotYetValid("ada", kAcme, {access::v1::ROLE_SUPPLIER})),
              Unauthenticated("TOKEN_NOT_YET_VALID"));
  EXPECT_THAT(VerifyWith("\"iat\":1780304400", "\"iat\":1780304430"), IsOk());
  EXPECT_THAT(VerifyWith("\"iat\":1780304400", "\"iat\":1780304431"),
              Unauthenticated("TOKEN_NOT_YET_VALID"));
  EXPECT_THAT(VerifyWith("\"iat\"", "\"nbf\":1780304431,\"iat\""),
              Unauthenticated("TOKEN_NOT_YET_VALID"));
}

TEST_F(TokenTest, LivesAtMostADay) {
  EXPECT_THAT(VerifyWith("\"exp\":1780308000", "\"exp\":1780390800"), IsOk());
  EXPECT_THAT(VerifyWith("\"exp\":1780308000", "\"exp\":1780390801"), BadClaim("exp"));
}

TEST_F(TokenTest, TimesAreWholeSecondsInRange) {
  for (const char* exp : {"\"1780308000\"", "1780308000.5", "-1", "253402300800",
                          "18446744073709551615", "null", "1e400"}) {
    SCOPED_TRACE(exp);
    const auto principal = VerifyWith("\"exp\":1780308000", absl::StrCat("\"exp\":", exp));
    EXPECT_FALSE(principal.ok());
  }
  EXPECT_THAT(VerifyWith(",\"exp\":1780308000", ""), BadClaim("exp"));
  EXPECT_THAT(VerifyWith("\"iat\":1780304400,", ""), BadClaim("iat"));
}

TEST_F(TokenTest, SubjectOrganisationAndRolesAreChecked) {
  EXPECT_THAT(VerifyWith("\"ada\"", "\"\""), BadClaim("sub"));
  EXPECT_THAT(VerifyWith("\"ada\"", "7"), BadClaim("sub"));
  EXPECT_THAT(VerifyWith("\"ada\"", "\"a b\""), BadClaim("sub"));
  EXPECT_THAT(VerifyWith("\"ada\"", absl::StrCat("\"", std::string(128, 'a'), "\"")), IsOk());
  EXPECT_THAT(VerifyWith("\"ada\"", absl::StrCat("\"", std::string(129, 'a'), "\"")),
              BadClaim("sub"));
  EXPECT_THAT(VerifyWith("organisations/acme", "acme"), BadClaim("org"));
  EXPECT_THAT(VerifyWith("\"org\"", "\"x\""), BadClaim("org"));
  for (const char* roles :
       {"[]", "\"supplier\"", "[\"boss\"]", "[\"unspecified\"]", "[\"SUPPLIER\"]", "[1]", "null"}) {
    SCOPED_TRACE(roles);
    EXPECT_THAT(VerifyWith("[\"supplier\"]", roles), BadClaim("roles"));
  }
}

TEST_F(TokenTest, OnlyAServiceKeyMintsTheServiceRoleAndNothingElse) {
  constexpr char kServiceHeader[] = R"({"alg":"ES256","kid":"service-1"})";
  const auto with_roles = [](const char* roles) {
    return absl::StrReplaceAll(kClaims, {{"[\"supplier\"]", roles}});
  };
  EXPECT_THAT(Verify(keys_.MintService("services/assay-scoring")), IsOk());
  EXPECT_THAT(Verify(Sign(kServiceHeader, with_roles("[\"supplier\"]"), true)), BadClaim("roles"));
  EXPECT_THAT(Verify(Sign(kServiceHeader, with_roles("[\"service\",\"auditor\"]"), true)),
              BadClaim("roles"));
  EXPECT_THAT(VerifyClaims(with_roles("[\"service\"]")), BadClaim("roles"));
}

TEST_F(TokenTest, NoErrorQuotesTheToken) {
  const std::string token = keys_.MintExpired("ada", kAcme, {access::v1::ROLE_SUPPLIER});
  const auto principal = Verify(token);
  EXPECT_THAT(principal, Unauthenticated("TOKEN_EXPIRED"));
  EXPECT_EQ(principal.status().ToString().find(token.substr(0, 20)), std::string::npos);
}

TEST_F(TokenTest, RemembersABoundedNumber) {
  for (size_t i = 0; i < kMaxCachedTokens + 2; ++i) {
    const std::string claims =
        absl::StrReplaceAll(kClaims, {{"\"ada\"", absl::StrCat("\"u", i, "\"")}});
    ASSERT_THAT(VerifyClaims(claims), IsOk());
  }
  EXPECT_EQ(verifier_->cached_tokens(), kMaxCachedTokens);
}

class KeyFolderTest : public ::testing::Test {
 protected:
  absl::Status Load(std::string_view issuer = kTestIssuer,
                    std::string_view audience = kTestAudience) {
    return TokenVerifier::Create(dir_.path(), issuer, audience, clock_).status();
  }
  FakeClock clock_;
  TempDir dir_;
};

TEST_F(KeyFolderTest, NeedsAtLeastOneKey) {
  dir_.Write("readme.txt", "nothing");
  EXPECT_THAT(Load(), HasReason(absl::StatusCode::kFailedPrecondition, "KEYS_MISSING"));
  dir_.Write("k.pem", MakeKeyPair().public_pem);
  EXPECT_THAT(Load(), IsOk());
}

TEST_F(KeyFolderTest, HoldsAtMostTheLimit) {
  const std::string pem = MakeKeyPair().public_pem;
  for (size_t i = 0; i < kMaxKeys; ++i) dir_.Write(absl::StrCat("k", i, ".pem"), pem);
  EXPECT_THAT(Load(), IsOk());
  dir_.Write("one-more.pem", pem);
  EXPECT_THAT(Load(), HasReason(absl::StatusCode::kFailedPrecondition, "KEYS_MISSING"));
}

TEST_F(KeyFolderTest, RefusesAFileThatIsNoPublicP256Key) {
  dir_.Write("k.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
  EXPECT_THAT(Load(), HasReason(absl::StatusCode::kInvalidArgument, "KEY_INVALID"));
  dir_.Write("k.pem", MakeKeyPair().private_pem);
  EXPECT_THAT(Load(), HasReason(absl::StatusCode::kInvalidArgument, "KEY_INVALID"));
  // An Ed25519 key: fine elsewhere, never here.
  dir_.Write("k.pem",
             "-----BEGIN PUBLIC KEY-----\n"
             "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
             "-----END PUBLIC KEY-----\n");
  EXPECT_THAT(Load(), HasReason(absl::StatusCode::kInvalidArgument, "KEY_INVALID"));
}

TEST_F(KeyFolderTest, NeedsIssuerAndAudience) {
  dir_.Write("k.pem", MakeKeyPair().public_pem);
  EXPECT_THAT(Load("", kTestAudience),
              HasReason(absl::StatusCode::kInvalidArgument, "ISSUER_INVALID"));
  EXPECT_THAT(Load(kTestIssuer, ""),
              HasReason(absl::StatusCode::kInvalidArgument, "AUDIENCE_INVALID"));
}

}  // namespace
}  // namespace assay::auth
