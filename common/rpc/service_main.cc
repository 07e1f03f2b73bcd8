#include "common/rpc/service_main.h"

#include <utility>

#include "absl/synchronization/mutex.h"

#include "common/auth/key_files.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::rpc {
namespace {

// Null without a service key.
absl::StatusOr<std::unique_ptr<TokenSource>> MakeTokens(const std::string& service,
                                                        const config::ServiceOptions& options,
                                                        const Clock& clock) {
  if (options.service_key.empty()) return nullptr;
  ASSAY_ASSIGN_OR_RETURN(const std::string pem, auth::ReadKeyFile(options.service_key));
  ASSAY_ASSIGN_OR_RETURN(
      auto signer, auth::TokenSigner::Create(pem, options.service_key_id, options.token_issuer,
                                             options.token_audience, clock));
  return std::make_unique<ServiceTokenSource>(std::move(signer), "services/" + service, clock);
}

ServerOptions ServerOptionsOf(const config::ServiceOptions& options) {
  return {.listen = options.listen,
          .tls = options.tls,
          .max_message_bytes = options.max_message_bytes,
          .port_file = options.port_file};
}

// Builds everything, serves, takes everything down in the reverse order. Returns the exit code.
absl::StatusOr<int> Serve(const ServiceDefinition& definition,
                          const config::ServiceOptions& options, Logger& logger) {
  const std::string& name = definition.traits.name;
  const Clock& clock = SystemClock();
  ASSAY_ASSIGN_OR_RETURN(const auth::AccessRules access,
                         auth::AccessRules::ForServices(definition.services));
  ASSAY_ASSIGN_OR_RETURN(const auto verifier,
                         auth::TokenVerifier::Create(options.token_keys_dir, options.token_issuer,
                                                     options.token_audience, clock));
  ASSAY_ASSIGN_OR_RETURN(const auto metrics,
                         metrics::Metrics::Create(name, options.metrics_address));
  ASSAY_ASSIGN_OR_RETURN(const auto tokens, MakeTokens(name, options, clock));
  WorkerPool pool(options.worker_threads, options.worker_queue);
  CallRuntime runtime = {
      .verifier = *verifier,
      .access = access,
      .pool = pool,
      .metrics = *metrics,
      .logger = logger,
      .clock = clock,
      .ids = SystemIdSource(),
      .default_deadline = options.default_deadline,
      .require_service_certificate = options.tls.serves() && !options.tls.ca.empty()};
  ServiceEnvironment environment = {.options = options,
                                    .runtime = runtime,
                                    .logger = logger,
                                    .metrics = *metrics,
                                    .clock = clock,
                                    .ids = SystemIdSource(),
                                    .tokens = tokens.get()};
  ASSAY_ASSIGN_OR_RETURN(const auto application, definition.build(environment));
  ASSAY_ASSIGN_OR_RETURN(const auto server,
                         Server::Create(ServerOptionsOf(options), access, application->services()));
  application->Start();
  logger.Log(Severity::kInfo, "serving", {{"address", server->address()}});
  const int exit_code =
      RunUntilSignal(*server, logger, [&application] { return application->Health(); });
  application->Stop();
  pool.Stop();
  return exit_code;
}

}  // namespace

int ServiceMain(int argc, const char* const* argv, const ServiceDefinition& definition) {
  BlockSignals();
  SetProductionMutexMode();
  config::ServiceOptions options;
  if (const std::optional<int> exit_code =
          config::ParseServiceOptions(argc, argv, definition.traits, options)) {
    return *exit_code;
  }
  Logger logger(definition.traits.name, options.log_level, SystemClock(), Logger::kStandardError,
                Logger::Writing::kBatched);
  const absl::StatusOr<int> exit_code = Serve(definition, options, logger);
  if (exit_code.ok()) return *exit_code;
  logger.Log(Severity::kError, "cannot start",
             {{"reason", ErrorReason(exit_code.status())},
              {"error", FromAbsl(exit_code.status().message())}});
  return kExitFailed;
}

void SetProductionMutexMode() {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
}

}  // namespace assay::rpc
