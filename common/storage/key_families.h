// Who owns which first byte of a key, in every store. Pinned: stored data depends on it.
//
// Services number their own families from kFirstServiceFamily to kLastServiceFamily, each in its
// storage/FORMAT.md; the rest belongs to the folders of common that keep rows of their own.

#ifndef ASSAY_COMMON_STORAGE_KEY_FAMILIES_H_
#define ASSAY_COMMON_STORAGE_KEY_FAMILIES_H_

#include <cstdint>

namespace assay::storage {

// The first byte of every key.
using KeyFamily = uint8_t;

inline constexpr KeyFamily kFirstServiceFamily = 0x01;
inline constexpr KeyFamily kLastServiceFamily = 0x7F;

inline constexpr KeyFamily kAuditHeadFamily = 0x80;
inline constexpr KeyFamily kAuditEventFamily = 0x81;
inline constexpr KeyFamily kAuditTextFamily = 0x82;
inline constexpr KeyFamily kOutboxFamily = 0x88;
inline constexpr KeyFamily kIdempotencyFamily = 0x90;

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_KEY_FAMILIES_H_
