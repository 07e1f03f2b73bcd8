// Conformance vectors: files as tests/conformance/FORMAT.md describes them.

#ifndef ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_VECTOR_H_
#define ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_VECTOR_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

#include "assay/scoring/v1/scoring_service.pb.h"

namespace assay::assayctl {

inline constexpr size_t kMaxVectorNameBytes = 100;

// The refusal a vector expects.
struct ExpectedError {
  absl::StatusCode code = absl::StatusCode::kUnknown;
  std::string reason;  // Empty: not compared.
  std::string field;   // Empty: not compared.
};

// The documents a vector was made with; an empty digest is not compared.
struct DocumentDigests {
  std::string catalogue;
  std::string question_set;
  std::string rule_set;
};

struct Vector {
  std::string file;
  std::string name;
  std::string pins;
  std::string source;
  std::vector<std::string> scheme_files;
  scoring::v1::ScoreRequest score;
  DocumentDigests digests;
  // Exactly one of both.
  nlohmann::ordered_json expect;
  std::optional<ExpectedError> expect_error;
};

// The vectors of one file's text. A usage error (VECTOR_INVALID) names the file and the place.
absl::StatusOr<std::vector<Vector>> ParseVectors(const std::string& file, std::string_view text);

// Every `.json` file under `folder`, in byte order of their paths, those of folders named "schemes"
// and of names that start with a dot left out. FILE_UNREADABLE.
absl::StatusOr<std::vector<std::string>> FindVectorFiles(const std::string& folder);

// VECTOR_INVALID when two share a name.
absl::Status CheckNames(const std::vector<Vector>& vectors);

// Whether `name` is like `pattern`, in which '*' stands for any text and '?' for one character.
bool MatchesGlob(std::string_view pattern, std::string_view name);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_VECTOR_H_
