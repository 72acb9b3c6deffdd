"""The words of the wire: kinds of envelope, codes of receipts, states of a peer and of what is on its way."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageKind(models.TextChoices):
    """What an envelope is. The kind stands in the header: it must tell nothing that harms."""

    OFFERED = "referral-offered", _("A person is referred to you")
    ACCEPTED = "referral-accepted", _("Your referral was accepted")
    DECLINED = "referral-declined", _("Your referral was declined")
    MORE_ASKED = "referral-more-asked", _("More is asked about a referral")
    TOLD = "referral-told", _("An answer to what was asked")
    MEETING = "meeting-agreed", _("A meeting was proposed or changed")
    TRAVEL = "travel", _("News about the journey")
    MET = "met", _("They met")
    NOT_MET = "not-met", _("Nobody was met")
    OUTCOME = "outcome", _("How it went on")
    WITHDRAWN = "consent-withdrawn", _("A consent was withdrawn")
    ERASED = "erased", _("What was sent was erased there")
    NOT_NEEDED = "not-needed", _("A referral is not needed any more")
    SAFETY_ASKED = "safety-asked", _("The question whether the person is safe")
    KNOWN_ASKED = "known-asked", _("A question whether a person is known")
    KNOWN_ANSWERED = "known-answered", _("The answer whether a person is known")
    LINKS_ASKED = "links-asked", _("Looking for a relative")
    LINKS_TOLD = "links-told", _("More about the person sought")
    LINKS_MORE_ASKED = "links-more-asked", _("A question about the person sought")
    LINKS_ANSWERED = "links-answered", _("An answer about the person sought")
    DIRECTORY = "directory-entry", _("An entry of the service directory")
    FIGURES = "figures", _("Figures without persons")
    NIGHT_COVER = "night-cover", _("Whose line covers the nights")
    KEY = "key-announced", _("A new key")
    HEAD = "journal-head", _("The head of a journal, to be witnessed")


# What two societies tell each other about a referral, after its offer.
OF_A_REFERRAL = frozenset(
    {
        MessageKind.ACCEPTED,
        MessageKind.DECLINED,
        MessageKind.MORE_ASKED,
        MessageKind.TOLD,
        MessageKind.MEETING,
        MessageKind.TRAVEL,
        MessageKind.MET,
        MessageKind.NOT_MET,
        MessageKind.OUTCOME,
        MessageKind.WITHDRAWN,
        MessageKind.ERASED,
        MessageKind.NOT_NEEDED,
        MessageKind.SAFETY_ASKED,
    }
)
# Sealed to a society's intake key, or to the key of a conversation: a person opens it.
PERSONAL = OF_A_REFERRAL | frozenset(
    {
        MessageKind.OFFERED,
        MessageKind.KNOWN_ASKED,
        MessageKind.KNOWN_ANSWERED,
        MessageKind.LINKS_ASKED,
        MessageKind.LINKS_TOLD,
        MessageKind.LINKS_MORE_ASKED,
        MessageKind.LINKS_ANSWERED,
    }
)
# Sealed to the node key: nothing about a person is in it, and the node acts at once.
OF_NODES = frozenset(
    {MessageKind.DIRECTORY, MessageKind.FIGURES, MessageKind.NIGHT_COVER, MessageKind.KEY, MessageKind.HEAD}
)
# Their kind says all: nothing is sealed, no vault need be open, and a peer that is out of date or blocked gets them.
SAY_ONLY_THAT = frozenset({MessageKind.WITHDRAWN, MessageKind.NOT_NEEDED, MessageKind.SAFETY_ASKED})


class ReceiptCode(models.TextChoices):
    """What a receipt says about one envelope."""

    TAKEN = "taken", _("taken in")
    HAD_IT = "had-it", _("was there already")
    BLOCKED = "blocked", _("was withdrawn before it came, and was not kept")
    UNKNOWN_VERSION = "unknown-version", _("the other side does not know this version yet")
    UNKNOWN_KIND = "unknown-kind", _("the other side does not know this kind yet")
    NOT_PAIRED = "not-paired", _("the two societies are not paired")
    WRONG_PLACE = "wrong-place", _("is not for this node")
    BAD_SIGNATURE = "bad-signature", _("the signature does not hold")
    DAMAGED = "damaged", _("came damaged")
    TOO_LARGE = "too-large", _("is too large")
    EXPIRED = "expired", _("came too late")
    FROM_THE_FUTURE = "from-the-future", _("bears a date of the future: a clock is wrong")
    OLD_KEY = "old-key", _("is sealed to a key that no longer opens")
    LATER = "later", _("cannot be taken now, try again")
    NO_EVIDENCE = "no-evidence", _("says how far something is without newer evidence that has a day")
    TOO_MANY = "too-many", _("too many at once, try again later")


# After these the sender is done: the other side has it, or knows that it must not have it.
DONE = frozenset({ReceiptCode.TAKEN, ReceiptCode.HAD_IT, ReceiptCode.BLOCKED})
# After these it goes out again by itself; every other one waits for a person.
AGAIN = frozenset(
    {
        ReceiptCode.LATER,
        ReceiptCode.TOO_MANY,
        ReceiptCode.DAMAGED,
        ReceiptCode.FROM_THE_FUTURE,
        ReceiptCode.NOT_PAIRED,
    }
)
# These still pass in a conversation that was closed by a withdrawal: they hold nothing that was sent before.
AFTER_CLOSING = SAY_ONLY_THAT | {MessageKind.ERASED}


class Failure(models.TextChoices):
    """Why nothing reaches a peer now."""

    UNREACHABLE = "unreachable", _("its address does not answer")
    UNTRUSTED = "untrusted", _("its address shows a certificate that does not hold")
    NO_RECEIPT = "no-receipt", _("it answers, but not with a receipt that holds")
    NOT_PAIRED = "not-paired", _("it says that it is not paired with us, or has blocked us")
    OTHER_NODE = "wrong-place", _("another node answers at its address")


class PeerState(models.TextChoices):
    WAITING = "waiting", _("the keys are here, the words are not compared yet")
    PAIRED = "paired", _("paired")
    BLOCKED = "blocked", _("blocked by us for now")
    ENDED = "ended", pgettext_lazy("a pairing", "ended")


class SendingState(models.TextChoices):
    WAITING = "waiting", _("waits to leave")
    DELIVERED = "delivered", _("is there")
    STUCK = "stuck", _("was not taken: look at it")
    EXPIRED = "expired", _("did not arrive in time")
    STOPPED = "stopped", _("was stopped before it left")


class BlockReason(models.TextChoices):
    """Why a pairing is blocked or ended. A closed list: the journal keeps it, and tells nothing of a person."""

    KEYS = "keys", _("their keys may be in wrong hands")
    STRANGE = "strange", _("what came from there was not right")
    ASKED = "asked", _("they asked for it")
    NOT_NEEDED = "not-needed", _("it is no longer needed")


class Announced(models.TextChoices):
    """What a message *key announced* is about."""

    INTAKE = "intake", _("a new intake key")
    NODE = "node", _("new keys of their node")
    SIGNING = "signing", _("a new signing key: the words are compared again")
