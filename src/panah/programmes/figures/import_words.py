"""Sentences about a table on its way into the register: what a cell lacks, why a file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panah.ground.kit.tables import words as tables_words


class ImportState(models.TextChoices):
    """How far a table is on its way into the register."""

    ASKED = "asked", pgettext_lazy("a table", "its columns are to be looked at")
    WAITING = "waiting", pgettext_lazy("a table", "waits to be read")
    READING = "reading", pgettext_lazy("a table", "is being read")
    READY = "ready", pgettext_lazy("a table", "waits for somebody to accept it")
    UNREADABLE = "unreadable", pgettext_lazy("a table", "could not be read")
    ACCEPTED = "accepted", pgettext_lazy("a table", "accepted")


class Outcome(models.TextChoices):
    """What a number that was read is to the register."""

    NEW = "new", pgettext_lazy("a number", "new")
    CHANGED = "changed", pgettext_lazy("a number", "changed")
    UNCHANGED = "unchanged", pgettext_lazy("a number", "unchanged")
    GONE = "gone", pgettext_lazy("a number", "no longer there")


class Change(models.TextChoices):
    """What it is that a number reads otherwise than before, or is no longer there: four different things."""

    SUPERSEDED = (
        "superseded",
        gettext_lazy("The publisher has revised it: the new number replaces the old one"),
    )
    WITHDRAWN = "withdrawn", gettext_lazy("The publisher has withdrawn the old number")
    BREAK = "break", gettext_lazy("It is counted otherwise from here on: both stand, and the series breaks")
    MISTAKEN = "mistaken", gettext_lazy("We had read it wrongly")
    STAYS = "stays", gettext_lazy("It is only missing in this file: the old number stands")


# By what a table is split, as it is named in a sentence; what is not here is the publisher's own word.
DIMENSION_NAMES = {
    "sex": pgettext_lazy("what a table is split by", "sex"),
    "age": pgettext_lazy("what a table is split by", "age"),
    "citizenship": pgettext_lazy("what a table is split by", "citizenship"),
    "exploitation": pgettext_lazy("what a table is split by", "exploitation"),
    "decision": pgettext_lazy("what a table is split by", "decision"),
    "place": pgettext_lazy("what a table is split by", "place"),
    "stage": pgettext_lazy("what a table is split by", "stage"),
    "dimension": pgettext_lazy("what a table is split by", "way of splitting"),
    "category": pgettext_lazy("what a table is split by", "group"),
    "column": pgettext_lazy("what a table is split by", "column"),
    "year": pgettext_lazy("what a table is split by", "year"),
}

WRONG = {
    **tables_words.WRONG,
    "not-a-number": gettext_lazy("This is not a number, nor a sign whose meaning is known."),
    "not-whole": gettext_lazy(
        "People are counted whole: look whether the comma or the point parts thousands."
    ),
    "too-large": gettext_lazy("This number is larger than any that is counted here."),
    "below-nought": gettext_lazy("This is less than zero."),
    "range-turned": gettext_lazy("This range ends before it begins."),
    "dash": gettext_lazy("A dash stands here: say with the columns what it means in this source."),
    "hidden-how-large": gettext_lazy(
        "A sign for a hidden number stands here: say with the columns how large it may be."
    ),
    "not-a-year": gettext_lazy("This is not a year."),
    "not-a-part-of-a-year": gettext_lazy("This is neither a quarter nor a month."),
    "no-such-country": gettext_lazy("There is no country of this name."),
    "no-such-measure": gettext_lazy("It was not said what this counts: say it with the columns."),
    "no-such-unit": gettext_lazy("It was not said what one of these is: say it with the columns."),
    "word-missing": gettext_lazy("It does not say whom the number is about."),
    "twice": gettext_lazy(
        "Two rows are about the same group and time, and nobody knows which one counts. Neither is taken."
    ),
}

UNREADABLE = {
    **tables_words.UNREADABLE,
    "no-columns": gettext_lazy("No line of this file reads like the headings of a table."),
    "no-rows": gettext_lazy("No number in this table was understood."),
    "too-many-figures": gettext_lazy(
        "This table has %(rows)s rows with %(figures)s numbers. At most %(most)s are taken: say with the columns "
        "which countries you need, or upload a table of the years you need."
    ),
    "about-people": gettext_lazy(
        "This reads like a table of people, with names, telephones or case numbers. Nothing of it was kept."
    ),
}
LACKING = {
    "no-numbers": gettext_lazy("No column has the numbers."),
    "no-year": gettext_lazy("It is not said which year the numbers are about."),
    "no-measure": gettext_lazy("It is not said what is counted."),
    "no-country": gettext_lazy("It is not said which country the numbers are about."),
    "role-twice": gettext_lazy("Two columns are said to be the same."),
}


def say_unreadable(code: str, more: Mapping[str, object]) -> str:
    """Return why a file cannot be read, as a sentence."""
    sentence = UNREADABLE.get(code)
    return str(sentence) % more if sentence is not None else _("This file cannot be read as a table.")


def say_note(code: str, column: str) -> str:
    """Return what of a file was left out, or is to be looked at, as a sentence."""
    return str(tables_words.NOTES[code]) % {"column": column}


def dimension_name(code: str) -> str:
    """Return the name of a dimension in the reader's language; "column 2" is the second part of a heading."""
    name, blank, number = code.partition(" ")
    if name == "column" and number.isdigit():
        return f"{DIMENSION_NAMES[name]}{blank}{number}"
    return str(DIMENSION_NAMES.get(code, code))


def dimension_of(name: str) -> str:
    """Return the code of a dimension that somebody typed in her language, or what she typed."""
    plain = name.strip().casefold()
    return next((code for code, said in DIMENSION_NAMES.items() if str(said).casefold() == plain), plain)


def say_wrong(code: str) -> str:
    return str(WRONG.get(code, "")) or _("This is not understood.")
