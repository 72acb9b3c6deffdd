"""Two safe places in each practice society, with beds and stays in several states. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from panah.people.cases import queries as cases_queries
from panah.people.shelter import actions as shelter
from panah.people.shelter import queries
from panah.people.shelter.queries.board import free_beds
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.shelter.models import Place, Stay

WAY = {
    "address": "Practice: 17 Invented Street, Nowhere",
    "phone": "+000 21",
    "how": "Practice: by the back gate. Call ten minutes before; the colleague on shift opens.",
    "rules": "Practice: quiet after ten. No photographs. Visitors meet elsewhere.",
    "late": (
        "Practice: 1. Call the telephone that is safe. 2. Ask who shares the room. 3. Call whoever follows the stay. "
        "4. The focal point decides about the police."
    ),
}


@dataclass(frozen=True)
class House:
    """An invented place: who writes it down, what is said of it, and its rooms: name, whom it admits, beds."""

    by: str
    name: str
    region: str
    kind: str
    languages: list[str]
    admits: list[str]
    rooms: tuple[tuple[str, list[str], list[str]], ...]


PLACES = (
    House(
        by="gulnar", name="House 3", region="XA-1", kind="house", languages=["ru", "kk", "uz"],
        admits=["women", "mothers", "girls", "girl_mothers", "children"],
        rooms=(
            ("Room 1", ["mothers", "girl_mothers", "children"], ["a", "b", "cot"]),
            ("Room 2", ["women"], ["a", "b", "c"]),
        ),
    ),
    House(
        by="gulnar", name="Flat 7", region="XA-3", kind="flat", languages=["ru", "tg"],
        admits=["men", "teen_boys", "fathers"],
        rooms=(("Room 1", ["men"], ["a", "b"]), ("Room 2", ["teen_boys", "fathers"], ["a", "b"])),
    ),
    House(
        by="malika", name="House 1", region="XB-1", kind="house", languages=["uz", "tg", "ru"],
        admits=["men", "women", "families"],
        rooms=(("Room 1", ["men"], ["a", "b"]), ("Room 2", ["women"], ["a", "b"])),
    ),
    House(
        by="rustam", name="Room for a night", region="XB-2", kind="elsewhere", languages=["uz"],
        admits=["women", "men", "mothers", "families"],
        rooms=(("Room 1", [], ["a", "b"]),),
    ),
)  # fmt: skip
# Who asked, for which of her open cases (the oldest is 0; None: no case), where, since how many days, how far it is.
STAYS: tuple[tuple[str, int | None, str, dict[str, str], int, str], ...] = (
    ("amina", 0, "House 3", {"called": "Apricot", "who": "women", "needs": "A quiet room. No nuts."}, 9, "here"),
    ("amina", 1, "Flat 7", {"called": "Tulip", "who": "men", "needs": "Works early, comes late."}, 0, "placed"),
    (
        "amina", 2, "House 3",
        {"called": "Snowdrop", "who": "girls", "age": "unknown", "needs": "", "agrees": "child_and_two"}, 0, "asked",
    ),
    (
        "gulnar", None, "Flat 7",
        {"called": "Yarrow", "who": "fathers", "needs": "A cot for the small one."}, 3, "asked to leave",
    ),
    ("gulnar", None, "House 3", {"called": "Reed", "who": "women", "needs": ""}, 1, "missing"),
    ("cholpon", 0, "Flat 7", {"called": "Walnut", "who": "men", "needs": "Stairs are hard."}, 30, "left"),
    ("daler", 0, "House 1", {"called": "Quince", "who": "men", "needs": "Medicine at eight."}, 4, "here"),
    ("malika", None, "Room for a night", {"called": "Willow", "who": "women", "needs": ""}, 0, "held"),
)  # fmt: skip
TOLD = ["house", "rules", "free", "known", "no_address"]


def build(practice: Practice) -> None:
    """Write the places down, then ask, give and go on as on the pages."""
    made = {one.name: _place(practice, one) for one in PLACES if practice.has(one.by)}
    for who, number, name, sheet, days, state in STAYS:
        if practice.has(who):
            _stay(practice, made[name], who, number, sheet, days, state)
    if "House 3" in made:
        _daily(practice, made["House 3"])


def _place(practice: Practice, told: House) -> Place:
    by, at = told.by, practice.at - timedelta(days=60)
    names = ("name", "region", "kind", "languages", "admits")
    place = shelter.make_place(
        keys=practice.keys(by),
        typed={name: getattr(told, name) for name in names},
        way=WAY,
        runners=[practice.staff[by]],
        at=at,
    )
    for name, admits, beds in told.rooms:
        shelter.add_room(
            keys=practice.keys(by), place=place, name=name, admits=admits, beds=beds, at=at,
            step_free=name == "Room 2",
        )  # fmt: skip
    return place


def _stay(
    practice: Practice,
    place: Place,
    who: str,
    number: int | None,
    sheet: Mapping[str, str],
    days: int,
    state: str,
) -> None:
    at = practice.at - timedelta(days=days)
    first = queries.tonight(at)
    case = None
    if number is not None:
        theirs = cases_queries.visible(to=practice.staff[who]).filter(
            owner=practice.staff[who], closed_at=None
        )
        case = list(theirs.order_by("opened_at"))[number]
    language = case.language if case is not None else "ru"
    stay = shelter.ask(
        keys=practice.keys(who),
        place=place,
        case=case,
        sheet={
            "age": "adult",
            **sheet,
            "language": language,
            "spoken": language,
            "said": "yes",
            "told": TOLD,
        },
        from_day=first,
        to_day=first + timedelta(days=days + 5),
        at=at,
    )
    _go_on(practice, stay, state, at)


def _go_on(practice: Practice, stay: Stay, state: str, at: datetime) -> None:
    runner = next(one.username for one in queries.runners_of(stay.place))
    keys, staff = practice.keys(runner), practice.staff[runner]

    def opened() -> queries.OpenedStay:
        return queries.stay_or_404(stay.pk, to=staff, keys=keys)

    if state == "asked":
        return
    who = opened().sheet["who"]
    bed = free_beds(stay.place, from_day=stay.from_day, to_day=stay.to_day, at=at, who=who)[0]
    if state == "held":
        shelter.hold_bed(keys=keys, opened=opened(), bed=bed, hours=6, at=practice.at)
        return
    shelter.give_bed(keys=keys, opened=opened(), bed=bed, at=at)
    if state in ("here", "missing", "left", "asked to leave"):
        shelter.arrive(keys=keys, opened=opened(), at=at + timedelta(hours=2))
    if state == "missing":
        shelter.miss(
            keys=keys, opened=opened(), danger="no", at=practice.at - timedelta(minutes=40),
            seen="Practice: went to the market at four, wanted to be back by seven.",
        )  # fmt: skip
    if state == "asked to leave":
        shelter.leave(
            keys=keys, opened=opened(), to="partner", how="asked_to", at=practice.at - timedelta(hours=1),
            reason="Practice: smoked in the room again.", onward="Practice: a made-up inn, Gulnar brings both there.",
            danger="no",
        )  # fmt: skip
    if state == "left":
        shelter.leave(
            keys=keys, opened=opened(), to="family", how="planned", safety="yes", at=at + timedelta(days=12),
            note="Practice: an aunt came to the branch.",
        )  # fmt: skip


def _daily(practice: Practice, place: Place) -> None:
    keys, at = practice.keys("gulnar"), practice.at
    begins = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    for day in range(14):
        starts = begins + timedelta(days=day)
        shelter.put_on_shift(
            place=place, staff=practice.staff["gulnar"], starts_at=starts, ends_at=starts + timedelta(hours=12),
            by=practice.staff["gulnar"], at=at,
        )  # fmt: skip
    shelter.write_incident(
        keys=keys, place=place, kind="stranger", at=at - timedelta(days=2), told="Practice: Bakyt, by telephone.",
        text="Practice: a grey car stood at the corner twice this week.",
    )  # fmt: skip
    for what, how_many, urgent in (
        ("Practice: nappies, size 4", "two packs", True),
        ("Practice: a heater", "", False),
    ):
        shelter.write_need(
            keys=keys, place=place, need={"what": what, "how_many": how_many, "urgent": urgent}, at=at
        )
