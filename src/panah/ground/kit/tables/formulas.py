"""The apostrophe before what a spreadsheet would take for a formula: put there by what goes out, taken off again."""

import re

# A telephone number looks like a sum to a spreadsheet, and does nothing: it stays as it is dialled.
PHONE = re.compile(r"\+[0-9]{7,15}")
STARTS = ("=", "+", "-", "@", "\t", "\r")


def with_apostrophe(text: str) -> str:
    """Return the text as a cell that does not begin like a formula: a workbook's too, which may be saved as CSV later.

    A text that has apostrophes of its own before such a sign gets one more: one is taken off again.
    """
    looks = text.lstrip("'").startswith(STARTS) and not PHONE.fullmatch(text)
    return f"'{text}" if looks else text


def without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text
