"""A connection to another machine by HTTP: https with certificates the system trusts, and cut when its time is over.

Without TLS only to this machine itself, where the caller allows that. No proxy, no redirect, no cookie.
"""

import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Family, kind and protocol of a socket, and what it is connected to.
type Found = tuple[int, int, int, tuple[object, ...]]
type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Deadline:
    """One time for all: looking a name up, every address tried, the handshake, and each line opened under it.

    When it is over, what is open is cut, in whatever state, nothing more is opened, and the block ends with
    TimeoutError. A socket of our own (``dup``) stands for each line: the one that was connected is given away to TLS,
    and forgotten when an answer begins.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.came = False
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._held:
                one.close()
            self._held.clear()
        if self.came:
            # Whatever the cut line was taken for: half an answer, a refusal.
            raise TimeoutError from value

    def left(self) -> float:
        """Return how many seconds are left; TimeoutError when none are."""
        seconds = self.ends - time.monotonic()
        if self.came or seconds <= 0:
            raise TimeoutError
        return seconds

    def connect(
        self,
        host: str,
        port: int,
        *,
        each: float | None = None,
        allowed: Callable[[Address], bool] = lambda _address: True,
    ) -> socket.socket:
        """Open a line to the first address of a host that answers. ``each``: the longest wait for one address.

        ``allowed`` is asked about the very address that is connected to, not about the name that led to it.
        """
        failure: OSError = ConnectionRefusedError()
        for family, kind, protocol, address in self._look_up(host, port):
            if not allowed(ipaddress.ip_address(str(address[0]).partition("%")[0])):
                continue
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(min(self.left(), each or self.left()))
                self._hold(sock)
                sock.connect(address)
                sock.settimeout(self.left())
            except OSError as problem:
                sock.close()
                failure = problem
            else:
                return sock
        self.left()
        raise failure

    def _look_up(self, host: str, port: int) -> list[Found]:
        # Nothing stops a look-up: whoever waits for it goes on without it.
        found: queue.SimpleQueue[list[Found] | OSError] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                found.put([(family, kind, protocol, to) for family, kind, protocol, _name, to in rows])
            except (OSError, UnicodeError):
                found.put(ConnectionError())

        threading.Thread(target=look_up, daemon=True).start()
        try:
            rows = found.get(timeout=self.left())
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(rows, OSError):
            raise rows
        return rows

    def _hold(self, sock: socket.socket) -> None:
        with self._lock:
            if self.came:
                raise TimeoutError
            self._held.append(sock.dup())

    def _cut(self) -> None:
        with self._lock:
            self.came = True
            for one in self._held:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


def connection(
    address: str,
    *,
    plain_to_self: bool,
    end: Deadline,
    each: float | None = None,
    allowed: Callable[[Address], bool] = lambda _address: True,
) -> http.client.HTTPConnection:
    """Return a connection that is not open yet; ValueError for an address that may not be asked."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    line: http.client.HTTPConnection
    if parts.scheme == "https" and host:
        line = http.client.HTTPSConnection(host, parts.port, context=ssl.create_default_context())
    elif parts.scheme == "http" and host in LOOPBACK and plain_to_self:
        line = http.client.HTTPConnection(host, parts.port)
    else:
        raise ValueError(address)

    def connect(to: tuple[str, int], *_given: object) -> socket.socket:
        return end.connect(*to, each=each, allowed=allowed)

    line._create_connection = connect  # type: ignore[attr-defined]
    return line
