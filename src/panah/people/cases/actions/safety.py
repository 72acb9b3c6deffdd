"""Risk and the safety plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import Sentence, kept_text
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.danger import call_for_help_if_new
from panah.people.cases.actions.due_items import on_case
from panah.people.cases.actions.index_cards import renew_facts_card
from panah.people.cases.models import Case, ReviewTime
from panah.people.cases.permissions import leads, require
from panah.people.cases.words import CasePart
from panah.people.cases.words.due_types import REVIEW_AFTER_A_CALL, REVIEW_AGAIN, REVIEW_AT_ONCE
from panah.people.cases.words.terms import REVIEW_AFTER, URGENCY_OF_RISK, Risk

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# A colleague heard of danger: the risk is looked at so soon after it.
LOOK_AFTER_DANGER = timedelta(hours=24)


def review_times(society: UUID) -> dict[str, timedelta]:
    """After how long each level is looked at again: the society's own word before the usual one."""
    own = {r.level: timedelta(hours=r.hours) for r in ReviewTime.objects.filter(society=society)}
    return {level.value: own.get(level.value, usual) for level, usual in REVIEW_AFTER.items()}


@transaction.atomic
def set_review_times(*, by: Staff, hours: Mapping[str, int], at: datetime) -> None:
    """Change the society's review times (hours by level), as a focal point."""
    require(leads(by), _("Review times are set by a focal point."), code="not-a-focal-point")
    for level, number in hours.items():
        ReviewTime.objects.update_or_create(
            society=by.society, level=Risk(level).value, defaults={"hours": number}
        )
    audit.record(event=events.REVIEW_TIMES, by=by, at=at, facts=dict(hours))


@transaction.atomic
def review_risk(
    *, keys: Keyring, case: Case, level: str, why: str, at: datetime, from_whom: str = "", own_view: str = ""
) -> datetime:
    """Seal one look at the risk; the level sets the next look and how urgent lists show the case. Returns when.

    *Life in danger now* pages the person on duty, once a danger.
    """
    must_be_open(case)
    looks = vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.RISK)
    value = {"level": Risk(level).value, "why": why, "from_whom": from_whom, "own_view": own_view}
    vault.add(keys=keys, file=case.file_id, part=CasePart.RISK, value=value, at=at)
    case.urgency = URGENCY_OF_RISK[Risk(level)]
    case.save(update_fields=["urgency"])
    due = rules.review_due(level, last_review=at, after=review_times(case.society_id))
    work.due(REVIEW_AGAIN, on_case(case), keys=keys, at=at, due_at=due)
    renew_facts_card(keys=keys, case=case, at=at)
    journal(events.RISK_REVIEWED, keys=keys, case=case, at=at)
    before = str(looks[-1].value.get("level", "")) if looks else ""
    call_for_help_if_new(case=case, level=level, before=before, by=keys.staff, at=at, keys=keys)
    return due


@transaction.atomic
def note_reported_danger(
    *,
    keys: Keyring,
    case: Case,
    why: Sentence,
    from_whom: str,
    heard_at: datetime,
    heard_by: UUID | None,
    at: datetime,
) -> None:
    """Seal what a colleague heard of danger before there was a case; the holder looks at the risk within a day of it.

    It is no assessment: the next look at the risk begins with these words, and chooses the level itself.
    """
    value = {"why": kept_text(why), "from_whom": from_whom}
    vault.write(keys=keys, file=case.file_id, part=CasePart.HEARD, value=value, at=heard_at, by=heard_by)
    work.due(
        REVIEW_AFTER_A_CALL, on_case(case), keys=keys, at=at, due_at=max(at, heard_at + LOOK_AFTER_DANGER)
    )


@transaction.atomic
def review_risk_at_once(*, case: UUID, at: datetime) -> None:
    """Danger now was called for the person of a case: its holder looks at the risk at once. Needs no open vault."""
    found = Case.objects.filter(pk=case, erased_at=None).select_related("owner", "branch").first()
    if found is None or any(i.due_at <= at for i in work_queries.items_of(case, purpose="review")):
        return
    work.due(REVIEW_AT_ONCE, on_case(found), at=at)


@transaction.atomic
def write_safety(
    *, keys: Keyring, case: Case, plan: Mapping[str, object], at: datetime, based_on: int | None = None
) -> int:
    """Seal the safety plan; returns the version."""
    must_be_open(case)
    version = vault.write(
        keys=keys, file=case.file_id, part=CasePart.SAFETY, value=plan, at=at, based_on=based_on
    )
    journal(events.SAFETY_WRITTEN, keys=keys, case=case, at=at)
    return version


@transaction.atomic
def print_safety(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Write in the journal that the safety plan goes on paper because the person asked for it."""
    journal(events.SAFETY_PRINTED, keys=keys, case=case, at=at)
