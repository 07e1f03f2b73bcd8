// The flags of assay-assessment-store beside the common ones.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_OPTIONS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_OPTIONS_H_

#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace assay::assessment_store {

struct Options {
  std::string catalogue = "127.0.0.1:7401";
  std::string scoring = "127.0.0.1:7402";
  std::string review_queue = "127.0.0.1:7404";
};

void AddOptions(CLI::App& app, Options& options);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_OPTIONS_H_
