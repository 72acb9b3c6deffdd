"""The mark of a device that a colleague has signed in from: whose tries are counted apart, and nothing else.

It is no factor and opens nothing. The browser holds a long random value in a cookie whose name says, to this node
alone, whose it is: colleagues who share a computer each have their own. The table holds a hash; no address, no agent.
"""

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from panah.ground.foundation import retention


def cookie_name(username: str) -> str:
    """Return the name of the cookie that keeps the mark of whoever signs in with this name, a made-up one alike."""
    whose = salted_hmac("panah known device", username.strip().lower(), algorithm="sha256").hexdigest()
    return f"{settings.PANAH_DEVICE_COOKIE}_{whose[:16]}"


def new_mark() -> str:
    """Return a new mark: 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(mark: str) -> bytes:
    """Return how a mark is kept."""
    return hashlib.sha256(b"panah known device" + mark.encode()).digest()


def mark_of(request: HttpRequest, username: str) -> str:
    """Return the mark that this browser holds for a sign-in name; empty when there is none."""
    return request.COOKIES.get(cookie_name(username), "")


def keep_mark(response: HttpResponse, username: str, mark: str) -> None:
    """Put the mark into a cookie that outlives the sign-in."""
    response.set_cookie(
        cookie_name(username),
        mark,
        max_age=retention.KNOWN_DEVICE.period,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def drop_mark(response: HttpResponse, username: str) -> None:
    """Take the mark off the browser."""
    response.delete_cookie(cookie_name(username), samesite="Strict")
