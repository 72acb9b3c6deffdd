"""A served node beset by strangers: colleagues' pages are answered, nothing dies, nothing grows, nothing is written."""

from __future__ import annotations

import os
import select
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.node.besieged import ask, browser
from tests.node.gateway_addresses import ADDRESSES
from tests.node.served_node import PATIENCE, node, of_this_node, served

__all__ = ["node"]

MIB = 1024 * 1024
SLOW = 20
BYTES = "application/octet-stream"


@pytest.fixture(scope="module")
def port(node) -> Iterator[int]:
    with served(node) as (process, port):
        yield port
        process.terminate()
        assert process.wait(PATIENCE) == 0


@pytest.fixture(scope="module")
def bakyt(node) -> dict[str, str]:
    return browser(node, "bakyt")


@pytest.fixture(scope="module")
def amina(node) -> dict[str, str]:
    return browser(node, "amina")


def slow(port, path, *, size=100_000, first=b"abc", cookie="") -> socket.socket:
    """Somebody who announces a body and sends the first bytes of it."""
    line = socket.create_connection(("localhost", port), timeout=PATIENCE)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {BYTES}\r\nContent-Length: {size}\r\n"
    line.sendall(f"{head}Cookie: {cookie}\r\n\r\n".encode())
    # Whoever was refused at once is hung up on while she sends.
    with suppress(ConnectionError):
        line.sendall(first)
    return line


def test_many_who_send_byte_by_byte_at_every_open_door_keep_nobody_from_her_pages(port, bakyt):
    assert ask(port, "/", **bakyt)[0] == 200, "control"
    with ExitStack() as lines:
        for path in [*ADDRESSES.values(), "/cases/", "/nothing/here"]:
            for _ in range(SLOW):
                lines.enter_context(slow(port, path))
        for page in ("/", "/cases/", "/find/"):
            assert ask(port, page, **bakyt)[0] == 200
        assert ask(port, "/vault/sign-in")[0] == 200, "and another stranger comes in too"


def test_a_thousand_slow_bodies_before_the_door_of_nodes_keep_nobody_from_the_public_door(port):
    assert ask(port, "/info/")[0] == 200, "control"
    with ExitStack() as lines:
        for _ in range(1000):
            lines.enter_context(slow(port, ADDRESSES["exchange:envelopes"]))
        said = [ask(port, "/info/")[0] for _ in range(10)]
    assert said == [200] * 10


def known_to_both_workers(port, who):
    for _ in range(8):
        assert ask(port, "/", **who)[0] == 200


def test_one_colleagues_sign_in_that_sends_large_bodies_slowly_keeps_no_other_from_a_short_form(
    port, bakyt, amina
):
    known_to_both_workers(port, bakyt)
    known_to_both_workers(port, amina)
    with ExitStack() as lines:
        waiting = [
            lines.enter_context(
                slow(port, "/cases/", size=26 * MIB, first=bytes(MIB), cookie=bakyt["Cookie"])
            )
            for _ in range(2 * 11)
        ]
        # Two for each of the two workers are read on; the others are answered or hung up on at once.
        while len(waiting) > 4:
            answered, _, _ = select.select(waiting, [], [], PATIENCE)
            assert answered, f"{len(waiting)} of one session are being read"
            waiting = [one for one in waiting if one not in answered]
        for _ in range(4):
            form = "language=en&padding=" + "x" * 1024
            status, _page = ask(
                port, "/kit/language", body=form, content="application/x-www-form-urlencoded", **amina
            )
            assert status == 302


def test_a_bundle_of_zeros_gets_a_short_receipt(port):
    status, receipt = ask(port, "/exchange/v1/envelopes", body=bytes(8 * MIB), content=BYTES)
    assert status == 200
    assert receipt.count(b'"code"') == 1
    assert b"damaged" in receipt
    assert len(receipt) < 1024


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/exchange/v1/envelopes", b"too-large"),
        ("/vault/sign-in", b"This is too large"),
        ("/healthz", b"too large"),
    ],
)
def test_what_is_larger_than_a_door_takes_is_refused_by_the_size_it_announces(port, path, said):
    with socket.create_connection(("localhost", port), timeout=PATIENCE) as line:
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {9 * MIB}\r\n\r\n".encode())
        answer = line.recv(4096)
        while said not in answer:
            more = line.recv(4096)
            assert more, answer
            answer += more
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_colleague_who_chose_too_large_a_file_reads_what_to_do(port, bakyt):
    status, page = ask(port, "/cases/", body=bytes(27 * MIB), content=BYTES, **bakyt)
    assert status == 413
    assert b"At most 25 MB can be sent at once." in page


def test_a_request_without_a_size_in_chunks_is_read_whole(port):
    status, _receipt = ask(port, "/exchange/v1/envelopes", body=iter([b"\0\0", b"\0\0"]), content=BYTES)
    assert status == 200


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to find the process")
def test_the_process_for_strangers_is_replaced_when_it_dies_and_colleagues_do_not_notice(port, node, bakyt):
    assert ask(port, "/", **bakyt)[0] == 200
    first = for_strangers(node)
    os.kill(first, signal.SIGKILL)
    assert ask(port, "/", **bakyt)[0] == 200
    assert ask(port, "/vault/sign-in")[0] == 200, "who asks meanwhile waits a little"
    assert for_strangers(node) != first


def for_strangers(node) -> int:
    mark = f"PANAH_HOME={node.home}".encode()
    (found,) = [
        int(one.name)
        for one in Path("/proc").glob("[0-9]*")
        if is_public(one) and mark in (one / "environ").read_bytes().split(b"\0")
    ]
    return found


def is_public(process: Path) -> bool:
    try:
        return b"panah.config.public" in (process / "cmdline").read_bytes()
    except OSError:
        return False


def test_nothing_of_what_was_sent_was_written_beside(port, node):
    assert [one for one in (node.home / "tmp").rglob("*") if one.is_file() and one.stat().st_size] == []
    assert len(of_this_node(node)) >= 5, "all that was started is there"
