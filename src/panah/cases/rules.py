"""What decides in a case: plain Python, no clock, no database."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from panah.cases.words.terms import Risk

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
        found = next((s for s in SCRIPTS if name.startswith(s)), "")
        if found:
            return found.lower()
    return ""


SAFE = {"yes": "yes", "no": "no", "calls": "calls"}


def tidy_identity(identity: Mapping[str, Any]) -> dict[str, Any]:
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
    said: dict[str, set[str]] = {}
    for one in votes:
        said.setdefault(one["says"], set()).add(one["by"])
    return next((word for word, people in said.items() if len(people) >= HEARS_NEEDS), "")


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
    return max(one for one in AGES if one <= years)


type Facts = tuple[Mapping[str, str], Mapping[str, Iterable[str]]]
"""What a card says, and the codes that are true, by their list."""


def facts_of_both(one: Facts, other: Facts) -> Facts:
    """Return one card of two cases of one person: the month and age of the first, and what is true of either."""
    (said, codes), (other_said, other_codes) = one, other
    names = sorted({*codes, *other_codes})
    both = {name: sorted({*codes.get(name, ()), *other_codes.get(name, ())}) for name in names}
    # An age is one of its case: a child in the first may have been grown up in the other.
    ageless = {name: text for name, text in other_said.items() if name != "years"}
    return {**ageless, **said}, both
