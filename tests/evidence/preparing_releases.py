"""A release that is begun, prepared by one and decided by another."""

from django.urls import reverse

from panah.programmes.evidence.models import Release
from panah.programmes.evidence.words import ReleaseState
from tests.evidence.conftest import as_the_first

TABLES = {
    "what": "rehearsal", "year": "2025", "product": "tables", "epsilon": "", "title": "People in 2025",
    "contact": "Data office, data@north.example", "about": "",
}  # fmt: skip


def at(name, row):
    return reverse(f"evidence:{name}", args=[row.pk])


def begun(world, who="nurlan", **more):
    answer = world.client(who).post(reverse("evidence:begin"), {**TABLES, **more})
    assert answer.status_code == 302, answer.text
    return Release.objects.get(pk=answer["Location"].rstrip("/").split("/")[-1])


def press_prepare(world, row, who="nurlan"):
    return world.client(who).post(at("prepare", row), {"costs": "on"}, follow=True)


def prepared(world, who="nurlan", **more):
    def prepare():
        row = begun(world, who, **more)
        answer = press_prepare(world, row, who)
        row.refresh_from_db()
        assert row.state == ReleaseState.PREPARED, answer.text
        return row

    return as_the_first(world, f"prepared by {who}, {sorted(more.items())}", prepare)


def read(world, row, who="bakyt"):
    client = world.client(who)
    seen = client.get(at("review", row)).text.split('name="seen" value="')[1].split('"')[0]
    return client.post(at("review", row), {"report": "on", "earlier": "on", "seen": seen})


def decide(world, row, decision, remark="", who="bakyt"):
    return world.client(who).post(at("review", row), {"decision": decision, "remark": remark})


def state(row):
    row.refresh_from_db()
    return row.state
