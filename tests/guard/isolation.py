"""What leads from a room to people's files: imports, relations of tables, templates, addresses. Read, not run.

Each function takes what it walks, so that a test can plant a way and see that it is found. It returns sentences, none
where no way leads there.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from jinja2 import nodes

from panah.config.composition import COMPOSITION, INSTALLED_HOUSES
from panah.config.urls import MOUNTED
from panah.ground.kit.jinja import engine
from panah.rooms import folder_of, folders, room_of

SRC = Path(__file__).parents[2] / "src"
ROOMS = ("volunteers", "training", "prevention", "model", "diplomacy", "cooperation", "library", "figures")
# Words about an office.
IN_WORDS = {"Practice.contact"}
# A field of these names would join a row with somebody served, whatever its type.
JOINS = {"case", "contact", "stay", "referral", "screening", "arrival"}


# The rooms of people that hold no file of a person, and the one of programmes that counts them.
NO_FILES, COUNTS_FILES = {"safety", "materials", "page_texts"}, {"evidence"}


@cache
def above() -> frozenset[str]:
    """Return the rooms that stand above these or beside them with people's files, and all that leads to them."""
    shown = {room for house in INSTALLED_HOUSES for _prefix, room in house.shown_by}
    composes = {"config", *COMPOSITION, *shown}
    people = {one.name for one in folders() if one.parent.name == "people"}
    return frozenset((people - NO_FILES) | COUNTS_FILES | composes)


# ---- modules --------------------------------------------------------------------------------


@cache
def modules(rooms: tuple[str, ...] | None = None) -> dict[str, str]:
    """Return the text of every module of the house, by its dotted name."""
    return {
        ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"): path.read_text()
        for path in (SRC / "panah").rglob("*.py")
        if "migrations" not in path.parts
        and (rooms is None or room_of(".".join(path.relative_to(SRC).with_suffix("").parts)) in rooms)
    }


@cache
def imports_of(text: str) -> list[str]:
    """Return what a module imports anywhere: at its head, inside a function, and for types alone."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{one.name}" for one in node.names]
    return found


def ways_by_import(house: Mapping[str, str], start: Iterable[str] = ROOMS) -> list[str]:
    """Follow every import from these rooms, through rooms below, until it ends or comes to a file."""
    came: dict[str, str] = {name: "" for name in house if room_of(name) in start}
    waiting, found = list(came), []
    while waiting:
        here = waiting.pop()
        for there in imports_of(house[here]):
            if room_of(there) in above():
                found.append(f"{here} imports {there}{came[here]}")
            name = there if there in house else there.rpartition(".")[0]
            if name in house and name not in came and room_of(name) not in above():
                came[name] = f", and comes from {here}"
                waiting.append(name)
    return sorted(found)


# ---- addresses ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Route:
    """An address: its name with its room, its path, and the room whose view answers."""

    name: str
    path: str
    room: str


def routes(resolver: URLResolver | None = None, namespace: str = "", path: str = "") -> Iterator[Route]:
    for one in (resolver or get_resolver()).url_patterns:
        here = path + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, f"{one.namespace}:" if one.namespace else namespace, here)
        elif isinstance(one, URLPattern):
            yield Route(f"{namespace}{one.name}", here, room_of(view_of(one.callback)))


def view_of(callback: Callable[..., object]) -> str:
    return getattr(callback, "__module__", "")


@cache
def forbidden_names() -> set[str]:
    return {one.name for one in routes() if one.room in above() and ":" in one.name}


@cache
def forbidden_prefixes() -> list[str]:
    """Return where addresses of rooms with files begin, where no other room has addresses too."""
    kept = {prefix for prefix, urls in MOUNTED if room_of(urls) not in above()}
    return sorted(
        {
            f"/{prefix}"
            for prefix, urls in MOUNTED
            if room_of(urls) in above() and prefix and prefix not in kept
        }
    )


def ways_by_address(all_routes: Iterable[Route]) -> list[str]:
    """Every address of these rooms is answered by one of them, and names no number of a case or a contact."""
    mounted = {prefix for prefix, urls in MOUNTED if prefix and room_of(urls) in ROOMS}
    found = []
    for one in all_routes:
        ours = one.room in ROOMS or one.name.partition(":")[0] in ROOMS
        ours = ours or any(one.path.startswith(prefix) for prefix in mounted)
        if ours and one.room not in ROOMS:
            found.append(f"{one.name} at {one.path} is answered by {one.room}")
        if ours and re.search(r"<(case|number):", one.path):
            found.append(f"{one.name} at {one.path} takes the number of a file")
    return found


def leads_there(text: str) -> bool:
    """Say whether a piece of text is, or holds, an address or the name of one in a room with files."""
    if text in forbidden_names():
        return True
    return any(re.search(rf"(^|[\"'(=\s]){re.escape(one)}", text) for one in forbidden_prefixes())


def ways_by_name(house: Mapping[str, str]) -> list[str]:
    """Look in the modules of these rooms for names of addresses and of tables that are written as text."""
    table = re.compile(rf"({'|'.join(above())})\.[A-Z]\w+|panah(\.\w+)*\.({'|'.join(above())})(\.\w+)*")
    return sorted(
        f"{name} says {node.value!r}"
        for name, text in house.items()
        if room_of(name) in ROOMS
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if leads_there(node.value) or table.fullmatch(node.value)
    )


# ---- tables ---------------------------------------------------------------------------------


def ways_by_relation(start: Iterable[type[Model]]) -> list[str]:
    """Follow every foreign key from these tables, however far, and look for ids that would join without one."""
    came: dict[type[Model], str] = {one: one.__name__ for one in start}
    waiting, found = list(came), []
    while waiting:
        here = waiting.pop()
        for one in here._meta.get_fields(include_hidden=True):
            there = one.related_model
            if one.auto_created and room_of(here.__module__) in ROOMS and there is not None:
                # Whoever points to us from above makes a way as well, in the database if not in the code.
                if room_of(there.__module__) in above():
                    found.append(f"{there.__name__} points to {here.__name__}")
            elif not one.auto_created and there is not None and there not in came:
                came[there] = f"{came[here]} > {there.__name__}"
                waiting.append(there)
                if room_of(there.__module__) in above():
                    found.append(f"{came[here]}.{one.name} leads to {there.__name__}")
            elif (
                there is None
                and room_of(here.__module__) in ROOMS
                and not JOINS.isdisjoint(one.name.split("_"))
                and f"{here.__name__}.{one.name}" not in IN_WORDS
            ):
                found.append(f"{here.__name__}.{one.name} sounds like the id of a file")
    return sorted(found)


# ---- templates and scripts ------------------------------------------------------------------


def templates() -> dict[str, str]:
    """Return the text of every template of the house, by its name."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for folder in (room / "templates" for room in folders())
        for path in folder.rglob("*.html")
    }


def scripts() -> dict[str, str]:
    return {
        str(path.relative_to(SRC)): path.read_text()
        for room in ROOMS
        for path in (folder_of(room) / "static").rglob("*.js")
    }


def ways_by_template(all_templates: Mapping[str, str]) -> list[str]:
    """Follow what the templates of these rooms include, extend and import, and look for addresses in them.

    The frame of the kit is left out: it is around every page of a colleague, and her menu shows what she may open.
    """
    waiting = [name for name in all_templates if name.split("/")[0] in ROOMS]
    known, found = set(waiting), []
    while waiting:
        here = waiting.pop()
        tree = engine().env.parse(all_templates[here])
        for there in _parts_of(tree):
            if there is None:
                found.append(f"{here} takes a part whose name is worked out")
            elif there.split("/")[0] in above():
                found.append(f"{here} takes {there}")
            elif there in all_templates and not there.startswith("kit/") and there not in known:
                known.add(there)
                waiting.append(there)
        found += [f"{here} says {text.strip()[:80]!r}" for text in _texts_of(tree) if leads_there(text)]
    return sorted(found)


def _parts_of(tree: nodes.Template) -> Iterator[str | None]:
    kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    for one in tree.find_all(kinds):
        try:
            yield one.template.as_const()
        except nodes.Impossible:
            yield None


def _texts_of(tree: nodes.Template) -> Iterator[str]:
    yield from (one.data for one in tree.find_all(nodes.TemplateData))
    yield from (one.value for one in tree.find_all(nodes.Const) if isinstance(one.value, str))


def ways_by_script(all_scripts: Mapping[str, str]) -> list[str]:
    return [f"{name} says an address of a file" for name, text in all_scripts.items() if leads_there(text)]
