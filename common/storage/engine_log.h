// One engine message as one JSON line, for processes that route it nowhere better.

#ifndef ASSAY_COMMON_STORAGE_ENGINE_LOG_H_
#define ASSAY_COMMON_STORAGE_ENGINE_LOG_H_

#include <string>
#include <string_view>

namespace assay::storage {

// Longer messages are cut.
inline constexpr size_t kMaxEngineLogBytes = 2048;

// {"severity":"WARNING","component":"rocksdb","message":"..."} and a newline. Bytes that are not
// printable ASCII become '?': engine messages quote file contents.
std::string EngineLogLine(std::string_view severity, std::string_view message);

// Writes EngineLogLine to standard error with one write. Thread-safe.
void WriteEngineLogLine(std::string_view severity, std::string_view message);

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_ENGINE_LOG_H_
