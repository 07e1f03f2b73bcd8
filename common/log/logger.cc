#include "common/log/logger.h"

#include <cerrno>

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"

#include "common/text/view.h"

namespace assay {
namespace {

bool IsPlain(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') return false;
  }
  return true;
}

void AppendText(std::string& line, std::string_view text) {
  const bool cut = text.size() > kMaxLogTextBytes;
  if (cut) text = text.substr(0, kMaxLogTextBytes);
  if (!IsPlain(text)) {
    line += nlohmann::json(cut ? std::string(text) + "..." : std::string(text))
                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return;
  }
  absl::StrAppend(&line, "\"", ToAbsl(text), cut ? "...\"" : "\"");
}

void AppendField(std::string& line, std::string_view key, const LogValue& value) {
  line += ',';
  AppendText(line, key);
  line += ':';
  if (const auto* text = std::get_if<std::string_view>(&value.value())) {
    AppendText(line, *text);
  } else if (const auto* flag = std::get_if<bool>(&value.value())) {
    line += *flag ? "true" : "false";
  } else {
    absl::StrAppend(&line, std::get<int64_t>(value.value()));
  }
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return "DEBUG";
    case Severity::kInfo:
      return "INFO";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kError:
      return "ERROR";
  }
  return "UNKNOWN";
}

std::optional<Severity> ParseSeverity(std::string_view name) {
  if (name == "debug") return Severity::kDebug;
  if (name == "info") return Severity::kInfo;
  if (name == "warning") return Severity::kWarning;
  if (name == "error") return Severity::kError;
  return std::nullopt;
}

Logger::Logger(std::string_view service, Severity minimum, const Clock& clock, int descriptor)
    : service_(service), minimum_(minimum), clock_(clock), descriptor_(descriptor) {}

void Logger::Log(Severity severity, std::string_view message,
                 std::span<const LogField> fields) const {
  if (!Enabled(severity)) return;
  std::string line = absl::StrCat(
      "{\"time\":\"", absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", clock_.Now(), absl::UTCTimeZone()),
      "\"");
  AppendField(line, "severity", SeverityName(severity));
  AppendField(line, "service", service_);
  AppendField(line, "message", message);
  for (const LogField& field : fields) AppendField(line, field.key, field.value);
  line += "}\n";
  ssize_t written = 0;
  do {
    written = ::write(descriptor_, line.data(), line.size());
  } while (written < 0 && errno == EINTR);
}

}  // namespace assay
