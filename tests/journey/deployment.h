// The four services as real processes on the loopback, with a folder and keys of their own.
//
//   Deployment deployment;
//   ASSERT_TRUE(deployment.StartAll());
//   Client anna(deployment, Anna());
//   deployment.Kill(Service::kReviewQueue);
//   ASSERT_TRUE(deployment.Start(Service::kReviewQueue));   // Same port, same data.

#ifndef ASSAY_TESTS_JOURNEY_DEPLOYMENT_H_
#define ASSAY_TESTS_JOURNEY_DEPLOYMENT_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "common/testing/temp_dir.h"
#include "common/testing/test_keys.h"
#include "tests/journey/process.h"

namespace assay::journey {

// In starting order.
enum class Service { kCatalogue, kScoring, kAssessmentStore, kReviewQueue };
inline constexpr std::array kServices = {Service::kCatalogue, Service::kScoring,
                                         Service::kAssessmentStore, Service::kReviewQueue};

// "catalogue", "assessment-store": the binary's name without "assay-".
std::string_view ServiceName(Service service);

// Not thread-safe. Ports are reserved for the whole life, so that nobody takes one while its
// service is down. When the test has failed, the ends of the services' logs are printed at the end.
class Deployment {
 public:
  Deployment();
  ~Deployment();
  Deployment(const Deployment&) = delete;
  Deployment& operator=(const Deployment&) = delete;

  // Starts every service that does not run; returns when health says that they serve. False, with
  // the reason on standard error, when one does not in time.
  bool StartAll();
  // Starts one, or starts it again: same port, same data.
  bool Start(Service service);
  // SIGKILL.
  void Kill(Service service);
  // SIGTERM; the exit code, or nullopt when it still runs after `limit`.
  std::optional<int> Terminate(Service service, absl::Duration limit = absl::Seconds(20));
  // The running or last process. The service must have been started.
  Process& process(Service service) { return *part(service).process; }

  // From fork to the first SERVING answer, of the last start.
  absl::Duration StartupTime(Service service) const { return part(service).startup; }

  // "127.0.0.1:<port>"
  const std::string& address(Service service) const { return part(service).address; }
  const testing_kit::TestKeys& keys() const { return keys_; }

 private:
  struct Part {
    int reservation = -1;  // A bound socket that never listens.
    std::string address;
    std::unique_ptr<Process> process;
    absl::Duration startup;
  };

  Part& part(Service service) { return parts_[static_cast<size_t>(service)]; }
  const Part& part(Service service) const { return parts_[static_cast<size_t>(service)]; }
  std::vector<std::string> Flags(Service service) const;
  std::string LogPath(Service service) const;

  testing_kit::TempDir dir_;
  testing_kit::TestKeys keys_;
  std::array<Part, kServices.size()> parts_;
};

}  // namespace assay::journey

#endif  // ASSAY_TESTS_JOURNEY_DEPLOYMENT_H_
