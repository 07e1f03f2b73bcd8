#include "tools/assayctl/requests/load_document.h"

#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/json.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::Assessment;
using assessment_store::v1::ControlChange;
using google::protobuf::FieldDescriptor;
using google::protobuf::util::MessageDifferencer;
using scoring::v1::ControlInput;

absl::Status Invalid(std::string_view what, std::string_view message) {
  return UsageError("LOAD_DOCUMENT_INVALID", absl::StrCat(ToAbsl(what), ": ", ToAbsl(message)));
}

bool IsRequestIdText(std::string_view text) {
  for (char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') {
      return false;
    }
  }
  return true;
}

// The fields that `change` replaces: those of its mask, without one those present.
std::vector<const FieldDescriptor*> ChangedFields(const ControlChange& change) {
  std::vector<const FieldDescriptor*> fields;
  const google::protobuf::Descriptor* descriptor = ControlInput::descriptor();
  if (!change.update_mask().paths().empty()) {
    for (const std::string& path : change.update_mask().paths()) {
      if (const FieldDescriptor* field = descriptor->FindFieldByName(path); field != nullptr) {
        fields.push_back(field);
      }
    }
    return fields;
  }
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
        change.result().GetReflection()->HasField(change.result(), field)) {
      fields.push_back(field);
    }
  }
  return fields;
}

bool FieldEquals(const ControlInput& a, const ControlInput& b, const FieldDescriptor* field) {
  const google::protobuf::Reflection* reflection = a.GetReflection();
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    return true;  // control_id, by which both were found.
  }
  const bool in_a = reflection->HasField(a, field);
  if (in_a != reflection->HasField(b, field)) {
    return false;
  }
  return !in_a || MessageDifferencer::Equals(reflection->GetMessage(a, field),
                                             reflection->GetMessage(b, field));
}

}  // namespace

absl::StatusOr<LoadDocument> ParseLoadDocument(std::string_view what, std::string_view json) {
  LoadDocument document;
  ASSAY_RETURN_IF_ERROR(ParseJson(what, json, document));
  if (document.assessment_id().empty()) {
    return Invalid(what, "assessment_id is missing");
  }
  if (!document.has_assessment()) {
    return Invalid(what, "assessment is missing");
  }
  if (document.has_submit() && document.submit().as_of().empty()) {
    return Invalid(what, "submit.as_of is missing; give a date YYYY-MM-DD");
  }
  if (document.request_id_prefix().empty()) {
    document.set_request_id_prefix(document.assessment_id());
  }
  if (document.request_id_prefix().size() > kMaxRequestIdPrefix ||
      !IsRequestIdText(document.request_id_prefix())) {
    return Invalid(
        what, absl::StrCat("request_id_prefix \"", document.request_id_prefix(), "\" is not 1 to ",
                           kMaxRequestIdPrefix, " of A-Z, a-z, 0-9, '-' and '_'"));
  }
  return document;
}

bool CertificatesAreRecorded(const LoadDocument& document, const Assessment& assessment) {
  if (document.certificates_size() != assessment.certificates_size()) {
    return false;
  }
  for (int i = 0; i < document.certificates_size(); ++i) {
    if (!MessageDifferencer::Equals(document.certificates(i), assessment.certificates(i))) {
      return false;
    }
  }
  return true;
}

bool ChangesAreRecorded(const LoadDocument& document,
                        const assessment_store::v1::ListControlResultsResponse& recorded) {
  std::map<std::string_view, const ControlInput*> by_control;
  for (const auto& result : recorded.control_results()) {
    by_control[result.result().control_id()] = &result.result();
  }
  for (const ControlChange& change : document.changes()) {
    const auto it = by_control.find(change.result().control_id());
    const ControlInput& present =
        it == by_control.end() ? ControlInput::default_instance() : *it->second;
    for (const FieldDescriptor* field : ChangedFields(change)) {
      if (!FieldEquals(change.result(), present, field)) {
        return false;
      }
    }
  }
  return true;
}

bool IsFullyConfirmed(const Assessment& assessment) {
  return assessment.controls_in_scope() > 0 &&
         assessment.controls_confirmed() == assessment.controls_in_scope();
}

bool WasSubmitted(const Assessment& assessment) { return assessment.submission_number() > 0; }

}  // namespace assay::assayctl
