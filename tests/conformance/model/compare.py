"""Whether a verdict says what a vector expects, by the rules of FORMAT.md."""

KEYS = {"objectives": "objective", "controls": "control_id", "questions": "question_id"}


def differences(expected, got, path=""):
    """Only what `expected` names is compared; lists of named nodes are matched by id."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return [f"{path}: expected {expected}, got {got}"]
        found = []
        for key, value in expected.items():
            where = f"{path}.{key}" if path else key
            if key in KEYS and isinstance(value, list):
                found += _named(value, got.get(key, []), KEYS[key], where)
            else:
                found += differences(value, got.get(key, _zero(value)), where)
        return found
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        return [line for i, (a, b) in enumerate(zip(expected, got))
                for line in differences(a, b, f"{path}[{i}]")]
    return [] if expected == got else [f"{path}: expected {expected}, got {got}"]


def _zero(value):
    """What an absent field means in proto3."""
    return {bool: False, int: 0, str: "", list: []}.get(type(value))


def _named(expected, got, key, path):
    by_id = {node[key]: node for node in got}
    found = []
    for node in expected:
        where = f"{path}[{node[key]}]"
        if node[key] not in by_id:
            found.append(f"{where}: is not there")
        else:
            found += differences(node, by_id[node[key]], where)
    return found
