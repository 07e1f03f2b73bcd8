#include "services/catalogue/exchange/csv_columns.h"

namespace assay::catalogue {
namespace {

constexpr CsvColumn kCatalogueColumns[] = {{"id", CellType::kText, true},
                                           {"title", CellType::kText, true},
                                           {"model_version", CellType::kNumber, true},
                                           {"frame", CellType::kBoolean, false}};

constexpr CsvColumn kQuestionSetColumns[] = {{"id", CellType::kText, true},
                                             {"title", CellType::kText, true},
                                             {"model_version", CellType::kNumber, true},
                                             {"catalogue", CellType::kText, true}};

constexpr CsvColumn kTextColumns[] = {{"text", CellType::kText, true}};

constexpr CsvColumn kTitledColumns[] = {{"id", CellType::kText, true},
                                        {"title", CellType::kText, true}};

constexpr CsvColumn kControlColumns[] = {{"id", CellType::kText, true},
                                         {"title", CellType::kText, true},
                                         {"objective", CellType::kText, true},
                                         {"profiles", CellType::kList, true},
                                         {"certificate_kind", CellType::kText, false},
                                         {"certificate_kinds", CellType::kList, false}};

constexpr CsvColumn kAskedControlColumns[] = {{"id", CellType::kText, true},
                                              {"title", CellType::kText, true},
                                              {"catalogue_title", CellType::kText, false}};

constexpr CsvColumn kQuestionColumns[] = {{"id", CellType::kText, true},
                                          {"title", CellType::kText, true},
                                          {"control", CellType::kText, true},
                                          {"kind", CellType::kText, true},
                                          {"scored", CellType::kBoolean, true},
                                          {"profiles", CellType::kList, true},
                                          {"indicator", CellType::kText, false},
                                          {"answers", CellType::kList, false},
                                          {"asked_when.question", CellType::kText, false},
                                          {"asked_when.answers", CellType::kList, false}};

constexpr CsvRecord kCatalogueRecords[] = {{"document", "", false, kCatalogueColumns},
                                           {"source", "sources", true, kTextColumns},
                                           {"objective", "objectives", false, kTitledColumns},
                                           {"profile", "profiles", false, kTitledColumns},
                                           {"control", "controls", false, kControlColumns}};

constexpr CsvRecord kQuestionSetRecords[] = {{"document", "", false, kQuestionSetColumns},
                                             {"source", "sources", true, kTextColumns},
                                             {"control", "controls", false, kAskedControlColumns},
                                             {"question", "questions", false, kQuestionColumns}};

}  // namespace

std::span<const CsvRecord> CsvRecords(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kCatalogue:
      return kCatalogueRecords;
    case DocumentKind::kQuestionSet:
      return kQuestionSetRecords;
    case DocumentKind::kScheme:
    case DocumentKind::kRuleSet:
      break;
  }
  return {};
}

}  // namespace assay::catalogue
