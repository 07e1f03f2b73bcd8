#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/catalogue/exchange/layout.h"
#include "services/catalogue/exchange/yaml.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

// Words that some reader takes for a boolean, null or a number.
constexpr std::array<std::string_view, 13> kWordsToQuote = {
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "e", "o"};

// Starts with a letter, holds nothing that YAML gives a meaning to in any place, and is no word.
bool IsSafePlain(const std::string& text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (text.empty() || !is_letter(text[0]) || text.back() == ' ') return false;
  const bool safe = std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == ' ' ||
           c == '/' || c == '(' || c == ')';
  });
  if (!safe) return false;
  const std::string lower = absl::AsciiStrToLower(text);
  return std::find(kWordsToQuote.begin(), kWordsToQuote.end(), lower) == kWordsToQuote.end();
}

// Characters that JSON leaves as they are and YAML readers may refuse or take for line ends: DEL,
// C1 controls, U+2028, U+2029 and the byte order mark. `bytes` is their UTF-8.
std::string EscapeForYaml(std::string text) {
  std::string out;
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (byte(i) == 0x7F) {
      out += "\\x7F";
    } else if (byte(i) == 0xC2 && byte(i + 1) < 0xA0) {
      absl::StrAppend(&out, "\\x", absl::AsciiStrToUpper(absl::StrCat(absl::Hex(byte(i + 1)))));
      i += 1;
    } else if (byte(i) == 0xE2 && byte(i + 1) == 0x80 && (byte(i + 2) & 0xFE) == 0xA8) {
      out += byte(i + 2) == 0xA8 ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (byte(i) == 0xEF && byte(i + 1) == 0xBB && byte(i + 2) == 0xBF) {
      out += "\\uFEFF";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// JSON's string escapes are YAML's.
std::string WriteText(const std::string& text) {
  return IsSafePlain(text) ? text : EscapeForYaml(json(text).dump());
}

std::string WriteScalar(const json& value) {
  return value.is_string() ? WriteText(value.get_ref<const std::string&>()) : value.dump();
}

void WriteFlow(const json& value, std::string& out) {
  if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const std::string& key : KeysInReadingOrder(value)) {
      if (!first) out += ", ";
      first = false;
      out += WriteText(key) + ": ";
      WriteFlow(value[key], out);
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    for (size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ", ";
      WriteFlow(value[i], out);
    }
    out += ']';
  } else {
    out += WriteScalar(value);
  }
}

void WriteBlock(const json& value, size_t indent, std::string& out);

// What follows "key:" or "-": on the same line where it is short, else below, further in.
void WriteMember(const json& value, size_t indent, std::string& out) {
  if (value.is_structured() && !value.empty()) {
    out += '\n';
    WriteBlock(value, indent, out);
    return;
  }
  out += ' ';
  WriteFlow(value, out);
  out += '\n';
}

// Bounded: documents are at most kMaxJsonDepth deep.
void WriteBlock(const json& value, size_t indent, std::string& out) {
  const std::string margin(indent, ' ');
  if (value.is_object()) {
    for (const std::string& key : KeysInReadingOrder(value)) {
      out += margin + WriteText(key) + ':';
      WriteMember(value[key], indent + 2, out);
    }
    return;
  }
  for (const json& entry : value) {
    out += margin + '-';
    if (FitsOnOneLine(entry)) {
      out += ' ';
      WriteFlow(entry, out);
      out += '\n';
    } else {
      WriteMember(entry, indent + 2, out);
    }
  }
}

}  // namespace

std::string WriteYaml(const json& document) {
  std::string text;
  if (document.is_structured() && !document.empty()) {
    WriteBlock(document, 0, text);
  } else {
    WriteFlow(document, text);
    text += '\n';
  }
  return text;
}

}  // namespace assay::catalogue
