// Catalogues as OSCAL 1.1 catalogue JSON (NIST).
//
//   ours                    OSCAL
//   objectives              groups: id "objective-<id>", prop "label" = id
//   controls                controls of their group: id "control-<id>", prop "label" = id
//   profiles of a control   props "profile" of ours, one a profile
//   certificate kinds       props "certificate-kind" and "certificate-kinds" of ours
//   id, model_version, frame, sources, profiles
//                           metadata props "id", "model-version", "frame", "source" and "profile"
//                           (the title in remarks) of ours
//   title                   metadata title
//
// Props "of ours" stand in the namespace kOscalNamespace. OSCAL's tokens start with a letter, which
// "0001" does not, and are unique across groups and controls: hence the prefixes.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_OSCAL_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_OSCAL_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

#include "services/catalogue/exchange/losses.h"

namespace assay::catalogue {

inline constexpr std::string_view kOscalNamespace = "urn:assay:oscal";
inline constexpr std::string_view kOscalVersion = "1.1.2";

// A foreign catalogue (one without our model-version) becomes model version 1 with what it has:
// groups are objectives, their controls (those inside groups and controls too, flattened, without
// withdrawn ones, rising by id) are controls of one profile "all"; ids are the OSCAL ids, the
// document's id comes from the name of the file, the source names title, version, date and uuid.
// All that is dropped or filled in is a loss. At most kMaxFileBytes and kMaxOscalDepth.
//
// SCHEME_FILE_INVALID with line and column (syntax) or the path inside the file.
absl::StatusOr<nlohmann::json> ReadOscal(std::string_view file, std::string_view content,
                                         LossList& losses);

// Deterministic: the uuid has the form of a version 5 one and comes from the document's digest,
// which is also the version; last-modified, which OSCAL requires and a document does not have, is
// 1970-01-01T00:00:00Z. What has no place in the table above is passed over: FromSchemeJson finds
// the difference.
nlohmann::json WriteOscal(const nlohmann::json& document);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_OSCAL_H_
