// For tests: random numbers that are the same for a seed on every machine and compiler, which those
// of the standard library's distributions are not.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::scoring {

// SplitMix64: any seed is a good one, so cases can be numbered by consecutive seeds.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // 0 to `limit` - 1; `limit` is at least 1. The bias is far below what a test could see.
  uint32_t Below(size_t limit) {
    return static_cast<uint32_t>(((Next() >> 32) * static_cast<uint64_t>(limit)) >> 32);
  }
  int32_t Between(int32_t low, int32_t high) {
    return low + static_cast<int32_t>(Below(static_cast<size_t>(high - low) + 1));
  }
  bool OneIn(size_t times) { return Below(times) == 0; }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

 private:
  uint64_t state_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_H_
