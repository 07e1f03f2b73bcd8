// SHA-256 and lower-case hexadecimal.

#ifndef ASSAY_COMMON_IDS_HEX_H_
#define ASSAY_COMMON_IDS_HEX_H_

#include <optional>
#include <string>
#include <string_view>

namespace assay {

inline constexpr size_t kSha256Bytes = 32;

// 32 raw bytes.
std::string Sha256(std::string_view bytes);

// Two lower-case digits a byte.
std::string ToHex(std::string_view bytes);

// nullopt unless `text` is an even number of lower-case hexadecimal digits.
std::optional<std::string> FromHex(std::string_view text);

}  // namespace assay

#endif  // ASSAY_COMMON_IDS_HEX_H_
