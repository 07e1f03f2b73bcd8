#include "common/storage/value_codec.h"

#include <utility>

namespace assay::storage {

ValueWriter& ValueWriter::BigEndian(uint64_t number, size_t bytes) {
  for (size_t i = bytes; i > 0; --i) bytes_.push_back(static_cast<char>(number >> (8 * (i - 1))));
  return *this;
}

ValueWriter& ValueWriter::Fixed(std::string_view bytes) {
  bytes_.append(bytes);
  return *this;
}

ValueWriter& ValueWriter::String(std::string_view text) {
  return U32(static_cast<uint32_t>(text.size())).Fixed(text);
}

std::string ValueWriter::Take() { return std::move(bytes_); }

std::string_view ValueReader::Fixed(size_t bytes) {
  if (!good_ || rest_.size() < bytes) {
    good_ = false;
    return {};
  }
  const std::string_view part = rest_.substr(0, bytes);
  rest_.remove_prefix(bytes);
  return part;
}

uint64_t ValueReader::BigEndian(size_t bytes) {
  uint64_t number = 0;
  for (const char c : Fixed(bytes)) number = (number << 8) | static_cast<unsigned char>(c);
  return number;
}

size_t ValueReader::Count(size_t min_item_bytes) {
  const size_t count = U32();
  Require(count <= rest_.size() / min_item_bytes);
  return good_ ? count : 0;
}

}  // namespace assay::storage
