#include "tools/assayctl/commands/bulk_lines.h"

#include <fcntl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

#include "common/config/service_options.h"
#include "common/status/error.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/json.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

constexpr absl::Duration kProgressInterval = absl::Milliseconds(200);

absl::Status LineInvalid(int64_t number, std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "LINE_INVALID")
      .Message(absl::StrCat("line ", number, ": ", ToAbsl(problem)))
      .Metadata("line", absl::StrCat(number))
      .Build();
}

}  // namespace

bool IsBlankLine(const Line& line) {
  return !line.too_long && line.text.find_first_not_of(" \t\r") == std::string::npos;
}

absl::Status ParseRequestLine(const Line& line, google::protobuf::Message& request) {
  if (line.too_long) {
    return LineInvalid(line.number, absl::StrCat("is longer than ", kMaxLineBytes >> 20, " MiB"));
  }
  request.Clear();
  if (absl::Status parsed = ParseJson("it", line.text, request); !parsed.ok()) {
    return LineInvalid(line.number, FromAbsl(parsed.message()));
  }
  return absl::OkStatus();
}

absl::Status CheckRequestSize(const Line& line, const google::protobuf::Message& request) {
  // Sent, it would end the stream for all lines behind it.
  if (request.ByteSizeLong() > static_cast<size_t>(config::kDefaultMaxMessageBytes)) {
    return LineInvalid(line.number, absl::StrCat("the request is larger than ",
                                                 config::kDefaultMaxMessageBytes >> 20, " MiB"));
  }
  return absl::OkStatus();
}

absl::Status AnswersMissing() {
  return ErrorBuilder(absl::StatusCode::kInternal, "ANSWERS_MISSING")
      .Message("the scoring service ended the stream before it had answered every request")
      .Build();
}

absl::Status WithInput(Context& context, const std::string& file,
                       const std::function<absl::Status(int descriptor)>& work) {
  if (file == "-") return work(context.streams().in);
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return UsageError("FILE_UNREADABLE", absl::StrCat("cannot read ", file));
  }
  absl::Status status = work(descriptor);
  ::close(descriptor);
  return status;
}

ExitCode StreamExit(Context& context, const StreamTotals& totals) {
  if (totals.failed == 0) return ExitCode::kOk;
  context.Note(absl::StrCat(totals.failed, " of ", Count(totals.answered, "line"), " failed"));
  return ExitCode::kNotPassed;
}

void StreamProgress::Update() {
  const absl::Time now = context_.clock().Now();
  if (!context_.streams().err_is_terminal || now - shown_ < kProgressInterval) return;
  shown_ = now;
  Show();
}

void StreamProgress::Finish() {
  if (!context_.streams().err_is_terminal) return;
  Show();
  context_.err() << "\n";
}

void StreamProgress::Show() {
  context_.err() << "\r" << totals_.answered << " answered, " << totals_.failed << " failed"
                 << std::flush;
}

}  // namespace assay::assayctl
