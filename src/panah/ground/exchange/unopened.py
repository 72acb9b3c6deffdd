"""What each kind of message may change before a person has read it. A node does not read this table.

``tests/referrals/test_unopened.py`` does: it wants a decision for every kind, and tries whether what rooms do keeps
to it.

A kind stands in the plain header, and the node signs it: who has the key of a node, and no key of a person, can write
any of them. So what a kind does alone may lead to more protection and never to less, but for the end of a night
cover (see ``Unopened.NODE``). It ends no alarm, and takes nothing of safety off a list.
docs/federation-referrals.md says what follows from each.
"""

from enum import StrEnum

from panah.ground.exchange.words import MessageKind


class Unopened(StrEnum):
    """What may follow from a kind alone."""

    # It is kept, stands on a list to be read, and rings when it must be read and is not. Nothing else changes.
    WAITS = "waits"
    # As above; besides people are called or asked at once.
    CALLS = "calls"
    # What is told stops, and what nobody has settled is deleted. Never the watch over somebody who is on the way.
    STOPS = "stops"
    # No person is in it. The node opens it with its own key and acts. It can lead to less in one thing: the end of a
    # night cover, which is told to our focal points at once. Our own colleagues are called as before.
    NODE = "node"


UNOPENED = {
    MessageKind.OFFERED: Unopened.WAITS,
    MessageKind.ACCEPTED: Unopened.WAITS,
    MessageKind.DECLINED: Unopened.CALLS,
    MessageKind.MORE_ASKED: Unopened.WAITS,
    MessageKind.TOLD: Unopened.WAITS,
    MessageKind.MEETING: Unopened.WAITS,
    MessageKind.TRAVEL: Unopened.WAITS,
    MessageKind.MET: Unopened.WAITS,
    MessageKind.NOT_MET: Unopened.CALLS,
    MessageKind.OUTCOME: Unopened.WAITS,
    MessageKind.WITHDRAWN: Unopened.STOPS,
    MessageKind.ERASED: Unopened.WAITS,
    MessageKind.NOT_NEEDED: Unopened.STOPS,
    MessageKind.SAFETY_ASKED: Unopened.CALLS,
    MessageKind.KNOWN_ASKED: Unopened.WAITS,
    MessageKind.KNOWN_ANSWERED: Unopened.WAITS,
    MessageKind.LINKS_ASKED: Unopened.WAITS,
    MessageKind.LINKS_TOLD: Unopened.WAITS,
    MessageKind.LINKS_MORE_ASKED: Unopened.WAITS,
    MessageKind.LINKS_ANSWERED: Unopened.WAITS,
    MessageKind.DIRECTORY: Unopened.NODE,
    MessageKind.FIGURES: Unopened.NODE,
    MessageKind.NIGHT_COVER: Unopened.NODE,
    MessageKind.KEY: Unopened.NODE,
    MessageKind.HEAD: Unopened.NODE,
}
