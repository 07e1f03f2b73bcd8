#include "services/catalogue/testing/shipped.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "common/status/macros.h"

namespace assay::catalogue {
namespace {

struct ShippedFile {
  const char* path;
  DocumentKind kind;
  nlohmann::json ShippedJson::*json;
};

constexpr ShippedFile kFiles[] = {
    {"dcc/scheme.json", DocumentKind::kScheme, &ShippedJson::scheme},
    {"dcc/catalogues/def-stan-05-138-i4.json", DocumentKind::kCatalogue, &ShippedJson::catalogue},
    {"dcc/question-sets/level-0.json", DocumentKind::kQuestionSet, &ShippedJson::question_set},
    {"dcc/rule-sets/asr-2.1.json", DocumentKind::kRuleSet, &ShippedJson::rule_set},
    {"dcc/rule-sets/asr-pre-2.1.json", DocumentKind::kRuleSet, &ShippedJson::earlier_rule_set},
};

}  // namespace

nlohmann::json& ShippedJson::of(DocumentKind kind) {
  for (const ShippedFile& file : kFiles) {
    if (file.kind == kind) return this->*file.json;
  }
  std::abort();
}

ShippedJson LoadShipped(const std::string& data_dir) {
  ShippedJson shipped;
  for (const ShippedFile& file : kFiles) {
    std::ifstream stream(data_dir + "/" + file.path);
    if (!stream) std::abort();
    stream >> shipped.*file.json;
  }
  return shipped;
}

absl::StatusOr<SchemeDocuments> ParseAll(ShippedJson json) {
  SchemeDocuments documents;
  for (const ShippedFile& file : kFiles) {
    ASSAY_ASSIGN_OR_RETURN(Document document,
                           ParseDocument("dcc", file.kind, file.path, (json.*file.json).dump()));
    switch (file.kind) {
      case DocumentKind::kScheme:
        documents.scheme = std::move(document);
        break;
      case DocumentKind::kCatalogue:
        documents.catalogues.push_back(std::move(document));
        break;
      case DocumentKind::kQuestionSet:
        documents.question_sets.push_back(std::move(document));
        break;
      case DocumentKind::kRuleSet:
        documents.rule_sets.push_back(std::move(document));
        break;
    }
  }
  return documents;
}

void WriteAll(ShippedJson json, const std::string& scheme_dir) {
  for (const ShippedFile& file : kFiles) {
    const std::filesystem::path path = std::filesystem::path(scheme_dir) / file.path;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream stream(path);
    stream << (json.*file.json).dump();
    if (!stream.flush()) std::abort();
  }
}

}  // namespace assay::catalogue
