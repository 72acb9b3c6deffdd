"""The power fails while a bundle is taken in, on a node whose database is PostgreSQL: one effect each, and nothing lost."""

from __future__ import annotations

import os

import pytest

from panah.ground.exchange import crash_points
from tests.exchange.what_arrived import ARRIVED
from tests.node_process import Node, own_postgres

pytestmark = pytest.mark.skipif(
    not os.environ.get("PANAH_DATABASE_OWNER_URL"), reason="for a run on PostgreSQL: ./panah test --postgres"
)


@pytest.mark.parametrize("where", crash_points.RECEIVING)
def test_killed_on_a_database_of_its_own(tmp_path, where):
    """On SQLite this is ``test_kills.py``."""
    with own_postgres() as more:
        (tmp_path / "home").mkdir()
        node = Node(tmp_path / "home", more)
        node.act("begin")
        node.act("pair_both")
        node.act("offer_some", "3")
        node.act("deliver", dies=True, PANAH_KILL_AT=where)
        node.act("deliver", "6")
        after = node.act("on_the_wire")
        assert {name: after[name] for name in ARRIVED} == ARRIVED
