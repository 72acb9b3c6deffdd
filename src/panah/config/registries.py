"""Composition only: what lower rooms offer to be filled, filled here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from panah.accounts import roster
from panah.cases import actions as case_actions
from panah.cases import queries as cases_queries
from panah.complaints import actions as complaints
from panah.config import across, handing, hotline, inbox, known, links, tenancy, two_people
from panah.consent import subjects
from panah.consent.queries import Consent
from panah.consent.withdrawal_effects import on_change
from panah.consent.words import ConsentPurpose
from panah.foundation import rls_tables
from panah.kit.jinja import url
from panah.referrals.queries import still_open
from panah.safety import actions as safety
from panah.shelter import actions as shelter
from panah.shelter import queries as shelter_queries
from panah.vault.actions import erasure

if TYPE_CHECKING:
    from panah.vault.keyring import Keyring


def fill() -> None:
    """Tell lower rooms what must happen above them."""
    hotline.fill()
    rls_tables.EXEMPT.update(tenancy.EXEMPT)
    handing.fill()
    across.fill()
    links.fill()
    inbox.fill()
    known.fill()
    two_people.fill()
    if _case_subject not in subjects.FINDERS:
        subjects.FINDERS.append(_case_subject)
    if cases_queries.guardian_may_be_involved not in subjects.INVOLVED:
        subjects.INVOLVED.append(cases_queries.guardian_may_be_involved)
    cases_queries.register_tab("consent", "consent:answers", _("Consent"), 40)
    _cases()
    _complaints()
    _shelter()
    _safety()


def _cases() -> None:
    """An item opens its case, its soonest stays beside the case, and erasing the file empties the row."""
    case_actions.register_open_things(still_open)
    erasure.on_erase(case_actions.close_row)
    erasure.cascade(cases_queries.supervision_files)
    on_change(_counting)


def _complaints() -> None:
    """What is due is its owner's alone; erasing the file empties the row; readers follow each other."""
    erasure.on_erase(complaints.forget)


def _shelter() -> None:
    """A bed stops closing, counts on the facts card, and what a house knew goes when the case is erased."""
    if shelter_queries.shifts_on_roster not in roster.SHIFTS:
        roster.SHIFTS.append(shelter_queries.shifts_on_roster)
    case_actions.register_open_things(shelter_queries.still_open)
    case_actions.register_counted(shelter_queries.had_bed)
    case_actions.register_along(shelter_queries.goes_along, shelter.follow)
    erasure.on_erase(shelter.forget_with_case)


def _safety() -> None:
    """What is due about a threat is its readers' alone, its alarm of whoever is paged; erasing takes the row along."""
    erasure.on_erase(safety.forget)
    erasure.on_erase(safety.forget_interpreter)


def _counting(*, keys: Keyring, file: Any, consent: Consent, at: Any) -> None:
    """The facts card of a case comes with the yes to being counted, and goes with anything else."""
    if consent.purpose != ConsentPurpose.STATISTICS:
        return
    case = cases_queries.visible(to=keys.staff).filter(file_id=file).first()
    if case is not None:
        yes = consent.said == "yes" and consent.withdrawn_on is None
        (case_actions.count_in if yes else case_actions.count_out)(keys=keys, case=case, at=at)


def _case_subject(number: str, *, to: Any) -> subjects.ConsentSubject | None:
    case = cases_queries.by_number(number, to=to)
    if case is None:
        return None
    return subjects.ConsentSubject(
        id=case.pk,
        file=case.file_id,
        number=case.number,
        age_group=case.age_group,
        language=case.language,
        href=url("cases:case", case.number),
        society=case.society_id,
        branch=case.branch,
        owner=case.owner,
    )
