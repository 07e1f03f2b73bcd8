#include "common/testing/temp_dir.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>

namespace assay::testing_kit {
namespace {

constexpr uint64_t kDefaultSeed = 20260601;

[[noreturn]] void Die(const std::string& what) {
  std::cerr << what << "\n";
  std::abort();
}

}  // namespace

TempDir::TempDir() {
  const char* base = std::getenv("TMPDIR");
  path_ = std::string(base != nullptr && *base != '\0' ? base : "/tmp") + "/assay-test-XXXXXX";
  if (mkdtemp(path_.data()) == nullptr) Die("cannot make a folder like " + path_);
}

TempDir::~TempDir() {
  std::error_code ignored;  // A folder left behind fails no test.
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::File(std::string_view name) const { return path_ + "/" + std::string(name); }

std::string TempDir::Write(std::string_view name, std::string_view bytes) const {
  std::string path = File(name);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.close();
  if (out.fail()) Die("cannot write " + path);
  return path;
}

std::string ReadFileOrDie(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) Die("cannot read " + path);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

uint64_t EnvironmentSeed() {
  const char* text = std::getenv("ASSAY_TEST_SEED");
  const uint64_t seed =
      text != nullptr && *text != '\0' ? std::strtoull(text, nullptr, 10) : kDefaultSeed;
  std::cout << "ASSAY_TEST_SEED=" << seed << "\n";
  return seed;
}

}  // namespace assay::testing_kit
