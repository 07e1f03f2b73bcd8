// Small pieces of text that several views share.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_TEXT_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace assay::assayctl {

// `text` fit for a terminal: what people wrote must not steer it. Line breaks and tabs become
// spaces, other control characters (C0, DEL, C1) and bytes that are not UTF-8 become '?'.
std::string Printable(std::string_view text);

// Columns that `text` takes when every code point takes one.
size_t Width(std::string_view text);

// At most `width` columns, the last one "…" when something was cut.
std::string Shorten(std::string_view text, size_t width);

// `text` in lines of at most `width` columns, broken between words, each behind `indent` and ending
// in '\n'. A word that is longer has a line of its own. "" stays "".
std::string Wrap(std::string_view text, size_t width, std::string_view indent);

// 100 * points / maximum with two decimals, rounded half up, in integers; "-" without a maximum.
// Never shows a number that reaches `threshold_percent` when the points do not reach it.
std::string FormatPercent(int64_t points, int64_t maximum, int64_t threshold_percent);

// "2026-10-01 09:30:00Z"; "" when the time is not set.
std::string FormatTime(const google::protobuf::Timestamp& time);

// "assessments/a1" -> "a1"; a text without '/' is returned as it is.
std::string LastSegment(std::string_view name);

// "not assessed at level" for OUTCOME_NOT_ASSESSED_AT_LEVEL: the value's name without the enum's
// prefix, lower-case. "" for the zero value.
std::string EnumWords(const google::protobuf::EnumDescriptor* type, int number);

template <typename Enum>
std::string Words(Enum value) {
  return EnumWords(google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

// "1 control", "2 controls".
std::string Count(int64_t number, std::string_view noun);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_TEXT_H_
