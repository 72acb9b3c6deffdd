"""Facts cards in memory: opened in the session of whoever holds the facts key, counted, and gone with the connection.

DuckDB lies in this process's memory alone: no file to spill to, no way to a file or to the network, no extensions,
and what was set cannot be set again. What does not fit into the memory it may use is refused, never written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.actions import cards
from panah.ground.vault.seals import DoesNotOpen
from panah.programmes.evidence import definitions

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring

MEMORY = "512MB"
SET = {
    "memory_limit": MEMORY,
    "temp_directory": "",
    "threads": "2",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}
LOCK = ("SET enable_external_access = false", "SET lock_configuration = true")


@dataclass(frozen=True)
class Facts:
    """The cards of a society, as a table; only inside ``opened``."""

    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str, *given: object) -> list[tuple[object, ...]]:
        return [tuple(one) for one in self.connection.execute(query, list(given)).fetchall()]

    def number(self, query: str, *given: object) -> int:
        return int(str(self.rows(query, *given)[0][0]))

    def by_country(self, year: int) -> dict[str, dict[str, int]]:
        """How many people by the country where it happened, and how many of them each measure is true of."""
        names = ("counted", *definitions.PEOPLE_MEASURES)
        return {
            str(country): {name: int(str(one)) for name, one in zip(names, numbers, strict=True)}
            for country, *numbers in self.rows(definitions.BY_COUNTRY, year)
        }


def in_memory() -> duckdb.DuckDBPyConnection:
    """Return an empty database that can reach nothing but its own memory."""
    connection = duckdb.connect(":memory:", config=dict(SET))
    for line in LOCK:
        connection.execute(line)
    return connection


def _take_in(connection: duckdb.DuckDBPyConnection, texts: Iterable[str], gone: list[str]) -> None:
    try:
        for text in texts:
            connection.execute(definitions.FLATTEN, [text, gone])
    except (DoesNotOpen, UnicodeDecodeError, duckdb.DataError, duckdb.InvalidInputException):
        raise Refusal(
            _(
                "Cards of this count do not open any more, or are none. Without them every number would be too small."
            ),
            next_step=_(
                "Tell whoever keeps the node: a backup may still have them. Publish nothing until then."
            ),
            code="cards-do-not-open",
        ) from None


@contextmanager
def opened(*, keys: Keyring) -> Iterator[Facts]:
    """Open the society's facts cards for whoever holds their key. Cards that were taken back are not among them."""
    texts, gone = cards.card_texts(keys=keys, kind=cards.FACTS)
    connection = in_memory()
    try:
        connection.execute(definitions.FACTS)
        _take_in(connection, texts, sorted(gone))
        facts = Facts(connection)
        if facts.rows(definitions.HAS_TWICE)[0][0]:
            connection.execute(definitions.ONCE)
        yield facts
    except duckdb.OutOfMemoryException:
        raise Refusal(
            _("There are more cards than this node may count at once in memory."),
            next_step=_("Tell whoever keeps the node. Nothing was written down."),
            code="too-many-cards",
        ) from None
    finally:
        connection.close()
