// Builds and parses keys whose bytewise order is the order of their components. The layout is
// documented in FORMAT.md and pinned by golden bytes.
//
//   std::string key = KeyBuilder(kEventFamily).String(assessment).U64(sequence).Build();
//
//   KeyParser parser(key, kEventFamily);
//   std::string assessment = parser.String();
//   uint64_t sequence = parser.U64();
//   ASSAY_RETURN_IF_ERROR(parser.Finish());
//
// A key with fewer components is a prefix of those with more, so
// PrefixRange(KeyBuilder(f).String(a).Build()) is exactly the rows of `a`.

#ifndef ASSAY_COMMON_STORAGE_KEY_CODEC_H_
#define ASSAY_COMMON_STORAGE_KEY_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

#include "common/storage/key_families.h"
#include "common/storage/store.h"

namespace assay::storage {

// Not thread-safe.
class KeyBuilder {
 public:
  explicit KeyBuilder(KeyFamily family);

  // Any bytes, of any length; order is that of the strings.
  KeyBuilder& String(std::string_view text);
  KeyBuilder& U32(uint32_t number);
  KeyBuilder& U64(uint64_t number);

  std::string Build() const { return key_; }

 private:
  std::string key_;
};

// Reads components in the order they were built. The first problem sticks: later reads give empty
// values, Finish reports it. Not thread-safe; `key` must outlive the parser.
class KeyParser {
 public:
  KeyParser(std::string_view key, KeyFamily family);

  std::string String();
  uint32_t U32();
  uint64_t U64();

  // OK when everything was well-formed and all bytes were read; else DATA_LOSS KEY_MALFORMED with
  // the key in hexadecimal.
  absl::Status Finish() const;

 private:
  uint64_t BigEndian(size_t bytes);

  std::string_view key_;
  size_t position_ = 0;
  bool good_ = true;
};

// The smallest string greater than every string that starts with `prefix`; empty (unbounded) when
// there is none because all bytes are 0xFF.
std::string PrefixEnd(std::string_view prefix);

// All keys that start with `prefix`.
ScanRange PrefixRange(std::string_view prefix);

// The smallest key greater than `key`: the begin of a scan that resumes behind it.
std::string KeyAfter(std::string_view key);

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_KEY_CODEC_H_
