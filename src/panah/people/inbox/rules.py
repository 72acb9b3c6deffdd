"""By when an arrival is opened and settled, and what of its content makes a person. Plain Python."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from panah.ground.kit.languages import spoken_tag
from panah.people.inbox.words import WHO_IS_MEANT

# Lists begin with what is most urgent.
RANK = {"now": 0, "today": 1, "week": 2, "later": 3}
OPEN_WITHIN = {
    "now": timedelta(minutes=15),
    "today": timedelta(hours=4),
    "week": timedelta(days=1),
    "later": timedelta(days=3),
}
SETTLE_WITHIN = {
    "now": timedelta(hours=1),
    "today": timedelta(hours=8),
    "week": timedelta(days=3),
    "later": timedelta(days=7),
}
# Who was told that nobody opens something is told again after this, until somebody does.
AGAIN_AFTER = timedelta(days=1)
# Opening lasts this long: whoever comes back to the page later says what for.
OPENING = timedelta(minutes=30)
# Something was asked back: somebody looks again after this.
ASKED_FOR = timedelta(days=7)
DEEPEST = 4


def urgency_of(said: str) -> str:
    """Return an urgency that is known here: what is not is looked at today."""
    return said if said in RANK else "today"


def open_by(*, urgency: str, arrived: datetime) -> datetime:
    """Return by when somebody opens it: 15 minutes for *now*, four hours for *today*, a day for *week*."""
    return arrived + OPEN_WITHIN[urgency_of(urgency)]


def settle_by(*, urgency: str, opened: datetime) -> datetime:
    """Return by when it is settled once it is open."""
    return opened + SETTLE_WITHIN[urgency_of(urgency)]


def asked_until(*, urgency: str, at: datetime) -> datetime:
    """Return when somebody looks again at what something was asked back about: in danger soon."""
    return at + (SETTLE_WITHIN["now"] if urgency == "now" else ASKED_FOR)


def generation_of(to_key: str) -> int | None:
    """Return the generation in ``intake:<generation>``, or None where it is sealed to something else."""
    kind, _, number = to_key.partition(":")
    fits = kind == "intake" and number.isascii() and number.isdigit() and len(number) < 10
    return int(number) if fits else None


@dataclass(frozen=True)
class Outside:
    """What the outside of a report says, in codes: whoever lists it knows no more of it before it is opened."""

    # A tag of the languages that are spoken with people, or "".
    language: str = ""
    child: bool = False
    # It is about somebody who works here: it goes past the intake.
    about_staff: bool = False
    # Which of those who would read it is meant, as its writer says: one of WHO_IS_MEANT, or "".
    meant: str = ""
    # More came in this hour than anybody reads: it is read after the others.
    later: bool = False


def outside_of(header: bytes) -> Outside:
    """Return what a header says; what is no JSON, or says something else, says nothing. How late is said elsewhere."""
    try:
        said = json.loads(header)
    except (ValueError, RecursionError):
        return Outside()
    if not isinstance(said, dict):
        return Outside()
    language = said.get("language")
    return Outside(
        language=spoken_tag(language) if isinstance(language, str) else "",
        child=said.get("child") in (True, "yes"),
        about_staff=said.get("about_staff") is True,
        meant=said["meant"] if said.get("meant") in WHO_IS_MEANT else "",
    )


def rank_of(*, urgency: str, later: bool) -> int:
    """Return the place in the list: what was put off stands behind all others, but danger never does."""
    rank = RANK[urgency]
    return rank + len(RANK) if later and urgency != "now" else rank


# -- what came, in words -----------------------------------------------------------------------


@dataclass(frozen=True)
class ArrivalPerson:
    """Who it is about, as far as the content says: ready for the form of a contact or of a case."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    language: str = ""
    age_group: str = "unknown"
    # Two letters, where the person is; "" where nobody said.
    country: str = ""
    story: str = ""
    rest: dict[str, str] = field(default_factory=dict)


def person_of(content: Mapping[str, object]) -> ArrivalPerson:
    """Return the person in the content. What came from outside may hold anything: what does not fit goes to ``rest``.

    Read are ``person: {names, phones, language, age_group, country, story}``; the rest stays word for word, and
    nothing is cut.
    """
    said = content.get("person")
    said = dict(said) if isinstance(said, Mapping) else {}
    rest = {name: value for name, value in content.items() if name != "person" or not said}
    language, age = said.get("language"), said.get("age_group")
    # The country stands in ``rest`` too: it goes into the note, in words.
    fits = {
        "names": _are_texts(said.get("names")),
        "phones": _are_texts(said.get("phones")),
        "language": isinstance(language, str) and spoken_tag(language) == language,
        "age_group": age in ("unknown", "adult", "child"),
        "story": isinstance(said.get("story"), str),
    }
    known = {name: said.get(name) for name, good in fits.items() if good}
    unread = {name: value for name, value in said.items() if name not in known}
    return ArrivalPerson(
        names=_texts(known.get("names")),
        phones=_texts(known.get("phones")),
        language=spoken_tag(language) if isinstance(language, str) else "",
        age_group=str(known.get("age_group", "unknown")),
        country=_country(said.get("country")),
        story=_text(known.get("story")),
        # Side by side, not one over the other: a note of the person and a note beside it may have one name.
        rest=_by_name([*fields_of(rest), *fields_of(unread)]),
    )


def _country(said: object) -> str:
    return said if isinstance(said, str) and re.fullmatch(r"[A-Z]{2}", said) else ""


def fields_of(content: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the content as (name, text) in its own order; what lies deeper is named ``above.below``."""
    found: list[tuple[str, str]] = []
    _walk("", content, 0, found)
    return found


def _by_name(fields: list[tuple[str, str]]) -> dict[str, str]:
    """One text a name, however often it came."""
    found: dict[str, str] = {}
    for name, text in fields:
        found[name] = f"{found[name]}\n{text}" if name in found else text
    return found


def _walk(name: str, value: object, depth: int, found: list[tuple[str, str]]) -> None:
    if isinstance(value, Mapping) and depth < DEEPEST:
        for key, one in value.items():
            _walk(f"{name}.{key}" if name else str(key), one, depth + 1, found)
    elif isinstance(value, list) and depth < DEEPEST and any(isinstance(v, Mapping | list) for v in value):
        for number, one in enumerate(value, 1):
            _walk(f"{name} {number}", one, depth + 1, found)
    elif text := _text(value):
        found.append((name, text))


def _text(value: object) -> str:
    """Return a value in words; nothing for what is empty."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and _are_texts(value):
        return ", ".join(_texts(value))
    # Deeper than anybody writes for people to read: as it came.
    return json.dumps(value, ensure_ascii=False) if value else ""


def _are_texts(value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return not any(isinstance(one, Mapping | list) for one in values)


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, values) if text)
