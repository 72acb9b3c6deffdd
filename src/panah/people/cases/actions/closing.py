"""Closing with a reason, opening again, keeping, and erasing in two steps."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals.permissions import must_be_another
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.network import queries as network_queries
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.children import begin_child_care, comes_of_age_on
from panah.people.cases.actions.closing_blockers import must_not_be_open
from panah.people.cases.actions.dates import claim_is_open, restore_dates
from panah.people.cases.actions.due_items import cancel_due, complete_due, on_case
from panah.people.cases.actions.identification import at_nine, local_day, restore_decision
from panah.people.cases.actions.index_cards import renew_facts_card
from panah.people.cases.actions.plan import other_focal_points
from panah.people.cases.models import Case
from panah.people.cases.permissions import leads, policy, require
from panah.people.cases.queries import is_child
from panah.people.cases.words import NOTHING_DUE, AgeGroup, CasePart, CaseState, PlanState, Urgency
from panah.people.cases.words.due_types import CLOSE, ERASE, KEEP_AFTER_CLOSING, REVIEW_REOPENED, STILL_KEPT
from panah.people.cases.words.terms import ClosingReason


@transaction.atomic
def ask_closing(
    *, keys: Keyring, case: Case, reason: str, text: str, at: datetime, own_view: str = ""
) -> Case:
    """Ask to close the case; a focal point who neither holds it nor asked decides. The reason is sealed."""
    must_be_open(case)
    must_not_be_open(keys=keys, case=case, at=at)
    value = {"reason": ClosingReason(reason).value, "text": text, "own_view": own_view}
    vault.write(keys=keys, file=case.file_id, part=CasePart.CLOSING, value=value, at=at)
    case.close_asked_at, case.close_asked_by = at, keys.staff
    case.save(update_fields=["close_asked_at", "close_asked_by"])
    cancel_due(case=case, purpose="close", at=at)
    for leader in other_focal_points(case, exclude=keys.staff):
        work.due(CLOSE, on_case(case), keys=keys, at=at, owner=leader)
    journal(events.CLOSE_ASKED, keys=keys, case=case, at=at)
    return case


def _must_decide(keys: Keyring, case: Case) -> None:
    must_be_open(case)
    if case.close_asked_at is None:
        raise Refusal(
            _("Nobody asked to close this case."), next_step=_("Ask first, with a reason."), code="not-asked"
        )
    must_be_another(keys.staff, policy.who_asks_closing(case))
    require(
        policy.may_approve_closing(keys.staff, case),
        _("A focal point who neither holds the case nor asked decides."),
        _("Two focal points decide for each other."),
        "not-the-approver",
    )


@transaction.atomic
def close_case(*, keys: Keyring, case: Case, at: datetime) -> Case:
    """Close the case and write it in the journal, or do neither. Puts the day of retention on a focal point's list."""
    _must_decide(keys, case)
    must_not_be_open(keys=keys, case=case, at=at)
    closing = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.CLOSING)
    case.state = (
        CaseState.CLOSED_REFERRED if closing.get("reason") == ClosingReason.HANDED_ON else CaseState.CLOSED
    )
    case.closed_at, case.closed_by = at, keys.staff
    case.save(update_fields=["state", "closed_at", "closed_by"])
    cancel_due(case=case, at=at)
    plan_retention(keys, case, at)
    renew_facts_card(keys=keys, case=case, at=at)
    journal(events.CLOSED, keys=keys, case=case, at=at)
    return case


@transaction.atomic
def keep_open(*, keys: Keyring, case: Case, remark: str, at: datetime) -> Case:
    """The case stays open; the remark goes to the team."""
    _must_decide(keys, case)
    case.close_asked_at = case.close_asked_by = None
    case.save(update_fields=["close_asked_at", "close_asked_by"])
    complete_due(case=case, purpose="close", by=keys.staff, at=at)
    if remark:
        vault.add(
            keys=keys,
            file=case.file_id,
            part=CasePart.NOTE,
            value={"text": remark, "about": "closing"},
            at=at,
        )
    journal(events.CLOSE_RETURNED, keys=keys, case=case, at=at)
    return case


def retention_day(*, keys: Keyring, case: Case, at: datetime) -> date | None:
    """The day after which the case may be erased, by the rule sheet; None while a claim runs or no sheet says it."""
    stage = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.STAGE).get("stage", "")
    closed = case.closed_at or at
    return network_queries.retention_ends(
        society=case.society,
        key=rules.retention_kind(state=case.state, stage=stage),
        on=local_day(case, at),
        closed_on=local_day(case, closed),
        claim_open=claim_is_open(keys, case),
        comes_of_age_on=comes_of_age_on(keys, case) if is_child(keys=keys, case=case) else None,
    )


def plan_retention(keys: Keyring, case: Case, at: datetime) -> None:
    """Put on a focal point's list the day on which somebody decides whether a closed case is kept."""
    day = retention_day(keys=keys, case=case, at=at)
    due_at = at_nine(case, day) if day else at + retention.CASE_WITHOUT_RULE.period
    leader = (
        keys.staff
        if leads(keys.staff)
        else next(iter(with_permission(case.society_id, Permission.CASES_LEAD)), case.owner)
    )
    work.due(
        KEEP_AFTER_CLOSING,
        on_case(case),
        keys=keys,
        at=at,
        due_at=due_at,
        owner=leader,
        sentence="" if day else STILL_KEPT,
    )


@transaction.atomic
def keep_longer(*, keys: Keyring, case: Case, reason: str, until: datetime, at: datetime) -> None:
    """Keep a closed case until another day, with a reason: a claim, a court case, the person's wish."""
    require(leads(keys.staff), _("A focal point decides how long a case is kept."), code="not-a-focal-point")
    vault.add(
        keys=keys, file=case.file_id, part=CasePart.NOTE, value={"text": reason, "about": "keeping"}, at=at
    )
    work.due(KEEP_AFTER_CLOSING, on_case(case), keys=keys, at=at, due_at=until, owner=keys.staff)
    journal(events.KEPT_LONGER, keys=keys, case=case, at=at)


@transaction.atomic
def reopen_case(*, keys: Keyring, case: Case, reason: str, at: datetime) -> Case:
    """Open a closed case again; the reason goes to the team, the risk is looked at within a day.

    What came off the list when it was closed, and still runs, is on it again: deadlines, follow-ups, care for a child.
    """
    if case.is_open:
        return case
    case.state, case.closed_at, case.closed_by = CaseState.ACTIVE, None, None
    case.close_asked_at = case.close_asked_by = case.erase_asked_at = case.erase_asked_by = None
    case.save()
    cancel_due(case=case, at=at)
    vault.add(
        keys=keys, file=case.file_id, part=CasePart.NOTE, value={"text": reason, "about": "reopening"}, at=at
    )
    work.due(REVIEW_REOPENED, on_case(case), keys=keys, at=at)
    restore_dates(keys=keys, case=case, at=at)
    restore_decision(keys=keys, case=case, at=at)
    if is_child(keys=keys, case=case):
        begin_child_care(keys=keys, case=case, at=at)
    journal(events.REOPENED, keys=keys, case=case, at=at)
    return case


@transaction.atomic
def ask_erasing(*, keys: Keyring, case: Case, reason: str, at: datetime) -> Case:
    """First step: a focal point asks, with a reason. Nothing is erased while a claim runs or the case is open."""
    require(leads(keys.staff), _("A focal point asks for erasing."), code="not-a-focal-point")
    if case.is_open:
        raise Refusal(_("An open case is not erased."), next_step=_("Close it first."), code="open")
    if claim_is_open(keys, case):
        raise Refusal(
            _("A claim, a court case or a limitation period still runs."),
            next_step=_("The person needs the proof. End the deadline first if it no longer runs."),
            code="claim-open",
        )
    vault.add(
        keys=keys, file=case.file_id, part=CasePart.NOTE, value={"text": reason, "about": "erasing"}, at=at
    )
    case.erase_asked_at, case.erase_asked_by = at, keys.staff
    case.save(update_fields=["erase_asked_at", "erase_asked_by"])
    cancel_due(case=case, purpose="keep", at=at)
    for leader in with_permission(case.society_id, Permission.CASES_LEAD):
        if leader.pk != keys.staff.pk:
            work.due(ERASE, on_case(case), keys=keys, at=at, owner=leader)
    journal(events.ERASE_ASKED, keys=keys, case=case, at=at)
    return case


@transaction.atomic
def stop_erasing(*, keys: Keyring, case: Case, at: datetime) -> Case:
    """The case is kept; the day of retention is on the list again."""
    require(leads(keys.staff), _("A focal point decides this."), code="not-a-focal-point")
    case.erase_asked_at = case.erase_asked_by = None
    case.save(update_fields=["erase_asked_at", "erase_asked_by"])
    plan_retention(keys, case, at)
    journal(events.ERASE_STOPPED, keys=keys, case=case, at=at)
    return case


def erase_case(*, keys: Keyring, case: Case, number: str, at: datetime) -> None:
    """Second step: another focal point confirms by writing the number. The file's half is destroyed at once."""
    if case.erase_asked_at is None:
        raise Refusal(
            _("Nobody asked to erase this case."), next_step=_("Ask first, with a reason."), code="not-asked"
        )
    require(
        policy.may_confirm_erasing(keys.staff, case),
        _("Another focal point than the one who asked confirms."),
        _("Two people decide what is gone for good."),
        "not-the-second",
    )
    if "".join(c for c in number.upper() if c.isalnum()) != case.number.replace("-", ""):
        raise Refusal(
            _("This is not the number of the case."),
            next_step=_("Write it as it stands on top of the page."),
            code="wrong-number",
        )
    vault.erase(keys=keys, file=case.file_id, at=at)


def close_row(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: when a case's file is erased, the row keeps number and state only."""
    case = Case.objects.filter(file_id=file).first()
    if case is None:
        return
    case.supervisions.all().delete()
    for item in work_queries.items_of_file(file):
        work.cancel_for(subject=item.subject, at=at)
    Case.objects.filter(pk=case.pk).update(**_empty(at))


def _empty(at: datetime) -> dict[str, object]:
    nothing = dict.fromkeys(
        (
            "branch",
            "owner",
            "opened_by",
            "plan_asked_at",
            "plan_asked_by",
            "plan_approved_at",
            "plan_approved_by",
            "close_asked_at",
            "close_asked_by",
            "closed_at",
            "closed_by",
            "erase_asked_at",
            "erase_asked_by",
            "opened_at",
        )
    )
    return {
        **nothing,
        "age_group": AgeGroup.UNKNOWN,
        "language": "",
        "urgency": Urgency.LATER,
        "plan_state": PlanState.NONE,
        "due_at": NOTHING_DUE,
        "due_kind": "",
        "erased_at": at,
    }
