// Every limit of the scoring service, by name. Those of documents are the engine's (profile.h).

#ifndef ASSAY_SERVICES_SCORING_LIMITS_H_
#define ASSAY_SERVICES_SCORING_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace assay::scoring {

// Entries of lists of one request.
inline constexpr size_t kMaxCertificates = 10;
inline constexpr size_t kMaxControlInputs = 2'000;
inline constexpr size_t kMaxOverturnedControls = 200;
inline constexpr size_t kMaxQuestionOutcomes = 100;  // Of one finding.

inline constexpr size_t kMaxBatchRequests = 100;
inline constexpr size_t kMaxInputChanges = 500;  // Of one WhatIf.

// Characters (Unicode code points) of texts.
inline constexpr size_t kMaxReasonCharacters = 4'000;  // Reasons, reasonings, justifications.
inline constexpr size_t kMaxAnswerCharacters = 200;
inline constexpr size_t kMaxCertificateNumberCharacters = 100;
inline constexpr size_t kMaxCorrelationIdCharacters = 200;
inline constexpr size_t kMaxInputIdCharacters = 64;  // Control, question and profile ids, kinds.

inline constexpr size_t kMaxDocumentNameCharacters = 200;

// Problems in one answer of ValidateInputs; later ones are dropped.
inline constexpr size_t kMaxReportedProblems = 100;

// Messages of one ScoreStream or RescoreStream.
inline constexpr int64_t kMaxStreamRequests = 1'000'000;

// Compiled combinations of documents and profile kept in memory (about 100 KB each at the size of
// the shipped scheme; the tables of the largest the engine compiles take some 16 MB), and names of
// combinations that lead to them. The least used go first.
inline constexpr size_t kMaxCompiledBases = 64;
inline constexpr size_t kMaxResolvedNames = 512;

// How long a name without a revision may keep meaning the revision it meant.
inline constexpr absl::Duration kAliasLifetime = absl::Seconds(5);
// While one caller asks again, the others go on with the old meaning for at most this long.
inline constexpr absl::Duration kAliasGrace = absl::Seconds(2);

// The longest one call to the catalogue may take.
inline constexpr absl::Duration kCatalogueCallLimit = absl::Seconds(2);

// What a caller is told to wait when the catalogue cannot be asked.
inline constexpr absl::Duration kCatalogueRetryDelay = absl::Seconds(1);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_LIMITS_H_
