"""Who may do what with a case. A grant on its file opens it; roles decide who approves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals.acts import ACTS, Act, Since
from panah.ground.approvals.permissions import may_be_one, may_decide
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.people.cases.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
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


def works_on_cases(staff: Staff) -> bool:
    """Caseworkers and focal points have cases."""
    return may(staff, BOTH)


def leads(staff: Staff | Viewer) -> bool:
    return may(staff, Permission.CASES_LEAD)


def require(allowed: bool, sentence: object, next_step: object = "", code: str = "not-yours") -> None:
    """Refuse with 403 unless allowed."""
    if not allowed:
        raise Refusal(sentence, next_step=next_step, code=code, status=403)


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
        return self._decides(PLAN, staff, case.plan_asked_at, self.who_asks_plan(case))

    def may_approve_closing(self, staff: Staff, case: Case) -> bool:
        return self._decides(CLOSING, staff, case.close_asked_at, self.who_asks_closing(case))

    def may_confirm_erasing(self, staff: Staff, case: Case) -> bool:
        return self._decides(ERASING, staff, case.erase_asked_at, {case.erase_asked_by_id})

    def who_asks_plan(self, case: Case) -> set[UUID | None]:
        return {case.owner_id, case.plan_asked_by_id}

    def who_asks_closing(self, case: Case) -> set[UUID | None]:
        return {case.owner_id, case.close_asked_by_id}

    def _decides(self, act: Act, staff: Staff, asked_at: datetime | None, asked_by: set[UUID | None]) -> bool:
        return (
            asked_at is not None
            and leads(staff)
            and may_decide(act, staff, asked_at=asked_at, exclude=set(), asked_by=asked_by)
        )

    def may_hand_over(self, staff: Staff, case: Case) -> bool:
        return leads(staff) or staff.pk == case.owner_id

    def may_destroy(self, staff: Staff, case: Case) -> bool:
        """What may be proof is destroyed by whoever answers for the case, not by everyone who may read it."""
        return leads(staff) or staff.pk == case.owner_id


policy = CasePolicy()


def who_decides(staff: Staff, asked_by: set[UUID | None]) -> StrOrPromise:
    """Say who decides on a plan or a closing; to a focal point who cannot yet, what is missing."""
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
