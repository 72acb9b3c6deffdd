"""What is said about a person can be read nowhere: not in queues and stores, not in a file, a bundle or a log."""

import pytest

from tests.dump_scan import scan
from tests.node_acts import CODES, NAMES, TEXTS
from tests.node_process import Node, own_postgres
from tests.vault.files_of_databases import files_of

NEEDLES = (*NAMES, *TEXTS.values(), *CODES)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    home = tmp_path_factory.mktemp("plain") / "home"
    home.mkdir()
    with own_postgres() as addresses:
        node = Node(home, addresses)
        node.act("begin")
        node.act("pair_both")
        node.read = node.act("offer_texts")
        yield node


def test_whoever_holds_the_intake_key_reads_all_of_it(lived_in):
    """The control: it really went from one society to the other."""
    assert lived_in.read["names"] == list(NAMES)
    assert lived_in.read["texts"] == TEXTS


def test_nobody_else_finds_a_word_of_it(lived_in):
    there = {path.name for path in lived_in.home.iterdir()}
    assert {"panah.sqlite3", "shred.sqlite3", "carried.panah", "bundle", "said.log"} <= there or lived_in.more
    assert scan(files_of(lived_in), NEEDLES) == []
