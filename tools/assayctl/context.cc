#include "tools/assayctl/context.h"

#include "common/status/macros.h"
#include "tools/assayctl/files.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

Style StyleFor(const std::string& color, bool no_color, bool is_terminal) {
  const bool colored = color == "always" || (color == "auto" && is_terminal && !no_color);
  return colored ? Style::Colored() : Style::Plain();
}

}  // namespace

Context::Context(const Streams& streams, Environment environment, const Clock& clock, IdSource& ids)
    : streams_(streams), environment_(std::move(environment)), clock_(clock), ids_(ids) {}

absl::Status Context::Settle() {
  if (options_.output == "json") {
    format_ = OutputFormat::kJson;
  } else if (options_.output == "ndjson") {
    format_ = OutputFormat::kNdjson;
  }
  // no-color.org: any value but the empty one.
  const bool no_color = !environment_("NO_COLOR").empty() || environment_("TERM") == "dumb";
  out_style_ = StyleFor(options_.color, no_color, streams_.out_is_terminal);
  err_style_ = StyleFor(options_.color, no_color, streams_.err_is_terminal);
  ASSAY_ASSIGN_OR_RETURN(const absl::Duration timeout, ParseTimeout(options_.timeout));
  ASSAY_ASSIGN_OR_RETURN(std::string token, ResolveToken(options_, environment_));
  connection_.emplace(options_, timeout, std::move(token));
  return absl::OkStatus();
}

std::string Context::RequestId(const std::string& given) {
  return given.empty() ? ids_.NewId() : given;
}

absl::StatusOr<std::string> Context::ReadInput(const std::string& path) {
  return path == "-" ? ReadDescriptor("standard input", streams_.in) : ReadFile(path);
}

absl::Status Context::PrintJson(const google::protobuf::Message& message) {
  ASSAY_ASSIGN_OR_RETURN(const std::string text,
                         format_ == OutputFormat::kNdjson ? ToNdjson(message) : ToJson(message));
  out() << text;
  return absl::OkStatus();
}

void Context::Note(const std::string& text) { err() << text << "\n"; }

void Context::NoteMore() { Note("there are more; raise --limit to see them"); }

void Context::PrintError(const absl::Status& status) {
  if (is_table()) {
    err() << RenderError(status, err_style_);
  } else {
    err() << StatusToJson(status) << "\n";
  }
}

}  // namespace assay::assayctl
