// Structured log: one JSON object a line, whole lines in one write(2), so that lines of several
// threads or processes on one descriptor never mix.
//
//   {"time":"2026-06-01T09:00:00.000000Z","severity":"INFO","service":"assay-scoring",
//    "message":"call","method":"/assay.scoring.v1.ScoringService/Score","code":"OK"}
//
// Nothing secret is logged: no tokens, no keys, no free text of assessments.

#ifndef ASSAY_COMMON_LOG_LOGGER_H_
#define ASSAY_COMMON_LOG_LOGGER_H_

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "common/log/line_batch.h"
#include "common/time/clock.h"

namespace assay {

enum class Severity { kDebug = 0, kInfo = 1, kWarning = 2, kError = 3 };

// "DEBUG", "INFO", "WARNING", "ERROR".
std::string_view SeverityName(Severity severity);

// The reverse, in lower case as on a command line: "debug", "info", "warning", "error".
std::optional<Severity> ParseSeverity(std::string_view name);

// A text value longer than this many bytes is cut, with "..." at the end.
inline constexpr size_t kMaxLogTextBytes = 2048;

// A value of a log line. Texts are views: they must live until Log returns.
class LogValue {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a field is written {"key", value}.
  LogValue(std::string_view text) : value_(text) {}
  LogValue(const std::string& text) : value_(std::string_view(text)) {}
  LogValue(const char* text) : value_(std::string_view(text)) {}
  LogValue(bool flag) : value_(flag) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) LogValue(Number number)
      : value_(static_cast<int64_t>(number)) {}
  // NOLINTEND(google-explicit-constructor)

  const std::variant<std::string_view, bool, int64_t>& value() const { return value_; }

 private:
  std::variant<std::string_view, bool, int64_t> value_;
};

struct LogField {
  std::string_view key;
  LogValue value;
};

// Thread-safe. `clock` must outlive the logger; `descriptor` is not owned.
class Logger {
 public:
  static constexpr int kStandardError = 2;

  // kEachLine: a line is written when Log returns. kBatched: several lines share a write, at the
  // latest after kLineBatchDelay; a WARNING or worse is written at once, with all before it, and
  // the destructor writes the rest. What a busy service uses: a write of its own for each line
  // costs more than making the line.
  enum class Writing { kEachLine, kBatched };

  Logger(std::string_view service, Severity minimum, const Clock& clock,
         int descriptor = kStandardError, Writing writing = Writing::kEachLine);

  // Lines below the minimum severity cost nothing. Failures to write are ignored: a service goes
  // on when nobody reads its log. Bytes that are not UTF-8 are replaced by U+FFFD.
  void Log(Severity severity, std::string_view message, std::span<const LogField> fields) const;
  void Log(Severity severity, std::string_view message,
           std::initializer_list<LogField> fields = {}) const {
    Log(severity, message, std::span<const LogField>(fields.begin(), fields.size()));
  }

  bool Enabled(Severity severity) const { return severity >= minimum_; }

 private:
  const std::string service_;
  const Severity minimum_;
  const Clock& clock_;
  const int descriptor_;
  const std::unique_ptr<LineBatch> batch_;  // Null: kEachLine.
};

}  // namespace assay

#endif  // ASSAY_COMMON_LOG_LOGGER_H_
