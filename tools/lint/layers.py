"""Who may include whom: tests -> services -> common -> proto."""

import re

from source import Finding

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">\n]+)[">]', re.MULTILINE)

# The layers below each layer. A folder that is not named here may include only itself.
_BELOW = {
    "common": (),
    "services": ("common",),
    "tools": ("common",),
    "tests": ("services", "common", "tools"),
}
_LAYERS = tuple(_BELOW)

# What common may know of the generated code: no service of ours.
_PROTOS_OF_COMMON = ("assay/access/",)

# The one header that names a RocksDB type: it translates RocksDB's status.
_ROCKSDB_HEADER = "common/storage/rocksdb_status.h"
_ENGINE = "services/scoring/engine"


def includes(source):
    """Yields (line, quoted, target) of every #include."""
    for match in _INCLUDE.finditer(source.uncommented):
        yield source.line_of(match.start(2)), match[1] == '"', match[2]


def _layer_problem(source, target):
    own = source.path.split("/")
    theirs = target.split("/")
    if own[0] not in _LAYERS:
        return None
    if theirs[0] in _LAYERS and theirs[0] != own[0] and theirs[0] not in _BELOW[own[0]]:
        return (f"{own[0]}/ must not include {theirs[0]}/; "
                "the layers are tests -> services -> common -> proto")
    if own[0] == theirs[0] == "services" and own[1] != theirs[1]:
        return (f"service {own[1]} must not include service {theirs[1]}; "
                "talk through its proto or move the shared part to common/")
    if own[0] == "common" and theirs[0] == "assay" and not target.startswith(_PROTOS_OF_COMMON):
        return "common/ knows no service: of the protos it may include only " + ", ".join(
            _PROTOS_OF_COMMON)
    return None


def _engine_problem(source, quoted, target):
    if source.folder != _ENGINE and not source.path.startswith(_ENGINE + "/"):
        return None
    allowed = (_ENGINE + "/",)
    if source.is_test:
        allowed += ("gtest/", "gmock/", "services/scoring/testing/")
    fine = target.startswith(allowed) or (not quoted and re.fullmatch(r"[a-z0-9_]+", target))
    if fine:
        return None
    return (f"{_ENGINE} sees C++ standard headers and its own folder only "
            "(it is to compile to WebAssembly)")


def _pure_problem(source, target):
    parts = source.path.split("/")
    if parts[0] != "services" or not {"domain", "engine"} & set(parts[2:-1]):
        return None
    if target.endswith(".grpc.pb.h") or target.startswith(("grpcpp/", "grpc/")):
        return "domain/ and engine/ hold rules: no gRPC header in them"
    return None


def _rocksdb_problem(source, target):
    if not target.startswith("rocksdb/"):
        return None
    if source.folder == "common/storage" and source.name.endswith(".cc"):
        return None
    if source.path == _ROCKSDB_HEADER:
        return None
    return "RocksDB headers belong in common/storage/*.cc: no engine type in a signature"


def check(files):
    for source in files:
        if not source.is_cpp:
            continue
        for line, quoted, target in includes(source):
            for rule, message in (
                ("layers", _layer_problem(source, target)),
                ("engine-includes", _engine_problem(source, quoted, target)),
                ("pure-domain", _pure_problem(source, target)),
                ("rocksdb-header", _rocksdb_problem(source, target)),
            ):
                if message:
                    yield Finding(source.path, line, rule, f"{target}: {message}")
