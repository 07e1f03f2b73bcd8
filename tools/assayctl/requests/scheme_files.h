// Scheme files as drafts of documents: what kind they are, how they are written down, whose they
// are.

#ifndef ASSAY_TOOLS_ASSAYCTL_REQUESTS_SCHEME_FILES_H_
#define ASSAY_TOOLS_ASSAYCTL_REQUESTS_SCHEME_FILES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue_service.pb.h"

namespace assay::assayctl {

// A folder of a scheme has these beside its scheme.json (services/catalogue/data/FORMAT.md).
inline constexpr std::string_view kSchemeFile = "scheme.json";

// As typed; empty means: found out from each file's name and folder.
struct DraftArguments {
  std::string scheme = {};  // Id of the scheme.
  std::string kind = {};    // scheme, catalogue, question-set or rule-set.
  std::string format = {};  // json, yaml, csv or oscal.
  std::string id = {};      // Id of the document; for one file only.
  std::string frame = {};   // Name of a catalogue that is a frame.
};

// `paths` with every folder among them replaced by the scheme files in it, in byte order: its
// scheme.json and what is in its catalogues, question-sets and rule-sets. Names that begin with a
// dot are passed over. A usage error (NO_FILES) when a folder has none.
absl::StatusOr<std::vector<std::string>> ExpandPaths(const std::vector<std::string>& paths);

// The draft of one file; `content` is not looked at. Its kind is the folder's (catalogues,
// question-sets, rule-sets) or that of scheme.json, and its document id the name of such a file;
// its format is told by .json, .yaml, .yml, .csv and .oscal.json. A usage error (DRAFT_INVALID)
// when that does not say and no argument does.
absl::StatusOr<catalogue::v1::DocumentDraft> BuildDraft(const DraftArguments& arguments,
                                                        const std::string& path,
                                                        std::string content);

// Id of the scheme: the argument, else the folder above the files that are laid out as a scheme
// folder. A usage error (SCHEME_UNCLEAR) when they say nothing, or different things.
absl::StatusOr<std::string> SchemeOf(const DraftArguments& arguments,
                                     const std::vector<std::string>& paths);

// "json", "yaml", "csv", "oscal" (or "oscal-json"); DRAFT_INVALID.
absl::StatusOr<catalogue::v1::DocumentFormat> ParseFormat(std::string_view word);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_REQUESTS_SCHEME_FILES_H_
