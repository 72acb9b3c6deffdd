"""Tables of figures in practice: one edition was taken into the register, the next one waits with its difference."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from panah.ground.network.words import NORTH
from panah.programmes.figures import actions as figures
from panah.programmes.figures.reading.column_mapping import ColumnMapping

if TYPE_CHECKING:
    from datetime import datetime

    from panah.practice.cast import Practice
    from panah.programmes.figures.models import Import, Source

# Totals stand in every dimension; "<5" hides; a year later one number was revised and one is not given any more.
FIRST = """Year,Quarter,Sex,Age,Persons identified
2024,Total,Total,Total,52
2024,Total,Female,Total,28
2024,Total,Male,Total,24
2024,Total,Female,Children,<5
2024,Total,Male,Children,..
2024,Q1,Total,Total,11
2024,Q2,Total,Total,17
2024,Q3,Total,Total,15
2024,Q4,Total,Total,9
"""
SECOND = """Year,Quarter,Sex,Age,Persons identified
2024,Total,Total,Total,54
2024,Total,Female,Total,28
2024,Total,Male,Total,24
2024,Total,Female,Children,..
2024,Q1,Total,Total,11
2024,Q2,Total,Total,17
2024,Q3,Total,Total,17
2024,Q4,Total,Total,9
2025,Total,Total,Total,61
2025,Total,Female,Total,30
2025,Total,Male,Total,about thirty
"""


def build(practice: Practice) -> None:
    """Bring both editions as the data officer of North does; the worker's part is done here too."""
    if not practice.has("nurlan"):
        return
    by, before = practice.staff["nurlan"], practice.at - timedelta(days=90)
    source = figures.add_source(
        publisher="Practice Office of Statistics",
        title="Practice yearbook: people identified",
        kind="statistics",
        licence="Practice: free to copy",
        country=NORTH,
        hides_from=1,
        by=by,
        at=before,
    )
    row = _brought(practice, source, FIRST, "practice-yearbook-2024.csv", before)
    mapping = ColumnMapping.from_json(row.proposed["mapping"]).changed(
        fixed={"country": NORTH, "measure": "identified"}
    )
    figures.say_columns(
        table_import=row, name="Practice: people identified", mapping=mapping, by=by, at=before
    )
    figures.read_tables(at=before)
    row.refresh_from_db()
    figures.accept_table(table_import=row, decision=figures.Decision(), by=by, at=before)
    _brought(practice, source, SECOND, "practice-yearbook-2025.csv", practice.at - timedelta(days=1))
    figures.read_tables(at=practice.at)


def _brought(practice: Practice, source: Source, text: str, name: str, at: datetime) -> Import:
    file = ContentFile(text.encode(), name=name)
    year = 2025 if "2024" in name else 2026
    return figures.bring_table(source=source, file=file, report_year=year, by=practice.staff["nurlan"], at=at)
