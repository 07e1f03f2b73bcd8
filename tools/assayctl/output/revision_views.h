// Publishing, revisions, aliases and differences of documents for people. Every text ends in '\n'.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_REVISION_VIEWS_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_REVISION_VIEWS_H_

#include <string>

#include "google/protobuf/repeated_ptr_field.h"

#include "assay/catalogue/v1/catalogue_service.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

enum class PublishMode { kPublish, kValidateOnly };

std::string RenderPublished(const catalogue::v1::PublishRevisionsResponse& response,
                            PublishMode mode, const Style& style);

// What the conversions dropped and what the publisher should know; "" when there is nothing.
std::string RenderPublishRemarks(const catalogue::v1::PublishRevisionsResponse& response);

// "name: groups[].controls[].parts: what (3 places, first groups[0]...)", one line each; "" when
// there is none.
std::string RenderLosses(
    const std::string& name,
    const google::protobuf::RepeatedPtrField<catalogue::v1::ConversionLoss>& losses);

std::string RenderRevisions(const catalogue::v1::ListRevisionsResponse& list, const Style& style);

// A line for each entry of each alias, the one in force marked.
std::string RenderAliases(const catalogue::v1::ListAliasesResponse& list, const Style& style);
std::string RenderAlias(const catalogue::v1::Alias& alias, const Style& style);

// Added, removed and changed controls and questions, changed rules, and the levels affected.
std::string RenderComparison(const catalogue::v1::CompareRevisionsResponse& comparison,
                             const Style& style);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_REVISION_VIEWS_H_
