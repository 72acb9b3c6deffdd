"""The team around a case: conferences, letting in, handing over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import Joined, LazySentence, kept_text
from panah.people.cases import events
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.due_items import on_case
from panah.people.cases.actions.handover_files import pass_along
from panah.people.cases.actions.supervision import close_supervision, reopen_supervision
from panah.people.cases.models import Case
from panah.people.cases.permissions import policy, require, works_on_cases
from panah.people.cases.words import CasePart
from panah.people.cases.words.due_types import CONFERENCE, HANDED_OVER

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def hold_conference(*, keys: Keyring, case: Case, conference: Mapping[str, Any], at: datetime) -> None:
    """Seal a case conference: ``{"on", "who", "question", "said", "decided", "next", "next_at"}``."""
    must_be_open(case)
    vault.add(keys=keys, file=case.file_id, part=CasePart.CONFERENCE, value=conference, at=at)
    if conference.get("next_at"):
        work.due(
            CONFERENCE,
            on_case(case),
            keys=keys,
            at=at,
            due_at=datetime.fromisoformat(conference["next_at"]),
            sentence=LazySentence(_("Case conference: %(question)s"), question=conference.get("next", "")),
        )
    journal(events.CONFERENCE_HELD, keys=keys, case=case, at=at)


@transaction.atomic
def let_in(*, keys: Keyring, case: Case, colleague: Staff, at: datetime) -> None:
    """Let a colleague open the case: the holder or a focal point, to someone who works on cases here."""
    _may_share(keys, case)
    _must_fit(case, colleague)
    vault.grant(keys=keys, file=case.file_id, to=colleague, at=at)
    reopen_supervision(keys=keys, case=case, to=colleague, at=at)


@transaction.atomic
def take_back(*, keys: Keyring, case: Case, colleague: Staff, at: datetime) -> None:
    """Close the case to a colleague again; never to its holder or to a focal point."""
    _may_share(keys, case)
    if colleague.pk == case.owner_id or may(colleague, Permission.CASES_LEAD):
        raise Refusal(
            _("The holder and the focal points keep their way into the case."),
            next_step=_("Hand the case over first."),
            code="needed",
        )
    vault.revoke(keys=keys, file=case.file_id, staff=colleague, at=at)
    close_supervision(keys=keys, case=case, to=colleague, at=at)


def _may_share(keys: Keyring, case: Case) -> None:
    require(
        policy.may_hand_over(keys.staff, case),
        _("The holder of the case or a focal point decides this."),
        _("Ask one of them."),
        "not-the-holder",
    )


def _must_fit(case: Case, colleague: Staff) -> None:
    if colleague.society_id != case.society_id or not works_on_cases(colleague):
        raise Refusal(
            _("A case is shared only with caseworkers and focal points of this society."),
            next_step=_("To another organisation it goes by a referral, with consent."),
            code="not-a-caseworker",
        )


@transaction.atomic
def hand_over(
    *,
    keys: Keyring,
    case: Case,
    to: Staff,
    at: datetime,
    note: str = "",
    told: bool = False,
    stay: bool = False,
) -> Case:
    """Give a case to another caseworker: grant, owner, everything due. The old holder goes unless she stays.

    ``told``: the person knows who will go on; the new holder reads it with the note.
    """
    must_be_open(case)
    _may_share(keys, case)
    _must_fit(case, to)
    old = case.owner
    if old is None or to.pk == old.pk:
        return case
    if to not in vault_queries.holders(case.file_id):
        vault.grant(keys=keys, file=case.file_id, to=to, at=at)
        reopen_supervision(keys=keys, case=case, to=to, at=at)
    pass_along(keys=keys, case=case, old=old, to=to, at=at)
    case.owner, case.branch = to, to.branch or case.branch
    case.save(update_fields=["owner", "branch"])
    for item in work_queries.items_of_file(case.file_id):
        if item.owner_id == old.pk:
            work.assign(item=item, to=to, by=keys.staff, at=at)
    text = Joined("\n", [note, _("The person knows who will go on") if told else ""])
    if text:
        vault.add(
            keys=keys,
            file=case.file_id,
            part=CasePart.NOTE,
            value={"text": kept_text(text), "about": "hand-over"},
            at=at,
        )
    work.due(HANDED_OVER, on_case(case), keys=keys, at=at)
    journal(events.HANDED_OVER, keys=keys, case=case, at=at)
    if not stay and not may(old, Permission.CASES_LEAD):
        vault.revoke(keys=keys, file=case.file_id, staff=old, at=at)
        close_supervision(keys=keys, case=case, to=old, at=at)
    return case


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> int:
    """Hand every case of a colleague, closed ones too, to another; returns how many."""
    cases = list(
        Case.objects.filter(owner=staff, society=keys.staff.society_id, erased_at=None).select_related(
            "owner"
        )
    )
    for case in cases:
        if case.is_open:
            hand_over(keys=keys, case=case, to=to, at=at)
        else:
            _keep_closed(keys, case, to, at)
    return len(cases)


def _keep_closed(keys: Keyring, case: Case, to: Staff, at: datetime) -> None:
    # Nothing is due in a closed case: it only needs someone who answers for it.
    _must_fit(case, to)
    old = case.owner
    if to not in vault_queries.holders(case.file_id):
        vault.grant(keys=keys, file=case.file_id, to=to, at=at)
        reopen_supervision(keys=keys, case=case, to=to, at=at)
    case.owner = to
    case.save(update_fields=["owner"])
    journal(events.HANDED_OVER, keys=keys, case=case, at=at)
    if old is not None and not may(old, Permission.CASES_LEAD):
        vault.revoke(keys=keys, file=case.file_id, staff=old, at=at)
        close_supervision(keys=keys, case=case, to=old, at=at)
