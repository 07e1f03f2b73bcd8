#include "services/scoring/engine/certificates.h"

#include <gtest/gtest.h>

#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

constexpr char kKind[] = "CYBER_ESSENTIALS";

ReasonCode At(EpochDay as_of, const std::vector<Certificate>& certificates) {
  return CertificateStanding(certificates, {kKind}, as_of);
}

TEST(CertificatesTest, ValidFromItsFirstToItsLastDay) {
  const Certificate certificate = ValidCertificate(kKind);
  EXPECT_EQ(At(certificate.issued_on - 1, {certificate}),
            ReasonCode::kAnchorCertificateNotYetValid);
  EXPECT_EQ(At(certificate.issued_on, {certificate}), ReasonCode::kAnchorCertificateValid);
  EXPECT_EQ(At(certificate.expires_on, {certificate}), ReasonCode::kAnchorCertificateValid);
  EXPECT_EQ(At(certificate.expires_on + 1, {certificate}), ReasonCode::kAnchorCertificateExpired);
}

TEST(CertificatesTest, RevokedFromTheDayOnwards) {
  Certificate certificate = ValidCertificate(kKind);
  certificate.revoked_on = kAsOf;
  EXPECT_EQ(At(kAsOf - 1, {certificate}), ReasonCode::kAnchorCertificateValid);
  EXPECT_EQ(At(kAsOf, {certificate}), ReasonCode::kAnchorCertificateRevoked);
}

TEST(CertificatesTest, NeedsAJudgementThatItCoversTheScope) {
  Certificate certificate = ValidCertificate(kKind);
  certificate.scope = ScopeVerdict::kDoesNotCover;
  EXPECT_EQ(At(kAsOf, {certificate}), ReasonCode::kAnchorCertificateScopeNotCovered);
  certificate.scope = ScopeVerdict::kNotJudged;
  EXPECT_EQ(At(kAsOf, {certificate}), ReasonCode::kAnchorCertificateScopeNotJudged);
}

TEST(CertificatesTest, OnlyItsOwnKindCounts) {
  EXPECT_EQ(At(kAsOf, {}), ReasonCode::kAnchorCertificateMissing);
  EXPECT_EQ(At(kAsOf, {ValidCertificate("CYBER_ESSENTIALS_PLUS")}),
            ReasonCode::kAnchorCertificateMissing);
}

TEST(CertificatesTest, OneOfSeveralKindsIsEnough) {
  const std::vector<std::string> kinds = {kKind, "CYBER_BASELINE"};
  const Certificate baseline = ValidCertificate("CYBER_BASELINE");
  Certificate expired = ValidCertificate(kKind);
  expired.expires_on = kAsOf - 1;
  EXPECT_EQ(CertificateStanding({baseline}, kinds, kAsOf), ReasonCode::kAnchorCertificateValid);
  EXPECT_EQ(CertificateStanding({expired, baseline}, kinds, kAsOf),
            ReasonCode::kAnchorCertificateValid);
  EXPECT_EQ(CertificateStanding({expired}, kinds, kAsOf), ReasonCode::kAnchorCertificateExpired);
  EXPECT_EQ(CertificateStanding({baseline}, {}, kAsOf), ReasonCode::kAnchorCertificateMissing);
}

TEST(CertificatesTest, OneValidCertificateIsEnoughInAnyOrder) {
  Certificate expired = ValidCertificate(kKind);
  expired.expires_on = kAsOf - 1;
  Certificate revoked = ValidCertificate(kKind);
  revoked.revoked_on = kAsOf - 1;
  const Certificate valid = ValidCertificate(kKind);
  EXPECT_EQ(At(kAsOf, {expired, valid, revoked}), ReasonCode::kAnchorCertificateValid);
  EXPECT_EQ(At(kAsOf, {expired, revoked}), ReasonCode::kAnchorCertificateExpired);
  EXPECT_EQ(At(kAsOf, {revoked, expired}), ReasonCode::kAnchorCertificateExpired);
}

}  // namespace
}  // namespace assay::scoring
