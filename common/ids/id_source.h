// Fresh identifiers and random bytes, injected. Only id_source.cc reads the system's randomness.

#ifndef ASSAY_COMMON_IDS_ID_SOURCE_H_
#define ASSAY_COMMON_IDS_ID_SOURCE_H_

#include <atomic>
#include <cstdint>
#include <string>

namespace assay {

// Thread-safe.
class IdSource {
 public:
  virtual ~IdSource() = default;

  // `count` bytes that nobody can guess.
  virtual std::string RandomBytes(size_t count) = 0;

  // A fresh resource id: 26 characters of lower-case base32 (130 random bits), fit for a URL.
  std::string NewId();
};

// The operating system's generator. Lives for the whole process.
IdSource& SystemIdSource();

// For tests: the same sequence for the same seed.
class FakeIdSource final : public IdSource {
 public:
  explicit FakeIdSource(uint64_t seed = 1) : state_(seed) {}
  std::string RandomBytes(size_t count) override;

 private:
  std::atomic<uint64_t> state_;
};

}  // namespace assay

#endif  // ASSAY_COMMON_IDS_ID_SOURCE_H_
