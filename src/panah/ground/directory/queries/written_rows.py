"""The rows of the directory as Panah wrote them, whatever stands in its tables now. Other queries read them here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from panah.ground.directory.models import (
    HotlineNumber,
    Organization,
    Service,
    ServiceContact,
    ServicePhone,
    ServiceTerm,
    Verification,
)
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protected_rows import trusted_columns, trusted_rows
from panah.ground.foundation.tenancy import NO_TENANT

# Under which lies what strangers are shown: whom to ask for at a partner is for colleagues.
SHOWN_TO_STRANGERS = tuple(
    model.protection.kind
    for model in (HotlineNumber, Verification, Organization, Service, ServiceTerm, ServicePhone)
)

type Wanted = Callable[[Mapping[str, object]], bool]


def columns(model: type[HotlineNumber | Organization | Service | ServiceTerm]) -> list[Mapping[str, object]]:
    """Return every row of a table as it was written, by the names of its columns; ids are text."""
    return trusted_columns(model, NO_TENANT)


def hotline_rows(wanted: Wanted) -> list[HotlineNumber]:
    """Return numbers with their last attempt, by country and name. One query."""
    rows = HotlineNumber.objects.select_related("society")
    found = trusted_rows(HotlineNumber, NO_TENANT, wanted, rows=rows)
    return _tried(sorted(found, key=attrgetter("iso2", "name_en")), "hotline_number")


def service_rows(wanted: Wanted, *, contacts: bool = False) -> list[Service]:
    """Return services with organisation, terms, telephones and last attempt, by name. Two queries."""
    rows = Service.objects.select_related("region", "society")
    kept = trusted_rows(Service, NO_TENANT, wanted, rows=rows)
    organizations = {row.pk: row for row in organization_rows({row.organization_id for row in kept})}
    found = [row for row in kept if row.organization_id in organizations]
    for row in found:
        row.organization = organizations[row.organization_id]
    _give(found, ServiceTerm, "terms", "kind", "term")
    _give(found, ServicePhone, "phones", "number")
    if contacts:
        _give(found, ServiceContact, "contacts", "name")
    return _tried(sorted(found, key=attrgetter("name_en")), "service")


def organization_rows(wanted: Iterable[UUID]) -> list[Organization]:
    """Return these organisations. One query."""
    ids, rows = {str(pk) for pk in wanted}, Organization.objects.select_related("society")
    return trusted_rows(Organization, NO_TENANT, lambda row: row["pk"] in ids, rows=rows)


def contact_rows(service: UUID) -> list[ServiceContact]:
    """Return whom to ask for at a service."""
    return _parts(ServiceContact, {str(service)}, "name")


def attempts(target: str, pk: UUID) -> list[Verification]:
    """Return the attempts to reach a service or a number ("service", "hotline_number"), the newest first."""
    none = Verification.objects.none()
    found = trusted_rows(Verification, NO_TENANT, lambda row: row[target] == str(pk), rows=none)
    return sorted(found, key=attrgetter("at"), reverse=True)


def _give[M: (ServiceTerm, ServicePhone, ServiceContact)](
    services: Iterable[Service], model: type[M], name: str, *order: str
) -> None:
    """Put what belongs to services, in this order, where asking a service for it by ``name`` finds it."""
    of: dict[UUID, list[M]] = {row.pk: [] for row in services}
    for one in _parts(model, {str(pk) for pk in of}, *order):
        of[one.service_id].append(one)
    for row in services:
        found = model._base_manager.all()
        found._result_cache = of[row.pk]
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = found


def _parts[M: ProtectedModel](model: type[M], services: set[str], *order: str) -> list[M]:
    none = model._base_manager.none()
    found = trusted_rows(model, NO_TENANT, lambda row: row["service"] in services, rows=none)
    return sorted(found, key=attrgetter(*order))


def _tried[M: (HotlineNumber, Service)](rows: list[M], target: str) -> list[M]:
    """Give each row its last attempt."""
    last: dict[object, Mapping[str, object]] = {}
    for one in trusted_columns(Verification, NO_TENANT):
        before = last.get(one[target])
        if before is None or _moment(one) > _moment(before):
            last[one[target]] = one
    for row in rows:
        found = last.get(str(row.pk))
        row.last_at = _moment(found) if found else None
        row.last_by, row.last_outcome = (str(found["by"]), str(found["outcome"])) if found else ("", "")
        row.last_expires_on = date.fromisoformat(str(found["expires_on"])) if found else None
    return rows


def _moment(attempt: Mapping[str, object]) -> datetime:
    return datetime.fromisoformat(str(attempt["at"]))
