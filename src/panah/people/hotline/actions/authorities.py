"""Requests of police, courts, embassies and ministries: written down, decided by two, answered accordingly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals.permissions import must_decide
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import idempotency_id
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType
from panah.people.cases.queries.asked_after import linked_cases
from panah.people.cases.words import Hears
from panah.people.hotline import events
from panah.people.hotline.models import AuthorityRequest
from panah.people.hotline.permissions import AUTHORITY
from panah.people.hotline.rules import (
    asks_if_person_hears,
    heard_by_case,
    is_untold,
    may_decide_to_give,
    may_hand_to_authority,
)
from panah.people.hotline.words import AskedState, PersonHears
from panah.people.hotline.words.parts import ANSWER, ASKED, DECISION, TO_ANSWER, TO_HEAR, TO_TELL

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ROOM = "authority"
WITHIN, HEARS_AGAIN = timedelta(days=1), timedelta(days=7)
# Its purpose names who decides: there are two.
DECIDE = DueType(ROOM, "decide", DueKind.DECIDE, _("An authority asks: decide"), WITHIN)
GIVE_ANSWER = DueType(ROOM, TO_ANSWER, DueKind.ANSWER, _("Answer the authority as was decided"), WITHIN)
TELL_PERSON = DueType(
    ROOM, TO_TELL, DueKind.ANSWER, _("Tell the person what was handed over to an authority"), WITHIN
)
SHOULD_PERSON_HEAR = DueType(
    ROOM, TO_HEAR, DueKind.ANSWER, _("An authority asked and got nothing: should the person hear of it?")
)


def about(row: AuthorityRequest) -> DueSubject:
    return DueSubject(row.society_id, row.pk, file=row.file_id, number=row.number)


@transaction.atomic
def take_request(
    *,
    keys: Keyring,
    typed: Mapping[str, object],
    by: Staff,
    at: datetime,
    asked_at: datetime | None = None,
    once: UUID | None = None,
) -> AuthorityRequest:
    """Write down who asked what, on what paper, and put it before both focal points.

    ``asked_at`` is when, where it was written on paper first; ``once`` a fresh id of the page: the same twice is one.
    """
    pk = idempotency_id(by.pk, once, {**typed, "asked_at": asked_at})
    pressed = AuthorityRequest.objects.filter(pk=pk, society=by.society_id).first()
    if pressed is not None:
        return pressed
    file = vault.begin_file(keys=keys, kind=FileKind.AUTHORITY, focal_points=True, at=at)
    vault.write(keys=keys, file=file, part=ASKED, value=dict(typed), at=at)
    row = AuthorityRequest.objects.create(
        pk=pk, society_id=by.society_id, file_id=file, asked_at=asked_at or at, taken_by=by
    )
    for decider in with_permission(by.society_id, Permission.HOTLINE_LEAD)[:2]:
        work.due(
            replace(DECIDE, purpose=f"decide-{decider.pk}"[:30]), about(row), keys=keys, owner=decider, at=at
        )
    audit.record(event=events.ASKED, by=by, at=at, about=file)
    return row


@transaction.atomic
def decide_request(
    *,
    keys: Keyring,
    request: AuthorityRequest,
    decision: str,
    reason: str,
    basis: str,
    lawyer: str,
    by: Staff,
    at: datetime,
) -> AuthorityRequest:
    """One of two decisions, each another person's. Handing over wants a ground, a lawyer and a reason."""
    if decision == "give" and not may_decide_to_give(basis=basis, lawyer=lawyer, reason=reason):
        raise _no_ground()
    row: AuthorityRequest = AuthorityRequest.objects.select_for_update().get(pk=request.pk)
    if by.pk in (row.first_decider_id, row.second_decider_id):
        raise Refusal(
            _("You have decided already."),
            next_step=_("The second decision is another colleague’s."),
            code="two-people-decide",
        )
    if row.state != AskedState.WAITING:
        raise Refusal(_("Both decisions are made."), code="decided")
    must_decide(AUTHORITY, by, asked_at=row.asked_at, exclude=set(), asked_by={row.taken_by_id} - {by.pk})
    vault.add(
        keys=keys,
        file=row.file_id,
        part=DECISION,
        at=at,
        value={"decision": decision, "reason": reason, "basis": basis, "lawyer": lawyer},
    )
    if row.first_decider_id is None:
        row.first_decider = by
    else:
        row.second_decider, row.state = by, AskedState.DECIDED
    row.save(update_fields=["first_decider", "second_decider", "state"])
    # By owner: what a colleague who left should have decided was handed to her.
    for item in work_queries.items_of(row.pk):
        if item.owner_id == by.pk:
            work.complete(item=item, by=by, at=at)
    if row.state == AskedState.DECIDED:
        for decider in (row.first_decider, row.second_decider):
            work.due(GIVE_ANSWER, about(row), keys=keys, owner=decider, at=at)
    audit.record(event=events.DECIDED, by=by, at=at, about=row.file_id)
    return row


def _no_ground() -> Refusal:
    return Refusal(
        _(
            "Nothing may be handed over without the person’s own consent or a lawful order in writing, a lawyer’s "
            "advice, and a reason."
        ),
        next_step=_(
            "Ask a lawyer, choose the ground and write why. Until then leave it open, or decide that nothing is "
            "handed over."
        ),
        code="no-ground",
    )


@transaction.atomic
def note_answer(
    *, keys: Keyring, request: AuthorityRequest, handed_over: str, person_told: str, by: Staff, at: datetime
) -> None:
    """Write down what was answered. Handing anything over needs two yeses, a lawyer and a ground.

    Until the person knows what was handed over, telling it stays on the list.
    """
    row: AuthorityRequest = AuthorityRequest.objects.select_for_update().get(pk=request.pk)
    said = [one.value for one in vault_queries.read_all(keys=keys, file=row.file_id, part=DECISION)]
    allowed = may_hand_to_authority(
        decisions=[one["decision"] for one in said],
        bases=[one["basis"] for one in said],
        lawyer_asked=any(one["lawyer"] == "yes" for one in said),
    )
    if handed_over and not allowed:
        raise Refusal(
            _("Nothing leaves without two decisions, a lawyer’s advice, and consent or a lawful order."),
            next_step=_(
                "Answer the authority that the request is being looked at, and nothing else. "
                "If something is new, for example a lawyer’s advice, write the request down again and decide anew."
            ),
            code="nothing-leaves",
        )
    vault.add(
        keys=keys,
        file=row.file_id,
        part=ANSWER,
        value={"handed_over": handed_over, "person_told": person_told},
        at=at,
    )
    row.state, row.answered_at = AskedState.ANSWERED, at
    row.save(update_fields=["state", "answered_at"])
    work.cancel_for(subject=row.pk, at=at)
    if handed_over and person_told != "yes":
        work.due(TELL_PERSON, about(row), keys=keys, owner=by, at=at)
    elif person_told != "yes":
        _ask_whether_to_tell(keys, row, by, at, due_at=at + WITHIN)
    audit.record(event=events.ANSWERED, by=by, at=at, about=row.file_id)


def _ask_whether_to_tell(
    keys: Keyring, row: AuthorityRequest, owner: Staff, at: datetime, *, due_at: datetime
) -> None:
    work.due(SHOULD_PERSON_HEAR, about(row), keys=keys, owner=owner, due_at=due_at, at=at)


@transaction.atomic
def note_person_hears(
    *, keys: Keyring, request: AuthorityRequest, hears: str, why: str, by: Staff, at: datetime
) -> None:
    """Write down whether the person hears that an authority asked; where it is not safe now, it is asked again."""
    if _by_case(keys, request):
        raise _case_decides()
    if request.state != AskedState.ANSWERED or not asks_if_person_hears(_answers(keys, request)):
        raise _nobody_asks()
    answer = PersonHears(hears)
    told = {"person_told": "yes"} if answer == PersonHears.TOLD else {}
    value = {"hears": answer.value, "why": why, **told}
    vault.add(keys=keys, file=request.file_id, part=ANSWER, value=value, at=at)
    work.complete_for(subject=request.pk, purpose=TO_HEAR, by=by, at=at)
    if answer == PersonHears.LATER:
        _ask_whether_to_tell(keys, request, by, at, due_at=at + HEARS_AGAIN)
    audit.record(event=events.ANSWERED, by=by, at=at, about=request.file_id)


@transaction.atomic
def note_person_told(*, keys: Keyring, request: AuthorityRequest, by: Staff, at: datetime) -> None:
    """The person knows now of the request; where it is linked with a case, two have decided there that it is told."""
    if _by_case(keys, request) not in ("", Hears.TOLD):
        raise _case_decides()
    _settle(keys, request, {"person_told": "yes"}, by, at)


@transaction.atomic
def note_not_told(*, keys: Keyring, request: AuthorityRequest, by: Staff, at: datetime) -> None:
    """Nobody tells it: so have two decided in the case with which the request is linked. It is due no more."""
    if _by_case(keys, request) != Hears.WITHHELD:
        raise _case_decides()
    _settle(keys, request, {"hears": PersonHears.CASE.value, "why": ""}, by, at)


def _settle(keys: Keyring, request: AuthorityRequest, value: dict[str, str], by: Staff, at: datetime) -> None:
    said = _answers(keys, request)
    if request.state != AskedState.ANSWERED or not (is_untold(said) or asks_if_person_hears(said)):
        raise _nobody_asks()
    vault.add(keys=keys, file=request.file_id, part=ANSWER, value=value, at=at)
    for purpose in (TO_TELL, TO_HEAR):
        work.complete_for(subject=request.pk, purpose=purpose, by=by, at=at)
    audit.record(event=events.ANSWERED, by=by, at=at, about=request.file_id)


def _answers(keys: Keyring, request: AuthorityRequest) -> list[dict[str, str]]:
    return [one.value for one in vault_queries.read_all(keys=keys, file=request.file_id, part=ANSWER)]


def _by_case(keys: Keyring, request: AuthorityRequest) -> str:
    return heard_by_case(linked_cases(keys=keys, file=request.file_id, request=request.pk).values())


def _nobody_asks() -> Refusal:
    return Refusal(
        _("Nobody asks whether the person should hear of it."),
        next_step=_("Look at the page again: a colleague may have written it down."),
        code="nobody-asks",
    )


def _case_decides() -> Refusal:
    return Refusal(
        _("This request is linked with a case: two decide there whether the person hears of it."),
        next_step=_("Open the case under “Whom it names”."),
        code="case-decides",
    )
