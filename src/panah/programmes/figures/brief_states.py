"""Briefs about a country in words: how far one is, what is due about it, what its second reader is asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BRIEFS = "figures-briefs"
# Due items: to read, to clear, to go on with what came back or was cleared, to look at an erratum.
READ = "read"
CLEARANCE = "clearance"
GO_ON = "go-on"
ERRATUM = "erratum"


class BriefState(models.TextChoices):
    """What its author has done with a brief; what was said of it makes a ``BriefStanding`` of it."""

    DRAFT = "draft", pgettext_lazy("a brief", "draft")
    READING = "reading", pgettext_lazy("a brief", "with the second reader")
    CLEARING = "clearing", pgettext_lazy("a brief", "waits for the society concerned")
    PUBLISHED = "published", pgettext_lazy("a brief", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("a brief", "withdrawn")


class BriefStanding(models.TextChoices):
    """How far a brief is."""

    DRAFT = "draft", pgettext_lazy("a brief", "draft")
    READING = "reading", pgettext_lazy("a brief", "with the second reader")
    SENT_BACK = "sent-back", pgettext_lazy("a brief", "sent back by the second reader")
    CLEARING = "clearing", pgettext_lazy("a brief", "waits for the society concerned")
    NOT_CLEARED = "not-cleared", pgettext_lazy("a brief", "not cleared by the society concerned")
    CLEARED = "cleared", pgettext_lazy("a brief", "cleared, not yet published")
    PUBLISHED = "published", pgettext_lazy("a brief", "published")
    OBJECTED = "objected", pgettext_lazy("a brief", "published, clearance taken back")
    WITHDRAWN = "withdrawn", pgettext_lazy("a brief", "withdrawn")


class BriefReviewKind(models.TextChoices):
    READING = "reading", _("of the second reader")
    CLEARANCE = "clearance", _("of the society concerned")


# What the second reader is asked, by the code of ``rules.briefs``.
BRIEF_QUESTIONS = {
    "border": _("Will this get young women of this nationality stopped at a border?"),
    "recognised": _("Can somebody be recognised in it: a small number beside a place, a day or an event?"),
    "says_more": _("Does a sentence say more than the figure behind it?"),
    "joined": _(
        "Are figures of different measures or publishers added, or set against each other as if they were one?"
    ),
    "ranks": _("Does it rank states or societies, or put a nationality on one level with a crime?"),
    "unknown": _("Does it say what is not known?"),
}
