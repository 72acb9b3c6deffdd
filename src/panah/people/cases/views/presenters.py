"""What the pages of a case say of its parts, decided before they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from panah.ground.kit.dates import day, overdue, urgency_tone, when
from panah.ground.kit.jinja import url, url_or_nothing
from panah.ground.kit.nav import is_closed
from panah.people.cases.models import Case
from panah.people.cases.queries import Fact
from panah.people.cases.queries import page as reading
from panah.people.cases.queries.detention import DetentionValue, is_held, moment
from panah.people.cases.words import CasePart, terms
from panah.people.cases.words.detention import HeldIn

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.work import queries as work_queries

# Where what is due on a case is to be seen, where it does not end on a page of its own.
SEEN_AT = {"plan": "cases:plan", "waiting": "cases:plan"}
RISK_TONES = {"extreme": "urgent", "high": "urgent", "medium": "soon"}


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# -- needs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedRow:
    """A need, what is done about it and how far that is. ``by``: until when; ``late``: that day is over."""

    ref: UUID
    horizon: str
    what: StrOrPromise
    said: str
    do: str
    who: str
    by: date | None
    late: bool
    state: StrOrPromise
    tone: str
    services_at: str


def need_rows(found: reading.OpenedCase, *, now: datetime) -> list[NeedRow]:
    return [_need(one.ref, one.v, timezone.localdate(now)) for one in found.all(CasePart.NEED)]


def _need(ref: UUID, v: dict[str, Any], today: date) -> NeedRow:
    by, state = day_of(v.get("by", "")), v.get("state", "open")
    return NeedRow(
        ref=ref,
        horizon=v.get("horizon", ""),
        what=terms.say(terms.Assistance, v["type"]),
        said=v.get("said", ""),
        do=v.get("do") or "–",
        who=v.get("who") or "–",
        by=by,
        late=by is not None and by < today and state in ("open", "planned"),
        state=terms.say(terms.NeedState, state),
        tone="good" if state == "met" else "",
        services_at=services_at(v["type"]),
    )


def services_at(kind: str) -> str:
    """Return the address of the services that answer this need; "" where no directory is installed."""
    need = terms.IN_DIRECTORY.get(kind, "")
    try:
        return f"{reverse('directory:services')}?need={need}" if need else ""
    except NoReverseMatch:
        return ""


# -- what is due -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DueRow:
    """What is due on a case: where it is seen, since when it is late, whose it is, where it is marked as done."""

    what: str
    href: str
    at: datetime
    late: str
    owner: str
    mark_at: str


def due_rows(case: Case, due: Iterable[work_queries.DueRow], *, now: datetime) -> list[DueRow]:
    return [_due(case, one, now) for one in due]


def _due(case: Case, one: work_queries.DueRow, now: datetime) -> DueRow:
    item = one.item
    href = one.href if item.room != "cases" else ""
    if not href and (one.ends_at or item.purpose in SEEN_AT):
        href = one.ends_at or url(SEEN_AT[item.purpose], case.number)
    mark_at = ""
    if case.is_open and item.room == "cases" and not one.ends_at:
        mark_at = url_or_nothing("desk:done", item.pk)
    return DueRow(
        what=str(one.say or item.get_kind_display()),
        href=href,
        at=item.due_at,
        late=overdue(item.due_at, now),
        owner=str(item.owner) if item.owner and item.owner_id != case.owner_id else "",
        mark_at=f"{mark_at}?{urlencode({'back': url('cases:case', case.number)})}" if mark_at else "",
    )


# -- the strip -------------------------------------------------------------------------------------------------------


def strip(
    case: Case,
    found: reading.OpenedCase,
    *,
    due: Sequence[work_queries.DueRow],
    reader: Staff,
    holders: list[Staff],
    now: datetime,
) -> Iterator[Fact]:
    """What is asked first of a case: each with a small line under it, and a tone where it presses.

    Stage and plan stand there where her society works with them.
    """
    if not is_closed(reader, "cases:stage", number=case.number):
        yield _stage(found.one(CasePart.STAGE))
    yield _risk(found.last(CasePart.RISK))
    detention = found.one(CasePart.DETENTION)
    if is_held(detention):
        yield _held(detention, now)
    yield _next_due(case, due, now)
    if not is_closed(reader, "cases:plan", number=case.number):
        yield _plan(case)
    names = ", ".join(holder.name for holder in holders)
    yield Fact(_("Who works on it"), str(case.owner), _("can be opened by: %(names)s") % {"names": names})


def _stage(stage: Mapping[str, str]) -> Fact:
    until = day_of(stage.get("until", ""))
    ends = _("until %(day)s") % {"day": day(until)} if until else ""
    return Fact(_("Stage"), terms.say(terms.Stage, stage.get("stage", "open")), ends)


def _plan(case: Case) -> Fact:
    approved = ""
    if case.plan_approved_by:
        who = {"who": case.plan_approved_by.name, "day": day(case.plan_approved_at)}
        approved = _("by %(who)s, %(day)s") % who
    return Fact(_("Plan"), case.get_plan_state_display(), approved)


def _risk(risk: reading.OpenedPart | None) -> Fact:
    if not risk:
        return Fact(_("Risk"), _("not looked at yet"))
    looked = _("looked at %(day)s by %(who)s") % {"day": day(risk.at), "who": risk.by}
    level = risk.v["level"]
    return Fact(_("Risk"), terms.say(terms.Risk, level), looked, RISK_TONES.get(level, ""))


def _held(detention: DetentionValue, now: datetime) -> Fact:
    until = moment(detention, "until")
    small = _("by law until %(when)s") % {"when": when(until)} if until else _("by law until: not known")
    tone = urgency_tone(until, now) if until else "urgent"
    return Fact(_("Held"), terms.say(HeldIn, detention["kind"]), small, tone)


def _next_due(case: Case, due: Sequence[work_queries.DueRow], now: datetime) -> Fact:
    pressing = urgency_tone(case.due_at, now) if case.has_due else ""
    if not due:
        return Fact(_("Next due"), _("nothing due"), "", pressing)
    item = due[0].item
    at = overdue(item.due_at, now) or when(item.due_at)
    return Fact(_("Next due"), due[0].say or item.get_kind_display(), at, pressing)
