// ECDSA on P-256 with SHA-256 (JWS algorithm ES256, RFC 7518 section 3.4).
//
// OpenSSL directly rather than a JWT library: libjwt 1.10 takes the algorithm from the token's own
// header, which is how forged tokens get accepted. Here nothing but ES256 exists.

#ifndef ASSAY_COMMON_AUTH_ES256_H_
#define ASSAY_COMMON_AUTH_ES256_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace assay::auth {

// A JWS signature: r and s, 32 bytes each, big-endian.
inline constexpr size_t kEs256SignatureBytes = 64;

// Immutable and thread-safe.
class Es256PublicKey {
 public:
  // INVALID_ARGUMENT KEY_INVALID unless `pem` is a SubjectPublicKeyInfo of a P-256 key.
  static absl::StatusOr<Es256PublicKey> FromPem(std::string_view pem);

  // False for a wrong signature or one of another length.
  bool Verify(std::string_view bytes, std::string_view signature) const;

 private:
  explicit Es256PublicKey(std::shared_ptr<void> key) : key_(std::move(key)) {}
  std::shared_ptr<void> key_;
};

// Immutable and thread-safe. Its bytes are never shown or logged.
class Es256PrivateKey {
 public:
  // INVALID_ARGUMENT KEY_INVALID unless `pem` is an unencrypted private P-256 key.
  static absl::StatusOr<Es256PrivateKey> FromPem(std::string_view pem);

  // kEs256SignatureBytes bytes. INTERNAL SIGNING_FAILED when OpenSSL refuses.
  absl::StatusOr<std::string> Sign(std::string_view bytes) const;

 private:
  explicit Es256PrivateKey(std::shared_ptr<void> key) : key_(std::move(key)) {}
  std::shared_ptr<void> key_;
};

}  // namespace assay::auth

#endif  // ASSAY_COMMON_AUTH_ES256_H_
