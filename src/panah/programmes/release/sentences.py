"""What a table, an attack and a package say: a code for programs, a sentence for people.

A room that shows these in another language translates the templates of ``SENTENCES`` by their code.
"""

from dataclasses import dataclass

SENTENCES = {
    # A cell, read aloud.
    "count": "%(cell)s: %(count)s.",
    "nobody": "%(cell)s: nobody.",
    "hidden": "%(cell)s: not shown, to protect people.",
    "not-asked": "%(cell)s: not asked.",
    "about": "%(cell)s: about %(count)s, rounded to %(base)s.",
    "fewer": "%(cell)s: fewer than %(base)s, or nobody.",
    "rate": "%(cell)s: %(percent)s per cent.",
    "rate-hidden": "%(cell)s: no share is shown, because a count behind it is hidden.",
    "rate-none": "%(cell)s: no share, because there is nobody to share among.",
    # A table that could not be protected.
    "cannot-protect": "“%(table)s” cannot be protected: %(cell)s would stay known from what is published already. "
    "Leave a dimension out, or join small groups.",
    # What an attack learns.
    "cell-anyone": "“%(table)s”: any reader can work out %(cell)s, which is to be protected: "
    "between %(low)s and %(high)s people.",
    "cell-society": "“%(table)s”: %(society)s takes away its own count at %(cell)s and learns about the people of "
    "others: between %(low)s and %(high)s.",
    "added-anyone": "“%(table)s” beside “%(earlier)s”: at %(cell)s any reader learns how many people were added: "
    "between %(low)s and %(high)s.",
    "added-society": "“%(table)s” beside “%(earlier)s”: at %(cell)s %(society)s takes away its own count and "
    "learns how many people of others were added: between %(low)s and %(high)s.",
    "left-anyone": "“%(table)s” beside “%(earlier)s”: at %(cell)s any reader learns how many people are in the earlier "
    "release only: between %(low)s and %(high)s.",
    "left-society": "“%(table)s” beside “%(earlier)s”: at %(cell)s %(society)s takes away its own count and learns how "
    "many people of others are in the earlier release only: between %(low)s and %(high)s.",
    "corrected": "“%(table)s” beside “%(earlier)s”: %(cell)s was %(before)s and is %(after)s for the same people. "
    "A small correction points to a person.",
    "contradiction": "“%(table)s” and what was published earlier cannot both be true: counts were corrected in "
    "between. Only numbers that both show were compared.",
    "came-and-went": "Since these people were counted for an earlier release, some were added and some taken out. What "
    "both tell together cannot be bounded: nothing exact of them can be published again.",
    "no-truth": "“%(table)s” was not attacked: its exact counts were not given.",
    "copied": "The rows repeat %(copied)s of %(rare)s rare people who were counted, and %(chance)s of %(others)s rare "
    "people who were not. Rows were copied.",
    "membership": "From the rows one can tell who was counted: right in %(percent)s per cent of pairs; chance is 50.",
    "no-rehearsal": "The rows were not attacked: people who were counted and people who were not are needed "
    "beside them.",
    "too-few-rehearsed": "The rows were not attacked: at least %(needed)s people who were counted and as many who were "
    "not are needed beside them.",
    # What an attack tried.
    "tried-cells": "Bounds on hidden cells, by any reader and by each of these societies: %(societies)s.",
    "tried-cells-anyone": "Bounds on hidden cells, by any reader.",
    "tried-earlier": "Differences from “%(earlier)s”.",
    "not-tried-society": "Differences from “%(earlier)s” could not be attacked as %(society)s: its earlier counts were "
    "not given.",
    "other-measure": "“%(earlier)s” counts something else; the same people may be in it. No difference was taken.",
    "outer": "The tables are too large to be joined cell by cell: bounds may be narrower than was found.",
    "tried-rows": "Rare rows and the distance to the nearest row, with %(members)s people who were counted and "
    "%(others)s who were not.",
    # What may be published at all.
    "below-floor": "There are fewer than %(floor)s people in it: no rows are made of so few, real or not.",
    "floor-too-low": "A floor below %(floor)s is not allowed.",
    "exact-released": "Exact figures of these people and this period have been released: no rows can follow, because "
    "the two together would tell more than either says.",
    "private-released": "Figures of these people and this period were released from protected counts: exact tables "
    "cannot follow. Derive the table from the protected counts.",
    # What a package says of itself.
    "verified": "This is what was signed, unchanged.",
    "withdrawn": "This release was withdrawn on %(date)s: %(reason)s",
    "not-a-package": "This file is no release package, or it is broken.",
    "too-large": "This file says that it unpacks to more than a release may hold.",
    "bad-signature": "The signature does not fit: somebody else signed this, or it was changed.",
    "changed-file": "%(file)s was changed after signing.",
    "missing-file": "%(file)s is missing.",
    "unsigned-file": "%(file)s was put in after signing.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``str()`` of it is the English one."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return SENTENCES[self.code] % dict(self.values)


def say(code: str, **values: str | int) -> Sentence:
    """Return the sentence of a code with what it names."""
    return Sentence(code, tuple((name, str(value)) for name, value in values.items()))
