"""Entries of the directory as services of HSDS 3.0 with their organisation inside, as its schemas nest them.

What never leaves: an address of a service that offers a bed, a contact who did not agree to it, who verified.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from panah.ground.directory import rules, words
from panah.ground.directory.hsds.terms import (
    ADMITS,
    DETAIL_TERMS,
    DETAILS,
    KINDS,
    NEEDS,
    UNKNOWN,
    derived,
    term,
)
from panah.ground.directory.words import TermKind
from panah.ground.kit.languages import language_name
from panah.ground.network.words import country_name

if TYPE_CHECKING:
    from django.db.models import Choices

    from panah.ground.directory.models import Organization, Service, ServiceContact

type Record = dict[str, object]


def _known(record: Record) -> Record:
    """Without what nobody knows: an empty field would say that it is known to be nothing."""
    return {name: value for name, value in record.items() if value not in ("", None, [])}


def _attribute(
    owner: object, list_name: str, code: str, label: str, *, entity: str, value: str = ""
) -> Record:
    return _known(
        {
            "id": derived(owner, "attribute", list_name, code),
            "link_id": str(owner),
            "link_entity": entity,
            "value": value,
            "taxonomy_term_id": derived("term", list_name, code),
            "taxonomy_term": term(list_name, code, label),
        }
    )


def _details(owner: object, said: dict[str, str], *, entity: str) -> list[Record]:
    return [
        _attribute(owner, DETAILS, code, DETAIL_TERMS[code], entity=entity, value=text)
        for code, text in said.items()
        if text
    ]


def organization(row: Organization) -> Record:
    """One organisation, without its services."""
    kind = words.OrganizationKind(row.kind)
    details = {
        "name_ru": row.name_ru,
        "description_ru": row.description_ru,
        "mandate_en": row.mandate_en,
        "mandate_ru": row.mandate_ru,
        "has_panah": "yes" if row.has_panah else "",
    }
    funding = [{"id": derived(row.pk, "funding"), "organization_id": str(row.pk), "source": row.funding}]
    return _known(
        {
            "id": str(row.pk),
            "name": row.name_en,
            "alternate_name": row.name_ru,
            # HSDS wants a description; the name is the least that is true.
            "description": row.description_en or row.name_en,
            "email": row.email,
            "website": row.website,
            "funding": funding if row.funding else [],
            "attributes": [
                _attribute(row.pk, KINDS, kind.value, _english(kind), entity="organization"),
                *_details(row.pk, details, entity="organization"),
            ],
        }
    )


def _english(choice: Choices) -> str:
    from django.utils import translation

    with translation.override("en"):
        return str(choice.label)


def service(row: Service, *, at: datetime) -> Record:
    """One service with all of its parts; ``row`` brings terms, phones and contacts along, and its last attempt."""
    pk = str(row.pk)
    return _known(
        {
            "id": pk,
            "organization_id": str(row.organization_id),
            "name": row.name_en,
            "alternate_name": row.name_ru,
            "description": row.description_en,
            "url": row.website,
            "status": row.status,
            "application_process": row.how_to_refer,
            "fees_description": row.fees,
            "eligibility_description": row.eligibility,
            "minimum_age": row.minimum_age,
            "maximum_age": row.maximum_age,
            "assured_date": _assured(row),
            "last_modified": row.edited_at.isoformat() if row.edited_at else "",
            "phones": [_phone(pk, p.number, p.note, service_id=pk) for p in row.phones.all()],
            "schedules": _schedules(row, at=at),
            "service_areas": [_area(row)],
            "service_at_locations": _places(row),
            "languages": [_language(pk, tag) for tag in _terms(row, TermKind.LANGUAGE)],
            "cost_options": _costs(row),
            "required_documents": [
                {"id": derived(pk, "document", n), "service_id": pk, "document": text}
                for n, text in enumerate(row.documents.splitlines())
                if text.strip()
            ],
            "contacts": [_contact(pk, c) for c in row.contacts.all() if c.may_be_shared],
            "attributes": _attributes(row),
            "metadata": _verified(row),
        }
    )


def _terms(row: Service, kind: TermKind) -> list[str]:
    return [t.term for t in row.terms.all() if t.kind == kind]


def _assured(row: Service) -> str:
    """The day of the last attempt that somebody answered: what *assured* means there."""
    if row.last_at is not None and row.last_outcome == words.ContactAttemptOutcome.ANSWERED:
        return str(row.last_at.astimezone(ZoneInfo(row.time_zone)).date().isoformat())
    return row.told_verified_on.isoformat() if row.told_verified_on and not row.last_outcome else ""


def _verified(row: Service) -> list[Record]:
    """The last attempt with what came of it, in the society's name: who tried it is nobody else's business."""
    if row.last_at is None:
        return []
    return [
        {
            "id": derived(row.pk, "verified", row.last_at.isoformat()),
            "resource_id": str(row.pk),
            "resource_type": "service",
            "last_action_date": row.last_at.date().isoformat(),
            "last_action_type": "verify",
            "field_name": "outcome",
            "previous_value": UNKNOWN,
            "replacement_value": row.last_outcome,
            "updated_by": row.society.name_en if row.society else UNKNOWN,
        }
    ]


def _phone(owner: str, number: str, note: str, **owners: str) -> Record:
    return _known(
        {
            "id": derived(owner, "phone", number),
            **owners,
            "number": number,
            "type": "voice",
            "description": note,
        }
    )


def _contact(pk: str, row: ServiceContact) -> Record:
    contact_id = derived(pk, "contact", row.pk)
    phones = [_phone(contact_id, row.phone, "", contact_id=contact_id)] if row.phone else []
    return _known(
        {
            "id": contact_id,
            "service_id": pk,
            "name": row.name,
            "title": row.title,
            "email": row.email,
            "phones": phones,
        }
    )


def _language(pk: str, tag: str) -> Record:
    return {
        "id": derived(pk, "language", tag),
        "service_id": pk,
        "name": language_name(tag, "en"),
        "code": tag,
    }


def _schedules(row: Service, *, at: datetime) -> list[Record]:
    offset = at.astimezone(ZoneInfo(row.time_zone)).utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0
    return [
        {
            "id": derived(row.pk, "schedule", n),
            "service_id": str(row.pk),
            "freq": "WEEKLY",
            "wkst": "MO",
            "byday": ",".join(span["byday"]),
            "opens_at": f"{span['opens']}:00",
            # A day there ends a second before midnight.
            "closes_at": "23:59:59" if span["closes"] == "24:00" else f"{span['closes']}:00",
            "timezone": int(hours) if hours == int(hours) else hours,
        }
        for n, span in enumerate(row.hours)
    ]


def _area(row: Service) -> Record:
    name = row.region.name_in("en") if row.region else country_name(row.iso2, "en")
    return {
        "id": derived(row.pk, "area"),
        "service_id": str(row.pk),
        "name": name,
        "extent": row.region.code if row.region else row.iso2,
        "extent_type": "iso-3166-2" if row.region else "iso-3166-1",
    }


def _places(row: Service) -> list[Record]:
    if not row.address or not rules.may_have_address(_terms(row, TermKind.NEED)):
        return []
    location = derived(row.pk, "location")
    province = row.region.name_in("en") if row.region else UNKNOWN
    address = {
        "id": derived(location, "address"),
        "location_id": location,
        "address_1": row.address,
        "city": UNKNOWN,
        "state_province": province,
        "postal_code": UNKNOWN,
        "country": row.iso2,
        "address_type": "physical",
    }
    return [
        {
            "id": derived(row.pk, "at", location),
            "service_id": str(row.pk),
            "location_id": location,
            "location": {
                "id": location,
                "location_type": "physical",
                "organization_id": str(row.organization_id),
                "name": row.name_en,
                "addresses": [address],
            },
        }
    ]


def _costs(row: Service) -> list[Record]:
    if row.free is None and not row.fees:
        return []
    cost: Record = {"id": derived(row.pk, "cost"), "service_id": str(row.pk), "amount_description": row.fees}
    return [_known(cost | ({"option": "free", "amount": 0} if row.free else {"option": "costs something"}))]


def _attributes(row: Service) -> list[Record]:
    lists = ((TermKind.NEED, NEEDS, words.Need), (TermKind.ADMITS, ADMITS, words.Admits))
    found = [
        _attribute(row.pk, name, code, _english(choices(code)), entity="service")
        for kind, name, choices in lists
        for code in _terms(row, kind)
        if code in choices.values
    ]
    details = {
        "name_ru": row.name_ru,
        "description_ru": row.description_ru,
        "hours_en": row.hours_en,
        "hours_ru": row.hours_ru,
        "capacity": row.capacity,
        "time_zone": row.time_zone,
        "free": {True: "yes", False: "no", None: ""}[row.free],
    }
    return found + _details(row.pk, details, entity="service")


def with_organizations(rows: Iterable[Service], *, at: datetime) -> list[Record]:
    return [service(row, at=at) | {"organization": organization(row.organization)} for row in rows]


def compiled(rows: Iterable[Service], *, at: datetime) -> Record:
    """One page of services, each with its organisation, as the standard's own interface gives them."""
    contents = with_organizations(rows, at=at)
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
