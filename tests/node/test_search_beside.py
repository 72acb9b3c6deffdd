"""A served node unlocks search cards in processes of their own: gone at the lock and at the end, no name and no key lies anywhere."""

from __future__ import annotations

import base64
import os
import signal
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

import pytest

from tests.node.besieged import ask, browser
from tests.node.served_node import PATIENCE, node, of_this_node, served

__all__ = ["node"]

FORM = {"content": "application/x-www-form-urlencoded"}
NAME, SOUGHT = "Zulaykho Probatova", "Zulayho Probatowa"

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to find processes")


@pytest.fixture(scope="module")
def seed(node) -> str:
    node.act("many", "2")
    return str(node.act("make_search_cards", NAME))


def serving_search(node) -> list[int]:
    return [one for one, said in of_this_node(node).items() if "config.process_of_search" in said]


def holding(node) -> list[int]:
    """The processes that hold cards. Web workers are begun the same way, by another parent."""
    servers = serving_search(node)
    return [
        one for one, said in of_this_node(node).items() if "spawn_main" in said and parent_of(one) in servers
    ]


def parent_of(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def held_by_processes(node, port, who) -> list[int]:
    """Look until the cards are unlocked beside the pages: until that process stands, a page unlocks them itself."""
    until = monotonic() + PATIENCE
    while not (found := holding(node)) and monotonic() < until:
        look(port, who)
    assert found, "control: a process holds them"
    return found


def look(port, who) -> tuple[int, bytes]:
    sought = urlencode({"name": SOUGHT, "birth_year": 1990, "phone_tail": "", "again": 1})
    return ask(port, "/find/", body=sought, **FORM, **who)


def lock(port, who) -> None:
    assert ask(port, "/vault/lock", body=b"", **FORM, **who)[0] in (200, 302)


def until_nothing_is_left(node) -> None:
    until = monotonic() + PATIENCE
    # Python's own watcher of such processes ends a moment after them.
    while any("resource_tracker" in said for said in of_this_node(node).values()) and monotonic() < until:
        pass
    assert of_this_node(node) == {}


def must_be_nowhere(node, seed: str) -> None:
    """No name that was written or typed, and no key, in the log or in any other file of the node."""
    key = bytes.fromhex(seed)
    names = [one.encode() for name in (NAME, SOUGHT) for one in (name, *name.split())]
    forms = [
        key,
        key.hex().encode(),
        key.hex().upper().encode(),
        base64.b64encode(key)[:-2],
        repr(key).encode(),
    ]
    for one in node.home.rglob("*"):
        written = one.read_bytes() if one.is_file() else b""
        assert not [form for form in (*names, *forms) if form in written], one.name


def test_cards_are_unlocked_beside_the_pages_and_gone_at_the_lock_and_at_the_end(node, seed):
    with served(node) as (process, port):
        bakyt = browser(node, "bakyt")
        status, page = look(port, bakyt)
        assert status == 200
        assert page.count(b'class="row"') == 2
        held = held_by_processes(node, port, bakyt)
        lock(port, bakyt)
        assert not set(held) & set(of_this_node(node))
        assert holding(node) == []
        assert serving_search(node), "the process itself goes on"
        # A browser of his that no web worker knows yet is answered by the process for strangers.
        bakyt = browser(node, "bakyt")
        held = held_by_processes(node, port, bakyt)
        lock(port, browser(node, "bakyt"))
        assert not set(held) & set(of_this_node(node))
        # And unlocked at the end: nothing stays behind.
        held_by_processes(node, port, bakyt)
        process.terminate()
        assert process.wait(PATIENCE) == 0
        until_nothing_is_left(node)
    must_be_nowhere(node, seed)


def test_where_it_is_killed_the_cards_go_with_it_and_she_is_answered_all_the_same(node, seed):
    with served(node) as (process, port):
        bakyt = browser(node, "bakyt")
        assert look(port, bakyt)[1].count(b'class="row"') == 2
        held = held_by_processes(node, port, bakyt)
        (first,) = serving_search(node)
        os.kill(first, signal.SIGKILL)
        status, page = look(port, bakyt)
        assert status == 200
        assert page.count(b'class="row"') == 2, "who asks meanwhile waits, or is answered by the page itself"
        assert not set(held) & set(of_this_node(node))
        assert not set(held_by_processes(node, port, bakyt)) & set(held), "another one holds them"
        process.terminate()
        assert process.wait(PATIENCE) == 0
        until_nothing_is_left(node)
    must_be_nowhere(node, seed)


def test_a_card_that_opens_and_is_none_stops_no_search_and_nothing_is_written_of_it(node, seed):
    node.act("make_a_card_that_is_none", NAME)
    with served(node) as (process, port):
        bakyt = browser(node, "bakyt")
        held_by_processes(node, port, bakyt)
        assert look(port, bakyt)[1].count(b'class="row"') == 1, "of the two the other one"
        process.terminate()
        assert process.wait(PATIENCE) == 0
    must_be_nowhere(node, seed)
