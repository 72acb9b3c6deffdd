"""Sizes a reader at night can hold in mind: files under 400 lines, functions under 40."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES_A_FILE = 400
LINES_A_FUNCTION = 40


def ours() -> Iterator[Path]:
    """Yield our own Python files; migrations are Django's."""
    for folder in ("src", "tools", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def complaints() -> list[str]:
    """Return one line for each file or function that has grown too long."""
    wrong = []
    for path in ours():
        name, text = path.relative_to(ROOT), path.read_text()
        if (length := len(text.splitlines())) > LINES_A_FILE:
            wrong.append(f"{name}: {length} lines, over {LINES_A_FILE}: make it a package")
        wrong += [
            f"{name}:{node.lineno}: {node.name} has {length} lines, over {LINES_A_FUNCTION}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (length := lines_of(node)) > LINES_A_FUNCTION
        ]
    return wrong


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines it takes to do it: what it takes and promises is not counted."""
    first = function.body[1 if ast.get_docstring(function) and function.body[1:] else 0]
    return (function.end_lineno or 0) - first.lineno + 1
