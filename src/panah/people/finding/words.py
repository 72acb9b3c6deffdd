"""The words of a question between societies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Of what is due in a case about such a question, and of what arrived for it.
ROOM = "known"
# Of what is due about likely doubles, for the focal points.
PAIRS = "doubles"
# Parts of a case's file: what was asked elsewhere, and what another society asks about whoever this may be.
THERE, HERE = "asked_there", "asked_here"
# Part of a case's file: a focal point asks whether another case is about the same person.
DOUBLE = "double"
# What came of it, for a file that was not written to when the other one was.
DOUBLE_OUTCOME = "double_outcome"


class InquiryAnswer(models.TextChoices):
    """Three answers. *Not known*, *not told* and *nobody decided* are one and the same."""

    YES = "yes", _("Yes, the person is known there: call them")
    PERHAPS = "perhaps", _("Perhaps: call them")
    NOTHING = "nothing", _("Nothing to tell")


# The same, for whoever gives it.
DECIDES = [
    (InquiryAnswer.NOTHING, _("Nothing to tell")),
    (InquiryAnswer.PERHAPS, _("Perhaps: let them call us")),
    (InquiryAnswer.YES, _("Yes, it is this person: let them call us")),
]


class PairAnswer(models.TextChoices):
    """What whoever holds one of two cases says about both."""

    SAME = "same", _("The same person, and the same story: one case is enough")
    EPISODE = "episode", _("The same person at another time: two cases")
    ANOTHER = "another", _("Another person")
    UNSURE = "unsure", _("I cannot say")


class PairOutcome(models.TextChoices):
    """What came of a pair, as its holders read it."""

    APART = "apart", _("They count as two people.")
    LINKED = "linked", _("The two cases are linked as two episodes of one person.")
    JOINED = "joined", _("One of the two cases is closed and can be read beside the other, which goes on.")
    UNDONE = "undone", _("It was undone: they count as two people again.")


class PairState(models.TextChoices):
    """Where a pair of cases that may be one person's stands."""

    FIRST = "first", _("the first holder is asked")
    SECOND = "second", _("the second holder is asked")
    APART = "apart", _("two people")
    LINKED = "linked", _("linked as two episodes of one person")
    JOINED = "joined", _("one case goes on")
