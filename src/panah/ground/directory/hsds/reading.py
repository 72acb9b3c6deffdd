"""HSDS 3.0 as others write it: flat, half filled, with their own taxonomies. Everything may be missing or wrong."""

from panah.ground.directory import words
from panah.ground.directory.hsds import terms
from panah.ground.directory.hsds.attributes import (
    ReaderDefaults,
    codes,
    country_of,
    inside,
    russian,
    terms_of,
)
from panah.ground.directory.hsds.drafts import DraftOrganization, Problem, Understood
from panah.ground.directory.hsds.kinds import is_service, not_for_us, service_there
from panah.ground.directory.hsds.service_reader import read_service
from panah.ground.directory.hsds.values import Reading, Record, clean
from panah.ground.kit.field_builders import LONGEST

MOST_SERVICES = 500
# More problems than this tell nothing new.
MOST_PROBLEMS = 500


def understood(given: object, asked: ReaderDefaults) -> Understood:
    """Everything that can be taken from a JSON value, and a problem for whatever cannot."""
    found = Understood()
    organizations, services = _lists(given, found)
    for record in organizations:
        held = inside(record, "services")
        services += [{**one, "organization_id": record.get("id"), "organization": record} for one in held]
    if len(services) > MOST_SERVICES or len(organizations) > MOST_SERVICES:
        found.problems.append(Problem("file", 0, "", "", "too-many-services"))
        return found
    drafts: dict[str, DraftOrganization] = {}
    phones: dict[str, list[Record]] = {}
    for number, record in enumerate(organizations, 1):
        _take_organization(record, number, asked, found, drafts, phones)
    seen: set[str] = set()
    for number, record in enumerate(services, 1):
        _take_service(record, number, asked, found, drafts, phones, seen)
    found.organizations = list(drafts.values())
    if not found.organizations and not found.problems:
        found.problems.append(Problem("file", 0, "", "", "nothing-in-it"))
    del found.problems[MOST_PROBLEMS:]
    return found


def _lists(given: object, found: Understood) -> tuple[list[Record], list[Record]]:
    """Organisations and services, from any of the ways they are nested."""
    if isinstance(given, dict):
        lists = ("organizations", "services", "contents")
        if "name" not in given and any(isinstance(given.get(name), list) for name in lists):
            mixed = [*inside(given, "contents"), *inside(given, "organizations")]
            organizations, services = _sorted(mixed, found)
            return organizations, [*services, *map(service_there, inside(given, "services"))]
        given = [given]
    if not isinstance(given, list):
        found.problems.append(Problem("file", 0, "", "", "no-records"))
        return [], []
    records = [one for one in given if isinstance(one, dict)]
    if len(records) != len(given):
        found.problems.append(Problem("file", 0, "", "", "no-records"))
    return _sorted(records, found)


def _sorted(records: list[Record], found: Understood) -> tuple[list[Record], list[Record]]:
    """Organisations and services. What is neither is named once, by its kind, and never taken for one."""
    organizations: list[Record] = []
    services: list[Record] = []
    for one in map(service_there, records):
        if code := not_for_us(one):
            refused = Problem("file", 0, "", "", code)
            found.problems += [] if refused in found.problems else [refused]
        else:
            (services if is_service(one) else organizations).append(one)
    return organizations, services


# ---- organisations ----------------------------------------------------------------------------------


def _take_organization(
    record: Record,
    number: int,
    asked: ReaderDefaults,
    found: Understood,
    drafts: dict[str, DraftOrganization],
    phones: dict[str, list[Record]],
) -> DraftOrganization | None:
    reading = Reading(record, kind="organization", number=number, problems=found.problems)
    name = reading.text("name", 200)
    if not name:
        reading.wrong("name", "no-name")
        return None
    pk = terms.own_id(record.get("id"), source=asked.source, kind="organization", name=name)
    if pk in drafts:
        return drafts[pk]
    told = terms_of(reading)
    kinds = codes(told, terms.KINDS, words.OrganizationKind.values, [""])
    draft = DraftOrganization(
        id=pk,
        name_en=name,
        iso2=country_of(reading, asked) or asked.iso2,
        kind=kinds[0],
        name_ru=russian(reading, told, name),
        description_en=reading.text("description", LONGEST),
        description_ru=reading.bounded("description", told.details.get("description_ru"), LONGEST),
        website=reading.web("website", 200),
        email=reading.mail("email"),
        mandate_en=reading.bounded("mandate", told.details.get("mandate_en"), LONGEST),
        mandate_ru=reading.bounded("mandate", told.details.get("mandate_ru"), LONGEST),
        funding=reading.bounded(
            "funding",
            "; ".join(filter(None, (clean(f.get("source")) for f in reading.records("funding")))),
            200,
        ),
        has_panah=told.details.get("has_panah") == "yes",
    )
    drafts[pk] = draft
    phones[pk] = reading.records("phones")
    return draft


# ---- services ---------------------------------------------------------------------------------------


def _take_service(
    record: Record,
    number: int,
    asked: ReaderDefaults,
    found: Understood,
    drafts: dict[str, DraftOrganization],
    phones: dict[str, list[Record]],
    seen: set[str],
) -> None:
    reading = Reading(record, kind="service", number=number, problems=found.problems)
    owner = _owner(reading, number, asked, found, drafts, phones)
    name = reading.text("name", 200)
    if not name:
        reading.wrong("name", "no-name")
        return
    if owner is None:
        reading.wrong("organization", "no-organization")
        return
    pk = terms.own_id(record.get("id"), source=asked.source, kind="service", name=f"{owner.id} {name}")
    if pk in seen:
        reading.wrong("id", "twice")
        return
    seen.add(pk)
    owner.services.append(read_service(reading, pk, name, owner, asked, phones.get(owner.id, [])))


def _owner(
    reading: Reading,
    number: int,
    asked: ReaderDefaults,
    found: Understood,
    drafts: dict[str, DraftOrganization],
    phones: dict[str, list[Record]],
) -> DraftOrganization | None:
    held = reading.record.get("organization")
    if isinstance(held, dict) and held.get("name"):
        return _take_organization(held, number, asked, found, drafts, phones)
    wanted = reading.record.get("organization_id") or (held.get("id") if isinstance(held, dict) else None)
    if wanted in (None, ""):
        return None
    return drafts.get(terms.own_id(wanted, source=asked.source, kind="organization", name=""))
