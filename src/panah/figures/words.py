"""The register of figures in words: what is counted, how exact it is, what is doubtful, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIGURES = "figures"
SAY = "figures-say"
CLEAR = "figures-clear"
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


# Of its own work a society says how many it could have been.
OWN = (
    *(Measure.SCREENED, Measure.SHELTERED, Measure.RETURNED, Measure.REINTEGRATED, Measure.TRAINED),
    Measure.REACHED,
)


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


class SayState(models.TextChoices):
    """How far a sentence for everybody is."""

    DRAFT = "draft", pgettext_lazy("a sentence", "waits for a second person")
    CLEARED = "cleared", pgettext_lazy("a sentence", "may be said")
    REFUSED = "refused", pgettext_lazy("a sentence", "sent back")
    ENDED = "ended", pgettext_lazy("a sentence", "not to be said any more")


# Stands with every figure that joins several societies.
NOT_DEDUPLICATED = _(
    "Not deduplicated across societies: one person helped by two societies is counted in both."
)


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

    SUPERSEDED = "superseded", _("The publisher has revised it: the new number replaces the old one")
    WITHDRAWN = "withdrawn", _("The publisher has withdrawn the old number")
    BREAK = "break", _("It is counted otherwise from here on: both stand, and the series breaks")
    MISTAKEN = "mistaken", _("We had read it wrongly")
    STAYS = "stays", _("It is only missing in this file: the old number stands")
