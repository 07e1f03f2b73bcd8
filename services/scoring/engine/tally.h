// Sums over controls in two machine words, so that adding a control, and taking it away again, is
// two additions.
//
// Fields do not overflow into one another: kMaxControls controls of kMaxPoints points fit
// (static_asserts below).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TALLY_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TALLY_H_

#include <cstdint>
#include <vector>

#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/objective.h"

namespace assay::scoring {

class CompiledProfile;

// The controls of an objective, or one of them.
class Tally {
 public:
  Tally() = default;
  // Of one control that counts. One that does not has an empty tally.
  explicit Tally(const ControlResult& result)
      : sums_(static_cast<uint64_t>(result.points) << kPointsShift |
              static_cast<uint64_t>(result.maximum) << kMaximumShift | (result.open ? 1u : 0u)),
        counts_(uint64_t{1} << (kCountBits * (static_cast<unsigned>(result.state) - 1))) {}

  void operator+=(const Tally& other) {
    sums_ += other.sums_;
    counts_ += other.counts_;
  }
  void operator-=(const Tally& other) {
    sums_ -= other.sums_;
    counts_ -= other.counts_;
  }
  friend bool operator==(const Tally&, const Tally&) = default;

  int32_t points() const { return static_cast<int32_t>(sums_ >> kPointsShift); }
  int32_t maximum() const { return static_cast<int32_t>(sums_ >> kMaximumShift & kPointsMask); }
  int32_t open() const { return static_cast<int32_t>(sums_ & kOpenMask); }
  int32_t CountOf(ControlState state) const {
    return static_cast<int32_t>(counts_ >> (kCountBits * (static_cast<unsigned>(state) - 1)) &
                                kCountMask);
  }
  int32_t scored() const {
    return CountOf(ControlState::kMet) + CountOf(ControlState::kPartiallyMet) +
           CountOf(ControlState::kNotMet) + CountOf(ControlState::kBlank);
  }
  ObjectiveCounts counts() const {
    return {.met = CountOf(ControlState::kMet),
            .partially_met = CountOf(ControlState::kPartiallyMet),
            .not_met = CountOf(ControlState::kNotMet),
            .not_applicable = CountOf(ControlState::kNotApplicable),
            .blank = CountOf(ControlState::kBlank)};
  }

 private:
  static constexpr int kOpenBits = 16;
  static constexpr int kPointsBits = 24;
  static constexpr int kCountBits = 12;
  static constexpr int kMaximumShift = kOpenBits;
  static constexpr int kPointsShift = kOpenBits + kPointsBits;
  static constexpr uint64_t kPointsMask = (uint64_t{1} << kPointsBits) - 1;
  static constexpr uint64_t kOpenMask = (uint64_t{1} << kOpenBits) - 1;
  static constexpr uint64_t kCountMask = (uint64_t{1} << kCountBits) - 1;

  uint64_t sums_ = 0;    // Points, maximum, open controls; from the highest bits down.
  uint64_t counts_ = 0;  // Controls by state, the lowest number in the lowest bits.
};

// Of a whole assessment; conclude.h fills it and decides from it.
struct Tallies {
  std::vector<Tally> objectives;     // By objective, over the controls that count.
  std::vector<int32_t> over_limit;   // By objective: scored controls beyond its limit.
  std::vector<int32_t> below_least;  // By outcome: controls below its least points.
  int32_t open = 0;                  // All open controls, counting or not.

  // Empty, sized for the profile.
  void Reset(const CompiledProfile& profile);
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TALLY_H_
