"""Call-outs, hours and money: how they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# On the work lists: what concerns one call-out, and what concerns one volunteer who asks for something.
CALL_OUTS, HELPING = "volunteers_call_outs", "volunteers_helping"
# Purposes there.
ANSWERED, REOPENED = "answered", "reopened"
HOURS, MONEY, TELL, DEBRIEF, CORRECT, PIN = "hours", "money", "tell", "debrief", "correct", "pin"


class CallOutState(models.TextChoices):
    OPEN = "open", _("looking for people")
    FILLED = "filled", _("filled")
    CLOSED = "closed", _("closed")


class Answer(models.TextChoices):
    WAITING = "waiting", _("asked, no answer yet")
    YES = "yes", _("can help")
    LATER = "later", _("says later")
    NO = "no", _("cannot")
    NOT_REACHED = "not_reached", _("not reached")
    CHOSEN = "chosen", _("chosen")
    # Whatever the reason was: nothing joins a volunteer with whoever is to be met.
    NOT_CHOSEN = "not_chosen", _("not taken this time")
    WITHDREW = "withdrew", _("had to cancel")


# What a volunteer can still say, and who can still be chosen.
CAN_ANSWER = (Answer.WAITING, Answer.YES, Answer.LATER, Answer.NO, Answer.NOT_REACHED)
CAN_BE_CHOSEN = (Answer.WAITING, Answer.YES, Answer.LATER, Answer.NOT_REACHED)


class HoursFor(models.TextChoices):
    CALL_OUT = "call_out", _("helping when the branch asked")
    LINE = "line", _("answering a line")
    SESSION = "session", _("sessions and campaigns")
    TRAINING = "training", _("trainings")
    OFFICE = "office", _("work in the branch")
    OTHER = "other", _("other help")


class ExpenseKind(models.TextChoices):
    FARE = "fare", _("fare")
    CREDIT = "credit", _("phone credit")
    OTHER = "other", _("other")


class Claim(models.TextChoices):
    """Hours or money that somebody asks for; of money *confirmed* is paid."""

    ASKED = "asked", _("waits for the branch")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("not confirmed")
