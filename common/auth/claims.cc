#include "common/auth/claims.h"

#include <algorithm>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

#include "common/auth/token.h"
#include "common/ids/resource_name.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::auth {
namespace {

using Json = nlohmann::json;

// 9999-12-31T23:59:59Z.
constexpr int64_t kMaxTokenSecond = 253402300799;

absl::Status Malformed(std::string_view what) {
  return TokenError("TOKEN_MALFORMED", absl::StrCat("the token is malformed: ", ToAbsl(what)));
}

absl::Status ClaimInvalid(std::string_view claim, std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kUnauthenticated, "TOKEN_CLAIM_INVALID")
      .Message(absl::StrCat("the token's claim ", ToAbsl(claim), " ", ToAbsl(problem)))
      .Metadata("claim", claim)
      .Build();
}

// base64url without padding, as RFC 7515 has it.
std::optional<std::string> Decode(std::string_view text) {
  for (const char c : text) {
    const bool allowed = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!allowed) return std::nullopt;
  }
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(ToAbsl(text), &bytes)) return std::nullopt;
  return bytes;
}

// A discarded value when `text` is not a JSON object.
Json ParseObject(std::string_view text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return json.is_object() ? json : Json(Json::value_t::discarded);
}

std::optional<std::string> Text(const Json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_string()) return std::nullopt;
  return it->get<std::string>();
}

absl::StatusOr<absl::Time> Seconds(const Json& claims, const char* name) {
  const auto it = claims.find(name);
  if (it == claims.end() || !it->is_number_integer()) {
    return ClaimInvalid(name, "must be a whole number of seconds since 1970");
  }
  const bool in_range = it->is_number_unsigned() ? it->get<uint64_t>() <= uint64_t{kMaxTokenSecond}
                                                 : it->get<int64_t>() >= 0;
  if (!in_range) return ClaimInvalid(name, "must be a time between 1970 and 9999");
  return absl::FromUnixSeconds(it->get<int64_t>());
}

bool NamesAudience(const Json& claims, std::string_view audience) {
  const auto it = claims.find("aud");
  if (it == claims.end()) return false;
  if (it->is_string()) return it->get<std::string>() == audience;
  if (!it->is_array()) return false;
  for (const Json& item : *it) {
    if (item.is_string() && item.get<std::string>() == audience) return true;
  }
  return false;
}

absl::StatusOr<absl::Time> CheckTimes(const Json& claims, absl::Time now) {
  ASSAY_ASSIGN_OR_RETURN(const absl::Time expires, Seconds(claims, "exp"));
  ASSAY_ASSIGN_OR_RETURN(const absl::Time issued, Seconds(claims, "iat"));
  absl::Time starts = issued;
  if (claims.contains("nbf")) {
    ASSAY_ASSIGN_OR_RETURN(const absl::Time not_before, Seconds(claims, "nbf"));
    starts = std::max(starts, not_before);
  }
  if (expires <= issued) return ClaimInvalid("exp", "is not after iat");
  if (expires - issued > kMaxTokenLifetime) {
    return ClaimInvalid("exp", absl::StrCat("is more than ",
                                            absl::FormatDuration(kMaxTokenLifetime), " after iat"));
  }
  if (now >= expires + kTokenLeeway) {
    return TokenError("TOKEN_EXPIRED", "the token has expired; get a new one");
  }
  if (now < starts - kTokenLeeway) {
    return TokenError("TOKEN_NOT_YET_VALID", "the token is not valid yet");
  }
  return expires;
}

absl::StatusOr<RoleSet> ReadRoles(const Json& claims, bool service_key) {
  const auto it = claims.find("roles");
  if (it == claims.end() || !it->is_array() || it->empty()) {
    return ClaimInvalid("roles", "must be a list of at least one role");
  }
  RoleSet roles;
  for (const Json& item : *it) {
    const std::optional<Role> role =
        item.is_string() ? ParseRole(item.get<std::string>()) : std::nullopt;
    if (!role.has_value()) return ClaimInvalid("roles", "holds something that is no role");
    roles.Add(*role);
  }
  if (service_key && roles != RoleSet{access::v1::ROLE_SERVICE}) {
    return ClaimInvalid("roles", "must be exactly \"service\" under a service's key");
  }
  if (!service_key && roles.Has(access::v1::ROLE_SERVICE)) {
    return ClaimInvalid("roles", "holds \"service\", which only a service's key may give");
  }
  return roles;
}

bool IsSubject(const std::string& subject) {
  if (subject.empty() || subject.size() > kMaxSubjectBytes) return false;
  for (const char c : subject) {
    if (c <= 0x20 || c > 0x7E) return false;
  }
  return true;
}

}  // namespace

absl::Status TokenError(std::string_view reason, std::string_view message) {
  return ErrorBuilder(absl::StatusCode::kUnauthenticated, reason).Message(message).Build();
}

absl::StatusOr<TokenParts> SplitToken(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return Malformed("it is too long");
  const size_t first = token.find('.');
  const size_t last = token.rfind('.');
  if (first == std::string_view::npos || first == last || token.find('.', first + 1) != last) {
    return Malformed("it must have three parts");
  }
  const std::optional<std::string> header = Decode(token.substr(0, first));
  std::optional<std::string> claims = Decode(token.substr(first + 1, last - first - 1));
  std::optional<std::string> signature = Decode(token.substr(last + 1));
  if (!header || !claims || !signature) return Malformed("a part is not base64url");
  const Json json = ParseObject(*header);
  if (json.is_discarded()) return Malformed("its header is not a JSON object");
  if (Text(json, "alg") != "ES256") return Malformed("its alg is not ES256");
  // RFC 7515 4.1.11: an extension marked critical must be understood; none is.
  if (json.contains("crit")) return Malformed("it has a crit header");
  std::optional<std::string> key_id = Text(json, "kid");
  if (!key_id.has_value()) return TokenError("TOKEN_KEY_UNKNOWN", "the token names no key (kid)");
  return TokenParts{*std::move(key_id), token.substr(0, last), *std::move(claims),
                    *std::move(signature)};
}

absl::StatusOr<Principal> ReadClaims(std::string_view claims_json, const ClaimRules& rules) {
  const Json claims = ParseObject(claims_json);
  if (claims.is_discarded()) return Malformed("its claims are not a JSON object");
  if (Text(claims, "iss") != rules.issuer) {
    return TokenError("TOKEN_ISSUER_MISMATCH", "the token comes from another issuer");
  }
  if (!NamesAudience(claims, rules.audience)) {
    return TokenError("TOKEN_AUDIENCE_MISMATCH", "the token is meant for another audience");
  }
  Principal principal;
  ASSAY_ASSIGN_OR_RETURN(principal.expires, CheckTimes(claims, rules.now));
  principal.subject = Text(claims, "sub").value_or("");
  if (!IsSubject(principal.subject)) {
    return ClaimInvalid("sub", absl::StrCat("must be 1 to ", kMaxSubjectBytes,
                                            " printable ASCII characters without spaces"));
  }
  principal.organisation = Text(claims, "org").value_or("");
  if (!ParseName("org", "organisations/*", principal.organisation).ok()) {
    return ClaimInvalid("org", "must be of the form organisations/<id>");
  }
  ASSAY_ASSIGN_OR_RETURN(principal.roles, ReadRoles(claims, rules.service_key));
  return principal;
}

std::string WriteClaims(const Principal& principal, std::string_view issuer,
                        std::string_view audience, absl::Time issued) {
  const Json claims = {
      {"iss", issuer},
      {"aud", audience},
      {"sub", principal.subject},
      {"org", principal.organisation},
      {"roles", principal.roles.Names()},
      {"iat", absl::ToUnixSeconds(issued)},
      {"exp", absl::ToUnixSeconds(principal.expires)},
  };
  return claims.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string WriteHeader(std::string_view key_id) {
  const Json header = {{"alg", "ES256"}, {"kid", key_id}, {"typ", "JWT"}};
  return header.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace assay::auth
