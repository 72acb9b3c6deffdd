"""The apostrophe before what a spreadsheet would take for a formula: put there by what goes out, taken off again."""

import re

# A telephone number looks like a sum to a spreadsheet, and does nothing: it stays as it is dialled.
PHONE = re.compile(r"\+[0-9]{7,15}")
STARTS = ("=", "+", "-", "@")


def with_apostrophe(text: str, *, in_csv: bool) -> str:
    """Return the text as a cell: in CSV nothing begins like a formula; in XLSX a text is a text already.

    A text that has apostrophes of its own before such a sign gets one more: one is taken off again.
    """
    looks = text.lstrip("'").startswith(STARTS)
    own = text.startswith("'")
    return f"'{text}" if looks and (own or (in_csv and not PHONE.fullmatch(text))) else text


def without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text
