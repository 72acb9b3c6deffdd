"""Bytes as a text of letters, digits, dashes and underscores (RFC 4648, 5), without padding: as seal.js says them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def to_base64url(raw: bytes) -> str:
    """Return bytes as text."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """Return the bytes again; ValueError where the text is none of these, in ASCII and of a length that can be."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
