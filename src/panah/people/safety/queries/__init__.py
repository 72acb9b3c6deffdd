"""Reading threats and interpreters."""

from panah.people.safety.queries.interpreters import (
    Listed,
    Restricted,
    interpreter_or_404,
    listed,
    restricted,
    suggestions,
)
from panah.people.safety.queries.threats import (
    could_read,
    figures,
    may_open,
    only_for,
    opened,
    readers,
    second,
    threat_or_404,
    threats,
    waiting,
)
