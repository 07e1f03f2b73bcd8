// What is wrong with a definition, and the few checks that every part of it shares.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_DEFINITION_PROBLEMS_H_
#define ASSAY_SERVICES_SCORING_ENGINE_DEFINITION_PROBLEMS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace assay::scoring {

// Where ("questions[12].asked_when.gate") and what.
struct DefinitionProblem {
  std::string path;
  std::string message;

  friend bool operator==(const DefinitionProblem&, const DefinitionProblem&) = default;
};

inline bool Contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

inline std::string At(std::string_view list, size_t index, std::string_view rest = "") {
  return std::string(list) + "[" + std::to_string(index) + "]" + std::string(rest);
}

inline std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// Index by id.
using SeenIds = std::unordered_map<std::string_view, uint32_t>;

class DefinitionProblems {
 public:
  void Add(std::string path, std::string message) {
    problems_.push_back({std::move(path), std::move(message)});
  }

  // An id is there and not taken; remembers its index.
  void CheckId(SeenIds& seen, std::string_view list, size_t index, std::string_view id) {
    if (id.empty()) {
      Add(At(list, index, ".id"), "is empty");
    } else if (!seen.emplace(id, static_cast<uint32_t>(index)).second) {
      Add(At(list, index, ".id"), Quoted(id) + " is used twice");
    }
  }

  void CheckLimit(std::string_view list, size_t size, size_t limit) {
    if (size > limit) {
      Add(std::string(list), "has " + std::to_string(size) + " entries; at most " +
                                 std::to_string(limit) + " are allowed");
    }
  }

  void CheckRange(std::string path, int64_t value, int64_t low, int64_t high) {
    if (value < low || value > high) {
      Add(std::move(path), std::to_string(value) + " is outside " + std::to_string(low) + " to " +
                               std::to_string(high));
    }
  }

  bool empty() const { return problems_.empty(); }
  std::vector<DefinitionProblem> Take() && { return std::move(problems_); }

 private:
  std::vector<DefinitionProblem> problems_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_DEFINITION_PROBLEMS_H_
