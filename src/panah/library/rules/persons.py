"""Does a file speak of a person whom we help? What can be seen of that in a name or a text. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterator

from panah.foundation.ids import read_number

_LOOKS_LIKE_ONE = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Za-z]{3}[-‐–—][0-9A-Za-z]{3}[-‐–—][0-9A-Za-z](?![0-9A-Za-z])"
)


def case_numbers(text: str) -> Iterator[str]:
    """Yield what reads like a case number of ours: with its dashes, and with a check character that fits."""
    for found in _LOOKS_LIKE_ONE.findall(text):
        number = read_number(found)
        if number is not None:
            yield number
