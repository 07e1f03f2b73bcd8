// The flags every service binary has, parsed and validated into one struct.
//
// A flag --listen may also be given as the environment variable ASSAY_LISTEN; the command line
// wins. A binary adds flags of its own through ServiceTraits::add_options:
//
//   std::string catalogue = "127.0.0.1:7401";
//   traits.add_options = [&catalogue](CLI::App& app) {
//     config::AddFlag(app, "catalogue", catalogue, "Address of the catalogue service");
//   };

#ifndef ASSAY_COMMON_CONFIG_SERVICE_OPTIONS_H_
#define ASSAY_COMMON_CONFIG_SERVICE_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "common/log/logger.h"

namespace CLI {  // NOLINT(readability-identifier-naming): theirs.
class App;
}  // namespace CLI

namespace assay::config {

// Exit code of a process whose flags are wrong.
inline constexpr int kExitBadFlags = 2;

inline constexpr int kDefaultMaxMessageBytes = 4 * 1024 * 1024;
inline constexpr int kMinMaxMessageBytes = 1024;
inline constexpr int kMaxMaxMessageBytes = 64 * 1024 * 1024;
inline constexpr int kDefaultDeadlineSeconds = 10;
inline constexpr int kMaxDeadlineSeconds = 3600;
inline constexpr int kDefaultWorkerThreads = 16;
inline constexpr int kMaxWorkerThreads = 256;
inline constexpr int kDefaultWorkerQueue = 1024;
inline constexpr int kMaxWorkerQueue = 1'000'000;

// Paths of PEM files. `certificate` and `key` come together. As a server: with a `ca`, clients'
// certificates are asked for and checked against it. As a client: `ca` checks the server, and
// `certificate` and `key` are what we present.
struct TlsFiles {
  std::string certificate = {};
  std::string key = {};
  std::string ca = {};

  bool serves() const { return !certificate.empty(); }
};

struct ServiceOptions {
  std::string listen;    // --listen host:port, [v6]:port or unix:path; port 0 = any free.
  std::string data_dir;  // --data_dir
  Severity log_level = Severity::kInfo;  // --log_level
  std::string metrics_address;           // --metrics_address; empty = off.
  std::string port_file;                 // --port_file; the bound address is written to it.

  std::string token_keys_dir;  // --token_keys_dir; <kid>.pem public keys.
  std::string token_issuer;    // --token_issuer
  std::string token_audience;  // --token_audience

  std::string service_key;     // --service_key; PEM private key of this service's own tokens.
  std::string service_key_id;  // --service_key_id

  TlsFiles tls;  // --tls_cert --tls_key --tls_ca

  int max_message_bytes = kDefaultMaxMessageBytes;  // --max_message_bytes
  absl::Duration default_deadline =
      absl::Seconds(kDefaultDeadlineSeconds);  // --default_deadline_seconds
  int worker_threads = kDefaultWorkerThreads;  // --worker_threads
  int worker_queue = kDefaultWorkerQueue;      // --worker_queue
};

// What differs between the binaries.
struct ServiceTraits {
  std::string name = {};         // "assay-catalogue"
  std::string description = {};  // One sentence for --help.
  uint16_t default_port = 0;
  bool needs_data_dir = true;
  bool needs_service_key = false;                   // Calls other services.
  std::function<void(CLI::App&)> add_options = {};  // Optional: its own flags.
  std::function<absl::Status()> validate_own;       // Optional: runs after parsing.
};

// Adds --<name> bound to `target`, readable from ASSAY_<NAME> too. `target`'s value is the default.
void AddFlag(CLI::App& app, std::string_view name, std::string& target, std::string_view help);
void AddFlag(CLI::App& app, std::string_view name, int& target, std::string_view help);
void AddFlag(CLI::App& app, std::string_view name, bool& target, std::string_view help);

// True for 127.0.0.0/8, ::1, localhost and unix sockets.
bool IsLoopback(std::string_view address);

// INVALID_ARGUMENT OPTION_INVALID naming the flag in the field:
//   * an address that is not host:port; a non-loopback one without TLS;
//   * token keys, issuer or audience missing (an issuer without an audience would accept tokens
//     meant for somebody else);
//   * half a pair of tls_cert / tls_key or service_key / service_key_id;
//   * a number outside its limits; a data folder or service key that is needed and missing.
absl::Status Validate(const ServiceTraits& traits, const ServiceOptions& options);

// Parses and validates. Returns nullopt when the process should go on, otherwise its exit code: 0
// after --help or --version, kExitBadFlags with one clear line on standard error.
std::optional<int> ParseServiceOptions(int argc, const char* const* argv,
                                       const ServiceTraits& traits, ServiceOptions& options);

}  // namespace assay::config

#endif  // ASSAY_COMMON_CONFIG_SERVICE_OPTIONS_H_
