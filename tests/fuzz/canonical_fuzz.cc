// The reader of canonical bytes over arbitrary ones.
//
// Properties: it never fails but by saying where; what it accepts ends exactly where the bytes do,
// so that no shorter and no longer text is accepted too. That it reads back what was written is a
// property of score_fuzz.cc.

#include <optional>
#include <string>
#include <string_view>

#include "services/scoring/engine/canonical_reader.h"
#include "tests/fuzz/harness.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using assay::fuzz::Require;
  using assay::scoring::ReadCanonicalResult;
  if (size > assay::fuzz::kMaxInputBytes) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::string problem;
  const auto result = ReadCanonicalResult(bytes, problem);
  Require(result.has_value() == problem.empty(), "a problem is named exactly when there is one");
  if (result.has_value()) {
    Require(!ReadCanonicalResult(bytes + '\0', problem).has_value(), "nothing may follow");
    Require(!ReadCanonicalResult(std::string_view(bytes).substr(0, size - 1), problem).has_value(),
            "nothing may be missing");
  }
  return 0;
}
