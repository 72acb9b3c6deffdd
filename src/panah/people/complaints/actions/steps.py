"""The life of a matter: receipt, looking into it, the answer, closing, opening again, erasing."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import read_number
from panah.ground.foundation.months import months_after
from panah.ground.kit import row_locks
from panah.ground.kit.dates import morning
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.complaints import events, queries, rules
from panah.people.complaints.actions.intake import FOLLOW_UP, GIVE_ANSWER, KEEP, about
from panah.people.complaints.actions.who_is_meant import must_be_said_by_a_second
from panah.people.complaints.models import Ask, Matter, Message
from panah.people.complaints.words import ANSWER, STEP, TOLD, DataOutcome, MatterKind, MatterState


def locked_for(matter: Matter, step: str) -> Matter:
    """Lock the row, and refuse a step that no longer fits."""
    row = row_locks.locked(matter)
    again = _("Open the page again: another reader has gone on with it.")
    row_locks.must_fit(row.erased_at is None and rules.may_step(step, row.state), next_step=again)
    return row


def _locked_to_end(keys: Keyring, matter: Matter, step: str) -> Matter:
    row = locked_for(matter, step)
    must_be_said_by_a_second(row, keys=keys)
    return row


def _write(
    keys: Keyring, row: Matter, step: str, event: Event, at: datetime, value: Mapping[str, object]
) -> None:
    vault.add(keys=keys, file=row.file_id, part=STEP, value={**value, "step": step}, at=at)
    audit.record(event=event, by=keys.staff, at=at, about=row.file_id)


@transaction.atomic
def acknowledge(*, keys: Keyring, matter: Matter, at: datetime, text: str = "", told: str = "yes") -> None:
    """The receipt was confirmed to the person, or could not be because nobody can reach her: that is said."""
    row = locked_for(matter, "acknowledge")
    _write(keys, row, "acknowledge", events.ACKNOWLEDGED, at, {"text": text, "told": told})
    row.state, row.acknowledged_at = MatterState.ACKNOWLEDGED, at
    row.save(update_fields=["state", "acknowledged_at"])
    work.complete_for(subject=row.pk, purpose="acknowledge", by=keys.staff, at=at)


@transaction.atomic
def look_into(*, keys: Keyring, matter: Matter, at: datetime, text: str = "") -> None:
    """Somebody looks into it now; what was read stands as acknowledged from here at the latest."""
    row = locked_for(matter, "look")
    _write(keys, row, "look", events.LOOKING, at, {"text": text})
    row.state, row.acknowledged_at = MatterState.LOOKING, row.acknowledged_at or at
    row.save(update_fields=["state", "acknowledged_at"])
    work.complete_for(subject=row.pk, purpose="acknowledge", by=keys.staff, at=at)


@transaction.atomic
def note(*, keys: Keyring, matter: Matter, at: datetime, text: str) -> None:
    """A note for the readers, at any time."""
    _write(keys, locked_for(matter, "note"), "note", events.NOTED, at, {"text": text})


@transaction.atomic
def answer(*, keys: Keyring, matter: Matter, at: datetime, said: Mapping[str, Any]) -> None:
    """Write down the answer: how it ended, what was done, how the person heard it.

    About own data, nothing kept is told to anybody but the person, and a refusal has its reason and a way outside.
    """
    row = _locked_to_end(keys, matter, "answer")
    if row.kind == MatterKind.OWN_DATA:
        _must_be_the_person(keys, row, said)
    if rules.wants_reason(said["outcome"]) and row.kind == MatterKind.OWN_DATA:
        _must_be_reasoned(said)
    vault.add(keys=keys, file=row.file_id, part=ANSWER, value=dict(said), at=at)
    row.state, row.answered_at, row.acknowledged_at = MatterState.ANSWERED, at, row.acknowledged_at or at
    row.save(update_fields=["state", "answered_at", "acknowledged_at"])
    for purpose in ("acknowledge", "answer"):
        work.complete_for(subject=row.pk, purpose=purpose, by=keys.staff, at=at)
    audit.record(event=events.ANSWERED, by=keys.staff, at=at, about=row.file_id)


def _must_be_the_person(keys: Keyring, row: Matter, said: Mapping[str, Any]) -> None:
    told = vault_queries.value_of(keys=keys, file=row.file_id, part=TOLD)
    if said["outcome"] in (DataOutcome.DONE, DataOutcome.IN_PART) and not rules.may_hand_out(
        asker=told.get("asker", ""), proof=said.get("proof", "")
    ):
        raise Refusal(
            _("Nothing is told or changed until we know that it is the person."),
            next_step=_(
                "Ask for the safe word, or have the one who holds the case call back on the agreed number. "
                "If it cannot be known, refuse with that reason."
            ),
            code="not-known-to-be-the-person",
        )


def _must_be_reasoned(said: Mapping[str, object]) -> None:
    if not said.get("reason") or not said.get("outside_told"):
        raise Refusal(
            _("A refusal has its reason in writing, and says where else to complain."),
            next_step=_(
                "Write the reason, tell the person of the authority outside, and tick that it was told."
            ),
            code="refusal-without-reason",
        )


@transaction.atomic
def close(
    *, keys: Keyring, matter: Matter, at: datetime, text: str = "", follow_up_on: date | None = None
) -> None:
    """Close what was answered; kept as long as the rule sheet says, then a reader decides. Asks end."""
    row = _locked_to_end(keys, matter, "close")
    _write(keys, row, "close", events.CLOSED, at, {"text": text})
    today = timezone.localtime(at).date()
    months = queries.promise(keys.staff.society, on=today).keep_months
    row.state, row.closed_at, row.keep_until = MatterState.CLOSED, at, months_after(today, months)
    row.follow_up_at = morning(follow_up_on) if follow_up_on else None
    row.save(update_fields=["state", "closed_at", "keep_until", "follow_up_at"])
    work.cancel_for(subject=row.pk, at=at)
    _end_asks(row, at)
    if row.follow_up_at:
        work.due(FOLLOW_UP, about(row), keys=keys, owner=keys.staff, due_at=row.follow_up_at, at=at)
    # For every reader: in three years one of them may be gone.
    for reader in vault_queries.holders(row.file_id):
        if reader.is_active:
            work.due(KEEP, about(row), keys=keys, owner=reader, due_at=morning(row.keep_until), at=at)


def _end_asks(row: Matter, at: datetime) -> None:
    for ask in row.asks.filter(replied_at=None):
        work.cancel_for(subject=ask.pk, at=at)


@transaction.atomic
def reopen(*, keys: Keyring, matter: Matter, at: datetime, text: str) -> None:
    """The person is not content, or something new is known: it is looked into again, with a new date."""
    row = locked_for(matter, "reopen")
    _write(keys, row, "reopen", events.REOPENED, at, {"text": text})
    local = timezone.localtime(at)
    promised = queries.promise(keys.staff.society, on=local.date())
    days = promised.complaint_days if row.kind == MatterKind.COMPLAINT else promised.own_data_days
    due = rules.dates(
        local, acknowledge_days=promised.acknowledge_days, answer_days=days, urgent=row.urgency == "now"
    )
    row.state, row.answer_by = MatterState.LOOKING, due.answer_by
    row.closed_at = row.keep_until = row.follow_up_at = row.answered_at = None
    row.save()
    work.cancel_for(subject=row.pk, at=at)
    for reader in vault_queries.holders(row.file_id):
        if reader.is_active:
            work.due(GIVE_ANSWER, about(row), keys=keys, owner=reader, due_at=row.answer_by, at=at)


def erase_matter(
    *, keys: Keyring, matter: Matter, number: str, at: datetime, person_asks: bool = False
) -> None:
    """Erase a closed matter and the files beside it for good: after its day, or before when the person asks."""
    row = Matter.objects.get(pk=matter.pk)
    if row.erased_at is not None or not rules.may_step("erase", row.state):
        raise Refusal(_("Only what is closed is erased."), next_step=_("Close it first."), code="open")
    if read_number(number) != row.number:
        raise Refusal(
            _("This is not the number."),
            next_step=_("Write it as it stands on top of the page."),
            code="wrong-number",
        )
    if not person_asks and row.keep_until and timezone.localtime(at).date() < row.keep_until:
        raise Refusal(
            _("It is kept until the day that stands on the page."),
            next_step=_("Earlier only when the person asks for it: tick that."),
            code="kept",
        )
    must_be_said_by_a_second(row, keys=keys)
    beside = [*row.asks.values_list("file_id", flat=True), *row.messages.values_list("file_id", flat=True)]
    for file in beside:
        if vault_queries.opens(keys=keys, file=file):
            vault.erase(keys=keys, file=file, at=at)
    vault.erase(keys=keys, file=row.file_id, at=at)


@transaction.atomic
def forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: a file of this room is being erased; its row says nothing more."""
    ask = Ask.objects.filter(file=file).first()
    message = Message.objects.filter(file=file).first()
    row = Matter.objects.filter(file=file).first()
    for one in (ask, message, row):
        if one is not None:
            work.cancel_for(subject=one.pk, at=at)
    if ask is not None:
        ask.delete()
    if message is not None:
        message.delete()
    if row is not None:
        Matter.objects.filter(pk=row.pk).update(erased_at=at, follow_up_at=None)
