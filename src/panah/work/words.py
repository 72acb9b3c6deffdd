"""The neutral words of work: what a list may show while the vault is locked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CALL = "call", _("Call")
    MEET = "meet", _("Meet")
    REVIEW = "review", _("Review")
    ANSWER = "answer", _("Answer")
    DECIDE = "decide", _("Decide")
    DEADLINE = "deadline", _("Deadline")


class Urgency(models.TextChoices):
    NOW = "now", _("now")
    TODAY = "today", _("today")
    WEEK = "week", _("this week")
    LATER = "later", _("later")


class AgeGroup(models.TextChoices):
    UNKNOWN = "unknown", _("age not known")
    ADULT = "adult", _("adult")
    CHILD = "child", _("child")


# The name of the sealed part that holds an item's sentence, in the file it belongs to.
SENTENCE = "due"
