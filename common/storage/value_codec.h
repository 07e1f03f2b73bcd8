// Writes and reads stored values and other canonical bytes: big-endian numbers, strings with a u32
// length in front, no padding. One sequence of fields has exactly one encoding.
//
//   std::string row = ValueWriter().U8(kVersion).String(name).U64(count).Take();
//
//   ValueReader in(row);
//   in.Require(in.U8() == kVersion);
//   std::string name(in.String());
//   uint64_t count = in.U64();
//   if (!in.Finished()) return RowMalformed();

#ifndef ASSAY_COMMON_STORAGE_VALUE_CODEC_H_
#define ASSAY_COMMON_STORAGE_VALUE_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::storage {

// Not thread-safe.
class ValueWriter {
 public:
  ValueWriter& U8(uint8_t number) { return BigEndian(number, sizeof number); }
  ValueWriter& U32(uint32_t number) { return BigEndian(number, sizeof number); }
  ValueWriter& U64(uint64_t number) { return BigEndian(number, sizeof number); }
  // Two's complement.
  ValueWriter& I64(int64_t number) { return U64(static_cast<uint64_t>(number)); }
  // The bytes alone: their number is known to the reader.
  ValueWriter& Fixed(std::string_view bytes);
  // u32 length and the bytes; below 4 GiB.
  ValueWriter& String(std::string_view text);

  std::string Take();

 private:
  ValueWriter& BigEndian(uint64_t number, size_t bytes);

  std::string bytes_;
};

// The first problem sticks: every read after it gives zero or nothing, Finished is false. Views
// point into the bytes given to the constructor. Not thread-safe.
class ValueReader {
 public:
  explicit ValueReader(std::string_view bytes) : rest_(bytes) {}

  uint8_t U8() { return static_cast<uint8_t>(BigEndian(1)); }
  uint32_t U32() { return static_cast<uint32_t>(BigEndian(4)); }
  uint64_t U64() { return BigEndian(8); }
  int64_t I64() { return static_cast<int64_t>(BigEndian(8)); }
  std::string_view Fixed(size_t bytes);
  std::string_view String() { return Fixed(U32()); }
  // Everything left.
  std::string_view Rest() { return Fixed(rest_.size()); }

  // A u32 count of items of at least `min_item_bytes` (> 0) each. Never more than the bytes left
  // can hold, so a damaged count cannot make a loop run away.
  size_t Count(size_t min_item_bytes);

  // A false condition is a problem like any other.
  void Require(bool condition) { good_ = good_ && condition; }

  bool good() const { return good_; }
  // No problem so far, and no byte is left.
  bool Finished() const { return good_ && rest_.empty(); }

 private:
  uint64_t BigEndian(size_t bytes);

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_VALUE_CODEC_H_
