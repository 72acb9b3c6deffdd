"""A letter that only opens with a code told by telephone: AES-256 as PDF 2.0 prescribes it (ISO 32000-2, 7.6).

The stretching that the standard prescribes is weak, so the code carries the strength: 24 digits are 79 bits. Digits,
since they are typed on any keyboard and said alike in every language. It protects against reading, not against somebody
who changes the file on its way.
"""

import secrets
from io import BytesIO

from pypdf import PdfReader, PdfWriter

DIGITS, GROUP = 24, 4


def new_code() -> str:
    """Return 24 random digits in groups of four, to read out by telephone."""
    digits = "".join(secrets.choice("0123456789") for _place in range(DIGITS))
    return " ".join(digits[place : place + GROUP] for place in range(0, DIGITS, GROUP))


def is_code(code: str) -> bool:
    """Say whether this is a code as ``new_code`` makes them: a shorter one would protect nothing."""
    return [len(one) for one in code.split(" ") if one.isascii() and one.isdigit()] == [GROUP] * (
        DIGITS // GROUP
    )


def encrypted(letter: bytes, *, code: str) -> bytes:
    """Return a letter that opens with the code, typed with its spaces or without them, and with nothing else."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(letter)))
    writer.pdf_header = "%PDF-2.0"
    # Printing and copying are left to whoever was told the code: a right that a program could ignore is none.
    writer.encrypt(user_password=code.replace(" ", ""), owner_password=code, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
