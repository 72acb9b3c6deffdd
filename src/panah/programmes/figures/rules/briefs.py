"""How far a brief is, from what was said of its content; which answers of the second reader hold it up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What the second reader is asked, and the answer that lets it go on. The first one asks for a reason either way.
BORDER = "border"
QUESTIONS: Mapping[str, str] = {
    BORDER: "no",
    "recognised": "no",
    "says_more": "no",
    "joined": "no",
    "ranks": "no",
    "unknown": "yes",
}
# So many figures have room on one page.
MOST_FIGURES = 8


@dataclass(frozen=True)
class Review:
    """What was said of a brief: of its second reader or of the society concerned, about the content of this digest."""

    kind: str
    good: bool
    digest: str
    turn: int


def standing(state: str, digest: str, reviews: Iterable[Review]) -> str:
    """Return how far a brief is: its state, and what was last said of the content as it stands.

    What was said of another content counts for nothing. A clearance that was taken back stops what was published.
    """
    counted = sorted((review for review in reviews if review.digest == digest), key=lambda one: one.turn)
    last = {one.kind: one.good for one in counted}
    if state == "reading":
        return "sent-back" if last.get("reading") is False else "reading"
    if state == "clearing":
        if "clearance" not in last:
            return "clearing"
        return "cleared" if last["clearance"] else "not-cleared"
    if state == "published" and not last.get("clearance", False):
        return "objected"
    return state


def may_be_published(state: str, digest: str, reviews: Iterable[Review]) -> bool:
    """Say whether a second person read this very content, and the society concerned cleared it."""
    said = list(reviews)
    read = any(one.kind == "reading" and one.good and one.digest == digest for one in said)
    return read and standing(state, digest, said) == "cleared"


def holds_up(answers: Mapping[str, str]) -> list[str]:
    """Return the questions whose answers hold a brief up; one that was not answered does."""
    return [name for name, fine in QUESTIONS.items() if answers.get(name) != fine]


def digest_of(content: object) -> str:
    """Return the hash of a content: 64 letters that differ when anything in it differs."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def version_of(figures: Iterable[Mapping[str, object]]) -> str:
    """Return the version of the register in a brief: twelve letters over the figures that it uses, as they stood."""
    return digest_of(sorted(json.dumps(figure, sort_keys=True) for figure in figures))[:12]
