"""What the readers ask a colleague for, and word that is left for the readers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import read_number
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.errors import not_admitted
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.complaints import events, queries, rules
from panah.people.complaints.actions.steps import locked_for
from panah.people.complaints.models import Ask, Matter, Message
from panah.people.complaints.words import ASK_ROOM, ASKED, CONCERNS, LEFT_ROOM, MESSAGE, REPLY, MatterKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ASK = DueType(
    ASK_ROOM,
    "ask",
    DueKind.ANSWER,
    _("A person asks about own data: give what is needed"),
    urgency=Urgency.WEEK,
)
REPLIED = DueType(ASK_ROOM, "replied", DueKind.REVIEW, _("A colleague replied: read it"), timedelta(days=1))
LEFT = DueType(
    LEFT_ROOM, "left", DueKind.ANSWER, _("Somebody asks after a complaint or a request"), timedelta(days=1)
)


@transaction.atomic
def ask_colleague(*, keys: Keyring, matter: Matter, of: Staff, text: str, at: datetime) -> Ask:
    """Ask whoever holds the case for what an answer about own data needs. The colleague reads the question alone."""
    row = locked_for(matter, "ask")
    if row.kind != MatterKind.OWN_DATA:
        raise Refusal(
            _("About a complaint nobody is asked here."),
            next_step=_("Talk to whoever can help in person, and write a note."),
            code="not-about-complaints",
        )
    if str(of.pk) in vault_queries.value_of(keys=keys, file=row.file_id, part=CONCERNS).get("who", ()):
        raise Refusal(
            _("This colleague must not know of it."), next_step=_("Ask another one."), code="concerned"
        )
    if vault_queries.key_state(of).state != "admitted":
        raise not_admitted()
    readers = _able(row)
    file = vault.begin_file(keys=keys, kind=FileKind.COMPLAINT, staff=[*readers, of], at=at)
    vault.write(keys=keys, file=file, part=ASKED, value={"text": text}, at=at)
    due_at = min(at + timedelta(days=rules.ASK_DAYS), max(row.answer_by, at))
    ask = Ask.objects.create(
        society_id=row.society_id, matter=row, file_id=file, of=of, asked_at=at, due_at=due_at
    )
    work.due(ASK, DueSubject(row.society_id, ask.pk, file=file, owner=of), keys=keys, due_at=due_at, at=at)
    audit.record(event=events.ASKED, by=keys.staff, at=at, about=file)
    return ask


def _able(row: Matter) -> list[Staff]:
    """The readers whose grant is to the key they have now; a key that waits for admission gets nothing."""
    able = vault_queries.able_to_open([row.file_id]).get(row.file_id, set())
    return [holder for holder in vault_queries.holders(row.file_id) if holder.pk in able]


@transaction.atomic
def reply(*, keys: Keyring, ask: Ask, text: str, knows: str, at: datetime) -> None:
    """Give the readers what they asked for. Only the colleague who was asked; a second reply replaces the first."""
    if ask.of_id != keys.staff.pk:
        raise Refusal(
            _("Another colleague was asked."),
            next_step=_("Read the reply on the matter’s page."),
            code="not-asked",
        )
    vault.write(keys=keys, file=ask.file_id, part=REPLY, value={"text": text, "knows": knows}, at=at)
    Ask.objects.filter(pk=ask.pk).update(replied_at=at)
    work.complete_for(subject=ask.pk, purpose="ask", by=keys.staff, at=at)
    audit.record(event=events.REPLIED, by=keys.staff, at=at, about=ask.file_id)
    for reader in vault_queries.holders(ask.matter.file_id):
        if reader.is_active and reader.pk != keys.staff.pk:
            _tell(keys, ask, reader, at)


def _tell(keys: Keyring, ask: Ask, reader: Staff, at: datetime) -> None:
    work.due(REPLIED, DueSubject(ask.society_id, ask.pk, file=ask.file_id, owner=reader), keys=keys, at=at)


@transaction.atomic
def leave_word(*, keys: Keyring, code: str, word: str, text: str, at: datetime) -> None:
    """Leave word for the readers of a code. Whether the code fits anything is told to nobody but them."""
    by = keys.staff
    number = read_number(code)
    matter = Matter.objects.filter(society=by.society_id, number=number, erased_at=None).first()
    # Where nobody is left who can open the matter, nobody else hears of it either: it may be about them.
    readers = _able(matter) if matter else queries.route(by.society_id).people
    file = vault.begin_file(keys=keys, kind=FileKind.COMPLAINT, staff=readers, at=at)
    vault.write(keys=keys, file=file, part=MESSAGE, value={"code": code, "word": word, "text": text}, at=at)
    row = Message.objects.create(society_id=by.society_id, matter=matter, file_id=file, left_at=at)
    for reader in readers:
        work.due(LEFT, DueSubject(by.society_id, row.pk, file=file, owner=reader), keys=keys, at=at)
    audit.record(event=events.LEFT, by=by, at=at, about=file)


@transaction.atomic
def read_word(*, keys: Keyring, message: Message, at: datetime) -> None:
    """What was left is read: off the lists of all who could."""
    if Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at):
        work.complete_for(subject=message.pk, purpose="left", by=keys.staff, at=at)
        audit.record(event=events.HEARD, by=keys.staff, at=at, about=message.file_id)
