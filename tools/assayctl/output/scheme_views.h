// Schemes and their documents for people. Every text ends in '\n'.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCHEME_VIEWS_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCHEME_VIEWS_H_

#include <string>
#include <string_view>

#include "assay/catalogue/v1/catalogue.pb.h"
#include "assay/catalogue/v1/catalogue_service.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// Which controls to show; empty means all.
struct ControlFilter {
  std::string profile;
  std::string objective;
};

std::string RenderSchemes(const catalogue::v1::ListSchemesResponse& list, const Style& style);

// A scheme with the revisions of its documents.
std::string RenderScheme(const catalogue::v1::Scheme& scheme,
                         const catalogue::v1::ListCataloguesResponse& catalogues,
                         const catalogue::v1::ListQuestionSetsResponse& question_sets,
                         const catalogue::v1::ListRuleSetsResponse& rule_sets, const Style& style);

// Takes the controls out of `catalogue` that the filter does not want.
void Filter(const ControlFilter& filter, catalogue::v1::Catalogue& catalogue);
std::string RenderControls(const catalogue::v1::Catalogue& catalogue, const Style& style);

// Thresholds, objectives, points and every named option of the rule set.
std::string RenderRuleSet(const catalogue::v1::RuleSet& rule_set, const Style& style);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCHEME_VIEWS_H_
