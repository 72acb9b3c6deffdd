"""The register of figures in words: what is counted, how exact it is, what is doubtful, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIGURES = "figures"
SENTENCES = "figures-sentences"
CLEAR = "figures-clear"
# Due: the figure of a sentence that may be said no longer stands.
FELL = "figures-fell"
# Bytes of one piece of a kept original, and of the largest one.
PIECE = 1024 * 1024
MOST_BYTES = 250 * 1024 * 1024


class Measure(models.TextChoices):
    """What a number counts. Numbers of different measures are never added."""

    ESTIMATE = "estimate", _("estimated")
    IDENTIFIED = "identified", _("identified")
    REGISTERED = "registered", _("registered")
    ASSISTED = "assisted", _("assisted")
    REFERRED = "referred", _("referred")
    REPATRIATED = "repatriated", _("repatriated")
    DETAINED = "detained", _("detained")
    INVESTIGATED = "investigated", _("investigated")
    PROSECUTED = "prosecuted", _("prosecuted")
    CONVICTED = "convicted", _("convicted")
    CALLS = "calls", _("calls to a hotline")
    DECIDED = "decided", _("decided on by an authority")
    PRESENT = "present", _("reported to be there")
    # The network's own work.
    SCREENED = "screened", _("screened")
    SHELTERED = "sheltered", _("sheltered")
    RETURNED = "returned", pgettext_lazy("people", "returned")
    REINTEGRATED = "reintegrated", _("reintegrated")
    TRAINED = "trained", _("trained")
    REACHED = "reached", _("reached by information")
    CAPACITY = "capacity", _("branches, volunteers, places")
    # For rates alone.
    POPULATION = "population", _("people who live there")


class Unit(models.TextChoices):
    """What one is: the units of the international classification of administrative data on trafficking."""

    EVENT = "event", _("events")
    PERSON = "person", _("people affected")
    PERPETRATOR = "perpetrator", _("perpetrators")
    REPORTER = "reporter", _("reporting bodies")


class ValueKind(models.TextChoices):
    NUMBER = "number", _("a number")
    TIMES = "times", _("so many times another number")
    PERCENT = "percent", _("a share of another number")
    RATE = "rate", _("worked out from two figures")


class Sex(models.TextChoices):
    FEMALE = "female", _("women and girls")
    MALE = "male", _("men and boys")


class Age(models.TextChoices):
    CHILDREN = "children", _("children")
    ADULTS = "adults", _("adults")


class Exploitation(models.TextChoices):
    """Kinds overlap: one person may have suffered several, so that numbers by kind are never added."""

    SEXUAL = "sexual", _("sexual exploitation")
    LABOUR = "labour", _("forced labour")
    DOMESTIC = "domestic", _("domestic servitude")
    BEGGING = "begging", _("forced begging")
    CRIMINALITY = "criminality", _("forced criminality")
    MARRIAGE = "marriage", _("forced marriage")
    ARMED = "armed", _("coercion into armed forces")
    ORGANS = "organs", _("removal of organs")
    OTHER = "other", _("another kind")


class Flag(models.TextChoices):
    """What a reader must know before she says the number."""

    REPEATED = "repeated", _("the same number as the year before")
    CONTESTED = "contested", _("others say otherwise")
    WORD_AND_NUMBER = "word-and-number", _("word and number disagree")
    CENSORED = "censored", _("hidden as a small number")
    RELATIVE = "relative", _("says only how many times more, or which share")
    UNCLEAR_BASE = "unclear-base", _("it is not clear of what")
    NO_YEAR = "no-year", _("no year is said")
    YEAR_INFERRED = "year-inferred", _("the year follows from the report")
    SECOND_HAND = "second-hand", _("read where somebody else quotes it")
    NOT_COMPARABLE = "not-comparable", _("not to be compared with the year before")
    ROUNDED = "rounded", _("rounded")


class State(models.TextChoices):
    """Where a figure stands. Nothing is written over: what replaces it is a row of its own."""

    STANDS = "stands", pgettext_lazy("a figure", "stands")
    SUPERSEDED = "superseded", pgettext_lazy("a figure", "replaced by a newer one")
    WITHDRAWN = "withdrawn", pgettext_lazy("a figure", "withdrawn by its publisher")
    MISTAKEN = "mistaken", pgettext_lazy("a figure", "entered here by mistake")


class SourceKind(models.TextChoices):
    STATISTICS = "statistics", _("official statistics")
    REPORT = "report", _("report")
    PRESENTATION = "presentation", _("presentation")
    DATA_PORTAL = "portal", _("data portal")
    NEWS = "news", _("news")
    OWN_COUNT = "own", _("our own count")
    OTHER = "other", pgettext_lazy("a source", "something else")


class TensionKind(models.TextChoices):
    """How two figures, or a figure and the words around it, disagree."""

    WORD_AND_NUMBER = "word-and-number", _("the words say something else than the numbers")
    NUMBERS = "numbers", _("two numbers for one question")
    MEANING = "meaning", _("one word for two things")
    JUMP = "jump", _("a jump that nobody explains")
    REPEATED = "repeated", _("a number that repeats")


class SentenceState(models.TextChoices):
    """How far a sentence for everybody is."""

    DRAFT = "draft", pgettext_lazy("a sentence", "waits for a second person")
    CLEARED = "cleared", pgettext_lazy("a sentence", "may be said")
    REFUSED = "refused", pgettext_lazy("a sentence", "sent back")
    ENDED = "ended", pgettext_lazy("a sentence", "not to be said any more")


# Stands with every figure that joins several societies.
NOT_DEDUPLICATED = _(
    "Not deduplicated across societies: one person helped by two societies is counted in both."
)

# Why figures make no sum, by the code of ``rules.adding``.
NOT_ADDABLE = {
    "nothing": _("No figure was chosen."),
    "twice": _("One figure stands there twice."),
    "measures": _(
        "They count different things: an estimate, people identified and people assisted make no sum."
    ),
    "publishers": _("Different publishers counted them: the same people may stand in both."),
    "units": _("They count different units: people, events, perpetrators."),
    "not-a-count": _("A share, a multiple or a rate is not added."),
    "not-standing": _("One of them was replaced or withdrawn."),
    "break": _("Between these years the way of counting changed."),
    "years": _("They are about different times: one person may stand in two years."),
    "sources": _("They stand in different tables, which split people each in its own way."),
    "overlap": _("The same people may stand in two of them."),
    "total-beside-parts": _("One of them holds the others already: a total beside its parts."),
}
# What must be said beside a sum.
CAUTIONS = {
    "joint": NOT_DEDUPLICATED,
    "countries": _("One person may be counted in two countries."),
    "hidden": _("Small numbers are hidden in it: the sum is known only as a range."),
}

# What is wrong with a figure, by the code of ``rules.claims``: a sentence and what to do.
PROBLEMS = {
    "no-number": (_("There is no number in it."), _("Write it as it is printed, for example 1,350 or <5.")),
    "upside-down": (_("The range ends before it begins."), _("Look at the two ends again.")),
    "rate-by-hand": (
        _("A rate is worked out here from two figures."),
        _("Enter both figures; the rate is made from their page."),
    ),
    "no-place": (
        _("A figure says where it stands in its source."),
        _("Copy the sentence, or say in which row or on which page it is."),
    ),
    "period": (_("The period ends before it begins."), _("Look at the two days again.")),
    "of-what": (
        _("A share or a multiple says of what."),
        _("Write which number it is measured against; if nobody says, write that."),
    ),
    "of-how-many": (
        _("A figure of our own work says out of how many."),
        _("Write it, for example: of 120 people who called."),
    ),
    "small-and-own": (
        _("Of people in our own work, a number from 1 to 4 is not written down: it may point to somebody."),
        _("Write it as <5."),
    ),
}
