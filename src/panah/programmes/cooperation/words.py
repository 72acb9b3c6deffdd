"""What societies tell each other, in words: who can be reached, what each does along the route, what has worked."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Rooms on the work lists, by what their items are about, and the purposes there.
POINTS, PRACTICES, REVIEWS, DECISIONS, QUESTIONS = (
    *("contact_points", "practices", "practice_reviews", "meeting_decisions", "guest_questions"),
)
TRY, PUBLISH, REVIEW, FOLLOW, REPLY = (
    "duty_try",
    "practice_publish",
    "practice_review",
    "decision_do",
    "guest_reply",
)


class Kind(models.TextChoices):
    """What can be shared with other societies and with guests."""

    PROFILE = "profile", _("What a society does along the route")
    POINT = "point", _("Contact point")
    CORRIDOR = "corridor", _("Corridor")
    PRACTICE = "practice", _("Good practice")
    MEETING = "meeting", _("Meeting")
    # Cleared in the room of commitments, not shared here.
    STATUS = "status", _("How far a commitment is")


class Function(models.TextChoices):
    """For what a contact point is there, or who answered a telephone: a role, no name."""

    FOCAL_POINT = "focal_point", _("Focal point on trafficking")
    DUTY = "duty", _("Duty officer")
    HOTLINE = "hotline", _("Hotline")
    FAMILY_LINKS = "family_links", _("Restoring family links")
    PROTECTION = "protection", _("Protection and case work")
    SHELTER = "shelter", _("Shelter")
    LEGAL = "legal", _("Legal aid")
    LEADERSHIP = "leadership", _("Leadership")
    OTHER = "other", _("Another office")


class Capability(models.TextChoices):
    """What a society can do along the route."""

    RECEPTION = "reception", _("Reception on arrival")
    ESCORT = "escort", _("Escort on the way")
    TRACING = "tracing", _("Tracing and family links")
    SHELTER = "shelter", _("Shelter")
    LEGAL = "legal", _("Legal aid")


class Means(models.TextChoices):
    """How a society does it."""

    SELF = "self", _("does it itself")
    PARTNER = "partner", _("through a partner")
    NOT = "not", _("cannot do it")
    UNKNOWN = "unknown", _("not said")


class Works(models.TextChoices):
    """How something works between two countries today."""

    WORKS = "works", _("works")
    PARTLY = "partly", _("works at times")
    NOT = "not", _("does not work")
    UNKNOWN = "unknown", _("never tried")


# How a line of a corridor is drawn: not by colour alone.
DASHES = {Works.WORKS: "", Works.PARTLY: "10 6", Works.NOT: "2 7", Works.UNKNOWN: "2 7"}


class Answered(models.TextChoices):
    """What came of a test call. The words are the directory's."""

    ANSWERED = "answered", _("answered")
    BUSY = "busy", _("busy")
    NO_ANSWER = "no_answer", _("no answer")
    WRONG_NUMBER = "wrong_number", _("wrong number")


class PracticeState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ASKED = "asked", _("with another society for review")
    REVIEWED = "reviewed", _("reviewed, waits for a second person")
    PUBLISHED = "published", _("published")
    REPLACED = "replaced", _("replaced by a newer version")


class Verdict(models.TextChoices):
    GOOD = "good", _("It can be published")
    QUESTIONS = "questions", _("There are questions first")


class DecisionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a decision", "open")
    DONE = "done", pgettext_lazy("a decision", "done")
    DROPPED = "dropped", pgettext_lazy("a decision", "given up")


class SeatKind(models.TextChoices):
    """Whom a guest comes from."""

    SOCIETY = "society", _("National Society without a node")
    UN = "un", _("United Nations, IOM")
    NGO = "ngo", _("Non-governmental organisation")
    OTHER = "other", _("Another partner")


# The parts of a good practice, in their order.
TEMPLATE = {
    "need": _("The need"),
    "done": _("What was done"),
    "took": _("What it took"),
    "changed": _("What changed"),
    "evidence": _("Evidence"),
    "limits": _("Limits"),
}
# What whoever writes a good practice says of it: the fields of the model and of the form.
WRITTEN = ("title", *TEMPLATE, "contact", "elements", "provisions")
