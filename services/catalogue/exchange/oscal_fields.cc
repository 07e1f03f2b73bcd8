#include "services/catalogue/exchange/oscal_fields.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/oscal.h"
#include "services/catalogue/exchange/source_text.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {

using nlohmann::json;

absl::StatusOr<json> ParseOscal(std::string_view file, std::string_view text) {
  absl::Status status;
  std::vector<std::set<std::string>> keys;  // Of the objects open now.
  const auto check = [&](int depth, json::parse_event_t event, json& parsed) {
    if (!status.ok()) return false;
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key && !keys.back().insert(parsed).second) {
      status = SchemeFileInvalid(
          {file, ""}, absl::StrCat("with key ", ShownValue(parsed), " given twice in one object"),
          "each key once");
    }
    if (depth >= kMaxOscalDepth &&
        (event == json::parse_event_t::object_start || event == json::parse_event_t::array_start)) {
      status = SchemeFileInvalid({file, ""}, "nested too deep",
                                 absl::StrCat("at most ", kMaxOscalDepth, " levels are allowed"));
    }
    return status.ok();
  };
  // The parser says where a text stops being JSON only by throwing.
  try {
    json parsed = json::parse(text.begin(), text.end(), check);
    ASSAY_RETURN_IF_ERROR(status);
    return parsed;
  } catch (const json::parse_error& error) {
    ASSAY_RETURN_IF_ERROR(status);
    const size_t position = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
    return SchemeFileInvalid({file, PlaceOfByte(text, position)}, "not JSON",
                             "RFC 8259 JSON in UTF-8 is required");
  } catch (const json::out_of_range&) {
    ASSAY_RETURN_IF_ERROR(status);
    return SchemeFileInvalid({file, ""}, "with a number past every range",
                             "OSCAL catalogues hold texts");
  }
}

std::string JoinPath(std::string_view path, std::string_view key) {
  return absl::StrCat(ToAbsl(path), path.empty() ? "" : ".", ToAbsl(key));
}

void OscalFields::ReportOthers(const json& object, const std::string& path,
                               std::initializer_list<std::string_view> known) {
  if (!object.is_object()) return;
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      Drop(JoinPath(path, key));
    }
  }
}

void OscalFields::Drop(const std::string& path) {
  losses_.Add(path, "not carried over: a catalogue has no such field");
}

const json& OscalFields::ObjectAt(const json& object, const std::string& path, const char* key) {
  static const json kEmpty = json::object();
  if (object.is_object()) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_object()) return *found;
  }
  errors_.Fail(JoinPath(path, key), "missing or no object",
               "an OSCAL catalogue has an object here");
  return kEmpty;
}

std::string OscalFields::TextAt(const json& object, const std::string& path, const char* key,
                                size_t max_bytes) {
  const auto found = object.find(key);
  if (found == object.end()) {
    errors_.Fail(JoinPath(path, key), "missing", "this key is required");
    return "";
  }
  const std::string* text = found->get_ptr<const std::string*>();
  if (text != nullptr && !text->empty() && text->size() <= max_bytes &&
      !HasControlCharacters(*text)) {
    return *text;
  }
  errors_.Fail(
      JoinPath(path, key), ShownValue(*found),
      absl::StrCat("a text of 1 to ", max_bytes, " bytes without control characters is required"));
  return "";
}

std::string OscalFields::OptionalTextAt(const json& object, const std::string& path,
                                        const char* key) {
  return object.contains(key) ? TextAt(object, path, key, kMaxSourceBytes) : "";
}

void OscalFields::ForEach(
    const json& object, const std::string& path, const char* key,
    absl::FunctionRef<void(const json& entry, const std::string& path)> visit) {
  if (!object.is_object()) return;
  const auto found = object.find(key);
  if (found == object.end()) return;
  if (!found->is_array()) {
    return errors_.Fail(JoinPath(path, key), ShownValue(*found), "a list is required");
  }
  for (size_t i = 0; i < found->size() && errors_.status().ok(); ++i) {
    const std::string place = absl::StrCat(JoinPath(path, key), "[", i, "]");
    const json& entry = (*found)[i];
    if (entry.is_object()) {
      visit(entry, place);
    } else {
      errors_.Fail(place, ShownValue(entry), "an object is required");
    }
  }
}

std::vector<OscalProp> OscalFields::PropsOf(const json& object, const std::string& path) {
  std::vector<OscalProp> props;
  ForEach(object, path, "props", [&](const json& entry, const std::string& place) {
    OscalProp prop{.name = TextAt(entry, place, "name", kMaxTitleBytes),
                   .value = TextAt(entry, place, "value", kMaxFileBytes),
                   .remarks = "",
                   .own = entry.value("ns", json()) == kOscalNamespace,
                   .path = place};
    if (prop.own) {
      prop.remarks = OptionalTextAt(entry, place, "remarks");
      ReportOthers(entry, place, {"name", "ns", "value", "remarks"});
    }
    props.push_back(std::move(prop));
  });
  return props;
}

}  // namespace assay::catalogue
