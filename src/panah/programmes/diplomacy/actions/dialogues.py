"""Dialogues with authorities: all is sealed for the author and the focal points, and no way leads to a case."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import read_number
from panah.ground.kit.dates import morning
from panah.ground.kit.file_types import file_type_of
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.errors import not_openable
from panah.ground.vault.words import FileKind, RevealPurpose
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.diplomacy import events, rules
from panah.programmes.diplomacy.models import Dialogue
from panah.programmes.diplomacy.permissions import must_keep
from panah.programmes.diplomacy.queries import kept_until
from panah.programmes.diplomacy.words import (
    ABOUT,
    ANSWER,
    DIALOGUE_LATE,
    DIALOGUES,
    ENTRY,
    KEEP,
    NEXT,
    SCAN,
    DialogueState,
    EntryKind,
)

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring

MOST = 25 * 1024 * 1024
SCANS = ("jpeg", "png", "pdf")
CAME = (EntryKind.CAME, EntryKind.ANSWERED, EntryKind.PROMISED, EntryKind.REFUSED)

TYPES = {
    ANSWER: DueType(
        DIALOGUES,
        ANSWER,
        DueKind.REVIEW,
        gettext_lazy("An authority was to answer by now: write down what came, or that it is silent"),
        urgency=Urgency.WEEK,
    ),
    NEXT: DueType(
        DIALOGUES,
        NEXT,
        DueKind.DEADLINE,
        gettext_lazy("The next step of a dialogue with an authority"),
        urgency=Urgency.WEEK,
    ),
}
KEEP_OR_ERASE = DueType(DIALOGUES, KEEP, DueKind.DECIDE, urgency=Urgency.LATER)


@transaction.atomic
def begin_dialogue(
    *, keys: Keyring, about: Mapping[str, object], pk: UUID | None = None, at: datetime
) -> Dialogue:
    """Begin a dialogue: with whom, about which obligation, what is asked. Sealed to the author and the focal points."""
    by = keys.staff
    must_keep(by)
    file = vault.begin_file(keys=keys, kind=FileKind.DIALOGUE, staff=[by], focal_points=True, at=at)
    vault.write(keys=keys, file=file, part=ABOUT, value={**about, "author": str(by.pk)}, at=at)
    row: Dialogue = Dialogue.objects.create(
        pk=pk or uuid4(), society_id=by.society_id, file_id=file, begun_on=timezone.localtime(at).date()
    )
    _look_again(keys, row, at)
    audit.record(event=events.DIALOGUE_BEGUN, by=by, at=at, about=file)
    return row


def _locked(keys: Keyring, dialogue: Dialogue, state: DialogueState) -> Dialogue:
    row: Dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if not vault_queries.opens(keys=keys, file=row.file_id):
        raise not_openable()
    if row.state != state:
        raise Refusal(
            _("A colleague closed this dialogue, or opened it again."),
            next_step=_("Open its page again."),
            code="step-does-not-fit",
        )
    return row


@transaction.atomic
def write_entry(
    *,
    keys: Keyring,
    dialogue: Dialogue,
    entry: Mapping[str, object],
    scan: bytes = b"",
    answer_by: date | None = None,
    next_on: date | None = None,
    at: datetime,
) -> None:
    """Write down what happened. ``answer_by``: silence until then becomes due; ``next_on``: the next step of ours."""
    row = _locked(keys, dialogue, DialogueState.OPEN)
    ref = vault.add(keys=keys, file=row.file_id, part=ENTRY, value=dict(entry), at=at)
    if scan:
        _keep_scan(keys, row, ref, scan, at)
    if entry.get("kind") in CAME or entry.get("kind") == EntryKind.SILENT:
        work.complete_for(subject=row.pk, purpose=ANSWER, by=keys.staff, at=at)
    for purpose in (NEXT, DIALOGUE_LATE):
        work.complete_for(subject=row.pk, purpose=purpose, by=keys.staff, at=at)
    for day, purpose in ((answer_by, ANSWER), (next_on, NEXT)):
        if day is not None:
            work.cancel_for(subject=row.pk, purpose=purpose, at=at)
            _put_on_list(keys, row, purpose, day, at)
    _look_again(keys, row, at)
    audit.record(event=events.DIALOGUE_NOTED, by=keys.staff, at=at, about=row.file_id)


def _look_again(keys: Keyring, row: Dialogue, at: datetime) -> None:
    """An open dialogue of which nothing is due comes back by itself.

    After the same time whatever its kind: the kind is sealed, and the day must not tell it.
    """
    if not work_queries.items_of(row.pk):
        _put_on_list(keys, row, NEXT, timezone.localtime(at).date() + rules.LOOK_AGAIN_AFTER, at)


def _put_on_list(keys: Keyring, row: Dialogue, purpose: str, day: date, at: datetime) -> None:
    about = DueSubject(row.society_id, row.pk, file=row.file_id, number=row.number)
    work.due(TYPES[purpose], about, keys=keys, owner=keys.staff, due_at=morning(day), at=at)


def _keep_scan(keys: Keyring, row: Dialogue, ref: UUID, scan: bytes, at: datetime) -> None:
    found = file_type_of(scan)
    if found.type not in SCANS:
        raise Refusal(
            _("A scan is a PDF, a JPEG or a PNG."),
            next_step=_("Scan the letter again as one of these, or photograph it."),
            code="not-a-scan",
        )
    if len(scan) > MOST:
        raise Refusal(
            _("This file has more than 25 MB."), next_step=_("Scan it with fewer dots."), code="too-large"
        )
    attachment = vault.keep_attachment(keys=keys, file=row.file_id, body=scan)
    value = {
        "entry": str(ref),
        "ending": found.ending,
        "size": len(scan),
        "sha256": hashlib.sha256(scan).hexdigest(),
    }
    vault.write(keys=keys, file=row.file_id, part=SCAN, ref=attachment, value=value, at=at)


def show_scan(*, keys: Keyring, dialogue: Dialogue, attachment: UUID, at: datetime) -> bytes:
    """Return a scan as it came; that it was looked at is journalled."""
    return vault.show_attachment(
        keys=keys,
        file=dialogue.file_id,
        attachment=attachment,
        purpose=RevealPurpose.CHECK,
        event=events.SCAN_SEEN,
        at=at,
    )


@transaction.atomic
def close_dialogue(*, keys: Keyring, dialogue: Dialogue, outcome: str, at: datetime) -> None:
    """Close a dialogue with what came of it. After a year it stands on a list; how long it is kept its page says."""
    row = _locked(keys, dialogue, DialogueState.OPEN)
    vault.add(
        keys=keys,
        file=row.file_id,
        part=ENTRY,
        value={"kind": EntryKind.NOTE, "text": outcome, "closes": True},
        at=at,
    )
    day = timezone.localtime(at).date()
    row.state, row.closed_on = DialogueState.CLOSED, day
    # The same whatever its kind: how long it is kept is sealed with it, and the day must not tell that.
    row.keep_until = day + retention.DIALOGUE_ABOUT_PERSON.period
    row.save(update_fields=["state", "closed_on", "keep_until"])
    work.cancel_for(subject=row.pk, at=at)
    work.due(KEEP_OR_ERASE, _closed(row), owner=keys.staff, due_at=morning(row.keep_until), at=at)
    audit.record(event=events.DIALOGUE_CLOSED, by=keys.staff, at=at, about=row.file_id)


def _closed(row: Dialogue) -> DueSubject:
    return DueSubject(row.society_id, row.pk, number=row.number)


def look_at_closed(*, at: datetime) -> int:
    """Put each closed dialogue on a list again in a year, once somebody has looked whether it is still kept.

    The node does not know how long that is: it is sealed, and every kind comes back alike. Returns how many.
    """
    over = Dialogue.objects.filter(state=DialogueState.CLOSED, keep_until__lte=timezone.localtime(at).date())
    looked = [row for row in over if not work_queries.items_of(row.pk, purpose=KEEP)]
    for row in looked:
        _put_off(row, at)
    return len(looked)


@transaction.atomic
def _put_off(row: Dialogue, at: datetime) -> None:
    again = timezone.localtime(at).date() + retention.DIALOGUE_ABOUT_PERSON.period
    Dialogue.objects.filter(pk=row.pk, state=DialogueState.CLOSED).update(keep_until=again)
    work.due_for_focal_points(KEEP_OR_ERASE, _closed(row), due_at=morning(again), at=at)


@transaction.atomic
def reopen_dialogue(*, keys: Keyring, dialogue: Dialogue, at: datetime) -> None:
    row = _locked(keys, dialogue, DialogueState.CLOSED)
    row.state, row.closed_on, row.keep_until = DialogueState.OPEN, None, None
    row.save(update_fields=["state", "closed_on", "keep_until"])
    work.cancel_for(subject=row.pk, purpose=KEEP, at=at)
    _look_again(keys, row, at)
    audit.record(event=events.DIALOGUE_REOPENED, by=keys.staff, at=at, about=row.file_id)


def erase_dialogue(*, keys: Keyring, dialogue: Dialogue, number: str, at: datetime) -> None:
    """Erase a closed dialogue for good once it need not be kept any longer."""
    row = _locked(keys, dialogue, DialogueState.CLOSED)
    if read_number(number) != row.number:
        raise Refusal(
            _("This is not the number."),
            next_step=_("Write it as it stands on top of the page."),
            code="wrong-number",
        )
    if timezone.localtime(at).date() < kept_until(row, keys=keys):
        raise Refusal(
            _("It is kept until the day that stands on the page."),
            next_step=_("Erase it from that day on."),
            code="kept",
        )
    vault.erase(keys=keys, file=row.file_id, at=at)


@transaction.atomic
def forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: the file of a dialogue is being erased, and its row with it."""
    del keys
    row = Dialogue.objects.filter(file=file).first()
    if row is not None:
        work.cancel_for(subject=row.pk, at=at)
        row.delete()
