// Exact fractions, as far as percentages need them.

#ifndef ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_RATIONAL_H_
#define ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_RATIONAL_H_

#include <cstdint>

namespace assay::scoring::second {

// Requires numerator and denominator from 0 to 2^31, so that products fit. 0/0, the share of an
// empty set, is at least and at most every fraction: a threshold over nothing holds.
struct Rational {
  int64_t numerator = 0;
  int64_t denominator = 1;
};

constexpr Rational Percent(int64_t percent) { return {percent, 100}; }

constexpr bool operator>=(const Rational& a, const Rational& b) {
  return a.numerator * b.denominator >= b.numerator * a.denominator;
}

// The least whole number n with n/whole >= share. Requires share.denominator > 0.
constexpr int64_t FewestOf(int64_t whole, const Rational& share) {
  return (share.numerator * whole + share.denominator - 1) / share.denominator;
}

}  // namespace assay::scoring::second

#endif  // ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_RATIONAL_H_
