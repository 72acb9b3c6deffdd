"""The value of a rule as a sentence's worth of words."""

from typing import Any

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


def said(kind: RuleKind, value: object) -> str:
    """What a rule's value says, for the reader: "30 days", "the focal point". "" for words only."""
    if kind == RuleKind.TEXT:
        return ""
    if value is None:
        return _("not known yet")
    sayings = {
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


def _numbers(value: Any) -> str:
    # A number to dial is not broken over two lines.
    return " · ".join(_number(one) for one in value)


def _number(one: dict[str, str]) -> str:
    number = one["number"].replace(" ", "\N{NO-BREAK SPACE}")
    said = f"{number}\N{NO-BREAK SPACE}{EmergencyService(one['for']).label}"
    more = [str(NumberReach(one.get("reach") or NumberReach.UNKNOWN).label)]
    if one.get("abroad"):
        more.append(_("from abroad: %(how)s") % {"how": one["abroad"]})
    return f"{said} ({', '.join(more)})"


def _decider(value: Any) -> str:
    return _("decides: %(who)s") % {"who": Decider(value["decides"]).label}


def _duty(value: Any) -> str:
    said = [str(LegalDuty(value["duty"]).label)]
    hours = value.get("within_hours")
    if hours:
        said.append(ngettext("within %(num)s hour", "within %(num)s hours", hours) % {"num": hours})
    russian = (get_language() or "en").startswith("ru")
    to = value.get("to_ru" if russian else "to_en") or value.get("to_en") or value.get("to_ru")
    if to:
        said.append(_("to: %(whom)s") % {"whom": to})
    return "; ".join(said)


def _doubt(value: Any) -> str:
    return str(AgeDoubt(value["doubt"]).label)


def _unverified(value: dict[str, str]) -> str:
    return str(UnverifiedNumbers(value["unverified"]).label)


def _age(value: Any) -> str:
    return ngettext("%(num)s year", "%(num)s years", value) % {"num": value}


def _hours(value: Any) -> str:
    return ngettext("%(num)s hour", "%(num)s hours", value) % {"num": value}


def _days(value: Any) -> str:
    return ngettext("%(num)s day", "%(num)s days", value) % {"num": value}


def _months(value: Any) -> str:
    if value % 12 == 0:
        return _age(value // 12)
    return ngettext("%(num)s month", "%(num)s months", value) % {"num": value}
