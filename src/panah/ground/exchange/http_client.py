"""The one place from which a node speaks to another node.

HTTPS with the certificates the system trusts; without TLS only to this machine itself, and only on a practice node.
No redirect is followed, no cookie kept, no answer read that is larger than it may be. What goes wrong is told by one
short code: no text of the other side comes any further.
"""

import http.client
import ssl
from contextlib import closing

from django.conf import settings

from panah.ground.exchange.words import Failure
from panah.ground.foundation.outgoing import Deadline, connection

ENVELOPES, CARDS = "/exchange/v1/envelopes", "/exchange/v1/card"
CONTENT = "application/octet-stream"
CONNECT, READ = 10, 30
# However slowly the other side drips: then the line is cut.
WHOLE = 90


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
        with Deadline(WHOLE) as end:
            line = connection(address, plain_to_self=settings.PANAH_PRACTICE, end=end, each=CONNECT)
            with closing(line):
                line.connect()
                line.sock.settimeout(READ)
                headers = {"Content-Type": CONTENT} if body is not None else {}
                line.request(
                    method, path, body=body, headers={**headers, "User-Agent": "panah", "Connection": "close"}
                )
                answer = line.getresponse()
                found = answer.read(largest + 1)
    except ssl.SSLCertVerificationError:
        raise NotReached(Failure.UNTRUSTED) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotReached(Failure.UNREACHABLE) from None
    if answer.status != http.client.OK or len(found) > largest:
        raise NotReached(Failure.NO_RECEIPT)
    return found
