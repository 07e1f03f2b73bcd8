"""Sizes: files up to 500 lines, functions up to 70."""

import ast
import re

from source import Finding

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 70

_SIZED_SUFFIXES = (".h", ".cc", ".proto", ".py", ".sh", ".cmake", "CMakeLists.txt")
_PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
_TEMPLATE = re.compile(r"^\s*template\s*<[^{}]*?>\s*(?=\w)")
_SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum)\b")
_SIGNATURE_END = re.compile(
    r"\)\s*(?:(?:const|noexcept|override|final|mutable|try|&&?|ASSAY_\w+(?:\([^()]*\))?"
    r"|->[^(){}]*)\s*)*$"
)


def _opens(head):
    """What the '{' after `head` opens: 'scope', 'function' or 'value'."""
    head = _TEMPLATE.sub("", head)
    if _SCOPE.search(head) and not _SIGNATURE_END.search(head):
        return "scope"
    if "(" in head and head.count("(") == head.count(")"):
        return "function"
    return "scope" if head.strip().startswith("extern") else "value"


def cpp_functions(source):
    """Yields (first line, lines) of the body of every outermost function, by brace depth.

    An approximation that reads formatted code: a lambda counts with the function around it.
    """
    code = _PREPROCESSOR.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), source.code)
    stack = []
    head_start = 0
    for match in re.finditer(r"[{};]", code):
        mark = match[0]
        if mark == "{":
            inside = any(kind != "scope" for kind, _ in stack)
            kind = "inner" if inside else _opens(code[head_start:match.start()])
            stack.append((kind, match.start()))
        elif mark == "}" and stack:
            kind, start = stack.pop()
            if kind == "function":
                first = source.line_of(start)
                yield first, source.line_of(match.start()) - first + 1
        head_start = match.end()


def _python_functions(source):
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno - node.lineno + 1


def check(files):
    for source in files:
        functions = ()
        if source.is_cpp:
            functions = cpp_functions(source)
        elif source.path.endswith(".py"):
            functions = _python_functions(source)
        for line, count in functions:
            if count > MAX_FUNCTION_LINES:
                yield Finding(
                    source.path, line, "function-length",
                    f"function of {count} lines; the wall is {MAX_FUNCTION_LINES}")
        lines = source.text.count("\n")
        if source.path.endswith(_SIZED_SUFFIXES) and lines > MAX_FILE_LINES:
            yield Finding(
                source.path, 1, "file-length",
                f"file of {lines} lines; the wall is {MAX_FILE_LINES}")
