#include "common/ids/id_source.h"

#include <cstdlib>

#include "openssl/rand.h"

namespace assay {
namespace {

constexpr size_t kIdCharacters = 26;
constexpr char kBase32[] = "abcdefghijklmnopqrstuvwxyz234567";

class OpenSslIdSource final : public IdSource {
 public:
  std::string RandomBytes(size_t count) override {
    std::string bytes(count, '\0');
    // A machine without randomness must not hand out guessable claim tokens.
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
      std::abort();
    }
    return bytes;
  }
};

}  // namespace

std::string IdSource::NewId() {
  const std::string bytes = RandomBytes(kIdCharacters);
  std::string id;
  id.reserve(kIdCharacters);
  for (const char c : bytes) id.push_back(kBase32[static_cast<unsigned char>(c) & 31]);
  return id;
}

IdSource& SystemIdSource() {
  static OpenSslIdSource* const source = new OpenSslIdSource();
  return *source;
}

std::string FakeIdSource::RandomBytes(size_t count) {
  std::string bytes;
  bytes.reserve(count);
  while (bytes.size() < count) {
    // SplitMix64 (Steele, Lea, Flood 2014): enough spread for distinct ids in tests.
    uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    bytes.push_back(static_cast<char>((z ^ (z >> 31)) & 0xFF));
  }
  return bytes;
}

}  // namespace assay
