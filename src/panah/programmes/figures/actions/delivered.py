"""The delivered figures come into a society's register: what is there already stays as it is."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.programmes.figures import events
from panah.programmes.figures.actions.sources import store_file
from panah.programmes.figures.delivered import Given, GivenFigure, given
from panah.programmes.figures.models import Figure, Source, SourceFile, Tension
from panah.programmes.library import queries as library_queries


def bring_delivered_here(*, at: datetime) -> int:
    """Bring what is missing to every society that works here, within its walls; returns how many figures."""
    here = tenancy.current_tenant()
    return len(
        [
            pk
            for one in ([here] if here is not None else hosted_ids())
            for pk in bring_delivered(society=one, at=at)
        ]
    )


@transaction.atomic
def bring_delivered(*, society: UUID, at: datetime) -> list[UUID]:
    """Bring the delivered figures that a society does not have yet; returns the new ones.

    A newer version of Panah adds figures; it changes none that is there: that is for whoever keeps the register.
    """
    all_of_it = given()
    there = dict(Figure.objects.filter(society=society).exclude(delivered="").values_list("delivered", "pk"))
    if there.keys() >= all_of_it.figures.keys():
        return []
    sources = _sources(all_of_it, society, at)
    # A share names the row that it is a share of, and both come in at once.
    fresh = {key: uuid4() for key in all_of_it.figures if key not in there}
    there |= fresh
    Figure.objects.bulk_create(
        _row(key, one, sources[one.source], there, society, at)
        for key, one in all_of_it.figures.items()
        if key in fresh
    )
    made = list(fresh.values())
    new = set(made)
    Tension.objects.bulk_create(
        Tension(
            figure_id=there[one.figure],
            other_id=there[one.other] if one.other else None,
            kind=one.kind,
            delivered=key,
            says=one.says["en"],
            on=timezone.localtime(at).date(),
        )
        for key, one in all_of_it.tensions.items()
        if there[one.figure] in new or there.get(one.other) in new
    )
    audit.record(event=events.DELIVERED, by=None, society=society, at=at, facts={"rows": len(made)})
    return made


def _row(
    key: str,
    one: GivenFigure,
    source: tuple[Source, SourceFile | None],
    there: dict[str, UUID],
    society: UUID,
    at: datetime,
) -> Figure:
    said = asdict(one.claim)
    said["flags"] = list(one.claim.flags)
    return Figure(
        pk=there[key],
        society_id=society,
        delivered=key,
        source=source[0],
        file=source[1],
        numerator_id=there[one.numerator] if one.numerator else None,
        denominator_id=there[one.denominator] if one.denominator else None,
        per=one.per,
        entered_on=timezone.localtime(at).date(),
        **said,
    )


def _sources(all_of_it: Given, society: UUID, at: datetime) -> dict[str, tuple[Source, SourceFile | None]]:
    made: dict[str, tuple[Source, SourceFile | None]] = {}
    for key, one in all_of_it.sources.items():
        row, _new = Source.objects.get_or_create(
            society_id=society,
            delivered=key,
            defaults={
                "publisher": one.publisher,
                "title": one.title,
                "kind": one.kind,
                "link": one.link,
                "licence": one.licence,
                "country": one.country,
                "added_on": timezone.localtime(at).date(),
            },
        )
        file = row.files.first()
        if file is None and one.in_library:
            name, body = library_queries.delivered_file()
            file = store_file(
                row, [body], name=name, media_type="text/plain", licence=one.licence, by=None, at=at
            )
        made[key] = row, file
    return made
