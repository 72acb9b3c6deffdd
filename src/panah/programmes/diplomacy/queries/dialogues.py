"""Dialogues in the session of whoever opens them. No role opens one: the file was sealed to its readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from panah.ground.foundation import retention
from panah.ground.vault import queries as vault_queries
from panah.programmes.diplomacy.models import Dialogue
from panah.programmes.diplomacy.words import ABOUT, ENTRY, SCAN, DialogueKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.ground.vault.queries import DecryptedPart


def dialogues(*, to: Staff) -> list[Dialogue]:
    return list(Dialogue.objects.visible(to=to))


def dialogue_or_404(number: str, *, to: Staff) -> Dialogue:
    found: Dialogue = get_object_or_404(Dialogue.objects.visible(to=to), number=number)
    return found


@dataclass(frozen=True)
class EntryLine:
    """One time in a dialogue: what happened on which day, letters by their numbers, until when an answer is due."""

    ref: UUID
    by: UUID | None
    kind: str
    on: date
    text: str
    number_out: str
    number_in: str
    delivery: str
    answer_by: date | None


@dataclass(frozen=True)
class OpenedDialogue:
    """A dialogue and what its file says; empty while the vault is locked."""

    row: Dialogue
    about: dict[str, Any]
    entries: list[EntryLine] = field(default_factory=list)
    # The ref of an entry -> (the scan's id, what it is).
    scans: dict[str, tuple[UUID, dict[str, Any]]] = field(default_factory=dict)


def opened(dialogue: Dialogue, *, keys: Keyring | None) -> OpenedDialogue:
    """Return one dialogue with all that happened, by its days, oldest first."""
    return opened_all([dialogue], keys=keys)[0]


def opened_all(rows: Sequence[Dialogue], *, keys: Keyring | None) -> list[OpenedDialogue]:
    """The same of many: as many queries as for one."""
    files = [row.file_id for row in rows]
    about = vault_queries.read_whole(keys=keys, files=files, part=ABOUT)
    written, scans = (vault_queries.read_lists(keys=keys, files=files, part=part) for part in (ENTRY, SCAN))
    return [
        OpenedDialogue(
            row,
            about[row.file_id].value if row.file_id in about else {},
            sorted(map(_line, written.get(row.file_id, ())), key=lambda one: one.on),
            {one.value["entry"]: (one.ref, one.value) for one in scans.get(row.file_id, ())},
        )
        for row in rows
    ]


def _line(part: DecryptedPart) -> EntryLine:
    said = part.value
    return EntryLine(
        ref=part.ref,
        by=part.by,
        kind=said["kind"],
        on=_day(said.get("on")) or timezone.localtime(part.at).date(),
        text=said["text"],
        number_out=said.get("number_out") or "",
        number_in=said.get("number_in") or "",
        delivery=said.get("delivery") or "",
        answer_by=_day(said.get("answer_by")),
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def memory(*, to: Staff, keys: Keyring | None, word: str = "") -> dict[str, list[OpenedDialogue]]:
    """Return what was asked of whom and what came of it, by authority; ``word`` is looked for in all of it.

    An authority that was written in two ways stands there once, as it was written last.
    """
    found: dict[str, list[OpenedDialogue]] = {}
    names: dict[str, str] = {}
    for one in opened_all(dialogues(to=to), keys=keys):
        said = " ".join([*map(str, one.about.values()), *(each.text for each in one.entries)])
        if one.about and word.casefold() in said.casefold():
            name = " ".join(str(one.about.get("authority", "")).split())
            found.setdefault(names.setdefault(name.casefold(), name), []).append(one)
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))


def kept_until(row: Dialogue, *, keys: Keyring | None) -> date:
    """Return until when a closed dialogue is kept: by what it was about, which is sealed, and so no column says it."""
    about = vault_queries.value_of(keys=keys, file=row.file_id, part=ABOUT)
    person = about.get("kind") == DialogueKind.PERSON
    closed = row.closed_on or row.begun_on
    return closed + (retention.DIALOGUE_ABOUT_PERSON if person else retention.DIALOGUE).period
