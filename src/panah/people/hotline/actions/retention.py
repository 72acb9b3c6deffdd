"""How long a contact is kept that became no case: announced first, then shredded in the session of who may open it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission, require
from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.hotline import events, rules, words
from panah.people.hotline.models import Contact
from panah.people.hotline.permissions import leads
from panah.people.hotline.queries.contacts import answers_of
from panah.people.hotline.words.parts import ERASE_SOON, KEPT
from panah.people.screening import queries as screening_queries

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society

ENDED = (words.ContactState.FINISHED, words.ContactState.CLOSED)
AT_ONCE = 50

GO_SOON = DueType(
    "hotline_keeping", ERASE_SOON, DueKind.DECIDE, within=timedelta(days=7), urgency=Urgency.WEEK
)


@transaction.atomic
def announce_erasing(*, at: datetime) -> int:
    """Write down on which day contacts will be erased, two weeks before, and tell the focal points; returns how many.

    For the worker, once a day. It opens nothing: what ended, and what is still due, are work facts.
    """
    number = 0
    for card in network_queries.societies():
        society = network_queries.society_or_none(card.slug) if card.hosted else None
        if society is None:
            continue
        told = [contact for contact in _candidates(society, at) if _announce(contact, at)]
        if told:
            _add_announcement(society.pk, at)
        number += len(told)
    return number


def _candidates(society: Society, at: datetime) -> QuerySet[Contact]:
    """Contacts of a society that ended long enough ago: the rest of a large table is not looked at."""
    today = at.astimezone(ZoneInfo(society.time_zone)).date()
    ruled = network_queries.retention_ends(
        society=society, key=RuleKey.RETENTION_CONTACT, on=today, closed_on=today
    )
    # Months differ by up to three days.
    length = (ruled - today - timedelta(days=3)) if ruled else retention.CONTACT.period
    rows = Contact.objects.filter(
        society=society, state__in=ENDED, erase_on=None, file__erasing_since=None,
        ended_at__lte=at - length + rules.ANNOUNCED_BEFORE,
    )  # fmt: skip
    return rows.exclude(kept_until__gt=today + rules.ANNOUNCED_BEFORE).select_related("society")


def _announce(contact: Contact, at: datetime) -> bool:
    day = erase_day(contact=contact, at=at)
    if day is None or work_queries.items_of(contact.pk):
        return False
    Contact.objects.filter(pk=contact.pk).update(erase_on=day)
    return True


def erase_day(*, contact: Contact, at: datetime) -> date | None:
    """The day on which a contact would go, never sooner than two weeks from now; None while that is far off."""
    zone = ZoneInfo(contact.society.time_zone)
    today = at.astimezone(zone).date()
    ended = (contact.ended_at or at).astimezone(zone).date()
    ruled = network_queries.retention_ends(
        society=contact.society, key=RuleKey.RETENTION_CONTACT, on=today, closed_on=ended
    )
    return rules.erase_on(ended=ended, ruled=ruled, kept_until=contact.kept_until, today=today)


def _add_announcement(society: UUID, at: datetime) -> None:
    for leader in with_permission(society, Permission.HOTLINE_LEAD):
        if any(i.owner_id == leader.pk for i in work_queries.items_of(society, purpose=ERASE_SOON)):
            continue
        work.due(GO_SOON, DueSubject(society, society), owner=leader, at=at)


@transaction.atomic
def keep_contact(
    *, keys: Keyring, contact: Contact, until: date, reason: str, by: Staff, at: datetime
) -> None:
    """Keep a contact until a day, with a reason that is sealed in it: a claim, a court case, the person's wish."""
    row: Contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if row.state == words.ContactState.CASE or not vault_queries.opens(keys=keys, file=row.file_id):
        raise Refusal(
            _("This contact is not kept here any more."),
            next_step=_("If it became a case, the case is kept by its own rule."),
            code="gone",
        )
    vault.add(
        keys=keys, file=row.file_id, part=KEPT, value={"reason": reason, "until": until.isoformat()}, at=at
    )
    row.kept_until, row.erase_on = until, None
    row.save(update_fields=["kept_until", "erase_on"])
    audit.record(event=events.KEPT_LONGER, by=by, at=at, about=row.file_id)


def may_be_proof(*, keys: Keyring, contact: Contact) -> bool:
    """Whether what was said may be the proof a person needs one day: such a contact never goes by the clock alone."""
    topics = answers_of(keys=keys, contact=contact).get("topics") or []
    told = any(
        answer == "yes"
        for held in screening_queries.meetings(keys=keys, file=contact.file_id)
        for answer in held.meeting.answers.values()
    )
    return rules.may_be_proof(topics=topics, told=told, urgency=contact.urgency, age_group=contact.age_group)


def erase_due_contacts(*, keys: Keyring, by: Staff, at: datetime) -> int:
    """Shred what was announced and whose day has come, in a focal point's session; returns how many.

    What still has something due, was taken up again, or may be proof stays: a person decides about that.
    """
    if not leads(by):
        return 0
    today = at.astimezone(ZoneInfo(keys.staff.society.time_zone)).date()
    rows = Contact.objects.visible(to=keys.staff).filter(
        state__in=ENDED, erase_on__lte=today, file__erasing_since=None
    )
    gone = 0
    for contact in rows.order_by("erase_on")[:AT_ONCE]:
        if not (load_trusted(contact) and contact.erase_on and contact.erase_on <= today):
            continue
        if work_queries.items_of(contact.pk):
            Contact.objects.filter(pk=contact.pk).update(erase_on=None)
        elif vault_queries.opens(keys=keys, file=contact.file_id) and not may_be_proof(
            keys=keys, contact=contact
        ):
            erase_contact(keys=keys, contact=contact, by=by, at=at)
            gone += 1
    work.complete_for(subject=by.society_id, purpose=ERASE_SOON, by=by, at=at)
    return gone


def erase_contact(*, keys: Keyring, contact: Contact, by: Staff, at: datetime) -> None:
    """Shred one contact. The row keeps its work facts; a focal point only, and nothing that is still due."""
    require(
        by,
        Permission.HOTLINE_LEAD,
        _("A focal point decides whether a contact is erased."),
        _("Ask the focal point of your society."),
    )
    if contact.state not in ENDED or work_queries.items_of(contact.pk):
        raise Refusal(
            _("Something is still open with this contact: a call, a call-back, a request."),
            next_step=_("Finish it first, then decide again."),
            code="still-open",
        )
    with transaction.atomic():
        audit.record(event=events.CONTACT_ERASED, by=by, at=at, about=contact.file_id)
        Contact.objects.filter(pk=contact.pk).update(erase_on=None)
    vault.erase(keys=keys, file=contact.file_id, at=at)


def to_be_erased(*, to: Staff) -> QuerySet[Contact]:
    """The contacts that were announced, the soonest first."""
    rows = Contact.objects.visible(to=to).filter(Q(erase_on__isnull=False), file__erasing_since=None)
    return rows.select_related("line", "taken_by").order_by("erase_on", "pk")
