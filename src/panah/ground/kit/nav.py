"""What stands in the frame of every staff page. Rooms register their places in their ``hooks.py``::

MENU.register("calls", MenuItem("hotline:calls", _("Calls"), "phone", visible=permissions.may_answer,
count=queries.waiting_for, go="gl"), order=20)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from django.urls import NoReverseMatch, ResolverMatch
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.registry import Registry
from panah.ground.kit.jinja import url
from panah.ground.kit.rank import Rank

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff


def everyone(staff: Staff) -> bool:
    return True


class Section(StrEnum):
    """The parts of the menu, in their order: first two to four rooms of the day."""

    DAY = "day"
    DIRECTORY = "directory"
    HELP = "help"
    SOCIETY = "society"


# So many places are seen at a glance; more are folded under their headings.
MOST_UNFOLDED = 16
# The rooms of the day need no heading.
HEADINGS = {
    Section.DAY: "",
    Section.DIRECTORY: _("Directory"),
    Section.HELP: _("Help for me"),
    Section.SOCIETY: _("Society"),
}


@dataclass(frozen=True)
class Count:
    """A number beside a place, with the tone of the most pressing of what it counts."""

    number: int
    tone: str = ""


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu, or a link at the foot of every page.

    ``count(staff)`` answers an int, a Count or None; ``go`` is its shortcut, such as ``gc``. ``daily(staff)`` says for
    whom a place of another section is a room of the day.
    """

    url_name: str
    label: StrOrPromise
    icon: str = ""
    visible: Callable[[Staff], bool] = everyone
    count: Callable[[Staff], int | Count | None] | None = None
    go: str = ""
    section: Section = Section.DAY
    daily: Callable[[Staff], bool] | None = None

    def stands_in(self, staff: Staff) -> Section:
        return Section.DAY if self.daily and self.daily(staff) else self.section

    def counted(self, staff: Staff) -> Count | None:
        number = self.count(staff) if self.count else None
        count = Count(number) if isinstance(number, int) else number
        return count if count and count.number else None


@dataclass(frozen=True)
class Banner:
    """A sentence over every page of one colleague, and where it leads."""

    text: StrOrPromise
    href: str
    link: StrOrPromise
    # Danger alone is heard; all else is only read.
    tone: str = "urgent"
    sounds: bool = True
    # A button that does it, instead of a link that leads to it.
    post: bool = False
    rank: Rank = Rank.DANGER
    # The id of what it is about, where that may be the very call that is open.
    about: str = ""
    # Who comes instead, where whoever reads it is in a danger call of her own: a sentence.
    comes: str = ""


@dataclass(frozen=True)
class OpenDanger:
    """A call in danger that is still open with a colleague; ``begins`` is how the addresses of its pages begin."""

    about: str
    begins: str
    href: str
    since: datetime


@dataclass(frozen=True)
class DangerHere:
    """The red button on the pages of one person: where it sends what, and by which key it is pressed."""

    href: str
    do: str
    key: str = ""


class Rung(Protocol):
    """Whom to ring, and on which number; an empty one is not written down, a ``changed`` one must not be rung."""

    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def changed(self) -> bool: ...


@dataclass(frozen=True)
class OwnCall:
    """A call for help that nobody has answered yet: since when, whether anybody was told, whom to ring meanwhile."""

    since: datetime
    told: bool
    ring: Sequence[Rung]


@dataclass(frozen=True)
class FramePage:
    """A page that the frame itself asks: ``script`` is what asks it again and again."""

    url_name: str
    visible: Callable[[Staff], bool] = everyone
    script: str = ""


@dataclass(frozen=True)
class Entry:
    """A place as one page shows it: resolved for one member of staff."""

    key: str
    href: str
    icon: str
    label: StrOrPromise
    go: str
    count: Count | None


@dataclass(frozen=True)
class MenuPart:
    """A section of the menu with what one member of staff finds there; ``label`` is "" over the rooms of the day."""

    label: object
    entries: list[Entry]
    # Whether it stands folded where the page is not one of its own.
    folds: bool = False

    @property
    def count(self) -> Count | None:
        """What waits in it, for whoever sees it folded; urgent where one of them is."""
        counts = [entry.count for entry in self.entries if entry.count]
        tone = next((count.tone for count in counts if count.tone == "urgent"), "")
        return Count(sum(count.number for count in counts), tone) if counts else None


# By the name that a page sets as ``active``.
MENU: Registry[MenuItem] = Registry("places in the menu")
FOOT: Registry[MenuItem] = Registry("links at the foot of every page")
# Under ``home`` where someone begins who signed in; under ``search`` what the field in the bar asks, by POST: a name
# must not lie in an address; under ``banners`` where banners are asked for again.
FRAME_PAGES: Registry[FramePage] = Registry("pages that the frame asks")
BANNERS: Registry[Callable[[Staff], list[Banner]]] = Registry("what stands over every page of a colleague")
OPEN_DANGERS: Registry[Callable[[Staff], list[OpenDanger]]] = Registry("danger calls open with a colleague")
# Takes which address a page has; says where its red button sends, or None where it is not a page of one person.
RED_BUTTONS: Registry[Callable[[ResolverMatch], DangerHere | None]] = Registry("red buttons of pages")
# Takes the colleague; her own calls for help that nobody has answered yet.
OWN_CALLS: Registry[Callable[[Staff], list[OwnCall]]] = Registry(
    "calls for help of a colleague, not answered yet"
)
# Takes the colleague; whom she telephones in danger.
TO_RING: Registry[Callable[[Staff], Sequence[Rung]]] = Registry("whom a colleague rings in danger")
# Takes the colleague, the case's number and which tab is open.
CASE_TABS: Registry[Callable[[Staff, str, str], list[Any]]] = Registry("tabs on every page of one case")
# Takes the colleague, an address's name and what stands in it: menu and tabs lead to no page that is closed to her.
CLOSED: Registry[Callable[[Staff, str, dict[str, object]], bool]] = Registry("addresses that are closed")
DESCRIPTIONS: Registry[Callable[[Staff], str]] = Registry("how a colleague is described under her name")


def menu(staff: Staff | None) -> list[MenuPart]:
    if not staff:
        return []
    parts: dict[Section, list[Entry]] = {section: [] for section in Section}
    for key, item in MENU.items():
        if entry := _resolved(key, item, staff):
            parts[item.stands_in(staff)].append(entry)
    # Whoever has many roles sees the rooms of her day, and the rest under its headings.
    folds = sum(map(len, parts.values())) > MOST_UNFOLDED
    return [
        MenuPart(HEADINGS[section], entries, folds and section != Section.DAY)
        for section, entries in parts.items()
        if entries
    ]


def foot(staff: Staff | None) -> list[Entry]:
    return [entry for key, item in FOOT.items() if staff and (entry := _resolved(key, item, staff))]


def _resolved(key: str, item: MenuItem, staff: Staff) -> Entry | None:
    href = address(item.url_name)
    if not href or not item.visible(staff) or is_closed(staff, item.url_name):
        return None
    return Entry(key, href, item.icon, item.label, item.go, item.counted(staff))


def home() -> str:
    """Where someone begins who signed in."""
    page = FRAME_PAGES.get("home")
    return (address(page.url_name) if page else "") or "/"


def search_at(staff: Staff | None) -> str:
    """Where the field in the bar sends its words, or "" when this member of staff may not search."""
    page = FRAME_PAGES.get("search")
    return address(page.url_name) if staff and page and page.visible(staff) else ""


def banners(staff: Staff | None, path: str) -> dict[str, object] | None:
    """What stands over the page at ``path``, and the page that renews it; None where nobody signed in.

    In a colleague's own danger call nothing leads away from it: other work is a number, another danger a sentence.
    Everywhere else her open danger call stands first, and leads back.
    """
    page = FRAME_PAGES.get("banners")
    if page is None or not staff:
        return None
    own = [danger for of_room in OPEN_DANGERS for danger in of_room(staff)]
    danger_call = next((danger for danger in own if path.startswith(danger.begins)), None)
    now = sorted((banner for of_room in BANNERS for banner in of_room(staff)), key=lambda banner: banner.rank)
    shown = [
        banner
        for banner in now
        if not danger_call or (banner.rank == Rank.DANGER and banner.about != danger_call.about)
    ]
    return {
        "now": shown,
        "back": [danger for danger in own if danger is not danger_call],
        "quiet": len([banner for banner in now if banner.rank > Rank.DANGER]) if danger_call else 0,
        "stays": danger_call is not None,
        "href": address(page.url_name),
        "script": page.script,
    }


def danger_here(match: ResolverMatch | None) -> DangerHere | None:
    """The red button of a page, by its address; None where it is not a page of one person's call or case."""
    buttons = (say(match) for say in RED_BUTTONS) if match else ()
    return next((button for button in buttons if button), None)


def to_ring(staff: Staff | None) -> list[Rung]:
    """Whom a colleague telephones in danger, with numbers."""
    return [duty for of_room in TO_RING for duty in of_room(staff)] if staff else []


def own_calls(staff: Staff | None) -> list[OwnCall]:
    return [one for of_room in OWN_CALLS for one in of_room(staff)] if staff else []


def case_tabs(staff: Staff | None, number: str, here: str) -> list[Any]:
    return [] if staff is None else [tab for tabs in CASE_TABS for tab in tabs(staff, number, here)]


def is_closed(staff: Staff | None, url_name: str, **kwargs: object) -> bool:
    """Say whether a society has closed this page, so that nothing leads there."""
    return staff is not None and any(closed(staff, url_name, kwargs) for closed in CLOSED)


def described(staff: Staff | None) -> str:
    return ", ".join(describe(staff) for describe in DESCRIPTIONS) if staff else ""


def address(name: str) -> str:
    try:
        return url(name)
    except NoReverseMatch:
        return ""
