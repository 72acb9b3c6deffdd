"""Where the rooms lie: ``panah/HOUSE/ROOM``, and beside the houses what composes them. Plain Python."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

PANAH = Path(__file__).parent
# From below, as floors: people and programmes stand on the ground, and neither knows the other, so these two stand in
# the order of their names. In which order a node reads them says ``config.composition``.
HOUSES = ("ground", "people", "programmes")


def folders(root: Path = PANAH) -> list[Path]:
    """Return the folders of all rooms in the order of their names."""
    places = [root, *(root / house for house in HOUSES)]
    found = [one for place in places if place.is_dir() for one in place.iterdir()]
    return sorted(
        (one for one in found if one.name not in HOUSES and (one / "__init__.py").exists()),
        key=lambda one: one.name,
    )


def folder_of(room: str, root: Path = PANAH) -> Path:
    """Return the folder of a room; KeyError when there is none."""
    return {one.name: one for one in folders(root)}[room]


def package_of(room: str) -> str:
    """Return the dotted name of a room's package; KeyError when there is no such room."""
    return ".".join(("panah", *folder_of(room).relative_to(PANAH).parts))


def from_room(path: Path) -> str:
    """Return where a file below ``panah`` stands, from its room on: ``cases/rules.py``."""
    first, *rest = path.relative_to(PANAH).parts
    return "/".join(rest if first in HOUSES and len(rest) > 1 else (first, *rest))


def room_of(module: str) -> str:
    """Return the room in which a module stands, given by its dotted name; "" for what is in none."""
    first, *names = module.split(".")
    name = next((name for name in names if name not in HOUSES), "")
    return name if first == "panah" and name in _names() else ""


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name for one in folders())


@dataclass(frozen=True)
class House:
    """What a house brings to a node; ``panah/HOUSE/house.py`` says it, and ``config`` reads it."""

    name: str
    # Apps in the order in which Django reads them: where two have a file of one name, the first one's is taken.
    rooms: tuple[str, ...]
    # Prefix and room, or prefix and a module of addresses in it: the first that fits answers.
    addresses: tuple[tuple[str, str], ...]
    # Rooms of the composition that only show what this house does, each with its prefix.
    shown_by: tuple[tuple[str, str], ...] = ()
    # Dotted names, from the house on, of what decides about a request before everything else does.
    middleware: tuple[str, ...] = ()
    # Parts of the practice society (modules of ``practice``) that do what this house is for.
    practice: tuple[str, ...] = ()

    def apps(self) -> list[str]:
        return [f"panah.{self.name}.{room}" for room in self.rooms]

    def mounted(self) -> list[tuple[str, str]]:
        """Return each prefix with the dotted name of the addresses under it."""
        shown = [(prefix, f"panah.{room}.urls") for prefix, room in self.shown_by]
        return shown + [
            (prefix, f"panah.{self.name}.{where}" + ("" if "." in where else ".urls"))
            for prefix, where in self.addresses
        ]
