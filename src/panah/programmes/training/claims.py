"""How the change between two tests is said, and why it is not claimed where the numbers cannot carry it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.programmes.training.effect import FEWEST, MOST_LOST, Change, NoClaim


@dataclass(frozen=True)
class Claim:
    """A change as a sentence. ``holds``: the numbers carry it; else ``text`` says why they do not."""

    when: object
    how: str
    text: str
    lost: str
    holds: bool


def said_of(one: Change, *, when: object = "", paired: bool, least: int = 0) -> Claim:
    """Say a change. ``least``: a smaller number of people who were lost is not told."""
    lost = "" if 0 < one.lost < least else _lost(one, paired)
    return Claim(when, _how(paired), _said(one), lost, one.why_not is None)


def points(part: float) -> str:
    """A part of one in percentage points, with its sign."""
    number = round(part * 100)
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def _how(paired: bool) -> str:
    if paired:
        return _("Compared person by person, from paired sheets (interval by Bonett and Price).")
    return _("Two heaps of sheets compared as two shares (interval by Newcombe).")


def _said(one: Change) -> str:
    numbers = {"points": points(one.points), "low": points(one.low), "high": points(one.high)}
    match one.why_not:
        case None:
            return (
                _("Those who passed: %(points)s percentage points (95 %% interval: %(low)s to %(high)s).")
                % numbers
            )
        case NoClaim.NOTHING:
            return _("Nothing can be said: one of the tests is missing.")
        case NoClaim.FEW:
            return _("Nothing can be said yet: fewer than %(few)s people took both tests or one of them.") % {
                "few": FEWEST
            }
        case NoClaim.LOST:
            return _(
                "Nothing can be said: more than %(part)s %% of those who took the first test did not take the second, "
                "and those who stayed may be the ones who knew."
            ) % {"part": round(MOST_LOST * 100)}
    return (
        _(
            "No change can be claimed: the 95 %% interval, %(low)s to %(high)s percentage points, contains zero."
        )
        % numbers
    )


def _lost(one: Change, paired: bool) -> str:
    said = ngettext(
        "%(num)s person did not take the second test (%(part)s %%).",
        "%(num)s people did not take the second test (%(part)s %%).",
        one.lost,
    ) % {"num": one.lost, "part": round(one.lost_part * 100)}
    return said if paired else f"{said} {_('It may be more: nobody knows whose sheet is whose.')}"
