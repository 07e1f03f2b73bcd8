// What a message has otherwise than a partial expectation says.
//
// An expectation is protobuf JSON that names some of the fields of a message; what it does not name
// is not compared. tests/conformance/FORMAT.md states the rules for whoever writes vectors.

#ifndef ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_COMPARE_H_
#define ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_COMPARE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "nlohmann/json.hpp"

namespace assay::assayctl {

// A field that differs, by its path, for example "objectives[B].points".
struct Difference {
  std::string field;
  std::string expected;
  std::string got;
};

// A usage error (VECTOR_INVALID) unless every name, enum value and kind of value in `expected` is
// one of `type`: a misspelt field would otherwise be compared with nothing and pass. `path` stands
// before the place in the message.
absl::Status CheckExpectation(const nlohmann::ordered_json& expected,
                              const google::protobuf::Descriptor& type, std::string_view path);

// In the order of `expected`, which CheckExpectation has passed.
std::vector<Difference> Compare(const nlohmann::ordered_json& expected,
                                const google::protobuf::Message& actual);

// Whether `expected` names a field of this name at any depth.
bool Names(const nlohmann::ordered_json& expected, std::string_view field);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_COMPARE_H_
