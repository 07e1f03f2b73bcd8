// From recorded inputs on the wire to the engine's, and what is wrong with them.

#ifndef ASSAY_SERVICES_SCORING_CONVERT_INPUTS_H_
#define ASSAY_SERVICES_SCORING_CONVERT_INPUTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "assay/scoring/v1/scoring.pb.h"

#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/errors.h"

namespace assay::scoring {

// Unicode code points of valid UTF-8, which protobuf makes sure of.
size_t CountCharacters(std::string_view utf8);

// False for nothing but white space: a reason has to say something.
bool SaysSomething(std::string_view text);

enum class AsOf { kRequired, kOptional };

struct ConvertedInputs {
  AssessmentInput input;
  // What is wrong with the form: TOO_MANY, TEXT_TOO_LONG, DATE_INVALID. `input` is fit for
  // Validate() only when empty.
  std::vector<InputIssue> issues;
};

// Mode stays kFinal. Numbers of enums that are unknown become values that Validate() refuses.
ConvertedInputs ToInput(const v1::AssessmentInputs& inputs, AsOf as_of);

// Adds the overturned controls of a ScoreRequest, with TOO_MANY and TEXT_TOO_LONG as above.
void AddOverturnedControls(const google::protobuf::RepeatedPtrField<std::string>& controls,
                           ConvertedInputs& converted);

// Form first, then, when it is sound, the rules of the profile: every issue, in order.
std::vector<InputIssue> CheckInputs(const CompiledProfile& profile,
                                    const ConvertedInputs& converted);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CONVERT_INPUTS_H_
