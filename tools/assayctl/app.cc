#include "tools/assayctl/app.h"

#include <optional>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/exit_code.h"

namespace assay::assayctl {
namespace {

constexpr char kDescription[] = "Assay from the command line: score, assess, review.";

constexpr char kFooter[] = R"(
Exit codes:
  0  done
  1  refused or failed; with status: a service is not serving; with conformance: a vector failed
  2  wrong usage, or an input file that is not what it should be
  3  no pass (with --exit-code), or some lines of a stream or requests of a batch failed
  4  a service could not be reached

The token of the caller comes from --token-file, --as, ASSAY_TOKEN or ASSAY_TOKEN_FILE, the first
that is given. Defaults of the flags may stand in HOME/assayctl.conf as lines `key = value`.)";

int Code(ExitCode code) { return static_cast<int>(code); }

void AddGlobalFlags(CLI::App& root, Options& options) {
  for (Service service : kServices) {
    const std::string name(ServiceName(service));
    root.add_option("--" + name, options.addresses[static_cast<size_t>(service)],
                    absl::StrCat("Address of the ", name, " service"))
        ->capture_default_str();
  }
  root.add_option("--home", options.home,
                  "Folder of tokens, claims and assayctl.conf; also ASSAY_HOME")
      ->capture_default_str();
  CLI::Option* file =
      root.add_option("--token-file", options.token_file, "File with the caller's token");
  root.add_option("--as", options.as, "Use the token HOME/tokens/NAME.jwt")->excludes(file);
  root.add_option("-o,--output", options.output, "table, json or ndjson")
      ->check(CLI::IsMember({"table", "json", "ndjson"}))
      ->capture_default_str();
  root.add_option("--color", options.color, "auto, always or never; NO_COLOR is honoured")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  root.add_option("--timeout", options.timeout, "Longest time of one call, such as 10s")
      ->capture_default_str();
  root.add_option("--tls-ca", options.tls_ca,
                  "PEM file of the authority that signed the services' certificates; turns on TLS");
  root.add_flag("--allow-plaintext", options.allow_plaintext,
                "Send the token unencrypted to another machine");
}

void Describe(CLI::App& root, Context& context) {
  root.set_version_flag("--version", "assayctl " ASSAYCTL_VERSION);
  root.require_subcommand(1);
  root.fallthrough();  // Global flags may follow the command. Subcommands inherit it.
  AddGlobalFlags(root, context.options());
  AddScoreCommand(root, context);
  AddAssessmentCommands(root, context);
  AddReviewCommands(root, context);
  AddSchemeCommands(root, context);
  AddConformanceCommands(root, context);
  AddStatusCommand(root, context);
  AddTokenCommands(root, context);
  AddCompletionCommand(root, context);
  // Last: subcommands would inherit them.
  root.set_help_all_flag("--help-all", "Print the help of every command and exit");
  root.footer(kFooter);
}

// nullopt when the command line is fine, else the exit code after help, version or a mistake.
std::optional<int> Parse(CLI::App& root, const std::vector<std::string>& args,
                         const Streams& streams) {
  // CLI11 takes them from the back.
  std::vector<std::string> reversed(args.rbegin(), args.rend());
  try {
    root.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return root.exit(error, streams.out, streams.err) == 0 ? Code(ExitCode::kOk)
                                                           : Code(ExitCode::kUsage);
  }
  return std::nullopt;
}

absl::StatusOr<ExitCode> Act(Context& context) {
  ASSAY_RETURN_IF_ERROR(context.Settle());
  return context.action()();
}

}  // namespace

int RunApp(const std::vector<std::string>& args, const Environment& environment,
           const Streams& streams, const Clock& clock, IdSource& ids) {
  Context context(streams, environment, clock, ids);
  absl::StatusOr<Options> defaults = DefaultOptions(args, environment);
  if (!defaults.ok()) {
    context.PrintError(defaults.status());
    return Code(ExitCodeOf(defaults.status()));
  }
  context.options() = *std::move(defaults);
  CLI::App root(kDescription, "assayctl");
  Describe(root, context);
  if (const std::optional<int> code = Parse(root, args, streams); code.has_value()) {
    return *code;
  }
  const absl::StatusOr<ExitCode> result = Act(context);
  context.out().flush();
  if (!result.ok()) {
    context.PrintError(result.status());
    return Code(ExitCodeOf(result.status()));
  }
  return Code(*result);
}

}  // namespace assay::assayctl
