// Fields that a supplier may not write.

#include <ostream>
#include <string>

#include "gtest/gtest.h"

#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

// What a supplier writes is refused by its first field, whatever else is right about it.
struct SupplierCase {
  const char* name;
  const char* result;  // Text format of a ControlInput of 2314 at Level 0.
  const char* field;
};

void PrintTo(const SupplierCase& row, std::ostream* out) { *out << row.name; }

class SupplierRefusalTest : public RefusalTest, public testing::WithParamInterface<SupplierCase> {};

TEST_P(SupplierRefusalTest, MayNotBeWrittenByASupplier) {
  Create("a1", "L0");
  ExpectRefused(&Store::RecordControlResults, As(sam_),
                RecordRequest("a1", std::string("changes { result { control_id: '2314' ") +
                                        GetParam().result + " } }"),
                testing::AllOf(Refused(kDenied, "FIELD_NOT_ALLOWED", GetParam().field),
                               StatusMatcher(testing_kit::HasMetadata("field", GetParam().field))));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, SupplierRefusalTest,
    testing::Values(
        SupplierCase{"Override", "override { reasoning: 'We are sure.' }",
                     "changes[0].result.override"},
        SupplierCase{"OverrideBesideAnAnswer",
                     "theoretical { questions { question_id: '2314.1' result: "
                     "QUESTION_RESULT_MEETS } } override { reasoning: 'We are sure.' }",
                     "changes[0].result.override"},
        SupplierCase{"NotApplicable", "not_applicable { justification: 'No personal data.' }",
                     "changes[0].result.not_applicable"},
        SupplierCase{"Adjustment", "adjustment { points: 1 reason: 'We are better than that.' }",
                     "changes[0].result.adjustment"},
        SupplierCase{"PracticalPhase",
                     "practical { questions { question_id: '2314.1' result: "
                     "QUESTION_RESULT_MEETS } }",
                     "changes[0].result.practical"},
        SupplierCase{"Status", "theoretical { status: CONTROL_STATUS_MET }",
                     "changes[0].result.theoretical.status"},
        SupplierCase{"QuestionNotApplicable",
                     "theoretical { questions { question_id: '2314.1' result: "
                     "QUESTION_RESULT_MEETS } questions { question_id: '2314.2' result: "
                     "QUESTION_RESULT_NOT_APPLICABLE justification: 'No personal data.' } }",
                     "changes[0].result.theoretical.questions[1].result"}),
    CaseName<SupplierCase>);

class SupplierOverRefusalTest : public RefusalTest {};

TEST_F(SupplierOverRefusalTest, ASuppliersAnswerOverAnAssessorsFinding) {
  Create("a1", "L0");
  Record("a1",
         "changes { result { control_id: '2314' theoretical { status: CONTROL_STATUS_NOT_MET } } "
         "}");
  ExpectRefused(&Store::RecordControlResults, As(sam_),
                RecordRequest("a1",
                              "changes { result { control_id: '2314' theoretical { questions { "
                              "question_id: '2314.1' result: QUESTION_RESULT_MEETS } } } }"),
                Refused(kDenied, "FIELD_NOT_ALLOWED", "changes[0].result.theoretical"));
}

TEST_F(SupplierOverRefusalTest, ASupplierClearingAnAssessorsOverride) {
  Create("a1", "L0");
  Record("a1", "changes { result { control_id: '2314' override { reasoning: 'Guarded.' } } }");
  ExpectRefused(
      &Store::RecordControlResults, As(sam_),
      RecordRequest("a1",
                    "changes { result { control_id: '2314' } update_mask { paths: 'override' } }"),
      Refused(kDenied, "FIELD_NOT_ALLOWED", "changes[0].result.override"));
}

}  // namespace
}  // namespace assay::refusals
