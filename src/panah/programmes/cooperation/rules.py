"""What may be written, what is due, and what of a message from another society is believed. No clock, no rows."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from panah.ground.names.normalise import tokens
from panah.programmes.cooperation.words import (
    TEMPLATE,
    Answered,
    Capability,
    Function,
    Kind,
    Means,
    Verdict,
    Works,
)
from panah.programmes.diplomacy.words import NEED_A_REASON, EvidenceKind, Progress

# The country's number, and the digits after it by which mobile telephones begin. Of other countries it is not known.
MOBILE = {
    "7": ("70", "74", "75", "76", "77", "9"),
    "996": ("20", "22", "5", "7", "88", "9"),
    "992": ("0", "1", "2", "4", "5", "7", "88", "9"),
    "993": ("6", "71"),
    "998": ("20", "33", "50", "55", "77", "87", "88", "9"),
    "90": ("5",),
}
WRITTEN = re.compile(r"\+[0-9][0-9 ()-]{5,20}")
VERSION = 1
# What a society answers that was asked to review, and that it tried a duty number: no entries, not kept as such.
REVIEW, CALL = "review", "call"
# What a message says was done on a day.
DONE_ON = ("tried_on", "reviewed_on", "on")
MOST_BYTES = 64 * 1024
# Of one society and one kind so many entries stand here, and so many are known with those that it took back: a network
# of societies tells a tenth of that, and every page reads them all.
MOST_OF_A_KIND, MOST_EVER = 100, 1000
LONG, LINE = 8000, 300


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def can_be_dialled(number: str) -> bool:
    """Say whether others can dial it from their country: + and the country's number first."""
    return bool(WRITTEN.fullmatch(number.strip())) and len(digits(number)) >= 7


def looks_private(number: str) -> bool:
    """Say whether a number looks like a mobile telephone of one person, as far as its country is known."""
    plain = digits(number)
    return any(plain.startswith(code + first) for code, firsts in MOBILE.items() for first in firsts)


def next_test_call(on: date) -> date:
    """Return the same day of the next month, its last one where it is shorter."""
    year, month = (on.year + 1, 1) if on.month == 12 else (on.year, on.month + 1)
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def seems_one(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Say whether two accounts, each a name and an e-mail address, seem to be one person's."""
    same_name = bool(tokens(one[0])) and sorted(tokens(one[0])) == sorted(tokens(other[0]))
    return same_name or bool(one[1] and one[1].casefold() == other[1].casefold())


def at_night(hour: int) -> bool:
    return hour >= 22 or hour < 6


def how_it_works(works: Mapping[str, str]) -> str:
    """Return how a corridor works as a whole: all of it, some of it, none, or never tried."""
    said = {works.get(one, Works.UNKNOWN) for one in Capability.values}
    if said == {Works.WORKS}:
        return Works.WORKS
    if said & {Works.WORKS, Works.PARTLY}:
        return Works.PARTLY
    return Works.NOT if Works.NOT in said else Works.UNKNOWN


@dataclass(frozen=True)
class Translations:
    """In which languages a practice can be read, in which one is older than it, in which there is none."""

    there: tuple[str, ...]
    outdated: tuple[str, ...]
    missing: tuple[str, ...]


def translations(
    version: int, language: str, made: Iterable[tuple[str, int]], wanted: Iterable[str]
) -> Translations:
    """``made``: (language, the version that it translates); the newest of a language counts."""
    newest: dict[str, int] = {}
    for tag, of in made:
        newest[tag] = max(of, newest.get(tag, 0))
    there = tuple(sorted(tag for tag, of in newest.items() if of >= version))
    outdated = tuple(sorted(tag for tag, of in newest.items() if of < version))
    missing = tuple(tag for tag in wanted if tag != language and tag not in newest)
    return Translations(there, outdated, missing)


# -- messages --------------------------------------------------------------------------------------

Check = Callable[[object], bool]
# What an entry says, once every member of it was looked at by its check in SHAPES.
Said = Mapping[str, Any]


def _text(most: int = LONG) -> Check:
    # PostgreSQL keeps no zero in a text.
    return lambda value: isinstance(value, str) and len(value) <= most and "\0" not in value


def _one(codes: Iterable[str], *, empty: bool = False) -> Check:
    known = {*codes, *([""] if empty else [])}
    return lambda value: isinstance(value, str) and value in known


def _each(check: Check, most: int = 40) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(check, value))


def _by(keys: Iterable[str], values: Iterable[str]) -> Check:
    names, codes = set(keys), set(values)
    return lambda value: (
        isinstance(value, dict)
        and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items())
        and set(value) <= names
        and set(value.values()) <= codes
    )


def _day(value: object) -> bool:
    try:
        return value == "" or (isinstance(value, str) and date.fromisoformat(value) is not None)
    except ValueError:
        return False


def _whole_day(value: object) -> bool:
    return value != "" and _day(value)


def _phone(value: object) -> bool:
    return value == "" or (isinstance(value, str) and can_be_dialled(value))


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10000


_tag = re.compile(r"[a-z]{2,3}(-[a-z]{4})?").fullmatch
_key = re.compile(r"[a-z0-9_/.-]{1,80}").fullmatch


def _language(value: object) -> bool:
    return isinstance(value, str) and bool(_tag(value))


def _code(value: object) -> bool:
    return isinstance(value, str) and bool(_key(value))


def _id(value: object) -> bool:
    try:
        return value == "" or bool(UUID(str(value)))
    except ValueError:
        return False


SHAPES: Mapping[str, Mapping[str, Check]] = {
    Kind.PROFILE: {"mandate": _text(), "means": _by(Capability.values, Means.values)},
    Kind.POINT: {
        "function": _one(Function.values),
        "title": _text(LINE),
        "phone": _phone,
        "night": lambda value: isinstance(value, bool),
        "email": _text(LINE),
        "languages": _each(_language),
        "hours": _text(LINE),
        "tried_on": _day,
        "tried_at_night": lambda value: isinstance(value, bool),
        "answered": _one(Answered.values, empty=True),
    },
    Kind.CORRIDOR: {
        "from": _text(2),
        "to": _text(2),
        "works": _by(Capability.values, Works.values),
        "note": _text(),
    },
    Kind.PRACTICE: {
        "title": _text(LINE),
        "language": _language,
        "version": _number,
        "of_version": _number,
        "original": _id,
        **dict.fromkeys(TEMPLATE, _text()),
        "contact": _text(LINE),
        "elements": _each(_code),
        "provisions": _each(_code),
        "reviewed_by": _text(LINE),
        "reviewed_on": _day,
        # Of which state of the text a review is.
        "state": _text(40),
    },
    Kind.MEETING: {
        "title": _text(LINE),
        "held_on": _whole_day,
        "place": _text(LINE),
        "decisions": _each(_text(LONG)),
    },
    CALL: {
        "on": _whole_day,
        "hour": lambda value: _number(value) and value in range(24),
        "language": lambda value: value == "" or _language(value),
        "outcome": _one(Answered.values),
        "answered_by": _one(Function.values, empty=True),
    },
    # Whether its evidence carries it is asked where it is kept (``actions.taking``): without any it is refused.
    Kind.STATUS: {
        "title": _text(LINE),
        "provisions": _each(_code),
        "begins_on": _whole_day,
        "ends_on": _whole_day,
        "progress": _one(Progress.values),
        "why": _text(500),
        "kind": _one(EvidenceKind.values, empty=True),
        "evidence": _text(LINE),
        "source": _text(LINE),
        "shown_on": _day,
        "printed": lambda value: isinstance(value, bool),
    },
    REVIEW: {"verdict": _one(Verdict.values), "words": _text(), "version": _number, "state": _text(LINE)},
}


def shown_on(said: Said) -> date | None:
    """Return of which day the evidence of a status is, None where it names none, or no reason where one is due."""
    whole = said["evidence"] and said["source"] and said["shown_on"]
    reasoned = said["why"] or said["progress"] not in NEED_A_REASON
    return date.fromisoformat(str(said["shown_on"])) if whole and reasoned else None


def hash_of_word(said: Said) -> str:
    """Return by what the word of a status is known again; whether it may be printed is no part of the word."""
    return sha256(json.dumps({**said, "printed": True}, sort_keys=True).encode()).hexdigest()


def hash_of_commitment(said: Said) -> str:
    """Return by what a commitment is known again under another id: its words, what it is to, and its days."""
    words = re.findall(r"\w+", said["title"].casefold())
    what = [words, sorted(set(said["provisions"])), said["begins_on"], said["ends_on"]]
    return sha256(json.dumps(what).encode()).hexdigest()


@dataclass(frozen=True)
class Message:
    """What another society tells of one entry. ``ended``: it tells it no more. ``for_review``: it asks us to review."""

    kind: str
    entry: UUID
    society: str
    as_of: datetime
    said: dict[str, object] = field(default_factory=dict)
    ended: bool = False
    for_review: bool = False

    def packed(self) -> dict[str, object]:
        return {
            "cooperation": VERSION,
            "kind": str(self.kind),
            "entry": str(self.entry),
            "society": self.society,
            "as_of": self.as_of.isoformat(),
            "said": self.said,
            "ended": self.ended,
            "for_review": self.for_review,
        }


def is_ours(content: Mapping[str, object]) -> bool:
    """Say whether a directory message is one of this room, whatever its version: services have none of this key."""
    return "cooperation" in content


def read(content: Mapping[str, object], *, at: datetime) -> Message | None:
    """Read a message word by word; None where anything is missing or too long. What nobody asks for is left out."""
    try:
        # Half a sign, which ``json_from_outside`` has turned into a question mark, does not pass here either.
        if len(json.dumps(content, ensure_ascii=False).encode()) > MOST_BYTES:
            return None
        kind, said = str(content["kind"]), content.get("said")
        as_of = datetime.fromisoformat(str(content["as_of"]))
        entry = UUID(str(content["entry"]))
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    shape = SHAPES.get(kind)
    if content.get("cooperation") != VERSION or shape is None or as_of.tzinfo is None:
        return None
    ended = content.get("ended") is True
    words: dict[str, object] = said if isinstance(said, dict) and not ended else {}
    if not ended and not all(name in words and fits(words[name]) for name, fits in shape.items()):
        return None
    if ended and kind in (REVIEW, CALL):
        return None
    # Where somebody answered, a role and a language belong to it, as at home.
    if words.get("outcome") == Answered.ANSWERED and not (words["answered_by"] and words["language"]):
        return None
    # By the sender's clock it may be tomorrow already; what was done later than that was not done.
    tomorrow = (at + timedelta(days=1)).date()
    if any(words.get(name) and date.fromisoformat(str(words[name])) > tomorrow for name in DONE_ON):
        return None
    kept = {name: words[name] for name in shape if name in words}
    return Message(
        kind,
        entry,
        str(content.get("society", "")),
        min(as_of, at),
        kept,
        ended,
        kind == Kind.PRACTICE and not ended and content.get("for_review") is True,
    )
