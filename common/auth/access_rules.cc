#include "common/auth/access_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::auth {
namespace {

absl::Status RuleMissing(const std::string& method, const char* problem) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "ACCESS_RULE_MISSING")
      .Message(absl::StrCat(method, " ", problem,
                            "; every method needs the option (assay.access.v1.access)"))
      .Metadata("method", method)
      .Build();
}

// The full metadata of a refusal: method, what it asks for, what the caller has.
absl::Status Denied(std::string_view method, RoleSet required, RoleSet own) {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED")
      .Message(absl::StrCat(ToAbsl(method), " needs one of the roles ", required.ToString(),
                            "; the caller has ", own.ToString()))
      .Metadata("method", method)
      .Metadata("required_roles", required.ToString())
      .Metadata("own_roles", own.ToString())
      .Build();
}

}  // namespace

absl::StatusOr<AccessRules> AccessRules::ForServices(const std::vector<std::string>& services) {
  AccessRules rules;
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  for (const std::string& name : services) {
    const auto* service = pool->FindServiceByName(name);
    if (service == nullptr) {
      return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "SERVICE_UNKNOWN")
          .Message(absl::StrCat("no service ", name, " is linked into this binary"))
          .Metadata("service", name)
          .Build();
    }
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string method = absl::StrCat("/", name, "/", service->method(i)->name());
      const auto& options = service->method(i)->options();
      if (!options.HasExtension(access::v1::access)) return RuleMissing(method, "has no rule");
      const access::v1::AccessRule& option = options.GetExtension(access::v1::access);
      Rule rule;
      rule.any_authenticated = option.any_authenticated();
      for (const int role : option.roles()) {
        if (role == access::v1::ROLE_UNSPECIFIED || !access::v1::Role_IsValid(role)) {
          return RuleMissing(method, "has a rule with ROLE_UNSPECIFIED");
        }
        rule.roles.Add(static_cast<Role>(role));
      }
      if (rule.roles.empty() && !rule.any_authenticated) {
        return RuleMissing(method, "has an empty rule");
      }
      rules.rules_.emplace(method, rule);
    }
    rules.services_.push_back(name);
  }
  return rules;
}

absl::Status AccessRules::Check(std::string_view method, const Principal& principal) const {
  const auto it = rules_.find(method);
  if (it == rules_.end()) {
    return ErrorBuilder(absl::StatusCode::kPermissionDenied, "METHOD_HAS_NO_RULE")
        .Message(absl::StrCat("no access rule is known for ", ToAbsl(method)))
        .Metadata("method", method)
        .Build();
  }
  const Rule& rule = it->second;
  if (rule.any_authenticated || rule.roles.Intersects(principal.roles)) return absl::OkStatus();
  return Denied(method, rule.roles, principal.roles);
}

bool AccessRules::Covers(std::string_view service) const {
  return std::find(services_.begin(), services_.end(), service) != services_.end();
}

std::vector<std::string> AccessRules::Methods() const {
  std::vector<std::string> methods;
  methods.reserve(rules_.size());
  for (const auto& [method, rule] : rules_) methods.push_back(method);
  return methods;
}

}  // namespace assay::auth
