// Runs vectors: asks for each verdict and says what differs.

#ifndef ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_RUN_H_
#define ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_RUN_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/scoring/v1/scoring.pb.h"

#include "tools/assayctl/conformance/compare.h"
#include "tools/assayctl/conformance/vector.h"

namespace assay::assayctl {

// One call of the server under test.
using ScoreFunction =
    std::function<absl::StatusOr<scoring::v1::Verdict>(const scoring::v1::ScoreRequest&)>;

struct VectorResult {
  std::string name;
  std::string file;
  std::string pins;
  std::vector<Difference> differences;  // Empty: passed.

  bool passed() const { return differences.empty(); }
};

// Whether digests are compared: an implementation without our canonical bytes has none.
enum class Digests { kCompare, kPassOver };

// An error when the server gives one that says nothing of the rules and that the vector does not
// expect: UNAVAILABLE, UNAUTHENTICATED, PERMISSION_DENIED, DEADLINE_EXCEEDED, CANCELLED,
// UNIMPLEMENTED, RESOURCE_EXHAUSTED, or a usage error of the call.
absl::StatusOr<VectorResult> RunVector(const Vector& vector, Digests digests,
                                       const ScoreFunction& score);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_RUN_H_
