#include "services/catalogue/domain/object_reader.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/ids/resource_name.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {
namespace {

// The length of `text`, which is valid UTF-8: the JSON parser saw to it.
size_t Length(std::string_view text, TextUnit unit) {
  if (unit == TextUnit::kBytes) return text.size();
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;  // Not a continuation byte.
  }));
}

// The text of `value`, or nullopt after reporting why it is none.
std::optional<std::string> ReadText(ParseErrors& errors, const nlohmann::json& value,
                                    std::string_view path, size_t max_size, TextUnit unit) {
  const std::string* text = value.get_ptr<const std::string*>();
  if (text == nullptr || text->empty() || Length(*text, unit) > max_size ||
      HasControlCharacters(*text)) {
    errors.Fail(path, ShownValue(value),
                absl::StrCat("a text of 1 to ", max_size,
                             unit == TextUnit::kBytes ? " bytes" : " characters",
                             " without control characters is required"));
    return std::nullopt;
  }
  return *text;
}

std::optional<std::string> ReadMemberId(ParseErrors& errors, const nlohmann::json& value,
                                        std::string_view path) {
  const std::string* text = value.get_ptr<const std::string*>();
  if (text == nullptr || !HasMemberIdForm(*text)) {
    errors.Fail(path, ShownValue(value), MemberIdRequired());
    return std::nullopt;
  }
  return *text;
}

}  // namespace

void ParseErrors::Fail(std::string_view path, std::string_view value, std::string_view allowed) {
  if (status_.ok()) status_ = SchemeFileInvalid({file_, path}, value, allowed);
}

ObjectReader::ObjectReader(ParseErrors& errors, const nlohmann::json& value, std::string_view path)
    : errors_(errors), object_(value.is_object() ? &value : nullptr), path_(path) {
  if (object_ == nullptr) errors_.Fail(path_, ShownValue(value), "an object is required");
}

std::string ObjectReader::PathOf(std::string_view key) const {
  return absl::StrCat(path_, path_.empty() ? "" : ".", ToAbsl(key));
}

bool ObjectReader::Has(std::string_view key) {
  known_.emplace_back(key);
  return object_ != nullptr && object_->contains(std::string(key));
}

const nlohmann::json* ObjectReader::Find(std::string_view key) {
  if (object_ == nullptr) return nullptr;
  if (!Has(key)) {
    errors_.Fail(PathOf(key), "missing", "this key is required");
    return nullptr;
  }
  return &*object_->find(std::string(key));
}

std::string ObjectReader::Text(std::string_view key, size_t max_bytes) {
  const nlohmann::json* value = Find(key);
  if (value == nullptr) return "";
  return ReadText(errors_, *value, PathOf(key), max_bytes, TextUnit::kBytes).value_or("");
}

std::string ObjectReader::Id(std::string_view key) {
  const nlohmann::json* value = Find(key);
  if (value == nullptr) return "";
  return ReadMemberId(errors_, *value, PathOf(key)).value_or("");
}

std::string ObjectReader::DocumentId(std::string_view key) {
  const nlohmann::json* value = Find(key);
  if (value == nullptr) return "";
  const std::string* text = value->get_ptr<const std::string*>();
  if (text != nullptr && IsValidId(*text)) return *text;
  errors_.Fail(PathOf(key), ShownValue(*value),
               absl::StrCat("a document id of 1 to ", kMaxIdCharacters,
                            " of a-z, 0-9, '.', '_' and '-', starting with a letter or digit, is "
                            "required"));
  return "";
}

uint32_t ObjectReader::Integer(std::string_view key, int64_t min, int64_t max) {
  return static_cast<uint32_t>(SignedInteger(key, min, max));
}

int64_t ObjectReader::SignedInteger(std::string_view key, int64_t min, int64_t max) {
  const nlohmann::json* value = Find(key);
  if (value == nullptr) return 0;
  if (value->is_number_integer()) {
    // Unsigned numbers past int64 would wrap: they are out of every range of ours.
    const bool fits =
        !value->is_number_unsigned() || value->get<uint64_t>() <= static_cast<uint64_t>(max);
    if (fits && value->get<int64_t>() >= min && value->get<int64_t>() <= max) {
      return value->get<int64_t>();
    }
  }
  errors_.Fail(PathOf(key), ShownValue(*value),
               absl::StrCat("a whole number of ", min, " to ", max, " is required"));
  return 0;
}

bool ObjectReader::Boolean(std::string_view key) {
  const nlohmann::json* value = Find(key);
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->get<bool>();
  errors_.Fail(PathOf(key), ShownValue(*value), "true or false is required");
  return false;
}

bool ObjectReader::Flag(std::string_view key) {
  if (!Has(key)) return false;
  const nlohmann::json& value = *object_->find(std::string(key));
  if (value.is_boolean() && value.get<bool>()) return true;
  errors_.Fail(PathOf(key), ShownValue(value), "true is required, or leave the key out");
  return false;
}

int ObjectReader::Word(std::string_view key, std::span<const Choice> choices) {
  const nlohmann::json* value = Find(key);
  if (value == nullptr) return 0;
  std::string allowed;
  for (const Choice& choice : choices) {
    if (value->is_string() && value->get_ref<const std::string&>() == choice.word) {
      return choice.value;
    }
    absl::StrAppend(&allowed, allowed.empty() ? "\"" : ", \"", ToAbsl(choice.word), "\"");
  }
  errors_.Fail(PathOf(key), ShownValue(*value), absl::StrCat("one of ", allowed, " is required"));
  return 0;
}

ObjectReader ObjectReader::Object(std::string_view key) {
  static const nlohmann::json kEmpty = nlohmann::json::object();
  const nlohmann::json* value = Find(key);
  return ObjectReader(errors_, value == nullptr ? kEmpty : *value, PathOf(key));
}

void ObjectReader::Each(
    std::string_view key, size_t min, size_t max,
    absl::FunctionRef<void(const nlohmann::json& element, std::string_view path)> visit) {
  const nlohmann::json* value = Find(key);
  if (value == nullptr) return;
  if (!value->is_array() || value->size() < min || value->size() > max) {
    errors_.Fail(PathOf(key), ShownValue(*value),
                 absl::StrCat("a list of ", min, " to ", max, " entries is required"));
    return;
  }
  for (size_t i = 0; i < value->size() && errors_.status().ok(); ++i) {
    visit((*value)[i], absl::StrCat(PathOf(key), "[", i, "]"));
  }
}

std::vector<std::string> ObjectReader::Texts(std::string_view key, size_t min, size_t max,
                                             size_t max_size, TextUnit unit) {
  std::vector<std::string> texts;
  Each(key, min, max, [&](const nlohmann::json& element, std::string_view path) {
    texts.push_back(ReadText(errors_, element, path, max_size, unit).value_or(""));
  });
  return texts;
}

std::vector<std::string> ObjectReader::Ids(std::string_view key, size_t min, size_t max) {
  std::vector<std::string> ids;
  Each(key, min, max, [&](const nlohmann::json& element, std::string_view path) {
    ids.push_back(ReadMemberId(errors_, element, path).value_or(""));
  });
  return ids;
}

void ObjectReader::Refuse(std::string_view key, std::string_view allowed) {
  if (Has(key)) errors_.Fail(PathOf(key), ShownValue(*object_->find(std::string(key))), allowed);
}

void ObjectReader::Finish() {
  if (object_ == nullptr) return;
  for (const auto& [key, value] : object_->items()) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
      errors_.Fail(PathOf(key), "an unknown key",
                   absl::StrCat("known here: ", absl::StrJoin(known_, ", ")));
      return;
    }
  }
}

}  // namespace assay::catalogue
