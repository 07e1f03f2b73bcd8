// What a conversion dropped or filled in, named field by field.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_LOSSES_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_LOSSES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"

namespace assay::catalogue {

// One field, wherever it stands.
struct Loss {
  std::string field;  // Path without positions: "groups[].controls[].parts".
  std::string first;  // Path of the first place: "groups[0].controls[3].parts".
  size_t count = 0;   // Places.
  std::string what;   // What happened to it: "not carried over".

  friend bool operator==(const Loss&, const Loss&) = default;
};

// Collects losses, one entry a field and reason in the order of their first places. However long a
// file is, its list is as short as the set of its field names allows; past kMaxLosses names the
// rest is counted in one last entry. Not thread-safe.
class LossList {
 public:
  void Add(std::string_view path, std::string_view what);
  std::vector<Loss> Take() { return std::move(losses_); }

 private:
  std::vector<Loss> losses_;
};

// Adds every difference between what went into a conversion and what came out of it.
void AddDifferences(const nlohmann::json& before, const nlohmann::json& after, LossList& losses);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_LOSSES_H_
