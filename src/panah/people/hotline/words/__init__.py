"""The words of the hotline. Only those marked plain are columns; all others are sealed in the contact."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactState(models.TextChoices):
    """Plain: where a contact stands."""

    OPEN = "open", _("on the line")
    FINISHED = "finished", _("finished")
    CALL_BACK = "call_back", _("to be called back")
    CLOSED = "closed", _("closed")
    CASE = "case", _("became a case")


ENDED = (ContactState.CLOSED, ContactState.CASE)
# Nobody is on the line any more, and what was said is still here.
AFTER_THE_CALL = (ContactState.FINISHED, ContactState.CALL_BACK, ContactState.CLOSED)


class Channel(models.TextChoices):
    """Plain: how the person reached us."""

    PHONE = "phone", _("telephone")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    WEB = "web", _("web form")
    CHAT = "chat", pgettext_lazy("channel", "chat")
    WALK_IN = "walk_in", _("came in person")
    PAPER = "paper", _("written on paper")
    SEALED = "sealed", _("arrived sealed")


class ChatStands(StrEnum):
    """How a chat stands for the person in it: a code; what she reads is said at the door."""

    WAITS = "waits"
    LATE = "late"
    UNANSWERED = "unanswered"
    CUT_OFF = "cut-off"
    ANSWERED = "answered"
    ENDED_BY_PERSON = "ended-by-person"
    ENDED_BY_US = "ended-by-us"
    ENDED_BY_ITSELF = "ended-by-itself"


class Caller(models.TextChoices):
    SELF = "self", _("the person concerned")
    FAMILY = "family", _("family")
    FRIEND = "friend", _("a friend")
    PUBLIC = "public", _("someone who saw something")
    NGO = "ngo", _("another organisation")
    POLICE = "police", _("police or another authority")
    EMPLOYER = "employer", _("an employer")
    CONSULATE = "consulate", _("an embassy or consulate")
    OTHER = "other", _("someone else")


class Sex(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("neither, or prefers not to say")


class AgeBand(models.TextChoices):
    """Bands only; the plain column says no more than adult, child or not known."""

    UNDER_12 = "0-11", _("under 12")
    TO_15 = "12-15", "12–15"
    TO_17 = "16-17", "16–17"
    CHILD = "child", _("a child, age not known")
    DOUBT = "doubt", _("in doubt: treat as a child")
    TO_24 = "18-24", "18–24"
    TO_29 = "25-29", "25–29"
    TO_39 = "30-39", "30–39"
    TO_49 = "40-49", "40–49"
    OLDER = "50+", _("50 and over")
    ADULT = "adult", _("an adult, age not known")


CHILD_BANDS = {AgeBand.UNDER_12, AgeBand.TO_15, AgeBand.TO_17, AgeBand.CHILD, AgeBand.DOUBT}


class CallInterpreter(models.TextChoices):
    NOT_NEEDED = "not_needed", _("not needed")
    BY_PHONE = "by_phone", _("by telephone")
    PRESENT = "present", _("present")
    MISSING = "missing", _("needed, nobody found")


class Topic(models.TextChoices):
    TRAFFICKING = "trafficking", _("exploitation or being held")
    WORK = "work", _("pay or work conditions")
    MIGRATION = "migration", _("going abroad safely")
    JOB_CHECK = "job_check", _("checking a job offer")
    MISSING = "missing", _("a missing relative")
    VIOLENCE = "violence", _("violence")
    CRIME = "crime", _("forced into crime, scam centres, couriers")
    ARMED = "armed", _("forced into armed service")
    DOCUMENTS = "documents", _("documents")
    RETURN = "return", _("life after return")
    SILENT = "silent", _("silent, joke or wrong number")
    OTHER = "other", _("something else")


class NumberSource(models.TextChoices):
    """Where the caller has our number from."""

    POSTER = "poster", _("a poster or leaflet")
    INTERNET = "internet", _("internet or social media")
    RADIO = "radio", _("radio or television")
    FRIEND = "friend", _("someone told")
    SESSION = "session", _("a meeting or lesson of ours")
    ORGANISATION = "organisation", _("another organisation")
    AUTHORITY = "authority", _("an authority")
    OTHER = "other", _("elsewhere")


class CallEnding(models.TextChoices):
    """How a contact may end; several together."""

    INFORMATION = "information", _("Information was given")
    SERVICE = "service", _("A service’s number was given")
    CALL_BACK = "call_back", _("We call back")
    FAMILY_LINKS = "family_links", _("Restoring family links")
    AID = "aid", _("Direct help without a file")
    CASE = "case", _("Becomes a case")
    NOTHING = "nothing", _("Nothing was wanted")


class NextStep(models.TextChoices):
    """What was decided after a contact that must not be lost. The last three end it, the first four come back."""

    HELP = "help", _("Somebody goes there, or help was sent")
    WAIT = "wait", _("We wait for a sign and decide again")
    COLLEAGUE = "colleague", _("A colleague goes on with it")
    CALL_BACK = "call_back", _("We call back")
    CASE = "case", _("It becomes a case")
    ELSEWHERE = "elsewhere", _("Another organisation has taken over")
    NOTHING = "nothing", _("Nothing more is to be done")


class BackWhen(models.TextChoices):
    QUARTER = "15min", _("in 15 minutes")
    HOUR = "1h", _("in an hour")
    EVENING = "evening", _("today at 19:00")
    MORNING = "morning", _("tomorrow at 09:00")
    TOMORROW_EVENING = "tomorrow_evening", _("tomorrow at 19:00")


class AttemptOutcome(models.TextChoices):
    """What came of one attempt to call back."""

    REACHED = "reached", _("We spoke")
    NO_ANSWER = "no_answer", _("Nobody answered")
    SOMEONE_ELSE = "someone_else", _("Someone else answered")
    NOT_SAFE = "not_safe", _("It was not safe to talk")
    OFF = "off", _("The telephone is off or wrong")


class AidKind(models.TextChoices):
    """Help without a name and without a case: counted by month, nothing else."""

    FIRST_AID = "first_aid", _("first aid")
    FOOD = "food", _("food, water, clothes")
    INFORMATION = "information", _("information")
    BED = "bed", _("a night’s bed")
    CALL = "call", _("a telephone call")
    TRANSPORT = "transport", _("a way home or to a safe place")


class AskedState(models.TextChoices):
    """Plain: a request of an authority."""

    WAITING = "waiting", _("waits for two decisions")
    DECIDED = "decided", _("decided")
    ANSWERED = "answered", _("answered")


class PersonHears(models.TextChoices):
    """Whether a person should hear that an authority asks about them, when nothing was handed over."""

    TOLD = "told", _("Yes: the person has been told")
    LATER = "later", _("Not now: telling would bring danger. Ask again in a week")
    NOBODY = "nobody", _("There is nobody to tell")
    # Not chosen here: of a request that is linked with a case, two decide in the case.
    CASE = "case", _("No: two decided in the case that it is not told")


class CoverState(models.TextChoices):
    """How far two societies are with the cover of a night."""

    OFFERED = "offered", _("offered, not agreed yet")
    AGREED = "agreed", _("agreed by both")
    ENDED = "ended", pgettext_lazy("a night cover", "ended")
