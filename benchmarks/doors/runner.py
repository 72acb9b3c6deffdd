"""Run the benches of the door one after another."""

from __future__ import annotations

from collections.abc import Iterator

from django.test.utils import override_settings

from benchmarks import seed
from benchmarks.doors import first_page, inbox, receipts, reports
from benchmarks.figures import Figure
from benchmarks.siege.runner import CHEAP
from panah.ground.directory import actions as directory


def run(quick: bool) -> Iterator[Figure]:
    """Yield weight and time of the first page, numbers of messages by time, reports at once, the recipient's list."""
    with override_settings(PANAH_ARGON2=CHEAP):
        made = seed.node()
    directory.load_reference_data(at=made.at)
    yield from first_page.weights()
    yield from receipts.run(made, 300 if quick else 2000)
    yield from reports.run(made, quick=quick)
    yield from inbox.run(made, 500 if quick else 10_000)
