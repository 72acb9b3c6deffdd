"""JSON that somebody else wrote and sealed. Plain Python."""

from __future__ import annotations

import json
import re
from typing import Any

# Half of a sign that is written in two, as a browser writes it where a field has cut one off.
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


def read(raw: bytes) -> Any:
    """Return what JSON says; half a sign in it is a question mark, since no page could be sent with one.

    Raises ValueError and RecursionError for what is no JSON.
    """
    value = json.loads(raw)
    if not _HALF.search(raw):
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
