#include "services/review_queue/domain/text.h"

#include "absl/strings/str_cat.h"

#include "common/text/characters.h"

namespace assay::review_queue {

std::string LengthProblem(std::string_view text, size_t minimum, size_t maximum) {
  const size_t count = CountCharacters(text);
  if (count >= minimum && count <= maximum) return "";
  return absl::StrCat("has ", count, " characters; ", minimum, " to ", maximum, " are allowed");
}

}  // namespace assay::review_queue
