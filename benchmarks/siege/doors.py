"""The doors of a node that answer to strangers, and what a stranger asks there in a hurry."""

from dataclasses import dataclass

FORM, BYTES = "application/x-www-form-urlencoded", "application/octet-stream"


@dataclass(frozen=True)
class Door:
    """``body`` is what a fast stranger posts; without one he reads the page."""

    path: str
    body: bytes = b""
    content: str = FORM
    cookie: str = ""


DOORS = {
    "sign-in": Door("/vault/sign-in"),
    "sign-in, posted": Door("/vault/sign-in", b"name=nobody&passphrase=acid+adapt+adjust&digits=000000"),
    "invitation": Door("/vault/invitation/" + "a" * 43),
    "second step": Door("/vault/second-step"),
    "a reset stopped by mail": Door("/vault/stop/" + "a" * 43),
    "no access": Door("/vault/cannot"),
    "words forgotten": Door("/vault/forgotten"),
    "language": Door("/kit/language", b"language=ru"),
    "one-time page": Door("/r/" + "a" * 22 + "/"),
    "exchange": Door("/exchange/v1/envelopes", bytes(4096), BYTES),
    "pairing card": Door("/exchange/v1/card/practice-north"),
    "healthz": Door("/healthz"),
    "a page without signing in": Door("/cases/"),
    "a page with a cookie made up": Door("/cases/", cookie="panah_session=" + "a" * 32),
}
