#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "tools/assayctl/commands/command.h"

namespace assay::assayctl {
namespace {

struct CompletionArgs {
  std::string shell;
  CLI::App* root = nullptr;
};

// One command with what may follow it.
struct Node {
  std::string path;  // "assayctl assessment record"
  std::vector<std::string> commands;
  std::vector<std::string> flags;
};

void AddFlags(const CLI::App& app, std::vector<std::string>& flags) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
  }
}

void Walk(const CLI::App& app, const std::string& path, std::vector<Node>& nodes) {
  Node node{path, {}, {}};
  AddFlags(app, node.flags);
  const std::vector<const CLI::App*> children =
      app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* child : children) node.commands.push_back(child->get_name());
  nodes.push_back(std::move(node));
  for (const CLI::App* child : children) {
    Walk(*child, absl::StrCat(path, " ", child->get_name()), nodes);
  }
}

// Both shells share the two tables: which words make a deeper command, and what may follow each
// command. Values of the flags that have a fixed set come first.
std::string Cases(const std::vector<Node>& nodes, const std::vector<std::string>& global) {
  std::string out = "    case \"$command\" in\n";
  for (const Node& node : nodes) {
    std::vector<std::string> flags = node.flags;
    for (const std::string& flag : global) {
      if (std::find(flags.begin(), flags.end(), flag) == flags.end()) flags.push_back(flag);
    }
    absl::StrAppend(&out, "        '", node.path, "')\n            commands='",
                    absl::StrJoin(node.commands, " "), "'\n            flags='",
                    absl::StrJoin(flags, " "), "' ;;\n");
  }
  return out + "    esac\n";
}

std::string DeeperCommands(const std::vector<Node>& nodes) {
  std::vector<std::string> patterns;
  for (size_t i = 1; i < nodes.size(); ++i) patterns.push_back("'" + nodes[i].path + "'");
  return absl::StrJoin(patterns, "|");
}

constexpr char kBash[] = R"(# bash completion of assayctl; `source <(assayctl completion bash)`
_assayctl() {
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
    local command='assayctl' commands='' flags='' i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$command ${COMP_WORDS[i]}" in
            @DEEPER@) command="$command ${COMP_WORDS[i]}" ;;
        esac
    done
    case "$previous" in
        -o|--output) COMPREPLY=($(compgen -W 'table json ndjson' -- "$current")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$current")); return ;;
        --status) COMPREPLY=($(compgen -W 'met partial not_met' -- "$current")); return ;;
        --phase) COMPREPLY=($(compgen -W 'theoretical practical' -- "$current")); return ;;
        --format) COMPREPLY=($(compgen -W 'json yaml csv oscal' -- "$current")); return ;;
        --kind)
            COMPREPLY=($(compgen -W 'scheme catalogue question-set rule-set' -- "$current"))
            return ;;
    esac
@CASES@    if [[ "$current" == -* ]]; then
        COMPREPLY=($(compgen -W "$flags" -- "$current"))
    elif [[ -n "$commands" ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$current"))
    else
        COMPREPLY=($(compgen -f -- "$current"))
    fi
}
complete -o filenames -F _assayctl assayctl
)";

constexpr char kZsh[] = R"(#compdef assayctl
# zsh completion of assayctl; `source <(assayctl completion zsh)`
_assayctl() {
    local command='assayctl' commands='' flags='' word
    for word in "${(@)words[2,CURRENT-1]}"; do
        case "$command $word" in
            @DEEPER@) command="$command $word" ;;
        esac
    done
    case "${words[CURRENT-1]}" in
        -o|--output) compadd -- table json ndjson; return ;;
        --color) compadd -- auto always never; return ;;
        --status) compadd -- met partial not_met; return ;;
        --phase) compadd -- theoretical practical; return ;;
        --format) compadd -- json yaml csv oscal; return ;;
        --kind) compadd -- scheme catalogue question-set rule-set; return ;;
    esac
@CASES@    if [[ "${words[CURRENT]}" == -* ]]; then
        compadd -- ${=flags}
    elif [[ -n "$commands" ]]; then
        compadd -- ${=commands}
    else
        _files
    fi
}
compdef _assayctl assayctl
)";

absl::StatusOr<ExitCode> RunCompletion(Context& context, const CompletionArgs& args) {
  std::vector<Node> nodes;
  Walk(*args.root, "assayctl", nodes);
  std::vector<std::string> global;
  AddFlags(*args.root, global);
  context.out() << absl::StrReplaceAll(
      args.shell == "zsh" ? kZsh : kBash,
      {{"@DEEPER@", DeeperCommands(nodes)}, {"@CASES@", Cases(nodes, global)}});
  return ExitCode::kOk;
}

}  // namespace

void AddCompletionCommand(CLI::App& root, Context& context) {
  auto [app, args] = AddCommand<CompletionArgs>(
      root, context, "completion", "Print a completion script for a shell", RunCompletion);
  args->root = &root;
  app->add_option("shell", args->shell, "bash or zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}));
}

}  // namespace assay::assayctl
