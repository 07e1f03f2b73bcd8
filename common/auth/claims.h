// The inside of a token: its parts, its header and its claims. Used by token.cc only.

#ifndef ASSAY_COMMON_AUTH_CLAIMS_H_
#define ASSAY_COMMON_AUTH_CLAIMS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/auth/principal.h"

namespace assay::auth {

// UNAUTHENTICATED with `reason`.
absl::Status TokenError(std::string_view reason, std::string_view message);

// A token taken apart; nothing of it is trusted yet.
struct TokenParts {
  std::string key_id;
  std::string_view signed_bytes;  // "<header>.<claims>" as they came, inside the token.
  std::string claims_json;
  std::string signature;
};

// TOKEN_MALFORMED for another shape, another algorithm or a `crit` header; TOKEN_KEY_UNKNOWN
// without a kid. `token` must outlive the parts.
absl::StatusOr<TokenParts> SplitToken(std::string_view token);

// What the claims must agree with.
struct ClaimRules {
  std::string_view issuer;
  std::string_view audience;
  absl::Time now;
  bool service_key = false;  // The key mints ROLE_SERVICE and only that.
};

// Reads the claims of a token whose signature is good. Errors as in TokenVerifier::Verify.
absl::StatusOr<Principal> ReadClaims(std::string_view claims_json, const ClaimRules& rules);

// The claims of a new token, as JSON. Times are cut to whole seconds.
std::string WriteClaims(const Principal& principal, std::string_view issuer,
                        std::string_view audience, absl::Time issued);

std::string WriteHeader(std::string_view key_id);

}  // namespace assay::auth

#endif  // ASSAY_COMMON_AUTH_CLAIMS_H_
