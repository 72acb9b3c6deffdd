"""The words of a referral: its states, ways, answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OFFERED = "offered", _("offered, waiting for an answer")
    MORE_ASKED = "more_asked", _("more is asked")
    ACCEPTED = "accepted", _("accepted")
    MEETING = "meeting", _("meeting proposed or agreed")
    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    DONE = "done", _("done, with feedback")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    NOT_NEEDED = "not_needed", _("not needed any more")


class ReferralDirection(models.TextChoices):
    OUT = "out", _("from us")
    IN = "in", _("to us")


class DeliveryMethod(models.TextChoices):
    NODE = "node", _("sealed, to their Panah")
    OURS = "ours", _("sealed, to the colleague of our own programme")
    LETTER = "letter", _("a letter, handed over or sent by a safe way")
    SCRIPT = "script", _("by telephone, read from a script")
    PAGE = "page", _("a page that opens once, with a code told by phone")


class DeclineReason(models.TextChoices):
    FULL = "full", _("no place now")
    NOT_ADMITTED = "not_admitted", _("does not take this person")
    LANGUAGE = "language", _("does not speak the language")
    AREA = "area", _("does not work there")
    NOT_SAFE = "not_safe", _("not safe there")
    NO_ANSWER = "no_answer", _("did not answer")
    OTHER = "other", _("another reason")


class ReferralOutcome(models.TextChoices):
    HELPED = "helped", _("helped")
    PARTLY = "partly", _("helped in part")
    NOT_HELPED = "not_helped", _("not helped")
    LEFT = "left", _("the person did not want it any more")
    FAILED = "failed", _("the partner did not do what was agreed")
    NOT_TOLD = "not_told", _("the person does not want it told")


class TravelNews(models.TextChoices):
    """News about the journey. Each moves the alarm, since each says when the person arrives or has arrived."""

    LEFT = "left", _("has left, arrives at")
    DELAYED = "delayed", _("comes at another time")
    ARRIVED = "arrived", _("has landed or crossed, at")


class WithdrawalReason(models.TextChoices):
    """Why a referral is withdrawn. Only the person's word and a mistake ask the other side to erase what was told."""

    PERSON = "person", _("The person takes it back")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    MISTAKE = "mistake", _("It was sent by mistake")


class SafetyAnswer(models.TextChoices):
    """The answer to whether somebody is safe who was on the way when a referral was taken back."""

    SAFE = "safe", _("Safe, and the journey is over or not begun")
    ON_THE_WAY = "on_the_way", _("Safe, and still on the way")
    NOT_SAFE = "not_safe", _("Not safe")
    NOT_KNOWN = "not_known", _("Could not find out")


class AfterWithdrawal(models.TextChoices):
    """What a receiver does with what came, once it was taken back."""

    ERASED = "erased", _("Erase what came")
    KEPT_OWN = "kept_own", _("Keep it: the person agreed to it with us")
    KEPT_LAW = "kept_law", _("Keep it, used for nothing else: a law or a court demands it")


class TextDecision(models.TextChoices):
    """What is done with a text of our own that still tells what was taken back."""

    KEEP = "keep", _("Keep it: it is the person's own word to us, or it is not this person")
    REDACT = "redact", _("Keep the text, take out what is marked")
    ERASE = "erase", _("Erase the text")


class TheyErased(models.TextChoices):
    """What somebody without a Panah said on the telephone, when told of a withdrawal."""

    ERASED = "erased", _("They have erased it")
    WILL = "will", _("They will erase it, and say when it is done")
    KEPT = "kept", _("They keep it on a ground of their own")
    NOT_REACHED = "not_reached", _("Nobody could be told yet")


class MeetingCallOutcome(models.TextChoices):
    """What a telephone call about a meeting has led to."""

    AGREED = "agreed", _("Agreed by both on the telephone")
    OURS = "ours", _("Proposed by us: they have not said yes yet")
    THEIRS = "theirs", _("Proposed by them: we have not said yes yet")


# What lies on the lists of colleagues of own programmes, and the parts of the files that they can open.
PROGRAMME_ROOM, PROGRAMME_TOLD, PROGRAMME_ANSWER = "programme", "told", "answer"

# What an arrival became, on its line of the inbox.
THE_REFERRAL = _("the referral")

# Read aloud to whoever meets the person and has no Panah: no machine rings there.
THEIR_DUTY = (
    _("Be there a quarter of an hour earlier, without a uniform, a logo or a sign with a name."),
    _(
        "If you have not met half an hour after the arrival, call us at once, and do what was agreed for this."
    ),
    _("Call us as soon as you have met, day and night."),
    _("If the journey changes we call you. If you hear of it first, call us."),
    _("Send nobody else, and tell nobody where and when, also not the family or officials."),
)

# What whoever received the person is asked for later, as far as the person agrees that it is told.
ASK_LATER = (
    _("How does the person say that it goes? What is missing?"),
    _("What was agreed and not done, and by whom?"),
    _("Does anybody look for the person, or put pressure on the family?"),
)

# What a receiver looks at in the first three days. Words to think with, not boxes to tick.
FIRST_NEEDS = (
    _("Is the person safe now, and who knows that the person is here?"),
    _("A bed for tonight, food, warm clothes, a telephone."),
    _("Pain, injuries, pregnancy, medicine that runs out, thoughts of suicide."),
    _("Children and others who came along or were left behind."),
    _("Which papers are there, who has the others."),
    _("Who at home may know, and who must not."),
    _("The person's own consent to help here: ask at the first quiet moment."),
)


class ProgrammeAnswer(models.TextChoices):
    """What a colleague of an own programme says of what was told."""

    ACCEPTED = "accepted", _("I take it on")
    MORE_ASKED = "more_asked", _("I need to know more")
    DECLINED = "declined", _("I cannot take it on")
    DONE = "done", _("It is done: how it went")
