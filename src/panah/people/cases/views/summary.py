"""What a meeting reads of a case: codes, deadlines, and what was planned; no name, no telephone, no place, no story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.dates import when
from panah.people.cases.words import CasePart, detention, terms

# What is said of a part here is text alone.
type SealedValue = Mapping[str, str]


def _joined(*parts: object) -> str:
    return ": ".join(str(part) for part in parts if part)


def _need(value: SealedValue) -> str:
    what = _joined(terms.say(terms.Assistance, value.get("type")), value.get("do"))
    return f"{what} ({terms.say(terms.NeedState, value.get('state', 'open'))})"


def _plan(value: SealedValue) -> str:
    return "\n".join(value[key] for key in ("objectives", "own_view") if value.get(key))


def _service(value: SealedValue) -> str:
    return _joined(
        terms.say(terms.Assistance, value.get("type")), terms.say(terms.ServiceOutcome, value.get("outcome"))
    )


def _risk(value: SealedValue) -> str:
    return terms.say(terms.Risk, value.get("level"))


def _clock(value: SealedValue) -> str:
    if value.get("ended"):
        return ""
    told = _joined(terms.say(terms.ClockKind, value["kind"]), value.get("what"))
    return f"{when(datetime.fromisoformat(value['due_at']))}: {told}"


def _held(value: SealedValue) -> str:
    if value.get("ended"):
        return ""
    kind = terms.say(detention.HeldIn, value.get("kind"))
    return f"{kind}. {_('Lawyer consulted')}: {terms.say(detention.LawyerSeen, value.get('lawyer'))}"


# The parts of a file that can be chosen, in their order: heading, and how one of them is said.
SUMMARY: dict[str, tuple[object, Callable[[SealedValue], str]]] = {
    CasePart.NEED.value: (gettext_lazy("Needs"), _need),
    CasePart.PLAN.value: (gettext_lazy("The plan"), _plan),
    CasePart.SERVICE.value: (gettext_lazy("Help that was given"), _service),
    CasePart.CLOCK.value: (gettext_lazy("Deadlines"), _clock),
    CasePart.RISK.value: (gettext_lazy("Risk"), _risk),
    CasePart.DETENTION.value: (gettext_lazy("Detention"), _held),
}
