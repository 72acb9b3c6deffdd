"""No query grows with the data: a condition that is added for each row ends where the database's depth ends."""

import ast
from pathlib import Path

from panah.rooms import from_room

SRC = Path(__file__).parents[2] / "src" / "panah"
# (file, function): one for each room, shelf, kind of key or reading of a word that was typed; their number stays small.
SMALL = {
    ("inbox/permissions.py", "past_intake_open_to"),
    ("inbox/queries.py", "_rows"),
    ("library/queries/indexes.py", "any_of"),
    ("vault/actions/rotation.py", "reseal_queue"),
    ("volunteers/queries/listing.py", "_begins"),
    ("volunteers/queries/register.py", "could"),
    ("work/ranked.py", "_any"),
}


def growing(tree):
    """Return the functions in which conditions are joined by OR, or AND, for each of something."""
    found = set()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, (ast.For, ast.While)):
                found |= {function.name for one in ast.walk(node) if joins(one)}
            elif reduces(node):
                found.add(function.name)
    return found


def reduces(node):
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("reduce", "functools.reduce")
        and any(word in ast.unparse(node.args[0]) for word in ("or", "and"))
    )


def joins(node):
    return (
        isinstance(node, ast.AugAssign)
        and isinstance(node.op, (ast.BitOr, ast.BitAnd))
        and any(
            isinstance(one, ast.Call) and ast.unparse(one.func).split(".")[-1] in ("Q", "Exists")
            for one in ast.walk(node.value)
        )
    )


def test_conditions_are_joined_one_by_one_only_where_their_number_does_not_grow():
    found = {
        (from_room(path), name) for path in SRC.rglob("*.py") for name in growing(ast.parse(path.read_text()))
    }
    assert found == SMALL


def test_a_condition_for_each_row_is_found():
    told = "def rows(numbers):\n    for one in numbers:\n        found |= Q(source__contains=one)"
    assert growing(ast.parse(told)) == {"rows"}
    assert growing(ast.parse("def rows(some):\n    return reduce(Q.__or__, some)")) == {"rows"}
    assert not growing(ast.parse("def rows(some):\n    return Q(pk__in=some) | Q(state=1)"))
