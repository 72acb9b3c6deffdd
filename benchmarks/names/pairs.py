"""People with many spellings, and the labelled pairs built from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from panah.ground.names.scoring import Pair

type Spellings = dict[str, tuple[str, ...]]
"""Spellings of one word by manner of writing: ``cyrillic``, ``native``, ``latin``, ``arabic`` …"""


@dataclass(frozen=True, slots=True)
class Word:
    """One given name, patronymic or surname with its spellings; ``key`` tells it from others."""

    key: str
    spellings: Spellings


@dataclass(frozen=True, slots=True)
class Person:
    given: Word
    surname: Word
    father: Word | None
    language: str
    female: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled pair with the kind it was drawn as: ``same``, ``random``, ``sibling``, ``namesake`` …"""

    pair: Pair
    kind: str


def write(person: Person, manner: str, random: Random, *, father: bool, initials: bool = False) -> str:
    """One way this person's name is written: manner of writing, order, with or without patronymic."""

    def spell(word: Word) -> str:
        return random.choice(word.spellings.get(manner) or word.spellings["cyrillic"])

    given, surname = spell(person.given), spell(person.surname)
    if initials:
        given = given[:1] + "."
    patronymic = [spell(person.father)] if father and person.father else []
    surname_first = random.random() < 0.5
    text = " ".join([surname, given, *patronymic] if surname_first else [given, *patronymic, surname])
    return text.upper() if random.random() < 0.1 else text


def _manners(person: Person, random: Random) -> tuple[str, str]:
    """Two different manners of writing that the person's names have."""
    manners = sorted(set(person.given.spellings) & set(person.surname.spellings))
    if len(manners) < 2:
        return manners[0], manners[0]
    one, other = random.sample(manners, 2)
    return one, other


def pair_of(one: Person, other: Person, random: Random, *, both_fathers: bool = False) -> tuple[str, str]:
    """The two names written in different manners."""
    manner_one, manner_other = _manners(one, random)
    father_one = both_fathers or random.random() < 0.5
    father_other = both_fathers or random.random() < 0.5
    initials = random.random() < 0.02
    return (
        write(one, manner_one, random, father=father_one),
        write(other, manner_other, random, father=father_other, initials=initials and not both_fathers),
    )


def same_pairs(people: Sequence[Person], random: Random) -> list[Labelled]:
    """One pair of spellings of each person; pairs that came out letter for letter alike are left out."""
    pairs: list[Labelled] = []
    for person in people:
        a, b = pair_of(person, person, random)
        if a.lower() != b.lower():
            pairs.append(Labelled(Pair(a, b, same=True, group=person.language), "same"))
    return pairs


def random_pairs(people: Sequence[Person], wanted: int, random: Random) -> list[Labelled]:
    """Pairs of different people drawn at random within a language."""
    pairs: list[Labelled] = []
    by_language: dict[str, list[Person]] = {}
    for person in people:
        by_language.setdefault(person.language, []).append(person)
    while len(pairs) < wanted:
        one = random.choice(people)
        other = random.choice(by_language[one.language])
        if (one.given.key, one.surname.key) != (other.given.key, other.surname.key):
            a, b = pair_of(one, other, random)
            pairs.append(Labelled(Pair(a, b, same=False, group=one.language), "random"))
    return pairs


def hard_pairs(people: Sequence[Person], wanted: int, random: Random) -> list[Labelled]:
    """Siblings and namesakes: everything is shared but one name."""
    by_kind: dict[tuple[str, bool], list[Person]] = {}
    for person in people:
        by_kind.setdefault((person.language, person.female), []).append(person)
    pairs: list[Labelled] = []
    while len(pairs) < wanted:
        one = random.choice(people)
        donor = random.choice(by_kind[one.language, one.female])
        kind = random.choice(("sibling", "sibling", "namesake", "other-father"))
        if kind == "sibling" and donor.given.key != one.given.key:
            twin, both = replace(one, given=donor.given), random.random() < 0.5
        elif kind == "namesake" and donor.surname.key != one.surname.key:
            twin, both = replace(one, surname=donor.surname), random.random() < 0.5
        elif kind == "other-father" and one.father and donor.father and donor.father.key != one.father.key:
            twin, both = replace(one, father=donor.father), True
        else:
            continue
        a, b = pair_of(one, twin, random, both_fathers=both)
        pairs.append(Labelled(Pair(a, b, same=False, group=one.language), kind))
    return pairs
