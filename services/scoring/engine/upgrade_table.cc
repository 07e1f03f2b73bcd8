#include "services/scoring/engine/upgrade_table.h"

#include <algorithm>
#include <cstddef>

namespace assay::scoring {
namespace {

// [s]: the most points of exactly s steps; rises with s, since every step gains.
using Table = std::vector<int32_t>;

// Ladders between two tables that are kept while a group is planned. The square root of the largest
// number of ladders, so that what is kept and what is worked out again weigh the same.
constexpr uint32_t kBlock = 64;

uint32_t StepsOf(const StepProblem& problem, const StepCap& cap, uint32_t ladder) {
  const uint32_t count = problem.ladders[ladder].count;
  return ladder == cap.ladder ? std::min(count, static_cast<uint32_t>(cap.steps)) : count;
}

Table AddLadder(const StepProblem& problem, uint32_t ladder, uint32_t steps, const Table& table) {
  Table next(table.size() + steps, 0);
  int32_t gain = 0;
  for (uint32_t k = 0; k <= steps; ++k) {
    for (size_t s = 0; s < table.size(); ++s) {
      next[s + k] = std::max(next[s + k], table[s] + gain);
    }
    if (k < steps) gain += problem.gains[problem.ladders[ladder].first + k];
  }
  return next;
}

Table Combine(const Table& a, const Table& b) {
  Table sum(a.size() + b.size() - 1, 0);
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t k = 0; k < b.size(); ++k) sum[i + k] = std::max(sum[i + k], a[i] + b[k]);
  }
  return sum;
}

// A group from its least sufficient number of steps on.
struct GroupTable {
  int32_t least = 0;
  Table beyond;  // [x]: of least + x steps.
};

std::optional<GroupTable> MakeGroupTable(const StepProblem& problem, const StepGroup& group,
                                         const StepCap& cap) {
  Table table = {0};
  for (uint32_t l = group.first_ladder; l < group.first_ladder + group.ladder_count; ++l) {
    const uint32_t steps = StepsOf(problem, cap, l);
    if (steps > 0) table = AddLadder(problem, l, steps, table);
  }
  const auto least = std::lower_bound(table.begin(), table.end(), group.missing);
  if (least == table.end()) return std::nullopt;
  return GroupTable{static_cast<int32_t>(least - table.begin()), Table(least, table.end())};
}

std::optional<std::vector<GroupTable>> MakeGroupTables(const StepProblem& problem,
                                                       const StepCap& cap) {
  std::vector<GroupTable> tables;
  tables.reserve(problem.groups.size());
  for (const StepGroup& group : problem.groups) {
    std::optional<GroupTable> table = MakeGroupTable(problem, group, cap);
    if (!table.has_value()) return std::nullopt;
    tables.push_back(*std::move(table));
  }
  return tables;
}

// Steps beyond every group's least that the whole needs; nullopt when it cannot be had. `from` gets
// one table for each group, of it and the groups behind it together, and one of nothing at the end;
// only when steps beyond are needed.
std::optional<int32_t> StepsBeyond(const StepProblem& problem,
                                   const std::vector<GroupTable>& groups,
                                   std::vector<Table>* from) {
  int32_t gained = 0;
  for (const GroupTable& group : groups) gained += group.beyond.front();
  if (gained >= problem.missing) return 0;
  Table all = {0};
  if (from != nullptr) from->assign(groups.size() + 1, all);
  for (size_t g = groups.size(); g-- > 0;) {
    all = Combine(groups[g].beyond, all);
    if (from != nullptr) (*from)[g] = all;
  }
  const auto enough = std::lower_bound(all.begin(), all.end(), problem.missing);
  if (enough == all.end()) return std::nullopt;
  return static_cast<int32_t>(enough - all.begin());
}

// The most steps on the first of two such that the rest still gains the most points.
int32_t MostOnFirst(const Table& first, const Table& rest, int32_t steps) {
  int32_t most = 0;
  int32_t points = -1;
  for (int32_t x = 0; x <= steps && x < static_cast<int32_t>(first.size()); ++x) {
    const int32_t left = steps - x;
    if (left >= static_cast<int32_t>(rest.size())) continue;
    const int32_t gained = first[static_cast<size_t>(x)] + rest[static_cast<size_t>(left)];
    if (gained >= points) {
      points = gained;
      most = x;
    }
  }
  return most;
}

// Splits a group's steps over its ladders.
void PlanGroup(const StepProblem& problem, const StepGroup& group, int32_t steps,
               std::vector<int32_t>& taken) {
  const uint32_t end = group.first_ladder + group.ladder_count;
  const uint32_t blocks = (group.ladder_count + kBlock - 1) / kBlock;
  const auto add = [&problem, steps](uint32_t ladder, const Table& table) {
    Table next = AddLadder(problem, ladder, problem.ladders[ladder].count, table);
    next.resize(std::min(next.size(), static_cast<size_t>(steps) + 1));
    return next;
  };
  // Of the ladders behind each block.
  std::vector<Table> behind(blocks, Table{0});
  for (uint32_t b = blocks; b-- > 1;) {
    Table table = behind[b];
    const uint32_t first = group.first_ladder + b * kBlock;
    for (uint32_t l = std::min(first + kBlock, end); l-- > first;) table = add(l, table);
    behind[b - 1] = std::move(table);
  }
  for (uint32_t b = 0; b < blocks; ++b) {
    const uint32_t first = group.first_ladder + b * kBlock;
    const uint32_t last = std::min(first + kBlock, end);
    std::vector<Table> from(last - first + 1);  // Of each ladder of the block and all behind it.
    from.back() = std::move(behind[b]);
    for (uint32_t l = last; l-- > first;) from[l - first] = add(l, from[l - first + 1]);
    for (uint32_t l = first; l < last; ++l) {
      const Table alone = add(l, Table{0});
      taken[l] = MostOnFirst(alone, from[l - first + 1], steps);
      steps -= taken[l];
    }
  }
}

}  // namespace

std::optional<int32_t> FewestByTable(const StepProblem& problem, const StepCap& cap) {
  const std::optional<std::vector<GroupTable>> groups = MakeGroupTables(problem, cap);
  if (!groups.has_value()) return std::nullopt;
  const std::optional<int32_t> beyond = StepsBeyond(problem, *groups, nullptr);
  if (!beyond.has_value()) return std::nullopt;
  int32_t steps = *beyond;
  for (const GroupTable& group : *groups) steps += group.least;
  return steps;
}

std::optional<std::vector<int32_t>> PlanByTable(const StepProblem& problem) {
  const std::optional<std::vector<GroupTable>> groups = MakeGroupTables(problem, {});
  if (!groups.has_value()) return std::nullopt;
  std::vector<Table> from;
  std::optional<int32_t> beyond = StepsBeyond(problem, *groups, &from);
  if (!beyond.has_value()) return std::nullopt;
  std::vector<int32_t> taken(problem.ladders.size(), 0);
  for (size_t g = 0; g < groups->size(); ++g) {
    const GroupTable& group = (*groups)[g];
    int32_t steps = group.least;
    if (*beyond > 0) {
      const int32_t more = MostOnFirst(group.beyond, from[g + 1], *beyond);
      steps += more;
      *beyond -= more;
    }
    PlanGroup(problem, problem.groups[g], steps, taken);
  }
  return taken;
}

}  // namespace assay::scoring
