"""The words of a referral: its states, ways, answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OFFERED = "offered", _("offered, waiting for an answer")
    MORE_ASKED = "more_asked", _("more is asked")
    ACCEPTED = "accepted", _("accepted")
    MEETING = "meeting", _("meeting agreed")
    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    DONE = "done", _("done, with feedback")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Way(models.TextChoices):
    LETTER = "letter", _("a letter, handed over or sent by a safe way")
    SCRIPT = "script", _("by telephone, read from a script")
    PAGE = "page", _("a page that opens once, with a code told by phone")


class Declined(models.TextChoices):
    FULL = "full", _("no place now")
    NOT_ADMITTED = "not_admitted", _("does not take this person")
    LANGUAGE = "language", _("does not speak the language")
    AREA = "area", _("does not work there")
    NOT_SAFE = "not_safe", _("not safe there")
    NO_ANSWER = "no_answer", _("did not answer")
    OTHER = "other", _("another reason")


class Outcome(models.TextChoices):
    HELPED = "helped", _("helped")
    PARTLY = "partly", _("helped in part")
    NOT_HELPED = "not_helped", _("not helped")
    LEFT = "left", _("the person did not want it any more")
    FAILED = "failed", _("the partner did not do what was agreed")
