"""What stands in the frame of every staff page. Rooms register their places when the project is put together.

In a room's ``apps.py``::

    def ready(self) -> None:
        nav.register("calls", "hotline:calls", "phone", _("Calls"), 20,
                     visible=permissions.may_answer, count=queries.waiting_for, go="gl")
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch

from panah.kit.jinja import url

Staff = Any  # accounts.Staff: a room above, which the kit must not import


def everyone(staff: Staff) -> bool:
    return True


@dataclass(frozen=True)
class Count:
    """A number beside a place, with the tone of the most pressing of what it counts."""

    number: int
    tone: str = ""


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu.

    ``key`` is what a page sets as ``active``; ``count(staff)`` answers an int, a Count or None; ``go`` is its shortcut.
    """

    key: str
    url_name: str
    icon: str
    label: Any
    order: int
    visible: Callable[[Staff], bool] = everyone
    count: Callable[[Staff], "int | Count | None"] | None = None
    go: str = ""

    def counted(self, staff: Staff) -> Count | None:
        found = self.count(staff) if self.count else None
        one = Count(found) if isinstance(found, int) else found
        return one if one and one.number else None


@dataclass(frozen=True)
class Banner:
    """A sentence over every page of one colleague, and where it leads."""

    text: Any
    href: str
    link: Any
    # Danger alone is heard; all else is only read.
    tone: str = "urgent"
    sounds: bool = True
    # A button that does it, instead of a link that leads to it.
    post: bool = False


@dataclass(frozen=True)
class AlertSource:
    """What must reach a colleague whatever page is open: ``warnings(staff)``, asked for again at ``url_name``."""

    warnings: Callable[[Staff], "list[Banner]"]
    url_name: str
    script: str


def no_tabs(number: str, here: str) -> list[Any]:
    return []


@dataclass(frozen=True)
class Entry:
    """A place as one page shows it: resolved for one member of staff."""

    key: str
    href: str
    icon: str
    label: Any
    go: str
    count: Count | None


@dataclass
class Frame:
    """All that is registered. There is one, ``frame``; tests make their own."""

    places: dict[str, MenuItem] = field(default_factory=dict)
    foot: dict[str, MenuItem] = field(default_factory=dict)
    finder: MenuItem | None = None
    home: str = ""
    describe: Callable[[Staff], Any] | None = None
    warn: "AlertSource | None" = None
    also: dict[str, Callable[[Staff], "list[Banner]"]] = field(default_factory=dict)
    tabs_of_case: Callable[[str, str], list[Any]] = no_tabs

    def entries(self, staff: Staff) -> list[Entry]:
        return resolve(self.places, staff)

    def foot_entries(self, staff: Staff) -> list[Entry]:
        return resolve(self.foot, staff)

    def find_at(self, staff: Staff) -> str:
        """Where the field in the bar sends its words, or "" when this member of staff may not search."""
        return address(self.finder.url_name) if self.finder and self.finder.visible(staff) else ""


def register_case_tabs(tabs: Callable[[str, str], list[Any]]) -> None:
    """Say which tabs stand on every page of one case, whichever room it is of: ``tabs(number, here)``."""
    frame.tabs_of_case = tabs


def register_alerts(warnings: Callable[[Staff], list[Banner]], *, url_name: str, script: str) -> None:
    """Show warnings on top of every staff page: at once, and asked for again by ``script`` at ``url_name``."""
    frame.warn = AlertSource(warnings, url_name, script)


def also_warn(key: str, warnings: Callable[[Staff], list[Banner]]) -> None:
    """Show more warnings beside those of ``warn_with``, below them. Registering again replaces."""
    frame.also[key] = warnings


def alerts_for(staff: Staff) -> dict[str, Any] | None:
    """The warnings of a colleague with the address that renews them, or None where nobody signed in or nobody warns."""
    if frame.warn is None or not staff:
        return None
    return {
        "now": [*frame.warn.warnings(staff), *(one for more in frame.also.values() for one in more(staff))],
        "href": address(frame.warn.url_name),
        "script": frame.warn.script,
    }


def address(name: str) -> str:
    try:
        return url(name)
    except NoReverseMatch:
        return ""


def described(staff: Staff) -> Any:
    return frame.describe(staff) if frame.describe and staff else ""


def resolve(places: dict[str, MenuItem], staff: Staff) -> list[Entry]:
    found = []
    for place in sorted(places.values(), key=lambda one: (one.order, one.key)):
        href = address(place.url_name)
        if href and place.visible(staff):
            found.append(Entry(place.key, href, place.icon, place.label, place.go, place.counted(staff)))
    return found


frame = Frame()


def register(
    key: str,
    url_name: str,
    icon: str,
    label: Any,
    order: int,
    *,
    visible: Callable[[Staff], bool] = everyone,
    count: Callable[[Staff], int | Count | None] | None = None,
    go: str = "",
) -> None:
    """Put a place into the menu. ``label`` is lazy; ``go`` is a shortcut such as ``gc``. Registering again replaces."""
    frame.places[key] = MenuItem(key, url_name, icon, label, order, visible, count, go)


def register_foot(
    key: str,
    url_name: str,
    label: Any,
    order: int,
    *,
    visible: Callable[[Staff], bool] = everyone,
    go: str = "",
) -> None:
    """Put a link at the foot of every staff page."""
    frame.foot[key] = MenuItem(key, url_name, "", label, order, visible, None, go)


def register_search(url_name: str, *, visible: Callable[[Staff], bool] = everyone) -> None:
    """Name the page that the field in the bar asks. It posts ``q``: a name must not lie in an address."""
    frame.finder = MenuItem("find", url_name, "find", "", 0, visible)


def register_home(url_name: str) -> None:
    """Name the page behind the brand: where someone who signed in begins."""
    frame.home = url_name


def register_description(describe: Callable[[Staff], Any]) -> None:
    """Say how a member of staff is described under the name in the bar: "Caseworker, Arna"."""
    frame.describe = describe
