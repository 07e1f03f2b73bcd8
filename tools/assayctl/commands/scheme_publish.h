// Reads scheme files and publishes them: `scheme publish` and `conformance run --publish-schemes`.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCHEME_PUBLISH_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCHEME_PUBLISH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue_service.pb.h"

#include "tools/assayctl/context.h"
#include "tools/assayctl/output/revision_views.h"
#include "tools/assayctl/requests/scheme_files.h"

namespace assay::assayctl {

// Publishes the files, and those of the folders, among `paths` as documents of one scheme: all or
// none. `request_id` may be empty.
absl::StatusOr<catalogue::v1::PublishRevisionsResponse> PublishFiles(
    Context& context, const DraftArguments& arguments, const std::vector<std::string>& paths,
    PublishMode mode, const std::string& request_id);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCHEME_PUBLISH_H_
