"""How the change between two tests is said, and why it is not claimed where the numbers cannot carry it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.prevention import rules
from panah.prevention.words import Band, Compared, Counted

if TYPE_CHECKING:
    from panah.prevention.models import Session


@dataclass(frozen=True)
class Claim:
    """A change as a sentence. ``holds``: the numbers carry it; else ``text`` says why they do not."""

    when: object
    how: str
    text: str
    lost: str
    holds: bool


def claims(changes: Iterable[tuple[object, rules.Change, str]]) -> list[Claim]:
    return [
        Claim(when, _how(compared), _said(one), _lost(one, compared), one.why_not is None)
        for when, one, compared in changes
    ]


def points(part: float) -> str:
    """A part of one in percentage points, with its sign."""
    number = round(part * 100)
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def _how(compared: str) -> str:
    if compared == Compared.PAIRED:
        return _("Compared person by person, from paired sheets (interval by Bonett and Price).")
    return _("Two heaps of sheets compared as two shares (interval by Newcombe).")


def _said(one: rules.Change) -> str:
    numbers = {"points": points(one.points), "low": points(one.low), "high": points(one.high)}
    match one.why_not:
        case None:
            return (
                _("Those who passed: %(points)s percentage points (95 %% interval: %(low)s to %(high)s).")
                % numbers
            )
        case rules.NoClaim.NOTHING:
            return _("Nothing can be said: one of the tests is missing.")
        case rules.NoClaim.FEW:
            return _("Nothing can be said yet: fewer than %(few)s people took both tests or one of them.") % {
                "few": rules.FEWEST
            }
        case rules.NoClaim.LOST:
            return _(
                "Nothing can be said: more than %(part)s %% of those who took the first test did not take the second, "
                "and those who stayed may be the ones who knew."
            ) % {"part": round(rules.MOST_LOST * 100)}
    return (
        _(
            "No change can be claimed: the 95 %% interval, %(low)s to %(high)s percentage points, contains zero."
        )
        % numbers
    )


def _lost(one: rules.Change, compared: str) -> str:
    said = ngettext(
        "%(num)s person did not take the second test (%(part)s %%).",
        "%(num)s people did not take the second test (%(part)s %%).",
        one.lost,
    ) % {"num": one.lost, "part": round(one.lost_part * 100)}
    return (
        said
        if compared == Compared.PAIRED
        else f"{said} {_('It may be more: nobody knows whose sheet is whose.')}"
    )


def counted(session: Session) -> list[tuple[object, list[int]]]:
    """How many came, a row for each band of age, a column for each of ``Counted``."""
    return [(band.label, [session.numbers.get(f"{sex} {band}", 0) for sex in Counted]) for band in Band]
