"""Rows of made-up people for a release, drawn in a process of its own while the rest of the node is made.

They take as long as a third of all the rest, on one core; there is a second one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING

from panah.practice.evidence import begun
from panah.programmes.evidence import actions as evidence
from panah.programmes.evidence import sandbox
from panah.programmes.evidence.words import Product, What

if TYPE_CHECKING:
    from panah.practice.cast import Practice


def build(practice: Practice) -> None:
    if practice.has("nurlan", "bakyt"):
        evidence.sign_columns(keys=practice.keys("bakyt"), at=practice.at)
        row = begun(
            practice,
            Product.MICRODATA,
            What.REHEARSAL,
            "Practice: rows of made-up people",
            back=6,
            epsilon=Decimal(2),
        )
        asked = evidence.rehearsal_request(keys=practice.keys("nurlan"), release=row)
        aside = ThreadPoolExecutor(1)
        practice.rows = row, asked, aside.submit(sandbox.make, asked, lambda _stage, _done: None)
        aside.shutdown(wait=False)
