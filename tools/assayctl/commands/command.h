// How a command is declared: its arguments are a struct, its work a function
// `absl::StatusOr<ExitCode> Run(Context&, const Args&)`.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_COMMAND_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_COMMAND_H_

#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"

#include "tools/assayctl/context.h"
#include "tools/assayctl/output/exit_code.h"

namespace assay::assayctl {

template <typename Args>
using Runner = absl::StatusOr<ExitCode> (*)(Context&, const Args&);

// A subcommand of `group` and the struct to bind its flags to (alive as long as the command).
template <typename Args>
struct Command {
  CLI::App* app;
  Args* args;
};

// Parsing a command only chooses it: the work is done after everything has been parsed, with the
// global flags that may follow the command's own.
template <typename Args>
Command<Args> AddCommand(CLI::App& group, Context& context, const std::string& name,
                         const std::string& description, Runner<Args> run) {
  CLI::App* app = group.add_subcommand(name, description);
  auto args = std::make_shared<Args>();
  app->callback([&context, app, args, run] {
    if (!app->get_subcommands().empty()) return;  // Its subcommand is what was asked for.
    context.SetAction([&context, args, run] { return run(context, *args); });
  });
  return {app, args.get()};
}

// A list shows at most this many items unless told otherwise.
inline constexpr int kDefaultListLimit = 1000;
inline constexpr int kMaxListLimit = 1'000'000;

inline void AddLimit(CLI::App& app, int& limit) {
  app.add_option("--limit", limit, "Show at most this many")
      ->check(CLI::Range(1, kMaxListLimit))
      ->capture_default_str();
}

// The command groups. Each adds itself to the root.
void AddScoreCommand(CLI::App& root, Context& context);
void AddAssessmentCommands(CLI::App& root, Context& context);
void AddReviewCommands(CLI::App& root, Context& context);
void AddSchemeCommands(CLI::App& root, Context& context);
void AddStatusCommand(CLI::App& root, Context& context);
void AddTokenCommands(CLI::App& root, Context& context);
void AddCompletionCommand(CLI::App& root, Context& context);

void AddConformanceCommands(CLI::App& root, Context& context);

// Parts of the score command, one file each.
void AddScoreBatch(CLI::App& group, Context& context);
void AddScoreComparisons(CLI::App& group, Context& context);
void AddScoreRescore(CLI::App& group, Context& context);

// Parts of the scheme group.
void AddSchemePublish(CLI::App& group, Context& context);
void AddSchemeRevisions(CLI::App& group, Context& context);

// Parts of the assessment group, one file each.
void AddAssessmentReads(CLI::App& group, Context& context);
void AddAssessmentWrites(CLI::App& group, Context& context);
void AddAssessmentSubmission(CLI::App& group, Context& context);
void AddAssessmentLoad(CLI::App& group, Context& context);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_COMMAND_H_
