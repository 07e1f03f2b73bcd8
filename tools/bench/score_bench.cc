// score_bench: Score and ScoreStream beside an echo of the same messages, in one run; prints one
// JSON object. Two echoes: "echo" is bare gRPC, "wrapped" has our call wrapper (unary only), so
// what the wrapper costs and what scoring costs can be told apart. README.md describes the output.

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"

#include "common/rpc/server.h"
#include "common/rpc/service_main.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/disagreements.h"
#include "services/scoring/score.h"
#include "services/scoring/scoring_service.h"
#include "tools/bench/comparison.h"
#include "tools/bench/echo_target.h"
#include "tools/bench/load.h"
#include "tools/bench/scenario.h"
#include "tools/bench/service_runtime.h"
#include "tools/bench/shipped_catalogue.h"

namespace assay::bench {
namespace {

namespace v1 = ::assay::scoring::v1;
using nlohmann::ordered_json;

// The scoring service as its binary puts it together, on a free port of the loopback.
class ScoringTarget {
 public:
  ScoringTarget(ServiceRuntime& runtime, scoring::CatalogueClient& catalogue)
      : resolver_(catalogue, runtime.runtime().clock),
        disagreements_(runtime.runtime().logger, runtime.runtime().metrics),
        scorer_(resolver_, disagreements_),
        service_(runtime.runtime(), resolver_, scorer_) {
    auto server = rpc::Server::Create({}, runtime.access(),
                                      {{v1::ScoringService::service_full_name(), &service_}});
    if (!server.ok()) {
      std::cerr << server.status() << "\n";
      std::abort();
    }
    server_ = *std::move(server);
  }

  const std::string& address() const { return server_->address(); }

 private:
  scoring::BasisResolver resolver_;
  scoring::Disagreements disagreements_;
  scoring::Scorer scorer_;
  scoring::ScoringServiceImpl service_;
  std::unique_ptr<rpc::Server> server_;
};

v1::ScoreRequest WithView(const v1::ScoreRequest& request, v1::VerdictView view) {
  v1::ScoreRequest viewed = request;
  viewed.set_view(view);
  return viewed;
}

int Run(const BenchOptions& options) {
  ServiceRuntime runtime;
  ShippedCatalogue catalogue;
  ScoringTarget scoring(runtime, catalogue);
  LoadClient scoring_client(scoring.address(), runtime.MintToken());
  const std::vector<v1::ScoreRequest> requests = {
      WithView(catalogue.Request(), v1::VERDICT_VIEW_SUMMARY),
      WithView(catalogue.Request(), v1::VERDICT_VIEW_FULL)};
  const PrebuiltAnswers answers = {.summary = scoring_client.ScoreOnce(requests[0]),
                                   .full = scoring_client.ScoreOnce(requests[1])};
  EchoTarget echo(answers);
  EchoTarget wrapped(answers, &runtime.runtime());
  LoadClient echo_client(echo.address(), runtime.MintToken());
  LoadClient wrapped_client(wrapped.address(), runtime.MintToken());
  ordered_json unary = ordered_json::array();
  ordered_json stream = ordered_json::array();
  for (const v1::ScoreRequest& request : requests) {
    echo_client.ScoreOnce(request);
    wrapped_client.ScoreOnce(request);
    for (const int callers : options.callers) {
      unary.push_back(Compare(
          {{"echo", &echo_client}, {"wrapped", &wrapped_client}, {"score", &scoring_client}},
          Load::kUnary, callers, request, options));
    }
    for (const int streams : options.streams) {
      stream.push_back(Compare({{"echo", &echo_client}, {"score", &scoring_client}}, Load::kStream,
                               streams, request, options));
    }
  }
  const ordered_json report = {{"benchmark", "score_bench"},
                               {"profile", kProfile},
                               {"controls", requests[0].inputs().controls_size()},
                               {"request_bytes", requests[0].ByteSizeLong()},
                               {"summary_bytes", answers.summary.ByteSizeLong()},
                               {"full_bytes", answers.full.ByteSizeLong()},
                               {"seconds", absl::ToDoubleSeconds(options.length)},
                               {"rounds", options.rounds},
                               {"unary", unary},
                               {"stream", stream}};
  std::cout << report.dump(2) << "\n";
  return HasErrors(unary) || HasErrors(stream) ? 1 : 0;
}

}  // namespace
}  // namespace assay::bench

int main(int argc, char** argv) {
  assay::rpc::SetProductionMutexMode();
  assay::bench::BenchOptions options;
  if (const auto exit_code = assay::bench::ParseBenchOptions(
          argc, argv, "Score and ScoreStream beside an echo of the same messages", options)) {
    return *exit_code;
  }
  return assay::bench::Run(options);
}
