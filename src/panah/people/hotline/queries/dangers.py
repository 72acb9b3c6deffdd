"""Dangers beside each other: who is held by one, what tells two apart, and who comes to the other one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from panah.ground.work.paged import RingNow, called_by, calls_beside, told_apart, who_answers
from panah.ground.work.words import Urgency
from panah.people.cases import queries as cases_queries
from panah.people.hotline.models import Contact, LineChat
from panah.people.hotline.queries.contacts import called_to, case_of
from panah.people.hotline.words import ContactState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import Alarm


def engaged(staff: Collection[UUID], at: datetime) -> set[UUID]:
    """Return which of these colleagues are in a danger call: their own, or one to which they came."""
    asked = set(staff)
    calls = Contact.objects.filter(state=ContactState.OPEN, urgency=Urgency.NOW)
    theirs = calls.filter(Q(taken_by__in=asked) | Q(with_whom__in=asked)).values_list("taken_by", "with_whom")
    came = who_answers(calls.values_list("pk", flat=True))
    return asked & ({one for pair in theirs for one in pair} | came)


def same_person(subjects: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """For alarms: each contact with the case that it became, where one of the two is asked for."""
    rows = Contact.objects.filter(became_case__isnull=False)
    asked = rows.filter(Q(pk__in=subjects) | Q(became_case__in=subjects))
    cases = set(asked.values_list("became_case", flat=True))
    pairs = rows.filter(became_case__in=cases).values_list("pk", "became_case")
    return [(contact, case) for contact, case in pairs if case is not None]


def holders_of_case(contact: UUID) -> list[Staff]:
    """For alarms: who can open the case that a contact became; nobody before that, and the line is asked."""
    case = case_of(contact)
    return cases_queries.holders_by_id(case) if case else []


def call_told_apart(contact: UUID, *, staff: Staff, may_open: bool) -> str:
    """For banners: the line of a call, and its number for whoever can open it."""
    called = called_to(staff)
    row = (
        called[contact]
        if contact in called
        else Contact.objects.filter(pk=contact).select_related("line").first()
    )
    if row is None:
        return ""
    if may_open:
        return _("Call %(number)s, %(line)s.") % {"number": row.number, "line": row.line}
    return _("A call, %(line)s.") % {"line": row.line}


def chat_told_apart(chat: UUID, *, staff: Staff, may_open: bool) -> str:
    """For banners: the line on which a chat waits."""
    row = LineChat.objects.filter(pk=chat).select_related("line").first()
    return _("A chat, %(line)s.") % {"line": row.line} if row else ""


@dataclass(frozen=True)
class OtherDanger:
    """Another danger that called a colleague who is in one already. ``comes``: somebody has said that she comes."""

    pk: UUID
    since: datetime
    which: str
    say: str
    comes: bool
    ring: RingNow | None


def other_dangers(*, to: Staff, contact: Contact, most: int | None = None) -> list[OtherDanger]:
    """Return what else calls a colleague while she is in this call, the oldest first: who comes to it, or whom to ring.

    What was answered by another colleague stays until the call is over, so that she need not look after it.
    """
    found = calls_beside(to=to, without=[contact.pk], since=contact.started_at)
    return [_other(one, to) for one in found[:most]]


def _other(alarm: Alarm, to: Staff) -> OtherDanger:
    which = told_apart(alarm, staff=to)
    if alarm.answered_by is not None:
        comes = _("%(name)s comes to it.") % {"name": alarm.answered_by.name}
        return OtherDanger(alarm.pk, alarm.raised_at, which, comes, comes=True, ring=None)
    say, ring = _who_comes(alarm, to)
    return OtherDanger(alarm.pk, alarm.raised_at, which, say, comes=False, ring=ring)


def _who_comes(alarm: Alarm, to: Staff) -> tuple[str, RingNow | None]:
    paging = called_by(alarm, to=to)
    called = [colleague for colleague in paging.colleagues if colleague.pk != to.pk and colleague.paged_at]
    told = [one for one in called if one.told]
    ring = next(iter(paging.ring), None)
    if told:
        names = ", ".join(one.name for one in told)
        return _("Called in, and not here yet: %(names)s.") % {"names": names}, ring
    if ring is None and called:
        return _("Nobody else has been told, and no number is written. Ring whoever you know now."), None
    if ring is None:
        return _("Nobody else is on duty, and no number is written. Ring whoever you know now."), None
    if ring.changed:
        # What stands in place of her number says so itself, and is nothing to ring.
        nobody = _("Nobody else has been told.") if called else _("Nobody else is on duty.")
        return f"{nobody} {ring.name}: {ring.phone}. {_('Ring whoever you know now.')}", None
    nobody = (
        _("Nobody else has been told. Ring %(name)s, %(number)s.")
        if called
        else _("Nobody else is on duty. Ring %(name)s, %(number)s.")
    )
    return nobody % {"name": ring.name, "number": ring.phone}, ring
