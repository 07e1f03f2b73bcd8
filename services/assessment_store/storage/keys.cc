#include "services/assessment_store/storage/keys.h"

#include "common/status/macros.h"
#include "common/storage/key_codec.h"

namespace assay::assessment_store {
namespace {

using storage::KeyBuilder;

constexpr storage::KeyFamily kAssessmentFamily = 0x01;
constexpr storage::KeyFamily kControlFamily = 0x02;
constexpr storage::KeyFamily kVerdictFamily = 0x03;
constexpr storage::KeyFamily kAppliedDecisionFamily = 0x04;
constexpr storage::KeyFamily kOrganisationFamily = 0x05;

storage::ScanRange After(const std::string& prefix, const std::string& last) {
  storage::ScanRange range = storage::PrefixRange(prefix);
  range.begin = storage::KeyAfter(last);
  return range;
}

}  // namespace

std::string AssessmentKey(std::string_view assessment) {
  return KeyBuilder(kAssessmentFamily).String(assessment).Build();
}

std::string ControlKey(std::string_view assessment, std::string_view control) {
  return KeyBuilder(kControlFamily).String(assessment).String(control).Build();
}

std::string VerdictKey(std::string_view assessment, std::string_view digest) {
  return KeyBuilder(kVerdictFamily).String(assessment).String(digest).Build();
}

std::string AppliedDecisionKey(std::string_view assessment, std::string_view review_item) {
  return KeyBuilder(kAppliedDecisionFamily).String(assessment).String(review_item).Build();
}

std::string OrganisationKey(std::string_view organisation, std::string_view assessment) {
  return KeyBuilder(kOrganisationFamily).String(organisation).String(assessment).Build();
}

storage::ScanRange AssessmentsAfter(std::string_view after) {
  return After(KeyBuilder(kAssessmentFamily).Build(), AssessmentKey(after));
}

storage::ScanRange OrganisationAfter(std::string_view organisation, std::string_view after) {
  return After(KeyBuilder(kOrganisationFamily).String(organisation).Build(),
               OrganisationKey(organisation, after));
}

storage::ScanRange ControlsAfter(std::string_view assessment, std::string_view after) {
  return After(KeyBuilder(kControlFamily).String(assessment).Build(),
               ControlKey(assessment, after));
}

absl::StatusOr<std::string> AssessmentOfAssessmentKey(std::string_view key) {
  storage::KeyParser parser(key, kAssessmentFamily);
  std::string assessment = parser.String();
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  return assessment;
}

absl::StatusOr<std::string> AssessmentOfOrganisationKey(std::string_view key) {
  storage::KeyParser parser(key, kOrganisationFamily);
  parser.String();
  std::string assessment = parser.String();
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  return assessment;
}

}  // namespace assay::assessment_store
