"""Trainings: modules, courses, who takes part, who was there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOM = "training"
# A draft of a module that waits for a second person, and why it is on a list.
DRAFTS, LOOK = "training_drafts", "look"
# Where reminders of refreshers lead.
REFRESHERS = "training_refreshers"


class Audience(models.TextChoices):
    VOLUNTEERS = "volunteers", _("volunteers")
    OPERATORS = "operators", _("those who answer a line")
    TRAINERS = "trainers", _("trainers")
    STAFF = "staff", _("colleagues")
    PUPILS = "pupils", _("pupils")
    STUDENTS = "students", _("students")
    MIGRANTS = "migrants", _("people who are about to leave for work")
    RETURNEES = "returnees", _("people who came back")
    PUBLIC = "public", _("general public")
    POLICE = "police", _("police and prosecutors")
    BORDER_GUARDS = "border_guards", _("border guards")
    MEDIA = "media", _("media")


class DraftState(models.TextChoices):
    WRITING = "writing", pgettext_lazy("a draft", "being written")
    READY = "ready", pgettext_lazy("a draft", "waits for a second person")


class CourseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a course", "open")
    SETTLED = "settled", pgettext_lazy("a course", "settled")
    CANCELLED = "cancelled", pgettext_lazy("a course", "does not take place")


class EnrolmentState(models.TextChoices):
    ENROLLED = "enrolled", _("has a place")
    WAITING = "waiting", _("waits for a place")
    CANCELLED = "cancelled", pgettext_lazy("an enrolment", "cancelled")


class CameBy(models.TextChoices):
    """How somebody came to stand on the list of a course."""

    ENROLLED = "enrolled", _("enrolled before")
    LATE = "late", _("enrolled late")
    WALK_IN = "walk_in", _("came uninvited")


class RegisterSource(models.TextChoices):
    PAGE = "page", _("on this page")
    PHONE = "phone", _("on a telephone without a line")
    PAPER = "paper", _("typed in from paper")


class Level(models.TextChoices):
    BASIC = "basic", pgettext_lazy("a course", "basic course")
    FURTHER = "further", pgettext_lazy("a course", "further course")
    TRAINERS = "trainers", pgettext_lazy("a course", "course for trainers")


class TestTime(models.TextChoices):
    BEFORE = "before", pgettext_lazy("a test", "before the course")
    AFTER = "after", pgettext_lazy("a test", "after the course")


class TestWay(models.TextChoices):
    PAPER = "paper", _("typed in from paper")
    PHONE = "phone", _("on a telephone")
    ALOUD = "aloud", _("read aloud, marks counted")


class CertificateLanguage(models.TextChoices):
    ENGLISH = "en", "English"
    RUSSIAN = "ru", "Русский"


class CertificateState(models.TextChoices):
    VALID = "valid", pgettext_lazy("a certificate", "valid")
    REPLACED = "replaced", pgettext_lazy("a certificate", "replaced")
    REVOKED = "revoked", pgettext_lazy("a certificate", "revoked")
