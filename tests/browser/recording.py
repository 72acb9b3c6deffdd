"""A proxy between a browser and the node that keeps every byte that the browser sends: what a listener would have."""

from __future__ import annotations

import base64
import socket
from contextlib import suppress
from threading import Thread
from urllib.parse import quote, quote_plus, urlsplit


class Recorder:
    """Listens on this machine and hands on to ``node``; ``sent`` is all that browsers sent through it."""

    def __init__(self, node: str) -> None:
        self.node = urlsplit(node)
        self.sent = bytearray()
        self.listener = socket.create_server(("localhost", 0))
        Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.listener.getsockname()[1]}"

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                line, _peer = self.listener.accept()
                Thread(target=self._connect, args=(line,), daemon=True).start()

    def _connect(self, line: socket.socket) -> None:
        with (
            line,
            socket.create_connection((self.node.hostname or "localhost", self.node.port or 80)) as node,
        ):
            back = Thread(target=_pump, args=(node, line, None), daemon=True)
            back.start()
            _pump(line, node, self.sent)
            back.join()

    def close(self) -> None:
        self.listener.close()

    def heard(self, words: list[str]) -> list[str]:
        """Return those of the words that stand in what was sent, written in any of the usual ways."""
        sent = bytes(self.sent)
        return [word for word in words if any(way in sent for way in ways(word))]


def ways(word: str) -> set[bytes]:
    """Return a word as it may stand in a request."""
    raw = word.encode()
    # Base64 of a word begins at one of three places: what is sure of each is looked for.
    inside = {base64.b64encode(b"\0" * at + raw)[(at * 4 + 2) // 3 : -4] for at in range(3)}
    found = {
        raw,
        word.encode("utf-16-le"),
        quote(word).encode(),
        quote_plus(word).encode(),
        raw.hex().encode(),
    }
    return found | {one for one in inside if len(one) > 6} | {one.translate(bytes.maketrans(b"+/", b"-_")) for one in inside if len(one) > 6}  # fmt: skip


def _pump(one: socket.socket, other: socket.socket, kept: bytearray | None) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            if kept is not None:
                kept += piece
            other.sendall(piece)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
