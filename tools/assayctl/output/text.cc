#include "tools/assayctl/output/text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "google/protobuf/generated_enum_reflection.h"

#include "common/text/view.h"
#include "common/time/timestamp.h"

namespace assay::assayctl {
namespace {

// Bytes of the UTF-8 sequence at the start of `text`, 0 when there is none.
size_t SequenceLength(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  size_t length = 0;
  if (lead < 0x80) {
    length = 1;
  } else if (lead >= 0xC2 && lead < 0xE0) {
    length = 2;
  } else if (lead >= 0xE0 && lead < 0xF0) {
    length = 3;
  } else if (lead >= 0xF0 && lead < 0xF5) {
    length = 4;
  }
  if (length == 0 || text.size() < length) {
    return 0;
  }
  for (size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      return 0;
    }
  }
  return length;
}

bool IsControl(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1) {
    return first < 0x20 || first == 0x7F;
  }
  // U+0080 to U+009F: terminals take them as escape sequences.
  return sequence.size() == 2 && first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
    if (sequence == "\n" || sequence == "\r" || sequence == "\t") {
      out.push_back(' ');
    } else if (length == 0 || IsControl(sequence)) {
      out.push_back('?');
    } else {
      out.append(sequence);
    }
    text.remove_prefix(sequence.size());
  }
  return out;
}

size_t Width(std::string_view text) {
  size_t width = 0;
  for (char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) {
      ++width;
    }
  }
  return width;
}

std::string Shorten(std::string_view text, size_t width) {
  if (Width(text) <= width || width == 0) {
    return std::string(text);
  }
  size_t columns = 0;
  size_t end = 0;
  for (; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && ++columns == width) {
      break;
    }
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string Wrap(std::string_view text, size_t width, std::string_view indent) {
  std::string out;
  std::string line;
  const auto end_line = [&] {
    if (!line.empty()) absl::StrAppend(&out, ToAbsl(indent), line, "\n");
    line.clear();
  };
  for (absl::string_view word : absl::StrSplit(ToAbsl(text), ' ', absl::SkipEmpty())) {
    if (!line.empty() && Width(line) + 1 + Width(FromAbsl(word)) > width) end_line();
    absl::StrAppend(&line, line.empty() ? "" : " ", word);
  }
  end_line();
  return out;
}

std::string FormatPercent(int64_t points, int64_t maximum, int64_t threshold_percent) {
  if (maximum <= 0) {
    return "-";
  }
  int64_t hundredths = (2 * 10'000 * points / maximum + 1) / 2;
  const bool reached = 100 * points >= threshold_percent * maximum;
  if (!reached && hundredths >= 100 * threshold_percent) {
    hundredths = 10'000 * points / maximum;
  }
  return absl::StrFormat("%d.%02d%%", hundredths / 100, hundredths % 100);
}

std::string FormatTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) {
    return "";
  }
  return absl::FormatTime("%Y-%m-%d %H:%M:%SZ", FromTimestamp(time), absl::UTCTimeZone());
}

std::string LastSegment(std::string_view name) {
  const size_t slash = name.rfind('/');
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

std::string EnumWords(const google::protobuf::EnumDescriptor* type, int number) {
  const google::protobuf::EnumValueDescriptor* value = type->FindValueByNumber(number);
  if (value == nullptr) {
    return absl::StrCat(number);
  }
  if (number == 0) {
    return "";
  }
  // The zero value is <PREFIX>_UNSPECIFIED by the style of the protos.
  constexpr std::string_view kSuffix = "UNSPECIFIED";
  std::string_view words = value->name();
  const std::string_view zero = type->value(0)->name();
  if (zero.size() > kSuffix.size() && zero.ends_with(kSuffix)) {
    const std::string_view prefix = zero.substr(0, zero.size() - kSuffix.size());
    if (words.starts_with(prefix)) {
      words.remove_prefix(prefix.size());
    }
  }
  return absl::AsciiStrToLower(absl::StrReplaceAll(ToAbsl(words), {{"_", " "}}));
}

std::string Count(int64_t number, std::string_view noun) {
  return absl::StrCat(number, " ", ToAbsl(noun), number == 1 ? "" : "s");
}

}  // namespace assay::assayctl
