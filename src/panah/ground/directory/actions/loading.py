"""Loading the directory that Panah is delivered with. Running it again changes nothing a society has edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from panah.ground.directory.models import (
    KEPT_WHOLE,
    Agreement,
    HotlineNumber,
    Organization,
    Service,
    ServiceContact,
    ServicePhone,
    ServiceTerm,
    Verification,
)
from panah.ground.directory.queries import delivered_with_numbers
from panah.ground.directory.rules import expires_on, may_have_address
from panah.ground.directory.words import TermKind
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.delivered import Row
from panah.ground.foundation.protected_models import at_once
from panah.ground.network import actions as network
from panah.ground.network import queries as network_queries
from panah.ground.network.actions.loading import Loaded, facts

if TYPE_CHECKING:
    from panah.ground.network.models import Region, Society


@transaction.atomic
@at_once(*KEPT_WHOLE)
def load_reference_data(*, at: datetime, practice: bool = False) -> Loaded:
    """Write or refresh the register's starting data and the directory's; with `practice` what is invented too.

    Idempotent. An entry with ``edited_at`` is a society's own word and stays as it is.
    """
    loaded = network.load_reference_data(at=at, practice=practice)
    _directory(facts("directory", room="panah.ground.directory"), loaded, at=at)
    if practice:
        _directory(facts("practice", room="panah.ground.directory"), loaded, at=at)
    dialled_numbers.keep(delivered_with_numbers())
    return loaded


def _directory(given: Row, loaded: Loaded, *, at: datetime) -> None:
    societies = network_queries.societies_by_slug()
    regions = network_queries.regions_by_code()
    for row in given["hotlines"]:
        _hotline(row, societies, loaded, at=at)
    for row in given["organizations"]:
        organization = _organization(row, societies, loaded, at=at)
        for one in row["services"]:
            _service(one, organization, regions, loaded, at=at)


def _hotline(row: Row, societies: Mapping[str, Society], loaded: Loaded, *, at: datetime) -> None:
    number = HotlineNumber.objects.filter(reference=row["reference"]).first()
    number = number or HotlineNumber(reference=row["reference"])
    if loaded.is_kept(number, "hotline numbers"):
        return
    new = number._state.adding
    number.society, number.iso2 = societies[row["society"]], row["iso2"]
    number.kind, number.number = row["kind"], row.get("number", "")
    number.name_en, number.name_ru = row["en"], row["ru"]
    for name in ("note_en", "note_ru", "hours_en", "hours_ru", "source"):
        setattr(number, name, row.get(name, ""))
    number.languages, number.hours = row.get("languages", []), row.get("hours", [])
    number.time_zone, number.free = row["time_zone"], row.get("free")
    number.save()
    if new:
        _first_verification(row, at=at, hotline_number=number)


def _organization(
    row: Row, societies: Mapping[str, Society], loaded: Loaded, *, at: datetime
) -> Organization:
    found = Organization.objects.filter(reference=row["reference"]).first()
    organization = found or Organization(reference=row["reference"])
    if loaded.is_kept(organization, "organizations"):
        return organization
    organization.society, organization.iso2 = societies[row["society"]], row["iso2"]
    organization.is_society = societies.get(row.get("is_society", ""))
    organization.kind = row["kind"]
    organization.name_en, organization.name_ru = row["en"], row["ru"]
    organization.description_en = row.get("description_en", "")
    organization.description_ru = row.get("description_ru", "")
    organization.has_panah = row.get("has_panah", False)
    organization.save()
    if found is None and "agreement" in row:
        agreed = row["agreement"]
        starts = at.date() - timedelta(days=agreed["from_days_ago"])
        Agreement.objects.create(
            society=organization.society,
            organization=organization,
            starts_on=starts,
            ends_on=starts + timedelta(days=agreed["for_days"]),
            scope=agreed["scope"],
        )
    return organization


# Columns of a service that stand in the data under the same name, and what stands for nothing.
SERVICE_COLUMNS: dict[str, object] = {
    "description_en": "",
    "description_ru": "",
    "address": "",
    "minimum_age": None,
    "maximum_age": None,
    "hours_en": "",
    "hours_ru": "",
    "free": None,
    "fees": "",
    "capacity": "",
    "how_to_refer": "",
    "status": "active",
}


def _service(
    row: Row, organization: Organization, regions: Mapping[str, Region], loaded: Loaded, *, at: datetime
) -> None:
    found = Service.objects.filter(reference=row["reference"]).first()
    service = found or Service(reference=row["reference"])
    if loaded.is_kept(service, "services"):
        return
    service.organization, service.society = organization, organization.society
    service.iso2, service.region = organization.iso2, regions.get(row.get("region", ""))
    service.name_en, service.name_ru = row["en"], row["ru"]
    for name, nothing in SERVICE_COLUMNS.items():
        setattr(service, name, row.get(name, nothing))
    service.hours = row.get("hours", [])
    service.time_zone = organization.society.time_zone if organization.society else "UTC"
    if not may_have_address(row["needs"]):
        service.address = ""
    service.save()
    _write_parts(service, row)
    if found is None:
        _first_verification(row, at=at, service=service)


def _write_parts(service: Service, row: Row) -> None:
    terms = (
        *((TermKind.NEED, t) for t in row["needs"]),
        *((TermKind.ADMITS, t) for t in row["admits"]),
        *((TermKind.LANGUAGE, t) for t in row.get("languages", [])),
    )
    for kind, term in terms:
        ServiceTerm.objects.get_or_create(service=service, kind=kind, term=term)
    phones = [phone["number"] for phone in row.get("phones", [])]
    # What nobody here has written and Panah does not bring was put in by somebody else.
    service.phones.exclude(number__in=phones).delete()
    service.contacts.exclude(**row.get("contact", {"pk": None})).delete()
    for number in phones:
        ServicePhone.objects.get_or_create(service=service, number=number)
    if "contact" in row:
        ServiceContact.objects.get_or_create(service=service, **row["contact"])


def _first_verification(row: Row, *, at: datetime, **target: object) -> None:
    if "verified" not in row:
        return
    tried = row["verified"]
    when = at - timedelta(days=tried["days_ago"])
    Verification.objects.create(
        at=when,
        by=tried["by"],
        outcome=tried["outcome"],
        note=tried.get("note", ""),
        expires_on=expires_on(tried["outcome"], tried_on=when.date()),
        **target,
    )
