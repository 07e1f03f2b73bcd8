"""Scheme files as the reference implementation reads them: both model versions in one shape."""

import hashlib
import json
import pathlib

# What a file of model version 2 means when it leaves an option out (RULE_MODEL.md, section 8).
DEFAULT_OPTIONS = {
    "override_policy": "met",
    "question_not_applicable": "counts_as_met",
    "adjustment_clamp": "on",
    "adjustment_reason": "required",
    "adjust_blank": "refuse",
    "override_with_na": "refuse",
    "all_not_applicable": "neutral",
    "anchor_not_applicable": "refuse",
    "anchor_override": "review",
    "anchor_certificate": "enforce",
    "blank": "not_met",
    "phase": "latest",
    "higher_level_satisfies": "yes",
    "attestation_anniversary": "certificate",
    "separation_of_duties": "strict",
    "sampling_per_thousand": 0,
    "reviews_required": 1,
}
FOLDERS = {"catalogues": "catalogue", "ruleSets": "rule_set", "questionSets": "question_set"}
PATHS = {"catalogues": "catalogues", "ruleSets": "rule-sets", "questionSets": "question-sets"}


def canonical_json(value):
    """FORMAT.md, section Digest, step 1."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def document_digest(kind, document):
    """FORMAT.md, section Digest: 64 hexadecimal digits."""
    head = b"assay.document.v1\0" + kind.encode() + b"\0"
    return hashlib.sha256(head + canonical_json(document).encode()).hexdigest()


def _rules_of_model_1(rules):
    """RULE_MODEL.md, section "Model version 1"."""
    strings = rules["result_strings"]
    marks = [{"id": mark, "points": rules["points"][mark]}
             for mark in ("met", "partially_met", "not_met")]
    return {
        **rules,
        "scales": [{"id": "points", "marks": marks}],
        "default_scale": "points",
        "fail_on_not_met": rules["fail_on_zero_points"],
        "outcomes": [
            {"id": "passed", "kind": "passed", "text": strings["pass"],
             "when": {"objectives_pass": True}},
            {"id": "failed", "kind": "failed", "text": strings["fail"]},
        ],
    }


class Basis:
    """The documents of one ScoringBasis at one profile."""

    def __init__(self, catalogue, rules, question_set, profile):
        self.digests = {"catalogue": document_digest("catalogue", catalogue),
                        "rule_set": document_digest("rule_set", rules)}
        if question_set is not None:
            self.digests["question_set"] = document_digest("question_set", question_set)
        self.model_version = rules["model_version"]
        if self.model_version == 1:
            rules = _rules_of_model_1(rules)
        self.profile = profile
        self.rules = rules
        self.options = {**DEFAULT_OPTIONS, **rules.get("options", {})}
        self.threshold = {t["profile"]: t["percent"] for t in rules["thresholds"]}[profile]
        self.objective_rules = {rule["objective"]: rule for rule in rules["objectives"]}
        self.objectives = [objective["id"] for objective in catalogue["objectives"]]
        self.controls = [c for c in catalogue["controls"] if profile in c["profiles"]]
        self._items = {item["control"]: item for item in rules.get("items", [])}
        self._scales = {scale["id"]: scale["marks"] for scale in rules["scales"]}
        self.all_questions = {q["id"] for q in (question_set or {}).get("questions", [])}
        self._questions = {}
        for question in (question_set or {}).get("questions", []):
            if profile in question["profiles"]:
                self._questions.setdefault(question["control"], []).append(question)

    def questions(self, control):
        """Questions of the profile, in the order of the set."""
        return self._questions.get(control, [])

    def marks(self, control):
        item = self._items.get(control, {})
        return self._scales[item.get("scale", self.rules["default_scale"])]

    def counts(self, control):
        return self._items.get(control, {}).get("counts", True)

    def threshold_of(self, objective):
        return self.objective_rules[objective].get("threshold_percent", self.threshold)

    def is_anchor(self, objective):
        return self.objective_rules[objective]["anchor"]


class Library:
    """Scheme folders, by the name that a ScoringBasis gives a document."""

    def __init__(self, folders):
        self._folders = {}
        for parent in folders:
            for folder in sorted(pathlib.Path(parent).iterdir()):
                if (folder / "scheme.json").is_file():
                    self._folders[folder.name] = folder
        self._documents = {}

    def folders(self):
        return dict(self._folders)

    def document(self, name):
        """Of "schemes/{scheme}/ruleSets/{id}", without revision."""
        if name not in self._documents:
            _, scheme, kind, document = name.split("/")
            path = self._folders[scheme] / PATHS[kind] / f"{document}.json"
            self._documents[name] = json.loads(path.read_text(encoding="utf-8"))
        return self._documents[name]

    def basis(self, basis):
        question_set = basis.get("question_set")
        return Basis(self.document(basis["catalogue"]), self.document(basis["rule_set"]),
                     self.document(question_set) if question_set else None, basis["profile"])
