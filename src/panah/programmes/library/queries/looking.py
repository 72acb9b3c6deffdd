"""Which terms the words of a question stand for, in each index that the reader searches; slips over all of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from panah.programmes.library.queries.indexes import Indexes, Known
from panah.programmes.library.rules.analysis import script_letter
from panah.programmes.library.rules.question import Asked, Question
from panah.programmes.library.rules.spelling import misspelt, near


@dataclass
class AskedHere:
    """One word with every form that was found of it in one index."""

    word: Asked
    forms: dict[str, int]


@dataclass
class Looked:
    """A search under way: the words in every index, and which were misspelt."""

    question: Question
    exact_script: bool
    words: dict[str, list[AskedHere]] = field(default_factory=dict)
    meant: dict[str, list[str]] = field(default_factory=dict)


def look(question: Question, indexes: Indexes, *, exact_script: bool) -> Looked:
    """Read which terms each word may be in each index; a word that none knows is taken for the nearest one of all."""
    looked = Looked(question, exact_script)
    indexes.learn(question.words)
    for index in indexes.all:
        looked.words[index.name] = [_forms(word, index, exact_script) for word in question.words]
    lost = [
        one
        for turn, one in enumerate(question.words)
        if not one.is_short and not any(words[turn].forms for words in looked.words.values())
    ]
    if lost:
        indexes.learn_alike(lost)
        for one in {one.typed: one for one in lost}.values():
            _mean(one, looked, indexes)
    return looked


def _forms(word: Asked, index: Known, exact_script: bool) -> AskedHere:
    known = {term: sure for term, sure in word.forms.items() if term in index.terms}
    forms = known | near(word, index.near(word))
    if exact_script:
        forms = {term: sure for term, sure in forms.items() if script_letter(term) == word.script}
    return AskedHere(word, forms)


def _mean(word: Asked, looked: Looked, indexes: Indexes) -> None:
    """Take the likeliest words that were meant, over everything that this reader may see."""
    every = [
        (term, holders)
        for index in indexes.all
        for term, holders in index.like(word)
        if not looked.exact_script or script_letter(term) == word.script
    ]
    meant = misspelt(word, every)
    looked.meant[word.typed] = meant
    for words in looked.words.values():
        for one in words:
            if one.word.typed == word.typed:
                one.forms |= dict.fromkeys(meant, 12)


def every_form(looked: Looked) -> list[frozenset[str]]:
    turns = range(len(looked.question.words))
    return [frozenset(t for words in looked.words.values() for t in words[turn].forms) for turn in turns]
