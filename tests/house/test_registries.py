"""One kind of registry, filled by the rooms above from their ``hooks.py``; the same whichever app starts first."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house.registries import modules

ROOT = Path(__file__).parents[2]
# Filled where its values are declared, not in hooks: each room has its own there, and uses it itself.
DECLARED_IN_PLACE = {
    "panah.ground.audit.events.REGISTER": "each room declares what it writes in the journal in its events.py",
    "panah.ground.approvals.acts.ACTS": "an act stands beside the permission or the action that it guards",
    "panah.people.inbox.words.CODES": "the codes of every message stand with the other words of the inbox",
}
FILLS = {"append", "add", "extend", "insert", "update", "setdefault"}
REQUESTS = {"GET", "META", "POST"}
EMPTY = {"dict", "list", "set", "defaultdict"}


def _constant(node: ast.expr) -> str:
    """Return the name of a module-level constant that an expression is about, or ""."""
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name if name.isupper() and not name.startswith("_") and name not in REQUESTS else ""


def _made_empty(node: ast.stmt) -> str:
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return ""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    value = node.value
    empty = (isinstance(value, ast.Dict) and not value.keys) or (
        isinstance(value, ast.List) and not value.elts
    )
    called = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in EMPTY
    return _constant(target) if empty or (called and not value.args) else ""


def _filled(node: ast.AST) -> str:
    """Return the constant that a statement changes: an append, an item, a name that is added to."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FILLS:
        return _constant(node.func.value)
    if isinstance(node, ast.AugAssign):
        return _constant(node.target)
    if isinstance(node, ast.Assign):
        return next((_constant(t.value) for t in node.targets if isinstance(t, ast.Subscript)), "")
    return ""


def registries_by_hand(tree: ast.Module) -> set[str]:
    return {found for node in tree.body if (found := _made_empty(node))} | {
        found for node in ast.walk(tree) if (found := _filled(node))
    }


def test_a_list_that_others_fill_is_noticed():
    by_hand = "HOOKS: list[int] = []\ndef fill():\n    work.ON_CHANGE.append(1)\n    URLS['a'] = 2\n    _KEPT['a'] = 3\n"
    assert registries_by_hand(ast.parse(by_hand)) == {"HOOKS", "ON_CHANGE", "URLS"}


def test_what_other_rooms_fill_is_a_registry():
    """Use panah.ground.foundation.registry.Registry, and register in the hooks.py of the room above."""
    by_hand = {module: found for module, tree in modules().items() if (found := registries_by_hand(tree))}
    assert not by_hand


def started(order: str) -> dict[str, list[list[str]]]:
    """Return the table of registries of a process that starts the apps in this order."""
    command = [sys.executable, "-m", "tests.house.registries", order]
    where = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT / "src")}
    shuffled = subprocess.run(command, cwd=ROOT, env=os.environ | where, capture_output=True, check=True)
    return json.loads(shuffled.stdout)


def test_the_table_of_registries_is_the_same_whichever_app_starts_first():
    """Each is filled by somebody, from hooks. ``pytest -s`` shows the table."""
    table = started("one order")
    for where, values in table.items():
        by_whom = sorted({by for _name, by in values})
        sys.stdout.write(f"{where}: {len(values)} by {', '.join(by_whom)}\n")
        assert values, f"{where}: a hook that nobody registers is dead"
        in_place = where in DECLARED_IN_PLACE
        assert in_place or all(by.endswith(".hooks") for by in by_whom), f"{where} is filled by {by_whom}"
    assert started("another order") == table
