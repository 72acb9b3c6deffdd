"""What may be promised to a stranger, from a rule sheet alone: whom we must tell, how soon we answer.

The sheet's own words are said to who reads English or Russian, in which it is written; others read the same as a
sentence of ours, by what the sheet says in codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.network import queries as network_queries
from panah.ground.network.words import Decider, LegalDuty, RuleKey

if TYPE_CHECKING:
    from panah.ground.network.models import Society
    from panah.ground.network.queries import RuleValue

EXCEPTIONS = (RuleKey.EXCEPTION_LIFE, RuleKey.EXCEPTION_CHILD, RuleKey.EXCEPTION_ORDER)
# In these languages a rule sheet is written.
WRITTEN = ("en", "ru")


@dataclass(frozen=True)
class Unseen:
    """What is said to somebody who may be locked in: whom we call there, and what we report. Whole sentences."""

    heading: str
    exceptions: tuple[str, ...]
    not_reported: str


@dataclass(frozen=True)
class Promises:
    """What a page may say. ``exceptions``: whole sentences; ``checked``: somebody has read all of them against the law.

    Where it is False, nothing is promised, and ``heading`` says so. ``answer_days``: None where the sheet
    promises no time. ``duty_child``, ``duty_crime``: whether there is a duty to tell an authority; None: not known.
    ``child``: the one of the exceptions that is about children, "" where there is none.
    """

    exceptions: tuple[str, ...]
    checked: bool
    answer_days: int | None
    duty_child: bool | None
    duty_crime: bool | None
    child: str = ""

    @property
    def heading(self) -> str:
        if self.checked:
            return _("What you say stays with us, except:")
        return _("Nobody has checked yet what the law here makes us tell. Ask us before you say more.")


def promises(society: Society, *, on: date) -> Promises:
    """Return what a society may promise on a day, in the reader's language. One query."""
    sheet = {rule.key: rule for rule in network_queries.rule_sheet(society=society, on=on)}
    rules = [sheet[key] for key in EXCEPTIONS if key in sheet]
    days = sheet.get(RuleKey.MESSAGE_DAYS)
    child, crime = (_duty(sheet.get(key)) for key in (RuleKey.DUTY_CHILD, RuleKey.DUTY_CRIME))
    return Promises(
        exceptions=tuple(one for one in (*(_said(rule, child) for rule in rules), _crime(crime)) if one),
        checked=len(rules) == len(EXCEPTIONS) and all(one.checked for one in rules),
        answer_days=days.value if days is not None and days.checked and isinstance(days.value, int) else None,
        duty_child=child,
        duty_crime=crime,
        child=_said(sheet[RuleKey.EXCEPTION_CHILD], child) if RuleKey.EXCEPTION_CHILD in sheet else "",
    )


def unseen(society: Society, *, iso2: str, on: date) -> Unseen:
    """Return what a society may say before somebody who is watched writes from a country ("" where nobody knows it).

    That nobody is reported is said only where the sheet of that country and the society's own say so, checked.
    """
    promised = promises(society, on=on)
    heading = (
        _("We call nobody there without your yes, except:")
        if promised.checked
        else _(
            "We want to call nobody there without your yes. But nobody has checked yet what the law makes us tell. "
            "Ask us before you say more."
        )
    )
    key = RuleKey.DUTY_MADE_TO_DO
    rule = network_queries.rule_for_country(iso2=iso2, key=key, on=on) if iso2 else None
    ours = network_queries.rule(society=society, key=key, on=on)
    free = _duty(rule) is False and _duty(ours) is False and promised.duty_crime is not True
    sentence = _("You will not be reported for what you were made to do.") if free else ""
    return Unseen(heading, promised.exceptions, sentence)


def _duty(rule: RuleValue | None) -> bool | None:
    if rule is None or not rule.checked or not isinstance(rule.value, dict):
        return None
    duty = rule.value.get("duty")
    return duty == LegalDuty.YES if duty in (LegalDuty.YES, LegalDuty.NO) else None


def _said(rule: RuleValue, duty_child: bool | None) -> str:
    language = get_language() or "en"
    if rule.own and language in WRITTEN and rule.text:
        return rule.text
    if rule.key == RuleKey.EXCEPTION_LIFE:
        return _(
            "If a life is in danger and nothing else helps, we may tell somebody. We tell you what we said."
        )
    if rule.key == RuleKey.EXCEPTION_CHILD:
        if duty_child:
            return _(
                "If a child is in danger, we must tell those who protect children. We say so before we ask."
            )
        return _(
            "If a child is in danger, we may have to tell those who protect children. We say so before we ask."
        )
    return _order(rule.value)


def _order(value: object) -> str:
    if isinstance(value, dict) and value.get("decides") == Decider.TWO_AND_LAWYER:
        return _("If a court orders it in writing, we may have to tell. A lawyer is asked, and we tell you.")
    return _("If a court orders it in writing, we may have to tell. We tell you.")


def _crime(duty: bool | None) -> str:
    return _("We must report some grave crimes.") if duty else ""
