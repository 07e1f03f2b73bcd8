// googletest matchers for absl::Status and absl::StatusOr.
//
//   EXPECT_THAT(store.Get("k"), IsOkAndHolds("v"));
//   EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN"));
//   EXPECT_THAT(status, HasField("changes[0].control"));

#ifndef ASSAY_COMMON_TESTING_STATUS_MATCHERS_H_
#define ASSAY_COMMON_TESTING_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

#include "common/status/error.h"

namespace assay::testing_kit {

inline const absl::Status& GetStatus(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& GetStatus(const absl::StatusOr<T>& value) {
  return value.status();
}

// "INVALID_ARGUMENT CONTROL_UNKNOWN: message", for failure texts.
std::string Describe(const absl::Status& status);

// Makes `ASSERT_OK`-like checks readable: ASSERT_THAT(x, IsOk()).
MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << "which is " << Describe(GetStatus(arg));
  return GetStatus(arg).ok();
}

MATCHER_P(StatusIs, code, "has code " + absl::StatusCodeToString(code)) {
  *result_listener << "which is " << Describe(GetStatus(arg));
  return GetStatus(arg).code() == code;
}

// Code and ErrorInfo.reason.
MATCHER_P2(HasReason, code, reason,
           "has code " + absl::StatusCodeToString(code) + " and reason " + std::string(reason)) {
  *result_listener << "which is " << Describe(GetStatus(arg));
  return GetStatus(arg).code() == code && ErrorReason(GetStatus(arg)) == reason;
}

// A violation of the field `path` is among the details.
MATCHER_P(HasField, path, "names the field " + std::string(path)) {
  *result_listener << "which is " << Describe(GetStatus(arg));
  for (const FieldViolation& violation : ErrorFields(GetStatus(arg))) {
    if (violation.field == path) return true;
  }
  return false;
}

MATCHER_P2(HasMetadata, key, value, "has metadata " + std::string(key) + "=" + std::string(value)) {
  *result_listener << "which is " << Describe(GetStatus(arg));
  return ErrorMetadata(GetStatus(arg), key) == std::string(value);
}

// An OK absl::StatusOr whose value matches `inner` (a value or a matcher).
template <typename Inner>
class IsOkAndHoldsMatcher {
 public:
  explicit IsOkAndHoldsMatcher(Inner inner) : inner_(std::move(inner)) {}

  template <typename StatusOr>
  operator ::testing::Matcher<StatusOr>() const {  // NOLINT: implicit by design
    return ::testing::Matcher<StatusOr>(new Impl<StatusOr>(inner_));
  }

 private:
  template <typename StatusOr>
  class Impl : public ::testing::MatcherInterface<StatusOr> {
   public:
    using Value = typename std::remove_cvref_t<StatusOr>::value_type;
    explicit Impl(const Inner& inner) : inner_(::testing::SafeMatcherCast<const Value&>(inner)) {}

    bool MatchAndExplain(StatusOr actual, ::testing::MatchResultListener* listener) const override {
      if (!actual.ok()) {
        *listener << "which is " << Describe(actual.status());
        return false;
      }
      return inner_.MatchAndExplain(*actual, listener);
    }
    void DescribeTo(std::ostream* out) const override {
      *out << "is OK and holds a value that ";
      inner_.DescribeTo(out);
    }

   private:
    const ::testing::Matcher<const Value&> inner_;
  };

  const Inner inner_;
};

template <typename Inner>
IsOkAndHoldsMatcher<std::decay_t<Inner>> IsOkAndHolds(Inner&& inner) {
  return IsOkAndHoldsMatcher<std::decay_t<Inner>>(std::forward<Inner>(inner));
}

}  // namespace assay::testing_kit

#endif  // ASSAY_COMMON_TESTING_STATUS_MATCHERS_H_
