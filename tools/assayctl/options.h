// The global flags, with their defaults from the environment and the profile file.
//
// A value comes from, in this order: the flag, the environment, `<home>/assayctl.conf`, the
// built-in default.

#ifndef ASSAY_TOOLS_ASSAYCTL_OPTIONS_H_
#define ASSAY_TOOLS_ASSAYCTL_OPTIONS_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "tools/assayctl/environment.h"

namespace assay::assayctl {

enum class Service : int { kCatalogue, kScoring, kAssessmentStore, kReviewQueue };
inline constexpr std::array kServices = {Service::kCatalogue, Service::kScoring,
                                         Service::kAssessmentStore, Service::kReviewQueue};

// "catalogue", "scoring", "assessment-store", "review-queue": the flag's name and the label.
std::string_view ServiceName(Service service);

inline constexpr std::string_view kProfileFile = "assayctl.conf";

struct Options {
  std::array<std::string, kServices.size()> addresses = {"127.0.0.1:7401", "127.0.0.1:7402",
                                                         "127.0.0.1:7403", "127.0.0.1:7404"};
  std::string home;              // --home, ASSAY_HOME; tokens, claims and the profile file.
  std::string as;                // --as
  std::string token_file;        // --token-file
  std::string output = "table";  // table, json or ndjson
  std::string color = "auto";    // auto, always or never
  std::string timeout = "30s";
  std::string tls_ca;
  bool allow_plaintext = false;

  const std::string& address(Service service) const {
    return addresses[static_cast<size_t>(service)];
  }
};

// The --home among `args`, else ASSAY_HOME, else $XDG_CONFIG_HOME/assay, else $HOME/.config/assay.
// Read before parsing: the profile file in it sets defaults of other flags.
std::string FindHome(const std::vector<std::string>& args, const Environment& environment);

// Lines `key = value`; '#' starts a comment line. Keys: catalogue, scoring, assessment-store,
// review-queue, as, output, color, timeout, tls-ca. A usage error (PROFILE_INVALID) names the line
// of an unknown key.
absl::Status ApplyProfile(std::string_view what, std::string_view text, Options& options);

// ASSAY_CATALOGUE, ASSAY_SCORING, ASSAY_ASSESSMENT_STORE, ASSAY_REVIEW_QUEUE, ASSAY_TLS_CA.
void ApplyEnvironment(const Environment& environment, Options& options);

// Home, profile file (when there is one) and environment together.
absl::StatusOr<Options> DefaultOptions(const std::vector<std::string>& args,
                                       const Environment& environment);

// --timeout: "10s", "1m30s", or whole seconds. 1 ms to 24 h (TIMEOUT_INVALID otherwise).
absl::StatusOr<absl::Duration> ParseTimeout(std::string_view text);

// The caller's token: --token-file, else --as (<home>/tokens/NAME.jwt), else ASSAY_TOKEN, else
// ASSAY_TOKEN_FILE, else "". TOKEN_FILE_UNREADABLE when a named file cannot be read.
absl::StatusOr<std::string> ResolveToken(const Options& options, const Environment& environment);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OPTIONS_H_
