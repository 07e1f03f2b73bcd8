// The fixture of the refusal tests: people, the steps that bring an assessment to where a test
// needs it, and the one way to state a refusal.
//
//   ExpectRefused(&Store::SubmitAssessment, As(anna_), request,
//                 Refused(kPrecondition, "ASSESSMENT_NOT_OPEN", ""));

#ifndef ASSAY_TESTS_REFUSALS_REFUSAL_TEST_H_
#define ASSAY_TESTS_REFUSALS_REFUSAL_TEST_H_

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "common/auth/role.h"
#include "common/testing/status_matchers.h"
#include "tests/refusals/whole_system.h"

namespace assay::refusals {

namespace store = assessment_store::v1;
namespace queue = review_queue::v1;

inline constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
inline constexpr auto kPrecondition = absl::StatusCode::kFailedPrecondition;
inline constexpr auto kDenied = absl::StatusCode::kPermissionDenied;
inline constexpr auto kAborted = absl::StatusCode::kAborted;
inline constexpr auto kNotFound = absl::StatusCode::kNotFound;

// The day all tests score at: the fake clock's.
inline constexpr char kAsOf[] = "2026-06-01";

using StatusMatcher = testing::Matcher<const absl::Status&>;

// An error of ours with code and reason that names `field`, or no field at all when it is "".
StatusMatcher Refused(absl::StatusCode code, std::string_view reason, std::string_view field);
// An error born inside gRPC: a code, no details.
StatusMatcher RefusedByGrpc(absl::StatusCode code);

struct Person {
  std::string subject;
  std::string organisation;
  auth::RoleSet roles;
};

// What of a write a test chooses.
struct WriteArguments {
  std::string token;
  std::string etag;
  std::string request_id = {};
};

// A write to one assessment by etag, otherwise acceptable while the assessment is open (a recall:
// while it is in review).
struct NamedWrite {
  std::string name;
  std::function<absl::Status(const WriteArguments&)> call;
};

// A message from its text format; a test failure when it does not parse.
template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// The name of a row in a table of cases.
template <typename Case>
std::string CaseName(const testing::TestParamInfo<Case>& row) {
  return row.param.name;
}

class RefusalTest : public testing::Test {
 protected:
  // A token of the person, valid now.
  std::string As(const Person& person) const;
  std::string AsService(std::string_view subject) const {
    return system_.keys().MintService(subject);
  }

  // Runs `call`, which must fail as `refusal` says and leave every stored byte as it was.
  void ExpectRefused(const std::function<absl::Status()>& call, const StatusMatcher& refusal,
                     int line = __builtin_LINE());

  template <typename Stub, typename Request, typename Response>
  void ExpectRefused(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                     const std::string& token, const std::type_identity_t<Request>& request,
                     const StatusMatcher& refusal, int line = __builtin_LINE()) {
    ExpectRefused([&] { return system_.Call(method, token, request).status(); }, refusal, line);
  }

  // The answer, which must be OK.
  template <typename Stub, typename Request, typename Response>
  Response Must(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const std::string& token, const std::type_identity_t<Request>& request,
                int line = __builtin_LINE()) {
    auto response = system_.Call(method, token, request);
    EXPECT_TRUE(response.ok()) << "line " << line << ": "
                               << testing_kit::Describe(response.status());
    return response.ok() ? *std::move(response) : Response();
  }

  // Control ids in scope at the profile, in catalogue order.
  std::vector<std::string> Scope(const std::string& profile);

  // Requests on assessments/<id> as it is now; each would be accepted in the right state.
  store::CreateAssessmentRequest CreateRequest(const std::string& id, const std::string& profile);
  // `changes` in text format: "changes { result { ... } }".
  store::RecordControlResultsRequest RecordRequest(const std::string& id,
                                                   const std::string& changes);
  store::RecordCertificatesRequest CertificatesRequest(const std::string& id);
  store::ConfirmControlsRequest ConfirmRequest(const std::string& id);
  store::SubmitAssessmentRequest SubmitRequest(const std::string& id);
  store::RecallSubmissionRequest RecallRequest(const std::string& id);
  static queue::DecideReviewItemRequest UpholdRequest(const queue::ClaimReviewItemResponse& claim);
  static queue::ClaimReviewItemRequest ClaimRequest(const std::string& item);

  // Each write by etag but the creation.
  std::vector<NamedWrite> Writes(const std::string& id);

  // Steps by Anna that must succeed.
  store::Assessment Create(const std::string& id, const std::string& profile);
  store::Assessment Get(const std::string& id);
  void Record(const std::string& id, const std::string& changes);
  // Creates; every control Met, `overridden` (none when empty) Not Met with an override; a valid
  // certificate; all confirmed.
  void Prepare(const std::string& id, const std::string& profile, const std::string& overridden);
  store::SubmitAssessmentResponse Submit(const std::string& id);
  // A Level 0 assessment with an override on 2314, submitted and delivered: its review item's name.
  std::string InReview(const std::string& id);
  queue::ClaimReviewItemResponse Claim(const Person& person, const std::string& item);
  queue::ReviewItem GetItem(const std::string& item);

  const Person anna_{"anna", "organisations/northgate", {auth::Role::ROLE_ASSESSOR}};
  const Person olaf_{"olaf", "organisations/southgate", {auth::Role::ROLE_ASSESSOR}};
  const Person sam_{"sam", "organisations/harbour", {auth::Role::ROLE_SUPPLIER}};
  const Person tess_{"tess", "organisations/quarry", {auth::Role::ROLE_SUPPLIER}};
  const Person ravi_{"ravi", "organisations/scheme-owner", {auth::Role::ROLE_REVIEWER}};
  const Person rita_{"rita", "organisations/scheme-owner", {auth::Role::ROLE_REVIEW_LEAD}};

  WholeSystem system_;
};

}  // namespace assay::refusals

#endif  // ASSAY_TESTS_REFUSALS_REFUSAL_TEST_H_
