// Identifiers that cannot be swapped for one another.

#ifndef ASSAY_COMMON_IDS_TAGGED_ID_H_
#define ASSAY_COMMON_IDS_TAGGED_ID_H_

#include <compare>
#include <string>
#include <utility>

namespace assay {

// using AssessmentId = TaggedId<struct AssessmentIdTag>;
template <typename Tag>
class TaggedId {
 public:
  TaggedId() = default;
  explicit TaggedId(std::string value) : value_(std::move(value)) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  friend auto operator<=>(const TaggedId&, const TaggedId&) = default;
  friend bool operator==(const TaggedId&, const TaggedId&) = default;

 private:
  std::string value_;
};

}  // namespace assay

#endif  // ASSAY_COMMON_IDS_TAGGED_ID_H_
