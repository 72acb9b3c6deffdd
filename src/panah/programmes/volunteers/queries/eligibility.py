"""Which colleagues who are volunteers may not be put on a duty, or answer: for the registry of accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.eligibility import Unfit
from panah.ground.accounts.words import DutyKind
from panah.programmes.volunteers.models import Volunteer
from panah.programmes.volunteers.queries.register import is_grown_up, may_do_on, missing_by_volunteer
from panah.programmes.volunteers.words import MayDo, Missing

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ANSWERED = (DutyKind.CALLS, DutyKind.DANGER, DutyKind.DANGER_SECOND)
ON_HER_PAGE = _("Look at the volunteer’s page: under “What this volunteer may do” it says what is missing.")
MINOR = Unfit(
    "volunteer-minor",
    _("This volunteer is under 18, or the year of birth is not known: nobody under 18 is on duty."),
    _("Choose an adult; if the year is missing, write it down in the register of volunteers."),
    at_the_door=_("Nobody under 18 answers, and your year of birth is not known or says so."),
    even_in_danger=True,
)
VETTING = Unfit(
    "volunteer-vetting",
    _("This volunteer is not vetted, or the vetting has run out."),
    ON_HER_PAGE,
    at_the_door=_("You may not answer now: as a volunteer you are not vetted, or the vetting has run out."),
)
SAFEGUARDING = Unfit(
    "volunteer-safeguarding",
    _("This volunteer is not instructed in safeguarding, or that has run out."),
    ON_HER_PAGE,
    at_the_door=_("You may not answer now: your instruction in safeguarding is missing, or has run out."),
)
TRAINING = Unfit(
    "volunteer-training",
    _("This volunteer was not trained to answer a line."),
    ON_HER_PAGE,
    at_the_door=_("You may not answer now: a training for answering a line is missing, or has run out."),
)
OTHERWISE = Unfit(
    "volunteer-not-ready",
    _("This volunteer is not active, or has not signed the code of conduct."),
    ON_HER_PAGE,
    at_the_door=_(
        "You may not answer now: as a volunteer you are not active, or have not signed the code of conduct."
    ),
)
WHY = {
    Missing.VETTING: VETTING,
    Missing.VETTING_OVER: VETTING,
    Missing.SAFEGUARDING: SAFEGUARDING,
    Missing.SAFEGUARDING_OVER: SAFEGUARDING,
    Missing.SAFE_RESPONSE: TRAINING,
    Missing.HOTLINE: TRAINING,
    Missing.CHILDREN: TRAINING,
}


def unfit_volunteers(staff: Sequence[Staff], what: str, at: datetime) -> Mapping[UUID, Unfit]:
    """Return who of these is a volunteer and may not answer on that day; who is in no register is not looked at.

    Under 18 nobody is on any duty; on calls and for danger vetting, safeguarding and training must hold.
    """
    day = timezone.localtime(at).date()
    rows = list(Volunteer.objects.filter(staff__in=[colleague.pk for colleague in staff]))
    missing = missing_by_volunteer(rows, on=day) if rows else {}
    found: dict[UUID, Unfit] = {}
    for row in rows:
        if row.staff_id is None:
            continue
        if not is_grown_up(row, on=day):
            found[row.staff_id] = MINOR
        elif what in ANSWERED and (lacking := missing[row.pk][MayDo.ANSWER]):
            found[row.staff_id] = next((WHY[one] for one in WHY if one in lacking), OTHERWISE)
    return found


def colleagues_who_may_not(what: MayDo, staff: Collection[Staff], *, on: date) -> list[Staff]:
    """Return who of these is a volunteer and may not do this on that day; who is in no register is not looked at."""
    rows = list(Volunteer.objects.filter(staff__in=[colleague.pk for colleague in staff]))
    may = may_do_on(rows, on=on) if rows else {}
    lacking = {row.staff_id for row in rows if what not in may[row.pk]}
    return [colleague for colleague in staff if colleague.pk in lacking]
