"""A figure of North with its source and file, and a sentence about it that Bakyt wrote."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from panah.programmes.figures import actions as figures
from tests.conftest import World


def figured(world: World) -> dict[str, str]:
    by, at = world.staff["bakyt"], timezone.now()
    source = figures.add_source(publisher="x", title="x", kind="report", by=by, at=at)
    body = ContentFile(b"a,b", name="x.csv")
    file = figures.keep_file(source=source, file=body, media_type="text/csv", by=by, at=at)
    claim = figures.Claim(
        measure="identified",
        as_printed="7",
        low=Decimal(7),
        high=Decimal(7),
        country="XA",
        data_year=2025,
        quote="7",
    )
    row = figures.enter(claim=claim, source=source, file=file, by=by, at=at)
    said = {"value": "7", "sentence_en": "x", "sentence_ru": "x", "source_said": "x"}
    sentence = figures.write_sentence(country=by.society.iso2, figure=row, by=by, at=at, **said)
    return {
        "figure": row.number,
        "figure_source": source.number,
        "figure_file": str(file.pk),
        "sentence": str(sentence.pk),
    }
