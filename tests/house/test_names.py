"""A module's name stands in two rooms only where it is a layer, or for a reason that stands here; classes grow no doubles."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

from panah.rooms import HOUSES, PANAH, from_room


def named(names: str) -> set[str]:
    return set(names.split())


# docs/architecture.md: the layers of a room, and what Django calls its own.
LAYERS = named(
    "actions queries views forms urls models rules permissions words errors events hooks apps facts prompts parts"
)
# What an engineer finds in each room under the same name, as each means the same part of a feature.
SAME_PART = named("""across after_restore bulk common crash_points delivered delivering dialled_numbers drafts due_items
    from_inbox hosting importing jobs letter lists loading maintenance message_schema middleware month offboarding one others
    own_data paper presenters public public_urls read_aloud reading receipts retention search steps
    timeline told two_people verifying withdrawal workflow""")
# What colleagues call it, and what both rooms mean: one keeps it, the other asks about it, shows it or brings it.
SAME_THING = named("""alarms arrivals ceremony chat_lines chats closing content going_on guests meetings network numbers
    opening outgoing places roster same_person sessions subjects""")
# Practice data of a room are made by the module of its name.
PRACTICE = named("""briefs cases certificates commitments contacts documents figures helping library own_programmes papers reports
    safety""")
# A plain word that two rooms use for things of their own, told apart by the room: nobody looks for one and finds the other.
OF_ITS_ROOM = named("""attachments beside calls cards cells changes checks claims codes columns compare comparing counting dates doors doubles eligibility entries
    files groups headings imports joined joining labels languages likeness links offer pictures plan practices register
    rehearsal rows sentences sharing tables terms texts trained values versions""")
REASONS = (LAYERS, SAME_PART, SAME_THING, PRACTICE, OF_ITS_ROOM)
# Names of classes in two rooms, but for forms, which are named by what is pressed: the number may only go down.
CLASSES = 126
INNER = {"Meta", "Privacy", "Command"}


@cache
def modules() -> dict[Path, str]:
    """Each module of a room with its source."""
    found = (path for path in PANAH.glob("*/**/*.py") if room(path) not in HOUSES)
    found = (path for path in found if not {"migrations", "management"} & set(path.parts))
    return {path: path.read_text() for path in found if path.name not in ("__init__.py", "__main__.py")}


def room(path: Path) -> str:
    return from_room(path).split("/")[0]


def in_two_rooms(named: list[tuple[str, str]]) -> set[str]:
    """Return which names, each given with its room, stand in more than one."""
    rooms = defaultdict(set)
    for name, where in named:
        rooms[name].add(where)
    return {name for name, found in rooms.items() if len(found) > 1}


def shared_modules() -> set[str]:
    return in_two_rooms([(path.stem, room(path)) for path in modules()])


def shared_classes() -> set[str]:
    named = [
        (one.name, room(path))
        for path, text in modules().items()
        for one in ast.parse(text).body
        if isinstance(one, ast.ClassDef) and not one.name.endswith("Form") and one.name not in INNER
    ]
    return in_two_rooms(named)


def test_a_module_s_name_stands_in_two_rooms_only_for_a_reason():
    assert shared_modules() - set().union(*REASONS) == set(), (
        "call it what it is, or say the reason in this file"
    )


def test_a_reason_goes_with_its_name():
    there = {path.stem for path in modules()}
    assert set().union(*REASONS[1:]) - there == set(), "no module is called that any more"
    assert sum(map(len, REASONS)) == len(set().union(*REASONS)), "one reason each"


def test_classes_of_the_same_name_do_not_become_more():
    found = shared_classes()
    assert len(found) <= CLASSES, f"one more class of a name that another room has: {sorted(found)}"


def test_the_control_a_name_in_two_rooms_is_found():
    assert in_two_rooms(
        [("asking", "consent"), ("asking", "finding"), ("dates", "kit"), ("dates", "kit")]
    ) == {"asking"}
