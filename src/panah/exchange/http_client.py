"""The one place from which a node speaks to another node. Nothing else here opens a connection.

HTTPS with the certificates the system trusts; without TLS only to this machine itself, and only on a practice node.
No redirect is followed, no cookie kept, no answer read that is larger than it may be. What goes wrong is told by one
short code: no text of the other side comes any further.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings

from panah.exchange.words import Failure

ENVELOPES, CARDS = "/exchange/v1/envelopes", "/exchange/v1/card"
CONTENT = "application/octet-stream"
CONNECT, READ = 10, 30
# However slowly the other side drips: then the line is cut.
WHOLE = 90
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NotReached(Exception):
    """Nothing came back that could be used; ``failure`` is a code of ``words.Failure``."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


def post(address: str, path: str, body: bytes, *, largest: int) -> bytes:
    """Send bytes to a node and return its answer, or raise NotReached. ``address`` is ``https://host[:port]``."""
    return _ask("POST", address, path, body, largest)


def get(address: str, path: str, *, largest: int) -> bytes:
    """Return what a node shows at a path of the protocol, or raise NotReached."""
    return _ask("GET", address, path, None, largest)


def _ask(method: str, address: str, path: str, body: bytes | None, largest: int) -> bytes:
    try:
        line = _line(address)
    except ValueError:
        raise NotReached(Failure.UNREACHABLE) from None
    headers = {"Content-Type": CONTENT} if body is not None else {}
    with _no_longer_than(line, WHOLE) as end:
        try:
            line.connect()
            end.hold(line.sock)
            line.sock.settimeout(READ)
            line.request(
                method, path, body=body, headers={**headers, "User-Agent": "panah", "Connection": "close"}
            )
            answer = line.getresponse()
            found = answer.read(largest + 1)
        except ssl.SSLCertVerificationError:
            raise NotReached(Failure.UNTRUSTED) from None
        except (OSError, http.client.HTTPException, ValueError):
            raise NotReached(Failure.UNREACHABLE) from None
        finally:
            line.close()
    if end.came:
        raise NotReached(Failure.UNREACHABLE)
    if answer.status != http.client.OK or len(found) > largest:
        raise NotReached(Failure.NO_RECEIPT)
    return found


class _End:
    """Cuts a line when its time is over, in whatever state it is."""

    def __init__(self, line: http.client.HTTPConnection) -> None:
        self.line = line
        self.sock: socket.socket | None = None
        self.came = False

    def hold(self, sock: socket.socket | None) -> None:
        # The connection forgets its socket as soon as an answer begins that ends with the line.
        self.sock = sock

    def cut(self) -> None:
        self.came = True
        with suppress(OSError, AttributeError):
            (self.sock or self.line.sock).shutdown(socket.SHUT_RDWR)


@contextmanager
def _no_longer_than(line: http.client.HTTPConnection, seconds: float) -> Iterator[_End]:
    end = _End(line)
    timer = threading.Timer(seconds, end.cut)
    timer.daemon = True
    timer.start()
    try:
        yield end
    finally:
        timer.cancel()


def _line(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" and host:
        return http.client.HTTPSConnection(
            host, parts.port, timeout=CONNECT, context=ssl.create_default_context()
        )
    if parts.scheme == "http" and host in HERE and settings.PANAH_PRACTICE:
        return http.client.HTTPConnection(host, parts.port, timeout=CONNECT)
    raise ValueError(address)
