"""What is counted and released, and how far a release is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOM = "evidence"
# The purpose of what is due: a second person reads a release that was prepared.
READ = "read"


class Own(models.TextChoices):
    """The society's own facts, each with what it means; of people, once for each card."""

    SCREENED = "screened", _("screened")
    IDENTIFIED = "identified", _("identified")
    ASSISTED = "assisted", _("assisted")
    SHELTERED = "sheltered", _("sheltered")
    REFERRED = "referred", _("referred")
    RETURNED = "returned", _("returned")
    REINTEGRATED = "reintegrated", _("reintegrated")


MEANS = {
    Own.SCREENED: _("Indicators were asked for in at least one meeting."),
    Own.IDENTIFIED: _(
        "Somebody whose task it is decided that the person was trafficked. Presumed is not counted."
    ),
    Own.ASSISTED: _("Help of any kind was given, or goes on."),
    Own.SHELTERED: _("There was a bed in one of our own safe places."),
    Own.REFERRED: _("Another organisation or society took the person on; an offer alone does not count."),
    Own.RETURNED: _("Help with the way home or onward was given."),
    Own.REINTEGRATED: _("There was a plan for later, and the case was closed since the person reached it."),
}


class OwnWork(models.TextChoices):
    """Facts without persons, from what training and prevention count."""

    TRAINED = "trained", _("trained")
    REACHED = "reached", pgettext_lazy("people", "reached")


WORK_MEANS = {
    OwnWork.TRAINED: _("People in courses that were held; who came to two courses counts twice."),
    OwnWork.REACHED: _("People in sessions of prevention; who came to two sessions counts twice."),
}


class What(models.TextChoices):
    """Of whom a population is."""

    CASES = "cases", _("people with a case who agreed to be counted")
    REHEARSAL = "rehearsal", _("made-up people, to rehearse")


class Product(models.TextChoices):
    MICRODATA = "microdata", _("rows of made-up people that count alike, with tables made of them")
    TABLES = "tables", _("tables of exact counts, small ones hidden")
    JOINT = "joint", _("a table of several societies together, of what each may show")


# Exact figures and rows of the same people exclude each other: what is said of each once the other was made.
CLOSED = {
    Product.MICRODATA: (
        _("Exact figures of these people and this year were counted already: rows cannot follow."),
        _("Choose another year, or tables."),
    ),
    Product.TABLES: (
        _("Rows of these people and this year were paid for already: exact tables cannot follow."),
        _("Choose another year, or take the tables from the package of those rows."),
    ),
}
# What the tables of a file are called on pages.
TABLE_NAMES = {
    "by-country": _("By country"),
    "by-citizenship": _("By citizenship"),
    "by-kind": _("By kind of exploitation"),
}


class ReleaseState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a release", "begun")
    SPENT = "spent", pgettext_lazy("a release", "counting began, nothing came of it")
    PREPARED = "prepared", pgettext_lazy("a release", "prepared, waits for a second person")
    READ = "read", pgettext_lazy("a release", "being read by a second person")
    CHANGES = "changes", pgettext_lazy("a release", "to be published after changes")
    REFUSED = "refused", pgettext_lazy("a release", "not published")
    PUBLISHED = "published", pgettext_lazy("a release", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("a release", "withdrawn")


OUT = (ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN)
TONES: dict[str, str] = {
    ReleaseState.SPENT: "urgent",
    ReleaseState.PREPARED: "soon",
    ReleaseState.READ: "soon",
    ReleaseState.CHANGES: "soon",
    ReleaseState.PUBLISHED: "good",
    ReleaseState.WITHDRAWN: "urgent",
}


class Decision(models.TextChoices):
    PUBLISH = "publish", _("Publish")
    CHANGES = "changes", _("Ask for changes")
    NO = "no", _("Do not publish")


# Under which title the society's own count stands among the sources of the register.
OWN_COUNT = "Facts cards, trainings and sessions, counted in Panah"
