"""How far a result is from a pass, and a pass from a failure: exact, by dynamic programming.

A step moves one item to the next better mark that has more points than the item has now (or the
next worse one with fewer). Tables say how many points k steps can gain or lose at most.
"""

from model import evaluation as evaluating
from model.items import NOT_APPLICABLE

NONE = None  # "No such number of steps".


def _ladder(basis, control, points, up):
    values = sorted({mark["points"] for mark in basis.marks(control)})
    if up:
        return [value for value in values if value > points]
    return [value for value in reversed(values) if value < points]


def _combine(first, second):
    """Max-plus convolution; NONE stands for "cannot be done with that many steps"."""
    combined = [NONE] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        if a is NONE:
            continue
        for j, b in enumerate(second):
            if b is not NONE and (combined[i + j] is NONE or combined[i + j] < a + b):
                combined[i + j] = a + b
    return combined


class Goal:
    """What must hold: one objective, or the assessment's target outcome."""

    def __init__(self, result, objective=None):
        self.result, self.basis = result, result.basis
        self.conditions, self.must_pass = {}, [objective]
        if objective is None:
            target = next((o for kind in ("passed", "conditional")
                           for o in self.basis.rules["outcomes"] if o["kind"] == kind), None)
            self.exists = target is not None
            if not self.exists:
                return
            self.conditions = target.get("when", {})
            asked = self.conditions.get("objectives_pass", False)
            self.must_pass = [
                name for name in self.basis.objectives
                if self.basis.is_anchor(name)
                or (asked and self.basis.objective_rules[name]["mandatory"])]
        self.exists = True
        self.whole = objective is None

    def objectives(self):
        return [o for o in self.result.objectives if self.whole or o.id in self.must_pass]

    def controls(self, objective):
        return [c["id"] for c in self.basis.controls if c["objective"] == objective
                and self.result.results[c["id"]].state != NOT_APPLICABLE]

    def least(self, objective, control):
        """The points single-item conditions ask of it."""
        counts, best = self.basis.counts(control), evaluating.best_points(self.basis, control)
        least = [evaluating.least_points(self.basis, self.conditions, control, counts)]
        if counts and objective in self.must_pass:
            if self.basis.rules["fail_on_not_met"]:
                least.append(self.basis.marks(control)[-1]["points"] + 1)
            limit = self.basis.objective_rules[objective].get("item_shortfall_at_most")
            if limit is not None:
                least.append(best - limit)
        return max((value for value in least if value is not None), default=0)

    def total_needed(self):
        maximum = self.result.maximum
        needed = [-(-self.conditions.get("percent_at_least", 0) * maximum // 100),
                  self.conditions.get("points_at_least", 0)]
        if "shortfall_at_most" in self.conditions:
            needed.append(maximum - self.conditions["shortfall_at_most"])
        return max(needed)

    def fails_empty(self):
        """Whether an objective that must pass has nothing scored and fails for it."""
        return any(o.id in self.must_pass and sum(o.counts.values()) > 0
                   and o.counts[NOT_APPLICABLE] == sum(o.counts.values())
                   and self.basis.options["all_not_applicable"] == "fail"
                   for o in self.result.objectives)


def _of_control(goal, objective, control):
    """Points gained by 0, 1, ... steps of one item; NONE where its own conditions do not hold."""
    now = goal.result.results[control].points
    least = goal.least(objective.id, control)
    worth = 1 if goal.basis.counts(control) else 0
    return [(points - now) * worth if points >= least else NONE
            for points in [now] + _ladder(goal.basis, control, now, True)]


def _of_objective(goal, objective, tables):
    """Most points that k steps in the objective gain while its own conditions hold."""
    table = [0]
    for control in goal.controls(objective.id):
        table = _combine(table, tables[control])
    if objective.id in goal.must_pass:
        missing = objective.needed - objective.points
        table = [gain if gain is not NONE and gain >= missing else NONE for gain in table]
    return table


def _fewest(goal, tables):
    """(steps, points gained); (-1, 0) when no steps lead there."""
    table = [0]
    for objective in goal.objectives():
        table = _combine(table, _of_objective(goal, objective, tables))
    missing = goal.total_needed() - goal.result.points if goal.whole else 0
    return next(((k, gain) for k, gain in enumerate(table)
                 if gain is not NONE and gain >= missing), (-1, 0))


def _tables(goal):
    return {control: _of_control(goal, objective, control)
            for objective in goal.objectives() for control in goal.controls(objective.id)}


def _share(tables, steps, gain):
    """Splits steps and gain over tables in order, as many steps to each as can be."""
    rest, shares = [[0]], []
    for table in reversed(tables):
        rest.append(_combine(table, rest[-1]))
    for i, table in enumerate(tables):
        after = rest[len(tables) - 1 - i]
        for k in range(min(steps, len(table) - 1), -1, -1):
            if table[k] is NONE or steps - k >= len(after) or after[steps - k] is NONE:
                continue
            if table[k] + after[steps - k] == gain:
                break
        shares.append((k, table[k]))
        steps, gain = steps - k, gain - table[k]
    return shares


def _path(goal, steps, gain):
    """Among shortest paths: most points, then most steps in the first objective and control."""
    tables, path = _tables(goal), []
    objectives = goal.objectives()
    whole = [_of_objective(goal, objective, tables) for objective in objectives]
    for objective, share in zip(objectives, _share(whole, steps, gain)):
        controls = goal.controls(objective.id)
        for control, (k, _) in zip(controls, _share([tables[c] for c in controls], *share)):
            if k:
                now = goal.result.results[control].points
                path.append({"control_id": control, "steps": k,
                             "required_steps": _required(goal, tables, control, steps),
                             "from_points": now,
                             "to_points": _ladder(goal.basis, control, now, True)[k - 1]})
    return path


def _required(goal, tables, control, steps):
    """The fewest steps that any shortest path makes on this control."""
    for k in range(len(tables[control])):
        only = [gain if i == k else NONE for i, gain in enumerate(tables[control])]
        if _fewest(goal, {**tables, control: only})[0] == steps:
            return k
    raise ValueError("a shortest path makes some number of steps on every control")


def _steps_to_lose(tables, spare):
    """Fewest steps that lose more than `spare` points; None: no number does."""
    table = [0]
    for losses in tables:
        table = _combine(table, losses)
    return next((k for k, loss in enumerate(table) if loss > spare), None)


def _downgrades(goal):
    ways, everything = [], []
    for objective in goal.objectives():
        losses = []
        for control in goal.controls(objective.id):
            now = goal.result.results[control].points
            down = _ladder(goal.basis, control, now, False)
            least = goal.least(objective.id, control)
            ways += [k + 1 for k, points in enumerate(down) if points < least][:1]
            if goal.basis.counts(control):
                losses.append([0] + [now - points for points in down])
        if objective.id in goal.must_pass and losses:
            ways.append(_steps_to_lose(losses, objective.points - objective.needed))
        everything += losses
    if goal.whole and goal.total_needed() > 0:
        ways.append(_steps_to_lose(everything, goal.result.points - goal.total_needed()))
    return min((way for way in ways if way is not None), default=-1)


def find(result, objective=None, want_path=False):
    """Of the assessment, or of one objective; None where there is nothing to pass."""
    goal = Goal(result, objective)
    if not goal.exists:
        return None
    upgrades, gain = (-1, 0) if goal.fails_empty() else _fewest(goal, _tables(goal))
    ahead = [o.points - o.needed for o in goal.objectives() if o.id in goal.must_pass]
    missing = [sum(max(0, -spare) for spare in ahead)]
    if goal.whole:
        ahead.append(result.points - goal.total_needed())
        missing.append(max(0, -ahead[-1]))
    return {
        "path": _path(goal, upgrades, gain) if want_path and upgrades > 0 else [],
        "upgrades_to_pass": upgrades,
        "points_missing": max(missing),
        "downgrades_to_fail": _downgrades(goal) if upgrades == 0 else -1,
        "points_spare": max(0, min(ahead)),
    }


