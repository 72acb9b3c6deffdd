"""Composition only: what lower rooms offer to be filled, filled here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.cases import queries as cases
from panah.config import hotline
from panah.consent import subjects
from panah.referrals.queries import case_number
from panah.work import queries as work


def fill() -> None:
    """Tell lower rooms what must happen above them."""
    hotline.fill()
    if _case_subject not in subjects.FINDERS:
        subjects.FINDERS.append(_case_subject)
    cases.register_tab("consent", "consent:answers", _("Consent"), 40)
    work.OPENS["consent"] = lambda subject, number: reverse("consent:answers", args=[number])
    work.OPENS["referrals"] = _referral_address
    work.OPENS["finding"] = lambda subject, number: reverse("finding:question", args=[subject])


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
