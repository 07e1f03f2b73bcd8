#include "tests/journey/sample.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

#include "common/testing/temp_dir.h"
#include "common/text/view.h"

namespace assay::journey {
namespace {

template <typename Message>
Message FromJson(const nlohmann::json& json) {
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(json.dump(), &message);
  if (!status.ok()) {
    std::cerr << status.ToString() << " in " << json.dump() << "\n";
    std::abort();
  }
  return message;
}

scoring::v1::Certificate CyberEssentials() {
  scoring::v1::Certificate certificate;
  certificate.set_kind("CYBER_ESSENTIALS");
  certificate.set_number("TR-CE-2026-0212");
  certificate.set_issued_on("2026-03-02");
  certificate.set_expires_on("2027-03-01");
  certificate.set_scope_verdict(scoring::v1::SCOPE_VERDICT_COVERS);
  return certificate;
}

}  // namespace

Sample LoadSample(std::string_view name) {
  const std::string path =
      absl::StrCat(ASSAY_JOURNEY_SOURCE_DIR "/deploy/samples/", ToAbsl(name), ".json");
  const nlohmann::json document = nlohmann::json::parse(testing_kit::ReadFileOrDie(path));
  Sample sample;
  sample.assessment_id = document.at("assessment_id").get<std::string>();
  sample.assessment = FromJson<assessment_store::v1::Assessment>(document.at("assessment"));
  sample.as_of = document.at("submit").at("as_of").get<std::string>();
  for (const nlohmann::json& certificate : document.at("certificates")) {
    sample.certificates.push_back(FromJson<scoring::v1::Certificate>(certificate));
  }
  for (const nlohmann::json& change : document.at("changes")) {
    sample.changes.push_back(FromJson<assessment_store::v1::ControlChange>(change));
  }
  return sample;
}

assessment_store::v1::ControlChange MetChange(std::string_view control_id) {
  assessment_store::v1::ControlChange change;
  scoring::v1::ControlInput& result = *change.mutable_result();
  result.set_control_id(std::string(control_id));
  result.mutable_theoretical()->set_status(scoring::v1::CONTROL_STATUS_MET);
  result.mutable_practical()->set_status(scoring::v1::CONTROL_STATUS_MET);
  return change;
}

Sample SmallFlaggedSample(std::string_view assessment_id) {
  Sample sample;
  sample.assessment_id = std::string(assessment_id);
  sample.assessment.set_display_name("Small and flagged");
  sample.assessment.set_profile("L0");
  sample.assessment.mutable_pins()->set_catalogue("schemes/dcc/catalogues/def-stan-05-138-i4");
  sample.assessment.mutable_pins()->set_rule_set("schemes/dcc/ruleSets/asr-2.1");
  sample.assessment.set_supplier("organisations/tamar-robotics");
  sample.assessment.set_certification_body("organisations/northgate-assurance");
  sample.certificates = {CyberEssentials()};
  sample.changes = {MetChange("0001"), MetChange("2314"), MetChange("2500")};
  scoring::v1::ControlInput& overridden = *sample.changes[1].mutable_result();
  overridden.mutable_practical()->set_status(scoring::v1::CONTROL_STATUS_NOT_MET);
  overridden.mutable_override()->set_reasoning("Met in another way, seen on site.");
  sample.as_of = "2026-10-01";
  return sample;
}

}  // namespace assay::journey
