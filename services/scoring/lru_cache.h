// A map of bounded size that forgets what was used least recently.

#ifndef ASSAY_SERVICES_SCORING_LRU_CACHE_H_
#define ASSAY_SERVICES_SCORING_LRU_CACHE_H_

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace assay::scoring {

// Not thread-safe. Pointers it returns hold until the next Put.
template <typename Value>
class LruCache {
 public:
  // Holds at most `capacity` entries, at least one.
  explicit LruCache(size_t capacity) : capacity_(capacity) {}

  // Null when absent; otherwise now the most recently used.
  Value* Find(std::string_view key) {
    const auto found = index_.find(key);
    if (found == index_.end()) {
      return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  void Put(std::string_view key, Value value) {
    if (Value* present = Find(key)) {
      *present = std::move(value);
      return;
    }
    if (entries_.size() >= capacity_) {
      index_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(std::string(key), std::move(value));
    index_.emplace(entries_.front().first, entries_.begin());
  }

  size_t size() const { return entries_.size(); }

 private:
  using Entry = std::pair<std::string, Value>;

  const size_t capacity_;
  std::list<Entry> entries_;  // Most recently used first.
  // Keys are views of the entries' own strings, which do not move.
  std::unordered_map<std::string_view, typename std::list<Entry>::iterator> index_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_LRU_CACHE_H_
