"""Files of a report: looked at, saved; and pictures that may show a child abused, which two people open, blurred."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.approvals.permissions import must_be_another, must_decide
from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, Urgency
from panah.people.inbox import queries as inbox_queries
from panah.people.intake import events, permissions
from panah.people.intake.actions.picture_keys import drop_key, entry_of, keep_key
from panah.people.intake.models import MarkedPicture
from panah.people.intake.queries.marked import is_there, marked_among, may_be_seen
from panah.people.intake.words import LOOK, PICTURES, PICTURES_PAST, CameOfIt
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.queries import FileEntry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.people.inbox.models import Arrival

# Both see it for so long after the second has agreed; then it is asked for anew.
SEEN_FOR = timedelta(minutes=30)
# What is asked for and nobody agrees to.
ASKED_FOR = timedelta(days=3)
# By when two have looked: a child may still be where it was taken.
LOOKED_WITHIN = timedelta(hours=8)


@transaction.atomic
def mark_picture(*, arrival: Arrival, entry: FileEntry, by: Staff | None, at: datetime) -> MarkedPicture:
    """A picture may show a child abused: from now on nobody opens it alone. Marked twice is marked once.

    It stays, whatever becomes of its report, until two have looked and said what came of it: that is due from now on.
    ``by``: the first who saw it; nobody, where whoever sent it said so.
    """
    row, new = MarkedPicture.objects.get_or_create(
        society_id=arrival.society_id,
        upload=entry.id,
        defaults={"arrival": arrival, "marked_by": by, "marked_at": at},
    )
    load_trusted(row)
    if new:
        audit.record(event=events.MARKED, by=by, society=arrival.society_id, at=at, about=arrival.pk)
        put_on_lists(row, at=at)
    elif not row.waits and row.came_of_it == CameOfIt.NOT_ONE:
        _mark_again(row, by, at)
    _hold(row, arrival, entry)
    return row


def _mark_again(row: MarkedPicture, by: Staff | None, at: datetime) -> None:
    """Two wrote that it shows none, and somebody sees it otherwise: two look anew."""
    row.marked_by, row.marked_at, row.came_of_it = by, at, ""
    row.settled_by = row.settled_at = row.seen_by = row.seen_too_by = None
    row.asked_by = row.asked_at = row.agreed_by = row.agreed_at = None
    row.save()
    audit.record(event=events.MARKED, by=by, society=row.society_id, at=at, about=row.arrival_id)
    put_on_lists(row, at=at)


def _hold(row: MarkedPicture, arrival: Arrival, entry: FileEntry) -> None:
    """Let the file stay when its words go. Words that name it with a key that opens nothing change nothing."""
    report = reporters_queries.report_of(arrival)
    if row.waits and report is not None and is_there(report, entry):
        reporters.hold_file(report=report.pk, upload=entry.id)
        keep_key(row, entry)


def put_on_lists(picture: MarkedPicture, *, at: datetime) -> None:
    """Put it on the list of those who open what arrives; past the intake on each of its readers'."""
    arrival = picture.arrival
    past = arrival.past_intake
    first = (
        permissions.readers_who_see(arrival)
        if past
        else inbox_queries.first_to_open(arrival.society_id, at=at)
    )
    shared = not past and any(inbox_queries.pool(one) for one in first)
    for one in [None] if shared else first:
        work.add_item(
            keys=None,
            society=arrival.society_id,
            kind=DueKind.DECIDE,
            due_at=at + LOOKED_WITHIN,
            room=PICTURES_PAST if past else PICTURES,
            subject=picture.upload,
            at=at,
            owner=one,
            line=arrival.society_id if one is None else None,
            urgency=Urgency.TODAY,
            purpose=LOOK,
        )


def tell_new_readers_of_pictures(*, leaver: Staff, at: datetime) -> None:
    """A reader of complaints leaves: marked pictures past the intake come to whoever reads it now."""
    rows = MarkedPicture.objects.filter(society=leaver.society_id, came_of_it="", arrival__past_intake=True)
    for row in rows.select_related("arrival"):
        if {item.owner_id for item in work_queries.items_of(row.upload, purpose=LOOK)} <= {leaver.pk}:
            put_on_lists(row, at=at)


@transaction.atomic
def pass_pictures_on(*, keys: Keyring, arrival: Arrival, at: datetime) -> None:
    """What they came with goes past the intake now: marked pictures are there for its readers alone."""
    for row in MarkedPicture.objects.select_for_update(of=("self",)).filter(
        arrival=arrival.pk, came_of_it=""
    ):
        entry = entry_of(keys, row)
        # As it stands now, past the intake.
        row.arrival = arrival
        work.cancel_for(subject=row.upload, at=at)
        put_on_lists(row, at=at)
        if entry is not None:
            keep_key(row, entry)


@transaction.atomic
def note_what_came(*, keys: Keyring, picture: MarkedPicture, came_of_it: str, at: datetime) -> None:
    """Write what came of a picture, as one of two people who have seen it. It is destroyed then, in every copy.

    One that shows no child abused is like every other file again, and goes with its report. Refuses while two have not
    seen it; but a picture that is gone, or opens for nobody, is nothing to look at.
    """
    by = keys.staff
    row = _locked(picture, by)
    if not row.waits:
        return
    if not permissions.looks(by, row.arrival):
        raise _not_hers()
    report = reporters_queries.report_of(row.arrival)
    if may_be_seen(row) or came_of_it != CameOfIt.GONE:
        _two_have_seen(row, by, came_of_it)
    row.came_of_it, row.settled_by, row.settled_at = came_of_it, by, at
    row.save(update_fields=["came_of_it", "settled_by", "settled_at"])
    if report is not None:
        if came_of_it == CameOfIt.NOT_ONE:
            reporters.hold_file(report=report.pk, upload=row.upload, held=False)
        else:
            reporters.destroy_file(by=by, report=report, upload=row.upload, at=at)
    drop_key(row)
    work.complete_for(subject=row.upload, purpose=LOOK, by=by, at=at)
    audit.record(
        event=events.CAME_OF_IT, by=by, at=at, about=row.arrival_id, facts={"came_of_it": came_of_it}
    )
    picture.refresh_from_db()


def _two_have_seen(row: MarkedPicture, by: Staff, came_of_it: str) -> None:
    two = set(row.two)
    if None in two or by.pk not in two or came_of_it == CameOfIt.GONE:
        raise Refusal(
            _("Two of you have not seen this picture yet."),
            next_step=_(
                "Ask for it on its page; when both have seen it, one of the two writes what came of it."
            ),
            code="two-have-not-seen",
        )
    must_be_another(by, two - {by.pk})


def must_be_unmarked(upload: UUID) -> None:
    """Refuse to show, save or copy a marked picture in any other way."""
    if marked_among([upload]):
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
    row = _locked(picture, by)
    if not permissions.looks(by, row.arrival):
        raise _not_hers()
    if is_asked(row, at=at):
        return
    row.asked_by, row.asked_at, row.agreed_by, row.agreed_at = by, at, None, None
    row.save(update_fields=["asked_by", "asked_at", "agreed_by", "agreed_at"])
    audit.record(event=events.ASKED, by=by, at=at, about=row.arrival_id)


@transaction.atomic
def agree_to_open(*, picture: MarkedPicture, by: Staff, at: datetime) -> None:
    """The second: agrees, and both see it. Never who asked, nor another account that may be the same person's."""
    row = _locked(picture, by)
    if not is_asked(row, at=at) or row.asked_at is None:
        raise Refusal(
            _("Nobody has asked to open it."),
            next_step=_("Ask for it yourself; then another colleague agrees."),
            code="not-asked",
        )
    act = permissions.looking_at(row.arrival)
    must_decide(act, by, asked_at=row.asked_at, exclude=set(), asked_by={row.asked_by_id})
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
def see_picture(*, keys: Keyring, picture: MarkedPicture, at: datetime) -> bytes | None:
    """Return a marked picture for one of the two, to be blurred: journalled each time; None where it is gone.

    Refuses everybody else.
    """
    by = keys.staff
    row = _locked(picture, by)
    if not row.waits or not is_open_to(row, staff=by, at=at):
        raise _not_hers()
    report, entry = reporters_queries.report_of(row.arrival), entry_of(keys, row)
    body = reporters_queries.file_of(report, entry) if report is not None and entry is not None else None
    if not body:
        return None
    audit.record(event=events.SEEN, by=by, at=at, about=row.arrival_id)
    if by.pk not in row.two:
        if row.seen_by_id is None:
            row.seen_by = by
        elif row.seen_too_by_id is None:
            row.seen_too_by = by
        row.save(update_fields=["seen_by", "seen_too_by"])
    return body


def _locked(picture: MarkedPicture, by: Staff) -> MarkedPicture:
    rows = MarkedPicture.objects.select_for_update(of=("self",)).select_related("arrival")
    row = rows.get(pk=picture.pk, society=by.society_id)
    if not load_trusted(row):
        raise _not_hers()
    return row


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
