// Score from arbitrary bytes, as a request on the wire and as one put together from the bytes.
//
// The first byte chooses the scheme and which of the two: 'A' to 'D' the bytes are a ScoreRequest,
// 'E' to 'H' they are choices (requests.h). Properties:
//   - what the quick way into a record accepts, the slow one accepts, with the same record;
//   - both evaluators agree on every request that is accepted;
//   - the canonical bytes are the same when scored again and when lists stand in another order, and
//     read back as what was written;
//   - what the service says of the same request, in both views and with changes laid over it that
//     the input's last bytes choose, holds together (verdicts.cc).

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/scoring/convert_inputs.h"
#include "services/scoring/convert_record.h"
#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/testing/read_back.h"
#include "services/scoring/proof/agree.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/requests.h"
#include "tests/fuzz/schemes.h"
#include "tests/fuzz/verdicts.h"

namespace assay::scoring {
namespace {

using fuzz::Require;

// The bytes at the end of an input that choose changes; they may choose something else too.
constexpr size_t kChangeBytes = 24;

// What requests are scored under: by the evaluators alone, and by its names at the service.
struct Subject {
  Subject(const catalogue::SchemeDocuments& documents, std::string_view profile)
      : pair(fuzz::DefinitionOf(documents), profile), basis(fuzz::BasisOf(documents, profile)) {}

  Pair pair;
  v1::ScoringBasis basis;
};

struct Subjects {
  Subjects() {
    all.reserve(4);
    Add(fuzz::DccDocuments(), {"L3"});
    Add(fuzz::DccWithLevelOneQuestions(), {"L1"});
    Add(fuzz::ModelTwoDocuments(true), {"low", "high"});
  }
  void Add(const catalogue::SchemeDocuments& documents,
           std::initializer_list<std::string_view> profiles) {
    verdicts.Publish(documents);
    for (const std::string_view profile : profiles) all.emplace_back(documents, profile);
  }

  fuzz::Verdicts verdicts;
  std::vector<Subject> all;
};

Subjects& TheSubjects() {
  static auto* const kSubjects = new Subjects;
  return *kSubjects;
}

DocumentDigests Digests() {
  return {std::string(32, '\x11'), std::string(32, '\x22'), std::string(32, '\x33')};
}

// The record of the slow way, which says what is wrong; nothing where it refuses.
std::optional<Record> RecordOf(const CompiledProfile& profile, const v1::ScoreRequest& request) {
  ConvertedInputs converted = ToInput(request.inputs(), AsOf::kRequired);
  AddOverturnedControls(request.overturned_controls(), converted);
  const auto issues = CheckInputs(profile, converted);
  if (!issues.empty()) {
    fuzz::RequireRefusal(InputsRefused(issues));
    return std::nullopt;
  }
  Record record = ToRecord(profile, converted.input);
  record.mode = request.mode() == v1::SCORING_MODE_PROVISIONAL ? Mode::kProvisional : Mode::kFinal;
  return record;
}

template <typename Entries>
void Reverse(Entries& entries) {
  for (int i = 0, j = entries.size() - 1; i < j; ++i, --j) {
    entries.SwapElements(i, j);
  }
}

v1::ScoreRequest Reversed(v1::ScoreRequest request) {
  v1::AssessmentInputs& inputs = *request.mutable_inputs();
  Reverse(*inputs.mutable_controls());
  Reverse(*inputs.mutable_certificates());
  Reverse(*request.mutable_overturned_controls());
  for (v1::ControlInput& control : *inputs.mutable_controls()) {
    if (control.has_theoretical()) Reverse(*control.mutable_theoretical()->mutable_questions());
    if (control.has_practical()) Reverse(*control.mutable_practical()->mutable_questions());
  }
  return request;
}

// Canonical bytes of every version that the profile has, one after the other.
std::string ScoredBytes(Pair& pair, const Record& record) {
  const auto difference = pair.Disagreement(record);
  Require(!difference.has_value(), "both evaluators agree", difference.value_or(""));
  std::string all;
  for (const uint32_t version : {kFirstCanonicalVersion, kCanonicalVersion}) {
    if (!IsCanonicalVersion(pair.profile(), version)) continue;
    const std::string bytes =
        CanonicalResultBytes(pair.profile(), record, pair.mine(), Digests(), version);
    const std::string wrong =
        ReadBackDifference(pair.profile(), record, pair.mine(), Digests(), version, bytes);
    Require(wrong.empty(), "canonical bytes read back", wrong);
    all += bytes;
  }
  return all;
}

// Whether the request can be scored.
bool CheckRecord(Pair& pair, const v1::ScoreRequest& request) {
  static Record quick;  // Used again and again, as a server does.
  const bool is_quick = ToRecordQuickly(pair.profile(), request, quick);
  const std::optional<Record> record = RecordOf(pair.profile(), request);
  if (is_quick) {
    Require(record.has_value(), "the quick way accepts nothing that is refused",
            request.ShortDebugString());
    quick.mode = record->mode;
    Require(quick == *record, "both ways make one record", request.ShortDebugString());
  }
  const std::optional<Record> turned = RecordOf(pair.profile(), Reversed(request));
  Require(record.has_value() == turned.has_value(), "order decides nothing",
          request.ShortDebugString());
  if (!record.has_value()) return false;
  const std::string bytes = ScoredBytes(pair, *record);
  Require(ScoredBytes(pair, *record) == bytes, "the same bytes again", request.ShortDebugString());
  Require(ScoredBytes(pair, *turned) == bytes, "the same bytes in any order",
          request.ShortDebugString());
  return true;
}

void CheckRequest(Subject& subject, v1::ScoreRequest& request, std::string_view bytes) {
  const bool recorded = CheckRecord(subject.pair, request);
  *request.mutable_basis() = subject.basis;
  const fuzz::Choices changes(bytes.substr(bytes.size() - std::min(bytes.size(), kChangeBytes)));
  const bool scored = TheSubjects().verdicts.Check(request, subject.pair.profile(), changes);
  Require(recorded || !scored, "only what can be recorded is scored", request.ShortDebugString());
}

}  // namespace
}  // namespace assay::scoring

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0 || size > assay::fuzz::kMaxInputBytes) return 0;
  auto& subjects = assay::scoring::TheSubjects().all;
  const size_t choice = static_cast<uint8_t>(data[0] - 'A') % (2 * subjects.size());
  auto& subject = subjects[choice % subjects.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  assay::scoring::v1::ScoreRequest request;
  if (choice < subjects.size()) {
    if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return 0;
  } else {
    assay::fuzz::Choices choices(bytes);
    request = assay::fuzz::ChosenRequest(subject.pair.profile(), choices);
  }
  assay::scoring::CheckRequest(subject, request, bytes);
  return 0;
}
