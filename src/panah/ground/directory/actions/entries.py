"""Numbers and services: who may be told to a person, and whether they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.directory import events, rules
from panah.ground.directory.models import (
    KEPT_WHOLE,
    HotlineNumber,
    Organization,
    Service,
    ServiceContact,
    ServicePhone,
    ServiceTerm,
    Verification,
)
from panah.ground.directory.queries import numbers_of
from panah.ground.directory.words import ContactAttemptOutcome, TermKind
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_models import at_once
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.network import queries as network_queries
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from uuid import UUID

    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society


@transaction.atomic
def record_verification(
    *,
    outcome: ContactAttemptOutcome,
    by: Staff,
    at: datetime,
    service: UUID | None = None,
    hotline_number: UUID | None = None,
    note: str = "",
) -> Verification:
    """Someone tried it now: write down what came of it and until when that counts.

    Exactly one of `service` and `hotline_number` (ids) is given. Any colleague may do this.
    """
    target = _target(service, hotline_number)
    tried_on = at.astimezone(ZoneInfo(target.time_zone)).date()
    found = Verification.objects.create(
        service_id=service,
        hotline_number_id=hotline_number,
        at=at,
        by=by.name,
        outcome=outcome,
        note=note,
        expires_on=rules.expires_on(outcome, tried_on=tried_on),
    )
    audit.record(event=events.VERIFIED, by=by, at=at, about=target.pk, facts={"outcome": str(outcome)})
    return found


def _target(service: UUID | None, hotline_number: UUID | None) -> Service | HotlineNumber:
    if service is not None and hotline_number is None:
        return Service.objects.get(pk=service)
    if hotline_number is not None and service is None:
        return HotlineNumber.objects.get(pk=hotline_number)
    raise ValueError("verify one service or one number")


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """What a form says about a hotline number."""

    iso2: str
    kind: str
    number: str
    name_en: str
    name_ru: str = ""
    note_en: str = ""
    note_ru: str = ""
    languages: Sequence[str] = ()
    hours_en: str = ""
    hours_ru: str = ""
    hours: Sequence[Mapping[str, object]] = ()
    time_zone: str = "UTC"
    free: bool | None = None
    source: str = ""
    ended: bool = False


@transaction.atomic
def save_number(
    *,
    entry: NumberEntry,
    by: Staff,
    at: datetime,
    number: HotlineNumber | None = None,
    society: Society | None = None,
    seen: str | None = None,
) -> HotlineNumber:
    """Add a number (kept by `society`; None: by the network's coordinator), or change one."""
    row = number or HotlineNumber(society=society)
    policy.require(by, row)
    refuse_if_changed(row, seen=seen)
    for name in NumberEntry.__dataclass_fields__:
        value = getattr(entry, name)
        setattr(row, name, list(value) if name in ("languages", "hours") else value)
    row.edited_at = at
    row.save()
    dialled_numbers.keep([row])
    audit.record(event=events.NUMBER_SAVED, by=by, at=at, about=row.pk)
    return row


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """What a form says about a service. `organization` is an id, or None with a name for a new one."""

    iso2: str
    name_en: str
    organization: UUID | None = None
    organization_name: str = ""
    organization_kind: str = ""
    name_ru: str = ""
    description_en: str = ""
    description_ru: str = ""
    region: str = ""
    needs: Sequence[str] = ()
    admits: Sequence[str] = ()
    languages: Sequence[str] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    hours_en: str = ""
    hours_ru: str = ""
    hours: Sequence[Mapping[str, object]] = ()
    time_zone: str = "UTC"
    free: bool | None = None
    fees: str = ""
    capacity: str = ""
    how_to_refer: str = ""
    eligibility: str = ""
    documents: str = ""
    website: str = ""
    address: str = ""
    status: str = "active"
    phones: Sequence[str] = ()
    contact_name: str = ""
    contact_title: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    contact_may_be_shared: bool = False


# Columns that a form fills one to one.
PLAIN = (
    "iso2",
    "name_en",
    "name_ru",
    "description_en",
    "description_ru",
    "minimum_age",
    "maximum_age",
    "hours_en",
    "hours_ru",
    "time_zone",
    "free",
    "fees",
    "capacity",
    "how_to_refer",
    "eligibility",
    "documents",
    "website",
    "address",
    "status",
)


@transaction.atomic
@at_once(*KEPT_WHOLE)
def save_service(
    *,
    entry: ServiceEntry,
    by: Staff,
    at: datetime,
    service: Service | None = None,
    society: Society | None = None,
    seen: str | None = None,
) -> Service:
    """Add a service (kept by `society`), or change one. A bed never gets an address."""
    if entry.address and not rules.may_have_address(entry.needs):
        raise Refusal(
            _("A service that offers a bed is never written down with its address."),
            next_step=_("Leave the address empty; the region is enough. Call, and be told the way."),
            code="shelter-address",
        )
    row = service or Service(society=society)
    policy.require(by, row)
    refuse_if_changed(row, seen=seen)
    row.organization = _organization(entry, society=row.society, by=by, at=at)
    for name in PLAIN:
        setattr(row, name, getattr(entry, name))
    row.hours, row.edited_at = list(entry.hours), at
    row.region = network_queries.region_or_none(entry.region, iso2=entry.iso2)
    row.save()
    _write_terms(row, entry)
    _write_contacts(row, entry)
    audit.record(event=events.SERVICE_SAVED, by=by, at=at, about=row.pk)
    return row


def _organization(entry: ServiceEntry, *, society: Society | None, by: Staff, at: datetime) -> Organization:
    if entry.organization is None:
        return Organization.objects.create(
            society=society,
            iso2=entry.iso2,
            kind=entry.organization_kind,
            name_en=entry.organization_name,
            edited_at=at,
        )
    return policy.which(by, Organization.objects.all()).get(pk=entry.organization)


def _write_terms(row: Service, entry: ServiceEntry) -> None:
    row.terms.all().delete()
    wanted = (
        (TermKind.NEED, entry.needs),
        (TermKind.ADMITS, entry.admits),
        (TermKind.LANGUAGE, entry.languages),
    )
    ServiceTerm.objects.bulk_create(
        ServiceTerm(service=row, kind=kind, term=term) for kind, terms in wanted for term in terms
    )


def _write_contacts(row: Service, entry: ServiceEntry) -> None:
    row.phones.all().delete()
    ServicePhone.objects.bulk_create(ServicePhone(service=row, number=n) for n in entry.phones)
    dialled_numbers.keep(numbers_of([row.pk]))
    row.contacts.all().delete()
    if entry.contact_name:
        contact = ServiceContact.objects.create(
            service=row,
            name=entry.contact_name,
            title=entry.contact_title,
            phone=entry.contact_phone,
            email=entry.contact_email,
            may_be_shared=entry.contact_may_be_shared,
        )
        dialled_numbers.keep([contact])


@dataclass(frozen=True, slots=True)
class OrganizationEntry:
    """What a form says about an organisation."""

    kind: str
    name_en: str
    name_ru: str = ""
    description_en: str = ""
    description_ru: str = ""
    website: str = ""
    email: str = ""
    mandate_en: str = ""
    mandate_ru: str = ""
    funding: str = ""
    has_panah: bool = False


@transaction.atomic
def save_organization(
    *, organization: Organization, entry: OrganizationEntry, by: Staff, at: datetime, seen: str | None = None
) -> Organization:
    """Change what the directory says about an organisation."""
    policy.require(by, organization)
    refuse_if_changed(organization, seen=seen)
    for name in OrganizationEntry.__dataclass_fields__:
        setattr(organization, name, getattr(entry, name))
    organization.edited_at = at
    organization.save()
    audit.record(event=events.ORGANIZATION_SAVED, by=by, at=at, about=organization.pk)
    return organization
