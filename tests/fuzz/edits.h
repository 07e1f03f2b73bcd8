// Sound JSON changed in a few places by a fuzzer's choices: what comes out is still JSON, has
// mostly the right keys, and says what nobody would write.

#ifndef ASSAY_TESTS_FUZZ_EDITS_H_
#define ASSAY_TESTS_FUZZ_EDITS_H_

#include "nlohmann/json.hpp"

#include "tests/fuzz/harness.h"

namespace assay::fuzz {

inline constexpr int kMaxEdits = 12;

// One edit after the other until the choices end, at most kMaxEdits: numbers at the edges of
// ranges, words and members of elsewhere in the document, entries left out, doubled and moved.
void EditJson(nlohmann::json& document, Choices& choices);

}  // namespace assay::fuzz

#endif  // ASSAY_TESTS_FUZZ_EDITS_H_
