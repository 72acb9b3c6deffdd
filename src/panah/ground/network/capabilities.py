"""What a society does itself and what it leaves to others. Rooms register what can be left; a society closes it.

Two focal points close and open, one by one or all at once (*light mode*: inform, refer, hear back). What the society's
self-assessment says to each of them, the room ``model`` shows; out of light mode nothing opens that it does not carry.
Each capability lists the addresses it closes; ``middleware.ClosedCapabilities`` is the one place that refuses them.
Menu and tabs ask ``closed_by`` and hide what is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise

from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.foundation.registry import Registry
from panah.ground.foundation.request_cache import cached_per_request

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society

# (colleague, view name, arguments in the address, closed since) -> whether this page stays open all the same.
StaysOpen = Callable[["Staff", str, Mapping[str, object], date], bool]


def never(staff: Staff, view: str, kwargs: Mapping[str, object], since: date) -> bool:
    """Keep nothing open: the default of ``Capability.stays_open``."""
    return False


@dataclass(frozen=True)
class Capability:
    """One kind of work that a society can leave to others, and the pages that close with it.

    ``label`` and ``instead`` are read on the closed page: what is not done here, and what to do in its place.
    ``views``: the names of the addresses it closes. ``need`` (a code of directory.words.Need) finds services of the
    country that do it. ``stays_open`` says which of these pages stay open for work that began before.
    ``levels``: element of the operational model -> the level (1 to 4) that a society needs there to do this itself.
    ``accepted``: what another receiver must have accepted before this closes.
    """

    label: str | Promise
    instead: str | Promise
    views: frozenset[str]
    need: str = ""
    stays_open: StaysOpen = never
    levels: Mapping[str, int] = field(default_factory=dict)
    accepted: str | Promise = ""


@dataclass(frozen=True)
class OpenWork:
    """Unfinished work of a room, said in a sentence before two people decide. ``blocks``: settle it first."""

    sentence: str
    blocks: bool = False


@dataclass(frozen=True)
class HelperPhone:
    """A number of a helper. ``dial`` is empty where it cannot be dialled from here; ``note`` says what to know."""

    number: str
    dial: str
    note: str = ""


@dataclass(frozen=True)
class Closed:
    """A capability that is closed here, and since when."""

    capability: Capability
    since: date


@dataclass(frozen=True)
class Helper:
    """Somebody who does what is closed here, with the numbers to ring: a service of the country, a paired society."""

    name: str
    href: str
    phones: tuple[HelperPhone, ...] = ()


CAPABILITIES: Registry[Capability] = Registry("what a society can close")
# View names that no capability closes: emergency, danger now, a partner's bed and the note for a child tonight.
NEVER_CLOSED: Registry[frozenset[str]] = Registry("addresses that no setting closes")
# By the name of the capability that closes.
OPEN_WORK: Registry[Callable[[UUID], list[OpenWork]]] = Registry("what stays open when something closes")
HELPERS: Registry[Callable[[Staff, str], list[Helper]]] = Registry("who does what is closed here")
# (society, names of what is to open) -> what it must be able to do first, a sentence for each.
OPENS_WITH: Registry[Callable[[Society, Collection[str]], list[str]]] = Registry(
    "what must carry what opens again"
)


def light() -> list[str]:
    """Return the names of all capabilities: light mode closes every one."""
    return sorted(CAPABILITIES.names())


def as_decided(society: Society) -> Society:
    """Let a society of this node say what it leaves to others as two people decided it, whatever its row says."""
    load_trusted(society)
    return society


@cached_per_request
def closed_on(society: Society, on: date) -> frozenset[str]:
    """Return the names of the capabilities that a society has closed on a day."""
    society = as_decided(society)
    began = society.closed_from is not None and society.closed_from <= on
    return frozenset(society.closed if began else society.closed_before)


def is_light(society: Society, on: date) -> bool:
    """Say whether a society leaves all to others that can be left, on a day."""
    return closed_on(society, on) >= set(light())


def closed_since(society: Society, name: str) -> date | None:
    day = as_decided(society).closed_since.get(name)
    return date.fromisoformat(day) if day else None


def open_work(society: Society, names: Iterable[str]) -> list[OpenWork]:
    """Return what stays open, or must be settled first, when these capabilities close."""
    closing = set(names)
    return [one for name, find in OPEN_WORK.items() if name in closing for one in find(society.pk)]


def not_carried(society: Society, names: Collection[str]) -> list[str]:
    """Return what keeps a society from taking these capabilities up again, a sentence for each."""
    return [one for find in OPENS_WITH for one in find(society, names)] if names else []


def closed_by(
    staff: Staff, view: str, kwargs: Mapping[str, object] | None = None, *, on: date
) -> Closed | None:
    """Return the capability that closes a page for a colleague on a day, or None when the page is open."""
    names = closed_on(staff.society, on)
    if not names or any(view in views for views in NEVER_CLOSED):
        return None
    for name, one in CAPABILITIES.items():
        since = closed_since(staff.society, name) or on
        if name in names and view in one.views and not one.stays_open(staff, view, kwargs or {}, since):
            return Closed(one, since)
    return None


@cached_per_request
def helpers(staff: Staff, need: str) -> list[Helper]:
    """Return who does what is closed here, with numbers, from every room that knows some."""
    return [one for find in HELPERS for one in find(staff, need)]
