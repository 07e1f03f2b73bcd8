#include "tools/assayctl/conformance/compare.h"

#include <array>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using nlohmann::ordered_json;

constexpr std::string_view kAbsent = "absent";

// Lists whose entries are matched by an id, whatever their order and number.
struct Keyed {
  std::string_view list;
  std::string_view key;
};
constexpr std::array<Keyed, 3> kKeyed = {
    {{"objectives", "objective"}, {"controls", "control_id"}, {"questions", "question_id"}}};

// The id by which the entries of a list of messages are matched, nullptr when by position.
const FieldDescriptor* KeyOf(const FieldDescriptor& list) {
  for (const Keyed& keyed : kKeyed) {
    if (list.name() == keyed.list) {
      return list.message_type()->FindFieldByName(std::string(keyed.key));
    }
  }
  return nullptr;
}

const FieldDescriptor* FieldOf(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  return field != nullptr ? field : type.FindFieldByCamelcaseName(name);
}

std::string Join(std::string_view path, std::string_view name) {
  return path.empty() ? std::string(name) : absl::StrCat(ToAbsl(path), ".", ToAbsl(name));
}

std::string Dump(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

absl::Status Invalid(std::string_view path, std::string_view problem) {
  return UsageError("VECTOR_INVALID", absl::StrCat(ToAbsl(path), ": ", ToAbsl(problem)));
}

// Entry `index` of a list, or the value of a field that is no list, as text; for enums the name.
std::string ScalarText(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(repeated ? reflection.GetRepeatedInt32(message, &field, index)
                                   : reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(repeated ? reflection.GetRepeatedInt64(message, &field, index)
                                   : reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(repeated ? reflection.GetRepeatedUInt32(message, &field, index)
                                   : reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(repeated ? reflection.GetRepeatedUInt64(message, &field, index)
                                   : reflection.GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (repeated ? reflection.GetRepeatedBool(message, &field, index)
                       : reflection.GetBool(message, &field))
                 ? "true"
                 : "false";
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = repeated ? reflection.GetRepeatedEnumValue(message, &field, index)
                                  : reflection.GetEnumValue(message, &field);
      const auto* value = field.enum_type()->FindValueByNumber(number);
      return value == nullptr ? absl::StrCat(number) : value->name();
    }
    default:
      return repeated ? reflection.GetRepeatedString(message, &field, index)
                      : reflection.GetString(message, &field);
  }
}

bool IsWholeNumber(const ordered_json& expected, const FieldDescriptor& field) {
  if (expected.is_number_integer()) return true;
  // 64-bit numbers are strings in protobuf JSON.
  int64_t number = 0;
  const bool wide = field.cpp_type() == FieldDescriptor::CPPTYPE_INT64 ||
                    field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
  return wide && expected.is_string() && absl::SimpleAtoi(expected.get<std::string>(), &number);
}

absl::Status CheckScalar(const ordered_json& expected, const FieldDescriptor& field,
                         std::string_view path) {
  bool fits = false;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      fits = expected.is_boolean();
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      fits = expected.is_string();
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      fits = expected.is_string() &&
             field.enum_type()->FindValueByName(expected.get<std::string>()) != nullptr;
      break;
    default:
      fits = IsWholeNumber(expected, field);
  }
  if (fits) return absl::OkStatus();
  return Invalid(
      path, absl::StrCat(Dump(expected), " is no value of ", field.type_name(), " ", field.name()));
}

absl::Status CheckEntry(const ordered_json& expected, const FieldDescriptor& field,
                        std::string_view path) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    return CheckScalar(expected, field, path);
  }
  return CheckExpectation(expected, *field.message_type(), path);
}

// The text an expected scalar would have as ScalarText gives it.
std::string ExpectedText(const ordered_json& expected) {
  return expected.is_string() ? expected.get<std::string>() : Dump(expected);
}

class Comparison {
 public:
  void Fields(const ordered_json& expected, const Message& actual, std::string_view path) {
    for (const auto& [name, value] : expected.items()) {
      const FieldDescriptor& field = *FieldOf(*actual.GetDescriptor(), name);
      const std::string at = Join(path, field.name());
      if (field.is_repeated()) {
        List(value, actual, field, at);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Single(value, actual, field, at);
      } else {
        Scalar(ExpectedText(value), ScalarText(actual, field, 0), at);
      }
    }
  }

  std::vector<Difference> Take() { return std::move(differences_); }

 private:
  void Add(std::string_view path, std::string_view expected, std::string_view got) {
    differences_.push_back({std::string(path), std::string(expected), std::string(got)});
  }

  void Scalar(const std::string& expected, const std::string& got, std::string_view path) {
    if (expected != got) Add(path, expected, got);
  }

  void Single(const ordered_json& expected, const Message& actual, const FieldDescriptor& field,
              std::string_view path) {
    const bool present = actual.GetReflection()->HasField(actual, &field);
    if (expected.is_null() || !present) {
      if (expected.is_null() == present) {
        Add(path, expected.is_null() ? kAbsent : Dump(expected), present ? "present" : kAbsent);
      }
      return;
    }
    Fields(expected, actual.GetReflection()->GetMessage(actual, &field), path);
  }

  void List(const ordered_json& expected, const Message& actual, const FieldDescriptor& field,
            std::string_view path) {
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      Scalars(expected, actual, field, path);
    } else if (const FieldDescriptor* key = KeyOf(field); key != nullptr) {
      Matched(expected, actual, field, *key, path);
    } else {
      Ordered(expected, actual, field, path);
    }
  }

  void Scalars(const ordered_json& expected, const Message& actual, const FieldDescriptor& field,
               std::string_view path) {
    ordered_json got = ordered_json::array();
    ordered_json wanted = ordered_json::array();
    for (int i = 0; i < actual.GetReflection()->FieldSize(actual, &field); ++i) {
      got.push_back(ScalarText(actual, field, i));
    }
    for (const ordered_json& value : expected) wanted.push_back(ExpectedText(value));
    Scalar(Dump(wanted), Dump(got), path);
  }

  void Matched(const ordered_json& expected, const Message& actual, const FieldDescriptor& field,
               const FieldDescriptor& key, std::string_view path) {
    const Reflection& reflection = *actual.GetReflection();
    for (const ordered_json& entry : expected) {
      const std::string id = entry.contains(key.name())
                                 ? entry[key.name()].get<std::string>()
                                 : entry[key.camelcase_name()].get<std::string>();
      const std::string at = absl::StrCat(ToAbsl(path), "[", id, "]");
      const Message* match = nullptr;
      for (int i = 0; i < reflection.FieldSize(actual, &field) && match == nullptr; ++i) {
        const Message& candidate = reflection.GetRepeatedMessage(actual, &field, i);
        if (ScalarText(candidate, key, 0) == id) match = &candidate;
      }
      if (match == nullptr) {
        Add(at, "present", kAbsent);
      } else {
        Fields(entry, *match, at);
      }
    }
  }

  void Ordered(const ordered_json& expected, const Message& actual, const FieldDescriptor& field,
               std::string_view path) {
    const Reflection& reflection = *actual.GetReflection();
    const int size = reflection.FieldSize(actual, &field);
    if (size != static_cast<int>(expected.size())) {
      Add(path, absl::StrCat(expected.size(), " entries"), absl::StrCat(size, " entries"));
    }
    for (int i = 0; i < size && i < static_cast<int>(expected.size()); ++i) {
      Fields(expected[static_cast<size_t>(i)], reflection.GetRepeatedMessage(actual, &field, i),
             absl::StrCat(ToAbsl(path), "[", i, "]"));
    }
  }

  std::vector<Difference> differences_;
};

}  // namespace

absl::Status CheckExpectation(const ordered_json& expected, const Descriptor& type,
                              std::string_view path) {
  if (!expected.is_object()) {
    return Invalid(path, absl::StrCat(Dump(expected), " is no object of ", type.name()));
  }
  for (const auto& [name, value] : expected.items()) {
    const FieldDescriptor* field = FieldOf(type, name);
    const std::string at = Join(path, name);
    if (field == nullptr) {
      return Invalid(at, absl::StrCat(type.name(), " has no such field"));
    }
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (!field->is_repeated()) {
      if (!(is_message && value.is_null())) {
        ASSAY_RETURN_IF_ERROR(CheckEntry(value, *field, at));
      }
      continue;
    }
    if (!value.is_array()) return Invalid(at, absl::StrCat(Dump(value), " is no list"));
    const FieldDescriptor* key = is_message ? KeyOf(*field) : nullptr;
    for (size_t i = 0; i < value.size(); ++i) {
      const std::string entry = absl::StrCat(at, "[", i, "]");
      ASSAY_RETURN_IF_ERROR(CheckEntry(value[i], *field, entry));
      if (key != nullptr && !value[i].contains(key->name()) &&
          !value[i].contains(key->camelcase_name())) {
        return Invalid(entry, absl::StrCat("has no ", key->name(), ", by which it is matched"));
      }
    }
  }
  return absl::OkStatus();
}

std::vector<Difference> Compare(const ordered_json& expected, const Message& actual) {
  Comparison comparison;
  comparison.Fields(expected, actual, "");
  return comparison.Take();
}

bool Names(const ordered_json& expected, std::string_view field) {
  if (!expected.is_structured()) return false;
  for (const auto& [name, value] : expected.items()) {
    if ((expected.is_object() && name == field) || Names(value, field)) return true;
  }
  return false;
}

}  // namespace assay::assayctl
