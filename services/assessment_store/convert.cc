#include "services/assessment_store/convert.h"

#include "absl/strings/str_cat.h"

#include "common/audit/etag.h"
#include "common/ids/hex.h"
#include "common/time/timestamp.h"
#include "services/assessment_store/domain/names.h"
#include "services/assessment_store/errors.h"

namespace assay::assessment_store {
namespace {

google::protobuf::Timestamp FromMicros(int64_t micros) {
  return ToTimestamp(absl::FromUnixMicros(micros));
}

}  // namespace

std::string StateWord(v1::AssessmentState state) {
  static constexpr std::string_view kPrefix = "ASSESSMENT_STATE_";
  return v1::AssessmentState_Name(state).substr(kPrefix.size());
}

v1::Assessment ToApi(const records::AssessmentRecord& record, const audit::ChainHead& head) {
  v1::Assessment api;
  api.set_name(AssessmentName(record.id()));
  api.set_display_name(record.display_name());
  api.set_scheme(SchemeOf(record.pins().catalogue()));
  api.set_profile(record.profile());
  *api.mutable_pins() = record.pins();
  api.set_supplier(record.supplier());
  api.set_certification_body(record.certification_body());
  api.set_state(record.state());
  api.set_submission_number(record.submission_number());
  if (!record.current_digest().empty()) {
    api.set_current_verdict(VerdictName(record.id(), record.current_digest()));
  }
  *api.mutable_certificates() = record.certificates();
  api.set_controls_in_scope(record.controls_in_scope());
  api.set_controls_confirmed(record.controls_confirmed());
  if (record.has_return_decision()) {
    *api.mutable_return_decision() = record.return_decision();
  }
  api.set_etag(audit::EtagOf(head));
  *api.mutable_overturned_controls() = record.overturned_controls();
  *api.mutable_create_time() = FromMicros(record.create_time_us());
  *api.mutable_update_time() = FromMicros(record.update_time_us());
  return api;
}

v1::ControlResult ToApi(std::string_view assessment, const records::ControlRecord& record) {
  v1::ControlResult api;
  api.set_name(
      absl::StrCat(AssessmentName(assessment), "/controlResults/", record.result().control_id()));
  *api.mutable_result() = record.result();
  api.set_confirmed(record.confirmed());
  api.set_updated_by(record.updated_by());
  *api.mutable_update_time() = FromMicros(record.update_time_us());
  return api;
}

v1::VerdictRecord ToApi(std::string_view assessment, const records::StoredVerdict& verdict) {
  v1::VerdictRecord api;
  api.set_name(VerdictName(assessment, verdict.verdict().result_digest()));
  *api.mutable_verdict() = verdict.verdict();
  api.set_submission_number(verdict.submission_number());
  *api.mutable_overturned_controls() = verdict.overturned_controls();
  *api.mutable_create_time() = FromMicros(verdict.create_time_us());
  return api;
}

absl::StatusOr<v1::AssessmentEvent> ToApi(std::string_view assessment, const audit::Event& event) {
  records::EventBody body;
  if (!body.ParseFromString(event.body)) return RecordMalformed("event body", assessment);
  v1::AssessmentEvent api;
  api.set_sequence(static_cast<int64_t>(event.sequence));
  *api.mutable_event_time() = ToTimestamp(event.time);
  api.set_actor(event.actor.subject);
  api.set_actor_organisation(event.actor.organisation);
  for (const std::string& role : event.actor.roles) api.add_actor_roles(role);
  api.set_type(event.type);
  api.set_hash(ToHex(event.hash));
  for (const auto& text : event.texts) {
    if (text.text.has_value()) (*api.mutable_texts())[text.field] = *text.text;
  }
  for (const auto& result : body.results()) api.add_controls(result.control_id());
  for (const auto& control : body.controls()) api.add_controls(control);
  for (const auto& control : body.decision().controls()) api.add_controls(control.control_id());
  api.set_submission_number(body.submission_number());
  api.set_result_digest(body.result_digest());
  api.set_decided_by(body.decision().reviewer());
  return api;
}

}  // namespace assay::assessment_store
