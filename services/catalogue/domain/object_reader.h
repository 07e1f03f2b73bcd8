// Reads a JSON object strictly, in the flat style of a form: one call a key, the first error kept.
//
//   ObjectReader reader(errors, json, "controls[3]");
//   control.set_id(reader.Id("id"));
//   control.set_title(reader.Text("title", kMaxTitleBytes));
//   reader.Finish();                       // Refuses every key that was not asked for.
//
// After an error the calls go on and return empty values: whoever owns the ParseErrors looks at
// its status before using what was read.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_OBJECT_READER_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_OBJECT_READER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "nlohmann/json.hpp"

namespace assay::catalogue {

// The first error of a file.
class ParseErrors {
 public:
  explicit ParseErrors(std::string_view file) : file_(file) {}

  // `value` says what is there, `allowed` what would be right. Only the first call counts.
  void Fail(std::string_view path, std::string_view value, std::string_view allowed);

  const absl::Status& status() const { return status_; }

 private:
  const std::string file_;
  absl::Status status_;
};

// A word of a file and the number of the enum value it stands for.
struct Choice {
  std::string_view word;
  int value;
};

// What the length of a text is counted in. A character is a Unicode code point.
enum class TextUnit { kBytes, kCharacters };

// Keeps references: `errors` and `value` must outlive it. Not thread-safe.
class ObjectReader {
 public:
  // `path` is the place of `value` in the file, empty for the document itself.
  ObjectReader(ParseErrors& errors, const nlohmann::json& value, std::string_view path);

  // Text of 1 to `max_bytes` bytes without control characters.
  std::string Text(std::string_view key, size_t max_bytes);
  // Id of a member of a document: 1 to kMaxMemberIdCharacters of A-Z a-z 0-9 . _ -, starting with
  // a letter or digit.
  std::string Id(std::string_view key);
  // Id of a document: common/ids IsValidId.
  std::string DocumentId(std::string_view key);
  // Whole number of `min` to `max`.
  uint32_t Integer(std::string_view key, int64_t min, int64_t max);
  // The same for numbers that may be negative.
  int64_t SignedInteger(std::string_view key, int64_t min, int64_t max);
  bool Boolean(std::string_view key);
  // Optional key that says something by standing there: true or left out, never false.
  bool Flag(std::string_view key);
  // One of the words; its value.
  int Word(std::string_view key, std::span<const Choice> choices);
  // Object.
  ObjectReader Object(std::string_view key);
  // List of `min` to `max` entries; `visit` gets each with its path.
  void Each(std::string_view key, size_t min, size_t max,
            absl::FunctionRef<void(const nlohmann::json& element, std::string_view path)> visit);
  // List of texts, each of 1 to `max_size` bytes or characters, without control characters.
  std::vector<std::string> Texts(std::string_view key, size_t min, size_t max, size_t max_size,
                                 TextUnit unit = TextUnit::kBytes);
  // List of ids of members.
  std::vector<std::string> Ids(std::string_view key, size_t min, size_t max);

  // Whether an optional key is there; asking counts as knowing it.
  bool Has(std::string_view key);

  // Reports an optional key that may not be there.
  void Refuse(std::string_view key, std::string_view allowed);

  // Reports the first key that nobody asked for.
  void Finish();

  // The place of the object and of a member, for errors found by the caller.
  const std::string& path() const { return path_; }
  std::string PathOf(std::string_view key) const;
  ParseErrors& errors() const { return errors_; }

 private:
  const nlohmann::json* Find(std::string_view key);

  ParseErrors& errors_;
  const nlohmann::json* object_;  // Null when the value is not an object.
  const std::string path_;
  std::vector<std::string> known_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_OBJECT_READER_H_
