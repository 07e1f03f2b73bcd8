// A licensee's own requirements over a frame that ships: the frame has objectives and profiles, the
// rights-reserved requirements come from whoever may use them.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_FRAME_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_FRAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "services/catalogue/exchange/exchange.h"

namespace assay::catalogue {

// The canonical JSON of a complete catalogue: all of the frame but its key `frame`, plus one
// control a requirement, grouped and sorted as a catalogue wants them.
//
// `frame` is the JSON of a catalogue of model version 2 with `"frame": true` and without controls.
// `content` holds 1 to 2000 requirements of id, theme (id of an objective of the frame), title and
// profiles (ids of profiles of the frame), where one stands for external certificates
// certificate_kinds (of which one is enough), and nothing more:
//   CSV         columns id, theme, title, profiles and perhaps certificate_kinds, in any order;
//               entries of a list separated by "|";
//   YAML, JSON  {"requirements": [{"id", "theme", "title", "profiles": [...],
//               "certificate_kinds": [...]}]}.
// Requirements and their profiles may stand in any order.
//
// SCHEME_FILE_INVALID, with the place as ToSchemeJson gives it, for anything else: a theme or
// profile that the frame does not have, an id twice, OSCAL; file "frame" when the frame is none.
absl::StatusOr<std::string> ImportOverFrame(std::string_view frame, Format format,
                                            std::string_view file, std::string_view content);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_FRAME_H_
