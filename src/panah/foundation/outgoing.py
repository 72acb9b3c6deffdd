"""A connection to another machine by HTTP: https with certificates the system trusts, and cut when its time is over.

Without TLS only to this machine itself, where the caller allows that. No proxy, no redirect, no cookie.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def connection(address: str, *, plain_to_self: bool, timeout: float) -> http.client.HTTPConnection:
    """Return a connection that is not open yet; ValueError for an address that may not be asked."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" and host:
        return http.client.HTTPSConnection(
            host, parts.port, timeout=timeout, context=ssl.create_default_context()
        )
    if parts.scheme == "http" and host in LOOPBACK and plain_to_self:
        return http.client.HTTPConnection(host, parts.port, timeout=timeout)
    raise ValueError(address)


class Deadline:
    """Cuts a line when its time is over, in whatever state it is: while it shakes hands, and afterwards.

    ``line`` is whatever keeps its socket as ``sock``. ``hold`` gives the socket once it is open: a connection forgets
    it as soon as an answer begins that ends with the line.
    """

    def __init__(self, line: Any) -> None:
        self.line = line
        self.sock: socket.socket | None = None
        self.came = False

    def hold(self, sock: socket.socket | None) -> None:
        self.sock = sock

    def cut(self) -> None:
        self.came = True
        with suppress(OSError, AttributeError):
            (self.sock or self.line.sock).shutdown(socket.SHUT_RDWR)


@contextmanager
def no_longer_than(line: Any, seconds: float) -> Iterator[Deadline]:
    """Give a line so many seconds, however slowly the other side drips."""
    end = Deadline(line)
    timer = threading.Timer(seconds, end.cut)
    timer.daemon = True
    timer.start()
    try:
        yield end
    finally:
        timer.cancel()
