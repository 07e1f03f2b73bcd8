// EXPECT_THAT(message, EqualsProto(expected)), with a readable difference; messages from text
// format.

#ifndef ASSAY_COMMON_TESTING_PROTO_MATCHERS_H_
#define ASSAY_COMMON_TESTING_PROTO_MATCHERS_H_

#include <memory>
#include <ostream>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/message.h"

namespace assay::testing_kit {

// "" when they are equal, otherwise what differs, a line each.
std::string ProtoDifference(const google::protobuf::Message& expected,
                            const google::protobuf::Message& actual);

// `text` parsed as text format into a new message of the type of `prototype`; ends the process
// with a message when it does not parse.
std::unique_ptr<google::protobuf::Message> ParseProtoText(
    const google::protobuf::Message& prototype, const std::string& text);

// The same by type: ParseText<v1::Verdict>(R"pb(outcome: OUTCOME_PASSED)pb").
template <typename Message>
Message ParseText(const std::string& text) {
  const auto parsed = ParseProtoText(Message::default_instance(), text);
  return static_cast<const Message&>(*parsed);
}

class EqualsProtoMatcher {
 public:
  using is_gtest_matcher = void;

  explicit EqualsProtoMatcher(const google::protobuf::Message& expected)
      : message_(expected.New()) {
    message_->CopyFrom(expected);
  }
  explicit EqualsProtoMatcher(std::string text) : text_(std::move(text)) {}

  bool MatchAndExplain(const google::protobuf::Message& actual, std::ostream* out) const {
    const auto expected = message_ != nullptr ? message_ : Parsed(actual);
    const std::string difference = ProtoDifference(*expected, actual);
    if (out != nullptr && !difference.empty()) *out << "which differs:\n" << difference;
    return difference.empty();
  }
  void DescribeTo(std::ostream* out) const { *out << "equals " << Text(); }
  void DescribeNegationTo(std::ostream* out) const { *out << "differs from " << Text(); }

 private:
  std::shared_ptr<const google::protobuf::Message> Parsed(
      const google::protobuf::Message& prototype) const {
    return ParseProtoText(prototype, text_);
  }
  std::string Text() const { return message_ != nullptr ? message_->DebugString() : text_; }

  std::shared_ptr<google::protobuf::Message> message_;
  std::string text_;
};

inline EqualsProtoMatcher EqualsProto(const google::protobuf::Message& expected) {
  return EqualsProtoMatcher(expected);
}
// In text format: EqualsProto("name: 'schemes/dcc'").
inline EqualsProtoMatcher EqualsProto(std::string text) {
  return EqualsProtoMatcher(std::move(text));
}

}  // namespace assay::testing_kit

#endif  // ASSAY_COMMON_TESTING_PROTO_MATCHERS_H_
