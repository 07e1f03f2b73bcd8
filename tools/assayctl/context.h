// What every command works with: streams, options, connection, output.

#ifndef ASSAY_TOOLS_ASSAYCTL_CONTEXT_H_
#define ASSAY_TOOLS_ASSAYCTL_CONTEXT_H_

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

#include "common/ids/id_source.h"
#include "common/time/clock.h"
#include "tools/assayctl/connection.h"
#include "tools/assayctl/environment.h"
#include "tools/assayctl/options.h"
#include "tools/assayctl/output/exit_code.h"
#include "tools/assayctl/output/json.h"
#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// Standard input is a descriptor: streaming needs to wait on it and on a failure together.
struct Streams {
  int in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

enum class OutputFormat { kTable, kJson, kNdjson };

using Action = std::function<absl::StatusOr<ExitCode>()>;

// One per process. Not thread-safe. `clock` and `ids` must outlive it.
class Context {
 public:
  Context(const Streams& streams, Environment environment, const Clock& clock, IdSource& ids);

  Options& options() { return options_; }
  const Clock& clock() const { return clock_; }
  const Streams& streams() const { return streams_; }
  std::ostream& out() { return streams_.out; }
  std::ostream& err() { return streams_.err; }

  // Checks what the command line gave, finds the token. Before the getters below are used.
  absl::Status Settle();

  OutputFormat format() const { return format_; }
  bool is_table() const { return format_ == OutputFormat::kTable; }
  const Style& style() const { return out_style_; }
  const Style& err_style() const { return err_style_; }
  Connection& connection() { return *connection_; }

  // Made once Settle has passed; what the parsed command line asks for.
  void SetAction(Action action) { action_ = std::move(action); }
  const Action& action() const { return action_; }

  // `given`, or a fresh one: a write that the channel repeats must not act twice.
  std::string RequestId(const std::string& given);

  // The text of a file, or of standard input for "-".
  absl::StatusOr<std::string> ReadInput(const std::string& path);

  // `message` as JSON, or what `render(style)` makes of it for people.
  template <typename Render>
  absl::Status Show(const google::protobuf::Message& message, Render render) {
    if (!is_table()) return PrintJson(message);
    out() << render(out_style_);
    return absl::OkStatus();
  }
  absl::Status PrintJson(const google::protobuf::Message& message);

  // As Show for an answer of a list: says on the error stream when there is more.
  template <typename List, typename Render>
  absl::Status ShowList(const List& list, Render render) {
    if (!list.next_page_token().empty()) NoteMore();
    return Show(list, render);
  }

  // A remark beside the output, for people only.
  void Note(const std::string& text);

  void PrintError(const absl::Status& status);

 private:
  void NoteMore();

  const Streams streams_;
  const Environment environment_;
  const Clock& clock_;
  IdSource& ids_;
  Options options_;
  OutputFormat format_ = OutputFormat::kTable;
  Style out_style_;
  Style err_style_;
  std::optional<Connection> connection_;
  Action action_;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_CONTEXT_H_
