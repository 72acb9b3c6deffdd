"""Questions, as far as the asker may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from panah.ground.accounts.roles import Permission, may
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.ids import spell_out
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import DecryptedPart
from panah.people.cases import queries as cases_queries
from panah.people.finding import rules
from panah.people.finding.message_schema import InquiryMessage
from panah.people.finding.models import IncomingInquiry, OutgoingInquiry, Question
from panah.people.finding.words import HERE, ROOM, THERE
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case
    from panah.people.inbox.models import Arrival


def visible(*, to: Staff) -> QuerySet[Question]:
    """Focal points see the society's questions, a caseworker her own."""
    rows = Question.objects.visible(to=to).select_related("asked_by", "looked_by").order_by("-asked_at")
    return rows if may(to, Permission.FINDING_COMPARE) else rows.filter(asked_by=to)


# -- questions to other societies --------------------------------------------------------------


@dataclass(frozen=True)
class OutgoingRow:
    """A question to a paired society with what is sealed of it; ``unread``: an answer came and waits.

    ``damaged``: one came that does not open.
    """

    row: OutgoingInquiry
    sealed: dict[str, object]
    version: int
    unread: Arrival | None
    damaged: bool

    @property
    def answer(self) -> str:
        """What was answered, once it was opened, else ""."""
        return str(self.sealed.get("answer", ""))

    @property
    def call(self) -> str:
        return str(self.sealed.get("call", ""))

    @property
    def reference(self) -> str:
        return spell_out(self.row.conversation)


def outgoing_of(*, case: Case, keys: Keyring | None) -> list[OutgoingRow]:
    """Return what was asked elsewhere about the person of a case, newest first."""
    rows = (
        OutgoingInquiry.objects.filter(case=case).select_related("theirs", "asked_by").order_by("-asked_at")
    )
    parts = {part.ref: part for part in vault_queries.read_all(keys=keys, file=case.file_id, part=THERE)}
    return [_with_what_came(row, parts[row.pk]) for row in rows if row.pk in parts]


def _with_what_came(row: OutgoingInquiry, part: DecryptedPart) -> OutgoingRow:
    every = inbox_queries.of_conversation(society=row.society_id, conversation=row.conversation)
    came = [arrival for arrival in every if arrival.room == ROOM and arrival.waits]
    unread = next((arrival for arrival in came if arrival.damaged_at is None), None)
    return OutgoingRow(row, part.value, part.version, unread, any(arrival.damaged_at for arrival in came))


def could_be_told(identity: Mapping[str, Any]) -> InquiryMessage:
    """Return what of an identity a question may hold: names, birth year, and a phone's last digits."""
    born = str(identity.get("born") or "")[:4]
    names = [name["text"] for name in identity.get("names") or () if name.get("text")]
    phones = [phone["number"] for phone in identity.get("phones") or () if phone.get("number")]
    tails = [tail for phone in phones if len(tail := "".join(c for c in phone if c.isdigit())[-4:]) == 4]
    return InquiryMessage(
        tuple(dict.fromkeys(names)), int(born) if born.isdigit() else None, tails[0] if tails else ""
    )


def asked_lately(*, case: Case, theirs: UUID, at: datetime) -> OutgoingInquiry | None:
    """Return the question about this person to this society that is not three months old, or None."""
    since = at - rules.AGAIN_AFTER
    return OutgoingInquiry.objects.filter(case=case, theirs=theirs, asked_at__gt=since).first()


def asked_within_a_day(*, society: UUID, theirs: UUID, at: datetime) -> int:
    """Return how many questions went to this society within 24 hours."""
    return int(
        OutgoingInquiry.objects.filter(society=society, theirs=theirs, asked_at__gt=at - rules.DAY).count()
    )


def subjects(*, to: Staff) -> QuerySet[OutgoingInquiry, object]:
    """Return the ids of questions whose answers a colleague may see: those of her cases (a queryset)."""
    return cases_queries.of_visible(OutgoingInquiry.objects.all(), to=to).values("pk")


def numbers_for(subjects: Iterable[UUID], *, to: Staff) -> dict[UUID, str]:
    """Return the numbers of the cases that questions belong to, as far as a colleague may open them; one query."""
    rows = cases_queries.of_visible(OutgoingInquiry.objects.filter(pk__in=list(subjects)), to=to)
    return dict(rows.values_list("pk", "case__number"))


# -- questions of other societies --------------------------------------------------------------


@dataclass(frozen=True)
class IncomingRow:
    """A question of another society that was laid before this case: its row, and what lies sealed in the file."""

    row: IncomingInquiry
    sealed: dict[str, str]
    ref: UUID

    @property
    def reference(self) -> str:
        return spell_out(self.row.conversation)

    def over(self, at: datetime) -> str:
        """Why nothing can be decided any more: ``withdrawn``, ``late``, ``told`` by a colleague, or ""."""
        if self.row.withdrawn_at is not None:
            return "withdrawn"
        if self.row.leaves_at is None or self.row.leaves_at <= at:
            return "late"
        return "" if self.row.body_kept else "told"


def incoming_for_case(*, case: Case, keys: Keyring | None) -> list[IncomingRow]:
    """Return what other societies ask about somebody who may be the person of this case."""
    parts = vault_queries.read_all(keys=keys, file=case.file_id, part=HERE)
    by_question = {UUID(part.value["question"]): part for part in parts}
    rows = IncomingInquiry.objects.filter(society=case.society_id, pk__in=list(by_question)).select_related(
        "theirs"
    )
    return [
        IncomingRow(row, by_question[row.pk].value, by_question[row.pk].ref)
        for row in rows.order_by("arrived_at")
    ]


def incoming_list(*, to: Staff) -> QuerySet[IncomingInquiry]:
    """Return what other societies asked, newest first, for focal points (a queryset)."""
    return (
        IncomingInquiry.objects.visible(to=to).select_related("theirs", "compared_by").order_by("-arrived_at")
    )


def unanswered(rows: Iterable[IncomingInquiry]) -> dict[UUID, str]:
    """Return, by question, why it never gets an answer: ``expired``, or ``closed`` without being compared."""
    left = {row.conversation: row for row in rows if row.compared_at is None and row.withdrawn_at is None}
    if not left:
        return {}
    society = next(iter(left.values())).society_id
    over = inbox_queries.ends_of(society=society, kind=MessageKind.KNOWN_ASKED, conversations=left)
    return {
        left[conversation].pk: "expired" if ended.state == ArrivalState.EXPIRED else "closed"
        for conversation, ended in over.items()
    }


def received_within_a_day(*, society: UUID, theirs: UUID, at: datetime) -> int:
    """Return how many questions of a society were taken in within 24 hours."""
    return int(
        IncomingInquiry.objects.filter(society=society, theirs=theirs, arrived_at__gt=at - rules.DAY).count()
    )


def of_arrival(arrival: Arrival) -> IncomingInquiry | None:
    """Return the question that arrived with it (the caller has been let in to the arrival)."""
    return (
        IncomingInquiry.objects.filter(
            society=arrival.society_id,
            theirs=arrival.sender_id,
            conversation=inbox_queries.conversation_of(arrival),
        )
        .select_related("theirs", "compared_by")
        .first()
    )


def reachable(*, to: Staff) -> list[exchange_queries.Reachable]:
    """Return the societies that can be asked."""
    return exchange_queries.reachable_societies(to=to)
