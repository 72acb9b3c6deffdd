"""Which channels there are, what can be said on them, and how a delivery stands. No message carries content."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

ROOM = "channels"


class ChannelKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    WEBHOOK = "webhook", _("Signed webhook")
    PUSH = "push", _("Notification in the browser")


class MessageKind(models.TextChoices):
    """All that a message can say. What waits, where and about whom is read in Panah alone."""

    DANGER = "danger", _("danger now")
    DUE = "due", _("something is due")
    WEEK = "week", _("how many things are due this week")
    ARRIVAL = "arrival", _("something arrived")
    ANSWER = "answer", _("an answer waits")
    ASKED = "asked", _("something was asked that can be stopped")
    CHANGED = "changed", _("how colleagues are called was changed")
    BRANCH = "branch", _("a branch asks a volunteer")
    TEST = "test", _("test")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waits to be sent")
    STARTED = "started", _("is being sent")
    SENT = "sent", _("was taken by the gateway")
    FAILED = "failed", _("was not taken")


NOT_TAKEN = _("The gateway did not take it: look at its address, its certificate and the login.")


class Failure(models.TextChoices):
    """Why a delivery failed: one short code, no text of the other side.

    Whether somebody is there, hung up or refused sounds alike on every page: no page searches networks for anybody.
    """

    UNREACHABLE = "unreachable", NOT_TAKEN
    UNTRUSTED = "untrusted", NOT_TAKEN
    REFUSED = "refused", NOT_TAKEN
    NO_ADDRESS = "no-address", _("This colleague has no address or number for this channel.")
    RECIPIENT = "recipient", _("The address, number or browser of this colleague was refused.")
    INTERRUPTED = "interrupted", _("Sending was cut off in the middle.")
    UNREADABLE = (
        "unreadable",
        _("What was set up cannot be opened with the key of this host: set it up again."),
    )


# What says something about one colleague, and nothing about the channel.
OF_ONE = (Failure.NO_ADDRESS, Failure.RECIPIENT, Failure.INTERRUPTED)

# Word of what she can still stop goes by every way, and to the address and number of before too.
GRAVE = (MessageKind.ASKED, MessageKind.CHANGED)

# Who is called by telephone in danger is not woken for everything that is due.
QUIET_KINDS = (ChannelKind.EMAIL, ChannelKind.PUSH)


def week_text(number: int) -> str:
    """Return the text of the weekly e-mail: it says how many things are due, and not one of them."""
    return ngettext(
        "%(num)s thing is due from you this week. Open Panah from your own bookmark; this message holds no link. "
        "To stop it, press “Stop this e-mail” on My day.",
        "%(num)s things are due from you this week. Open Panah from your own bookmark; this message holds no link. "
        "To stop it, press “Stop this e-mail” on My day.",
        number,
    ) % {"num": number}


SUBJECTS: dict[str, Promise] = {
    MessageKind.DANGER: _("Panah: open it now"),
    MessageKind.BRANCH: _("Your branch asks"),
    MessageKind.TEST: _("Panah: test of this channel"),
    MessageKind.WEEK: _("Panah: your week"),
}
SUBJECT = _("Panah: something waits for you")
TEXT = _("Something waits for you. Open Panah from your own bookmark; this message holds no link.")
TEXTS: dict[str, Promise] = {
    MessageKind.BRANCH: _("Your branch asks: please open Panah."),
    MessageKind.TEST: _("This is a test. Nothing has happened."),
}
