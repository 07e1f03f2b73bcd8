// Random whole assessments, scored by both evaluators: over the real shape of the Defence Cyber
// Certification at every level, with random questions and options, and over schemes that are random
// through and through.
//
// Scheme n of a run is made from seed + n alone, and kRecordsPerScheme records with it: a failure
// names its seed, and comes back with ASSAY_PROOF_SEED set to that. ASSAY_PROOF_ASSESSMENTS (a
// whole number) sets how many assessments each test makes, without limit; by default they take some
// seconds each.

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "services/scoring/engine/model_one.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/engine/testing/random_scheme.h"
#include "services/scoring/engine/validate.h"
#include "services/scoring/proof/agree.h"

namespace assay::scoring {
namespace {

constexpr uint64_t kDefaultSeed = 20'605;
// Records scored under each scheme that is compiled.
constexpr uint64_t kRecordsPerScheme = 200;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Makes assessments in batches of one scheme each until there are enough.
class RandomRun {
 public:
  explicit RandomRun(uint64_t assessments)
      : assessments_(FromEnvironment("ASSAY_PROOF_ASSESSMENTS", assessments)),
        seed_(FromEnvironment("ASSAY_PROOF_SEED", kDefaultSeed)) {}

  // `make_pair` gets a generator and gives the evaluators of a scheme.
  template <typename MakePair>
  void Run(const MakePair& make_pair) {
    const std::clock_t start = std::clock();
    for (uint64_t seed = seed_; done_ < assessments_ && !::testing::Test::HasFailure(); ++seed) {
      Random random(seed);
      Pair pair = make_pair(random);
      ScoreUnder(pair, random, seed);
    }
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    std::printf(
        "seed %llu: %llu assessments, %.0f a second of one core: "
        "both evaluators and the comparison\n",
        static_cast<unsigned long long>(seed_), static_cast<unsigned long long>(done_),
        static_cast<double>(done_) / seconds);
  }

  // How often a verdict came to each outcome.
  const std::map<VerdictOutcome, uint64_t>& outcomes() const { return outcomes_; }
  uint64_t done() const { return done_; }

 private:
  void ScoreUnder(Pair& pair, Random& random, uint64_t seed) {
    Record record;
    for (uint64_t i = 0; i < kRecordsPerScheme && done_ < assessments_; ++i, ++done_) {
      RandomRecordInto(pair.profile(), random, record);
      const auto difference = pair.Disagreement(record);
      ++outcomes_[pair.mine().verdict.outcome];
      if (difference.has_value()) {
        ADD_FAILURE() << "seed " << seed << ", record " << i << ": " << *difference;
        return;
      }
      if (i % 50 == 0) {
        CheckThatItCouldBeRecorded(pair.profile(), record, seed);
      }
    }
  }

  // The generator makes nothing that the engine would refuse, and inputs say the same as records.
  static void CheckThatItCouldBeRecorded(const CompiledProfile& profile, const Record& record,
                                         uint64_t seed) {
    const AssessmentInput input = ToInput(profile, record);
    const auto problems = Validate(profile, input);
    EXPECT_TRUE(problems.empty()) << "seed " << seed << ": " << problems.front().detail;
    EXPECT_EQ(ToRecord(profile, input), record) << "seed " << seed;
  }

  const uint64_t assessments_;
  const uint64_t seed_;
  uint64_t done_ = 0;
  std::map<VerdictOutcome, uint64_t> outcomes_;
};

TEST(RandomAssessmentsTest, DefenceCyberCertificationAtEveryLevel) {
  RandomRun run(20'000);
  run.Run([](Random& random) {
    SchemeDefinition scheme = DccScheme(random.Chance(70) ? AsrV21() : AsrPreV21());
    AddRandomQuestions(scheme, random, 60);
    return Pair(scheme, "L" + std::to_string(random.Below(4)));
  });
  if (run.done() >= 20'000) {  // The numbers show that no branch of the verdict was left out.
    for (const VerdictOutcome outcome :
         {VerdictOutcome::kPassed, VerdictOutcome::kFailed, VerdictOutcome::kIncomplete}) {
      EXPECT_GT(run.outcomes().at(outcome), run.done() / 50) << static_cast<int>(outcome);
    }
  }
}

TEST(RandomAssessmentsTest, DefenceCyberCertificationUnderEveryOption) {
  RandomRun run(20'000);
  run.Run([](Random& random) {
    SchemeDefinition scheme = DccScheme();
    scheme.rules.options = RandomOptions(random);
    AddRandomQuestions(scheme, random, 60);
    return Pair(scheme, "L" + std::to_string(random.Below(4)));
  });
}

TEST(RandomAssessmentsTest, SchemesThatNobodyWouldWrite) {
  RandomRun run(100'000);
  run.Run([](Random& random) {
    const SchemeDefinition scheme = RandomScheme(random);
    return Pair(scheme, random.OneOf(scheme.profiles));
  });
  if (run.done() >= 100'000) {
    for (const VerdictOutcome outcome :
         {VerdictOutcome::kPassed, VerdictOutcome::kConditional, VerdictOutcome::kFailed,
          VerdictOutcome::kRated, VerdictOutcome::kIncomplete}) {
      EXPECT_GT(run.outcomes().at(outcome), run.done() / 50) << static_cast<int>(outcome);
    }
  }
}

}  // namespace
}  // namespace assay::scoring
