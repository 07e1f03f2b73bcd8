#include "common/config/service_options.h"

#include <cctype>
#include <iostream>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::config {
namespace {

constexpr int kMaxPort = 65535;

std::string EnvironmentName(std::string_view flag) {
  std::string name = "ASSAY_";
  for (const char c : flag) {
    name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

template <typename T>
void Add(CLI::App& app, std::string_view name, T& target, std::string_view help) {
  app.add_option(absl::StrCat("--", ToAbsl(name)), target, std::string(help))
      ->envname(EnvironmentName(name))
      ->capture_default_str();
}

absl::Status Invalid(std::string_view flag, const std::string& problem) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_INVALID")
      .Message(absl::StrCat("--", ToAbsl(flag), " ", problem))
      .Field(flag, problem)
      .Build();
}

absl::Status CheckRange(std::string_view flag, int value, int least, int most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return Invalid(flag, absl::StrCat("is ", value, "; ", least, " to ", most, " is allowed"));
}

absl::Status CheckPresent(std::string_view flag, const std::string& value, const char* why) {
  if (!value.empty()) return absl::OkStatus();
  return Invalid(flag, absl::StrCat("is missing: ", why));
}

absl::Status CheckPair(std::string_view first, const std::string& first_value,
                       std::string_view second, const std::string& second_value) {
  if (first_value.empty() == second_value.empty()) return absl::OkStatus();
  const std::string_view missing = first_value.empty() ? first : second;
  const std::string_view given = first_value.empty() ? second : first;
  return Invalid(missing, absl::StrCat("is missing: it goes together with --", ToAbsl(given)));
}

// The part before the last ':' without brackets, or "" when there is no port behind it.
std::string_view HostOf(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  int port = -1;
  if (!absl::SimpleAtoi(ToAbsl(address.substr(colon + 1)), &port) || port < 0 || port > kMaxPort) {
    return {};
  }
  std::string_view host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return host.substr(1, host.size() - 2);
  }
  // An IPv6 address without brackets: its last group would be taken for the port.
  return host.find(':') == std::string_view::npos ? host : std::string_view();
}

bool IsUnixSocket(std::string_view address) {
  return absl::StartsWith(ToAbsl(address), "unix:") && address.size() > 5;
}

absl::Status CheckAddresses(const ServiceOptions& options) {
  if (!IsUnixSocket(options.listen) && HostOf(options.listen).empty()) {
    return Invalid("listen", absl::StrCat("is \"", options.listen,
                                          "\"; host:port with a port of 0 to 65535 is needed"));
  }
  if (!IsLoopback(options.listen) && !options.tls.serves()) {
    return Invalid("listen", absl::StrCat("is \"", options.listen,
                                          "\", which others can reach; without --tls_cert and "
                                          "--tls_key only a loopback address is allowed"));
  }
  if (!options.metrics_address.empty() && HostOf(options.metrics_address).empty()) {
    return Invalid("metrics_address",
                   absl::StrCat("is \"", options.metrics_address, "\"; host:port is needed"));
  }
  return absl::OkStatus();
}

absl::Status CheckIdentity(const ServiceTraits& traits, const ServiceOptions& options) {
  ASSAY_RETURN_IF_ERROR(CheckPresent("token_keys_dir", options.token_keys_dir,
                                     "the folder of public keys that callers' tokens are checked "
                                     "with"));
  ASSAY_RETURN_IF_ERROR(
      CheckPresent("token_issuer", options.token_issuer, "the iss that tokens must carry"));
  ASSAY_RETURN_IF_ERROR(CheckPresent("token_audience", options.token_audience,
                                     "without it tokens meant for others would be accepted"));
  ASSAY_RETURN_IF_ERROR(CheckPair("tls_cert", options.tls.certificate, "tls_key", options.tls.key));
  ASSAY_RETURN_IF_ERROR(
      CheckPair("service_key", options.service_key, "service_key_id", options.service_key_id));
  if (traits.needs_service_key) {
    ASSAY_RETURN_IF_ERROR(CheckPresent("service_key", options.service_key,
                                       "this service calls others and signs its own tokens"));
  }
  return absl::OkStatus();
}

void AddServiceOptions(CLI::App& app, ServiceOptions& options, std::string& log_level,
                       int& deadline_seconds) {
  AddFlag(app, "listen", options.listen, "Address to serve on: host:port, or unix:path");
  AddFlag(app, "data_dir", options.data_dir, "Folder of this service's database");
  AddFlag(app, "log_level", log_level, "debug, info, warning or error");
  AddFlag(app, "metrics_address", options.metrics_address,
          "Address of the Prometheus page /metrics; off when empty");
  AddFlag(app, "port_file", options.port_file, "File to write the bound address to");
  AddFlag(app, "token_keys_dir", options.token_keys_dir,
          "Folder of <kid>.pem public keys for callers' tokens");
  AddFlag(app, "token_issuer", options.token_issuer, "Issuer (iss) that tokens must carry");
  AddFlag(app, "token_audience", options.token_audience, "Audience (aud) that tokens must carry");
  AddFlag(app, "service_key", options.service_key,
          "PEM file of the private key for this service's own tokens");
  AddFlag(app, "service_key_id", options.service_key_id, "Key id (kid) of --service_key");
  AddFlag(app, "tls_cert", options.tls.certificate, "PEM file of the certificate chain");
  AddFlag(app, "tls_key", options.tls.key, "PEM file of the certificate's private key");
  AddFlag(app, "tls_ca", options.tls.ca, "PEM file of the authorities that peers are checked with");
  AddFlag(app, "max_message_bytes", options.max_message_bytes, "Largest request");
  AddFlag(app, "default_deadline_seconds", deadline_seconds, "Deadline of calls that bring none");
  AddFlag(app, "worker_threads", options.worker_threads, "Threads that run writing calls");
  AddFlag(app, "worker_queue", options.worker_queue,
          "Writing calls that may wait; more are turned away");
}

// The exit code when parsing ends the process.
std::optional<int> RunParser(CLI::App& app, int argc, const char* const* argv) {
  try {  // CLI11 reports everything by exceptions.
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::cerr << app.get_name() << ": " << error.what() << " (see --help)\n";
    return kExitBadFlags;
  }
  return std::nullopt;
}

}  // namespace

void AddFlag(CLI::App& app, std::string_view name, std::string& target, std::string_view help) {
  Add(app, name, target, help);
}

void AddFlag(CLI::App& app, std::string_view name, int& target, std::string_view help) {
  Add(app, name, target, help);
}

void AddFlag(CLI::App& app, std::string_view name, bool& target, std::string_view help) {
  Add(app, name, target, help);
}

bool IsLoopback(std::string_view address) {
  if (IsUnixSocket(address)) return true;
  const std::string_view host = HostOf(address);
  if (host == "localhost" || host == "::1") return true;
  // Exactly four numbers: "127.0.0.1.example.org" is somebody else's.
  if (!absl::StartsWith(ToAbsl(host), "127.")) return false;
  int dots = 0;
  for (const char c : host) {
    if (c == '.') {
      ++dots;
    } else if (c < '0' || c > '9') {
      return false;
    }
  }
  return dots == 3;
}

absl::Status Validate(const ServiceTraits& traits, const ServiceOptions& options) {
  ASSAY_RETURN_IF_ERROR(CheckAddresses(options));
  ASSAY_RETURN_IF_ERROR(CheckIdentity(traits, options));
  if (traits.needs_data_dir) {
    ASSAY_RETURN_IF_ERROR(
        CheckPresent("data_dir", options.data_dir, "this service keeps a database"));
  }
  ASSAY_RETURN_IF_ERROR(CheckRange("max_message_bytes", options.max_message_bytes,
                                   kMinMaxMessageBytes, kMaxMaxMessageBytes));
  ASSAY_RETURN_IF_ERROR(CheckRange("default_deadline_seconds",
                                   static_cast<int>(absl::ToInt64Seconds(options.default_deadline)),
                                   1, kMaxDeadlineSeconds));
  ASSAY_RETURN_IF_ERROR(CheckRange("worker_threads", options.worker_threads, 1, kMaxWorkerThreads));
  return CheckRange("worker_queue", options.worker_queue, 1, kMaxWorkerQueue);
}

std::optional<int> ParseServiceOptions(int argc, const char* const* argv,
                                       const ServiceTraits& traits, ServiceOptions& options) {
  CLI::App app(traits.description, traits.name);
  app.set_version_flag("--version", absl::StrCat(traits.name, " ", ASSAY_VERSION));
  std::string log_level = "info";
  int deadline_seconds = kDefaultDeadlineSeconds;
  if (options.listen.empty()) options.listen = absl::StrCat("127.0.0.1:", traits.default_port);
  AddServiceOptions(app, options, log_level, deadline_seconds);
  if (traits.add_options) traits.add_options(app);
  if (std::optional<int> exit_code = RunParser(app, argc, argv)) return exit_code;

  absl::Status status;
  options.default_deadline = absl::Seconds(deadline_seconds);
  if (std::optional<Severity> severity = ParseSeverity(log_level)) {
    options.log_level = *severity;
  } else {
    status = Invalid("log_level", absl::StrCat("is \"", log_level,
                                               "\"; debug, info, warning or error is allowed"));
  }
  if (status.ok()) status = Validate(traits, options);
  if (status.ok() && traits.validate_own) status = traits.validate_own();
  if (status.ok()) return std::nullopt;
  std::cerr << traits.name << ": " << status.message() << "\n";
  return kExitBadFlags;
}

}  // namespace assay::config
