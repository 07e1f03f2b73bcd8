#include "common/storage/key_codec.h"

#include "absl/status/status.h"

#include "common/storage/storage_errors.h"

namespace assay::storage {
namespace {

constexpr char kEscape = '\x00';
constexpr char kEscapedZero = '\xFF';
constexpr char kTerminator = '\x01';

void AppendBigEndian(std::string& key, uint64_t number, size_t bytes) {
  for (size_t i = bytes; i > 0; --i) key.push_back(static_cast<char>(number >> (8 * (i - 1))));
}

}  // namespace

KeyBuilder::KeyBuilder(KeyFamily family) : key_(1, static_cast<char>(family)) {}

KeyBuilder& KeyBuilder::String(std::string_view text) {
  key_.reserve(key_.size() + text.size() + 2);
  for (const char c : text) {
    key_.push_back(c);
    if (c == kEscape) key_.push_back(kEscapedZero);
  }
  key_.push_back(kEscape);
  key_.push_back(kTerminator);
  return *this;
}

KeyBuilder& KeyBuilder::U32(uint32_t number) {
  AppendBigEndian(key_, number, sizeof number);
  return *this;
}

KeyBuilder& KeyBuilder::U64(uint64_t number) {
  AppendBigEndian(key_, number, sizeof number);
  return *this;
}

KeyParser::KeyParser(std::string_view key, KeyFamily family) : key_(key) {
  if (key.empty() || static_cast<KeyFamily>(key[0]) != family) {
    good_ = false;
    return;
  }
  position_ = 1;
}

std::string KeyParser::String() {
  std::string text;
  while (good_) {
    if (position_ >= key_.size()) break;
    const char c = key_[position_++];
    if (c != kEscape) {
      text.push_back(c);
      continue;
    }
    if (position_ >= key_.size()) break;
    const char next = key_[position_++];
    if (next == kTerminator) return text;
    if (next != kEscapedZero) break;
    text.push_back(kEscape);
  }
  good_ = false;
  return "";
}

uint32_t KeyParser::U32() { return static_cast<uint32_t>(BigEndian(sizeof(uint32_t))); }

uint64_t KeyParser::U64() { return BigEndian(sizeof(uint64_t)); }

uint64_t KeyParser::BigEndian(size_t bytes) {
  if (!good_ || key_.size() - position_ < bytes) {
    good_ = false;
    return 0;
  }
  uint64_t number = 0;
  for (size_t i = 0; i < bytes; ++i) {
    number = (number << 8) | static_cast<unsigned char>(key_[position_++]);
  }
  return number;
}

absl::Status KeyParser::Finish() const {
  if (!good_ || position_ != key_.size()) return KeyMalformed(key_);
  return absl::OkStatus();
}

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFF) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

ScanRange PrefixRange(std::string_view prefix) {
  ScanRange range;
  range.begin = std::string(prefix);
  range.end = PrefixEnd(prefix);
  return range;
}

std::string KeyAfter(std::string_view key) { return std::string(key) + '\0'; }

}  // namespace assay::storage
