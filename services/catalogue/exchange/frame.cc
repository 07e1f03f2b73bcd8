#include "services/catalogue/exchange/frame.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/catalogue/domain/object_reader.h"
#include "services/catalogue/domain/strict_json.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/csv_sheet.h"
#include "services/catalogue/exchange/csv_table.h"
#include "services/catalogue/exchange/source_text.h"
#include "services/catalogue/exchange/yaml.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr std::string_view kFrameFile = "frame";
constexpr uint64_t kFrameModelVersion = 2;

// The optional column: external certificates of which one stands for the requirement.
constexpr char kKinds[] = "certificate_kinds";

// The ids of a list of the frame and their positions.
struct FrameIds {
  std::vector<std::string> in_order;
  std::map<std::string, size_t, std::less<>> positions;
};

struct Frame {
  json document;
  FrameIds objectives;
  FrameIds profiles;
};

struct Requirement {
  std::string id;
  std::string title;
  size_t theme = 0;              // Position of its objective.
  std::vector<size_t> profiles;  // Positions, rising.
  std::vector<std::string> certificate_kinds;
};

absl::StatusOr<FrameIds> IdsOf(const json& document, const char* key) {
  FrameIds ids;
  const auto list = document.find(key);
  if (list != document.end() && list->is_array()) {
    for (const json& entry : *list) {
      const auto id = entry.is_object() ? entry.find("id") : entry.end();
      if (!entry.is_object() || id == entry.end() || !id->is_string()) {
        ids.in_order.clear();
        break;
      }
      ids.positions.emplace(*id, ids.in_order.size());
      ids.in_order.push_back(*id);
    }
  }
  if (!ids.in_order.empty()) return ids;
  return SchemeFileInvalid({kFrameFile, key}, "no list of entries with ids",
                           "a frame names its objectives and profiles");
}

absl::StatusOr<Frame> ReadFrame(std::string_view text) {
  Frame frame;
  ASSAY_ASSIGN_OR_RETURN(frame.document, ParseStrictJson(kFrameFile, text));
  const json& document = frame.document;
  if (!document.is_object() || document.value("frame", json()) != true) {
    return SchemeFileInvalid({kFrameFile, "frame"}, "not true", "a frame has \"frame\": true");
  }
  if (document.value("model_version", json()) != kFrameModelVersion) {
    return SchemeFileInvalid({kFrameFile, "model_version"},
                             ShownValue(document.value("model_version", json())),
                             absl::StrCat(kFrameModelVersion, " is required of a frame"));
  }
  if (const auto controls = document.find("controls");
      controls != document.end() && !controls->empty()) {
    return SchemeFileInvalid({kFrameFile, "controls"}, ShownValue(*controls),
                             "a frame has no controls");
  }
  ASSAY_ASSIGN_OR_RETURN(frame.objectives, IdsOf(document, "objectives"));
  ASSAY_ASSIGN_OR_RETURN(frame.profiles, IdsOf(document, "profiles"));
  return frame;
}

// The requirements of a sheet in the form of the JSON, and the line of each.
struct Sheet {
  json document = {{"requirements", json::array()}};
  std::vector<size_t> lines;
};

absl::StatusOr<Sheet> ReadSheet(std::string_view file, std::string_view content) {
  const SheetColumns columns = {.known = {"id", "theme", "title", "profiles", kKinds},
                                .required = {"id", "theme", "title", "profiles"}};
  Sheet sheet;
  ASSAY_RETURN_IF_ERROR(
      ReadCsvSheet(file, content, columns, [&](const SheetRow& row) -> absl::Status {
        json entry = json::object();
        for (const SheetCell& cell : row.cells) {
          const std::string key(cell.column);
          if (key != "profiles" && key != kKinds) {
            entry[key] = UnguardFormula(cell.raw);
          } else if (key != kKinds || !cell.raw.empty()) {
            ASSAY_ASSIGN_OR_RETURN(entry[key], ReadListCell(file, row, cell));
          }
        }
        sheet.document["requirements"].push_back(std::move(entry));
        sheet.lines.push_back(row.line);
        return absl::OkStatus();
      }));
  return sheet;
}

// An error about "requirements[3].profiles[1]" of a sheet, as one about its line and column.
absl::Status InSheet(const absl::Status& status, std::string_view file,
                     const std::vector<size_t>& lines) {
  constexpr std::string_view kList = "requirements[";
  const std::string path = ErrorMetadata(status, "path").value_or("");
  const size_t close = path.find("].");
  size_t index = 0;
  if (path.substr(0, kList.size()) != kList || close == std::string::npos ||
      !absl::SimpleAtoi(path.substr(kList.size(), close - kList.size()), &index) ||
      index >= lines.size()) {
    return status;
  }
  const std::string column = path.substr(close + 2, path.find('[', close) - close - 2);
  return SchemeFileInvalid({file, CsvPlace(lines[index], column)},
                           ErrorMetadata(status, "value").value_or(""),
                           ErrorMetadata(status, "allowed").value_or(""));
}

// The position of an id of the frame; 0 after reporting that there is none.
size_t PositionOf(ParseErrors& errors, const std::string& path, const FrameIds& ids,
                  const std::string& id) {
  const auto found = ids.positions.find(id);
  if (found != ids.positions.end()) return found->second;
  errors.Fail(path, Shown(id),
              absl::StrCat("one of the frame's is required: ", absl::StrJoin(ids.in_order, ", ")));
  return 0;
}

Requirement ReadRequirement(const Frame& frame, ObjectReader reader) {
  ParseErrors& errors = reader.errors();
  Requirement requirement;
  requirement.id = reader.Id("id");
  const std::string theme = reader.Id("theme");
  requirement.title = reader.Text("title", kMaxTitleBytes);
  const std::vector<std::string> profiles = reader.Ids("profiles", 1, kMaxProfiles);
  if (reader.Has(kKinds)) {
    requirement.certificate_kinds =
        reader.Texts(kKinds, 1, kMaxCertificateKinds, kMaxMemberIdCharacters);
  }
  reader.Finish();
  if (!errors.status().ok()) return requirement;
  requirement.theme = PositionOf(errors, reader.PathOf("theme"), frame.objectives, theme);
  for (size_t i = 0; i < profiles.size(); ++i) {
    const std::string path = absl::StrCat(reader.PathOf("profiles"), "[", i, "]");
    const size_t position = PositionOf(errors, path, frame.profiles, profiles[i]);
    const auto place =
        std::lower_bound(requirement.profiles.begin(), requirement.profiles.end(), position);
    if (place != requirement.profiles.end() && *place == position) {
      errors.Fail(path, Shown(profiles[i]), "each profile once");
    }
    requirement.profiles.insert(place, position);
  }
  return requirement;
}

absl::StatusOr<std::vector<Requirement>> ReadRequirements(const Frame& frame, std::string_view file,
                                                          const json& document) {
  ParseErrors errors(file);
  ObjectReader reader(errors, document, "");
  std::vector<Requirement> requirements;
  std::set<std::string> ids;
  reader.Each("requirements", 1, kMaxControls, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    requirements.push_back(ReadRequirement(frame, entry));
    if (!ids.insert(requirements.back().id).second) {
      errors.Fail(entry.PathOf("id"), Shown(std::string_view(requirements.back().id)),
                  "every id may stand once");
    }
  });
  reader.Finish();
  ASSAY_RETURN_IF_ERROR(errors.status());
  return requirements;
}

json ControlsOf(const Frame& frame, std::vector<Requirement> requirements) {
  std::sort(requirements.begin(), requirements.end(),
            [](const Requirement& a, const Requirement& b) {
              return a.theme != b.theme ? a.theme < b.theme : a.id < b.id;
            });
  json controls = json::array();
  for (const Requirement& requirement : requirements) {
    json profiles = json::array();
    for (const size_t profile : requirement.profiles) {
      profiles.push_back(frame.profiles.in_order[profile]);
    }
    json control = {{"id", requirement.id},
                    {"objective", frame.objectives.in_order[requirement.theme]},
                    {"profiles", std::move(profiles)},
                    {"title", requirement.title}};
    if (requirement.certificate_kinds.size() == 1) {
      control["certificate_kind"] = requirement.certificate_kinds[0];
    } else if (!requirement.certificate_kinds.empty()) {
      control[kKinds] = requirement.certificate_kinds;
    }
    controls.push_back(std::move(control));
  }
  return controls;
}

absl::StatusOr<std::vector<Requirement>> ReadFile(const Frame& frame, Format format,
                                                  std::string_view file, std::string_view content) {
  if (format == Format::kCsv) {
    ASSAY_ASSIGN_OR_RETURN(const Sheet sheet, ReadSheet(file, content));
    auto requirements = ReadRequirements(frame, file, sheet.document);
    if (!requirements.ok()) return InSheet(requirements.status(), file, sheet.lines);
    return requirements;
  }
  if (format == Format::kOscalJson) {
    return SchemeFileInvalid({file, ""}, "a requirement file as OSCAL",
                             "requirements come as CSV, YAML or JSON");
  }
  ASSAY_ASSIGN_OR_RETURN(const json document, format == Format::kYaml
                                                  ? ReadYaml(file, content)
                                                  : ParseStrictJson(file, content));
  return ReadRequirements(frame, file, document);
}

}  // namespace

absl::StatusOr<std::string> ImportOverFrame(std::string_view frame_json, Format format,
                                            std::string_view file, std::string_view content) {
  ASSAY_ASSIGN_OR_RETURN(Frame frame, ReadFrame(frame_json));
  ASSAY_ASSIGN_OR_RETURN(std::vector<Requirement> requirements,
                         ReadFile(frame, format, file, content));
  frame.document["controls"] = ControlsOf(frame, std::move(requirements));
  frame.document.erase("frame");
  std::string catalogue = CanonicalJson(frame.document);
  ASSAY_RETURN_IF_ERROR(CheckDocumentSize(file, "a catalogue", catalogue));
  return catalogue;
}

}  // namespace assay::catalogue
