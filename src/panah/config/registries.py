"""Composition only: what lower rooms offer to be filled, filled here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.accounts import roster
from panah.cases import actions as case_actions
from panah.cases import queries as cases_queries
from panah.complaints import actions as complaints
from panah.complaints import words as complaints_words
from panah.config import across, due_item_endings, handing, hotline, inbox, known, links, tenancy, two_people
from panah.consent import subjects
from panah.consent.queries import Consent
from panah.consent.withdrawal_effects import on_change
from panah.consent.words import ConsentPurpose
from panah.foundation import rls_tables
from panah.kit.jinja import url
from panah.referrals.queries import case_number, still_open
from panah.safety import actions as safety
from panah.safety import queries as safety_queries
from panah.safety import words as safety_words
from panah.shelter import actions as shelter
from panah.shelter import queries as shelter_queries
from panah.shelter import words as shelter_words
from panah.vault.actions import erasure
from panah.work import actions as work_actions
from panah.work import queries as work_queries

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
    due_item_endings.fill()
    if _case_subject not in subjects.FINDERS:
        subjects.FINDERS.append(_case_subject)
    if cases_queries.guardian_may_be_involved not in subjects.INVOLVED:
        subjects.INVOLVED.append(cases_queries.guardian_may_be_involved)
    cases_queries.register_tab("consent", "consent:answers", _("Consent"), 40)
    work_queries.ITEM_URLS["consent"] = lambda subject, number: url("consent:answers", number)
    work_queries.ITEM_URLS["referrals"] = _referral_address
    _cases()
    _complaints()
    _shelter()
    _safety()
    work_queries.ITEM_URLS["vault"] = lambda subject, number: url("vault:tidy")
    work_queries.ITEM_URLS["network"] = lambda subject, number: url("network:agreements")
    work_queries.ITEM_URLS["exchange"] = lambda subject, number: url("exchange:peer", subject)
    work_queries.ITEM_URLS["finding"] = lambda subject, number: url("finding:question", subject)


def _cases() -> None:
    """An item opens its case, its soonest stays beside the case, and erasing the file empties the row."""
    work_queries.ITEM_URLS["cases"] = _case_address
    work_queries.MAY_OPEN["cases"] = cases_queries.may_open
    work_queries.HOLDERS["cases"] = cases_queries.holders_by_id
    if case_actions.refresh_item not in work_actions.ON_CHANGE:
        work_actions.ON_CHANGE.append(case_actions.refresh_item)
    case_actions.register_open_things(still_open)
    erasure.on_erase(case_actions.close_row)
    erasure.cascade(cases_queries.supervision_files)
    on_change(_counting)


def _complaints() -> None:
    """What is due is its owner's alone; erasing the file empties the row; readers follow each other."""
    work_queries.ITEM_URLS[complaints_words.ROOM] = lambda subject, number: url("complaints:matter", number)
    work_queries.ITEM_URLS[complaints_words.ASK_ROOM] = lambda subject, number: url(
        "complaints:asked", subject
    )
    work_queries.ITEM_URLS[complaints_words.LEFT_ROOM] = lambda subject, number: url(
        "complaints:left", subject
    )
    work_queries.OWNERS_ONLY.update(
        {complaints_words.ROOM, complaints_words.ASK_ROOM, complaints_words.LEFT_ROOM}
    )
    erasure.on_erase(complaints.forget)


def _shelter() -> None:
    """A bed stops closing, counts on the facts card, and what a house knew goes when the case is erased."""
    work_queries.ITEM_URLS[shelter_words.ROOM] = lambda subject, number: url("shelter:stay", subject)
    work_queries.ITEM_URLS[shelter_words.PLACE_ROOM] = lambda subject, number: url("shelter:place", subject)
    work_queries.MAY_OPEN[shelter_words.ROOM] = shelter_queries.may_open
    if shelter_queries.shifts_on_roster not in roster.SHIFTS:
        roster.SHIFTS.append(shelter_queries.shifts_on_roster)
    work_queries.MAY_OPEN[shelter_words.PLACE_ROOM] = shelter_queries.may_run_it
    case_actions.register_open_things(shelter_queries.still_open)
    case_actions.register_counted(shelter_queries.had_bed)
    case_actions.register_along(shelter_queries.goes_along, shelter.follow)
    erasure.on_erase(shelter.forget_with_case)


def _safety() -> None:
    """What is due about a threat is its readers' alone, its alarm of whoever is paged; erasing takes the row along."""
    work_queries.ITEM_URLS[safety_words.ROOM] = lambda subject, number: url("safety:threat", subject)
    work_queries.ITEM_URLS[safety_words.INTERPRETERS] = lambda subject, number: url(
        "safety:interpreter", subject
    )
    work_queries.OWNERS_ONLY.add(safety_words.ROOM)
    work_queries.MAY_OPEN[safety_words.ROOM] = safety_queries.may_open
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


def _case_address(subject: Any, number: str) -> str:
    # An alarm knows only the case, and is about its safety.
    return url("cases:case", number) if number else url("cases:safety", cases_queries.number_of(subject))


def _referral_address(subject: Any, number: str) -> str:
    # An alarm knows only the referral; a due item also knows the case.
    return reverse("referrals:one", args=[number or case_number(subject), subject])
