"""What several files of tests need lies in a module that says what it holds, not in one of the files of tests."""

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]


def borrowed(text):
    """Return the files of tests that a module imports, or imports from."""
    names = set()
    for one in ast.walk(ast.parse(text)):
        if isinstance(one, ast.Import):
            names |= {alias.name for alias in one.names}
        elif isinstance(one, ast.ImportFrom) and one.module:
            names |= {one.module, *(f"{one.module}.{alias.name}" for alias in one.names)}
    parts = {name: name.split(".") for name in names if name.startswith("tests.")}
    return {name for name, (*_, module) in parts.items() if module.startswith("test_")}


def test_nothing_is_imported_from_a_file_of_tests():
    found = {str(path.relative_to(TESTS)): borrowed(path.read_text()) for path in TESTS.rglob("*.py")}
    assert not {path: names for path, names in found.items() if names}, (
        "move what they share into a module of its own"
    )


def test_each_way_of_importing_from_a_file_of_tests_is_found():
    assert borrowed("from tests.cases.test_pages import opened") == {"tests.cases.test_pages"}
    assert borrowed("from tests.cases import test_pages as pages") == {"tests.cases.test_pages"}
    assert borrowed("import tests.cases.test_pages") == {"tests.cases.test_pages"}
    assert not borrowed("from tests.cases.case_pages import opened")
