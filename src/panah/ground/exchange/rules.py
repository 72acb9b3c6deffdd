"""Times of the wire: how long a message lives, when it is tried again, which clocks are believed."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from panah.ground.foundation import retention

# Clocks of two nodes differ, sometimes by a day and the hours of a time zone.
CLOCKS_DIFFER = timedelta(hours=26)
# Nothing lives longer than this: what is remembered against a second coming can then be forgotten.
LONGEST_LIFE = timedelta(days=180)
# Of what lives long: a withdrawal and what follows from it must arrive, however late.
LIVES_LONG = frozenset({"consent-withdrawn", "not-needed", "erased", "outcome", "key-announced"})

# What came damaged so often is damaged here, not on the way.
DAMAGED_TIMES = 5
LEASE = timedelta(minutes=5)
# No wait is that long: what is to be tried later still was written while this node's clock was ahead.
NEVER_SO_LATE = timedelta(hours=8)
# Nothing is held back so long: what seems to be was sealed while this node's clock was ahead.
LONGEST_HELD = timedelta(days=7)
SAID_AFTER, SAID_AFTER_NOW = timedelta(hours=24), timedelta(hours=1)


def lives_until(kind: str, *, at: datetime) -> datetime:
    """Return when a message of this kind, made now, need not arrive any more."""
    lives_long = kind in LIVES_LONG
    return at + (retention.WIRE_MESSAGE_THAT_MUST_ARRIVE if lives_long else retention.WIRE_MESSAGE).period


def clock_code(*, created: datetime, expires: datetime, at: datetime) -> str:
    """Return the code of a message whose dates do not hold here and now: ``expired``, ``from-the-future`` or ""."""
    if created > at + CLOCKS_DIFFER or expires > at + LONGEST_LIFE + CLOCKS_DIFFER:
        return "from-the-future"
    return "expired" if expires < at - CLOCKS_DIFFER else ""


def about_node(public: bytes) -> UUID:
    """Return the conversation in which a node's new key is told: so that it is known who has heard of it."""
    return uuid5(NAMESPACE_URL, f"panah node {public.hex()}")
