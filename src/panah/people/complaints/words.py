"""The words of complaints and of requests about one's own data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatterKind(models.TextChoices):
    COMPLAINT = "complaint", _("Complaint")
    OWN_DATA = "own_data", _("Request about own data")


class MatterState(models.TextChoices):
    RECEIVED = "received", _("received")
    ACKNOWLEDGED = "acknowledged", _("receipt confirmed")
    LOOKING = "looking", _("being looked into")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")


class MatterUrgency(models.TextChoices):
    NOW = "now", _("now")
    WEEK = "week", _("in its time")


# From here on everything is a code inside a sealed part: no column holds any of it.


class Speaker(models.TextChoices):
    """Who complains."""

    PERSON = "person", _("the person we help")
    FOR_PERSON = "for_person", _("someone for the person")
    STAFF = "staff", _("a colleague or volunteer, in own name")
    ANONYMOUS = "anonymous", _("somebody who stays without a name")


class ComplaintAbout(models.TextChoices):
    ABUSE = "abuse", _("abuse or exploitation by someone who works with us")
    BREACH = "breach", _("something told in confidence came out")
    PRESSURE = "pressure", _("pressure, threats, a condition for help")
    HELP = "help", _("help that was poor, late or refused")
    DISCRIMINATION = "discrimination", _("treated worse than others")
    OTHER = "other", _("something else")


class Wish(models.TextChoices):
    SEE = "see", _("to know what is kept")
    COPY = "copy", _("a copy to take along")
    CORRECT = "correct", _("to have something corrected")
    ERASE = "erase", _("to have it erased")
    RESTRICT = "restrict", _("that it is kept but not used for now")
    OBJECT = "object", _("to object to a use of it")
    WITHDRAW = "withdraw", _("to withdraw a consent")


class Requester(models.TextChoices):
    """Who asks. Only the first three can be answered: relatives and officials are not the person."""

    PERSON = "person", _("the person")
    APPOINTED = "appointed", _("somebody whom the person appointed in writing")
    GUARDIAN = "guardian", _("the legal guardian of a child")
    FAMILY = "family", _("a relative, partner or friend")
    OFFICIAL = "official", _("police, a court, an embassy, another office")


class Proof(models.TextChoices):
    """How we know that it is the person."""

    NONE = "none", _("not known yet")
    SAFE_WORD = "safe_word", _("the person said the agreed safe word")
    KNOWN = "known", _("the one who holds the case knows the person by voice or face")
    CALLED_BACK = "called_back", _("we called back on the number agreed in the case")
    PAPER = "paper", _("a document was seen, and compared by the one who holds the case")


class AnswerChannel(models.TextChoices):
    """How the answer reaches the person. There is no other way: nothing goes to an address that was not agreed."""

    MEETING = "meeting", _("read aloud at a meeting")
    PHONE = "phone", _("told by telephone, after the safe word")
    HAND = "hand", _("on paper, into the person’s own hand")
    AGREED = "agreed", _("in the way the person agreed to before")
    WAITS = "waits", _("it waits until the person asks with the code")
    # Of a report of the public door alone: its writer never got the code.
    RECEIPT = "receipt", _("as an answer to the report, read with the number of the message")
    UNREACHED = "unreached", _("no answer can reach the reporter")


class ComplaintOutcome(models.TextChoices):
    """How a complaint ended."""

    RIGHT = "right", _("the complaint is right")
    PARTLY = "partly", _("it is right in part")
    NOT_RIGHT = "not_right", _("it could not be confirmed")
    PASSED_ON = "passed_on", _("passed on to another body, with the person’s consent")
    TAKEN_BACK = "taken_back", _("taken back by the person, of own free will")


class DataOutcome(models.TextChoices):
    """How a request about own data ended."""

    DONE = "done", _("done as asked")
    IN_PART = "in_part", _("done in part")
    REFUSED = "refused", _("refused")
    NOTHING_KEPT = "nothing_kept", _("nothing is kept about the person")
    TAKEN_BACK = "taken_back", _("taken back by the person, of own free will")


# Sealed parts of a matter's file, and of the small files beside it.
TOLD = "told"
CONCERNS = "concerns"
STEP = "step"
ANSWER = "answer"
ASKED = "asked"
REPLY = "reply"
MESSAGE = "message"

# The rooms of due items that nobody but their owner sees.
ROOM = "complaints"
ASK_ROOM = "complaints_ask"
LEFT_ROOM = "complaints_left"
