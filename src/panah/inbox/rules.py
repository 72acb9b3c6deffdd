"""By when an arrival is opened and settled, and what of its content makes a person. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

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
DEEPEST, MOST_FIELDS, LONGEST = 4, 200, 4000


def urgency_of(said: str) -> str:
    """Return an urgency that is known here: what is not is looked at today."""
    return said if said in RANK else "today"


def open_by(*, urgency: str, arrived: datetime) -> datetime:
    """Return by when somebody opens it: 15 minutes for *now*, four hours for *today*, a day for *week*."""
    return arrived + OPEN_WITHIN[urgency_of(urgency)]


def settle_by(*, urgency: str, opened: datetime) -> datetime:
    """Return by when it is settled once it is open."""
    return opened + SETTLE_WITHIN[urgency_of(urgency)]


def generation_of(to_key: str) -> int | None:
    """Return the generation in ``intake:<generation>``, or None where it is sealed to something else."""
    kind, _, number = to_key.partition(":")
    fits = kind == "intake" and number.isascii() and number.isdigit() and len(number) < 10
    return int(number) if fits else None


# -- what came, in words -----------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Who it is about, as far as the content says: ready for the form of a contact or of a case."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    language: str = ""
    age_group: str = "unknown"
    story: str = ""
    rest: dict[str, str] = field(default_factory=dict)


def person_of(content: Mapping[str, Any]) -> Person:
    """Return the person in the content. What came from outside may hold anything: what does not fit goes to ``rest``.

    Read are ``person: {names, phones, language, age_group, story}``; the rest stays word for word.
    """
    said = content.get("person")
    said = said if isinstance(said, Mapping) else {}
    known = {"names", "phones", "language", "age_group", "story"}
    rest = {name: value for name, value in said.items() if name not in known}
    others = {name: value for name, value in content.items() if name != "person"}
    language, age = said.get("language"), said.get("age_group")
    return Person(
        names=_texts(said.get("names")),
        phones=_texts(said.get("phones")),
        language=language if isinstance(language, str) and 0 < len(language) <= 8 else "",
        age_group=age if age in ("adult", "child") else "unknown",
        story=_text(said.get("story")),
        rest=dict(fields_of({**others, **rest})),
    )


def fields_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the content as (name, text) in its own order; what lies deeper is named ``above.below``."""
    found: list[tuple[str, str]] = []
    _walk("", content, 0, found)
    return found[:MOST_FIELDS]


def _walk(name: str, value: Any, depth: int, found: list[tuple[str, str]]) -> None:
    if len(found) > MOST_FIELDS:
        return
    if isinstance(value, Mapping) and depth < DEEPEST:
        for key, one in value.items():
            _walk(f"{name}.{key}" if name else str(key), one, depth + 1, found)
    elif isinstance(value, list) and depth < DEEPEST and any(isinstance(v, Mapping | list) for v in value):
        for number, one in enumerate(value, 1):
            _walk(f"{name} {number}", one, depth + 1, found)
    elif text := _text(value):
        found.append((name[:100], text))


def _text(value: Any) -> str:
    """Return a value in words; nothing for what is empty."""
    if isinstance(value, str):
        return value.strip()[:LONGEST]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(text for text in map(_text, value) if text)[:LONGEST]
    return ""


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text[:200] for text in map(_text, values) if text)[:20]
