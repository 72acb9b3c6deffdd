"""What this room writes in the journal: peers, keys, codes; never what a message says."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

CARD_OPENED = event(
    "exchange:card:opened", _("%(who)s showed the card of the society for pairing."), retention="names no one"
)
CARD_TAKEN = event(
    "exchange:card:taken", _("%(who)s took in the card of another society."), retention="names no one"
)
PAIRED = event(
    "exchange:peer:paired",
    _("%(who)s compared the words and paired with another society."),
    retention="names no one",
)
BLOCKED = event("exchange:peer:blocked", _("%(who)s blocked a paired society."), retention="names no one")
UNBLOCKED = event(
    "exchange:peer:unblocked", _("%(who)s let a paired society in again."), retention="names no one"
)
ENDED = event(
    "exchange:peer:ended", _("%(who)s ended the pairing with another society."), retention="names no one"
)
KEY_TAKEN = event(
    "exchange:key:taken", _("A new key of a paired society was taken in."), retention="names no one"
)
KEY_REFUSED = event(
    "exchange:key:refused",
    _("A key that a paired society did not sign was refused."),
    retention="names no one",
)
HEAD_WITNESSED = event(
    "exchange:head:witnessed",
    _("The head of a paired society's journal was witnessed."),
    retention="names no one",
)
HEAD_DIFFERS = event(
    "exchange:head:differs",
    _("The journal of a paired society contradicts what was witnessed earlier."),
    retention="names no one",
)
NODE_ANNOUNCED = event(
    "exchange:node:announced",
    _("%(who)s told the paired societies of a new key of this node."),
    retention="names no one",
)
SENT = event(
    "exchange:message:sent", _("%(who)s sealed a message to a paired society."), retention="names no one"
)
SENT_BY_NODE = event(
    "exchange:message:sent-by-node",
    _("The node sent a message to a paired society."),
    retention="names no one",
)
CLOSED = event(
    "exchange:conversation:closed",
    _("A paired society ended a conversation: nothing sent in it before is kept."),
    retention="names no one",
)
STOPPED = event(
    "exchange:message:stopped", _("Messages were stopped before they left."), retention="names no one"
)
TRIED_AGAIN = event(
    "exchange:message:again", _("%(who)s let a message that was stuck leave again."), retention="names no one"
)
GIVEN_UP = event(
    "exchange:message:given-up", _("%(who)s let a message be that did not arrive."), retention="names no one"
)
IN_FILE = event(
    "exchange:file:written", _("%(who)s wrote sealed messages into a file."), retention="names no one"
)
FROM_FILE = event(
    "exchange:file:read", _("%(who)s read sealed messages from a file."), retention="names no one"
)
