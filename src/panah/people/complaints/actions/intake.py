"""Taking down a complaint or a request: sealed to its readers, closed to whoever took it and whom it concerns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import idempotency_id
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.complaints import events, queries, rules
from panah.people.complaints.models import Matter
from panah.people.complaints.queries import Route
from panah.people.complaints.words import CONCERNS, ROOM, TOLD, MatterKind, MatterUrgency

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ACKNOWLEDGE = DueType(ROOM, "acknowledge", DueKind.ANSWER, _("Read it and confirm that it came in"))
GIVE_ANSWER = DueType(ROOM, "answer", DueKind.ANSWER, _("Give the answer"))
FOLLOW_UP = DueType(ROOM, "follow_up", DueKind.REVIEW, _("Ask whether it is better now"))
MEANT = DueType(ROOM, "meant", DueKind.DECIDE, _("Say whether the readers who were left out are meant"))
KEEP = DueType(
    ROOM, "keep", DueKind.DECIDE, _("Decide whether this is kept or erased"), urgency=Urgency.LATER
)


@dataclass(frozen=True)
class IntakeReceipt:
    """What whoever took it down may know: the number to tell the person, the dates, and who reads it."""

    row: Matter
    route: Route


@transaction.atomic
def take(
    *,
    keys: Keyring,
    once: UUID | None = None,
    kind: str,
    typed: Mapping[str, Any],
    concerned: Collection[UUID],
    at: datetime,
    hers: Collection[UUID] = (),
    named: Collection[UUID] = (),
    promised: date | None = None,
) -> IntakeReceipt:
    """Seal what was said to those who read it, and put it on their lists.

    ``once`` is a fresh id of the form: the same said twice by her is one matter; without it each is one of its own.
    Refuses when nobody is left to read it, or she alone because she left out the others. ``hers`` and ``named``: as of
    ``rules.readers``. ``promised``: the last day of what the person was promised before.
    """
    by = keys.staff
    # Of her, the form and what was said: an id that she sends is nobody else's matter, and no other one of hers.
    said = {"kind": str(kind), "typed": sorted(typed.items()), "concerned": sorted(map(str, concerned))}
    pk = idempotency_id(by.pk, once, said)
    already = Matter.objects.filter(pk=pk, society=by.society_id).first()
    if already is not None:
        readers = sorted(vault_queries.holders(already.file_id), key=lambda one: str(one.name))
        return IntakeReceipt(already, Route(readers, ""))
    route = queries.route(by.society_id, concerned=concerned, hers=hers, named=named)
    if not route.people:
        raise _nobody_reads_it(route)
    file = vault.begin_file(keys=keys, kind=FileKind.COMPLAINT, staff=route.people, at=at)
    vault.write(keys=keys, file=file, part=TOLD, value=dict(typed), at=at)
    if concerned:
        whom = {"who": sorted(map(str, concerned)), "in_doubt": sorted(map(str, route.in_doubt))}
        vault.write(keys=keys, file=file, part=CONCERNS, value=whom, at=at)
    urgent = rules.is_urgent(about=typed.get("about") or (), danger=typed.get("danger", ""))
    row = _row(pk, kind, file, urgent=urgent, by=by, at=at, before=promised)
    audit.record(event=events.TAKEN, by=by, at=at, about=file)
    for reader in route.people:
        put_usual(keys, row, reader, at)
        work.send_word(to=reader, kind="danger" if urgent else "answer", at=at)
    if route.in_doubt:
        # She may be meant herself: a second reader says whether those whom she left out are.
        audit.record(event=events.LEFT_OUT, by=by, at=at, about=file)
        for reader in (one for one in route.people if one.pk not in hers):
            work.due(MEANT, about(row), keys=keys, owner=reader, due_at=at, at=at)
    return IntakeReceipt(row, route)


def _nobody_reads_it(route: Route) -> Refusal:
    if route.instead == "alone":
        return Refusal(
            _("Without those whom you ticked, nobody but you would read it. Nothing was passed on."),
            next_step=_(
                "Leave somebody in who reads it with you. If it is about all of them, tell an authority or a society "
                "outside."
            ),
            code="alone-with-it",
        )
    return Refusal(
        _("It concerns everybody here who could read it. Nothing was sent."),
        next_step=_("Write it on paper, and tell the person where else to complain: it stands on this page."),
        code="nobody-left-to-read",
    )


def _row(
    pk: UUID, kind: str, file: UUID, *, urgent: bool, by: Staff, at: datetime, before: date | None
) -> Matter:
    local = timezone.localtime(at)
    promised = queries.promise(by.society, on=local.date())
    due = rules.dates(
        local,
        acknowledge_days=promised.acknowledge_days,
        answer_days=promised.complaint_days if kind == MatterKind.COMPLAINT else promised.own_data_days,
        urgent=urgent,
    )
    due = due if before is None else rules.not_after(due, before, local)
    return Matter.objects.create(
        pk=pk,
        society_id=by.society_id,
        file_id=file,
        kind=MatterKind(kind),
        urgency=MatterUrgency.NOW if urgent else MatterUrgency.WEEK,
        received_at=at,
        acknowledge_by=due.acknowledge_by,
        answer_by=due.answer_by,
    )


def about(row: Matter) -> DueSubject:
    return DueSubject(row.society_id, row.pk, file=row.file_id, number=row.number, urgency=Urgency.WEEK)


def put_usual(keys: Keyring, row: Matter, reader: Staff, at: datetime) -> None:
    """Put on a reader's list what is still due about a matter: the receipt, unless confirmed, and the answer."""
    soon = Urgency.NOW if row.urgency == MatterUrgency.NOW else Urgency.WEEK
    for what, due_at in ((ACKNOWLEDGE, row.acknowledge_by), (GIVE_ANSWER, row.answer_by)):
        if what == ACKNOWLEDGE and row.acknowledged_at:
            continue
        work.due(what, about(row), keys=keys, owner=reader, due_at=due_at, urgency=soon, at=at)
