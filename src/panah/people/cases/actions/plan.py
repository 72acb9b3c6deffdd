"""Needs, the assistance plan and its approval, services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals.permissions import must_be_another
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import LazySentence
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import _add_or_change, journal, must_be_open
from panah.people.cases.actions.children import child_part
from panah.people.cases.actions.due_items import cancel_due, complete_due, on_case
from panah.people.cases.models import Case
from panah.people.cases.permissions import policy, require
from panah.people.cases.queries import is_child
from panah.people.cases.words import CasePart, PlanState
from panah.people.cases.words.due_types import APPROVE_PLAN, PLAN_AGAIN, PLAN_RETURNED, WAITING_LIST
from panah.people.cases.words.terms import NeedState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def write_need(
    *, keys: Keyring, case: Case, need: Mapping[str, object], at: datetime, ref: UUID | None = None
) -> UUID:
    """Seal a need: ``{"type", "horizon", "said", "state", "do", "who", "by"}``; with ``do`` it is a line of the plan.

    A changed line puts an approved plan back to being written.
    """
    must_be_open(case)
    old = vault_queries.read(keys=keys, file=case.file_id, part=CasePart.NEED, ref=ref) if ref else None
    ref = _add_or_change(keys, case, CasePart.NEED, need, at, ref)
    journal(events.NEED_WRITTEN, keys=keys, case=case, at=at)
    if need.get("do") and (old is None or _line(old.value) != _line(need)):
        _draft(case)
    return ref


def _line(need: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(need.get(k) for k in ("type", "do", "who", "by"))


def _draft(case: Case) -> None:
    case.plan_state = PlanState.DRAFT
    case.plan_asked_at = case.plan_asked_by = case.plan_approved_at = case.plan_approved_by = None
    case.save(
        update_fields=["plan_state", "plan_asked_at", "plan_asked_by", "plan_approved_at", "plan_approved_by"]
    )


@transaction.atomic
def write_plan(
    *, keys: Keyring, case: Case, plan: Mapping[str, object], at: datetime, based_on: int | None = None
) -> int:
    """Seal the objectives and the person's own view: ``{"objectives", "own_view", "types", "until"}``."""
    must_be_open(case)
    version = vault.write(
        keys=keys, file=case.file_id, part=CasePart.PLAN, value=plan, at=at, based_on=based_on
    )
    journal(events.PLAN_WRITTEN, keys=keys, case=case, at=at)
    _draft(case)
    cancel_due(case=case, purpose="approve", at=at)
    return version


@transaction.atomic
def ask_plan(*, keys: Keyring, case: Case, at: datetime) -> Case:
    """Ask for approval: it comes on the list of every focal point who may give it. Help does not wait for it."""
    must_be_open(case)
    if case.plan_state not in (PlanState.DRAFT, PlanState.NONE) or not _has_lines(keys, case):
        raise Refusal(
            _("There is nothing in the plan to approve yet."),
            next_step=_("Say at one need what you will do."),
            code="empty-plan",
        )
    case.plan_state, case.plan_asked_at, case.plan_asked_by = PlanState.WAITING, at, keys.staff
    case.save(update_fields=["plan_state", "plan_asked_at", "plan_asked_by"])
    for leader in other_focal_points(case, exclude=keys.staff):
        work.due(APPROVE_PLAN, on_case(case), keys=keys, at=at, owner=leader)
    journal(events.PLAN_ASKED, keys=keys, case=case, at=at)
    return case


def _has_lines(keys: Keyring, case: Case) -> bool:
    return any(
        n.value.get("do") for n in vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.NEED)
    )


def other_focal_points(case: Case, *, exclude: Staff) -> list[Staff]:
    """The focal points who neither hold the case nor ask."""
    return [
        s
        for s in with_permission(case.society_id, Permission.CASES_LEAD)
        if s.pk not in (case.owner_id, exclude.pk)
    ]


@transaction.atomic
def approve_plan(*, keys: Keyring, case: Case, at: datetime, remark: str = "") -> Case:
    """Approve a plan as a focal point who neither holds the case nor asked."""
    _must_wait(case)
    _must_approve(keys, case)
    if return_waits(keys=keys, case=case):
        raise Refusal(
            _("A return cannot be prepared yet."),
            next_step=_("It needs a determination by several parties and a check of the family."),
            code="no-determination",
        )
    case.plan_state, case.plan_approved_at, case.plan_approved_by = PlanState.APPROVED, at, keys.staff
    case.save(update_fields=["plan_state", "plan_approved_at", "plan_approved_by"])
    _remark(keys, case, remark, at)
    complete_due(case=case, purpose="approve", by=keys.staff, at=at)
    work.due(PLAN_AGAIN, on_case(case), keys=keys, at=at)
    journal(events.PLAN_APPROVED, keys=keys, case=case, at=at)
    return case


def return_waits(*, keys: Keyring | None, case: Case) -> bool:
    """Whether the plan would bring a child back before several parties have determined that it is best."""
    if not is_child(keys=keys, case=case):
        return False
    needs = (one.value for one in vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.NEED))
    return rules.plans_return(needs) and not rules.may_return(child_part(keys, case))


@transaction.atomic
def return_plan(*, keys: Keyring, case: Case, remark: str, at: datetime) -> Case:
    """Give a plan back with a remark; it is on the holder's list again."""
    _must_wait(case)
    _must_approve(keys, case)
    _draft(case)
    _remark(keys, case, remark, at)
    complete_due(case=case, purpose="approve", by=keys.staff, at=at)
    work.due(PLAN_RETURNED, on_case(case), keys=keys, at=at)
    journal(events.PLAN_RETURNED, keys=keys, case=case, at=at)
    return case


def _must_wait(case: Case) -> None:
    if case.plan_state != PlanState.WAITING:
        raise Refusal(
            _("The plan does not wait for approval."),
            next_step=_("Open the plan to see how far it is."),
            code="plan-not-waiting",
        )


def _must_approve(keys: Keyring, case: Case) -> None:
    must_be_another(keys.staff, policy.who_asks_plan(case))
    require(
        policy.may_approve_plan(keys.staff, case),
        _("A plan is approved by a focal point who neither holds the case nor asked."),
        _("Two focal points approve each other’s plans."),
        "not-the-approver",
    )


def _remark(keys: Keyring, case: Case, remark: str, at: datetime) -> None:
    if remark:
        vault.add(
            keys=keys, file=case.file_id, part=CasePart.NOTE, value={"text": remark, "about": "plan"}, at=at
        )


@transaction.atomic
def write_service(
    *, keys: Keyring, case: Case, service: Mapping[str, Any], at: datetime, ref: UUID | None = None
) -> UUID:
    """Seal a service: ``{"type", "given_on", "by", "what", "need", "outcome", "own_view"}``.

    A given service marks its need as met when asked (``closes_need``); a waiting list asks again in a week.
    """
    must_be_open(case)
    value = {k: v for k, v in service.items() if k != "closes_need"}
    ref = _add_or_change(keys, case, CasePart.SERVICE, value, at, ref)
    if service.get("closes_need") and service.get("need"):
        _meet_need(keys, case, UUID(service["need"]), at)
    if service.get("outcome") == "waiting":
        work.due(
            WAITING_LIST,
            on_case(case),
            keys=keys,
            at=at,
            sentence=LazySentence(_("Ask how far the waiting list is: %(what)s"), what=service["what"])
            if service.get("what")
            else LazySentence(_("Ask how far the waiting list is")),
        )
    journal(events.SERVICE_GIVEN, keys=keys, case=case, at=at)
    return ref


def _meet_need(keys: Keyring, case: Case, need: UUID, at: datetime) -> None:
    found = vault_queries.read(keys=keys, file=case.file_id, part=CasePart.NEED, ref=need)
    if found is not None:
        value = {**found.value, "state": NeedState.MET.value}
        vault.write(keys=keys, file=case.file_id, part=CasePart.NEED, value=value, at=at, ref=need)
