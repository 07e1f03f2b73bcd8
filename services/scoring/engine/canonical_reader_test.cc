// Canonical bytes read back: what was written comes out, and nothing else is taken for a result.

#include "services/scoring/engine/canonical_reader.h"

#include <string>

#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/engine/testing/random_scheme.h"
#include "services/scoring/engine/testing/read_back.h"

namespace assay::scoring {
namespace {

constexpr uint64_t kSeed = 20260614;

DocumentDigests Digests() {
  return {std::string(32, '\x11'), std::string(), std::string(32, '\x33')};
}

std::string Problem(std::string_view bytes) {
  std::string problem;
  return ReadCanonicalResult(bytes, problem).has_value() ? "" : problem;
}

// A short result of version 2 without questions, certificates or anything failed.
std::string Bytes(uint32_t version = kCanonicalVersion) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L0");
  const Record record = ToRecord(profile, AllMet(profile));
  return CanonicalResultBytes(profile, record, Evaluate(profile, record), Digests(), version);
}

// Where fields of Bytes() stand: magic, version, three digests (the second empty), "L0".
constexpr size_t kVersionAt = 8;
constexpr size_t kCatalogueAt = 12;
constexpr size_t kModeAt = kCatalogueAt + 36 + 4 + 36 + 6;
constexpr size_t kCertificatesAt = kModeAt + 5;

TEST(CanonicalReaderTest, ReadsWhatWasWritten) {
  for (uint64_t seed = kSeed; seed < kSeed + 60; ++seed) {
    Random random(seed);
    SchemeDefinition scheme = RandomScheme(random);
    const CompiledProfile profile = MustCompile(scheme, random.OneOf(scheme.profiles));
    const Record record = RandomRecord(profile, random);
    const Evaluation evaluation = Evaluate(profile, record);
    for (const uint32_t version : {kFirstCanonicalVersion, kCanonicalVersion}) {
      if (IsCanonicalVersion(profile, version)) {
        const std::string bytes =
            CanonicalResultBytes(profile, record, evaluation, Digests(), version);
        ASSERT_EQ(ReadBackDifference(profile, record, evaluation, Digests(), version, bytes), "")
            << "seed " << seed << ", version " << version;
      }
    }
  }
}

TEST(CanonicalReaderTest, ReadsBothVersionsOfTheRealScheme) {
  for (const char* id : {"L0", "L1", "L2", "L3"}) {
    const CompiledProfile profile = MustCompile(DccScheme(), id);
    Random random(kSeed);
    for (int i = 0; i < 20; ++i) {
      const Record record = RandomRecord(profile, random);
      const Evaluation evaluation = Evaluate(profile, record);
      for (const uint32_t version : {kFirstCanonicalVersion, kCanonicalVersion}) {
        const std::string bytes =
            CanonicalResultBytes(profile, record, evaluation, Digests(), version);
        ASSERT_EQ(ReadBackDifference(profile, record, evaluation, Digests(), version, bytes), "")
            << id << ", record " << i << ", version " << version;
      }
    }
  }
}

TEST(CanonicalReaderTest, RefusesBytesThatEndEarlyOrGoOn) {
  for (const uint32_t version : {kFirstCanonicalVersion, kCanonicalVersion}) {
    const std::string bytes = Bytes(version);
    EXPECT_EQ(Problem(bytes), "");
    for (size_t size = 0; size < bytes.size(); ++size) {
      ASSERT_NE(Problem(bytes.substr(0, size)), "") << size << " of version " << version;
    }
    EXPECT_EQ(Problem(bytes + '\0'),
              "byte " + std::to_string(bytes.size()) + ", end: 1 bytes follow the last field");
  }
}

struct BadByte {
  const char* name;
  size_t at;
  char byte;
  const char* problem;
};

TEST(CanonicalReaderTest, NamesTheFieldThatIsWrong) {
  const BadByte table[] = {
      {"Magic", 0, 'a', "byte 0, magic: is not ASSAYRES"},
      {"Inputs", 5, 'I', "byte 0, magic: is not ASSAYRES"},
      {"Version", kVersionAt + 3, 3, "byte 8, version: 3 is neither 1 nor 2"},
      {"Digest", kCatalogueAt + 3, 31, "byte 12, catalogue digest: has 31 bytes, not 32"},
      {"Mode", kModeAt, 3, "byte 94, mode: 3 is none"},
      {"Count", kCertificatesAt, 1, "byte 99, certificates: claims 16777218 entries in"},
  };
  for (const BadByte& bad : table) {
    std::string bytes = Bytes();
    bytes[bad.at] = bad.byte;
    EXPECT_EQ(Problem(bytes).substr(0, std::string(bad.problem).size()), bad.problem) << bad.name;
  }
}

}  // namespace
}  // namespace assay::scoring
