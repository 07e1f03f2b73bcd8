// A folder of a test's own, and the seed of its randomness.

#ifndef ASSAY_COMMON_TESTING_TEMP_DIR_H_
#define ASSAY_COMMON_TESTING_TEMP_DIR_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::testing_kit {

// Made under $TMPDIR or /tmp, removed with all in it at the end. Ends the process when it cannot
// be made.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }
  // path()/name; nothing is made.
  std::string File(std::string_view name) const;
  // Writes `bytes` to path()/name and returns the path.
  std::string Write(std::string_view name, std::string_view bytes) const;

 private:
  std::string path_;
};

// The bytes of the file at `path`; ends the process when it cannot be read.
std::string ReadFileOrDie(const std::string& path);

// The seed for a test's random choices: $ASSAY_TEST_SEED when set, otherwise the same number every
// time. Prints it, so that a failure can be repeated.
uint64_t EnvironmentSeed();

}  // namespace assay::testing_kit

#endif  // ASSAY_COMMON_TESTING_TEMP_DIR_H_
