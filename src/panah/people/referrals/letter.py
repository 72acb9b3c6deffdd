"""The letter of a referral as PDF: on paper, or locked with a code."""

from collections.abc import Iterable

from panah.ground.kit.letter import letter as drawn
from panah.people.referrals.pdf_encryption import encrypted


def letter(
    *,
    title: str,
    intro: str,
    rows: Iterable[tuple[str, str]],
    closing: Iterable[str],
    practice: str = "",
    code: str = "",
) -> bytes:
    """Return the letter; with a ``code`` it opens with that alone."""
    body = drawn(title=title, intro=intro, rows=rows, closing=closing, practice=practice)
    return encrypted(body, code=code) if code else body
