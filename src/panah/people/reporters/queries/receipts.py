"""Receipts and forms for the pages of the door, which keep none of them; plain rules of them stand in ``rules``."""

from panah.people.reporters import rules
from panah.people.reporters.rules import Receipt
from panah.people.reporters.wall import pepper


def receipt_for(token: str) -> Receipt:
    """Return the receipt of a form: the same each time the form is shown or sent again."""
    return rules.receipt_of(pepper(), token)


def proof_bits() -> int:
    """Return with how many zero bits a proof of work begins."""
    return rules.PROOF_BITS
