#include "common/ids/id_source.h"

#include <array>
#include <cstdlib>
#include <cstring>

#include "openssl/crypto.h"
#include "openssl/rand.h"

namespace assay {
namespace {

constexpr size_t kIdCharacters = 26;
constexpr char kBase32[] = "abcdefghijklmnopqrstuvwxyz234567";

void FillRandom(unsigned char* bytes, size_t count) {
  // A machine without randomness must not hand out guessable claim tokens.
  if (RAND_bytes(bytes, static_cast<int>(count)) != 1) std::abort();
}

// Bytes drawn ahead for one thread: the generator takes about as long for 1 KiB as for an id. What
// was handed out is wiped. A forked child would repeat its parent's bytes: our processes fork only
// to execute another program.
class RandomPool {
 public:
  static constexpr size_t kBytes = 1024;

  ~RandomPool() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

  void Take(char* out, size_t count) {
    if (count > kBytes - used_) {
      FillRandom(bytes_.data(), bytes_.size());
      used_ = 0;
    }
    std::memcpy(out, bytes_.data() + used_, count);
    OPENSSL_cleanse(bytes_.data() + used_, count);
    used_ += count;
  }

 private:
  std::array<unsigned char, kBytes> bytes_{};
  size_t used_ = kBytes;
};

class OpenSslIdSource final : public IdSource {
 public:
  std::string RandomBytes(size_t count) override {
    std::string bytes(count, '\0');
    if (count > RandomPool::kBytes) {
      FillRandom(reinterpret_cast<unsigned char*>(bytes.data()), count);
      return bytes;
    }
    thread_local RandomPool pool;
    pool.Take(bytes.data(), count);
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
