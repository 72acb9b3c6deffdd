"""What a record of HSDS 3.0 is, told by its fields: what is no organisation and no service is never taken for one."""

from collections.abc import Mapping

from panah.ground.directory.hsds.values import Record

# Fields that one kind of record must have and that no organisation or service has. The first that fits counts.
SIGNS: Mapping[str, frozenset[str]] = {
    "about-the-source": frozenset({"openapi_url", "profile"}),
    "place-alone": frozenset({"location_type"}),
    "terms-alone": frozenset(
        {"version", "taxonomy", "taxonomy_detail", "taxonomy_id", "term_uri", "parent_id"}
    ),
    "part-alone": frozenset(
        {
            "link_id",
            "resource_id",
            "address_1",
            "number",
            "opens_at",
            "freq",
            "document",
            "amount",
            "extent",
            "source",
        }
    ),
}
SERVICE_SIGNS = {"organization", "organization_id", "status", "schedules", "service_areas", "cost_options"}
ORGANIZATION_SIGNS = {"services", "website", "legal_status", "tax_status", "year_incorporated", "email"}


def not_for_us(record: Record) -> str:
    """The code of why a record is no organisation and no service; "" where it may be one."""
    if (SERVICE_SIGNS | ORGANIZATION_SIGNS) & set(record) and not _is_place(record):
        return ""
    return next((code for code, signs in SIGNS.items() if signs & set(record)), "")


def _is_place(record: Record) -> bool:
    return "location_type" in record


def is_service(record: Record) -> bool:
    return bool(SERVICE_SIGNS & set(record)) and "services" not in record


def service_there(record: Record) -> Record:
    """The service of a *service at location*, which holds it: there is this one place alone. Else the record itself."""
    held, place = record.get("service"), record.get("location")
    if not isinstance(held, dict) or "name" in record:
        return record
    there = {**record, "location": place if isinstance(place, dict) else {}}
    del there["service"]
    return {**held, "service_at_locations": [there]}


def tables_in(given: object) -> dict[str, list[Record]] | None:
    """The rows of every table, where a JSON value is a package of tables by the names of their files; else None."""
    if not isinstance(given, dict) or not any(str(name).endswith(".csv") for name in given):
        return None
    return {
        str(name).lower(): [_plain(row) for row in rows if isinstance(row, dict)]
        for name, rows in given.items()
        if isinstance(rows, list)
    }


def _plain(row: Record) -> Record:
    """A row as a table has it: single values alone."""
    return {name: value for name, value in row.items() if isinstance(value, str | int | float)}
