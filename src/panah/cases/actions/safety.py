"""Risk and the safety plan."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.cases import events, rules
from panah.cases.actions.cards import count_again
from panah.cases.actions.danger import call_for_help_if_new
from panah.cases.actions.due import replace_due
from panah.cases.actions.telling import journal, must_be_open
from panah.cases.models import Case, ReviewTime
from panah.cases.permissions import leads, require
from panah.cases.words import Part
from panah.cases.words.terms import REVIEW_AFTER, URGENCY_OF_RISK, Risk
from panah.vault import actions as vault
from panah.vault import queries as sealed
from panah.vault.keyring import Keyring
from panah.work.words import Kind


def review_times(society: Any) -> dict[str, timedelta]:
    """After how long each level is looked at again: the society's own word before the usual one."""
    own = {r.level: timedelta(hours=r.hours) for r in ReviewTime.objects.filter(society=society)}
    return {level.value: own.get(level.value, usual) for level, usual in REVIEW_AFTER.items()}


@transaction.atomic
def set_review_times(*, by: Any, hours: Mapping[str, int], at: datetime) -> None:
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
    looks = sealed.read_all(keys=keys, file=case.file_id, part=Part.RISK)
    value = {"level": Risk(level).value, "why": why, "from_whom": from_whom, "own_view": own_view}
    vault.add(keys=keys, file=case.file_id, part=Part.RISK, value=value, at=at)
    case.urgency = URGENCY_OF_RISK[Risk(level)]
    case.save(update_fields=["urgency"])
    due = rules.review_due(level, last_review=at, after=review_times(case.society_id))
    replace_due(
        keys=keys,
        case=case,
        kind=Kind.REVIEW,
        due_at=due,
        purpose="review",
        sentence=_("Look at the risk again with the person"),
        at=at,
    )
    count_again(keys=keys, case=case, at=at)
    journal(events.RISK_REVIEWED, keys=keys, case=case, at=at)
    before = str(looks[-1].value.get("level", "")) if looks else ""
    call_for_help_if_new(case=case, level=level, before=before, by=keys.staff, at=at, keys=keys)
    return due


@transaction.atomic
def write_safety(
    *, keys: Keyring, case: Case, plan: Mapping[str, Any], at: datetime, based_on: int | None = None
) -> int:
    """Seal the safety plan; returns the version."""
    must_be_open(case)
    version = vault.write(
        keys=keys, file=case.file_id, part=Part.SAFETY, value=plan, at=at, based_on=based_on
    )
    journal(events.SAFETY_WRITTEN, keys=keys, case=case, at=at)
    return version


@transaction.atomic
def print_safety(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Write in the journal that the safety plan goes on paper because the person asked for it."""
    journal(events.SAFETY_PRINTED, keys=keys, case=case, at=at)
