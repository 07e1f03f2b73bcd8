#include "tests/journey/deployment.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "common/text/view.h"
#include "common/time/clock.h"
#include "tests/journey/client.h"
#include "tests/journey/wait.h"

namespace assay::journey {
namespace {

constexpr absl::Duration kStartLimit = absl::Seconds(30);
constexpr size_t kLogLinesShown = 30;

// A free port that stays ours: a bound socket keeps it from being given away as an ephemeral port,
// and since it never listens, a server that reuses addresses can bind it too.
int ReservePort(std::string& address) {
  const int reservation = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(reservation, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in name = {};
  name.sin_family = AF_INET;
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(name);
  auto* generic = reinterpret_cast<sockaddr*>(&name);
  if (::bind(reservation, generic, size) != 0 || ::getsockname(reservation, generic, &size) != 0) {
    std::perror("reserving a port");
    std::abort();
  }
  address = absl::StrCat("127.0.0.1:", ntohs(name.sin_port));
  return reservation;
}

void PrintEnd(const std::string& path) {
  std::ifstream log(path);
  std::vector<std::string> lines;
  std::string line;
  while (std::getline(log, line)) lines.push_back(line);
  const size_t first = lines.size() > kLogLinesShown ? lines.size() - kLogLinesShown : 0;
  for (size_t i = first; i < lines.size(); ++i) std::cerr << "  " << lines[i] << "\n";
}

}  // namespace

std::string_view ServiceName(Service service) {
  constexpr std::array<std::string_view, kServices.size()> kNames = {
      "catalogue", "scoring", "assessment-store", "review-queue"};
  return kNames[static_cast<size_t>(service)];
}

Deployment::Deployment() : keys_(SystemClock()) {
  for (Part& part : parts_) part.reservation = ReservePort(part.address);
  dir_.Write("service.pem", keys_.service().private_pem);
}

Deployment::~Deployment() {
  for (Service service : kServices) {
    part(service).process.reset();
    ::close(part(service).reservation);
    if (!::testing::Test::HasFailure()) continue;
    std::cerr << "The end of the log of " << ServiceName(service) << ":\n";
    PrintEnd(LogPath(service));
  }
}

std::string Deployment::LogPath(Service service) const {
  return dir_.File(absl::StrCat(ToAbsl(ServiceName(service)), ".log"));
}

std::vector<std::string> Deployment::Flags(Service service) const {
  const std::string name(ServiceName(service));
  std::vector<std::string> flags = {
      "--listen=" + address(service),
      "--port_file=" + dir_.File(name + ".address"),
      "--token_keys_dir=" + keys_.public_keys_dir(),
      absl::StrCat("--token_issuer=", ToAbsl(testing_kit::kTestIssuer)),
      absl::StrCat("--token_audience=", ToAbsl(testing_kit::kTestAudience)),
  };
  const auto add = [&flags](std::string_view flag, const std::string& value) {
    flags.push_back(absl::StrCat("--", ToAbsl(flag), "=", value));
  };
  if (service != Service::kScoring) add("data_dir", dir_.File(name));
  if (service != Service::kCatalogue) {
    add("service_key", dir_.File("service.pem"));
    add("service_key_id", "service-1");
  }
  switch (service) {
    case Service::kCatalogue:
      add("scheme_dir", ASSAY_JOURNEY_SOURCE_DIR "/services/catalogue/data");
      break;
    case Service::kScoring:
      add("catalogue", address(Service::kCatalogue));
      break;
    case Service::kAssessmentStore:
      add("catalogue", address(Service::kCatalogue));
      add("scoring", address(Service::kScoring));
      add("review_queue", address(Service::kReviewQueue));
      break;
    case Service::kReviewQueue:
      add("assessment_store", address(Service::kAssessmentStore));
      break;
  }
  return flags;
}

bool Deployment::StartAll() {
  for (Service service : kServices) {
    const auto& process = part(service).process;
    if ((process == nullptr || !process->Running()) && !Start(service)) return false;
  }
  return true;
}

bool Deployment::Start(Service service) {
  Part& started = part(service);
  const std::string name(ServiceName(service));
  const std::string port_file = dir_.File(name + ".address");
  ::unlink(port_file.c_str());
  const absl::Time begin = SystemClock().Now();
  started.process = std::make_unique<Process>(ASSAY_JOURNEY_BIN_DIR "/assay-" + name,
                                              Flags(service), LogPath(service));
  // The port file says when asking makes sense, health says when it serves.
  const bool serving = Eventually(
      [&] {
        if (!started.process->Running()) return true;
        return ::access(port_file.c_str(), R_OK) == 0 && IsServing(started.address);
      },
      kStartLimit);
  started.startup = SystemClock().Now() - begin;
  if (serving && started.process->Running()) return true;
  std::cerr << name << " does not serve after " << absl::FormatDuration(started.startup)
            << ", exit code " << started.process->ExitCode().value_or(-1) << "\n";
  PrintEnd(LogPath(service));
  return false;
}

void Deployment::Kill(Service service) { process(service).Kill(); }

std::optional<int> Deployment::Terminate(Service service, absl::Duration limit) {
  return process(service).Terminate(limit);
}

}  // namespace assay::journey
