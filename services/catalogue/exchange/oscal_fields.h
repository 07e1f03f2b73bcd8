// The fields of an OSCAL file: JSON read leniently, with everything that is not read named.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_OSCAL_FIELDS_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_OSCAL_FIELDS_H_

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

#include "services/catalogue/domain/object_reader.h"
#include "services/catalogue/exchange/losses.h"

namespace assay::catalogue {

// JSON of at most kMaxOscalDepth levels without a key twice in one object. `text` has passed
// CheckSourceText. SCHEME_FILE_INVALID otherwise.
absl::StatusOr<nlohmann::json> ParseOscal(std::string_view file, std::string_view text);

// The path of a member.
std::string JoinPath(std::string_view path, std::string_view key);

// A prop, with its place.
struct OscalProp {
  std::string name;
  std::string value;
  std::string remarks;  // Of own props only.
  bool own = false;     // In our namespace.
  std::string path;
};

// Reads fields of objects at their paths. Keeps references; the first error is kept in `errors`,
// and calls after it return empty values. Not thread-safe.
class OscalFields {
 public:
  OscalFields(ParseErrors& errors, LossList& losses) : errors_(errors), losses_(losses) {}

  // Names the members of `object` that are not among `known` as losses.
  void ReportOthers(const nlohmann::json& object, const std::string& path,
                    std::initializer_list<std::string_view> known);
  // Names what stands at `path` as not carried over.
  void Drop(const std::string& path);

  // A required object; an empty one after reporting why there is none.
  const nlohmann::json& ObjectAt(const nlohmann::json& object, const std::string& path,
                                 const char* key);
  // A required text of 1 to `max_bytes` bytes without control characters.
  std::string TextAt(const nlohmann::json& object, const std::string& path, const char* key,
                     size_t max_bytes);
  // A text of at most kMaxSourceBytes, "" when it is absent.
  std::string OptionalTextAt(const nlohmann::json& object, const std::string& path,
                             const char* key);
  // Visits the objects of an optional list.
  void ForEach(const nlohmann::json& object, const std::string& path, const char* key,
               absl::FunctionRef<void(const nlohmann::json& entry, const std::string& path)> visit);
  // The props of a group, control or metadata; what ours hold beyond a prop's fields is a loss.
  std::vector<OscalProp> PropsOf(const nlohmann::json& object, const std::string& path);

 private:
  ParseErrors& errors_;
  LossList& losses_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_OSCAL_FIELDS_H_
