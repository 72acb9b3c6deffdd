"""Tables of figures of North: one that waits with its difference, and one whose columns are still to be explained."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone

from panah.programmes.figures import actions as figures
from panah.programmes.figures.models import Import, Source
from panah.programmes.figures.reading.column_mapping import ColumnMapping
from tests.conftest import World


def imported(world: World) -> dict[str, str]:
    by, at = world.staff["bakyt"], timezone.now()
    source = Source.objects.create(
        society=by.society,
        publisher="x",
        title="x",
        kind="report",
        country="XA",
        added_by=by,
        added_on=at.date(),
    )

    def bring(text: str) -> Import:
        return figures.bring_table(source=source, file=ContentFile(text.encode(), name="x.csv"), by=by, at=at)

    row = bring("Year,Sex,Persons\n2021,Total,7\n2021,Female,x\n")
    mapping = ColumnMapping.from_json(row.proposed["mapping"]).changed(
        fixed={"measure": "identified", "country": "XA"}
    )
    figures.say_columns(table_import=row, name="x", mapping=mapping, by=by, at=at)
    figures.read_tables(at=at)
    asked = bring("Year,Age,Persons\n2021,Total,7\n")
    # As if it were a workbook: another sheet can be chosen.
    Import.objects.filter(pk=asked.pk).update(sheet="a", sheets=["a", "b"])
    return {"table_import": str(row.pk), "table_asked": str(asked.pk)}
