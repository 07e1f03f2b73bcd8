// Whether two assessments were recorded differently, whatever the documents they are scored by.
//
// Compared is what scoring sees: profile, mode, date, certificates, findings, adjustments, flags
// and overturned controls. Not compared is what enters no digest: free text, certificate numbers,
// answers to questions that are no gates, the order of lists, and ways of saying nothing. Marks are
// the same when they are given in the same words or have the same id, questions and answers when
// their ids and texts are.

#ifndef ASSAY_SERVICES_SCORING_DIFFERENCE_INPUTS_H_
#define ASSAY_SERVICES_SCORING_DIFFERENCE_INPUTS_H_

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "assay/scoring/v1/scoring.pb.h"

#include "services/scoring/difference.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

// The position of a control that the profile does not contain.
inline constexpr uint32_t kNotInProfile = UINT32_MAX;

// Where the control stands in the profile, or kNotInProfile. `guess` is looked at first.
uint32_t PositionOf(const CompiledProfile& profile, std::string_view control, uint32_t guess);

// Not thread-safe; for one comparison.
class InputComparison {
 public:
  // Both requests must have been scored.
  InputComparison(const ScoredRequest& before, const ScoredRequest& after)
      : before_(before), after_(after) {}

  // Anything at all.
  bool Differ();

  // Something about one control, at its positions in both profiles, one of which may be
  // kNotInProfile: then nothing is recorded there. Certificates of the kinds it rests on are part
  // of it.
  bool DifferFor(uint32_t before, uint32_t after);

 private:
  using WireControls = std::unordered_map<std::string_view, const v1::ControlInput*>;

  bool SameRequest() const { return &before_.request == &after_.request; }
  bool SameBasis() const { return before_.scored.basis == after_.scored.basis; }
  bool AnyControlDiffers();
  bool FindingsDiffer(uint32_t before, uint32_t after, bool practical);
  bool GivenAlike(std::string_view control, bool practical);

  const ScoredRequest before_;
  const ScoredRequest after_;
  // Of the requests, by control; made when first needed.
  WireControls wire_before_;
  WireControls wire_after_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_DIFFERENCE_INPUTS_H_
