#include "common/log/logger.h"

#include <array>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"

#include "common/text/view.h"

namespace assay {
namespace {

// Room for a line of a call, so that it grows no further.
constexpr size_t kUsualLineBytes = 512;
constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr size_t kMicrosDigits = 6;

bool IsPlain(std::string_view text) {
  bool plain = true;
  // Without a branch per character: nearly every text is plain to its end.
  for (const char c : text) plain &= (c >= 0x20) & (c <= 0x7E) & (c != '"') & (c != '\\');
  return plain;
}

void AppendText(std::string& line, std::string_view text) {
  const bool cut = text.size() > kMaxLogTextBytes;
  if (cut) text = text.substr(0, kMaxLogTextBytes);
  if (!IsPlain(text)) {
    line += nlohmann::json(cut ? std::string(text) + "..." : std::string(text))
                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return;
  }
  line += '"';
  line += text;
  line += cut ? "...\"" : "\"";
}

void AppendNumber(std::string& line, int64_t number) {
  std::array<char, 24> digits{};  // More than 64 bits need.
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  line.append(digits.data(), end);
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
    AppendNumber(line, std::get<int64_t>(value.value()));
  }
}

// "2026-06-01T09:00:00.000000Z". The calendar is asked once a second and thread.
void AppendTime(std::string& line, absl::Time time) {
  thread_local int64_t second = -1;
  thread_local std::string text;
  const int64_t micros = absl::ToUnixMicros(time);
  if (micros < 0) {
    absl::StrAppend(&line, absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone()));
    return;
  }
  if (micros / kMicrosPerSecond != second) {
    second = micros / kMicrosPerSecond;
    text = absl::FormatTime("%Y-%m-%dT%H:%M:%S.", time, absl::UTCTimeZone());
  }
  line += text;
  std::array<char, kMicrosDigits> digits{};
  int64_t rest = micros % kMicrosPerSecond;
  for (size_t i = kMicrosDigits; i > 0; --i) {
    digits[i - 1] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  line.append(digits.data(), digits.size());
  line += 'Z';
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

Logger::Logger(std::string_view service, Severity minimum, const Clock& clock, int descriptor,
               Writing writing)
    : service_(service),
      minimum_(minimum),
      clock_(clock),
      descriptor_(descriptor),
      batch_(writing == Writing::kBatched ? std::make_unique<LineBatch>(descriptor) : nullptr) {}

void Logger::Log(Severity severity, std::string_view message,
                 std::span<const LogField> fields) const {
  if (!Enabled(severity)) return;
  thread_local std::string line;  // Keeps its room from line to line.
  line.clear();
  line.reserve(kUsualLineBytes);
  line += "{\"time\":\"";
  AppendTime(line, clock_.Now());
  line += '"';
  AppendField(line, "severity", SeverityName(severity));
  AppendField(line, "service", service_);
  AppendField(line, "message", message);
  for (const LogField& field : fields) AppendField(line, field.key, field.value);
  line += "}\n";
  if (batch_ == nullptr) {
    WriteAll(descriptor_, line);
    return;
  }
  batch_->Append(line);
  if (severity >= Severity::kWarning) batch_->Flush();
}

}  // namespace assay
