// The schemes that fuzz targets score under: shipped and synthetic documents of the repository,
// taken the way they take in service (parsed, validated, converted).

#ifndef ASSAY_TESTS_FUZZ_SCHEMES_H_
#define ASSAY_TESTS_FUZZ_SCHEMES_H_

#include <string_view>

#include "services/catalogue/domain/document.h"
#include "services/scoring/engine/definition.h"

namespace assay::fuzz {

// All end the process when a document is not accepted.

// The small scheme of model version 2 that uses every key, with or without its question set.
catalogue::SchemeDocuments ModelTwoDocuments(bool with_questions);

// The shipped Defence Cyber Certification with its Level 0 question set and ASR v2.1 alone.
catalogue::SchemeDocuments DccDocuments();

// The same with the synthetic Level 1 question set instead.
catalogue::SchemeDocuments DccWithLevelOneQuestions();

// The first catalogue, rule set and question set (if any) as the engine takes them.
scoring::SchemeDefinition DefinitionOf(const catalogue::SchemeDocuments& documents);

}  // namespace assay::fuzz

#endif  // ASSAY_TESTS_FUZZ_SCHEMES_H_
