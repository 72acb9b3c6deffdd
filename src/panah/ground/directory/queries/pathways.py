"""Who refers whom for what, read for a page, a picture and a referral."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import get_language

from panah.ground.directory import pathway_svg, words
from panah.ground.directory.models import Organization, PathwayStep, Service
from panah.ground.directory.queries.entries import in_language

if TYPE_CHECKING:
    from panah.ground.network.models import Society


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step for the reader; `works` whether the service it leads to still takes people."""

    id: UUID
    number: int
    sender: str
    receiver: str
    organization: str
    service_id: UUID | None
    organization_id: UUID
    conditions: str
    works: bool
    edge: pathway_svg.Edge


@dataclass(frozen=True, slots=True)
class Pathway:
    """The agreed way for one need: its steps in order, and the picture of them."""

    need: str
    label: str
    steps: tuple[StepCard, ...]

    @property
    def picture(self) -> pathway_svg.Drawing:
        return pathway_svg.drawn(step.edge for step in self.steps)


def _card(row: PathwayStep, number: int) -> StepCard:
    language = get_language() or "en"
    to: Any = row.to_service.organization if row.to_service else row.to_organization
    receiver = row.to_service.name_in(language) if row.to_service else to.name_in(language)
    organization = to.name_in(language)
    if row.from_organization is not None:
        begin, sender = f"o{row.from_organization_id}", row.from_organization.name_in(language)
    else:
        begin, sender = row.from_role, str(words.Referrer(row.from_role).label)
    text = f"{receiver}, {organization}" if row.to_service else receiver
    return StepCard(
        id=row.pk,
        number=number,
        sender=sender,
        receiver=receiver,
        organization=organization if row.to_service else "",
        service_id=row.to_service_id,
        organization_id=to.pk,
        conditions=in_language(row.conditions_en, row.conditions_ru),
        works=row.to_service is None or row.to_service.status == words.ServiceStatus.ACTIVE,
        edge=pathway_svg.Edge(number, begin, sender, f"o{to.pk}", text),
    )


def pathways_of(society: Society, *, need: str = "") -> tuple[Pathway, ...]:
    """The pathways of a society in the order of needs, or the one for a need. One query."""
    rows = PathwayStep.objects.filter(society=society).select_related(
        "from_organization", "to_organization", "to_service__organization"
    )
    if need:
        rows = rows.filter(need=need)
    places = {code: n for n, code in enumerate(words.Need.values)}
    ordered = sorted(rows, key=lambda r: (places.get(r.need, 99), r.order, r.pk))
    return tuple(
        Pathway(code, str(words.Need(code).label), _cards(steps))
        for code, steps in groupby(ordered, key=lambda r: r.need)
    )


def _cards(rows: Iterable[PathwayStep]) -> tuple[StepCard, ...]:
    return tuple(_card(row, n) for n, row in enumerate(rows, 1))


def step_or_none(society: Society, pk: UUID) -> PathwayStep | None:
    return PathwayStep.objects.filter(society=society, pk=pk).select_related("society").first()


def receivers(society: Society) -> list[tuple[str, list[tuple[str, str]]]]:
    """Whom a step can lead to, by organisation: it itself ("o:<id>"), then its services ("s:<id>"). Two queries.

    Of the society's own country: what crosses a border goes by the society there.
    """
    language = get_language() or "en"
    organizations = sorted(
        Organization.objects.filter(iso2=society.iso2), key=lambda o: o.name_in(language).casefold()
    )
    services: dict[UUID, list[tuple[str, str]]] = {}
    rows = Service.objects.filter(organization__in=organizations).exclude(status=words.ServiceStatus.DEFUNCT)
    for one in sorted(rows, key=lambda s: s.name_in(language).casefold()):
        services.setdefault(one.organization_id, []).append((f"s:{one.pk}", one.name_in(language)))
    return [
        (o.name_in(language), [(f"o:{o.pk}", o.name_in(language)), *services.get(o.pk, [])])
        for o in organizations
    ]


def senders(society: Society) -> list[tuple[str, str]]:
    """Who can begin a step: roles ("r:<code>") and the organisations of the country ("o:<id>"). One query."""
    language = get_language() or "en"
    roles = [(f"r:{code}", str(label)) for code, label in words.Referrer.choices]
    rows = ((f"o:{o.pk}", o.name_in(language)) for o in Organization.objects.filter(iso2=society.iso2))
    return [*roles, *sorted(rows, key=lambda row: row[1].casefold())]
