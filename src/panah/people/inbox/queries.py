"""What arrived, as far as the asker may see it from the outside."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from panah.ground.accounts.queries import on_duty
from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.words import DutyKind
from panah.ground.audit import queries as audit_queries
from panah.ground.foundation.compiled_queries import Viewer, prepared
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.kit.nav import Count
from panah.ground.vault.queries import holders_of_intake, key_states
from panah.people.inbox import events, rules
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS, BECAME_HERS
from panah.people.inbox.for_the_door import READERS, posted
from panah.people.inbox.kinds_that_came import kinds_that_came
from panah.people.inbox.likeness import unlike_the_rest  # noqa: F401
from panah.people.inbox.models import Arrival, ArrivalQuerySet
from panah.people.inbox.of_known_arrivals import (  # noqa: F401
    aside_of,
    bodies_needed,
    calls_on,
    conversation_of,
    ends_of,
    lost_on_list,
    lying_aside,
    of_conversation,
    sender_of,
    written_at,
)
from panah.people.inbox.opened_by_whom import (  # noqa: F401
    accounts_that_may_be_hers,
    holders_for_its_case,
    is_of_conversation,
    may_close,
    may_open,
    openable,
    openers,
    waits_for_another,
)
from panah.people.inbox.permissions import finds_inbox, opens_arrivals, past_intake_open_to, sees_arrivals
from panah.people.inbox.permissions import left_out_of as left_out_of
from panah.people.inbox.permissions import readers_for as readers_for
from panah.people.inbox.permissions import readers_of as readers_of
from panah.people.inbox.permissions import who_may_read_past_intake as who_may_read_past_intake
from panah.people.inbox.words import OVER, ArrivalState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Rows, or some columns of them: what a question about arrivals is made into.
type Asked = QuerySet[Arrival, object]
# Its rank, by when it is to be opened, when it came.
type Waits = QuerySet[Arrival, tuple[int, datetime, datetime]]
SHOWN = 30


def visible(*, to: Staff) -> ArrivalQuerySet:
    """Return what a colleague sees: everything for whoever opens it, is on duty or leads, else about her own cases.

    What goes past the intake is there for its readers alone, whatever else they or others may see: those to whom it was
    sealed, and once it has become a complaint those who read that one, since a reader may be whom it is about.
    """
    seen = _rows(to, everything=sees_arrivals(to, at=timezone.now()))
    if not _is_past_intake(to):
        return seen.filter(past_intake=False)
    past = past_intake_open_to(to)
    rows = Arrival.objects.visible(to=to).select_related("sender", "opened_by", "ended_by", "owner")
    return rows.filter(Q(pk__in=seen.filter(past_intake=False).values("pk")) | Q(pk__in=past.values("pk")))


def ids_past_intake(society: UUID) -> Asked:
    """Return the ids of what goes past the intake (a queryset for filters): the journal tells nobody of it."""
    return Arrival.objects.filter(society=society, past_intake=True).values("pk")


def meant_in(row: Arrival) -> str:
    """Return whom its writer left out of its readers: a code of ``words.WHO_IS_MEANT``, or ""."""
    return rules.outside_of(bytes(row.header)).meant


def reader_keys(society: UUID, meant: str = "") -> dict[UUID, bytes]:
    """Return the admitted keys of those readers, in a fixed order, without whom its writer left out.

    A machine of the door's own knows no colleague: it takes what the node has posted for it, however old, since what is
    about a colleague goes to nobody else because the node is down.
    """
    if settings.PANAH_DOOR_ONLY:
        found = posted(society, READERS) or {}
        # What was posted before writers could leave anybody out has one list alone.
        told = (found if "" in found else {"": found}).get(meant) or {}
        return {UUID(who): b64decode(told[who]) for who in sorted(told)}
    keys = key_states([one.pk for one in readers_of(society, meant)])
    return {who: keys[who].public for who in sorted(keys) if keys[who].state == "admitted"}


@cached_per_request
def _is_past_intake(staff: Staff) -> bool:
    return bool(_any_past_intake(society=staff.society_id))


@prepared
def _any_past_intake(society: UUID) -> Asked:
    return Arrival.objects.filter(society=society, past_intake=True).values_list("pk", flat=True)[:1]


@cached_per_request
def reads_past_intake(staff: Staff) -> bool:
    """Say whether there is anything past the intake that this colleague reads; one query where there is nothing."""
    return _is_past_intake(staff) and bool(past_intake_open_to(staff).exists())


def is_visible(subject: UUID, *, staff: Staff) -> bool:
    """For alarms: say whether whoever is paged sees the arrival that it is about."""
    return bool(visible(to=staff).filter(pk=subject).exists())


def _rows(to: Staff | Viewer, *, everything: bool) -> ArrivalQuerySet:
    rows = Arrival.objects.visible(to=to).select_related("sender", "opened_by", "ended_by", "owner")
    if everything and may(to, Permission.INBOX_LEAD):
        return rows
    of_rooms = {name: room.subjects for name, room in ARRIVAL_ROOMS.items()}
    mine = Q(owner=to.pk) & ~Q(room__in=list(of_rooms))
    for room, ids in of_rooms.items():
        # Asked of each arrival: what waits is little, what a colleague may see can be much.
        mine |= Q(Exists(ids(to=to).filter(pk=OuterRef("subject"))), room=room, owner__isnull=False)
    for became in BECAME_HERS:
        mine |= Q(Exists(became(to=to).filter(arrival=OuterRef("pk"))), state__in=OVER)
    return rows.filter(Q(owner__isnull=True) | mine if everything else mine)


def pool(staff: Staff) -> list[UUID]:
    """Return what waits for whoever holds the intake key: the society's own id stands for it on work lists."""
    return [staff.society_id] if opens_arrivals(staff) and not may(staff, Permission.INBOX_LEAD) else []


@cached_per_request
def _waiting(staff: Staff) -> list[tuple[int, datetime, datetime]]:
    # The menu of every page asks this: duties of a day, and who reads complaints, are not looked up for it.
    if may(staff, Permission.INBOX_LEAD):
        return _sealed(society=staff.society_id)
    everything = may(staff, Permission.INBOX_SEE) or opens_arrivals(staff)
    return _hers(everything, *sorted(staff.role_names), staff=staff.pk, society=staff.society_id)


def _outside(rows: ArrivalQuerySet) -> Waits:
    # In their order, which is the index's: behind a flood the most urgent are among the first hundred.
    rows = rows.filter(state=ArrivalState.SEALED, past_intake=False).in_order()
    return rows.values_list("rank", "open_by", "arrived_at")[:100]


@prepared
def _hers(everything: bool, *roles: str, staff: UUID, society: UUID) -> Waits:
    return _outside(_rows(Viewer(staff, society, frozenset(roles)), everything=everything))


@prepared
def _sealed(society: UUID) -> Waits:
    return _outside(Arrival.objects.filter(society=society))


def waiting(*, to: Staff) -> tuple[int, datetime | None]:
    """Return how many nobody has opened, at most 100, and since when the oldest waits."""
    rows = _waiting(to)
    return len(rows), min((arrived for _rank, _by, arrived in rows), default=None)


def waiting_in_menu(staff: Staff) -> Count | None:
    """Return the number beside the place in the menu: urgent when one is, or when one has waited too long."""
    rows, now = _waiting(staff), timezone.now()
    if not rows:
        return None
    late = any(rank == rules.RANK["now"] or by <= now for rank, by, _arrived in rows)
    return Count(len(rows), "urgent" if late else "")


def too_long(*, to: Staff, at: datetime) -> int:
    """Return how many nobody opened in time, at most 100; the focal points were told of each."""
    if may(to, Permission.INBOX_LEAD) and not _is_past_intake(to):
        return len(_late(society=to.society_id, at=at))
    late = visible(to=to).filter(state=ArrivalState.SEALED, open_by__lte=at)
    return int(late.order_by("open_by")[:100].count())


def first_to_open(society: UUID, *, at: datetime) -> list[Staff]:
    """Return whose it is to open what arrived: on duty with the key; else all who hold it; else the focal points."""
    holding = holders_of_intake(society)
    on = [one for one in on_duty(society, DutyKind.INTAKE, at=at) if one in holding]
    return on or [one for one in holding if not may(one, Permission.INBOX_LEAD)] or holding


def is_open_to(*, staff: Staff, arrival: Arrival, at: datetime) -> bool:
    """Say whether this colleague opened it a short while ago, or said what for: the journal knows."""
    since = at - rules.OPENING
    return any(
        entry.who == staff.pk and entry.at > since
        for entry in audit_queries.entries_about(arrival.pk)
        if entry.event in (events.OPENED.name, events.SHOWN.name)
    )


def reports_behind(*, room: str, subject: UUID, to: Staff) -> list[Arrival]:
    """Return what strangers left that became this, as far as a colleague sees it, oldest first."""
    rows = visible(to=to).filter(room=room, subject=subject, sender=None, past_intake=False)
    return list(rows.order_by("arrived_at", "pk"))


def may_look(staff: Staff) -> bool:
    """Say whether the list is there for a colleague at all."""
    return finds_inbox(staff) or sees_arrivals(staff, at=timezone.now()) or reads_past_intake(staff)


@prepared
def _late(society: UUID, at: datetime) -> Asked:
    rows = Arrival.objects.filter(society=society, past_intake=False, state=ArrivalState.SEALED)
    return rows.filter(open_by__lte=at).values_list("pk", flat=True)[:100]


@dataclass(frozen=True)
class ArrivalFilter:
    """What the list is asked for: a kind, an urgency, a state (or ``over``), and after which row."""

    kind: str = ""
    urgency: str = ""
    state: str = ""
    # ``all``: also what is in languages that others here speak.
    languages: str = ""
    after: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        return {"kind": self.kind, "urgency": self.urgency, "state": self.state, "languages": self.languages}

    @property
    def over(self) -> bool:
        return self.state in ("over", *OVER)

    @property
    def states(self) -> tuple[str, ...]:
        return {"": (ArrivalState.SEALED,), "over": OVER}.get(self.state, (self.state,))


@dataclass(frozen=True)
class ArrivalPage:
    """A page of the list: ``rows``; ``opened``, what is being worked on (first page, no state chosen); ``more``."""

    rows: list[Arrival]
    opened: list[Arrival]
    more: str
    # How many wait that others here read in their languages: at most 100.
    for_others: int = 0


def listed(ask: ArrivalFilter, *, to: Staff) -> ArrivalPage:
    """Return a page of what a colleague sees, by urgency and age, or newest first where it is over."""
    first = not ask.after and not ask.state
    narrowed = bool(ask.kind or ask.urgency)
    others = _languages_of_others(to) if _by_language(ask) else []
    for_others = 0
    if others and first and not narrowed:
        for_others = len(_asked("others", to, others))
    elif others:
        for_others = int(_read_by_others(_sought(ask, to), others).order_by()[:100].count())
    if first and not (narrowed or for_others):
        # What most ask for: compiled once, and no other question is built beside it.
        page, opened = _asked("sealed", to), _asked("opened", to)
        return _page(page, opened, for_others)
    rows = _sought(ask, to)
    if for_others:
        rows = rows.exclude(_of_others(others))
    rows = rows.newest() if ask.over else rows.in_order()
    opened = list(_narrowed(ask, to).filter(state=ArrivalState.OPENED).in_order()[:SHOWN]) if first else []
    return _page(list(_after(rows, ask)[: SHOWN + 1]), opened, for_others)


def _page(page: list[Arrival], opened: list[Arrival], for_others: int) -> ArrivalPage:
    more = _mark(page[SHOWN - 1]) if len(page) > SHOWN else ""
    return ArrivalPage(page[:SHOWN], opened, more, for_others)


def _narrowed(ask: ArrivalFilter, to: Staff) -> ArrivalQuerySet:
    rows = visible(to=to)
    rows = rows.filter(kind=ask.kind) if ask.kind else rows
    return rows.filter(urgency=ask.urgency) if ask.urgency else rows


def _sought(ask: ArrivalFilter, to: Staff) -> ArrivalQuerySet:
    return _narrowed(ask, to).filter(state__in=ask.states)


def _by_language(ask: ArrivalFilter) -> bool:
    return ask.languages != "all" and not ask.over and ask.state in ("", ArrivalState.SEALED)


def _languages_of_others(staff: Staff) -> list[str]:
    """Return the languages that others who read here speak and she does not."""
    hers = spoken_by([staff])
    return sorted(spoken_by(holders_of_intake(staff.society_id)) - hers) if hers else []


def _of_others(languages: list[str]) -> Q:
    """What others read first; never what is urgent."""
    return Q(language__in=languages) & ~Q(urgency="now")


def _read_by_others(rows: ArrivalQuerySet, languages: list[str]) -> ArrivalQuerySet:
    return rows.filter(_of_others(languages))


def spoken_by(people: Iterable[Staff]) -> set[str]:
    """Return the languages that these colleagues speak with people."""
    return {tag for person in people for tag in person.speaks}


def _mark(row: Arrival) -> str:
    return f"{row.rank}~{row.arrived_at.isoformat()}~{row.pk}"


def _after(rows: ArrivalQuerySet, ask: ArrivalFilter) -> ArrivalQuerySet:
    try:
        rank, when, pk = ask.after.split("~")
        place = int(rank), datetime.fromisoformat(when), UUID(pk)
    except ValueError:
        return rows
    return rows.before(*place[1:]) if ask.over else rows.after(*place)


def kinds(*, to: Staff) -> list[str]:
    """Return the kinds that a colleague can choose from: those that ever came for her."""
    if may(to, Permission.INBOX_LEAD) and not _is_past_intake(to):
        return kinds_that_came(to.society_id)
    return sorted(_asked("kinds", to))


# What the list asks of what a colleague sees, the same for every reader; colleagues come along where it names them.
# ``given``: what a question is asked with, beside whose it is.
_QUESTIONS: dict[str, Callable[..., Asked]] = {
    "sealed": lambda rows: _with(rows, "sender").filter(state=ArrivalState.SEALED).in_order()[: SHOWN + 1],
    "opened": lambda rows: _with(rows, "sender", "opened_by").filter(state="opened").in_order()[:SHOWN],
    "kinds": lambda rows: rows.order_by().values_list("kind", flat=True).distinct(),
    "others": lambda rows, given: (
        _read_by_others(rows.filter(state=ArrivalState.SEALED), given)
        .order_by()
        .values_list("pk", flat=True)[:100]
    ),
    "lately": lambda rows, given: (
        _with(rows, "opened_by", "ended_by")
        .filter(ended_at__isnull=False, ended_at__gt=given)
        .order_by("-ended_at", "-pk")[:LATELY]
    ),
}
LATELY = 10


def _with(rows: ArrivalQuerySet, *names: str) -> ArrivalQuerySet:
    return rows.select_related(None).select_related(*names)


def _asked(what: str, to: Staff, *given: list[str] | datetime) -> list[Any]:
    """Return what one of these questions gives, of all that a colleague sees; compiled once where nothing is aside."""
    if _is_past_intake(to):
        return list(_QUESTIONS[what](visible(to=to), *given))
    more: dict[str, Any] = {"given": given[0]} if given else {}
    everything = sees_arrivals(to, at=timezone.now())
    if everything and may(to, Permission.INBOX_LEAD):
        return _of_all(what, society=to.society_id, **more)
    return _of_hers(what, everything, *sorted(to.role_names), staff=to.pk, society=to.society_id, **more)


@prepared
def _of_hers(what: str, everything: bool, *roles: str, staff: UUID, society: UUID, **given: object) -> Asked:
    rows = _rows(Viewer(staff, society, frozenset(roles)), everything=everything)
    return _QUESTIONS[what](rows.filter(past_intake=False), *given.values())


@prepared
def _of_all(what: str, society: UUID, **given: object) -> Asked:
    rows = Arrival.objects.filter(society=society, past_intake=False)
    return _QUESTIONS[what](rows, *given.values())


def lately_over(*, to: Staff, at: datetime, days: int = 7) -> list[Arrival]:
    """Return what ended within the last days, newest first, as many as the list shows."""
    return _asked("lately", to, at - timedelta(days=days))
