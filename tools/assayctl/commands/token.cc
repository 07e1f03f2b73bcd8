#include "common/auth/token.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/auth/role.h"
#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/files.h"
#include "tools/assayctl/key_pair.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/requests/names.h"

namespace assay::assayctl {
namespace {

struct MintArgs {
  std::string key;
  std::string key_id;
  std::string issuer;
  std::string audience;
  std::string subject;
  std::string organisation;
  std::vector<std::string> roles;
  std::string lifetime = "8h";
};

struct KeygenArgs {
  std::string dir;
  std::string key_id;
};

absl::StatusOr<auth::RoleSet> ParseRoles(const std::vector<std::string>& names) {
  auth::RoleSet roles;
  for (const std::string& name : names) {
    const auto role = auth::ParseRole(name);
    if (!role.has_value()) {
      return UsageError("ROLE_UNKNOWN",
                        absl::StrCat("--role \"", name, "\" is no role; an example is assessor"));
    }
    roles.Add(*role);
  }
  return roles;
}

absl::StatusOr<ExitCode> RunMint(Context& context, const MintArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const auth::RoleSet roles, ParseRoles(args.roles));
  ASSAY_ASSIGN_OR_RETURN(const std::string organisation,
                         QualifiedName("organisations", args.organisation));
  absl::Duration lifetime;
  if (!absl::ParseDuration(args.lifetime, &lifetime) || lifetime < absl::Seconds(1) ||
      lifetime > auth::kMaxTokenLifetime) {
    return UsageError("LIFETIME_INVALID",
                      absl::StrCat("--lifetime \"", args.lifetime,
                                   "\" is not a time such as 30m or 8h, from 1s to ",
                                   absl::FormatDuration(auth::kMaxTokenLifetime)));
  }
  ASSAY_ASSIGN_OR_RETURN(const std::string pem, ReadFile(args.key));
  ASSAY_ASSIGN_OR_RETURN(
      const auto signer,
      auth::TokenSigner::Create(pem, args.key_id, args.issuer, args.audience, context.clock()));
  ASSAY_ASSIGN_OR_RETURN(const std::string token,
                         signer->Mint(args.subject, organisation, roles, lifetime));
  context.out() << token << "\n";
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunKeygen(Context& context, const KeygenArgs& args) {
  if (!IsValidId(args.key_id)) {
    return UsageError("KEY_ID_INVALID", absl::StrCat("--key-id \"", args.key_id,
                                                     "\" is not 1 to 64 of a-z, 0-9, '.', '_' "
                                                     "and '-', starting with a letter or digit"));
  }
  ASSAY_ASSIGN_OR_RETURN(const KeyPairPaths paths, WriteNewKeyPair(args.dir, args.key_id));
  context.Note(
      absl::StrCat("private key  ", paths.private_key, "\npublic key   ", paths.public_key));
  return ExitCode::kOk;
}

void AddMint(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<MintArgs>(
      group, context, "mint", "Print a signed token, for development and for services", RunMint);
  app->add_option("--key", args->key, "PEM file of the private key")->required();
  app->add_option("--key-id", args->key_id, "Id under which the services know the public key")
      ->required();
  app->add_option("--issuer", args->issuer, "Who issues the token")->required();
  app->add_option("--audience", args->audience, "Whom it is for")->required();
  app->add_option("--subject", args->subject, "Who the bearer is")->required();
  app->add_option("--organisation", args->organisation, "The bearer's organisation")->required();
  app->add_option("--role", args->roles, "A role of the bearer, such as assessor; repeatable")
      ->required()
      ->allow_extra_args(false);
  app->add_option("--lifetime", args->lifetime, "How long it is valid, at most 24h")
      ->capture_default_str();
}

}  // namespace

void AddTokenCommands(CLI::App& root, Context& context) {
  CLI::App& group = *root.add_subcommand("token", "Development keys and tokens");
  group.require_subcommand(1);
  AddMint(group, context);
  auto [app, args] = AddCommand<KeygenArgs>(
      group, context, "keygen",
      "Make an ES256 key pair: DIR/private/ID.pem and DIR/public/ID.pem; never overwrites",
      RunKeygen);
  app->add_option("--dir", args->dir, "Folder of the keys")->required();
  app->add_option("--key-id", args->key_id,
                  "Id of the pair; one that starts with service- mints tokens of services only")
      ->required();
}

}  // namespace assay::assayctl
