// The reason codes of verdicts in plain words.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_REASON_WORDS_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_REASON_WORDS_H_

#include <string>
#include <string_view>

namespace assay::assayctl {

// "below the pass mark" for BELOW_THRESHOLD. A code that is newer than this tool comes back in
// lower case with spaces: codes are made of words.
std::string ReasonWords(std::string_view code);

// The words of several codes, joined by ", ". Any container of strings.
template <typename Codes>
std::string JoinReasonWords(const Codes& codes) {
  std::string joined;
  for (const auto& code : codes) {
    joined += (joined.empty() ? "" : ", ") + ReasonWords(code);
  }
  return joined;
}

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_REASON_WORDS_H_
