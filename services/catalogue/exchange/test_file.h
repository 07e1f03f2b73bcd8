// Files of the repository, for tests.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_TEST_FILE_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_TEST_FILE_H_

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace assay::catalogue {

// The content of a file, by its path in the repository. Ends the process when it cannot be read.
inline std::string RepositoryFile(const std::string& path) {
  std::ifstream stream(std::string(ASSAY_TEST_DATA) + "/" + path, std::ios::binary);
  if (!stream) std::abort();
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

inline std::string TestFile(const std::string& name) {
  return RepositoryFile("services/catalogue/exchange/testdata/" + name);
}

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_TEST_FILE_H_
