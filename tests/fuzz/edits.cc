#include "tests/fuzz/edits.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace assay::fuzz {
namespace {

using nlohmann::json;

constexpr int64_t kNumbers[] = {0,       1,       2,         3,   4,   5,       7,     10,
                                50,      80,      99,        100, 101, 999,     1'000, 1'001,
                                100'000, 100'001, 2'000'000, -1,  -7,  -100'000};

void Collect(json& node, std::vector<json*>& nodes) {
  nodes.push_back(&node);
  if (node.is_structured()) {
    for (json& child : node) {
      Collect(child, nodes);
    }
  }
}

// A copy of a node of the document that is of the same type.
json SameTypeElsewhere(const std::vector<json*>& nodes, const json& node, Choices& choices) {
  std::vector<const json*> candidates;
  for (const json* candidate : nodes) {
    if (candidate->type() == node.type()) candidates.push_back(candidate);
  }
  return *candidates[choices.Below(candidates.size())];
}

void EditArray(json& array, Choices& choices) {
  if (array.empty()) return;
  const size_t at = choices.Below(array.size());
  const size_t other = choices.Below(array.size());
  switch (choices.Below(4)) {
    case 0:
      array.erase(at);
      return;
    case 1: {
      json copy = array[at];
      array.insert(array.begin() + static_cast<json::difference_type>(other), std::move(copy));
      return;
    }
    default:
      std::swap(array[at], array[other]);
  }
}

// Drops a member, or takes one from another object.
void EditObject(json& object, const json& other, Choices& choices) {
  const json& from = choices.OneIn(2) ? other : object;
  if (from.empty()) return;
  auto member = from.begin();
  std::advance(member, choices.Below(from.size()));
  const std::string key = member.key();
  if (&from == &object) {
    object.erase(key);
  } else {
    object[key] = json(member.value());
  }
}

void EditNode(const std::vector<json*>& nodes, json& node, Choices& choices) {
  switch (node.type()) {
    case json::value_t::boolean:
      node = !node.get<bool>();
      return;
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
      node =
          choices.OneIn(2) ? int64_t{choices.Byte()} : kNumbers[choices.Below(std::size(kNumbers))];
      return;
    case json::value_t::array:
      EditArray(node, choices);
      return;
    case json::value_t::object:
      EditObject(node, SameTypeElsewhere(nodes, node, choices), choices);
      return;
    default:
      node = SameTypeElsewhere(nodes, node, choices);
  }
}

}  // namespace

void EditJson(json& document, Choices& choices) {
  for (int edit = 0; edit < kMaxEdits && !choices.empty(); ++edit) {
    std::vector<json*> nodes;
    Collect(document, nodes);
    EditNode(nodes, *nodes[choices.Below(nodes.size())], choices);
  }
}

}  // namespace assay::fuzz
