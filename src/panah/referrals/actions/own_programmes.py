"""Referring to a programme of our own: the same consent and packet, told to one colleague, who answers.

The colleague gets a file with what the person agreed to have told, and nothing of the case. Which referral it belongs
to lies in that file and in the case's; no row joins the two.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.foundation.errors import Refusal
from panah.referrals import events
from panah.referrals.models import Programme, ProgrammeWork, Referral
from panah.referrals.queries import PART, OpenedReferral, colleague_for
from panah.referrals.words import PROGRAMME_ANSWER, PROGRAMME_ROOM, PROGRAMME_TOLD, ProgrammeAnswer
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault.actions.offboarding import HandoverResult
from panah.vault.keyring import Keyring
from panah.vault.words import FileKind
from panah.work import actions as work
from panah.work.words import DueKind, Urgency

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.cases.models import Case

READ, TYPED = "read", "page_answer"


@transaction.atomic
def name_colleague(*, service: UUID, colleague: Staff | None, by: Staff, at: datetime) -> None:
    """Say who takes what is referred to a service of our own; None: nobody, it is told like a partner's."""
    if not by.is_focal_point or (colleague is not None and colleague.society_id != by.society_id):
        raise Refusal(
            _("A focal point names a colleague of this society."),
            next_step=_("Ask a focal point of your society."),
            code="focal-point-only",
            status=403,
        )
    Programme.objects.filter(society=by.society_id, service=service).delete()
    if colleague is not None:
        if not vault_queries.has_key(colleague):
            raise Refusal(
                _("This colleague has no key yet, and could not read what is told."),
                next_step=_("Choose another one, or admit the key first."),
                code="not-admitted",
            )
        Programme.objects.create(society_id=by.society_id, service_id=service, colleague=colleague)
    audit.record(event=events.PROGRAMME_NAMED, by=by, at=at)


def tell_programme(
    *, keys: Keyring, case: Case, opened: OpenedReferral, packet: dict[str, str], at: datetime
) -> dict[str, str]:
    """Seal the packet to the colleague of the programme, put it on her list; returns what the referral keeps."""
    content = opened.sealed
    colleague = colleague_for(content["receiver"], society=case.society_id)
    if colleague is None:
        raise Refusal(
            _("Nobody of the society takes what is referred to this service."),
            next_step=_("Choose another way, or ask a focal point to name a colleague."),
            code="no-colleague",
        )
    file = vault.begin_file(
        keys=keys, kind=FileKind.PROGRAMME, staff=[colleague, keys.staff], focal_points=True, at=at
    )
    told = {
        "service": content["receiver_name"],
        "need": content["need"],
        "values": packet,
        "referral": str(opened.row.pk),
    }
    vault.write(keys=keys, file=file, part=PROGRAMME_TOLD, value=told, at=at)
    row = ProgrammeWork.objects.create(society_id=case.society_id, colleague=colleague, file_id=file)
    _ask_colleague(keys, row, at)
    return {"handed": str(file)}


def _ask_colleague(keys: Keyring, row: ProgrammeWork, at: datetime) -> None:
    work.add_item(
        keys=keys,
        society=row.society_id,
        kind=DueKind.ANSWER,
        due_at=at,
        room=PROGRAMME_ROOM,
        subject=row.pk,
        at=at,
        owner=row.colleague,
        urgency=Urgency.TODAY,
        purpose=READ,
        file=row.file_id,
        sentence=_("A caseworker asks something of your programme: read it and answer"),
    )


def tell_programme_more(
    *, keys: Keyring, opened: OpenedReferral, packet: dict[str, str], note: str, at: datetime
) -> None:
    """What the colleague of the programme asked for: put to what was told, and on the list again."""
    file = opened.sealed.get("handed")
    rows = ProgrammeWork.objects.select_related("colleague").filter(file_id=file, open=True) if file else ()
    for row in rows:
        kept = vault_queries.read(keys=keys, file=row.file_id, part=PROGRAMME_TOLD)
        if kept is not None:
            value = {**kept.value, "values": packet, "note": note}
            vault.write(
                keys=keys, file=row.file_id, part=PROGRAMME_TOLD, value=value, at=at, based_on=kept.version
            )
            _ask_colleague(keys, row, at)


@transaction.atomic
def answer_caseworker(
    *, keys: Keyring, work_row: ProgrammeWork, answer: str, note: str, at: datetime
) -> None:
    """Seal what the colleague of the programme says, and put it on the list of whoever holds the case."""
    row = ProgrammeWork.objects.select_for_update().get(pk=work_row.pk)
    if not row.open or row.colleague_id != keys.staff.pk:
        raise Refusal(
            _("This is not asked of you any more."),
            next_step=_("Telephone the caseworker if something is not settled."),
            code="not-open",
        )
    told = vault_queries.value_of(keys=keys, file=row.file_id, part=PROGRAMME_TOLD)
    value = {"answer": answer, "note": note, "at": at.isoformat()}
    vault.add(keys=keys, file=row.file_id, part=PROGRAMME_ANSWER, value=value, at=at)
    audit.record(event=events.PROGRAMME_ANSWERED, by=keys.staff, at=at, about=row.file_id)
    work.complete_for(subject=row.pk, purpose=READ, by=keys.staff, at=at)
    if answer in (ProgrammeAnswer.DECLINED, ProgrammeAnswer.DONE):
        ProgrammeWork.objects.filter(pk=row.pk).update(open=False)
    referral = Referral.objects.select_related("case__owner", "case__branch").get(pk=UUID(told["referral"]))
    case = referral.case
    work.add_item(
        keys=None,
        society=row.society_id,
        kind=DueKind.ANSWER,
        due_at=at,
        room="referrals",
        subject=referral.pk,
        at=at,
        owner=case.owner,
        branch=case.branch,
        urgency=Urgency.TODAY,
        number=case.number,
        purpose=TYPED,
        file=case.file_id,
    )


def take_back_from_programme(*, keys: Keyring, opened: OpenedReferral, at: datetime) -> None:
    """What was told to a colleague of ours is taken back: her list loses it, and her way into it."""
    file = opened.sealed.get("handed")
    row = ProgrammeWork.objects.select_related("colleague").filter(file_id=file).first() if file else None
    if row is None:
        return
    work.cancel_for(subject=row.pk, at=at)
    ProgrammeWork.objects.filter(pk=row.pk).update(open=False)
    if row.colleague_id != keys.staff.pk and not row.colleague.is_focal_point:
        vault.revoke(keys=keys, file=row.file_id, staff=row.colleague, at=at)


def forget_told(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """A case is erased: what was told to own programmes goes with it, its halves at once."""
    kept = vault_queries.read_all(keys=keys, file=file, part=PART)
    files = [UUID(one.value["handed"]) for one in kept if one.value.get("handed")]
    rows = list(ProgrammeWork.objects.filter(file_id__in=files))
    for row in rows:
        work.cancel_for(subject=row.pk, at=at)
    ProgrammeWork.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if files:
        transaction.on_commit(partial(vault.shred, files=files))


@transaction.atomic
def hand_over_programmes(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """A colleague leaves: programmes named for her, and what was told to her and is open, go to ``to``."""
    Programme.objects.filter(colleague=staff).update(colleague=to)
    for row in ProgrammeWork.objects.filter(colleague=staff, open=True):
        if not vault_queries.opens(keys=keys, file=row.file_id):
            continue
        vault.grant(keys=keys, file=row.file_id, to=to, at=at)
        ProgrammeWork.objects.filter(pk=row.pk).update(colleague=to)
    return HandoverResult(0, 0)
