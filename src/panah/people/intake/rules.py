"""Which of many messages say the same. Plain Python: texts in, piles out, nothing kept.

A flood of a machine is one text with a few words changed. Two texts are *alike* when many of their pairs of words are
the same (Jaccard). A short text is alike only to itself, and only where it holds an address or no letter: many people
write "please help me", and none of them is to be taken for a machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

# So much of their pairs of words two texts have in common that one is taken for the other with words changed.
ALIKE = 0.4
# Fewer than so many make no pile: a family, or the workers of one site, may well send the same words.
SMALLEST_PILE = 8
# Texts of fewer words than this are compared as a whole.
SHORT = 8

_ADDRESS = re.compile(
    r"(?:https?:)?//\S+|www\.\S+|\b[\w.-]+\.(?:com|net|org|ru|info|biz|xyz|top|shop|site|click)\b\S*"
)
_WORD = re.compile(r"\w+")
A_LINK, A_NUMBER = "\0link", "\0number"


@dataclass(frozen=True)
class Sketch:
    """What of a text is compared. ``pairs``: of neighbouring words, addresses and numbers each standing for all."""

    pairs: frozenset[Hashable]
    short: bool
    # A short text that a person may have written.
    human: bool


def sketch_of(text: str) -> Sketch:
    """Return what of a text is compared: the same for any case, spacing, punctuation, numbers and addresses."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    linked = _ADDRESS.search(plain) is not None
    words = [
        A_LINK if one == "linkplace" else A_NUMBER if one.isnumeric() else one
        for one in _WORD.findall(_ADDRESS.sub(" linkplace ", plain))
    ]
    short = len(words) < SHORT
    lettered = any(word not in (A_LINK, A_NUMBER) for word in words)
    pairs: frozenset[Hashable] = frozenset([tuple(words)]) if short else frozenset(pairwise(words))
    return Sketch(pairs, short, short and lettered and not linked)


def likeness(one: Sketch, other: Sketch) -> float:
    """Return how much two texts have in common: 0 for nothing, 1 for everything."""
    both = len(one.pairs & other.pairs)
    return both / (len(one.pairs) + len(other.pairs) - both)


def are_alike(one: Sketch, other: Sketch) -> bool:
    """Say whether two texts are one text with a few words changed."""
    if one.human or other.human or one.short != other.short:
        return False
    return likeness(one, other) >= ALIKE


@dataclass(frozen=True)
class Group[N: Hashable]:
    """A pile: the ``first`` that came, all its ``members`` with it, and the one of them that is ``least`` like it."""

    first: N
    members: tuple[N, ...]
    least: N


def piles[N: Hashable](texts: Mapping[N, str], *, smallest: int = SMALLEST_PILE) -> list[Group[N]]:
    """Return the piles of texts that are alike, the largest first. Each text is in one at most; most are in none.

    Each is compared with the first of every pile that has words with it, in the order in which they are given.
    """
    sketches = {name: sketch_of(text) for name, text in texts.items()}
    by_pair: dict[Hashable, list[N]] = {}
    members: dict[N, list[N]] = {}
    for name, sketch in sketches.items():
        if sketch.human:
            continue
        first = _pile_of(sketch, sketches, by_pair)
        if first is None:
            members[name] = [name]
            for pair in sketch.pairs:
                by_pair.setdefault(pair, []).append(name)
        else:
            members[first].append(name)
    found = [
        Group(first, tuple(all_of), _least(first, all_of, sketches))
        for first, all_of in members.items()
        if len(all_of) >= smallest
    ]
    return sorted(found, key=lambda pile: -len(pile.members))


def _pile_of[N: Hashable](
    sketch: Sketch, sketches: Mapping[N, Sketch], by_pair: Mapping[Hashable, Sequence[N]]
) -> N | None:
    shared = Counter(first for pair in sketch.pairs for first in by_pair.get(pair, ()))
    for first, _number in shared.most_common(8):
        if are_alike(sketch, sketches[first]):
            return first
    return None


def _least[N: Hashable](first: N, members: Iterable[N], sketches: Mapping[N, Sketch]) -> N:
    return min(members, key=lambda one: likeness(sketches[first], sketches[one]))


# -- what a message says, and who must not vanish in a pile --------------------------------------------


def text_of(content: Mapping[str, object]) -> str:
    """Return all the words of a message in one text: what it says, and what was answered."""
    found: list[str] = []
    _collect(content, found, 0)
    return "\n".join(found)


def _collect(value: object, found: list[str], depth: int) -> None:
    if isinstance(value, str):
        found.append(value)
    elif depth < 5:
        if isinstance(value, Mapping):
            # Codes of the form are the same for everybody: only what was written is compared.
            parts = [one for name, one in value.items() if name not in CODES]
        else:
            parts = list(value) if isinstance(value, list) else []
        for part in parts:
            _collect(part, found, depth + 1)


def without_files(content: Mapping[str, object]) -> dict[str, object]:
    """Return a message as the person it tells of: its text is her story, and its files go another way."""
    person = content.get("person")
    person = dict(person) if isinstance(person, Mapping) else {}
    text, rest = (
        content.get("text"),
        {k: v for k, v in content.items() if k not in ("text", "files", "person")},
    )
    if isinstance(text, str) and text.strip() and not person.get("story"):
        return {**rest, "person": {**person, "story": text}}
    return {key: value for key, value in content.items() if key != "files"}


def pictures_of_abuse(content: Mapping[str, object]) -> list[UUID]:
    """Return the files that their sender says may show a child abused: one by one, or all that came."""
    answers = content.get("answers")
    every = isinstance(answers, Mapping) and answers.get("abuse_picture") in ("yes", True)
    files = content.get("files")
    found = []
    for one in files if isinstance(files, list) else []:
        if isinstance(one, Mapping) and (every or one.get("abuse") in ("yes", True)):
            try:
                found.append(UUID(str(one.get("id"))))
            except ValueError:
                continue
    return found


CODES = frozenset(
    {
        "about",
        "staff",
        "meant",
        "danger",
        "young",
        "theirs",
        "reply",
        "language",
        "age_group",
        "files",
        "child",
    }
)


def stands_out(content: Mapping[str, object]) -> bool:
    """Say whether somebody must look at it by itself: it tells of danger, of a child, or brings files."""
    answers, person = content.get("answers"), content.get("person")
    answers = answers if isinstance(answers, Mapping) else {}
    person = person if isinstance(person, Mapping) else {}
    asked = [
        content.get("danger"),
        content.get("child"),
        *(answers.get(one) for one in ("danger", "young", "theirs")),
    ]
    return (
        any(one in ("yes", True) for one in asked)
        or person.get("age_group") == "child"
        or bool(content.get("files"))
    )
