#include "common/rpc/traceparent.h"

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"

namespace assay::rpc {
namespace {

constexpr size_t kTraceIdStart = 3;
constexpr size_t kTraceIdDigits = 32;
constexpr size_t kParentIdStart = 36;
constexpr size_t kParentIdDigits = 16;
constexpr size_t kFlagsStart = 53;
constexpr size_t kLength = 55;

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool IsId(std::string_view text) {
  return IsHex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

bool IsTraceparent(std::string_view text) {
  return text.size() == kLength && text.substr(0, kTraceIdStart) == "00-" &&
         IsId(text.substr(kTraceIdStart, kTraceIdDigits)) && text[kParentIdStart - 1] == '-' &&
         IsId(text.substr(kParentIdStart, kParentIdDigits)) && text[kFlagsStart - 1] == '-' &&
         IsHex(text.substr(kFlagsStart));
}

std::string NewTraceparent(IdSource& ids) {
  std::string digits = ToHex(ids.RandomBytes((kTraceIdDigits + kParentIdDigits) / 2));
  // All zeros would be no trace; a fixed last digit costs four of 192 random bits.
  digits[kTraceIdDigits - 1] = '1';
  digits.back() = '1';
  return absl::StrCat("00-", digits.substr(0, kTraceIdDigits), "-", digits.substr(kTraceIdDigits),
                      "-01");
}

std::string_view TraceId(std::string_view traceparent) {
  return traceparent.substr(kTraceIdStart, kTraceIdDigits);
}

}  // namespace assay::rpc
