// wrapper_bench: what our call wrapper costs. One echo service, bare and behind the wrapper with
// everything on as in production; prints one JSON object.

#include <iostream>
#include <vector>

#include "nlohmann/json.hpp"

#include "common/rpc/service_main.h"
#include "tools/bench/comparison.h"
#include "tools/bench/echo_target.h"
#include "tools/bench/load.h"
#include "tools/bench/scenario.h"
#include "tools/bench/service_runtime.h"

namespace assay::bench {
namespace {

namespace v1 = ::assay::scoring::v1;

int Run(const BenchOptions& options) {
  const std::vector<std::string> controls = PlaceholderControls(kLevel3Controls);
  PrebuiltAnswers answers;
  *answers.summary.mutable_verdict() = PlaceholderVerdict(controls, v1::VERDICT_VIEW_SUMMARY);
  *answers.full.mutable_verdict() = PlaceholderVerdict(controls, v1::VERDICT_VIEW_FULL);
  ServiceRuntime runtime;
  EchoTarget echo(answers);
  EchoTarget wrapped(answers, &runtime.runtime());
  LoadClient echo_client(echo.address(), runtime.MintToken());
  LoadClient wrapped_client(wrapped.address(), runtime.MintToken());
  v1::ScoreRequest request;
  *request.mutable_inputs() = RealisticInputs(controls, {});
  request.set_view(v1::VERDICT_VIEW_SUMMARY);
  echo_client.ScoreOnce(request);
  wrapped_client.ScoreOnce(request);
  nlohmann::ordered_json calls = nlohmann::ordered_json::array();
  for (const int callers : options.callers) {
    calls.push_back(Compare({{"echo", &echo_client}, {"wrapped", &wrapped_client}}, Load::kUnary,
                            callers, request, options));
  }
  std::cout << nlohmann::ordered_json({{"benchmark", "wrapper_bench"}, {"unary", calls}}).dump(2)
            << "\n";
  return HasErrors(calls) ? 1 : 0;
}

}  // namespace
}  // namespace assay::bench

int main(int argc, char** argv) {
  assay::rpc::SetProductionMutexMode();
  assay::bench::BenchOptions options;
  if (const auto exit_code = assay::bench::ParseBenchOptions(
          argc, argv, "What the call wrapper costs, beside a bare echo", options)) {
    return *exit_code;
  }
  return assay::bench::Run(options);
}
