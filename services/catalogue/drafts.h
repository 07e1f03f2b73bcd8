// From the documents of a request to publish to documents of a scheme, each checked by itself.

#ifndef ASSAY_SERVICES_CATALOGUE_DRAFTS_H_
#define ASSAY_SERVICES_CATALOGUE_DRAFTS_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue_service.pb.h"

#include "services/catalogue/domain/document.h"
#include "services/catalogue/exchange/exchange.h"

namespace assay::catalogue {

// A document to publish and what its conversion left out.
struct Draft {
  Document document;
  std::vector<Loss> losses;
};

// The canonical JSON of the frame that `name` names; `field` is the request's.
using FrameSource = absl::FunctionRef<absl::StatusOr<std::string>(const std::string& field,
                                                                  const std::string& name)>;

// In the order of the request. INVALID_ARGUMENT DOCUMENTS_INVALID or FORMAT_UNKNOWN naming the
// field; INVALID_ARGUMENT SCHEME_FILE_INVALID with the place in the file; the errors of `frames`.
absl::StatusOr<std::vector<Draft>> ReadDrafts(const std::string& scheme,
                                              const v1::PublishRevisionsRequest& request,
                                              FrameSource frames);

// The format a request names; FORMAT_UNKNOWN naming `field`.
absl::StatusOr<Format> FormatOf(std::string_view field, v1::DocumentFormat format);

v1::ConversionLoss ToProto(const Loss& loss);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DRAFTS_H_
