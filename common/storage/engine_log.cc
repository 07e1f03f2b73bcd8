#include "common/storage/engine_log.h"

#include <unistd.h>

namespace assay::storage {

std::string EngineLogLine(std::string_view severity, std::string_view message) {
  std::string line = "{\"severity\":\"";
  line.append(severity);
  line.append("\",\"component\":\"rocksdb\",\"message\":\"");
  for (const char c : message.substr(0, kMaxEngineLogBytes)) {
    if (c == '"' || c == '\\') {
      line.push_back('\\');
      line.push_back(c);
    } else {
      line.push_back(c >= 0x20 && c < 0x7F ? c : '?');
    }
  }
  line.append("\"}\n");
  return line;
}

void WriteEngineLogLine(std::string_view severity, std::string_view message) {
  const std::string line = EngineLogLine(severity, message);
  // A log that cannot be written has nobody left to tell.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace assay::storage
