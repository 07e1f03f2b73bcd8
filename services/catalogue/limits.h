// The limits of the catalogue service, by name. FORMAT.md in data/ repeats those of the files.

#ifndef ASSAY_SERVICES_CATALOGUE_LIMITS_H_
#define ASSAY_SERVICES_CATALOGUE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace assay::catalogue {

// Bytes of one scheme file. A document's canonical form and its API message are never longer than
// its file (plus a name), so both the storage's values and a gRPC message of 4 MiB hold it.
inline constexpr size_t kMaxFileBytes = 3 * 1024 * 1024;

// Objects and arrays inside one another.
inline constexpr int kMaxJsonDepth = 8;

// The document models this build reads: 1 to this.
inline constexpr uint32_t kLatestModelVersion = 2;

// Folders of schemes; files of one kind in one scheme; revisions of one document.
inline constexpr size_t kMaxSchemes = 64;
inline constexpr size_t kMaxDocumentsPerKind = 256;
inline constexpr uint32_t kMaxRevisions = 999'999'999;  // What a resource name can carry.

// Cells of a row of CSV; objects and arrays inside one another in OSCAL; fields that a conversion
// names as losses.
inline constexpr size_t kMaxCsvColumns = 64;
inline constexpr int kMaxOscalDepth = 32;
inline constexpr size_t kMaxLosses = 256;

// Of a comparison: changed values that are listed, and the bytes at which a value is cut. With the
// longest lists of changed members an answer stays below 4 MiB.
inline constexpr size_t kMaxChanges = 1'000;
inline constexpr size_t kMaxComparedValueBytes = 1'024;

// Documents and the bytes of a file's name in one request to publish.
inline constexpr int kMaxDrafts = 64;
inline constexpr size_t kMaxFileNameBytes = 256;

// Aliases of one document; entries of one alias's history.
inline constexpr size_t kMaxAliasesPerDocument = 64;
inline constexpr size_t kMaxAliasEntries = 1'000;

// Entries of lists.
inline constexpr size_t kMaxObjectives = 64;
inline constexpr size_t kMaxProfiles = 64;
inline constexpr size_t kMaxControls = 2'000;
inline constexpr size_t kMaxQuestions = 10'000;
inline constexpr size_t kMinGateAnswers = 2;  // One answer alone would decide nothing.
inline constexpr size_t kMaxGateAnswers = 64;
inline constexpr size_t kMaxSources = 64;
inline constexpr size_t kMaxScales = 16;
inline constexpr size_t kMinMarks = 2;
inline constexpr size_t kMaxMarks = 16;
inline constexpr size_t kMaxOutcomes = 16;
inline constexpr size_t kMaxRequirements = 20'000;
inline constexpr size_t kMaxReviewReasons = 16;
inline constexpr size_t kMinCertificateKinds = 2;  // One alone is a 'certificate_kind'.
inline constexpr size_t kMaxCertificateKinds = 3;  // As many as there are.

// Marks of a scale that outcomes of questions can be turned into.
inline constexpr int kMaxMarksWithQuestions = 3;

// Bytes of UTF-8 texts.
inline constexpr size_t kMaxTitleBytes = 256;
inline constexpr size_t kMaxSourceBytes = 512;
inline constexpr size_t kMaxResultStringBytes = 128;

// Characters of a gate's answer: as long as an answer that may be recorded for scoring.
inline constexpr size_t kMaxGateAnswerCharacters = 200;

// Characters of ids inside a document (document ids: common/ids).
inline constexpr size_t kMaxMemberIdCharacters = 32;

// Whole numbers.
inline constexpr int64_t kMaxPercent = 100;
inline constexpr int64_t kMaxControlPoints = 1'000;
inline constexpr int64_t kMaxTotalPoints = int64_t{kMaxControls} * kMaxControlPoints;
inline constexpr int64_t kMaxScoreBase = 100'000;  // Either way from 0.
inline constexpr int64_t kMaxMonths = 120;
inline constexpr int64_t kMaxSamplingPerThousand = 1'000;
inline constexpr int64_t kMaxReviewsRequired = 2;
inline constexpr int64_t kMaxQuestionNumber = 9'999;

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_LIMITS_H_
