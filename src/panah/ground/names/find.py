"""Find people by name among many cards held in memory.

Stage one looks at everyone: the words of the query are set against all *distinct* words of all cards
(rapidfuzz, in C, on the consonants; then the weighted distance on those that pass), and each card
gathers what its words gain. Stage two compares the best ``EXPLAINED`` cards in full, with reasons.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import exp

from rapidfuzz import process
from rapidfuzz.distance import Indel

from panah.ground.names.compare import Comparison, compare, score
from panah.ground.names.fold import FOLD_VERSION
from panah.ground.names.parts import NamePart, WordRole, parts
from panah.ground.names.sounds import distance, frame

EXPLAINED = 200
"""How many cards stage one hands to the full comparison."""

_BONES_ALIKE = 0.65
_WORD_ALIKE = 0.45
_YEARS_ASTRAY = 1
_YEAR_FITS, _YEAR_UNKNOWN, _YEAR_DIFFERS = 0.6, 0.0, -0.6
_TAIL_FITS = 1.5
_WORTH_A_LOOK = 0.4  # of the best gain: below it even one word of the name is missing or foreign


@dataclass(frozen=True, slots=True)
class NameCard:
    """What is known of one person in a search.

    ``ref``: what the caller knows the person by; ``names``: as written, any scripts; ``keys``: their
    ``fold_key`` when it was stored (of this ``FOLD_VERSION``), else they are made; ``phone_tail``: last digits.
    """

    ref: Hashable
    names: tuple[str, ...]
    birth_year: int | None = None
    phone_tail: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A card that may be the person sought. ``year_fits``, ``tail_fits``: nothing when one side does not say."""

    ref: Hashable
    comparison: Comparison
    year_fits: bool | None
    tail_fits: bool | None


def _rank(alike: float, year_fits: bool | None, tail_fits: bool | None) -> float:
    """The score of the name, moved by what the year and the phone say; for ordering only."""
    alike += {True: 0.1, None: 0.0, False: -0.2}[year_fits]
    return alike + {True: 0.2, None: 0.0, False: 0.0}[tail_fits]


def fold_key(name: str) -> str:
    """The cheap fold of a name: its stems in sounds, one word each, sorted; two readings are parted by ``|``.

    A word in Arabic script without vowels begins with ``*``. Initials are left out. Empty for a name
    without sounds. Store it with ``FOLD_VERSION`` and make it anew when that has changed.
    """
    found = []
    for part in parts(name):
        if part.role is not WordRole.INITIAL:
            stems = dict.fromkeys(stem.sounds for stem in part.stems[:2])
            found.append(("*" if part.abjad else "") + "|".join(stems))
    return " ".join(sorted(found))


def _coarse(sounds: str) -> str:
    return frame(sounds) or "a"


def _coarse_readings(word: str) -> set[str]:
    return {_coarse(reading) for reading in word.removeprefix("*").split("|")}


def coarse_words(card: NameCard) -> set[str]:
    """The words of a card's names by their consonants alone, each in all its readings."""
    keys = card.keys or tuple(map(fold_key, card.names))
    return {coarse for key in keys for word in key.split() for coarse in _coarse_readings(word)}


NOBODY = NameCard(None, ())


def _gain(one: tuple[int, float]) -> float:
    return one[1]


def worth_a_look[Place](best: list[tuple[Place, float]]) -> list[tuple[Place, float]]:
    """Those, best first, whose gain is not far from that of the first."""
    return [one for one in best if one[1] >= _WORTH_A_LOOK * best[0][1]]


class NameFinder:
    """Cards in memory, ready to be searched. Add cards, then ``find``; adding later is fine too.

    ``hidden``: positions that are passed over for now; what is ``removed`` stays so for good.
    """

    def __init__(self, cards: Iterable[NameCard] = ()) -> None:
        self._cards: list[NameCard] = []
        self._holders: dict[str, list[int]] = {}
        self._words_of_bones: dict[str, list[str]] = {}
        self._bones: list[str] = []
        self._tails: dict[str, list[int]] = {}
        self.hidden: set[int] = set()
        for card in cards:
            self.add(card)

    def __len__(self) -> int:
        return len(self._cards)

    @property
    def cards(self) -> Sequence[NameCard]:
        """Everybody who was taken in, in that order."""
        return self._cards

    @property
    def distinct_words(self) -> int:
        """How many different folded words the cards hold."""
        return len(self._holders)

    def add(self, card: NameCard) -> None:
        """Take one more card in."""
        position = len(self._cards)
        self._cards.append(card)
        if card.phone_tail:
            self._tails.setdefault(card.phone_tail, []).append(position)
        keys = card.keys or tuple(map(fold_key, card.names))
        for word in {word for key in keys for word in key.split()}:
            holders = self._holders.get(word)
            if holders is None:
                holders = self._holders[word] = []
                self._enter(word)
            holders.append(position)

    def remove(self, position: int) -> None:
        """Pass a card over from now on, and forget whose it was."""
        self.hidden.add(position)
        self._cards[position] = NOBODY

    def _enter(self, word: str) -> None:
        for bones in _coarse_readings(word):
            known = self._words_of_bones.get(bones)
            if known is None:
                known = self._words_of_bones[bones] = []
                self._bones.append(bones)
            known.append(word)

    def find(
        self, query: str, *, birth_year: int | None = None, phone_tail: str = "", limit: int = 20
    ) -> list[Match]:
        """The cards most likely to be the person, best first, at most ``limit``; each with its reasons."""
        best = self.stage_one(query, birth_year, phone_tail)
        return explained(
            query,
            [(position, self._cards[position]) for position in best],
            birth_year=birth_year,
            phone_tail=phone_tail,
            limit=limit,
        )

    def stage_one(self, query: str, birth_year: int | None = None, phone_tail: str = "") -> list[int]:
        """The positions of the cards that gain most, best first, at most ``EXPLAINED``: everyone is looked at."""
        return [position for position, _ in self.gains(query, birth_year, phone_tail)]

    def gains(
        self, query: str, birth_year: int | None = None, phone_tail: str = ""
    ) -> list[tuple[int, float]]:
        """What stage one keeps, with what each card gains; of equal ones the earlier comes first."""
        gained: dict[int, float] = {}
        for part in parts(query):
            if part.role is WordRole.INITIAL:
                continue
            best_of_part: dict[int, float] = {}
            for word, gain in sorted(self._alike(part), key=lambda found: found[1]):
                for position in self._holders[word]:
                    best_of_part[position] = gain  # rising order: the last one written is the best
            for position, gain in best_of_part.items():
                gained[position] = gained.get(position, 0.0) + gain
        if birth_year:
            for position in gained:
                year = self._cards[position].birth_year
                gained[position] += _year_gain(birth_year, year)
        for position in self._tails.get(phone_tail, ()) if phone_tail else ():
            gained[position] = gained.get(position, 0.0) + _TAIL_FITS
        for position in self.hidden.intersection(gained):
            del gained[position]
        # In the order of positions, so that one finder and several with a share of the cards keep the same ones.
        return worth_a_look(nlargest(EXPLAINED, sorted(gained.items()), key=_gain))

    def _alike(self, part: NamePart) -> list[tuple[str, float]]:
        """(word, gain) of every distinct word of the cards that sounds like the part."""
        found: dict[str, float] = {}
        readings = tuple(dict.fromkeys(stem.sounds for stem in part.stems))
        for sought in dict.fromkeys(map(_coarse, readings)):
            near = process.extract(
                sought, self._bones, scorer=Indel.normalized_similarity, limit=None, score_cutoff=_BONES_ALIKE
            )
            for bones, _, _ in near:
                for word in self._words_of_bones[bones]:
                    if word not in found:
                        found[word] = _word_alike(readings, word, part.abjad)
        return [(word, alike) for word, alike in found.items() if alike >= _WORD_ALIKE]


def explained(
    query: str,
    cards: Iterable[tuple[int, NameCard]],
    *,
    birth_year: int | None = None,
    phone_tail: str = "",
    limit: int = 20,
) -> list[Match]:
    """Stage two: compare cards in full, each with the place it has among all; best first, at most ``limit``."""
    matches = []
    known = {place: card for place, card in cards if card.names}
    for place, card in known.items():
        alike, name = max((score(query, name), name) for name in card.names)
        year = year_fits(birth_year, card.birth_year)
        tail = card.phone_tail == phone_tail if phone_tail and card.phone_tail else None
        matches.append((_rank(alike, year, tail), place, name, year, tail))
    return [
        Match(known[place].ref, compare(query, name), year, tail)
        for _, place, name, year, tail in nlargest(limit, matches)
    ]


def _word_alike(readings: tuple[str, ...], word: str, abjad: bool) -> float:
    others = word.removeprefix("*").split("|")
    vowels_lost = abjad or word[:1] == "*"
    least = min(
        distance(one, other, vowels_lost) / max(len(one), len(other), 2) ** 0.7
        for one in readings
        for other in others
    )
    return exp(-2.0 * least)


def year_fits(sought: int | None, known: int | None) -> bool | None:
    """Say whether two birth years may be one; nothing when one side does not say."""
    return abs(sought - known) <= _YEARS_ASTRAY if sought and known else None


def _year_gain(sought: int, known: int | None) -> float:
    fits = year_fits(sought, known)
    return _YEAR_UNKNOWN if fits is None else _YEAR_FITS if fits else _YEAR_DIFFERS
