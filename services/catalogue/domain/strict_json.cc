#include "services/catalogue/domain/strict_json.h"

#include <cstdint>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"

#include "common/text/view.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

// Walks a text without building anything and stops at the first thing we do not allow. Knows the
// place it is at, which nlohmann's own parser does not.
class StrictnessCheck final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit StrictnessCheck(std::string_view file) : file_(file) {}

  const absl::Status& status() const { return status_; }

  bool null() override { return Value(); }
  bool boolean(bool) override { return Value(); }
  bool number_integer(number_integer_t) override { return Value(); }
  bool number_unsigned(number_unsigned_t) override { return Value(); }
  bool string(string_t&) override { return Value(); }
  bool binary(binary_t&) override { return Value(); }

  bool number_float(number_float_t, const string_t& text) override {
    Value();
    return Fail(text, "a whole number of 64 bits, without fraction or exponent, is required");
  }

  bool start_object(std::size_t) override { return Open(/*is_object=*/true); }
  bool start_array(std::size_t) override { return Open(/*is_object=*/false); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }

  bool key(string_t& key) override {
    Level& level = levels_.back();
    level.key = key;
    if (level.keys.insert(key).second) return true;
    return Fail("given twice", "each key once");
  }

  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::detail::exception& error) override {
    (void)last_token;
    return Fail(absl::StrCat("not JSON at byte ", position),
                absl::StrCat("RFC 8259 JSON in UTF-8 is required (", Printable(error.what()), ")"));
  }

 private:
  struct Level {
    bool is_object = false;
    std::string key;             // Of the member being read.
    std::set<std::string> keys;  // Seen so far.
    int64_t index = -1;          // Of the element being read.
  };

  bool Value() {
    if (!levels_.empty() && !levels_.back().is_object) ++levels_.back().index;
    return true;
  }

  bool Open(bool is_object) {
    Value();
    if (levels_.size() == static_cast<size_t>(kMaxJsonDepth)) {
      return Fail("nested too deep",
                  absl::StrCat("at most ", kMaxJsonDepth, " levels are allowed"));
    }
    levels_.push_back({.is_object = is_object, .key = {}, .keys = {}, .index = -1});
    return true;
  }

  bool Close() {
    levels_.pop_back();
    return true;
  }

  bool Fail(std::string_view value, std::string_view allowed) {
    status_ = SchemeFileInvalid({file_, Path()}, value, allowed);
    return false;
  }

  std::string Path() const {
    std::string path;
    for (const Level& level : levels_) {
      if (!level.is_object) {
        if (level.index >= 0) absl::StrAppend(&path, "[", level.index, "]");
      } else if (!level.key.empty()) {
        absl::StrAppend(&path, path.empty() ? "" : ".", level.key);
      }
    }
    return path;
  }

  const std::string file_;
  std::vector<Level> levels_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<nlohmann::json> ParseStrictJson(std::string_view file, std::string_view text) {
  if (text.size() > kMaxFileBytes) {
    return SchemeFileInvalid({file, ""}, absl::StrCat(text.size(), " bytes long"),
                             absl::StrCat("at most ", kMaxFileBytes, " bytes are allowed"));
  }
  StrictnessCheck check(file);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &check)) return check.status();
  return nlohmann::json::parse(text.begin(), text.end(), /*cb=*/nullptr,
                               /*allow_exceptions=*/false);
}

std::string CanonicalJson(const nlohmann::json& json) {
  // nlohmann keeps objects in a std::map, so keys come out in byte order; with no indent, no
  // forced ASCII and no floats its output is the form that FORMAT.md describes. Golden tests pin
  // it.
  return json.dump(/*indent=*/-1, ' ', /*ensure_ascii=*/false);
}

}  // namespace assay::catalogue
