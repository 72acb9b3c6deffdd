"""What a page calls a module, a function or a table is what the code calls it."""

import importlib
import re
from functools import cache
from pathlib import Path
from types import ModuleType

from django.apps import apps

from panah.rooms import HOUSES, folder_of, folders, package_of
from tests.house.doc_pages import ROOT, by_page

HOUSE = ROOT / "src/panah"
ROOMS = [folder.name for folder in folders()]
# `actions as vault` and `queries as vault_queries` is how a room is imported everywhere.
IMPORTED = {room: f"{room}.actions" for room in ROOMS} | {
    f"{room}_queries": f"{room}.queries" for room in ROOMS
}
FENCE = re.compile(r"^ *```python\n(?P<code>.*?)^ *```", re.M | re.S)
# A drawing in plain text: what it calls a function is one, too.
DRAWING = re.compile(r"^```\n(?P<code>.*?)^```$", re.M | re.S)
TICKED = re.compile(r"(?<!`)`(?P<said>[^`\n]+)`(?!`)")
DOTTED = re.compile(r"(?<![\w./\"-])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
FILE = re.compile(r"(?<![\w./<>\"-])[\w./-]+\.(?:py|html)(?![\w.])")
ENDINGS = {"py", "html", "js", "css", "md", "toml", "json", "csv", "lock", "po", "svg"}


@cache
def module(name: str) -> ModuleType | None:
    try:
        room, *rest = name.split(".")
        return importlib.import_module(".".join((package_of(room), *rest)))
    except (KeyError, ModuleNotFoundError):
        return None


def is_there(path: list[str]) -> bool:
    """Say whether these names lead from a room to a module, and from there to something in it."""
    for count in range(len(path), 0, -1):
        if (found := module(".".join(path[:count]))) is not None:
            rest = path[count:]
            return not rest or hasattr(found, rest[0])
    return False


def fields_of(name: str) -> set[str]:
    """Everything a table of this name has; nothing when there is none."""
    return {one for table in apps.get_models() if table.__name__ == name for one in dir(table)}


def exists(name: str, page: Path) -> bool:
    """Say whether a file is there: by its path, or in a page that has just said which folder, by its name."""
    inside = page.parent if page.name == "README.md" else ROOT / "src"
    return (
        any((place / name).exists() for place in (ROOT, HOUSE, *(HOUSE / one for one in HOUSES), page.parent))
        or any((folder / "templates" / name).exists() for folder in folders())
        or ("/" not in name and any(inside.rglob(name)))
    )


def dotted_names(page: Path) -> set[str]:
    text = page.read_text()
    said = [m["code"] for one in (FENCE, DRAWING) for m in one.finditer(text)] + [
        m["said"] for m in TICKED.finditer(FENCE.sub("", text))
    ]
    return {name for one in said for name in DOTTED.findall(one) if name.split(".")[-1] not in ENDINGS}


def unknown(page: Path) -> set[str]:
    room = page.parent.name if page.name == "README.md" and page.parent in folders() else ""
    wrong = set()
    for name in dotted_names(page):
        path = name.removeprefix("panah.").split(".")
        path = path[1:] if path[0] in HOUSES else path
        first = (folder_of(room) if room else HOUSE) / path[0]
        readings = [[room, *path]] if room and (first.with_suffix(".py").exists() or first.is_dir()) else []
        readings += [path] if path[0] in ROOMS else []
        readings += [[*IMPORTED[path[0]].split("."), *path[1:]]] if path[0] in IMPORTED else []
        if (known := fields_of(path[0])) and path[1] not in known:
            wrong.add(name)
        if readings and not any(is_there(one) for one in readings):
            wrong.add(name)
    return wrong


@by_page
def test_every_name_with_a_room_or_module_before_it_is_in_the_code(page: Path):
    assert not unknown(page)


@by_page
def test_every_file_a_page_names_is_there(page: Path):
    text = FENCE.sub("", page.read_text())
    named = {one for m in TICKED.finditer(text) if " " not in m["said"] for one in FILE.findall(m["said"])}
    assert not {one for one in named if not exists(one, page)} - {"utils.py"}


def test_a_name_that_nobody_gave_is_noticed(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(
        "`vault.doors`, `sign_in.middleware`, `panah.ground.foundation.tenancy`, `vault.write`, `vault.unwrite`, `Stay.sleeper`\n"
        "```\n  /calls/take/  hotline.begin_contact  hotline.begin_talk\n```\n"
    )
    assert unknown(page) == {"vault.doors", "vault.unwrite", "Stay.sleeper", "hotline.begin_talk"}
