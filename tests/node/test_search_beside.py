"""A served node unlocks search cards in processes of their own; at the lock they are gone, and no name lies anywhere."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.node.test_serving import PATIENCE, node, of_this_node, served
from tests.node.test_siege import ask, browser

__all__ = ["node"]

FORM = {"content": "application/x-www-form-urlencoded"}
NAME = "Zulaykho"

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="needs /proc to find processes"
)


def holding(node) -> list[int]:
    # Web workers are begun the same way, by another parent.
    servers = serving_search(node)
    return [
        one for one, said in of_this_node(node).items() if "spawn_main" in said and parent_of(one) in servers
    ]


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def serving_search(node) -> list[int]:
    return [one for one, said in of_this_node(node).items() if "config.process_of_search" in said]


def test_unlocked_beside_the_pages_dropped_at_the_lock_and_replaced_when_it_dies(node):
    node.act("many", "2")
    node.act("make_search_cards", NAME)
    bakyt = browser(node, "bakyt")
    with served(node) as (process, port):

        def look() -> bytes:
            sought = f"name={NAME}&birth_year=1990&phone_tail=&again=1".encode()
            status, page = ask(port, "/find/", body=sought, **FORM, **bakyt)
            assert status == 200
            return page

        assert look().count(b'class="row"') == 2
        assert holding(node), "control: a process holds them"
        (first,) = serving_search(node)
        os.kill(first, signal.SIGKILL)
        assert look().count(b'class="row"') == 2, (
            "who asks meanwhile waits, or is answered by the page itself"
        )
        held = holding(node)
        assert ask(port, "/vault/lock", body=b"", **FORM, **bakyt)[0] in (200, 302)
        assert not set(held) & set(of_this_node(node)) and not holding(node)
        process.terminate()
        assert process.wait(PATIENCE) == 0
    written = b"".join(one.read_bytes() for one in node.home.rglob("*") if one.is_file())
    assert NAME.encode() not in written
