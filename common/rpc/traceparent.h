// The traceparent of W3C Trace Context, level 1: "00-<32 hex>-<16 hex>-<2 hex>".

#ifndef ASSAY_COMMON_RPC_TRACEPARENT_H_
#define ASSAY_COMMON_RPC_TRACEPARENT_H_

#include <string>
#include <string_view>

#include "common/ids/id_source.h"

namespace assay::rpc {

// Lower-case metadata key, as gRPC wants it.
inline constexpr std::string_view kTraceparentKey = "traceparent";

// True for version 00 with a trace id and a parent id that are not all zeros.
bool IsTraceparent(std::string_view text);

// A new trace, sampled.
std::string NewTraceparent(IdSource& ids);

// The 32 digits of the trace id. `traceparent` must be one.
std::string_view TraceId(std::string_view traceparent);

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_TRACEPARENT_H_
