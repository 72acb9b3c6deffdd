"""Briefs of North at every turn: a draft of Bakyt's, one that Amina reads, and three of Nurlan's further on."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from panah.programmes.figures import actions as figures
from panah.programmes.figures.models import Brief, Figure
from tests.conftest import World

READ = {
    **dict.fromkeys(("border", "recognised", "says_more", "joined", "ranks"), "no"),
    "unknown": "yes",
    "why": "x",
}
TEXTS = {f"{name}_{tag}": "x" for name in ("title", "says", "unknown", "note") for tag in ("en", "ru")}


def briefed(world: World) -> dict[str, str]:
    by, other = world.staff["bakyt"], world.staff["nurlan"]
    source = figures.add_source(publisher="x", title="x", kind="report", by=by, at=world.at)
    kept, replaced = _figure(world, source), _figure(world, source)
    made = {
        "brief_draft": _brief(world, kept, by="bakyt"),
        "brief_reading": _brief(world, kept, by="bakyt", until="reading"),
        "brief_clearing": _brief(world, kept, by="nurlan", until="clearing"),
        "brief_cleared": _brief(world, kept, by="nurlan", until="cleared"),
        "brief_published": _brief(world, replaced, by="nurlan", until="published"),
    }
    figures.withdraw(figure=replaced, reason="x", by=other, at=timezone.now())
    return {name: str(one.pk) for name, one in made.items()}


def _figure(world: World, source: object) -> Figure:
    seven = Decimal(7)
    claim = figures.Claim(
        measure="assisted", as_printed="7", low=seven, high=seven, country="XA", data_year=2024, quote="7"
    )
    return figures.enter(claim=claim, source=source, by=world.staff["bakyt"], at=world.at)


def _brief(world: World, figure: Figure, *, by: str, until: str = "draft") -> Brief:
    author, reader, at = world.staff[by], world.staff["amina"], timezone.now()
    row = figures.begin_brief(country="XA", figures=[figure.number], by=author, at=at, **TEXTS)
    if until == "draft":
        return row
    figures.ask_to_read(brief=row, reader=str(reader.pk), by=author, at=at)
    if until == "reading":
        return row
    figures.read_brief(brief=row, by=reader, at=at, **READ)
    if until == "clearing":
        return row
    row.refresh_from_db()
    figures.clear_brief(brief=row, outcome="clear", seen=row.digest, by=world.staff["saule"], at=at)
    if until == "published":
        figures.publish_brief(brief=row, by=author, at=at)
    return row
