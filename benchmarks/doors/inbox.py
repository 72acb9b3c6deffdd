"""The recipient's list with thousands of reports."""

from __future__ import annotations

from collections.abc import Iterator

from django.template import engines
from django.utils import timezone

from benchmarks import seed
from benchmarks.figures import Figure, beside
from panah.ground.foundation import tenancy
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.practice.cast import Practice

SHOWN = 50
BARE = "{% for one in rows %}<li>{{ one.kind }} {{ one.urgency }} {{ one.arrived_at }}</li>{% endfor %}"


def run(made: Practice, count: int) -> Iterator[Figure]:
    """Yield CPU time of the list of what arrived; the floor reads fifty rows of it and draws them barely."""
    society = made.staff["bakyt"].society_id
    for _ in range(count):
        reporters.submit_report(
            society=society, token=reporters_queries.new_token(), language="tg", urgency="week", at=timezone.now(),
            content={"text": "Practice: a bench."},
        )  # fmt: skip
    client, template = seed.browser(made, "bakyt"), engines["panah"].from_string(BARE)

    def page() -> None:
        if client.get("/inbox/").status_code != 200:
            raise RuntimeError("the list of what arrived has another address")

    def bare() -> None:
        with tenancy.tenant_context(society):
            rows = list(Arrival.objects.filter(society=society, state="sealed").in_order()[:SHOWN])
        template.render({"rows": rows})

    ours, floor = beside(page, bare, times=30)
    yield Figure("doors", "the recipient's list", ours, "ms CPU", floor, count)
