"""The library in words: kinds of documents, who sees them, how far the reading is, and why something was not read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LIBRARY = "library"
MIB = 1024 * 1024
# Bytes of one piece, and of the largest file.
PIECE = MIB
MOST_BYTES = 250 * MIB


class Kind(models.TextChoices):
    TREATY = "treaty", _("Treaty")
    RESOLUTION = "resolution", _("Resolution or declaration")
    PLAN = "plan", _("Strategy or plan of action")
    LAW = "law", _("Law or rules")
    GUIDELINE = "guideline", _("Guideline")
    TRAINING = "training", _("For training")
    REPORT = "report", _("Report")
    LEAFLET = "leaflet", _("Leaflet")
    OTHER = "other", _("Other")


# Why a file was not read: it is about a person who is helped.
ABOUT_A_PERSON = "about-a-person"


class Visibility(models.TextChoices):
    """Who finds a document. What is confidential is found by those named, and by nobody else."""

    CONFIDENTIAL = "confidential", _("confidential: focal points, who brought it, and those who are named")
    NETWORK = "network", _("the network: colleagues of every society here")
    PUBLIC = "public", _("public: it may be given to everybody")


class State(models.TextChoices):
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", pgettext_lazy("a document", "no longer in force")
    WITHDRAWN = "withdrawn", pgettext_lazy("a document", "withdrawn")


class Reading(models.TextChoices):
    """How far the reading of a version is."""

    WAITING = "waiting", _("waits to be read")
    READING = "reading", _("is being read")
    READ = "read", _("read")
    UNREADABLE = "unreadable", _("could not be read")


class LanguageBy(models.TextChoices):
    DETECTED = "detected", _("recognised by the machine")
    CHOSEN = "chosen", _("chosen by a person")


class ReadBy(models.TextChoices):
    TEXT_LAYER = "text_layer", _("the text in the file")
    TESSERACT = "tesseract", _("a picture of the page, recognised")
    NOTHING = "nothing", _("not read")


class LinkKind(models.TextChoices):
    """What a document is to a provision, a practice or another document."""

    PROVISION = "provision", _("about this provision")
    PRACTICE = "practice", _("about this practice")
    REPLACES = "replaces", _("replaces")
    TRANSLATION = "translation", _("translation of")
    SAME_MATTER = "same_matter", _("on the same matter")


# Where the library's documents are from or about, the region first: as small letters.
COUNTRIES = (
    *("kz", "kg", "tj", "tm", "uz", "ru", "tr", "ae", "ir", "af", "az", "am", "ge", "by", "ua", "md", "mn"),
    *("cn", "kr", "in", "pk", "th", "il", "qa", "sa", "de", "pl", "it", "dk", "gr"),
)
