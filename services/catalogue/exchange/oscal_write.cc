#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/domain/strict_json.h"
#include "services/catalogue/exchange/oscal.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

// The entries of a list, none when `object` has no such list.
const json& ListOf(const json& object, const char* key) {
  static const json kNone = json::array();
  if (!object.is_object()) return kNone;
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kNone;
}

// The text of a key, "" when `object` has no such text.
std::string TextOf(const json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

json Label(const std::string& id) { return {{"name", "label"}, {"value", id}}; }

json OwnProp(std::string_view name, std::string_view value) {
  return {{"name", name}, {"ns", kOscalNamespace}, {"value", value}};
}

void AddOwnProps(const char* name, const json& values, json& props) {
  for (const json& value : values) {
    if (value.is_string()) props.push_back(OwnProp(name, value.get_ref<const std::string&>()));
  }
}

// OSCAL's schema admits uuids of version 4 and 5 only.
std::string UuidFromDigest(std::string digest) {
  digest.resize(16);
  digest[6] = static_cast<char>((static_cast<unsigned char>(digest[6]) & 0x0F) | 0x50);
  digest[8] = static_cast<char>((static_cast<unsigned char>(digest[8]) & 0x3F) | 0x80);
  std::string uuid = ToHex(digest);
  for (const size_t position : {20, 16, 12, 8}) uuid.insert(position, 1, '-');
  return uuid;
}

json MetadataProps(const json& document) {
  json props = json::array();
  props.push_back(OwnProp("id", TextOf(document, "id")));
  if (const auto version = document.find("model_version"); version != document.end()) {
    props.push_back(OwnProp("model-version", version->dump()));
  }
  if (const auto frame = document.find("frame"); frame != document.end() && frame->is_boolean()) {
    props.push_back(OwnProp("frame", frame->dump()));
  }
  AddOwnProps("source", ListOf(document, "sources"), props);
  for (const json& profile : ListOf(document, "profiles")) {
    json prop = OwnProp("profile", TextOf(profile, "id"));
    prop["remarks"] = TextOf(profile, "title");
    props.push_back(std::move(prop));
  }
  return props;
}

json ControlOf(const json& control) {
  const std::string id = TextOf(control, "id");
  json props = json::array({Label(id)});
  AddOwnProps("profile", ListOf(control, "profiles"), props);
  if (const std::string kind = TextOf(control, "certificate_kind"); !kind.empty()) {
    props.push_back(OwnProp("certificate-kind", kind));
  }
  AddOwnProps("certificate-kinds", ListOf(control, "certificate_kinds"), props);
  return {{"id", absl::StrCat("control-", id)},
          {"title", TextOf(control, "title")},
          {"props", std::move(props)}};
}

// The controls of each objective, in the order of the file.
std::map<std::string, json> ControlsByObjective(const json& document) {
  std::map<std::string, json> controls;
  for (const json& control : ListOf(document, "controls")) {
    controls[TextOf(control, "objective")].push_back(ControlOf(control));
  }
  return controls;
}

// Takes its controls out of `controls`.
json GroupOf(const json& objective, std::map<std::string, json>& controls) {
  const std::string id = TextOf(objective, "id");
  json group = {{"id", absl::StrCat("objective-", id)},
                {"title", TextOf(objective, "title")},
                {"props", json::array({Label(id)})}};
  // OSCAL allows no empty list: no control, no key.
  if (auto own = controls.extract(id)) group["controls"] = std::move(own.mapped());
  return group;
}

}  // namespace

json WriteOscal(const json& document) {
  const std::string digest = DocumentDigest(DocumentKind::kCatalogue, CanonicalJson(document));
  json metadata = {{"title", TextOf(document, "title")},
                   {"last-modified", "1970-01-01T00:00:00Z"},
                   {"version", ToHex(digest)},
                   {"oscal-version", kOscalVersion}};
  if (document.is_object()) metadata["props"] = MetadataProps(document);
  json catalog = {{"uuid", UuidFromDigest(digest)}, {"metadata", std::move(metadata)}};
  std::map<std::string, json> controls = ControlsByObjective(document);
  for (const json& objective : ListOf(document, "objectives")) {
    catalog["groups"].push_back(GroupOf(objective, controls));
  }
  return {{"catalog", std::move(catalog)}};
}

}  // namespace assay::catalogue
