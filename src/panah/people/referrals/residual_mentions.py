"""Texts that still tell what came with a referral that was taken back. Plain Python.

Names are known again across scripts and endings, numbers by their last digits, longer texts word for word. What is
found is shown to a person, who decides; what is told in other words cannot be found by a machine.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from panah.ground.names.compare import score

NAMES, PHONE = ("called", "names"), "phone"
# Two words that sound as alike as this are taken for one name: rather one too many, since a person looks at each.
ALIKE = 0.65
SHORTEST_NAME, SHORTEST_NUMBER, SHORTEST_TEXT = 3, 6, 12
WORD = re.compile(r"[^\W\d_][^\W\d_'’`-]*")
NUMBER = re.compile(r"\+?\d[\d\s()./-]{4,}\d")
GONE = "[…]"
# Made-up people of a practice node are called so; in other texts these are no names.
NOT_NAMES = {"practice", "person"}

type Path = tuple[str | int, ...]


@dataclass(frozen=True)
class MentionSpan:
    """A place in a text that tells a field of what came."""

    start: int
    end: int
    field: str


def spans(text: str, came: Mapping[str, str]) -> list[MentionSpan]:
    """Return where a text tells what came (texts by field), in order, without overlaps."""
    found = [one for field, value in came.items() for one in _spans_of(text, field, value)]
    kept: list[MentionSpan] = []
    for one in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _spans_of(text: str, field: str, value: str) -> Iterator[MentionSpan]:
    whole = value.strip()
    if len(whole) >= SHORTEST_TEXT:
        for hit in re.finditer(re.escape(whole), text, re.IGNORECASE):
            yield MentionSpan(hit.start(), hit.end(), field)
    numbers = [n for n in map(_digits, NUMBER.findall(value)) if len(n) >= SHORTEST_NUMBER]
    for hit in NUMBER.finditer(text) if numbers else ():
        if any(_same_number(_digits(hit[0]), number) for number in numbers):
            yield MentionSpan(hit.start(), hit.end(), field)
    if field in NAMES:
        names = [word for word in WORD.findall(value) if len(word) >= SHORTEST_NAME]
        names = [word for word in names if word.casefold() not in NOT_NAMES]
        for hit in WORD.finditer(text) if names else ():
            if any(_same_name(name, hit[0]) for name in names):
                yield MentionSpan(hit.start(), hit.end(), field)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _same_number(one: str, other: str) -> bool:
    # With or without the country's code.
    last = min(len(one), len(other), 7)
    return last >= SHORTEST_NUMBER and one[-last:] == other[-last:]


def _same_name(name: str, word: str) -> bool:
    if word.casefold().startswith(name.casefold()):
        return True
    return len(word) >= SHORTEST_NAME and not word.islower() and score(name, word) >= ALIKE


def redacted(text: str, came: Mapping[str, str]) -> str:
    """Return a text in which every place that tells what came is taken out."""
    left, at = "", 0
    for span in spans(text, came):
        left, at = left + text[at : span.start] + GONE, span.end
    return left + text[at:]


def texts_in(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Return every text in a part of a file, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_in(one, (*path, name))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from texts_in(one, (*path, place))


def with_text(value: Any, path: Path, text: str) -> Any:
    """Return a part of a file with another text in one place."""
    if not path:
        return text
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [with_text(one, rest, text) if place == first else one for place, one in enumerate(value)]
    return {name: with_text(one, rest, text) if name == first else one for name, one in value.items()}
