"""Files of a report: looked at, saved; and pictures that may show a child abused, which two people open, blurred."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.approvals.permissions import must_decide
from panah.audit import actions as audit
from panah.audit.events import Event
from panah.foundation.errors import Refusal
from panah.intake import events
from panah.intake.models import MarkedPicture
from panah.intake.permissions import MARKED_PICTURE, opening_since

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.inbox.models import Arrival

# Both see it for so long after the second has agreed; then it is asked for anew.
SEEN_FOR = timedelta(minutes=30)
# What is asked for and nobody agrees to.
ASKED_FOR = timedelta(days=3)


@transaction.atomic
def mark_picture(*, arrival: Arrival, upload: UUID, by: Staff | None, at: datetime) -> MarkedPicture:
    """A picture may show a child abused: from now on nobody opens it alone. Marked twice is marked once.

    ``by``: the first who saw it; nobody, where whoever sent it said so.
    """
    row, new = MarkedPicture.objects.get_or_create(
        arrival=arrival,
        upload=upload,
        defaults={"society_id": arrival.society_id, "marked_by": by, "marked_at": at},
    )
    if new:
        audit.record(event=events.MARKED, by=by, society=arrival.society_id, at=at, about=arrival.pk)
    return row


def must_be_unmarked(upload: UUID) -> None:
    """Refuse to show, save or copy a marked picture in any other way."""
    if MarkedPicture.objects.filter(upload=upload).exists():
        raise Refusal(
            _("This picture is marked: it may show a child abused."),
            next_step=_(
                "Two of you open it together, blurred, on its own page. It is not saved and not copied."
            ),
            code="marked-picture",
            status=403,
        )


@transaction.atomic
def ask_to_open(*, picture: MarkedPicture, by: Staff, at: datetime) -> None:
    """The first of the two: asks that it is opened. Asked by two at one moment, the first stands."""
    if by.pk not in opening_since(by.society_id):
        raise _not_hers()
    row = MarkedPicture.objects.select_for_update().get(pk=picture.pk, society=by.society_id)
    if is_asked(row, at=at):
        return
    row.asked_by, row.asked_at, row.agreed_by, row.agreed_at = by, at, None, None
    row.save(update_fields=["asked_by", "asked_at", "agreed_by", "agreed_at"])
    audit.record(event=events.ASKED, by=by, at=at, about=row.arrival_id)


@transaction.atomic
def agree_to_open(*, picture: MarkedPicture, by: Staff, at: datetime) -> None:
    """The second: agrees, and both see it. Never who asked, nor another account that may be the same person's."""
    row = MarkedPicture.objects.select_for_update().get(pk=picture.pk, society=by.society_id)
    if not is_asked(row, at=at) or row.asked_at is None:
        raise Refusal(
            _("Nobody has asked to open it."),
            next_step=_("Ask for it yourself; then another colleague agrees."),
            code="not-asked",
        )
    must_decide(MARKED_PICTURE, by, asked_at=row.asked_at, exclude=set(), asked_by={row.asked_by_id})
    if row.agreed_by_id is not None:
        return
    row.agreed_by, row.agreed_at = by, at
    row.save(update_fields=["agreed_by", "agreed_at"])
    audit.record(event=events.AGREED, by=by, at=at, about=row.arrival_id)


def is_asked(row: MarkedPicture, *, at: datetime) -> bool:
    """Say whether a request stands: nobody has agreed yet, or what was agreed to is not over."""
    if row.asked_at is None:
        return False
    if row.agreed_at is not None:
        return at < row.agreed_at + SEEN_FOR
    return at < row.asked_at + ASKED_FOR


def is_open_to(row: MarkedPicture, *, staff: Staff, at: datetime) -> bool:
    """Say whether this colleague is one of the two, and the two have agreed a short while ago."""
    two = {row.asked_by_id, row.agreed_by_id}
    return row.agreed_at is not None and at < row.agreed_at + SEEN_FOR and staff.pk in two


@transaction.atomic
def note_seen(*, picture: MarkedPicture, by: Staff, at: datetime) -> None:
    """One of the two sees it, blurred: journalled each time. Refuses everybody else."""
    row = MarkedPicture.objects.get(pk=picture.pk, society=by.society_id)
    if not is_open_to(row, staff=by, at=at):
        raise _not_hers()
    audit.record(event=events.SEEN, by=by, at=at, about=row.arrival_id)


def _not_hers() -> Refusal:
    return Refusal(
        _("Two named colleagues open this, and for half an hour."),
        next_step=_("Ask for it on its page; another colleague who opens what arrives agrees."),
        code="two-open-it",
        status=403,
    )


@transaction.atomic
def note_file(*, arrival: Arrival, upload: UUID, by: Staff, saved: bool, at: datetime) -> None:
    """A file of a report was looked at, or saved outside: journalled. Refuses one that is marked."""
    must_be_unmarked(upload)
    event: Event = events.FILE_TAKEN if saved else events.FILE_SHOWN
    audit.record(event=event, by=by, at=at, about=arrival.pk, facts={"upload": str(upload)})
