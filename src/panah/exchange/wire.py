"""The one place from which a node speaks to another node. Nothing else here opens a connection.

HTTPS with the certificates the system trusts; without TLS only to this machine itself, and only on a practice node.
No redirect is followed, no cookie kept, no answer read that is larger than it may be. What goes wrong is told by one
short code: no text of the other side comes any further.
"""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings

from panah.exchange.words import Failure

ENVELOPES = "/exchange/v1/envelopes"
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
    end = threading.Timer(WHOLE, _cut, [line])
    end.daemon = True
    end.start()
    try:
        line.connect()
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
        end.cancel()
        line.close()
    if answer.status != http.client.OK or len(found) > largest:
        raise NotReached(Failure.NO_RECEIPT)
    return found


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


def _cut(line: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        line.sock.shutdown(socket.SHUT_RDWR)
