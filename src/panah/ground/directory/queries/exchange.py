"""The directory as it leaves: a file for others, and one organisation for another node."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.directory import words
from panah.ground.directory.hsds import tables, writing
from panah.ground.directory.hsds.attributes import Places
from panah.ground.directory.hsds.terms import VERSION
from panah.ground.directory.models import Organization, Service
from panah.ground.directory.queries.written_rows import columns, organization_rows, service_rows
from panah.ground.foundation import dialled_numbers
from panah.ground.network import queries as network_queries
from panah.ground.network.words import ALSO_CALLED, country_name, folded

if TYPE_CHECKING:
    from panah.ground.network.models import Society


# What a file of the directory may be, and how browsers are told.
FORMS = {"json": "application/json", "zip": "application/zip"}


def file_of(services: Iterable[Service], *, form: str, at: datetime) -> bytes:
    """These services as one file of HSDS 3.0: "json", services with their organisation inside; "zip", tables."""
    if form == "zip":
        return tables.package(writing.with_organizations(services, at=at))
    return json.dumps(writing.compiled(services, at=at), ensure_ascii=False, indent=1).encode()


def everything(*, society: Society | None = None) -> list[Service]:
    """The services that have not ended, or those that one society keeps, by name. Four queries."""
    ended, whose = words.ServiceStatus.DEFUNCT, str(society.pk) if society else ""
    rows = service_rows(
        lambda row: row["status"] != ended and (not whose or row["society"] == whose), contacts=True
    )
    return unchanged(rows)


def unchanged(rows: Iterable[Service]) -> list[Service]:
    """Return those that may leave: not what was changed outside Panah, and no contact that was."""
    found = [row for row in dialled_numbers.compared(rows) if not row.changed_outside]
    contacts = dialled_numbers.compared(contact for row in found for contact in row.contacts.all())
    wrong = {contact.service_id for contact in contacts if contact.changed_outside}
    return [row for row in found if row.pk not in wrong]


def places() -> Places:
    """What countries and regions are called in English, Russian and their own languages. Two queries."""
    regions: dict[str, str] = {}
    for region in network_queries.regions_by_code().values():
        for name in (region.code, *region.names.values()):
            regions.setdefault(folded(name), region.code)
    countries: dict[str, str] = {}
    zones: dict[str, str] = {}
    for society in network_queries.societies_by_slug().values():
        zones[society.iso2] = society.time_zone
        named = (country_name(society.iso2, language) for language in ("en", "ru"))
        for name in (society.iso2, society.iso3, *named, *ALSO_CALLED.get(society.iso2, ())):
            countries.setdefault(folded(name), society.iso2)
    return Places(regions=regions, countries=countries, zones=zones)


def directory_entry(*, organization: UUID, at: datetime) -> dict[str, object] | None:
    """One organisation with its services in HSDS 3.0, for the nodes of the network; None for what is not ours to tell.

    Told is what a society of this node keeps and what nobody told it: never the word of a third. Without contacts,
    without an e-mail address, without who verified. ``as_of`` is the newest change or verification; ``ended`` says
    that no service of it works any more.
    """
    row = next(iter(organization_rows([organization])), None)
    if row is None or row.source or row.society is None or not row.society.hosted:
        return None
    # Not what was changed outside Panah: there it would be believed.
    rows = service_rows(
        lambda one: one["organization"] == str(organization) and not one["source"], contacts=True
    )
    services = [service for service in dialled_numbers.compared(rows) if not service.changed_outside]
    working = [service for service in services if service.status != words.ServiceStatus.DEFUNCT]
    told = writing.organization(row) | {"services": [_plain(writing.service(one, at=at)) for one in working]}
    return {
        "hsds": VERSION,
        "society": row.society.slug,
        "as_of": _newest(row, services, at).isoformat(),
        "ended": bool(services) and not working,
        "organization": _plain(told),
    }


def _plain(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if name not in ("contacts", "email")}


def _newest(row: Organization, services: Iterable[Service], at: datetime) -> datetime:
    moments = [row.edited_at, *(m for service in services for m in (service.edited_at, service.last_at))]
    return max((m for m in moments if m is not None), default=at)


def told_organizations(society: UUID) -> list[UUID]:
    """The organisations that a society keeps and may tell other nodes of."""
    rows = columns(Organization)
    return [UUID(str(row["pk"])) for row in rows if row["society"] == str(society) and not row["source"]]
