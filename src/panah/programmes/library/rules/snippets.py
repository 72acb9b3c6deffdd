"""Pieces of a text with the words marked that were looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panah.programmes.library.rules.analysis import Word

AROUND = 110


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; ``term`` where it is a word that was looked for, else ""."""

    text: str
    term: str = ""


def marked_pieces(
    text: str, words: Sequence[Word], terms: frozenset[str], *, whole: bool = False
) -> tuple[Piece, ...]:
    """Cut a text at the words that were looked for; without ``whole`` the part that holds the most of them."""
    marked = [word for word in words if word.term in terms]
    if not marked and not whole:
        return ()
    begins, ends = (0, len(text)) if whole else _part(text, marked)
    pieces: list[Piece] = [Piece("… ")] if begins else []
    at = begins
    for word in marked:
        if word.start < at or word.end > ends:
            continue
        if word.start > at:
            pieces.append(Piece(text[at : word.start]))
        pieces.append(Piece(text[word.start : word.end], word.term))
        at = word.end
    if at < ends:
        pieces.append(Piece(text[at:ends]))
    return (*pieces, Piece(" …")) if ends < len(text) else tuple(pieces)


def _part(text: str, marked: Sequence[Word]) -> tuple[int, int]:
    """Where the part begins and ends: around the place with the most different words, at the edges of words."""
    best, most = marked[0], 0
    for word in marked:
        here = {one.term for one in marked if word.start <= one.start <= word.start + 2 * AROUND}
        if len(here) > most:
            best, most = word, len(here)
    begins, ends = max(0, best.start - AROUND), min(len(text), best.start + 2 * AROUND)
    if begins and (space := text.find(" ", begins, best.start)) >= 0:
        begins = space + 1
    if ends < len(text) and (space := text.rfind(" ", best.end, ends)) >= 0:
        ends = space
    return begins, ends
