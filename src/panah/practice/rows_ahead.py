"""Rows of made-up people for a release, drawn in a process of its own while the rest of the node is made.

They take as long as a third of all the rest, on one core; there is a second one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from panah.evidence import actions as evidence
from panah.evidence import sandbox
from panah.evidence.words import Product, What

if TYPE_CHECKING:
    from panah.evidence.models import Release
    from panah.practice.cast import Practice

CONTACT = "Practice data office, data@practice.example"


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


def begun(
    practice: Practice,
    product: Product,
    what: What,
    title: str,
    *,
    back: int = 1,
    epsilon: Decimal | None = None,
) -> Release:
    return evidence.begin(
        what=what,
        year=timezone.localtime(practice.at).year - back,
        product=product,
        title=title,
        contact=CONTACT,
        about="Practice: made-up people.",
        epsilon=epsilon,
        by=practice.staff["nurlan"],
        at=practice.at - timedelta(days=back),
    )
