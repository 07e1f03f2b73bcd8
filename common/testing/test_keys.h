// Keys and tokens for tests, made at run time: nothing secret lives in the repository.

#ifndef ASSAY_COMMON_TESTING_TEST_KEYS_H_
#define ASSAY_COMMON_TESTING_TEST_KEYS_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/time/time.h"

#include "common/auth/role.h"
#include "common/auth/token.h"
#include "common/testing/temp_dir.h"
#include "common/time/clock.h"

namespace assay::testing_kit {

// A fresh ES256 key pair in PEM.
struct KeyPair {
  std::string private_pem;
  std::string public_pem;
};
KeyPair MakeKeyPair();

inline constexpr std::string_view kTestIssuer = "https://issuer.test";
inline constexpr std::string_view kTestAudience = "assay-test";

// One key for people ("people-1"), one for services ("service-1"), and a stranger's that no
// verifier knows. Every failure ends the process. Thread-safe.
class TestKeys {
 public:
  static constexpr absl::Duration kLifetime = absl::Hours(1);

  // `clock` must outlive this.
  explicit TestKeys(const Clock& clock);

  // Holds people-1.pem and service-1.pem.
  const std::string& public_keys_dir() const { return public_dir_.path(); }

  std::unique_ptr<auth::TokenVerifier> MakeVerifier() const;

  // A person's valid token, such as Mint("ada", "organisations/acme", {access::v1::ROLE_SUPPLIER}).
  std::string Mint(std::string_view subject, std::string_view organisation, auth::RoleSet roles,
                   absl::Duration lifetime = kLifetime) const;

  // A valid token of another service.
  std::string MintService(std::string_view subject) const;

  // As Mint, but expired an hour ago; or valid from an hour from now; or signed with the
  // stranger's key under the id "people-1"; or for another audience.
  std::string MintExpired(std::string_view subject, std::string_view organisation,
                          auth::RoleSet roles) const;
  std::string MintNotYetValid(std::string_view subject, std::string_view organisation,
                              auth::RoleSet roles) const;
  std::string MintWronglySigned(std::string_view subject, std::string_view organisation,
                                auth::RoleSet roles) const;
  std::string MintForOtherAudience(std::string_view subject, std::string_view organisation,
                                   auth::RoleSet roles) const;

  const KeyPair& people() const { return people_; }
  const KeyPair& service() const { return service_; }
  const KeyPair& stranger() const { return stranger_; }

 private:
  std::string MintWith(const Clock& clock, const KeyPair& key, std::string_view audience,
                       std::string_view subject, std::string_view organisation, auth::RoleSet roles,
                       absl::Duration lifetime) const;

  const Clock& clock_;
  const KeyPair people_;
  const KeyPair service_;
  const KeyPair stranger_;
  TempDir public_dir_;
};

}  // namespace assay::testing_kit

#endif  // ASSAY_COMMON_TESTING_TEST_KEYS_H_
