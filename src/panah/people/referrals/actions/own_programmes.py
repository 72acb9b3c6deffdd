"""Referring to a programme of our own: the same consent and packet, told to one colleague, who answers.

The colleague gets a file with what the person agreed to have told, and nothing of the case. Which referral it belongs
to lies in that file and in the case's; no id and no moment joins the two: what is written about the programme's file
counts from the quarter of the day, and the journal says it by the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panah.ground.accounts.queries import staff_by_id
from panah.ground.accounts.roles import Permission, may
from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import later
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.offboarding import HandoverResult
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType
from panah.people.referrals import events
from panah.people.referrals.actions.workflow import put_answer_on_list, typed_answer
from panah.people.referrals.models import Programme, ProgrammeWork, Referral
from panah.people.referrals.queries import PART, OpenedReferral, colleague_for
from panah.people.referrals.words import PROGRAMME_ANSWER, PROGRAMME_ROOM, PROGRAMME_TOLD, ProgrammeAnswer

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case

READ, TOLD = "read", "told"
READ_IT = DueType(
    PROGRAMME_ROOM,
    READ,
    DueKind.ANSWER,
    _("A caseworker asks something of your programme: read it and answer"),
)


@transaction.atomic
def name_colleague(*, service: UUID, colleague: Staff | None, by: Staff, at: datetime) -> None:
    """Say who takes what is referred to a service of our own; None: nobody, it is told like a partner's."""
    if not may(by, Permission.REFERRALS_LEAD) or (
        colleague is not None and colleague.society_id != by.society_id
    ):
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
        keys=keys,
        kind=FileKind.PROGRAMME,
        staff=[colleague, keys.staff],
        focal_points=True,
        at=at,
        by_day=True,
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
    _journal(events.PROGRAMME_ASKED, keys.staff, row, at)
    return {"handed": str(file)}


def _journal(event: Event, by: Staff, row: ProgrammeWork, at: datetime) -> None:
    """One line about what was told, by the day: beside a line of its case it would say which case asked."""
    vault.record_by_day(event=event, by=by, at=at, about=row.file_id)


def _ask_colleague(keys: Keyring, row: ProgrammeWork, at: datetime) -> None:
    work.due(
        READ_IT, DueSubject(row.society_id, row.pk, file=row.file_id, owner=row.colleague), keys=keys, at=at
    )


def tell_programme_more(
    *, keys: Keyring, opened: OpenedReferral, packet: dict[str, str], note: str, at: datetime
) -> None:
    """What the colleague of the programme asked for: put to what was told, and on the list again."""
    file = opened.sealed.get("handed")
    rows = ProgrammeWork.objects.select_related("colleague").filter(file_id=file, open=True) if file else ()
    for row in rows:
        kept = vault_queries.read(keys=keys, file=row.file_id, part=PROGRAMME_TOLD)
        if kept is None:
            raise Refusal(
                _("What was told to the programme does not open for you yet."),
                next_step=_(
                    "It opens some hours after the case was handed over: send this then, or telephone the colleague."
                ),
                code="not-open-yet",
            )
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
    value = typed_answer(answer, note, at)
    vault.add(keys=keys, file=row.file_id, part=PROGRAMME_ANSWER, value=value, at=at)
    _journal(events.PROGRAMME_ANSWERED, keys.staff, row, at)
    work.complete_for(subject=row.pk, purpose=READ, by=keys.staff, at=work.quarter_of_day(at))
    if answer in (ProgrammeAnswer.DECLINED, ProgrammeAnswer.DONE):
        ProgrammeWork.objects.filter(pk=row.pk).update(open=False)
    referral = Referral.objects.select_related("case__owner", "case__branch").get(pk=UUID(told["referral"]))
    put_answer_on_list(referral=referral, at=at)


def take_back_from_programme(*, keys: Keyring, opened: OpenedReferral, at: datetime) -> None:
    """What was told to a colleague of ours is taken back: from her list, from its file, and her way into it.

    What was answered stays for whoever holds the case. A focal point opens the file anyway: she reads that it was
    taken back. Where these keys do not open it, so soon after a hand-over, nothing is taken out: she is shut out too.
    """
    file = opened.sealed.get("handed")
    row = ProgrammeWork.objects.select_related("colleague").filter(file_id=file).first() if file else None
    if row is None:
        return
    work.cancel_for(subject=row.pk, at=work.quarter_of_day(at))
    ProgrammeWork.objects.filter(pk=row.pk).update(open=False)
    opens = vault_queries.opens(keys=keys, file=row.file_id)
    if opens:
        vault.remove(keys=keys, file=row.file_id, part=PROGRAMME_TOLD)
    if row.colleague_id != keys.staff.pk and not (opens and may(row.colleague, Permission.REFERRALS_LEAD)):
        vault.take_grant(by=keys.staff, file=row.file_id, staff=row.colleague, at=at, by_day=True)


def _files_told(keys: Keyring, file: UUID) -> list[UUID]:
    kept = vault_queries.read_all(keys=keys, file=file, part=PART)
    return [UUID(one.value["handed"]) for one in kept if one.value.get("handed")]


def forget_told(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """A case is erased: what was told to own programmes goes with it, its halves at once.

    Rows and lists follow some hours later, each at a time of its own: no transaction says which case it was.
    """
    files = _files_told(keys, file)
    values = [{"case": str(file), "told": str(one)} for one in files]
    later.add(society=keys.staff.society_id, what=TOLD, values=values, at=at)
    if files:
        transaction.on_commit(partial(vault.shred, files=files))


def forget_told_waiting(*, at: datetime) -> int:
    """Forget what was told for erased cases and whose time has come; returns how much. Needs no key."""
    society = tenancy.current_tenant()
    due = later.due(society=society, what=TOLD, at=at) if society else []
    for one in due:
        # What did not come to be erased after all is kept.
        row = ProgrammeWork.objects.filter(file_id=one.value["told"]).first()
        if row is not None and vault_queries.is_erased(UUID(one.value["case"])):
            with transaction.atomic():
                work.cancel_for(subject=row.pk, at=work.quarter_of_day(at))
                row.delete()
            vault.erase_unopened(file=row.file_id, society=row.society_id, at=at)
    if society:
        later.settle(society=society, done=[one.id for one in due])
    return len(due)


@transaction.atomic
def hand_over_programmes(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """A colleague leaves: programmes named for her, and what was told to her and is open, go to ``to``.

    What these keys do not open stays with her until another focal point hands it over: that is said.
    """
    named = Programme.objects.filter(colleague=staff).update(colleague=to)
    rows = list(ProgrammeWork.objects.filter(colleague=staff, open=True))
    given = [row for row in rows if vault_queries.opens(keys=keys, file=row.file_id)]
    for row in given:
        vault.grant(keys=keys, file=row.file_id, to=to, at=at, by_day=True)
        ProgrammeWork.objects.filter(pk=row.pk).update(colleague=to)
        # What another focal point could not open went to her list when she handed the rest over.
        for item in work_queries.items_of(row.pk):
            if item.owner_id != staff.pk:
                work.assign(item=item, to=to, by=keys.staff, at=work.quarter_of_day(at))
    return HandoverResult(0, 0, tuple(_handed_over(named, len(given), len(rows) - len(given))))


def _handed_over(named: int, given: int, stay: int) -> list[str]:
    told = [
        (
            named,
            ngettext(
                "%(num)s own programme is handed over.", "%(num)s own programmes are handed over.", named
            ),
        ),
        (
            given,
            ngettext(
                "%(num)s request to an own programme went with it.",
                "%(num)s requests to own programmes went with it.",
                given,
            ),
        ),
        (
            stay,
            ngettext(
                "%(num)s request to an own programme does not open for you: another focal point hands it over.",
                "%(num)s requests to own programmes do not open for you: another focal point hands them over.",
                stay,
            ),
        ),
    ]
    return [sentence % {"num": number} for number, sentence in told if number]


def told_files(*, keys: Keyring, case: Case, old: Staff) -> list[list[UUID]]:
    """For the registry of handing over: what was told to own programmes for a case, with what they answered."""
    del old
    return [[file] for file in _files_told(keys, case.file_id)]


@transaction.atomic
def read_told(*, to: Staff, before: UUID, grants: Mapping[UUID, vault.SealedGrant], at: datetime) -> None:
    """For the registry of handing over: whoever holds the case now reads what was told and answered.

    The one before does not any more, unless the programme is hers. The node does it later, see ``cases`` there.
    """
    earlier = staff_by_id(before)
    for row in ProgrammeWork.objects.filter(file_id__in=list(grants)):
        vault.write_grant(file=row.file_id, to=to, kept=grants[row.file_id], at=at)
        if earlier is not None and not may(earlier, Permission.REFERRALS_LEAD) and row.colleague_id != before:
            vault.take_grant(by=to, file=row.file_id, staff=earlier, at=at, by_day=True)
