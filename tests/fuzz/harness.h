// What the fuzz targets share: bytes taken as choices, files of the repository, and how a target
// says that a property does not hold.
//
// A target is one file with LLVMFuzzerTestOneInput(). libFuzzer drives it in the fuzz preset; in
// every other build replay_main.cc runs it over its corpus as an ordinary test.

#ifndef ASSAY_TESTS_FUZZ_HARNESS_H_
#define ASSAY_TESTS_FUZZ_HARNESS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

// The entry that libFuzzer and the replay both call. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace assay::fuzz {

// Inputs longer than this are passed over: they cost time and find nothing that a shorter one of
// the same form would not.
inline constexpr size_t kMaxInputBytes = 64 * 1024;

// Ends the process with what is wrong when `holds` is false: a finding.
void Require(bool holds, std::string_view property, std::string_view details = {});

// Of a refusal: INVALID_ARGUMENT, with a reason, in UTF-8 (protobuf sends nothing else).
void RequireRefusal(const absl::Status& status);

// The content of a file by its path in the repository. Ends the process when it cannot be read.
std::string RepositoryFile(std::string_view path);

// Takes choices off the front of the input; after its end every choice is 0. The input must outlive
// it.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }
  uint8_t Byte();
  // 0 to `limit` - 1; `limit` is 1 to 65536.
  uint32_t Below(size_t limit);
  // One in `times`: rare things are chosen by what is not 0.
  bool OneIn(uint8_t times) { return Byte() % times == times - 1; }

 private:
  std::string_view bytes_;
};

}  // namespace assay::fuzz

#endif  // ASSAY_TESTS_FUZZ_HARNESS_H_
