// JSON Web Tokens: verified and minted.
//
// A token is a JWS in compact form, algorithm ES256 and nothing else:
//   header {"alg":"ES256","kid":"<key id>","typ":"JWT"}
//   claims {"iss","aud","sub","iat","exp", optional "nbf", "org":"organisations/<id>",
//           "roles":["assessor", ...]}
// Times are whole seconds. `aud` is a string or a list that holds ours. See role.h for role names.
//
// Two kinds of keys: those whose id starts with "service-" mint ROLE_SERVICE and only that; all
// others mint anything but ROLE_SERVICE. So a stolen key of the people's token issuer cannot
// impersonate a service, nor the reverse.

#ifndef ASSAY_COMMON_AUTH_TOKEN_H_
#define ASSAY_COMMON_AUTH_TOKEN_H_

#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/auth/es256.h"
#include "common/auth/principal.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace assay::auth {

inline constexpr std::string_view kServiceKeyPrefix = "service-";
inline constexpr size_t kMaxTokenBytes = 4096;
inline constexpr size_t kMaxSubjectBytes = 128;
inline constexpr size_t kMaxKeys = 64;
inline constexpr size_t kMaxCachedTokens = 4096;
inline constexpr absl::Duration kTokenLeeway = absl::Seconds(30);
inline constexpr absl::Duration kMaxTokenLifetime = absl::Hours(24);

// Checks tokens. Thread-safe. Tokens found good are remembered by their SHA-256 until they expire,
// at most kMaxCachedTokens of them (the oldest goes first).
class TokenVerifier {
 public:
  // Loads every <kid>.pem of `keys_dir`. INVALID_ARGUMENT KEY_INVALID for a file that is not an
  // ES256 public key; FAILED_PRECONDITION KEYS_MISSING when there is none or the folder cannot be
  // read; INVALID_ARGUMENT ISSUER_INVALID or AUDIENCE_INVALID when one is empty. `clock` must
  // outlive the verifier.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> Create(std::string_view keys_dir,
                                                               std::string_view issuer,
                                                               std::string_view audience,
                                                               const Clock& clock);

  // UNAUTHENTICATED with one of the reasons
  //   TOKEN_MISSING             `token` is empty
  //   TOKEN_MALFORMED           not a JWS in compact form, not JSON, too long, or alg not ES256
  //   TOKEN_KEY_UNKNOWN         kid absent or not ours
  //   TOKEN_SIGNATURE_INVALID
  //   TOKEN_ISSUER_MISMATCH, TOKEN_AUDIENCE_MISMATCH
  //   TOKEN_EXPIRED, TOKEN_NOT_YET_VALID   with kTokenLeeway
  //   TOKEN_CLAIM_INVALID       metadata `claim` names it; also a lifetime over kMaxTokenLifetime
  //                             and a role that the key may not mint
  // No error quotes the token.
  absl::StatusOr<Principal> Verify(std::string_view token) ASSAY_EXCLUDES(mutex_);

  // The same without a copy: all calls that bring the same token share one principal. Never null.
  absl::StatusOr<std::shared_ptr<const Principal>> VerifyShared(std::string_view token)
      ASSAY_EXCLUDES(mutex_);

  size_t cached_tokens() const ASSAY_EXCLUDES(mutex_);

 private:
  using Keys = std::map<std::string, Es256PublicKey, std::less<>>;
  // A SHA-256 is a hash already. Only digests of tokens we found good are kept, so nobody can
  // choose many that collide.
  struct DigestHash {
    size_t operator()(const std::string& digest) const {
      size_t hash = 0;
      std::memcpy(&hash, digest.data(), sizeof(hash));
      return hash;
    }
  };
  TokenVerifier(Keys keys, std::string_view issuer, std::string_view audience, const Clock& clock);
  // Every check, without a look at those found good before.
  absl::StatusOr<Principal> VerifyAfresh(std::string_view token, absl::Time now) const;
  void Remember(std::string digest, std::shared_ptr<const Principal> principal)
      ASSAY_EXCLUDES(mutex_);

  const Keys keys_;
  const std::string issuer_;
  const std::string audience_;
  const Clock& clock_;
  mutable Mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const Principal>, DigestHash> verified_
      ASSAY_GUARDED_BY(mutex_);
  std::deque<std::string> order_ ASSAY_GUARDED_BY(mutex_);  // Digests of verified_, oldest first.
};

// Mints tokens with one private key. Thread-safe; `clock` must outlive it.
class TokenSigner {
 public:
  static absl::StatusOr<std::unique_ptr<TokenSigner>> Create(std::string_view private_key_pem,
                                                             std::string_view key_id,
                                                             std::string_view issuer,
                                                             std::string_view audience,
                                                             const Clock& clock);

  // Valid from now for `lifetime` (whole seconds, up to kMaxTokenLifetime). Does not check that
  // the key may mint `roles`: the verifier does.
  absl::StatusOr<std::string> Mint(std::string_view subject, std::string_view organisation,
                                   RoleSet roles, absl::Duration lifetime) const;

 private:
  TokenSigner(Es256PrivateKey key, std::string_view key_id, std::string_view issuer,
              std::string_view audience, const Clock& clock);

  const Es256PrivateKey key_;
  const std::string key_id_;
  const std::string issuer_;
  const std::string audience_;
  const Clock& clock_;
};

// The compact form of any header and claims, signed. For the signer and for tests of the verifier.
absl::StatusOr<std::string> EncodeToken(const Es256PrivateKey& key, std::string_view header_json,
                                        std::string_view claims_json);

}  // namespace assay::auth

#endif  // ASSAY_COMMON_AUTH_TOKEN_H_
