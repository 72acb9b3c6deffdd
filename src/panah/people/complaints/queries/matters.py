"""Matters, what was asked of colleagues, and word that was left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import pseudonyms
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.events import REGISTER
from panah.ground.foundation.compiled_queries import Viewer, prepared
from panah.ground.kit.nav import Count
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import DecryptedPart
from panah.people.complaints.models import Ask, Matter, Message
from panah.people.complaints.words import (
    ANSWER,
    ASKED,
    CONCERNS,
    MESSAGE,
    REPLY,
    STEP,
    TOLD,
    MatterKind,
    MatterState,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

SHOWN = 50
OPEN = (MatterState.RECEIVED, MatterState.ACKNOWLEDGED, MatterState.LOOKING)
SORTS = {"answer": "answer_by", "newest": "-received_at"}


def visible(*, to: Staff | Viewer) -> QuerySet[Matter]:
    """Return the matters that were sealed to this colleague (a queryset); nothing else exists for her."""
    return Matter.objects.visible(to=to).filter(erased_at=None)


def matter_or_404(number: str, *, to: Staff) -> Matter:
    found: Matter = get_object_or_404(visible(to=to), number=number)
    return found


def ask_or_404(pk: UUID, *, to: Staff) -> Ask:
    """What a colleague was asked for: for that colleague, and for the readers."""
    found: Ask = get_object_or_404(Ask.objects.visible(to=to).select_related("of", "matter"), pk=pk)
    return found


def message_or_404(pk: UUID, *, to: Staff) -> Message:
    found: Message = get_object_or_404(Message.objects.visible(to=to).select_related("matter"), pk=pk)
    return found


def unread(*, to: Staff) -> list[Message]:
    """Word that was left for the readers and not read yet, oldest first."""
    rows = Message.objects.visible(to=to).filter(read_at=None).select_related("matter")
    return list(rows.order_by("left_at")[:SHOWN])


def waiting(staff: Staff) -> Count | None:
    """The number beside *Complaints*: what is open for this colleague. Nothing for everyone else. One query."""
    now, rows = timezone.now(), _open_to(staff=staff.pk, society=staff.society_id)
    late = [
        answer_by <= now or (state == MatterState.RECEIVED and receipt <= now)
        for state, receipt, answer_by in rows
    ]
    return Count(len(late), "urgent" if any(late) else "") if late else None


@prepared
def _open_to(staff: UUID, society: UUID) -> QuerySet[Matter, tuple[str, datetime, datetime]]:
    rows = visible(to=Viewer(staff, society)).filter(state__in=OPEN)
    return rows.values_list("state", "acknowledge_by", "answer_by")[:100]


@dataclass(frozen=True)
class MatterFilter:
    """What the readers look for: codes of plain columns alone, so that it may stand in an address."""

    kind: str = ""
    state: str = ""
    sort: str = "answer"
    after: str = ""


@dataclass
class Page:
    rows: list[Matter] = field(default_factory=list)
    more: str = ""


def listed(ask: MatterFilter, *, to: Staff) -> Page:
    """A page of the readers' list. One query, however long it is."""
    rows = visible(to=to)
    if ask.kind in MatterKind.values:
        rows = rows.filter(kind=ask.kind)
    if ask.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif ask.state in MatterState.values:
        rows = rows.filter(state=ask.state)
    column = SORTS.get(ask.sort, "answer_by")
    rows = _after(rows, ask.after, column).order_by(column, "pk")
    found = list(rows[: SHOWN + 1])
    last = found[SHOWN - 1] if len(found) > SHOWN else None
    more = f"{getattr(last, column.lstrip('-')).isoformat()}~{last.pk}" if last else ""
    return Page(found[:SHOWN], more)


def _after(rows: QuerySet[Matter], mark: str, column: str) -> QuerySet[Matter]:
    try:
        when, pk = mark.split("~")
        moment, row = datetime.fromisoformat(when), UUID(pk)
    except ValueError:
        return rows
    name = column.lstrip("-")
    beyond = f"{name}__lt" if column.startswith("-") else f"{name}__gt"
    return rows.filter(Q(**{beyond: moment}) | Q(**{name: moment}, pk__gt=row))


@dataclass(frozen=True)
class Signed:
    """A sealed part with who wrote it, under the pseudonym that others see."""

    v: dict[str, object]
    by: str
    at: datetime


@dataclass(frozen=True)
class ColleagueRequest:
    """What a colleague was asked, and what came back."""

    row: Ask
    text: str
    reply: dict[str, object] | None


@dataclass
class OpenedMatter:
    """A matter as its readers see it."""

    told: dict[str, Any] = field(default_factory=dict)
    taken_by: str = ""
    concerns: list[str] = field(default_factory=list)
    steps: list[Signed] = field(default_factory=list)
    answers: list[Signed] = field(default_factory=list)
    asks: list[ColleagueRequest] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    journal: list[tuple[datetime, str]] = field(default_factory=list)


def opened(matter: Matter, *, keys: Keyring | None) -> OpenedMatter:
    """Open a matter with all that hangs on it. The number of queries does not grow with it."""
    parts = vault_queries.read_parts(keys=keys, file=matter.file_id, names=[TOLD, CONCERNS, STEP, ANSWER])
    concerned = [UUID(one) for part in parts.get(CONCERNS, []) for one in part.value["who"]]
    entries = audit_queries.entries_about(matter.file_id, limit=60)
    names = pseudonyms(
        {*concerned, *(one.by for many in parts.values() for one in many), *(entry.who for entry in entries)}
    )
    told = parts.get(TOLD, [])
    return OpenedMatter(
        told=told[0].value if told else {},
        taken_by=names.get(told[0].by, "") if told else "",
        concerns=sorted(names.get(pk, "") for pk in concerned),
        steps=_signed(parts.get(STEP, []), names),
        answers=_signed(parts.get(ANSWER, []), names),
        asks=_asks(matter, keys),
        readers=sorted(str(holder.name) for holder in vault_queries.holders(matter.file_id)),
        journal=[
            (entry.at, _(str(REGISTER[entry.event].sentence)) % {"who": names.get(entry.who, _("Panah"))})
            for entry in entries
            if entry.event in REGISTER
        ],
    )


def _signed(parts: Iterable[DecryptedPart], names: dict[UUID | None, str]) -> list[Signed]:
    return [Signed(part.value, names.get(part.by, ""), part.at) for part in parts]


def _asks(matter: Matter, keys: Keyring | None) -> list[ColleagueRequest]:
    rows = list(matter.asks.select_related("of").order_by("asked_at"))
    files = [row.file_id for row in rows]
    texts = vault_queries.read_whole(keys=keys, files=files, part=ASKED)
    replies = vault_queries.read_whole(keys=keys, files=files, part=REPLY)
    return [
        ColleagueRequest(
            row,
            texts[row.file_id].value["text"] if row.file_id in texts else "",
            replies[row.file_id].value if row.file_id in replies else None,
        )
        for row in rows
    ]


def left(message: Message, *, keys: Keyring | None) -> DecryptedPart | None:
    """What was left, opened."""
    return vault_queries.read(keys=keys, file=message.file_id, part=MESSAGE)
