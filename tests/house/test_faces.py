"""What a room offers (``actions``, ``queries`` and ``forms`` as packages): names that somebody else uses, and no other.

Other modules say ``vault.reveal`` and ``cases.open_case``, so that a search for what is done finds the room; a name that nobody
asks for only lengthens the list that they read.
"""

import ast
from collections import defaultdict

from panah.rooms import PANAH

ROOT = PANAH.parents[1]
OFFERING = ("actions", "queries", "forms")


def faces():
    """Each package that only passes names on, with the names: ``{dotted name: {name}}``."""
    for path in PANAH.rglob("__init__.py"):
        tree = ast.parse(path.read_text()) if path.parent.name in OFFERING else ast.Module([], [])
        passed_on = all(isinstance(one, ast.ImportFrom | ast.Expr) for one in tree.body)
        names = {
            alias.asname or alias.name
            for one in tree.body
            if isinstance(one, ast.ImportFrom)
            for alias in one.names
        }
        if names and passed_on:
            yield ".".join(("panah", *path.parent.relative_to(PANAH).parts)), names


def used(offered):
    """What modules take from those packages: by name, or as ``room.name`` after importing the package."""
    found = defaultdict(set)
    for path in (
        one for part in ("src", "tests", "benchmarks", "tools") for one in (ROOT / part).rglob("*.py")
    ):
        text = path.read_text()
        if not any(word in text for word in OFFERING):
            continue
        tree, packages = ast.parse(text), {}
        for one in ast.walk(tree):
            if isinstance(one, ast.ImportFrom) and one.module:
                found[one.module].update(alias.name for alias in one.names)
                packages |= {alias.asname or alias.name: f"{one.module}.{alias.name}" for alias in one.names}
        for one in ast.walk(tree):
            if (
                isinstance(one, ast.Attribute)
                and isinstance(one.value, ast.Name)
                and packages.get(one.value.id) in offered
            ):
                found[packages[one.value.id]].add(one.attr)
    return found


def test_a_room_offers_only_what_somebody_uses():
    offered = dict(faces())
    asked_for = used(offered)
    assert len(offered) > 40
    unused = {package: sorted(names - asked_for[package]) for package, names in offered.items()}
    assert not {package: names for package, names in unused.items() if names}
