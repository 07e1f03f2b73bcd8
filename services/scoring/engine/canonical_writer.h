// Appends the elements that every version of the canonical bytes is made of (CANONICAL.md).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_WRITER_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/input.h"

namespace assay::scoring {

// Numbers are big-endian, signed ones in two's complement.
class CanonicalWriter {
 public:
  // Appends to `bytes`, which must outlive it.
  explicit CanonicalWriter(std::string& bytes) : bytes_(bytes) {}

  void U8(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void Flag(bool value) { U8(value ? 1 : 0); }
  void U16(uint32_t value) {
    const char raw[] = {static_cast<char>(value >> 8), static_cast<char>(value)};
    bytes_.append(raw, sizeof raw);
  }
  void U32(uint32_t value) {
    const char raw[] = {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
                        static_cast<char>(value >> 8), static_cast<char>(value)};
    bytes_.append(raw, sizeof raw);
  }
  void Count(size_t value) { U32(static_cast<uint32_t>(value)); }
  void I32(int32_t value) { U32(static_cast<uint32_t>(value)); }
  void Text(std::string_view text) {
    Count(text.size());
    bytes_.append(text);
  }
  void Raw(std::string_view bytes) { bytes_.append(bytes); }
  template <typename Enum>
  void Number(Enum value) {
    U8(static_cast<uint8_t>(value));
  }
  void Head(std::string_view magic, uint32_t version, const DocumentDigests& digests,
            std::string_view profile) {
    Raw(magic);
    U32(version);
    Text(digests.catalogue);
    Text(digests.question_set);
    Text(digests.rule_set);
    Text(profile);
  }
  // Sorted by kind (bytewise), issued, expires, revoked (none first), scope verdict.
  void Certificates(const std::vector<Certificate>& certificates);

 private:
  std::string& bytes_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_WRITER_H_
