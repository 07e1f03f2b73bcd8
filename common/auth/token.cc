#include "common/auth/token.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "common/auth/claims.h"
#include "common/auth/key_files.h"
#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::auth {
namespace {

absl::Status CheckParties(std::string_view issuer, std::string_view audience) {
  const auto refuse = [](const char* reason, const char* message) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, reason).Message(message).Build();
  };
  if (issuer.empty()) return refuse("ISSUER_INVALID", "the token issuer is empty");
  if (audience.empty()) return refuse("AUDIENCE_INVALID", "the token audience is empty");
  return absl::OkStatus();
}

std::string Encode(std::string_view bytes) { return absl::WebSafeBase64Escape(ToAbsl(bytes)); }

}  // namespace

TokenVerifier::TokenVerifier(Keys keys, std::string_view issuer, std::string_view audience,
                             const Clock& clock)
    : keys_(std::move(keys)), issuer_(issuer), audience_(audience), clock_(clock) {}

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::Create(std::string_view keys_dir,
                                                                     std::string_view issuer,
                                                                     std::string_view audience,
                                                                     const Clock& clock) {
  ASSAY_RETURN_IF_ERROR(CheckParties(issuer, audience));
  ASSAY_ASSIGN_OR_RETURN(const auto files, ReadKeyFolder(std::string(keys_dir)));
  Keys keys;
  for (const auto& [key_id, pem] : files) {
    absl::StatusOr<Es256PublicKey> key = Es256PublicKey::FromPem(pem);
    if (!key.ok()) {
      return ErrorBuilder(key.status().code(), ErrorReason(key.status()))
          .Message(absl::StrCat(key_id, ".pem is ", key.status().message()))
          .Metadata("key", key_id)
          .Build();
    }
    keys.emplace(key_id, *std::move(key));
  }
  return std::unique_ptr<TokenVerifier>(
      new TokenVerifier(std::move(keys), issuer, audience, clock));
}

absl::StatusOr<Principal> TokenVerifier::Verify(std::string_view token) {
  ASSAY_ASSIGN_OR_RETURN(const std::shared_ptr<const Principal> principal, VerifyShared(token));
  return *principal;
}

absl::StatusOr<std::shared_ptr<const Principal>> TokenVerifier::VerifyShared(
    std::string_view token) {
  if (token.empty()) {
    return TokenError("TOKEN_MISSING", "send a token as metadata \"authorization: Bearer ...\"");
  }
  if (token.size() > kMaxTokenBytes) return SplitToken(token).status();
  std::string digest = Sha256(token);
  const absl::Time now = clock_.Now();
  {
    MutexLock lock(mutex_);
    const auto it = verified_.find(digest);
    // An expired entry takes the slow way, whose error is the right one.
    if (it != verified_.end() && now < it->second->expires + kTokenLeeway) return it->second;
  }
  ASSAY_ASSIGN_OR_RETURN(Principal checked, VerifyAfresh(token, now));
  auto principal = std::make_shared<const Principal>(std::move(checked));
  Remember(std::move(digest), principal);
  return principal;
}

absl::StatusOr<Principal> TokenVerifier::VerifyAfresh(std::string_view token,
                                                      absl::Time now) const {
  ASSAY_ASSIGN_OR_RETURN(const TokenParts parts, SplitToken(token));
  const auto key = keys_.find(parts.key_id);
  if (key == keys_.end()) {
    return TokenError("TOKEN_KEY_UNKNOWN", "the token is signed with a key (kid) unknown here");
  }
  if (!key->second.Verify(parts.signed_bytes, parts.signature)) {
    return TokenError("TOKEN_SIGNATURE_INVALID", "the token's signature is wrong");
  }
  const ClaimRules rules = {
      .issuer = issuer_,
      .audience = audience_,
      .now = now,
      .service_key = absl::StartsWith(parts.key_id, ToAbsl(kServiceKeyPrefix))};
  return ReadClaims(parts.claims_json, rules);
}

void TokenVerifier::Remember(std::string digest, std::shared_ptr<const Principal> principal) {
  MutexLock lock(mutex_);
  if (!verified_.emplace(digest, std::move(principal)).second) return;  // Another was first.
  order_.push_back(std::move(digest));
  if (order_.size() <= kMaxCachedTokens) return;
  verified_.erase(order_.front());
  order_.pop_front();
}

size_t TokenVerifier::cached_tokens() const {
  MutexLock lock(mutex_);
  return verified_.size();
}

TokenSigner::TokenSigner(Es256PrivateKey key, std::string_view key_id, std::string_view issuer,
                         std::string_view audience, const Clock& clock)
    : key_(std::move(key)), key_id_(key_id), issuer_(issuer), audience_(audience), clock_(clock) {}

absl::StatusOr<std::unique_ptr<TokenSigner>> TokenSigner::Create(std::string_view private_key_pem,
                                                                 std::string_view key_id,
                                                                 std::string_view issuer,
                                                                 std::string_view audience,
                                                                 const Clock& clock) {
  ASSAY_RETURN_IF_ERROR(CheckParties(issuer, audience));
  ASSAY_ASSIGN_OR_RETURN(Es256PrivateKey key, Es256PrivateKey::FromPem(private_key_pem));
  return std::unique_ptr<TokenSigner>(
      new TokenSigner(std::move(key), key_id, issuer, audience, clock));
}

absl::StatusOr<std::string> TokenSigner::Mint(std::string_view subject,
                                              std::string_view organisation, RoleSet roles,
                                              absl::Duration lifetime) const {
  const absl::Time now = clock_.Now();
  const Principal principal = {.subject = std::string(subject),
                               .organisation = std::string(organisation),
                               .roles = roles,
                               .expires = now + lifetime};
  return EncodeToken(key_, WriteHeader(key_id_), WriteClaims(principal, issuer_, audience_, now));
}

absl::StatusOr<std::string> EncodeToken(const Es256PrivateKey& key, std::string_view header_json,
                                        std::string_view claims_json) {
  const std::string signed_part = absl::StrCat(Encode(header_json), ".", Encode(claims_json));
  ASSAY_ASSIGN_OR_RETURN(const std::string signature, key.Sign(signed_part));
  return absl::StrCat(signed_part, ".", Encode(signature));
}

}  // namespace assay::auth
