// Fresh ES256 key pairs for development.

#ifndef ASSAY_TOOLS_ASSAYCTL_KEY_PAIR_H_
#define ASSAY_TOOLS_ASSAYCTL_KEY_PAIR_H_

#include <string>

#include "absl/status/statusor.h"

namespace assay::assayctl {

struct KeyPairPaths {
  std::string private_key;
  std::string public_key;
};

// Makes a P-256 key and writes <dir>/private/<key_id>.pem (PKCS #8, mode 0600, folder 0700) and
// <dir>/public/<key_id>.pem. ALREADY_EXISTS FILE_EXISTS when one of both is there: nothing is
// overwritten. `key_id` must be fit for a file name.
absl::StatusOr<KeyPairPaths> WriteNewKeyPair(const std::string& dir, const std::string& key_id);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_KEY_PAIR_H_
