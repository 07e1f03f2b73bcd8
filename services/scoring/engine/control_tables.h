// What a control record comes to, worked out for every record that is possible.
//
// A control without question outcomes and certificates is decided by a handful of bits: the mark of
// each phase, the adjustment, override and N/A, and the mode. The rules (score_control.h) run once
// for each such combination of a scale when a profile is compiled; scoring looks the result up.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CONTROL_TABLES_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CONTROL_TABLES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/record.h"
#include "services/scoring/engine/tally.h"

namespace assay::scoring {

inline constexpr unsigned kPracticalShift = 8;
inline constexpr unsigned kModifierShift = 16;  // Adjustment and flags stand above.

// The record in one machine word, whatever the byte order.
inline uint32_t WordOf(const ControlRecord& record) {
  return static_cast<uint32_t>(record.theoretical) |
         static_cast<uint32_t>(record.practical) << kPracticalShift |
         static_cast<uint32_t>(static_cast<uint8_t>(record.adjustment)) << kModifierShift |
         static_cast<uint32_t>(record.flags) << 24;
}

// Of one scale and one mode. Without entries for a scale that no control looks up.
class ScaleTable {
 public:
  ScaleTable() = default;
  // `marks`: how many the scale has.
  explicit ScaleTable(size_t marks)
      : marks_(marks + 1), results_(marks_ * marks_ * kModifiers), tallies_(results_.size()) {}

  // Requires a record that Validate() accepts, with marks of the scale, not overturned.
  size_t IndexOf(const ControlRecord& record) const { return View(*this).IndexOf(record); }
  // Its pointers, for loops that write elsewhere meanwhile.
  class View {
   public:
    explicit View(const ScaleTable& table)
        : marks_(table.marks_), results_(table.results_.data()), tallies_(table.tallies_.data()) {}
    size_t IndexOf(const ControlRecord& record) const {
      const size_t adjustment = record.adjustment < 0 ? 2u : static_cast<size_t>(record.adjustment);
      const size_t modifiers = adjustment * kFlags + record.flags;
      return modifiers * marks_ * marks_ + IndexOfMarks(WordOf(record));
    }
    // The same for a record of marks alone, without adjustment and flags.
    size_t IndexOfMarks(uint32_t word) const {
      return (word >> kPracticalShift & UINT8_MAX) * marks_ + (word & UINT8_MAX);
    }
    const ControlResult& result(size_t index) const { return results_[index]; }
    const Tally& tally(size_t index) const { return tallies_[index]; }

   private:
    const size_t marks_;
    const ControlResult* const results_;
    const Tally* const tallies_;
  };

  const ControlResult& result(size_t index) const { return results_[index]; }
  const Tally& tally(size_t index) const { return tallies_[index]; }
  void Set(size_t index, const ControlResult& result) {
    results_[index] = result;
    tallies_[index] = Tally(result);
  }
  size_t size() const { return results_.size(); }

 private:
  static constexpr size_t kFlags = 4;               // Override or N/A, or neither.
  static constexpr size_t kModifiers = 3 * kFlags;  // Three adjustments.

  size_t marks_ = 0;  // One more than the scale has: a phase may have none.
  std::vector<ControlResult> results_;
  std::vector<Tally> tallies_;  // Apart, so that a verdict alone touches little memory.
};

// Controls side by side, of one objective and one scale.
struct ControlRun {
  uint32_t first = 0;
  uint32_t end = 0;
  uint32_t objective = 0;
  uint16_t scale = 0;
  bool special = false;
};

struct ControlPlace {
  uint16_t scale = 0;
  bool special = false;  // Rests on certificates or does not count: is worked out by itself.
  bool has_questions = false;
};

struct ControlTables {
  // By scale, of controls that are not special.
  std::vector<ScaleTable> final;
  std::vector<ScaleTable> provisional;
  // By scale, of controls that rest on a certificate which stands.
  std::vector<ScaleTable> final_certified;
  std::vector<ScaleTable> provisional_certified;
  // By control: which table, and why it might not be in it. Small, since every scoring reads all.
  std::vector<ControlPlace> places;
  // All controls in their order, as runs without a difference inside.
  std::vector<ControlRun> runs;

  const std::vector<ScaleTable>& of(Mode mode) const {
    return mode == Mode::kFinal ? final : provisional;
  }
  const std::vector<ScaleTable>& certified_of(Mode mode) const {
    return mode == Mode::kFinal ? final_certified : provisional_certified;
  }
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CONTROL_TABLES_H_
