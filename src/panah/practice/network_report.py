"""The northern practice society told of the last quarter and prepared the one before."""

from __future__ import annotations

from django.utils import timezone

from panah.ground.exchange import queries as exchange_queries
from panah.practice.cast import Practice
from panah.programmes.network_report import actions as network_report
from panah.programmes.network_report import queries as network_report_queries
from panah.programmes.prevention import actions as prevention

TEXT = (
    "Practice: what was done in {period}. Sessions: {sessions}, people in them: {people}. "
    "Courses: {courses}, people in them: {trained}. Campaigns: {campaigns}, "
    "people reached, as far as can be said: {reach}."
)


def build(practice: Practice) -> None:
    if not practice.has("bakyt"):
        return
    bakyt, at = practice.staff["bakyt"], practice.at
    today = timezone.localtime(at).date()
    prevention.write_narrative(period=str(today.year), text=TEXT, by=bakyt, at=at)
    last = network_report_queries.own_quarters(to=bakyt, today=today)[0].quarter
    network_report.prepare(quarter=last.before, by=bakyt, at=at)
    row = network_report.prepare(quarter=last, by=bakyt, at=at)
    network_report.sign_off(
        contribution=row, looked_at=network_report.fingerprint(row.figures), by=bakyt, at=at
    )
    if there := [society.slug for society in exchange_queries.reachable_societies(to=bakyt, at=at)]:
        network_report.send(contribution=row, societies=there, by=bakyt, at=at)
