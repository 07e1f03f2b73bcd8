#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/object_reader.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/oscal.h"
#include "services/catalogue/exchange/oscal_fields.h"
#include "services/catalogue/exchange/source_text.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr std::string_view kFlattened = "flattened: its controls moved up";
constexpr std::string_view kFilledIn = "filled in: OSCAL has no such field";

// "dir/NIST 800-171.json" as "nist-800-171".
std::string IdFromFileName(std::string_view file) {
  file.remove_prefix(file.find_last_of("/\\") + 1);  // npos + 1 is 0.
  file = file.substr(0, file.rfind('.'));
  std::string id = absl::AsciiStrToLower(ToAbsl(file));
  for (char& c : id) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '_') c = '-';
  }
  id.erase(0, std::min(id.find_first_not_of("-._"), id.size()));
  id.resize(std::min(id.size(), static_cast<size_t>(kMaxIdCharacters)));
  return IsValidId(id) ? id : "oscal-catalogue";
}

class Reader {
 public:
  Reader(std::string_view file, LossList& losses)
      : file_(file), errors_(file), losses_(losses), fields_(errors_, losses) {}

  absl::StatusOr<json> Read(const json& root) {
    const json& catalog = fields_.ObjectAt(root, "", "catalog");
    fields_.ReportOthers(root, "", {"catalog"});
    fields_.ReportOthers(catalog, "catalog", {"uuid", "metadata", "groups", "controls"});
    Metadata(catalog);
    size_t position = 0;
    fields_.ForEach(catalog, "catalog", "groups", [&](const json& group, const std::string& path) {
      Group(group, path, absl::StrCat("group-", ++position));
    });
    Ungrouped(catalog);
    if (!ours_) SortControls();
    const bool is_frame = document_.value("frame", false);
    if (!is_frame || !controls_.empty()) document_["controls"] = std::move(controls_);
    document_["objectives"] = std::move(objectives_);
    ASSAY_RETURN_IF_ERROR(errors_.status());
    return std::move(document_);
  }

 private:
  void Metadata(const json& catalog) {
    const std::string path = "catalog.metadata";
    const json& metadata = fields_.ObjectAt(catalog, "catalog", "metadata");
    fields_.ReportOthers(metadata, path,
                         {"title", "props", "version", "last-modified", "oscal-version"});
    const std::string version = fields_.TextAt(metadata, path, "oscal-version", kMaxTitleBytes);
    if (version.substr(0, 2) != "1.") {
      errors_.Fail(JoinPath(path, "oscal-version"), Shown(version), "OSCAL 1 is required");
    }
    const std::vector<OscalProp> props = fields_.PropsOf(metadata, path);
    ours_ = std::any_of(props.begin(), props.end(), [](const OscalProp& prop) {
      return prop.own && prop.name == "model-version";
    });
    document_ = {{"title", fields_.TextAt(metadata, path, "title", kMaxTitleBytes)}};
    if (!ours_) return Foreign(catalog, metadata);
    document_["sources"] = json::array();
    document_["profiles"] = json::array();
    for (const OscalProp& prop : props) OwnMetadata(prop);
    if (!document_.contains("id")) {
      errors_.Fail(JoinPath(path, "props"), "without our prop \"id\"", "one is required");
    }
  }

  void OwnMetadata(const OscalProp& prop) {
    if (prop.own && prop.name == "id") {
      document_["id"] = prop.value;
    } else if (prop.own && prop.name == "model-version") {
      uint64_t version = 0;
      if (!absl::SimpleAtoi(prop.value, &version)) {
        errors_.Fail(prop.path, Shown(prop.value), "a whole number is required");
      }
      document_["model_version"] = version;
    } else if (prop.own && prop.name == "frame") {
      document_["frame"] = prop.value == "true";
    } else if (prop.own && prop.name == "source") {
      document_["sources"].push_back(prop.value);
    } else if (prop.own && prop.name == "profile") {
      document_["profiles"].push_back({{"id", prop.value}, {"title", prop.remarks}});
    } else {
      fields_.Drop(prop.path);
    }
  }

  // What a catalogue of ours has and a foreign one does not say.
  void Foreign(const json& catalog, const json& metadata) {
    const std::string path = "catalog.metadata";
    if (metadata.contains("props")) fields_.Drop(JoinPath(path, "props"));
    std::string source =
        absl::StrCat("OSCAL catalogue \"", document_["title"].get<std::string>(), "\"");
    const auto add = [&](const char* word, const std::string& text) {
      if (!text.empty()) absl::StrAppend(&source, ", ", word, " ", text);
    };
    add("version", fields_.OptionalTextAt(metadata, path, "version"));
    add("last modified", fields_.OptionalTextAt(metadata, path, "last-modified"));
    add("uuid", fields_.OptionalTextAt(catalog, "catalog", "uuid"));
    if (source.size() > kMaxSourceBytes) {
      errors_.Fail(path, absl::StrCat(source.size(), " bytes of title, version, date and uuid"),
                   absl::StrCat("at most ", kMaxSourceBytes, " bytes are allowed"));
    }
    document_["model_version"] = 1;
    document_["id"] = IdFromFileName(file_);
    document_["sources"] = json::array({source});
    document_["profiles"] = json::array({{{"id", "all"}, {"title", "All controls"}}});
    losses_.Add("id", "filled in from the name of the file: OSCAL has no such field");
    losses_.Add("profiles", kFilledIn);
  }

  // The id of a group or control: our label, or the OSCAL id; `otherwise` when it has none.
  std::string IdOf(const json& object, const std::string& path, const std::vector<OscalProp>& props,
                   const std::string& otherwise) {
    if (ours_) {
      for (const OscalProp& prop : props) {
        if (!prop.own && prop.name == "label") return prop.value;
      }
      errors_.Fail(JoinPath(path, "props"), "without a prop \"label\"",
                   "our catalogues name the id of every group and control there");
      return "";
    }
    if (!object.contains("id") && !otherwise.empty()) {
      losses_.Add(JoinPath(path, "id"), "filled in: the group has none");
      return otherwise;
    }
    const std::string id = fields_.TextAt(object, path, "id", kMaxFileBytes);
    if (!HasMemberIdForm(id)) {
      errors_.Fail(JoinPath(path, "id"), Shown(id), MemberIdRequired());
    }
    return id;
  }

  void Group(const json& group, const std::string& path, const std::string& id_otherwise) {
    fields_.ReportOthers(group, path, {"id", "title", "props", "groups", "controls"});
    const std::vector<OscalProp> props = fields_.PropsOf(group, path);
    const std::string id = IdOf(group, path, props, id_otherwise);
    for (const OscalProp& prop : props) {
      if (!ours_ || prop.own || prop.name != "label") fields_.Drop(prop.path);
    }
    objectives_.push_back(
        {{"id", id}, {"title", fields_.TextAt(group, path, "title", kMaxTitleBytes)}});
    ControlsOf(group, path, id);
    Subgroups(group, path, id);
  }

  // Controls of groups inside a group become controls of its objective. Recursion is bounded by
  // kMaxOscalDepth.
  void Subgroups(const json& group, const std::string& path, const std::string& objective) {
    fields_.ForEach(group, path, "groups", [&](const json& subgroup, const std::string& place) {
      losses_.Add(place, kFlattened);
      fields_.ReportOthers(subgroup, place, {"id", "title", "groups", "controls"});
      ControlsOf(subgroup, place, objective);
      Subgroups(subgroup, place, objective);
    });
  }

  void Ungrouped(const json& catalog) {
    if (!catalog.contains("controls")) return;
    losses_.Add("catalog.controls", "an objective \"ungrouped\" filled in");
    objectives_.push_back({{"id", "ungrouped"}, {"title", "Controls outside groups"}});
    ControlsOf(catalog, "catalog", "ungrouped");
  }

  void ControlsOf(const json& parent, const std::string& path, const std::string& objective) {
    fields_.ForEach(parent, path, "controls", [&](const json& control, const std::string& place) {
      const std::vector<OscalProp> props = fields_.PropsOf(control, place);
      const bool withdrawn = std::any_of(props.begin(), props.end(), [](const OscalProp& prop) {
        return !prop.own && prop.name == "status" &&
               absl::AsciiStrToLower(prop.value) == "withdrawn";
      });
      if (withdrawn) return losses_.Add(place, "left out: withdrawn");
      Control(control, place, props, objective);
      if (control.contains("controls")) {
        losses_.Add(JoinPath(place, "controls"), kFlattened);
        ControlsOf(control, place, objective);
      }
    });
  }

  void Control(const json& control, const std::string& path, const std::vector<OscalProp>& props,
               const std::string& objective) {
    fields_.ReportOthers(control, path, {"id", "title", "props", "controls"});
    json entry = {{"id", IdOf(control, path, props, "")},
                  {"title", fields_.TextAt(control, path, "title", kMaxTitleBytes)},
                  {"objective", objective},
                  {"profiles", json::array()}};
    if (!ours_) entry["profiles"].push_back("all");
    for (const OscalProp& prop : props) {
      if (!ours_) {
        fields_.Drop(prop.path);
      } else if (prop.own && prop.name == "profile") {
        entry["profiles"].push_back(prop.value);
      } else if (prop.own && prop.name == "certificate-kind") {
        entry["certificate_kind"] = prop.value;
      } else if (prop.own && prop.name == "certificate-kinds") {
        entry["certificate_kinds"].push_back(prop.value);
      } else if (prop.own || prop.name != "label") {
        fields_.Drop(prop.path);
      }
    }
    controls_.push_back(std::move(entry));
  }

  // A catalogue's controls rise by id; OSCAL's stand as their author likes. They already stand
  // objective by objective.
  void SortControls() {
    auto first = controls_.begin();
    while (first != controls_.end()) {
      const json objective = (*first)["objective"];
      const auto last = std::find_if(first, controls_.end(), [&](const json& control) {
        return control["objective"] != objective;
      });
      std::stable_sort(first, last, [](const json& a, const json& b) { return a["id"] < b["id"]; });
      first = last;
    }
  }

  const std::string file_;
  ParseErrors errors_;
  LossList& losses_;
  OscalFields fields_;
  bool ours_ = false;
  json document_ = json::object();
  json objectives_ = json::array();
  json controls_ = json::array();
};

}  // namespace

absl::StatusOr<json> ReadOscal(std::string_view file, std::string_view content, LossList& losses) {
  ASSAY_ASSIGN_OR_RETURN(const std::string_view text, CheckSourceText(file, content));
  ASSAY_ASSIGN_OR_RETURN(const json root, ParseOscal(file, text));
  return Reader(file, losses).Read(root);
}

}  // namespace assay::catalogue
