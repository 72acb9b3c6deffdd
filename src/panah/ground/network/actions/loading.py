"""Loading what Panah is delivered with. Running it again changes nothing a society has edited."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Protocol

from django.db import transaction

from panah.ground.foundation import delivered, dialled_numbers
from panah.ground.foundation.delivered import Row
from panah.ground.foundation.protected_models import at_once
from panah.ground.network import queries as network_queries
from panah.ground.network.models import Branch, FormerRegion, Region, RuleLine, Society


class Edited(Protocol):
    edited_at: datetime | None


@dataclass(slots=True)
class Loaded:
    """How many entries of each kind were written, and how many were left as people edited them."""

    written: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def count(self, kind: str, *, kept: bool = False) -> None:
        where = self.kept if kept else self.written
        where[kind] = where.get(kind, 0) + 1

    def is_kept(self, row: Edited, kind: str) -> bool:
        """Count an entry; whether it stays as it is, since it is a society's own word by now."""
        kept = row.edited_at is not None
        self.count(kind, kept=kept)
        return kept


def facts(name: str, *, room: str = "panah.ground.network") -> Row:
    """One data file of a room: "societies", "regions", "branches", "rules", "practice"."""
    return delivered.read(Path(str(resources.files(room))) / "data" / f"{name}.json")


@transaction.atomic
@at_once(RuleLine)
def load_reference_data(*, at: datetime, practice: bool = False) -> Loaded:
    """Write or refresh the register's starting data; with `practice` the two invented societies too.

    Idempotent. An entry with ``edited_at`` is a society's own word and stays as it is; rule lines
    of societies are never touched, since the delivered ones belong to countries.
    """
    loaded = Loaded()
    sheets = facts("rules")
    _regions(facts("regions"), loaded)
    _societies(facts("societies")["societies"], loaded)
    _branches(facts("branches")["branches"], loaded, at=at)
    _rule_lines(sheets["lines"], date.fromisoformat(sheets["valid_from"]), loaded, at=at)
    if practice:
        invented = facts("practice")
        _societies(invented["societies"], loaded)
        _branches(invented["branches"], loaded, at=at)
        began = at.date() - timedelta(days=365)
        _rule_lines(invented["rule_lines"], began, loaded, at=at)
    return loaded


def _regions(given: Row, loaded: Loaded) -> None:
    codes = {}
    for row in given["regions"]:
        region, _made = Region.objects.update_or_create(
            code=row["code"],
            defaults={
                "iso2": row["code"][:2],
                "names": row["names"],
                "kind": row["kind"],
                "latitude": row["main_town"][0],
                "longitude": row["main_town"][1],
            },
        )
        codes[row["code"]] = region
        loaded.count("regions")
    for row in given["former"]:
        changed = row.get("changed_on")
        FormerRegion.objects.update_or_create(
            scheme=row["scheme"],
            code=row["code"],
            region=codes[row["region"]],
            defaults={
                "name": row["name"],
                "whole": row["whole"],
                "note": row.get("note", ""),
                "changed_on": date.fromisoformat(changed) if changed else None,
            },
        )


def _societies(rows: Iterable[Row], loaded: Loaded) -> None:
    known = network_queries.societies_by_slug()
    new: list[Society] = []
    changed: list[Society] = []
    for row in rows:
        society = known.get(row["slug"]) or Society(slug=row["slug"])
        if not loaded.is_kept(society, "societies"):
            (changed if row["slug"] in known else new).append(_fill_society(society, row))
    Society.objects.bulk_create(new)
    # Whether a society works on this node is the node's own setting, not a delivered fact.
    columns = [
        "iso2",
        "iso3",
        "fdrs",
        "name_en",
        "name_ru",
        "names",
        "names_unchecked",
        "website",
        "central_asian",
        "practice",
        "time_zone",
        "languages",
    ]
    if changed:
        Society.objects.bulk_update(changed, columns)


def _fill_society(society: Society, row: Row) -> Society:
    society.iso2, society.iso3 = row["iso2"], row["iso3"]
    society.fdrs, society.website = row.get("fdrs", ""), row.get("website", "")
    society.name_en, society.name_ru = row["en"], row.get("ru", "")
    society.names, society.names_unchecked = row.get("names", {}), row.get("unchecked", [])
    society.central_asian = row.get("central_asian", False)
    society.practice = row.get("practice", False)
    society.time_zone, society.languages = row["time_zone"], row["languages"]
    if society._state.adding:
        society.hosted = row.get("hosted", False)
    return society


def _branches(rows: Iterable[Row], loaded: Loaded, *, at: datetime) -> None:
    societies = network_queries.societies_by_slug()
    regions = network_queries.regions_by_code()
    for row in rows:
        society = societies[row["society"]]
        branch = Branch.objects.filter(society=society, slug=row["slug"]).first()
        branch = branch or Branch(society=society, slug=row["slug"])
        if loaded.is_kept(branch, "branches"):
            continue
        branch.name_en, branch.name_ru = row["en"], row["ru"]
        branch.names, branch.note = row.get("names", {}), row.get("note", "")
        branch.region = regions[row["region"]]
        if "confirmed_by" in row and not branch.confirmed:
            branch.confirmed, branch.confirmed_at = True, at
            branch.confirmed_by = row["confirmed_by"]
        branch.save()


def _rule_lines(rows: Iterable[Row], begins: date, loaded: Loaded, *, at: datetime) -> None:
    societies = network_queries.societies_by_slug()
    written: list[RuleLine] = []
    for row in rows:
        society = societies[row["society"]] if "society" in row else None
        checked_on = _checked_on(row, at)
        given = {
            "value": row["value"],
            "text_en": row["en"],
            "text_ru": row["ru"],
            "source": row["source"],
            "checked_on": checked_on,
            "checked_by": row.get("checked_by", ""),
        }
        same = RuleLine.objects.filter(iso2=row["iso2"], society=society, key=row["key"])
        if society is not None and same.exists():
            loaded.count("rule lines", kept=True)
            continue
        # A delivered line has no "entered by"; a newer delivery corrects it in place.
        line = same.filter(valid_from=begins, entered_by="").first() or RuleLine(
            iso2=row["iso2"], society=society, key=row["key"], valid_from=begins, entered_at=at
        )
        for name, value in given.items():
            setattr(line, name, value)
        line.save()
        written.append(line)
        loaded.count("rule lines")
    dialled_numbers.keep(line for line in written if line.dialled() is not None)


def _checked_on(row: Row, at: datetime) -> date | None:
    if "checked_on" in row:
        return date.fromisoformat(row["checked_on"])
    if "checked_days_ago" in row:
        return at.date() - timedelta(days=row["checked_days_ago"])
    return None
