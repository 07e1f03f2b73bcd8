#include "tests/fuzz/harness.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/status/error.h"

namespace assay::fuzz {
namespace {

// Length of the sequence that starts a well-formed UTF-8 text; 0 when it starts none.
size_t SequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  if (byte(0) < 0x80) return 1;
  if (byte(0) >= 0xC2 && byte(0) <= 0xDF) return continues(1) ? 2 : 0;
  if (byte(0) >= 0xE0 && byte(0) <= 0xEF) {
    const bool overlong = byte(0) == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = byte(0) == 0xED && byte(1) >= 0xA0;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (byte(0) >= 0xF0 && byte(0) <= 0xF4) {
    const bool overlong = byte(0) == 0xF0 && byte(1) < 0x90;
    const bool beyond = byte(0) == 0xF4 && byte(1) >= 0x90;
    return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

void Require(bool holds, std::string_view property, std::string_view details) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: %.*s\n%.*s\n", static_cast<int>(property.size()), property.data(),
               static_cast<int>(details.size()), details.data());
  std::abort();
}

void RequireRefusal(const absl::Status& status) {
  const std::string text = status.ToString();
  Require(status.code() == absl::StatusCode::kInvalidArgument, "refused as INVALID_ARGUMENT", text);
  Require(!ErrorReason(status).empty(), "a refusal has a reason", text);
  const auto message = status.message();
  Require(IsUtf8({message.data(), message.size()}), "a refusal's message is UTF-8", text);
  for (const char* key : {"path", "value", "file"}) {
    Require(IsUtf8(ErrorMetadata(status, key).value_or("")), "a refusal's metadata is UTF-8", text);
  }
  for (const FieldViolation& field : ErrorFields(status)) {
    Require(IsUtf8(field.field) && IsUtf8(field.description), "a refusal's fields are UTF-8", text);
  }
}

std::string RepositoryFile(std::string_view path) {
  std::ifstream stream(std::string(ASSAY_REPOSITORY) + "/" + std::string(path), std::ios::binary);
  Require(stream.good(), "a file of the repository can be read", path);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

uint8_t Choices::Byte() {
  if (bytes_.empty()) return 0;
  const auto byte = static_cast<uint8_t>(bytes_.front());
  bytes_.remove_prefix(1);
  return byte;
}

uint32_t Choices::Below(size_t limit) {
  uint32_t value = Byte();
  if (limit > 256) value = value << 8 | Byte();
  return value % static_cast<uint32_t>(limit);
}

}  // namespace assay::fuzz
