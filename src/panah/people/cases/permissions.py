"""Who may do what with a case. A grant on its file opens it; roles decide who approves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals.acts import ACTS, Act, Since
from panah.ground.approvals.permissions import may_be_one, may_decide
from panah.ground.audit.queries import asked_last
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.people.cases import events
from panah.people.cases.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.audit.models import Entry
    from panah.ground.foundation.compiled_queries import Viewer
    from panah.ground.foundation.managers import TenantQuerySet

LEADS, BOTH = Permission.CASES_LEAD, Permission.CASES_WORK


def _act(name: str, label: StrOrPromise, asks: Permission, decides: Permission, since: Since) -> Act:
    return ACTS.register(name, Act(name, label, asks, decides, since))


PLAN = _act("cases:plan", _("Approve the plan of a case"), BOTH, LEADS, vault_queries.leading_since)
CLOSING = _act("cases:closing", _("Close a case"), BOTH, LEADS, vault_queries.leading_since)
ERASING = _act("cases:erasing", _("Erase a case"), LEADS, LEADS, vault_queries.leading_since)
RECEIPT = _act(
    "cases:receipt", _("Sign as the second for money and goods"), BOTH, BOTH, vault_queries.admitted_since
)
UNKNOWN = _("The journal does not say who asked for this: nobody can decide it.")


def works_on_cases(staff: Staff) -> bool:
    """Caseworkers and focal points have cases."""
    return may(staff, BOTH)


def leads(staff: Staff | Viewer) -> bool:
    return may(staff, Permission.CASES_LEAD)


def require(allowed: bool, sentence: object, next_step: object = "", code: str = "not-yours") -> None:
    """Refuse with 403 unless allowed."""
    if not allowed:
        raise Refusal(sentence, next_step=next_step, code=code, status=403)


def plan_asked(case: Case) -> Entry | None:
    """Return the journal's entry by which the plan that waits was asked for: who asked is read there alone."""
    ended = (events.PLAN_WRITTEN, events.PLAN_APPROVED, events.PLAN_RETURNED)
    return asked_last(case.file_id, asked=events.PLAN_ASKED, ended=ended) if case.plan_asked_at else None


def closing_asked(case: Case) -> Entry | None:
    ended = (events.CLOSED, events.CLOSE_RETURNED, events.REOPENED)
    return asked_last(case.file_id, asked=events.CLOSE_ASKED, ended=ended) if case.close_asked_at else None


def erasing_asked(case: Case) -> Entry | None:
    ended = (events.ERASE_STOPPED, events.REOPENED)
    return asked_last(case.file_id, asked=events.ERASE_ASKED, ended=ended) if case.erase_asked_at else None


def must_be_asked(asked: Entry | None) -> Entry:
    """Refuse what only a row says was asked for."""
    if asked is None:
        raise Refusal(
            UNKNOWN,
            next_step=_("Ask anew, and call the other focal point: somebody may have changed the database."),
            code="not-in-the-journal",
        )
    return asked


class CasePolicy:
    """``which`` answers "which ones", from the grant on the file; the others "may she", by who holds the case."""

    def which[Rows: TenantQuerySet[Case]](self, staff: Staff | Viewer, rows: Rows) -> Rows:
        """The cases of these that a colleague may see: her society's, with a grant of her own on the file."""
        seen = rows.visible(to=staff)
        return seen if staff is None else seen.filter(vault_queries.granted_to(staff))

    def which_belong[Rows: QuerySet[Any]](self, staff: Staff, rows: Rows, case: str = "case") -> Rows:
        """Those of ``rows`` of another room whose ``case`` a colleague may see.

        By joins: the database begins at the rows, which are few, and asks for each whether her grant is there. Asked
        for all that she may see first, it looked through every case of the society.
        """
        theirs = {f"{case}__society": staff.society_id, f"{case}__erased_at": None}
        return rows.filter(**theirs).filter(vault_queries.granted_to(staff, f"{case}__file_id"))

    def may_approve_plan(self, staff: Staff, case: Case) -> bool:
        """A focal point who neither holds the case nor asked: two focal points approve each other's."""
        return self._decides(PLAN, staff, plan_asked(case), {case.owner_id})

    def may_approve_closing(self, staff: Staff, case: Case) -> bool:
        return self._decides(CLOSING, staff, closing_asked(case), {case.owner_id})

    def may_confirm_erasing(self, staff: Staff, case: Case) -> bool:
        return self._decides(ERASING, staff, erasing_asked(case), set())

    def _decides(self, act: Act, staff: Staff, asked: Entry | None, holds: set[UUID | None]) -> bool:
        return (
            asked is not None
            and leads(staff)
            and may_decide(act, staff, asked_at=asked.at, exclude=set(), asked_by=holds | {asked.who})
        )

    def may_hand_over(self, staff: Staff, case: Case) -> bool:
        return leads(staff) or staff.pk == case.owner_id

    def may_destroy(self, staff: Staff, case: Case) -> bool:
        """What may be proof is destroyed by whoever answers for the case, not by everyone who may read it."""
        return leads(staff) or staff.pk == case.owner_id


policy = CasePolicy()


def who_decides(staff: Staff, case: Case, asked: Entry | None) -> StrOrPromise:
    """Say who decides on a plan or a closing; to a focal point who cannot yet, what is missing."""
    if asked is None:
        return UNKNOWN
    asked_by = {case.owner_id, asked.who}
    if leads(staff) and may_be_one(staff, asked_by):
        return _(
            "You alone admitted whoever asked. You can decide once another focal point, or the data protection "
            "officer, has said under Colleagues to know this colleague."
        )
    return _("A focal point who neither holds the case nor asked decides.")


def must_work_on_cases(staff: Staff) -> None:
    require(
        works_on_cases(staff),
        _("Cases are opened by caseworkers and focal points."),
        _("Refer the person to one of them."),
        "not-a-caseworker",
    )
