#include "common/testing/proto_matchers.h"

#include <cstdlib>
#include <iostream>

#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"

namespace assay::testing_kit {

std::string ProtoDifference(const google::protobuf::Message& expected,
                            const google::protobuf::Message& actual) {
  if (expected.GetDescriptor() != actual.GetDescriptor()) {
    return "it is a " + actual.GetTypeName() + ", not a " + expected.GetTypeName();
  }
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  if (differencer.Compare(expected, actual)) return "";
  return difference;
}

std::unique_ptr<google::protobuf::Message> ParseProtoText(
    const google::protobuf::Message& prototype, const std::string& text) {
  std::unique_ptr<google::protobuf::Message> message(prototype.New());
  if (!google::protobuf::TextFormat::ParseFromString(text, message.get())) {
    std::cerr << "not a " << prototype.GetTypeName() << " in text format: " << text << "\n";
    std::abort();
  }
  return message;
}

}  // namespace assay::testing_kit
