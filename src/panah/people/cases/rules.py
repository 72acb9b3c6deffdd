"""What decides in a case: plain Python, no clock, no database."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from panah.people.cases.words.terms import ClockKind, Passed, Risk

BEST_INTERESTS_TONIGHT = timedelta(hours=12)
BEST_INTERESTS_WITHIN = timedelta(hours=72)
DETERMINATION_NEEDS = 2


def review_due(risk: str, *, last_review: datetime, after: Mapping[str, timedelta]) -> datetime:
    """When a risk is looked at again; ``after`` is the table by level. An unknown level counts as the shortest."""
    return last_review + after.get(risk, min(after.values()))


# A press and the risk written down after it are one danger.
SAME_DANGER = timedelta(hours=1)


def pages(level: str, *, before: str, raised: datetime | None, now: datetime) -> bool:
    """Say whether a look at the risk pages: life is in danger now, and nobody has been paged for this danger.

    ``before`` is the level of the look before it, ``raised`` when the newest alarm of the case was raised.
    """
    if level != Risk.EXTREME:
        return False
    if raised is None:
        return True
    return before != Risk.EXTREME and now - raised > SAME_DANGER


def age_group_of(*, born_first: date | None, born_last: date | None, today: date, child_age: int = 18) -> str:
    """``child``, ``adult`` or ``unknown`` from the earliest and the latest day of birth that are possible."""
    if born_first is None or born_last is None:
        return "unknown"
    oldest, youngest = _years(born_first, today), _years(born_last, today)
    if oldest < child_age:
        return "child"
    return "adult" if youngest >= child_age else "unknown"


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def guardian_may_act(involved: str) -> bool:
    """Only a guardian of whom it is known that she is not involved may consent or be told. Unknown is not no."""
    return involved == "no"


def determination_counts(parties: Iterable[str], *, family_checked: str) -> bool:
    """A best-interests determination needs several parties and a check of the family before any return."""
    return len({p.strip() for p in parties if p.strip()}) >= DETERMINATION_NEEDS and family_checked == "yes"


def may_return(child: Mapping[str, Any]) -> bool:
    """Whether a child's return can be prepared: only after a formal determination by several."""
    bid = child.get("determination", {})
    return determination_counts(bid.get("parties", []), family_checked=bid.get("family_checked", "none"))


# What brings a child back to where it came from.
RETURN = frozenset({"return_transport", "family_reunion"})


def plans_return(needs: Iterable[Mapping[str, object]]) -> bool:
    """Whether one of these needs is a return, with something to be done about it."""
    return any(n.get("type") in RETURN and n.get("do") and n.get("state") == "planned" for n in needs)


STEPS = {
    "open": ("presumed",),
    "presumed": ("reflection", "identified", "not_identified"),
    "reflection": ("identified", "not_identified"),
    "identified": ("not_identified",),
    "not_identified": ("presumed", "identified"),
}


def may_follow(stage: str, wanted: str) -> bool:
    """Whether one stage of identification can follow another. Nothing about help hangs on it."""
    return wanted in STEPS.get(stage, ())


def status_of(stage: str) -> str:
    """The HTCDS status that a stage means; empty while nobody has looked."""
    return {
        "presumed": "PossibleVictimOfTrafficking",
        "reflection": "PossibleVictimOfTrafficking",
        "identified": "ActualVictimOfTrafficking",
        "not_identified": "NotAVictimOfTrafficking",
    }.get(stage, "")


def follow_up_dates(*, began: datetime, days: Mapping[str, int]) -> list[tuple[str, datetime]]:
    """The usual follow-ups from a day on."""
    return [(key, began + timedelta(days=n)) for key, n in days.items()]


# -- clocks that run for a person --------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """When somebody must act on one kind of deadline so that it still helps.

    ``length`` from what happened, where that sets the end. It comes due ``at_once`` where every hour counts, then so
    long ``before`` the end, each time that somebody has seen to it; ``every`` so often after the end. It is urgent
    now in the last ``urgent`` before the end.
    """

    passed: Passed
    before: tuple[timedelta, ...]
    urgent: timedelta
    length: timedelta | None = None
    at_once: bool = False
    every: timedelta | None = None


def _days(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(days=number) for number in numbers)


def _hours(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(hours=number) for number in numbers)


_DAY, _THREE, _WEEK, _MONTH = _days(1, 3, 7, 30)
CLOCKS: Mapping[str, Clock] = {
    ClockKind.RAPE_72: Clock(
        Passed.MISSED, _hours(48, 24, 6), _THREE, length=timedelta(hours=72), at_once=True
    ),
    ClockKind.RAPE_120: Clock(
        Passed.MISSED, _hours(72, 48, 24, 6), timedelta(hours=120), length=timedelta(hours=120), at_once=True
    ),
    ClockKind.WITHDRAWAL: Clock(
        Passed.GOES_ON, _hours(12, 6), _DAY, length=timedelta(hours=24), at_once=True
    ),
    # An appointment and papers come before a termination; a dose is not made up for.
    ClockKind.PREGNANCY: Clock(Passed.MISSED, _days(14, 7, 2), _WEEK),
    ClockKind.TUBERCULOSIS: Clock(Passed.RAN_OUT, _days(3, 1), _DAY),
    ClockKind.MEDICATION: Clock(Passed.RAN_OUT, _days(7, 3, 1), _THREE),
    ClockKind.DISABILITY: Clock(Passed.RAN_OUT, _days(30, 7), _DAY),
    # A consulate or an office takes weeks.
    ClockKind.DOCUMENT: Clock(Passed.RAN_OUT, _days(60, 21, 7), _THREE),
    ClockKind.RESIDENCE: Clock(Passed.RAN_OUT, _days(45, 14, 5), _THREE),
    ClockKind.EXIT_BAN: Clock(Passed.GOES_ON, _days(14, 3), _DAY),
    ClockKind.DETENTION: Clock(Passed.GOES_ON, _hours(24, 6), _DAY, at_once=True),
    # A lawyer must read the file, an interpreter be found, the person be asked.
    ClockKind.COURT: Clock(Passed.MISSED, _days(14, 3, 1), _DAY),
    ClockKind.APPEAL: Clock(Passed.MISSED, _days(7, 3, 1), _THREE, at_once=True),
    ClockKind.LIMITATION: Clock(Passed.MISSED, _days(90, 30, 7), _WEEK),
    ClockKind.WAGES: Clock(Passed.MISSED, _days(30, 14, 3), _THREE),
    ClockKind.COMPENSATION: Clock(Passed.GOES_ON, _days(30, 7), _DAY, every=_MONTH),
    ClockKind.OTHER: Clock(Passed.GOES_ON, _days(3, 1), _DAY),
}
# So long before its end the holder of a case prepares what comes after recovery and reflection.
BEFORE_REFLECTION_ENDS = _THREE


def clock_due(kind: str, *, end: datetime, at: datetime) -> datetime:
    """Return when a deadline that is written at ``at`` first comes due. Never after its end, never before ``at``."""
    clock = CLOCKS[kind]
    return at if clock.at_once else max(at, end - max(clock.before))


def clock_due_again(kind: str, *, end: datetime, at: datetime) -> datetime | None:
    """Return when it comes due after somebody has seen to it; None where its time has come: then it is ended."""
    clock = CLOCKS[kind]
    following = [end - earlier for earlier in (*clock.before, timedelta()) if end - earlier > at]
    return min(following, default=at + clock.every if clock.every else None)


def clock_urgency(kind: str, *, end: datetime, at: datetime) -> str:
    """Return how urgent a deadline is for whoever looks at ``at``."""
    left = end - at
    if left <= CLOCKS[kind].urgent:
        return "now"
    return "today" if left <= _DAY else "week" if left <= _WEEK else "later"


def earliest_of(hours: int, *, at: datetime) -> datetime:
    """Return the earliest moment that "about so many hours ago" may mean: a quarter longer, an hour at least."""
    span = timedelta(hours=hours)
    return (at - span - max(span / 4, timedelta(hours=1))).replace(second=0, microsecond=0)


def waits_for_second(means: Mapping[str, object], staff: str) -> bool:
    """Whether this colleague can be the second signature."""
    return not means.get("void") and not means.get("second") and means.get("first") != staff


def retention_kind(*, state: str, stage: str) -> str:
    """Which line of the rule sheet counts for a closed case."""
    if stage == "not_identified":
        return "retention_not_identified"
    return "retention_referred" if state == "closed_referred" else "retention_case"


SCRIPTS = (
    "LATIN",
    "CYRILLIC",
    "ARABIC",
    "CJK",
    "HANGUL",
    "HEBREW",
    "DEVANAGARI",
    "THAI",
    "GEORGIAN",
    "ARMENIAN",
)


def detention_warning(*, since: datetime, until: datetime, at: datetime) -> datetime:
    """When to look before the hours of a detention run out: in the last quarter, six hours to three days before.

    Never in the past: whoever is late looks now.
    """
    quarter = (until - since) / 4
    return max(at, until - min(max(quarter, timedelta(hours=6)), timedelta(days=3)))


def script_of(text: str) -> str:
    """The script in which a name is written: of its first letter that belongs to one."""
    for character in text:
        name = unicodedata.name(character, "")
        script = next((s for s in SCRIPTS if name.startswith(s)), "")
        if script:
            return script.lower()
    return ""


SAFE = {"yes": "yes", "no": "no", "calls": "calls"}


def tidy_identity(identity: Mapping[str, Any]) -> dict[str, object]:
    """An identity as other rooms hand it in, in the words of this one: names with kind and script, safe phones."""
    out = {k: v for k, v in identity.items() if k != "called"}
    names = [dict(n) for n in identity.get("names") or () if n.get("text")]
    if identity.get("called") and not any(n["text"] == identity["called"] for n in names):
        names.insert(0, {"text": identity["called"], "kind": "called"})
    for name in names:
        name["kind"] = {"document": "papers"}.get(name.get("kind", ""), name.get("kind") or "called")
        name["script"] = name.get("script") or script_of(name["text"])
    phones = [{**p, "safe": SAFE.get(p.get("safe", ""), "unknown")} for p in identity.get("phones") or ()]
    return {**out, **({"names": names} if names else {}), **({"phones": phones} if phones else {})}


def hears(votes: Iterable[Mapping[str, str]]) -> str:
    """What two people have decided alike about telling a person: ``told``, ``withheld``, or "" while they have not."""
    people_by_word: dict[str, set[str]] = {}
    for vote in votes:
        people_by_word.setdefault(vote["says"], set()).add(vote["by"])
    return next((word for word, people in people_by_word.items() if len(people) >= HEARS_NEEDS), "")


HEARS_NEEDS = 2

# -- what is counted of a person ---------------------------------------------------------------

# The least age of each group in the columns of the Counter-Trafficking Data Collaborative.
AGES = (0, 9, 18, 21, 24, 27, 30, 39, 48)


def least_age(born: int | None, opened: int, group: str) -> int | None:
    """Return the least age of the group that somebody belonged to as her case began; None where no year is known.

    Of a year of birth alone the age may be one too high: whether she was a child is said by the case.
    """
    if born is None or not 0 <= opened - born <= 120:
        return None
    years = opened - born
    if group in ("child", "adult"):
        years = min(years, 17) if group == "child" else max(years, 18)
    return max(age for age in AGES if age <= years)


type Facts = tuple[Mapping[str, str], Mapping[str, Iterable[str]]]
"""What a card says, and the codes that are true, by their list."""


def facts_of_both(first: Facts, other: Facts) -> Facts:
    """Return one card of two cases of one person: the month and age of the first, and what is true of either."""
    (texts, codes), (other_said, other_codes) = first, other
    names = sorted({*codes, *other_codes})
    both = {name: sorted({*codes.get(name, ()), *other_codes.get(name, ())}) for name in names}
    # An age is one of its case: a child in the first may have been grown up in the other.
    ageless = {name: text for name, text in other_said.items() if name != "years"}
    return {**ageless, **texts}, both
