// Page tokens that no list gave, or another list gave, on every list of every service.

#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

struct NamedList {
  std::string name;
  std::function<absl::Status(const std::string& page_token, int page_size)> call;
};

class PageTokenRefusalTest : public RefusalTest {
 protected:
  template <typename Method, typename Request>
  NamedList List(const char* name, Method method, const Person& person, const Request& request) {
    return {name, [this, method, person, request](const std::string& page_token, int page_size) {
              Request page = request;
              page.set_page_token(page_token);
              page.set_page_size(page_size);
              return system_.Call(method, As(person), page).status();
            }};
  }

  std::vector<NamedList> Lists() {
    namespace scheme = catalogue::v1;
    return {
        List("ListSchemes", &Catalogue::ListSchemes, anna_, scheme::ListSchemesRequest()),
        List("ListCatalogues", &Catalogue::ListCatalogues, anna_,
             Parse<scheme::ListCataloguesRequest>("parent: 'schemes/dcc'")),
        List("ListQuestionSets", &Catalogue::ListQuestionSets, anna_,
             Parse<scheme::ListQuestionSetsRequest>("parent: 'schemes/dcc'")),
        List("ListRuleSets", &Catalogue::ListRuleSets, anna_,
             Parse<scheme::ListRuleSetsRequest>("parent: 'schemes/dcc'")),
        List("ListAssessments", &Store::ListAssessments, anna_, store::ListAssessmentsRequest()),
        List("ListControlResults", &Store::ListControlResults, anna_,
             Parse<store::ListControlResultsRequest>("parent: 'assessments/a1'")),
        List("ListAssessmentEvents", &Store::ListAssessmentEvents, anna_,
             Parse<store::ListAssessmentEventsRequest>("parent: 'assessments/a1'")),
        List("ListReviewItems", &Queue::ListReviewItems, ravi_, queue::ListReviewItemsRequest()),
        List("ListReviewItemEvents", &Queue::ListReviewItemEvents, ravi_,
             Parse<queue::ListReviewItemEventsRequest>("parent: 'reviewItems/a1.1'")),
    };
  }

  // The token of the second page of assessments/a1's control results.
  std::string TokenOfControlResults() {
    auto request = Parse<store::ListControlResultsRequest>("parent: 'assessments/a1' page_size: 1");
    return Must(&Store::ListControlResults, As(anna_), request).next_page_token();
  }
};

TEST_F(PageTokenRefusalTest, EveryListAnswersItsFirstPage) {
  InReview("a1");
  for (const NamedList& list : Lists()) {
    EXPECT_THAT(list.call("", 0), testing_kit::IsOk()) << list.name;
  }
}

TEST_F(PageTokenRefusalTest, UnknownPageTokens) {
  InReview("a1");
  const std::string token = TokenOfControlResults();
  ASSERT_FALSE(token.empty());
  std::string flipped = token;
  flipped[flipped.size() / 2] = flipped[flipped.size() / 2] == 'A' ? 'B' : 'A';
  const std::vector<std::string> unknown = {
      "2",          "bm90LWEtdG9rZW4", "not base64!",          token.substr(0, token.size() - 1),
      token + "AA", flipped,           std::string(5000, 'A'),
  };
  for (const NamedList& list : Lists()) {
    for (const std::string& page_token : unknown) {
      SCOPED_TRACE(list.name + " with " + page_token.substr(0, 80));
      ExpectRefused([&] { return list.call(page_token, 0); },
                    Refused(kInvalid, "PAGE_TOKEN_INVALID", "page_token"));
    }
  }
}

TEST_F(PageTokenRefusalTest, ThePageTokenOfAnotherList) {
  InReview("a1");
  Prepare("a2", "L0", "");
  const std::string token = TokenOfControlResults();
  for (const NamedList& list : Lists()) {
    if (list.name == "ListControlResults") continue;
    SCOPED_TRACE(list.name);
    ExpectRefused([&] { return list.call(token, 0); },
                  Refused(kInvalid, "PAGE_TOKEN_INVALID", "page_token"));
  }
  auto other_parent = Parse<store::ListControlResultsRequest>("parent: 'assessments/a2'");
  other_parent.set_page_token(token);
  ExpectRefused(&Store::ListControlResults, As(anna_), other_parent,
                Refused(kInvalid, "PAGE_TOKEN_INVALID", "page_token"));
}

TEST_F(PageTokenRefusalTest, NegativePageSizes) {
  InReview("a1");
  for (const NamedList& list : Lists()) {
    SCOPED_TRACE(list.name);
    ExpectRefused([&] { return list.call("", -1); },
                  Refused(kInvalid, "PAGE_SIZE_INVALID", "page_size"));
  }
}

}  // namespace
}  // namespace assay::refusals
