#include <cstdint>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/layout.h"
#include "services/catalogue/exchange/source_text.h"
#include "services/catalogue/exchange/yaml.h"
#include "services/catalogue/limits.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/mark.h"
#include "yaml-cpp/parser.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

// yaml-cpp's marks of scalars without and with quotes.
constexpr std::string_view kPlain = "?";
constexpr std::string_view kQuoted = "!";

bool LooksLikeWholeNumber(std::string_view text) {
  if (text == "0") return true;
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  if (text.empty() || text[0] == '0') return false;
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Builds JSON from the parser's events. The parser reports aliases without expanding them, so the
// work is bounded by the length of the text. After the first error events are passed over.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(std::string_view file) : file_(file) {}

  const absl::Status& status() const { return status_; }
  int documents() const { return documents_; }
  json Take() { return std::move(root_); }

  void Fail(const YAML::Mark& mark, std::string_view value, std::string_view allowed) {
    if (!status_.ok()) return;
    // Zero-based there; a mark of -1 means that the place is not known.
    const std::string place =
        mark.is_null() ? "" : absl::StrCat("line ", mark.line + 1, ", column ", mark.column + 1);
    status_ = SchemeFileInvalid({file_, place}, value, allowed);
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) Fail(mark, "a second document", "one document a file is allowed");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    RefuseAnchor(mark, anchor);
    Fail(mark, "an empty value", "write a value, or leave the key out");
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Fail(mark, "an alias", "aliases are not allowed: write the value out");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    RefuseAnchor(mark, anchor);
    if (tag != kPlain && tag != kQuoted && !tag.empty()) RefuseTag(mark, tag);
    if (!status_.ok()) return;
    if (FindInvalidUtf8(value)) {
      return Fail(mark, Shown(value), "an escape that gives valid Unicode is required");
    }
    if (ExpectsKey()) return SetKey(mark, value);
    std::optional<json> scalar = Scalar(mark, /*plain=*/tag != kQuoted, value);
    if (scalar.has_value()) Attach(*std::move(scalar));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, json::array());
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, json::object());
  }
  void OnMapEnd() override { Close(); }

 private:
  struct Level {
    json* container;
    std::optional<std::string> key;  // Read, waiting for its value.
    std::string text_key;            // The key whose value, or list, the scalars here belong to.
  };

  bool ExpectsKey() const {
    return !levels_.empty() && levels_.back().container->is_object() &&
           !levels_.back().key.has_value();
  }

  void RefuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) Fail(mark, "an anchor", "anchors are not allowed");
  }

  void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
    Fail(mark, absl::StrCat("a value with tag ", Shown(tag)), "tags are not allowed");
  }

  void SetKey(const YAML::Mark& mark, const std::string& key) {
    if (levels_.back().container->contains(key)) {
      return Fail(mark, absl::StrCat("key ", Shown(key), " given twice"), "each key once");
    }
    levels_.back().key = key;
  }

  std::optional<json> Scalar(const YAML::Mark& mark, bool plain, const std::string& value) {
    if (!plain) return json(value);
    const bool number = LooksLikeWholeNumber(value);
    if (!number && value != "true" && value != "false") return json(value);
    if (ExpectsText()) {
      Fail(mark, absl::StrCat(value, " without quotes"),
           absl::StrCat("a text is required: write \"", value, "\""));
      return std::nullopt;
    }
    if (!number) return json(value == "true");
    if (uint64_t natural = 0; absl::SimpleAtoi(value, &natural)) return json(natural);
    if (int64_t integer = 0; absl::SimpleAtoi(value, &integer)) return json(integer);
    Fail(mark, Shown(value), "a whole number of 64 bits, or a text in quotes, is required");
    return std::nullopt;
  }

  bool ExpectsText() const {
    if (levels_.empty()) return false;
    const Level& level = levels_.back();
    return HoldsText(level.key.has_value() ? *level.key : level.text_key);
  }

  json* Attach(json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& level = levels_.back();
    if (level.container->is_array()) {
      level.container->push_back(std::move(value));
      return &level.container->back();
    }
    json& slot = (*level.container)[*level.key];
    slot = std::move(value);
    level.key.reset();
    return &slot;
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, json empty) {
    RefuseAnchor(mark, anchor);
    if (tag != kPlain && !tag.empty()) RefuseTag(mark, tag);
    if (status_.ok() && ExpectsKey()) Fail(mark, ShownValue(empty), "a text is required as key");
    if (status_.ok() && levels_.size() == static_cast<size_t>(kMaxJsonDepth)) {
      Fail(mark, "nested too deep", absl::StrCat("at most ", kMaxJsonDepth, " levels are allowed"));
    }
    if (!status_.ok()) return;
    std::string text_key;
    if (empty.is_array() && !levels_.empty()) text_key = levels_.back().key.value_or("");
    json* container = Attach(std::move(empty));
    levels_.push_back({.container = container, .key = std::nullopt, .text_key = text_key});
  }

  void Close() {
    if (status_.ok()) levels_.pop_back();
  }

  const std::string file_;
  absl::Status status_;
  int documents_ = 0;
  json root_;
  // Each container is the last value attached to the one before it, so the pointers stay good.
  std::vector<Level> levels_;
};

}  // namespace

absl::StatusOr<json> ReadYaml(std::string_view file, std::string_view content) {
  ASSAY_ASSIGN_OR_RETURN(const std::string_view text, CheckSourceText(file, content));
  std::istringstream stream{std::string(text)};
  Builder builder(file);
  // The parser throws on syntax it cannot read; nothing of it leaves this function.
  try {
    YAML::Parser parser(stream);
    while (builder.status().ok() && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    builder.Fail(error.mark, "not YAML", Printable(error.msg));
  } catch (const std::exception& error) {
    builder.Fail(YAML::Mark::null_mark(), "not YAML", Printable(error.what()));
  }
  ASSAY_RETURN_IF_ERROR(builder.status());
  if (builder.documents() == 0) {
    return SchemeFileInvalid({file, ""}, "empty", "a YAML document is required");
  }
  return builder.Take();
}

}  // namespace assay::catalogue
