"""The words of a question between societies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Of what is due in a case about such a question, and of what arrived for it.
ROOM = "known"
# Parts of a case's file: what was asked elsewhere, and what another society asks about whoever this may be.
THERE, HERE = "asked_there", "asked_here"


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
