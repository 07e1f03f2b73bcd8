// What a control record comes to, worked out for every record that is possible.
//
// A control without question outcomes and certificates is decided by a handful of bits: the mark of
// each phase, the adjustment, override and N/A, and the mode. The rules (score_control.h) run once
// for each such combination of a scale when a profile is compiled; scoring looks the result up.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CONTROL_TABLES_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CONTROL_TABLES_H_

#include <bit>
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

// Of one scale and one mode.
class ScaleTable {
 public:
  // `marks`: how many the scale has.
  explicit ScaleTable(size_t marks)
      : mark_bits_(static_cast<unsigned>(std::bit_width(marks))),
        results_(size_t{1} << (2 * mark_bits_ + kOtherBits)),
        tallies_(results_.size()) {}

  // Requires a record that Validate() accepts, with marks of the scale, not overturned.
  size_t IndexOf(const ControlRecord& record) const { return View(*this).IndexOf(record); }
  // Its pointers, for loops that write elsewhere meanwhile.
  class View {
   public:
    explicit View(const ScaleTable& table)
        : mark_bits_(table.mark_bits_),
          results_(table.results_.data()),
          tallies_(table.tallies_.data()) {}
    size_t IndexOf(const ControlRecord& record) const {
      const unsigned others = static_cast<unsigned>(record.adjustment & 3) << 2 | record.flags;
      return static_cast<size_t>(others) << (2 * mark_bits_) | IndexOfMarks(WordOf(record));
    }
    // The same for a record of marks alone, without adjustment and flags.
    size_t IndexOfMarks(uint32_t word) const {
      return static_cast<size_t>(word >> kPracticalShift & UINT8_MAX) << mark_bits_ |
             (word & UINT8_MAX);
    }
    const ControlResult& result(size_t index) const { return results_[index]; }
    const Tally& tally(size_t index) const { return tallies_[index]; }

   private:
    const unsigned mark_bits_;
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
  static constexpr unsigned kOtherBits = 4;  // Two of the adjustment, override, N/A.

  unsigned mark_bits_;
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
  std::vector<ScaleTable> final;  // By scale.
  std::vector<ScaleTable> provisional;
  // The same of controls that rest on a certificate which stands; empty where none does.
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
