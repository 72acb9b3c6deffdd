"""The volunteer's own page: its address, its PIN, and what a volunteer does there without an account."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from hmac import compare_digest
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.foundation.errors import Refusal
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, Urgency
from panah.programmes.volunteers import helping_events as events
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers import sealed_details
from panah.programmes.volunteers.actions.register import must_keep, put_on_lists
from panah.programmes.volunteers.actions.ringing import ring_again
from panah.programmes.volunteers.helping_words import CORRECT, DEBRIEF, HELPING, PIN, TELL
from panah.programmes.volunteers.models import OwnPage, Volunteer
from panah.programmes.volunteers.own_data import PUBLIC
from panah.programmes.volunteers.queries import own_page as queries
from panah.programmes.volunteers.words import Happened, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ASKS = {TELL: Urgency.NOW, DEBRIEF: Urgency.TODAY, CORRECT: Urgency.WEEK, PIN: Urgency.TODAY}


@transaction.atomic
def give_page(*, by: Staff, row: Volunteer, at: datetime) -> str:
    """Make the address of a volunteer's page, or a new one in place of the old; shown once and returned as token."""
    must_keep(by, row)
    if row.state not in queries.OPENS_FOR:
        raise Refusal(
            _("Only whoever takes part or pauses has an own page."),
            next_step=_("Answer the request to join first, or write down that the volunteer came back."),
            code="not-a-volunteer-now",
        )
    token = secrets.token_urlsafe(18)
    page = OwnPage.objects.select_for_update().filter(volunteer=row).first() or OwnPage(volunteer=row)
    page.society_id, page.mark, page.made_on = row.society_id, queries.mark_of(token), _day(at)
    page.pin, page.wrong, page.opened_on = None, 0, None
    page.save()
    work.cancel_for(subject=row.pk, purpose=PIN, at=at)
    audit.record(event=events.PAGE, by=by, at=at, about=row.pk)
    return token


@transaction.atomic
def reset_pin(*, by: Staff, row: Volunteer, at: datetime) -> None:
    """Let a volunteer choose a PIN anew at the same address; asked for once the branch knows who asks."""
    must_keep(by, row)
    changed = OwnPage.objects.filter(volunteer=row).update(
        pin=None, wrong=0, opened_on=None, made_on=_day(at)
    )
    if changed:
        work.complete_for(subject=row.pk, purpose=PIN, by=by, at=at)
        audit.record(event=events.PIN_AGAIN, by=by, at=at, about=row.pk)


@transaction.atomic
def end_page(*, by: Staff, row: Volunteer, at: datetime) -> None:
    """Close a volunteer's page: its address opens nothing any more."""
    must_keep(by, row)
    OwnPage.objects.filter(volunteer=row).delete()
    audit.record(event=events.PAGE_ENDED, by=by, at=at, about=row.pk)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _changed(page: OwnPage, event: Event, at: datetime) -> None:
    audit.record(event=event, by=None, society=page.society_id, at=at, about=page.volunteer_id)


def try_digits(*, page: OwnPage, digits: str, at: datetime) -> bool:
    """Say whether the last digits of the telephone are right, before the first PIN; wrong ones are counted."""
    known = queries.last_digits(page.volunteer)
    return _counted(page, at, is_right=not known or compare_digest(digits, known))


def try_pin(*, page: OwnPage, pin: str, at: datetime) -> bool:
    """Say whether a PIN opens the page. The last wrong one closes it until the branch lets a new one be chosen."""
    is_right = page.pin is not None and compare_digest(bytes(page.pin), queries.pin_mark(page, pin))
    return _counted(page, at, is_right=is_right)


@transaction.atomic
def _counted(page: OwnPage, at: datetime, *, is_right: bool) -> bool:
    now = OwnPage.objects.select_for_update().get(pk=page.pk)
    page.wrong = now.wrong
    if now.wrong >= rules.MOST_WRONG:
        return False
    page.wrong = 0 if is_right else now.wrong + 1
    if page.wrong != now.wrong:
        OwnPage.objects.filter(pk=page.pk).update(wrong=page.wrong)
    if page.wrong >= rules.MOST_WRONG:
        _changed(page, events.PAGE_HELD, at)
        ask_branch(page=page, purpose=PIN, at=at)
    return is_right


@transaction.atomic
def set_pin(*, page: OwnPage, pin: str, at: datetime) -> None:
    """Set the first PIN; whoever was quicker with the same address keeps it."""
    mark = queries.pin_mark(page, pin)
    if not OwnPage.objects.filter(pk=page.pk, pin=None).update(pin=mark, wrong=0, opened_on=_day(at)):
        raise Refusal(
            _("A PIN has been chosen at this address already."),
            next_step=_("If that was not you, tell your branch at once."),
            code="pin-chosen",
        )
    page.pin = mark
    _changed(page, events.PAGE_OPENED, at)


@transaction.atomic
def ask_branch(*, page: OwnPage, purpose: str, at: datetime) -> None:
    """Put on the branch's lists that a volunteer wants something; what, is told by telephone and sealed there."""
    row = page.volunteer
    if purpose == TELL:
        ring_again(row=row, at=at)
    if work_queries.items_of(row.pk, purpose=purpose):
        # It stands there: pressed again and again it calls nobody anew.
        return
    kind = DueKind.CALL if purpose in (TELL, DEBRIEF) else DueKind.ANSWER
    put_on_lists(row, purpose, kind, room=HELPING, urgency=ASKS.get(purpose, Urgency.WEEK), at=at)
    if purpose != PIN:
        _changed(page, events.OWN_ASK, at)


@transaction.atomic
def ask_correction(*, page: OwnPage, text: str, at: datetime) -> None:
    """Name, sex and year of birth are put right by the branch: what is wrong lies sealed until it has looked."""
    row = _locked(page)
    before = str(sealed_details.read(row).get("correction", ""))
    sealed_details.write(row, correction=f"{before}\n{text}".strip()[-2000:])
    row.save(update_fields=["details", "phone_mark"])
    ask_branch(page=page, purpose=CORRECT, at=at)


def _locked(page: OwnPage) -> Volunteer:
    row: Volunteer = Volunteer.objects.select_for_update().get(pk=page.volunteer_id)
    page.volunteer = row
    return row


@transaction.atomic
def change_profile(
    *,
    page: OwnPage,
    languages: list[str],
    availability: list[str],
    may_be_contacted: bool,
    language: str,
    quiet_from: str,
    quiet_until: str,
    at: datetime,
    **contact: str,
) -> None:
    """Change what a volunteer knows best: languages, times, how and whether to be reached, communities."""
    row = _locked(page)
    row.languages, row.availability, row.may_be_contacted = languages, availability, may_be_contacted
    sealed_details.write(row, **contact)
    row.save()
    page.language = language
    both = bool(quiet_from and quiet_until)
    page.quiet_from = int(quiet_from) if both else None
    page.quiet_until = int(quiet_until) if both else None
    page.save(update_fields=["language", "quiet_from", "quiet_until"])
    _changed(page, events.OWN_CHANGE, at)


@transaction.atomic
def pause_or_return(*, page: OwnPage, pauses: bool, at: datetime) -> None:
    """Pause, or come back from a pause; a second press changes nothing."""
    row = _locked(page)
    before, after = VolunteerState.ACTIVE, VolunteerState.PAUSED
    if not pauses:
        before, after = after, before
    if row.state != before:
        return
    row.state = after
    sealed_details.note(row, on=_day(at), what=Happened.PAUSED if pauses else Happened.RETURNED)
    row.save()
    _changed(page, events.OWN_CHANGE, at)


def switch_public(*, page: OwnPage, room: str, pk: UUID, is_on: bool, at: datetime) -> None:
    """Switch on or off what strangers can see of this volunteer; what is somebody else's stays as it is."""
    pages = PUBLIC.get(room)
    if pages is not None:
        pages.switch(volunteer=page.volunteer, pk=pk, is_on=is_on, at=at)
