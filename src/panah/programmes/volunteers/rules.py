"""What a volunteer may do, and in which band of age somebody is. No clock, no rows."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

GROWN_UP = 18
# Vetting, safeguarding and insurance are asked for again so many days before they run out.
WARNED_DAYS = 30
VETTED_DAYS = 730
SAFEGUARDING_DAYS = 365
# Of one link in one day, and waiting for one branch: a school at once, but no flood.
ASKED_A_DAY, ASKED_WAITING = 200, 500
INVITATION_DAYS = 14
# By when a branch answers what is asked of it; nothing is late in the moment in which it comes.
ANSWER_WITHIN = {"now": timedelta(), "today": timedelta(hours=4), "week": timedelta(days=7)}
YOUNGEST, OLDEST = 6, 100
# The bands of the Federation's FDRS indicators.
BANDS = ((6, 12), (13, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 200))


@dataclass(frozen=True)
class Qualified:
    """What is known of a volunteer on a day. ``born_year``: None where nobody asked."""

    born_year: int | None
    vetted_until: date | None
    safeguarding_until: date | None
    code_signed_on: date | None
    trained: Set[str]
    active: bool = True
    guardian_agreed: bool = False


def is_grown_up(born_year: int | None, on: date) -> bool:
    """Say whether somebody is surely 18: by the year alone only from the year after; not known is not."""
    return born_year is not None and on.year - born_year > GROWN_UP


def age_band(born_year: int | None, on: date) -> tuple[int, int] | None:
    """Return the band of the age reached in this year, or None where it is not known or in none."""
    if born_year is None:
        return None
    age = on.year - born_year
    return next((band for band in BANDS if band[0] <= age <= band[1]), None)


# What training each thing needs; that somebody can tell, and what then, comes before everything.
TRAINING: Mapping[str, tuple[str, ...]] = {
    "answer": ("safe_response", "hotline", "children"),
    "capture": ("safe_response", "field"),
    "meet": ("safe_response", "field"),
    "lead": ("safe_response", "sessions"),
    "help": ("safe_response",),
}


def missing(one: Qualified, on: date) -> dict[str, tuple[str, ...]]:
    """Return for each thing (``words.MayDo``) what is missing for it (``words.Missing``), () where nothing is.

    Under 18, and where the year is not known, nobody answers, takes down, meets or leads.
    """
    always = [] if one.active else ["not_active"]
    if one.code_signed_on is None or one.code_signed_on > on:
        always.append("code")
    found = {}
    for what, training in TRAINING.items():
        alone = _missing_to_help(one, on) if what == "help" else _missing_to_work(one, on)
        found[what] = (*always, *alone, *(need for need in training if need not in one.trained))
    return found


def _missing_to_help(one: Qualified, on: date) -> list[str]:
    """An adult is there wherever somebody helps; for whoever is under 18 a parent or guardian agrees before."""
    if is_grown_up(one.born_year, on) or one.guardian_agreed:
        return []
    return ["year" if one.born_year is None else "guardian"]


def _missing_to_work(one: Qualified, on: date) -> list[str]:
    found = []
    if not is_grown_up(one.born_year, on):
        found.append("year" if one.born_year is None else "age")
    for name, until in (("vetting", one.vetted_until), ("safeguarding", one.safeguarding_until)):
        if until is None or until < on:
            found.append(name if until is None else f"{name}_over")
    return found


def may_do(one: Qualified, on: date) -> frozenset[str]:
    """Return what somebody may do on a day; see ``words.MayDo``."""
    return frozenset(what for what, lacking in missing(one, on).items() if not lacking)
