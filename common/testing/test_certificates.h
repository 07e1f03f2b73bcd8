// TLS certificates for tests, made at run time.

#ifndef ASSAY_COMMON_TESTING_TEST_CERTIFICATES_H_
#define ASSAY_COMMON_TESTING_TEST_CERTIFICATES_H_

#include <string>

#include "common/testing/temp_dir.h"

namespace assay::testing_kit {

// Paths of PEM files: an authority, and what it signed for a server at localhost and 127.0.0.1
// and for a client. Valid from a day ago for two.
struct TestCertificates {
  std::string ca;
  std::string server_certificate;
  std::string server_key;
  std::string client_certificate;
  std::string client_key;
};

// Writes them into `dir`. A failure ends the process.
TestCertificates MakeCertificates(const TempDir& dir);

}  // namespace assay::testing_kit

#endif  // ASSAY_COMMON_TESTING_TEST_CERTIFICATES_H_
