// What one command writes beside its own rows; shared by the command files only.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_COMMANDS_CHANGE_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_COMMANDS_CHANGE_H_

#include <string>
#include <vector>

#include "common/audit/event_log.h"
#include "services/assessment_store/commands/assessment_commands.h"

namespace assay::assessment_store {

struct AssessmentCommands::Change {
  std::string event_type;
  records::EventBody body;
  std::vector<audit::NamedText> texts;
  // Whoever touches content may not review it. A reviewer's decision does not touch content.
  bool touches_content = true;
};

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_COMMANDS_CHANGE_H_
