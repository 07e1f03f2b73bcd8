"""Tests of the lints: each rule finds its fault, and leaves the code beside it alone."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import allow  # noqa: E402
import banned  # noqa: E402
import layers  # noqa: E402
import shape  # noqa: E402
import tree  # noqa: E402
from source import SourceFile, read_tree  # noqa: E402


def rules(check, path, text):
    return [f.rule for f in check.check([SourceFile(path, text)])]


class SourceViews(unittest.TestCase):
    def test_code_blanks_comments_and_literals_and_keeps_lines(self):
        file = SourceFile("a.cc", 'int a = 1\'000; // x\n/* y\n z */ f("q // r", \'"\'); g();\n')
        self.assertEqual(file.code.count("\n"), 3)
        self.assertIn("1'000;", file.code)
        self.assertIn("g();", file.code)
        for gone in ("x", "y", "z", "q", "r"):
            self.assertNotIn(gone, file.code)

    def test_raw_strings_end_at_their_own_delimiter(self):
        file = SourceFile("a.cc", 'auto s = R"x(double " )" )x"; int k;')
        self.assertNotIn("double", file.code)
        self.assertIn("int k;", file.code)

    def test_read_tree_sees_new_files_and_skips_ignored_and_binary_ones(self):
        with tempfile.TemporaryDirectory() as root:
            subprocess.run(["git", "init", "-q", root], check=True)
            pathlib.Path(root, ".gitignore").write_text("out\n", encoding="utf-8")
            pathlib.Path(root, "new.cc").write_text("int a;\n", encoding="utf-8")
            pathlib.Path(root, "out").write_text("x", encoding="utf-8")
            pathlib.Path(root, "golden").write_bytes(b"\xff\x00\xfe")
            self.assertEqual([f.path for f in read_tree(root)], [".gitignore", "new.cc"])


class Layers(unittest.TestCase):
    def include(self, path, target):
        return rules(layers, path, f"#include {target}\n")

    def test_common_must_not_include_a_service_or_its_proto(self):
        self.assertEqual(self.include("common/a/x.h", '"services/scoring/y.h"'), ["layers"])
        self.assertEqual(self.include("common/a/x.h", '"assay/scoring/v1/y.pb.h"'), ["layers"])
        self.assertEqual(self.include("common/a/x.h", '"assay/access/v1/access.pb.h"'), [])
        self.assertEqual(self.include("common/a/x.h", '"common/b/y.h"'), [])

    def test_a_service_must_not_include_another(self):
        self.assertEqual(
            self.include("services/scoring/x.h", '"services/catalogue/y.h"'), ["layers"])
        self.assertEqual(self.include("services/scoring/x.h", '"services/scoring/y.h"'), [])
        self.assertEqual(self.include("services/scoring/x.h", '"assay/catalogue/v1/a.pb.h"'), [])

    def test_tests_may_include_services_and_tools_may_not(self):
        self.assertEqual(self.include("tests/journey/x.cc", '"services/scoring/y.h"'), [])
        self.assertEqual(self.include("tools/ctl/x.cc", '"services/scoring/y.h"'), ["layers"])

    def test_the_engine_sees_only_the_standard_library_and_itself(self):
        path = "services/scoring/engine/x.cc"
        self.assertEqual(self.include(path, "<vector>"), [])
        self.assertEqual(self.include(path, '"services/scoring/engine/y.h"'), [])
        self.assertEqual(self.include(path, '"common/status/error.h"'), ["engine-includes"])
        self.assertEqual(self.include(path, "<unistd.h>"), ["engine-includes"])
        self.assertEqual(self.include(path, "<nlohmann/json.hpp>"), ["engine-includes"])
        for target in ('"gtest/gtest.h"', "<gmock/gmock.h>", '"services/scoring/testing/y.h"'):
            self.assertEqual(self.include("services/scoring/engine/x_test.cc", target), [])
            self.assertEqual(self.include(path, target), ["engine-includes"])

    def test_domain_folders_hold_no_grpc(self):
        target = '"assay/scoring/v1/s.grpc.pb.h"'
        self.assertEqual(self.include("services/review_queue/domain/x.h", target), ["pure-domain"])
        self.assertEqual(self.include("services/review_queue/x.h", target), [])

    def test_rocksdb_stays_in_storage_sources(self):
        self.assertEqual(self.include("common/storage/x.h", '"rocksdb/db.h"'), ["rocksdb-header"])
        self.assertEqual(self.include("common/audit/x.cc", '"rocksdb/db.h"'), ["rocksdb-header"])
        self.assertEqual(self.include("common/storage/x.cc", '"rocksdb/db.h"'), [])

    def test_an_include_in_a_comment_is_no_include(self):
        self.assertEqual(
            rules(layers, "common/a/x.h", '// #include "services/a/b.h"\n'), [])


class Banned(unittest.TestCase):
    def test_real_time(self):
        for call in ("absl::Now();", "std::chrono::steady_clock::now();", "time(nullptr);",
                     "std::time(0);", "using C = std::chrono::system_clock;"):
            self.assertEqual(rules(banned, "common/a/x.cc", call), ["real-time"], call)
        for call in ("clock.Now();", "event.time();", "absl::Time time() const;", "// absl::Now()",
                     "std::chrono::system_clock::time_point deadline;",
                     'Log("system_clock");'):
            self.assertEqual(rules(banned, "common/a/x.cc", call), [], call)

    def test_real_randomness(self):
        self.assertEqual(
            rules(banned, "common/a/x.cc", "std::random_device d;"), ["real-randomness"])

    def test_floating_point_only_where_decisions_are_made(self):
        code = "double share = 0.5;"
        self.assertEqual(
            rules(banned, "services/scoring/engine/x.cc", code), ["floating-point"])
        self.assertEqual(
            rules(banned, "services/assessment_store/domain/x.h", code), ["floating-point"])
        self.assertEqual(rules(banned, "common/metrics/x.cc", code), [])
        self.assertEqual(rules(banned, "services/scoring/engine/x.cc", "// a double"), [])

    def test_bare_mutex_outside_sync(self):
        for code in ("std::mutex m;", "absl::MutexLock l(&m);", "std::condition_variable c;"):
            self.assertEqual(rules(banned, "common/a/x.h", code), ["bare-mutex"], code)
        self.assertEqual(rules(banned, "common/sync/mutex.h", "std::mutex m;"), [])
        self.assertEqual(rules(banned, "common/a/x.h", "Mutex m; MutexLock l(m);"), [])

    def test_sleep_only_matters_in_tests(self):
        code = "std::this_thread::sleep_for(d);"
        self.assertEqual(rules(banned, "common/a/x_test.cc", code), ["sleep-in-test"])
        self.assertEqual(rules(banned, "tests/journey/x.cc", code), ["sleep-in-test"])
        self.assertEqual(rules(banned, "common/a/x.cc", code), [])

    def test_regex(self):
        self.assertEqual(rules(banned, "common/a/x.cc", "std::regex r;"), ["regex"])

    def test_unfinished_work_in_any_file(self):
        mark = "TO" + "DO"
        self.assertEqual(rules(banned, "README.md", f"{mark}: write"), ["unfinished"])
        self.assertEqual(rules(banned, "deploy/x", "mktemp a." + "X" * 6), [])


class Shape(unittest.TestCase):
    def function(self, lines):
        """A function whose braces span `lines` lines."""
        return "void F(int a) {\n" + "  G();\n" * (lines - 2) + "}\n"

    def test_functions_at_the_wall_and_one_past_it(self):
        self.assertEqual(rules(shape, "a.cc", self.function(shape.MAX_FUNCTION_LINES)), [])
        self.assertEqual(
            rules(shape, "a.cc", self.function(shape.MAX_FUNCTION_LINES + 1)), ["function-length"])

    def test_functions_are_found_inside_scopes_and_with_every_ending(self):
        for head in ("void A::F() const {", "TEST(A, B) {", "auto F() -> int {",
                     "template <typename T>\nT F(T t) noexcept {", "A::A(int x) : x_(x) {",
                     "int F() ASSAY_EXCLUDES(mutex_) {", "struct X F() {"):
            text = f"namespace n {{\nclass C {{\n{head}\nif (a) {{\n}}\n}}\n}};\n}}\n"
            found = list(shape.cpp_functions(SourceFile("a.cc", text)))
            self.assertEqual([length for _, length in found], [4], head)

    def test_tables_and_classes_are_no_functions(self):
        for head in ("class C {", "struct S : Base<int> {", "enum class E {",
                     "const Case kCases[] = {", "namespace {", 'extern "C" {'):
            text = head + "\n" * 100 + "};\n"
            self.assertEqual(list(shape.cpp_functions(SourceFile("a.cc", text))), [], head)

    def test_files_at_the_wall_and_one_past_it(self):
        self.assertEqual(rules(shape, "a.h", "\n" * shape.MAX_FILE_LINES), [])
        self.assertEqual(rules(shape, "a.h", "\n" * (shape.MAX_FILE_LINES + 1)), ["file-length"])
        self.assertEqual(rules(shape, "data.json", "\n" * 2000), [])

    def test_python_functions(self):
        text = "def f():\n" + "    g()\n" * shape.MAX_FUNCTION_LINES
        self.assertEqual(rules(shape, "a.py", text), ["function-length"])


class Tree(unittest.TestCase):
    def test_header_guard_is_the_path(self):
        good = "// About.\n#ifndef ASSAY_COMMON_A_X_H_\n#define ASSAY_COMMON_A_X_H_\n#endif\n"
        lists = SourceFile("common/a/CMakeLists.txt", "x.h")
        self.assertEqual(list(tree.check([SourceFile("common/a/x.h", good), lists])), [])
        found = tree.check([SourceFile("common/a/y.h", good), lists])
        self.assertEqual([f.rule for f in found], ["header-guard"])

    def test_every_source_is_built(self):
        file = SourceFile("common/a/x.cc", "")
        self.assertEqual([f.rule for f in tree.check([file])], ["folder-target"])
        lists = SourceFile("common/a/CMakeLists.txt", "y.cc")
        self.assertEqual([f.rule for f in tree.check([file, lists])], ["not-built"])

    def test_machine_paths(self):
        for place in ("ro" + "ot", "ho" + "me", "wo" + "rk"):
            self.assertEqual(rules(tree, "a.sh", f"cd /{place}/me/x"), ["machine-path"])
        fine = "${dir}/wo" + "rk/x a/wo" + "rk/x https://host.example/wo" + "rk/x"
        self.assertEqual(rules(tree, "a.sh", fine), [])

    def test_lock_files_name_no_registry(self):
        text = '{"resolved": "https://registry.example/a.tgz"}'
        self.assertEqual(rules(tree, "tools/buf/package-lock.json", text), ["lock-address"])


class Allow(unittest.TestCase):
    FINDINGS = list(banned.check([SourceFile("common/time/clock.cc", "absl::Now();")]))

    def test_an_entry_covers_its_rule_and_path(self):
        entries = allow.parse("# c\n\nreal-time common/time/* the real clock\n")
        self.assertEqual(allow.apply(entries, self.FINDINGS), [])

    def test_an_entry_that_covers_nothing_is_a_finding(self):
        entries = allow.parse("regex common/time/* why\n")
        kept = allow.apply(entries, self.FINDINGS)
        self.assertEqual([f.rule for f in kept], ["real-time", "stale-allowance"])

    def test_an_entry_needs_a_reason(self):
        with self.assertRaises(ValueError):
            allow.parse("regex common/time/*\n")


if __name__ == "__main__":
    unittest.main()
