"""What is asked about a threat against a colleague, and about an interpreter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Where what is due about threats and interpreters leads.
ROOM = "threats"
INTERPRETERS = "interpreters"

# Names of sealed parts. Of a threat: what was told, whom it concerns, what was done. Of an interpreter: what few read.
TOLD = "told"
CONCERNS = "concerns"
STEP = "step"
RESTRICTED = "restricted"


class ThreatState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a report", "open")
    CLOSED = "closed", _("closed")


class Against(models.TextChoices):
    ME = "me", _("against me")
    COLLEAGUE = "colleague", _("against a colleague")
    ALL = "all", _("against the office or a house")


class What(models.TextChoices):
    WORDS = "words", _("threatened in words")
    MESSAGES = "messages", _("calls or messages")
    FOLLOWED = "followed", _("followed or watched")
    VIOLENCE = "violence", _("violence, or an attempt")
    HOME = "home", _("came to the home, or threatened the family")
    ONLINE = "online", _("name, picture or address put on the internet")
    PRESSURE = "pressure", _("pressure by an office, or with papers")
    HARASSED = "harassed", _("harassment, also sexual")
    OTHER = "other", _("something else")


class ThreatSource(models.TextChoices):
    UNKNOWN = "unknown", _("not known")
    TRAFFICKER = "trafficker", _("whoever exploits people, or people of theirs")
    FAMILY = "family", _("family or friends of somebody we help")
    PERSON = "person", _("somebody we help")
    OFFICIAL = "official", _("police, an office, people in uniform")
    COLLEAGUE = "colleague", _("somebody who works with us")
    OTHER = "other", _("somebody else")


class Where(models.TextChoices):
    UNKNOWN = "unknown", _("not said")
    WORK = "work", _("at the office")
    HOUSE = "house", _("at a safe place")
    ROAD = "road", _("on the way, or on a visit")
    HOME = "home", _("at home")
    PHONE = "phone", _("by telephone or message")
    INTERNET = "internet", _("on the internet")


class Help(models.TextChoices):
    TALK = "talk", _("to talk with somebody")
    NOT_ALONE = "not_alone", _("not to be alone, also on the way home")
    OFF = "off", _("days off, another duty, another place of work")
    CASE = "case", _("somebody else takes the case")
    NUMBER = "number", _("another telephone number")
    SLEEP = "sleep", _("another place to sleep")
    FAMILY = "family", _("protection for the family")
    DOCTOR = "doctor", _("a doctor, or psychological help")
    LAWYER = "lawyer", _("a lawyer, or a report to the police")
    KNOW = "know", _("nothing now, only that you know")


class Done(models.TextChoices):
    """Steps that were taken; each is agreed with whoever is threatened."""

    TALKED = "talked", _("talked with whoever is threatened")
    ACCOMPANIED = "accompanied", _("does not go alone")
    DUTY = "duty", _("taken off that duty, or works elsewhere")
    CASE = "case", _("the case went to another colleague")
    NUMBER = "number", _("another number")
    MOVED = "moved", _("another place to sleep")
    OFFICE = "office", _("the office or the house made safer")
    WARNED = "warned", _("colleagues who could meet the same were warned")
    DOCTOR = "doctor", _("a doctor or psychological help")
    LAWYER = "lawyer", _("a lawyer")
    POLICE = "police", _("reported to the police, as whoever is threatened decided")
    LEADERS = "leaders", _("the leadership was told")
    INSIDE = "inside", _("the colleague it comes from was taken off this work")


class ThreatOutcome(models.TextChoices):
    STOPPED = "stopped", _("it stopped")
    SAFE = "safe", _("it goes on elsewhere, but does not reach us any more")
    LEFT = "left", _("whoever was threatened works elsewhere now")
    MISTAKEN = "mistaken", _("it was no threat")
    UNKNOWN = "unknown", _("nothing was heard for a long time")


class InterpretingMode(models.TextChoices):
    PHONE = "phone", _("by telephone")
    FACE = "face", _("face to face")
    VIDEO = "video", _("by video")


class Ties(models.TextChoices):
    """What colleagues may know of the answer about ties; the answer itself is for the focal points."""

    NOT_ASKED = "not_asked", _("not asked yet")
    NONE = "none", _("asked, none known")
    ASK_FIRST = "ask_first", _("ask a focal point first")


class Standing(models.TextChoices):
    """May an interpreter be asked today? In the order in which they are suggested."""

    READY = "ready", _("vetted")
    ASK_FIRST = "ask_first", _("ask a focal point first")
    STALE = "stale", _("vetting has run out")
    UNVETTED = "unvetted", _("not vetted")
