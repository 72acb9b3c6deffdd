"""Identification in two steps: presumed, then recovery and reflection, then decided by whoever decides in the country.

The stage, its dates and who decided are sealed; the list shows only that something is to be decided.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import Until
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.due_items import complete_due, on_case
from panah.people.cases.models import Case
from panah.people.cases.words import CasePart
from panah.people.cases.words.due_types import HELP_GOES_ON, REFLECTION_ENDS
from panah.people.cases.words.terms import Stage

NINE = time(9, 0)


def local_day(case: Case, at: datetime) -> date:
    """The day where the society is: periods are counted in days there."""
    return at.astimezone(_zone(case)).date()


def at_nine(case: Case, day: date) -> datetime:
    """Nine in the morning of a day where the society is."""
    return datetime.combine(day, NINE, tzinfo=_zone(case))


def _zone(case: Case) -> ZoneInfo:
    return ZoneInfo(case.society.time_zone or "UTC")


def _now_stage(keys: Keyring, case: Case) -> dict[str, Any]:
    return vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.STAGE) or {
        "stage": Stage.OPEN.value,
        "history": [],
    }


def _set_stage(
    keys: Keyring, case: Case, wanted: Stage, more: Mapping[str, Any], at: datetime
) -> dict[str, object]:
    must_be_open(case)
    now = _now_stage(keys, case)
    if not rules.may_follow(now["stage"], wanted.value):
        raise Refusal(
            _("This stage does not follow the present one."),
            next_step=_("Look at where the identification stands, then choose the next step."),
            code="wrong-stage",
        )
    line = {"stage": wanted.value, "on": local_day(case, at).isoformat(), **more}
    value = {**now, **line, "history": [*now.get("history", []), line]}
    vault.write(keys=keys, file=case.file_id, part=CasePart.STAGE, value=value, at=at)
    _status(keys, case, wanted, more.get("decider", ""), at)
    journal(events.STAGE_CHANGED, keys=keys, case=case, at=at)
    return value


def _status(keys: Keyring, case: Case, stage: Stage, decider: str, at: datetime) -> None:
    codes = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.CODES)
    codes["vic_TraffickingStatus"] = {"answer": "yes", "values": [rules.status_of(stage.value)]}
    if decider:
        codes["vic_TraffickingStatusDecisionMakingOrg"] = {"answer": "yes", "values": [decider]}
    vault.write(keys=keys, file=case.file_id, part=CasePart.CODES, value=codes, at=at)


@transaction.atomic
def presume(*, keys: Keyring, case: Case, grounds: str, at: datetime) -> dict[str, object]:
    """There are reasonable grounds to believe that the person was trafficked."""
    return _set_stage(keys, case, Stage.PRESUMED, {"grounds": grounds}, at)


@transaction.atomic
def begin_reflection(
    *, keys: Keyring, case: Case, at: datetime, began: date | None = None
) -> dict[str, object]:
    """Begin recovery and reflection; how many days counts after the country's rule sheet of that day (30 without one).

    Nobody asks the person to decide anything in this time; *decide* is on the holder's list three days before its
    end, so that a right to stay and a place are there when it is over.
    """
    day = began or local_day(case, at)
    line = network_queries.rule(society=case.society, key=RuleKey.REFLECTION_DAYS, on=day)
    until = network_queries.reflection_ends(society=case.society, began_on=day)
    value = _set_stage(
        keys,
        case,
        Stage.REFLECTION,
        {
            "began": day.isoformat(),
            "until": until.isoformat(),
            "days": network_queries.reflection_days(society=case.society, on=day),
            "rule_checked": bool(line and line.checked),
        },
        at,
    )
    _add_decision(keys, case, until, at)
    return value


def _add_decision(keys: Keyring, case: Case, until: date, at: datetime) -> None:
    work.due(
        REFLECTION_ENDS,
        on_case(case),
        keys=keys,
        at=at,
        due_at=max(at, at_nine(case, until) - rules.BEFORE_REFLECTION_ENDS),
        sentence=Until(
            _("Recovery and reflection ends: ask what the person wants, and who decides next"),
            at_nine(case, until),
            closes=False,
        ),
    )


def restore_decision(*, keys: Keyring, case: Case, at: datetime) -> None:
    """When a case is open again and recovery and reflection still runs: its end comes back on the list."""
    now = _now_stage(keys, case)
    if now["stage"] == Stage.REFLECTION:
        _add_decision(keys, case, date.fromisoformat(now["until"]), at)


@transaction.atomic
def decide_stage(
    *,
    keys: Keyring,
    case: Case,
    identified: bool,
    decider: str,
    by_whom: str,
    on: date,
    at: datetime,
    remark: str = "",
) -> dict[str, object]:
    """Write down what was decided and by whom. *Not identified* ends nothing: needs, plan, services stay."""
    stage = Stage.IDENTIFIED if identified else Stage.NOT_IDENTIFIED
    value = _set_stage(
        keys,
        case,
        stage,
        {"decider": decider, "by_whom": by_whom, "decided_on": on.isoformat(), "remark": remark},
        at,
    )
    complete_due(case=case, purpose="decide", by=keys.staff, at=at)
    if not identified:
        work.due(HELP_GOES_ON, on_case(case), keys=keys, at=at)
    return value
