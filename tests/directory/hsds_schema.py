"""HSDS 3.0 as far as we write it, in our own words: records, their fields, what must be there. Facts, not a copy.

Every record is closed: a field that the standard does not have, or that we did not mean to give out, fails.
"""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
FULL = {"type": "string", "minLength": 1}
ID = {"type": "string", "format": "uuid", "minLength": 36}
NUMBER = {"type": "number"}
DAY = {"type": "string", "format": "date"}
TIME = {"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"}
STATES = ["active", "inactive", "defunct", "temporarily closed"]


def record(required: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"id": ID, **fields},
        "required": ["id", *required.split()],
        "additionalProperties": False,
    }


def many(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


DEFS: dict[str, Any] = {
    "taxonomy": record("name description", name=FULL, description=FULL, version=TEXT),
    "taxonomy_term": record(
        "name description",
        code=TEXT,
        name=FULL,
        description=FULL,
        taxonomy=TEXT,
        language=TEXT,
        taxonomy_detail={"$ref": "#/$defs/taxonomy"},
    ),
    "attribute": record(
        "link_id taxonomy_term_id link_entity",
        link_id=ID,
        link_entity={"enum": ["organization", "service"]},
        taxonomy_term_id=ID,
        value=TEXT,
        taxonomy_term={"$ref": "#/$defs/taxonomy_term"},
    ),
    "phone": record("number", service_id=ID, contact_id=ID, number=FULL, type=TEXT, description=TEXT),
    "contact": record("", service_id=ID, name=TEXT, title=TEXT, email=TEXT, phones=many("phone")),
    "language": record("", service_id=ID, name=FULL, code=FULL),
    "schedule": record(
        "",
        service_id=ID,
        freq={"enum": ["WEEKLY", "MONTHLY"]},
        wkst={"enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]},
        byday={"type": "string", "pattern": "^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$"},
        opens_at=TIME,
        closes_at=TIME,
        timezone=NUMBER,
    ),
    "service_area": record("", service_id=ID, name=FULL, extent=FULL, extent_type=FULL),
    "cost_option": record("", service_id=ID, option=TEXT, amount=NUMBER, amount_description=TEXT),
    "required_document": record("", service_id=ID, document=FULL),
    "funding": record("", organization_id=ID, source=FULL),
    "metadata": record(
        "last_action_date last_action_type field_name previous_value replacement_value updated_by",
        resource_id=ID,
        resource_type=FULL,
        last_action_date=DAY,
        last_action_type=FULL,
        field_name=FULL,
        previous_value=FULL,
        replacement_value=FULL,
        updated_by=FULL,
    ),
    "address": record(
        "address_1 city state_province postal_code country address_type",
        location_id=ID,
        address_1=FULL,
        city=FULL,
        state_province=FULL,
        postal_code=FULL,
        country={"type": "string", "pattern": "^[A-Z]{2}$"},
        address_type={"enum": ["physical", "postal", "virtual"]},
    ),
    "location": record(
        "location_type",
        location_type={"enum": ["physical", "postal", "virtual"]},
        organization_id=ID,
        name=TEXT,
        addresses=many("address"),
    ),
    "service_at_location": record("", service_id=ID, location_id=ID, location={"$ref": "#/$defs/location"}),
    "organization": record(
        "name description",
        name=FULL,
        alternate_name=TEXT,
        description=FULL,
        email={"type": "string", "format": "email"},
        website=TEXT,
        funding=many("funding"),
        attributes=many("attribute"),
    ),
    "service": record(
        "name status",
        organization_id=ID,
        organization={"$ref": "#/$defs/organization"},
        name=FULL,
        alternate_name=TEXT,
        description=TEXT,
        url=TEXT,
        status={"enum": STATES},
        application_process=TEXT,
        fees_description=TEXT,
        eligibility_description=TEXT,
        minimum_age=NUMBER,
        maximum_age=NUMBER,
        assured_date=DAY,
        last_modified={"type": "string", "format": "date-time"},
        phones=many("phone"),
        schedules=many("schedule"),
        service_areas=many("service_area"),
        service_at_locations=many("service_at_location"),
        languages=many("language"),
        cost_options=many("cost_option"),
        required_documents=many("required_document"),
        contacts=many("contact"),
        attributes=many("attribute"),
        metadata=many("metadata"),
    ),
}

PAGE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {"contents": many("service")},
    "required": ["total_items", "total_pages", "page_number", "size", "contents"],
    "$defs": DEFS,
}

ENTRY_ORGANIZATION = {
    "$schema": PAGE["$schema"],
    **DEFS["organization"],
    "properties": {**DEFS["organization"]["properties"], "services": many("service")},
    "$defs": DEFS,
}
