#include "tools/assayctl/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

std::string Problem(std::string_view verb, std::string_view path) {
  return absl::StrCat("cannot ", ToAbsl(verb), " ", ToAbsl(path), ": ", std::strerror(errno));
}

absl::Status NotWritten(std::string_view verb, const std::string& path) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "FILE_NOT_WRITTEN")
      .Message(Problem(verb, path))
      .Build();
}

absl::Status WriteAndClose(int descriptor, const std::string& path, std::string_view bytes,
                           mode_t mode) {
  bool ok = ::fchmod(descriptor, mode) == 0;  // Whatever the umask is.
  while (ok && !bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    ok = written >= 0;
    bytes.remove_prefix(ok ? static_cast<size_t>(written) : 0);
  }
  ok = ok && ::fsync(descriptor) == 0;
  absl::Status status = ok ? absl::OkStatus() : NotWritten("write", path);
  ::close(descriptor);
  return status;
}

}  // namespace

bool FileExists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return UsageError("FILE_UNREADABLE", Problem("read", path));
  }
  absl::StatusOr<std::string> bytes = ReadDescriptor(path, descriptor);
  ::close(descriptor);
  return bytes;
}

absl::StatusOr<std::string> ReadDescriptor(std::string_view what, int descriptor) {
  constexpr size_t kChunk = 64 * 1024;
  std::string bytes;
  std::string chunk(kChunk, '\0');
  while (true) {
    const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return UsageError("FILE_UNREADABLE", Problem("read", what));
    }
    if (count == 0) {
      return bytes;
    }
    bytes.append(chunk, 0, static_cast<size_t>(count));
    if (bytes.size() > kMaxInputBytes) {
      return UsageError("INPUT_TOO_LARGE", absl::StrCat(ToAbsl(what), " is larger than ",
                                                        kMaxInputBytes >> 20, " MiB"));
    }
  }
}

absl::Status WriteNewFile(const std::string& path, std::string_view bytes, mode_t mode) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0 && errno == EEXIST) {
    return ErrorBuilder(absl::StatusCode::kAlreadyExists, "FILE_EXISTS")
        .Message(absl::StrCat(path, " exists already and is never overwritten"))
        .Build();
  }
  if (descriptor < 0) {
    return NotWritten("create", path);
  }
  return WriteAndClose(descriptor, path, bytes, mode);
}

absl::Status ReplaceFile(const std::string& path, std::string_view bytes, mode_t mode) {
  const std::string draft = absl::StrCat(path, ".", ::getpid(), ".new");
  ::unlink(draft.c_str());
  ASSAY_RETURN_IF_ERROR(WriteNewFile(draft, bytes, mode));
  if (std::rename(draft.c_str(), path.c_str()) != 0) {
    absl::Status status = NotWritten("replace", path);
    ::unlink(draft.c_str());
    return status;
  }
  return absl::OkStatus();
}

absl::Status MakeFolder(const std::string& path, mode_t mode) {
  for (size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (::mkdir(folder.c_str(), mode) != 0 && errno != EEXIST) {
      return NotWritten("create folder", folder);
    }
    if (slash == std::string::npos) {
      return absl::OkStatus();
    }
  }
}

void RemoveFile(const std::string& path) { ::unlink(path.c_str()); }

}  // namespace assay::assayctl
