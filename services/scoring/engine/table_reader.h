// Looks control records up in a profile's tables (control_tables.h).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TABLE_READER_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TABLE_READER_H_

#include <cstdint>

#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/control_tables.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"
#include "services/scoring/engine/tally.h"

namespace assay::scoring {

// Finds the results of control records that say all there is.
class TableReader {
 public:
  // Both must outlive it.
  TableReader(const CompiledProfile& profile, const Record& record)
      : tables_(profile.tables().of(record.mode).data()),
        places_(profile.tables().places.data()),
        has_questions_(!record.theoretical_questions.empty() ||
                       !record.practical_questions.empty()) {}

  // Whether any record of the assessment might rest on questions.
  bool has_questions() const { return has_questions_; }
  const ScaleTable& TableOf(const ControlRun& run) const { return tables_[run.scale]; }

  // Whether the control is decided by the record and certificates alone.
  bool IsOfMarks(uint32_t control, const ControlRecord& recorded) const {
    return (recorded.flags & kOverturnedFlag) == 0 &&
           !(has_questions_ && places_[control].has_questions);
  }

  bool IsTabled(uint32_t control, const ControlRecord& recorded) const {
    const ControlPlace place = places_[control];
    return !place.special && (recorded.flags & kOverturnedFlag) == 0 &&
           !(has_questions_ && place.has_questions);
  }
  // Requires IsTabled().
  const ControlResult& ResultOf(uint32_t control, const ControlRecord& recorded) const {
    const ScaleTable& table = tables_[places_[control].scale];
    return table.result(table.IndexOf(recorded));
  }

 private:
  const ScaleTable* const tables_;
  const ControlPlace* const places_;
  const bool has_questions_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TABLE_READER_H_
