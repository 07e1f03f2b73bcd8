#include "common/status/rename_fields.h"

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"

#include "common/status/grpc_status.h"

namespace assay {

absl::Status RenameFields(absl::Status status,
                          absl::FunctionRef<std::string(std::string_view)> rename) {
  const absl::string_view url(kBadRequestUrl.data(), kBadRequestUrl.size());
  const auto payload = status.GetPayload(url);
  google::rpc::BadRequest bad_request;
  if (!payload.has_value() || !bad_request.ParseFromString(std::string(*payload))) return status;
  for (auto& violation : *bad_request.mutable_field_violations()) {
    violation.set_field(rename(violation.field()));
  }
  status.SetPayload(url, absl::Cord(bad_request.SerializeAsString()));
  return status;
}

}  // namespace assay
