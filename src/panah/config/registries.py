"""Composition only: what lower rooms offer to be filled, filled here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.cases import actions as case_actions
from panah.cases import queries as cases
from panah.config import hotline
from panah.consent import subjects
from panah.referrals.queries import case_number
from panah.vault.actions import erasing
from panah.work import actions as work_actions
from panah.work import queries as work


def fill() -> None:
    """Tell lower rooms what must happen above them."""
    hotline.fill()
    if _case_subject not in subjects.FINDERS:
        subjects.FINDERS.append(_case_subject)
    cases.register_tab("consent", "consent:answers", _("Consent"), 40)
    work.OPENS["consent"] = lambda subject, number: reverse("consent:answers", args=[number])
    work.OPENS["referrals"] = _referral_address
    _cases()
    work.OPENS["finding"] = lambda subject, number: reverse("finding:question", args=[subject])


def _cases() -> None:
    """An item opens its case, its soonest stays beside the case, and erasing the file empties the row."""
    work.OPENS["cases"] = lambda subject, number: reverse("cases:case", args=[number])
    if case_actions.refresh_item not in work_actions.CHANGED:
        work_actions.CHANGED.append(case_actions.refresh_item)
    erasing.before_erasing(case_actions.close_row)


def _case_subject(number: str, *, to: Any) -> subjects.Subject | None:
    case = cases.by_number(number, to=to)
    if case is None:
        return None
    return subjects.Subject(
        id=case.pk, file=case.file_id, number=case.number, age_group=case.age_group, language=case.language,
        href=reverse("cases:case", args=[case.number]), society=case.society_id, branch=case.branch, owner=case.owner,
    )


def _referral_address(subject: Any, number: str) -> str:
    # An alarm knows only the referral; a due item also knows the case.
    return reverse("referrals:one", args=[number or case_number(subject), subject])
