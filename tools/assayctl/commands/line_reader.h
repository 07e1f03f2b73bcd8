// Lines from a descriptor, one at a time in bounded memory, until the end or until told to stop.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_LINE_READER_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_LINE_READER_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay::assayctl {

// A line longer than this is skipped and reported: no request could carry it.
inline constexpr size_t kMaxLineBytes = size_t{16} << 20;

struct Line {
  int64_t number = 0;  // From 1.
  std::string text;    // Without its line break. Empty when too long.
  bool too_long = false;
};

// Next() is for one thread; Stop() may be called from any.
class LineReader {
 public:
  // Does not own `descriptor`.
  explicit LineReader(int descriptor, size_t max_line_bytes = kMaxLineBytes);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // False at the end of the input, after Stop, or when reading fails (see status()). A last line
  // without a line break counts.
  bool Next(Line& line);

  // Lets a waiting Next() return.
  void Stop();

  const absl::Status& status() const { return status_; }

 private:
  // Waits for bytes and reads them; false when there are none to come.
  bool Fill();

  const int descriptor_;
  const size_t max_line_bytes_;
  int stop_read_ = -1;  // A pipe: readable once stopped.
  int stop_write_ = -1;
  std::string buffer_;
  size_t position_ = 0;
  int64_t number_ = 0;
  absl::Status status_;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_LINE_READER_H_
