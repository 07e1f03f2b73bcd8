#include "tools/assayctl/commands/line_reader.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

constexpr size_t kChunk = 64 * 1024;

}  // namespace

LineReader::LineReader(int descriptor, size_t max_line_bytes)
    : descriptor_(descriptor), max_line_bytes_(max_line_bytes) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
    stop_read_ = ends[0];
    stop_write_ = ends[1];
  } else {
    status_ = absl::ResourceExhaustedError(absl::StrCat("no pipe: ", std::strerror(errno)));
  }
}

LineReader::~LineReader() {
  if (stop_read_ >= 0) {
    ::close(stop_read_);
    ::close(stop_write_);
  }
}

void LineReader::Stop() {
  const char byte = 0;
  // A pipe that is full has been told before.
  while (::write(stop_write_, &byte, 1) < 0 && errno == EINTR) {
  }
}

bool LineReader::Fill() {
  buffer_.clear();
  position_ = 0;
  while (status_.ok()) {
    pollfd wait[2] = {{stop_read_, POLLIN, 0}, {descriptor_, POLLIN, 0}};
    if (::poll(wait, 2, -1) < 0) {
      if (errno == EINTR) continue;
      status_ = UsageError("FILE_UNREADABLE", absl::StrCat("input: ", std::strerror(errno)));
      return false;
    }
    if (wait[0].revents != 0) {
      return false;
    }
    buffer_.resize(kChunk);
    const ssize_t count = ::read(descriptor_, buffer_.data(), buffer_.size());
    buffer_.resize(count > 0 ? static_cast<size_t>(count) : 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      status_ = UsageError("FILE_UNREADABLE", absl::StrCat("input: ", std::strerror(errno)));
    }
    return count > 0;
  }
  return false;
}

bool LineReader::Next(Line& line) {
  line = Line{.number = number_ + 1, .text = "", .too_long = false};
  bool any = false;
  while (true) {
    if (position_ == buffer_.size() && !Fill()) {
      number_ += any ? 1 : 0;
      return any && status_.ok();
    }
    any = true;
    const size_t end = buffer_.find('\n', position_);
    const size_t length = (end == std::string::npos ? buffer_.size() : end) - position_;
    if (line.too_long || line.text.size() + length > max_line_bytes_) {
      line.too_long = true;
      line.text = std::string();
    } else {
      line.text.append(buffer_, position_, length);
    }
    position_ += length + (end == std::string::npos ? 0 : 1);
    if (end != std::string::npos) {
      ++number_;
      return true;
    }
  }
}

}  // namespace assay::assayctl
