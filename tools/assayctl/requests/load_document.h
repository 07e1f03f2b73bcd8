// What `assayctl assessment load` reads, and how far an assessment already is what the document
// says. Pure functions; commands/assessment_load.cc makes the calls.

#ifndef ASSAY_TOOLS_ASSAYCTL_REQUESTS_LOAD_DOCUMENT_H_
#define ASSAY_TOOLS_ASSAYCTL_REQUESTS_LOAD_DOCUMENT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "assay/assessment_store/v1/assessment_store.pb.h"
#include "assay/assessment_store/v1/assessment_store_service.pb.h"

#include "tools/assayctl/requests/load_document.pb.h"

namespace assay::assayctl {

// Leaves room for the longest suffix in a request id of 64 characters.
inline constexpr size_t kMaxRequestIdPrefix = 50;

// Strict protobuf JSON, with request_id_prefix filled in. `what` names the file in errors. A usage
// error: JSON_INVALID or LOAD_DOCUMENT_INVALID.
absl::StatusOr<LoadDocument> ParseLoadDocument(std::string_view what, std::string_view json);

// The document's certificates are the recorded ones.
bool CertificatesAreRecorded(const LoadDocument& document,
                             const assessment_store::v1::Assessment& assessment);

// Every field that a change names is recorded as the change says. `recorded` holds all controls.
bool ChangesAreRecorded(const LoadDocument& document,
                        const assessment_store::v1::ListControlResultsResponse& recorded);

bool IsFullyConfirmed(const assessment_store::v1::Assessment& assessment);

// It has been submitted before, whatever became of it: nothing of the document is applied any more.
bool WasSubmitted(const assessment_store::v1::Assessment& assessment);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_REQUESTS_LOAD_DOCUMENT_H_
