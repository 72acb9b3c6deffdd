"""The power fails at every named step of sending, delivering and taking in: one effect each, and nothing lost."""

from __future__ import annotations

import shutil

import pytest

from panah.ground.exchange import crash_points
from tests.exchange.what_arrived import ARRIVED
from tests.node_process import Node


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A node with North and South, paired, and three offers that wait."""
    folder = tmp_path_factory.mktemp("wire")
    (folder / "home").mkdir()
    node = Node(folder / "home")
    node.act("begin")
    node.act("pair_both")
    node.act("offer_some", "3")
    return node


@pytest.fixture
def node(template, tmp_path):
    shutil.copytree(template.home.parent, tmp_path / "node")
    return Node(tmp_path / "node" / "home")


@pytest.mark.parametrize("where", [*crash_points.DELIVERY, *crash_points.RECEIVING])
def test_killed_while_a_bundle_is_on_its_way(node, where):
    node.act("deliver", dies=True, PANAH_KILL_AT=where)
    between = node.act("on_the_wire")
    assert between["waiting without a body"] == 0
    assert sum(between["sent"].values()) == 3
    # Five minutes later the dead worker's bundle is let go of; the next one settles what is left.
    node.act("deliver", "6")
    after = node.act("on_the_wire")
    assert {name: after[name] for name in ARRIVED} == ARRIVED
    # A body whose row is settled and that the kill left is nobody's: the sweeping takes it.
    assert after["bodies left"] == (3 if where == "deliver: settled" else 0)
    assert node.act("deliver", "12") == 0


@pytest.mark.parametrize("where", crash_points.SENDING)
def test_killed_while_an_offer_is_sealed(node, where):
    node.act("offer_some", "1", dies=True, PANAH_KILL_AT=where)
    before = node.act("on_the_wire")
    assert before["sent"] == {"waiting": 3}, "it was not said to be sent"
    assert before["bodies left"] == 4, "its body is nobody's, and is swept in time"
    node.act("deliver")
    assert node.act("on_the_wire")["read"] == [0, 1, 2]


def test_without_a_kill_everything_arrives_at_once(node):
    """The control."""
    assert node.act("deliver") == 3
    assert node.act("on_the_wire") == {**ARRIVED, "bodies left": 0}
