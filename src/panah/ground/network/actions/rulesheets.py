"""Writing and checking lines of a rule sheet. A line is never overwritten: it gets a successor."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.network import events
from panah.ground.network.models import RuleLine, Society
from panah.ground.network.permissions import policy
from panah.ground.network.words import RuleKey

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def edit_rule_line(
    *,
    society: Society,
    key: RuleKey,
    value: object,
    text_en: str,
    text_ru: str,
    source: str,
    valid_from: date,
    by: "Staff",
    at: datetime,
    checked_on: date | None = None,
    checked_by: str = "",
) -> RuleLine:
    """Write the society's own line for this rule from a day on; what stood before stays as history.

    `value` has the shape of the rule's kind (words.RuleKind). A new line is unchecked unless the
    person who checked it and the day are named: writing is not checking.
    """
    policy.require(by, society)
    _refuse_half_checked(checked_on, checked_by, at)
    line = RuleLine.objects.create(
        iso2=society.iso2,
        society=society,
        key=key,
        value=value,
        text_en=text_en,
        text_ru=text_ru,
        source=source,
        valid_from=valid_from,
        entered_at=at,
        entered_by=by.name,
        checked_on=checked_on,
        checked_by=checked_by.strip(),
    )
    dialled_numbers.keep([line])
    audit.record(
        event=events.RULE_WRITTEN, by=by, at=at, about=line.pk, society=society.pk, facts={"key": str(key)}
    )
    return line


@transaction.atomic
def check_rule_line(
    *,
    society: Society,
    line: RuleLine,
    checked_on: date,
    checked_by: str,
    source: str,
    by: "Staff",
    at: datetime,
) -> RuleLine:
    """Record that someone has checked what a line says, on which day and against what.

    A line of the country or for any country becomes the society's own by being checked:
    she answers for it in her country, nobody else does.
    """
    policy.require(by, society)
    _refuse_half_checked(checked_on, checked_by, at)
    checked = RuleLine.objects.create(
        iso2=society.iso2,
        society=society,
        key=line.key,
        value=line.value,
        text_en=line.text_en,
        text_ru=line.text_ru,
        source=source or line.source,
        valid_from=line.valid_from,
        entered_at=at,
        entered_by=by.name,
        checked_on=checked_on,
        checked_by=checked_by.strip(),
    )
    dialled_numbers.keep([checked])
    audit.record(
        event=events.RULE_CHECKED,
        by=by,
        at=at,
        about=checked.pk,
        society=society.pk,
        facts={"key": checked.key},
    )
    return checked


def _refuse_half_checked(checked_on: date | None, checked_by: str, at: datetime) -> None:
    if (checked_on is None) != (not checked_by.strip()):
        raise Refusal(
            _("A check has a day and a name, or neither."),
            next_step=_("Write who checked the line and when, or leave both empty."),
            code="half-checked",
        )
    if checked_on is not None and checked_on > at.date():
        raise Refusal(
            _("The day of the check is still to come."),
            next_step=_("Write the day on which it was really checked."),
            code="checked-in-future",
        )
