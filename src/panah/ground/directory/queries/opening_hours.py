"""Opening hours in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from panah.ground.directory.rules import Hours
from panah.ground.directory.words import Weekday


def hours(spans: Iterable[Hours]) -> str:
    """Opening hours from a schedule: "Monday, Tuesday 09:00–17:00"; "" where none is known."""
    return "; ".join(_span(span) for span in spans)


def _span(one: Hours) -> str:
    clock = "" if (one.opens, one.closes) == ("00:00", "24:00") else f" {one.opens}–{one.closes}"
    if len(one.byday) == len(Weekday):
        return _("Every day") + clock if clock else _("Day and night")
    return ", ".join(_days_said(one.byday)) + clock


def _days_said(byday: Iterable[str]) -> Iterable[str]:
    """Three days and more in a row as "Monday to Friday", others one by one."""
    week = list(Weekday)
    runs: list[list[Weekday]] = []
    for day in (d for d in week if d.value in set(byday)):
        if runs and week.index(day) == week.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        if len(run) > 2:
            yield _("%(first)s to %(last)s") % {"first": run[0].label, "last": run[-1].label}
        else:
            yield from (str(day.label) for day in run)
