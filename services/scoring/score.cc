#include "services/scoring/score.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/ids/hex.h"
#include "common/status/macros.h"
#include "services/scoring/agreement.h"
#include "services/scoring/convert_inputs.h"
#include "services/scoring/convert_record.h"
#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/evaluate.h"
#include "services/scoring/errors.h"
#include "services/scoring/second_evaluator/evaluate.h"

namespace assay::scoring {
namespace {

absl::StatusOr<Mode> ToMode(v1::ScoringMode mode) {
  switch (mode) {
    case v1::SCORING_MODE_UNSPECIFIED:
    case v1::SCORING_MODE_FINAL:
      return Mode::kFinal;
    case v1::SCORING_MODE_PROVISIONAL:
      return Mode::kProvisional;
    default:
      return ModeInvalid(mode);
  }
}

absl::StatusOr<uint32_t> ToDigestVersion(const CompiledProfile& profile, uint32_t version) {
  const uint32_t wanted = version == 0 ? kCanonicalVersion : version;
  if (!IsCanonicalVersion(profile, wanted)) {
    return DigestVersionInvalid(version);
  }
  return wanted;
}

absl::Status ReadRecord(const CompiledProfile& profile, const v1::ScoreRequest& request,
                        Record& record) {
  if (ToRecordQuickly(profile, request, record)) {
    return absl::OkStatus();
  }
  ConvertedInputs converted = ToInput(request.inputs(), AsOf::kRequired);
  AddOverturnedControls(request.overturned_controls(), converted);
  if (const auto issues = CheckInputs(profile, converted); !issues.empty()) {
    return InputsRefused(issues);
  }
  record = ToRecord(profile, converted.input);
  return absl::OkStatus();
}

}  // namespace

Scorer::Scorer(BasisResolver& resolver, Disagreements& disagreements)
    : Scorer(resolver, disagreements, second::Evaluate) {}

Scorer::Scorer(BasisResolver& resolver, Disagreements& disagreements, SecondEvaluator second)
    : resolver_(resolver), disagreements_(disagreements), second_(std::move(second)) {}

absl::StatusOr<std::shared_ptr<const Basis>> Scorer::Resolve(const rpc::CallContext& call,
                                                             const v1::ScoringBasis& basis) const {
  return resolver_.Resolve(call, basis);
}

absl::Status Scorer::Score(const rpc::CallContext& call, const v1::ScoreRequest& request,
                           Scored& scored) const {
  ASSAY_ASSIGN_OR_RETURN(std::shared_ptr<const Basis> basis,
                         resolver_.Resolve(call, request.basis()));
  return ScoreUnder(std::move(basis), request, scored);
}

absl::Status Scorer::ScoreUnder(std::shared_ptr<const Basis> basis, const v1::ScoreRequest& request,
                                Scored& scored) const {
  return ScoreUnder(std::move(basis), request, request.digest_version(), scored);
}

absl::Status Scorer::ScoreUnder(std::shared_ptr<const Basis> basis, const v1::ScoreRequest& request,
                                uint32_t digest_version, Scored& scored) const {
  scored.basis = std::move(basis);
  const CompiledProfile& profile = scored.basis->profile;
  ASSAY_ASSIGN_OR_RETURN(const Mode mode, ToMode(request.mode()));
  ASSAY_ASSIGN_OR_RETURN(scored.digest_version, ToDigestVersion(profile, digest_version));
  ASSAY_RETURN_IF_ERROR(ReadRecord(profile, request, scored.record));
  scored.record.mode = mode;
  return ScoreRecord(scored);
}

absl::Status Scorer::ScoreRecord(Scored& scored) const {
  const Basis& basis = *scored.basis;
  EvaluateInto(basis.profile, scored.record, scored.evaluation);
  second_(basis.second, scored.record, scored.second);
  if (const std::optional<std::string> difference =
          Disagreement(basis.profile, scored.evaluation, scored.second)) {
    WriteCanonicalInputs(basis.profile, scored.record, basis.digests, scored.bytes);
    const std::string inputs_digest = ToHex(Sha256(scored.bytes));
    disagreements_.Report(inputs_digest, *difference);
    return EvaluatorsDisagree(inputs_digest);
  }
  WriteCanonicalResult(basis.profile, scored.record, scored.evaluation, basis.digests,
                       scored.digest_version, scored.bytes);
  scored.digest = Sha256(scored.bytes);
  return absl::OkStatus();
}

}  // namespace assay::scoring
