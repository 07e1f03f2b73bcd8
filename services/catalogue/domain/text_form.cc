#include "services/catalogue/domain/text_form.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "common/text/view.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

constexpr size_t kMaxShownBytes = 80;

}  // namespace

bool HasMemberIdForm(std::string_view id) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !id.empty() && id.size() <= kMaxMemberIdCharacters && is_alphanumeric(id[0]) &&
         std::all_of(id.begin(), id.end(), [&](char c) {
           return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
         });
}

std::string MemberIdRequired() {
  return absl::StrCat("an id of 1 to ", kMaxMemberIdCharacters,
                      " of A-Z, a-z, 0-9, '.', '_' and '-', starting with a letter or digit, is "
                      "required");
}

bool HasControlCharacters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

std::string Shown(std::string_view text) {
  const bool cut = text.size() > kMaxShownBytes;
  // Cutting may split a character, so anything that is not whole is replaced.
  std::string shown =
      nlohmann::json(text.substr(0, kMaxShownBytes))
          .dump(-1, ' ', /*ensure_ascii=*/true, nlohmann::json::error_handler_t::replace);
  if (cut) shown += "...";
  return shown;
}

std::string ShownValue(const nlohmann::json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return absl::StrCat("a list of ", value.size());
  if (value.is_string()) return Shown(value.get_ref<const std::string&>());
  return value.dump();
}

std::string Quoted(std::string_view text) { return absl::StrCat("\"", ToAbsl(text), "\""); }

}  // namespace assay::catalogue
