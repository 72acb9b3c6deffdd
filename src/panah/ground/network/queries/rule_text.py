"""The value of a rule as a sentence's worth of words."""

from collections.abc import Callable
from typing import Any, NotRequired, TypedDict

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from panah.ground.network.words import (
    AgeDoubt,
    Decider,
    EmergencyService,
    LegalDuty,
    NumberReach,
    RuleKind,
    UnverifiedNumbers,
)


class ReportingDuty(TypedDict):
    duty: str
    within_hours: NotRequired[int | None]
    to_en: NotRequired[str]
    to_ru: NotRequired[str]


def said(kind: RuleKind, value: object) -> str:
    """What a rule's value says, for the reader: "30 days", "the focal point". "" for words only."""
    if kind == RuleKind.TEXT:
        return ""
    if value is None:
        return _("not known yet")
    sayings: dict[RuleKind, Callable[[Any], str]] = {
        RuleKind.NUMBERS: _numbers,
        RuleKind.DECIDER: _decider,
        RuleKind.DUTY: _duty,
        RuleKind.DOUBT: _doubt,
        RuleKind.UNVERIFIED: _unverified,
        RuleKind.AGE: _age,
        RuleKind.HOURS: _hours,
        RuleKind.DAYS: _days,
        RuleKind.MONTHS: _months,
    }
    return sayings[kind](value)


def _numbers(value: list[dict[str, str]]) -> str:
    # A number to dial is not broken over two lines.
    return " · ".join(_number(one) for one in value)


def _number(one: dict[str, str]) -> str:
    number = one["number"].replace(" ", "\N{NO-BREAK SPACE}")
    said = f"{number}\N{NO-BREAK SPACE}{EmergencyService(one['for']).label}"
    more = [str(NumberReach(one.get("reach") or NumberReach.UNKNOWN).label)]
    if one.get("abroad"):
        more.append(_("from abroad: %(how)s") % {"how": one["abroad"]})
    return f"{said} ({', '.join(more)})"


def _decider(value: dict[str, str]) -> str:
    return _("decides: %(who)s") % {"who": Decider(value["decides"]).label}


def _duty(value: ReportingDuty) -> str:
    said = [str(LegalDuty(value["duty"]).label)]
    hours = value.get("within_hours")
    if hours:
        said.append(ngettext("within %(num)s hour", "within %(num)s hours", hours) % {"num": hours})
    russian = (get_language() or "en").startswith("ru")
    to = (russian and value.get("to_ru")) or value.get("to_en") or value.get("to_ru")
    if to:
        said.append(_("to: %(whom)s") % {"whom": to})
    return "; ".join(said)


def _doubt(value: dict[str, str]) -> str:
    return str(AgeDoubt(value["doubt"]).label)


def _unverified(value: dict[str, str]) -> str:
    return str(UnverifiedNumbers(value["unverified"]).label)


def _age(value: int) -> str:
    return ngettext("%(num)s year", "%(num)s years", value) % {"num": value}


def _hours(value: int) -> str:
    return ngettext("%(num)s hour", "%(num)s hours", value) % {"num": value}


def _days(value: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", value) % {"num": value}


def _months(value: int) -> str:
    if value % 12 == 0:
        return _age(value // 12)
    return ngettext("%(num)s month", "%(num)s months", value) % {"num": value}
