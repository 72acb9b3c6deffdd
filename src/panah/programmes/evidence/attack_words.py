"""What attacks and packages say, as catalogues hold it: ``panah.programmes.release.sentences``, word for word.

A test compares both. Tables, columns and values are called as pages call them; in the file they have their own names.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.programmes.evidence.column_words import cell_in_words
from panah.programmes.evidence.words import TABLE_NAMES
from panah.programmes.release.sentences import Sentence

SENTENCES = {
    "count": gettext_lazy("%(cell)s: %(count)s."),
    "nobody": gettext_lazy("%(cell)s: nobody."),
    "hidden": gettext_lazy("%(cell)s: not shown, to protect people."),
    "not-asked": gettext_lazy("%(cell)s: not asked."),
    "about": gettext_lazy("%(cell)s: about %(count)s, rounded to %(base)s."),
    "fewer": gettext_lazy("%(cell)s: fewer than %(base)s, or nobody."),
    "rate": gettext_lazy("%(cell)s: %(percent)s per cent."),
    "rate-hidden": gettext_lazy("%(cell)s: no share is shown, because a count behind it is hidden."),
    "rate-none": gettext_lazy("%(cell)s: no share, because there is nobody to share among."),
    "cannot-protect": gettext_lazy(
        "“%(table)s” cannot be protected: %(cell)s would stay known from what is published already. "
        "Leave a dimension out, or join small groups."
    ),
    "cell-anyone": gettext_lazy(
        "“%(table)s”: any reader can work out %(cell)s, which is to be protected: between %(low)s and "
        "%(high)s people."
    ),
    "cell-society": gettext_lazy(
        "“%(table)s”: %(society)s takes away its own count at %(cell)s and learns about the people of "
        "others: between %(low)s and %(high)s."
    ),
    "added-anyone": gettext_lazy(
        "“%(table)s” beside “%(earlier)s”: at %(cell)s any reader learns how many people were added: "
        "between %(low)s and %(high)s."
    ),
    "added-society": gettext_lazy(
        "“%(table)s” beside “%(earlier)s”: at %(cell)s %(society)s takes away its own count and learns "
        "how many people of others were added: between %(low)s and %(high)s."
    ),
    "left-anyone": gettext_lazy(
        "“%(table)s” beside “%(earlier)s”: at %(cell)s any reader learns how many people are in the "
        "earlier release only: between %(low)s and %(high)s."
    ),
    "left-society": gettext_lazy(
        "“%(table)s” beside “%(earlier)s”: at %(cell)s %(society)s takes away its own count and learns "
        "how many people of others are in the earlier release only: between %(low)s and %(high)s."
    ),
    "corrected": gettext_lazy(
        "“%(table)s” beside “%(earlier)s”: %(cell)s was %(before)s and is %(after)s for the same "
        "people. A small correction points to a person."
    ),
    "contradiction": gettext_lazy(
        "“%(table)s” and what was published earlier cannot both be true: counts were corrected in "
        "between. Only numbers that both show were compared."
    ),
    "came-and-went": gettext_lazy(
        "Since these people were counted for an earlier release, some were added and some taken out. What "
        "both tell together cannot be bounded: nothing exact of them can be published again."
    ),
    "no-truth": gettext_lazy("“%(table)s” was not attacked: its exact counts were not given."),
    "copied": gettext_lazy(
        "The rows repeat %(copied)s of %(rare)s rare people who were counted, and %(chance)s of "
        "%(others)s rare people who were not. Rows were copied."
    ),
    "membership": gettext_lazy(
        "From the rows one can tell who was counted: right in %(percent)s per cent of pairs; chance is 50."
    ),
    "no-rehearsal": gettext_lazy(
        "The rows were not attacked: people who were counted and people who were not are needed beside them."
    ),
    "too-few-rehearsed": gettext_lazy(
        "The rows were not attacked: at least %(needed)s people who were counted and as many who were "
        "not are needed beside them."
    ),
    "tried-cells": gettext_lazy(
        "Bounds on hidden cells, by any reader and by each of these societies: %(societies)s."
    ),
    "tried-cells-anyone": gettext_lazy("Bounds on hidden cells, by any reader."),
    "tried-earlier": gettext_lazy("Differences from “%(earlier)s”."),
    "not-tried-society": gettext_lazy(
        "Differences from “%(earlier)s” could not be attacked as %(society)s: its earlier counts were "
        "not given."
    ),
    "other-measure": gettext_lazy(
        "“%(earlier)s” counts something else; the same people may be in it. No difference was taken."
    ),
    "outer": gettext_lazy(
        "The tables are too large to be joined cell by cell: bounds may be narrower than was found."
    ),
    "tried-rows": gettext_lazy(
        "Rare rows and the distance to the nearest row, with %(members)s people who were counted and "
        "%(others)s who were not."
    ),
    "below-floor": gettext_lazy(
        "There are fewer than %(floor)s people in it: no rows are made of so few, real or not."
    ),
    "floor-too-low": gettext_lazy("A floor below %(floor)s is not allowed."),
    "exact-released": gettext_lazy(
        "Exact figures of these people and this period have been released: no rows can follow, because "
        "the two together would tell more than either says."
    ),
    "private-released": gettext_lazy(
        "Figures of these people and this period were released from protected counts: exact tables "
        "cannot follow. Derive the table from the protected counts."
    ),
    "verified": gettext_lazy("This is what was signed, unchanged."),
    "withdrawn": gettext_lazy("This release was withdrawn on %(date)s: %(reason)s"),
    "not-a-package": gettext_lazy("This file is no release package, or it is broken."),
    "too-large": gettext_lazy("This file says that it unpacks to more than a release may hold."),
    "bad-signature": gettext_lazy(
        "The signature does not fit: somebody else signed this, or it was changed."
    ),
    "changed-file": gettext_lazy("%(file)s was changed after signing."),
    "missing-file": gettext_lazy("%(file)s is missing."),
    "unsigned-file": gettext_lazy("%(file)s was put in after signing."),
}


def said(line: Mapping[str, object]) -> str:
    """Return a line of a report in the reader's language; the code where its sentence is not known any more."""
    code, values = str(line.get("code")), line.get("values")
    if code not in SENTENCES or not isinstance(values, dict):
        return _("Something that this version of Panah has no sentence for: %(code)s") % {"code": code}
    named = {name: table_name(str(values[name])) for name in ("table", "earlier") if name in values}
    if "cell" in values:
        named["cell"] = cell_in_words(str(values["cell"]))
    return str(SENTENCES[code]) % {**values, **named}


def table_name(name: str) -> str:
    """Return what a table is called on pages, its days behind it; as the file names it, where it has no other name."""
    table, comma, days = name.partition(", ")
    return f"{TABLE_NAMES.get(table, table)}{comma}{days}"


def sentence(of: Sentence) -> str:
    """Return a sentence of the engine in the reader's language."""
    return said({"code": of.code, "values": dict(of.values)})
