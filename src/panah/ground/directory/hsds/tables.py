"""HSDS 3.0 as a tabular data package: a zip of CSV files and a datapackage.json; out, and in again."""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from panah.ground.directory.hsds.terms import VERSION

type Record = dict[str, Any]

# Facts of the standard: the tables that we fill, where each lies, and all of its columns with their kind.
# "!" must be filled; ">" leads to the id of another table; the kind is text where none is said.
TABLES: dict[str, tuple[str, str]] = {
    "organization": (
        "organizations.csv",
        (
            "id! name! alternate_name description! email website tax_status tax_id"
            " year_incorporated:number legal_status logo uri parent_organization_id"
        ),
    ),
    "service": (
        "services.csv",
        (
            "id! organization_id!>organization program_id name! alternate_name description url email"
            " status! interpretation_services application_process fees_description wait_time fees"
            " accreditations eligibility_description minimum_age:number maximum_age:number"
            " assured_date:date assurer_email licenses alert last_modified:datetime"
        ),
    ),
    "location": (
        "locations.csv",
        (
            "id! location_type! url organization_id>organization name alternate_name description"
            " transportation latitude:number longitude:number external_identifier"
            " external_identifier_type"
        ),
    ),
    "service_at_location": (
        "service_at_location.csv",
        "id! service_id!>service location_id!>location description",
    ),
    "address": (
        "addresses.csv",
        (
            "id! location_id>location attention address_1! address_2 city! region state_province!"
            " postal_code! country! address_type!"
        ),
    ),
    "contact": (
        "contacts.csv",
        (
            "id! organization_id>organization service_id>service"
            " service_at_location_id>service_at_location location_id>location name title department email"
        ),
    ),
    "phone": (
        "phones.csv",
        (
            "id! location_id>location service_id>service organization_id>organization contact_id>contact"
            " service_at_location_id>service_at_location number! extension:number type description"
        ),
    ),
    "schedule": (
        "schedules.csv",
        (
            "id! service_id>service location_id>location service_at_location_id>service_at_location"
            " valid_from:date valid_to:date dtstart:date timezone:number until:date count:number wkst"
            " freq interval:number byday byweekno bymonthday byyearday description opens_at:time"
            " closes_at:time schedule_link attending_type notes"
        ),
    ),
    "service_area": ("service_areas.csv", "id! service_id>service name description extent extent_type uri"),
    "language": (
        "languages.csv",
        "id! service_id>service location_id>location phone_id>phone name code note",
    ),
    "cost_option": (
        "cost_options.csv",
        (
            "id! service_id!>service valid_from:date valid_to:date option currency amount:number"
            " amount_description"
        ),
    ),
    "required_document": ("required_documents.csv", "id! service_id>service document uri"),
    "funding": ("funding.csv", "id! organization_id>organization service_id>service source"),
    "taxonomy": ("taxonomies.csv", "id! name! description! uri version"),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        "id! code name! description! parent_id taxonomy language taxonomy_id>taxonomy term_uri",
    ),
    "attribute": (
        "attributes.csv",
        "id! link_id! taxonomy_term_id!>taxonomy_term link_type link_entity! value",
    ),
    "metadata": (
        "metadata.csv",
        (
            "id! resource_id! resource_type! last_action_date!:date last_action_type! field_name!"
            " previous_value! replacement_value! updated_by!"
        ),
    ),
}

# Tables of others that we read although we never fill them.
ALSO_READ = {"program": "programs.csv"}

# The parts of a record by the name of the list that holds them, and the table they go to.
PARTS = {
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "contacts": "contact",
    "attributes": "attribute",
    "metadata": "metadata",
    "funding": "funding",
    "addresses": "address",
    "service_at_locations": "service_at_location",
}

COLUMN = re.compile(r"^(?P<name>[a-z_0-9]+)(?P<must>!?)(?::(?P<kind>[a-z]+))?(?:>(?P<to>[a-z_]+))?$")


class Column:
    """One column of a table: its name, kind, whether it must be filled, and which table it leads to."""

    def __init__(self, text: str) -> None:
        found = COLUMN.match(text)
        if found is None:
            raise ValueError(text)
        self.name, self.kind, self.to = found["name"], found["kind"] or "string", found["to"]
        self.must = bool(found["must"])

    def described(self) -> Record:
        told: Record = {"name": self.name, "type": self.kind, "constraints": {"required": self.must}}
        if self.name == "id":
            told["constraints"]["unique"] = True
        if self.name.endswith("id") and self.kind == "string":
            told["format"] = "uuid"
        return told


def columns(table: str) -> list[Column]:
    return [Column(text) for text in TABLES[table][1].split()]


# ---- out --------------------------------------------------------------------------------------------


def flat(services: Iterable[Record]) -> dict[str, list[Record]]:
    """The rows of every table from services with their organisation and parts inside; each record once."""
    rows: dict[str, dict[str, Record]] = {table: {} for table in TABLES}
    for one in services:
        _put(rows, "organization", one.get("organization") or {})
        _put(rows, "service", one)
    return {table: list(found.values()) for table, found in rows.items()}


def _put(rows: dict[str, dict[str, Record]], table: str, record: Record) -> None:
    if not record or record["id"] in rows[table]:
        return
    rows[table][record["id"]] = record
    for name, part in PARTS.items():
        for child in record.get(name) or ():
            _put(rows, part, child)
    if "location" in record:
        _put(rows, "location", record["location"])
    if "taxonomy_term" in record:
        found = record["taxonomy_term"]
        _put(rows, "taxonomy", found["taxonomy_detail"])
        _put(rows, "taxonomy_term", found | {"taxonomy_id": found["taxonomy_detail"]["id"]})


def described(tables: Iterable[str]) -> Record:
    """datapackage.json for these tables."""
    resources = []
    for table in tables:
        found = columns(table)
        keys = [
            {"fields": c.name, "reference": {"resource": c.to, "fields": "id"}}
            for c in found
            if c.to is not None
        ]
        schema: Record = {"primaryKey": "id", "fields": [c.described() for c in found]}
        resources.append(
            {
                "name": table,
                "path": TABLES[table][0],
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema | ({"foreignKeys": keys} if keys else {}),
            }
        )
    return {
        "name": "human_services_data",
        "title": "Service directory of a Panah node in HSDS",
        "profile": "tabular-data-package",
        "version": VERSION,
        "homepage": "http://docs.openreferral.org",
        "resources": resources,
    }


# A spreadsheet would run such a cell as a formula; "+" before a digit is a telephone number.
FORMULA = re.compile(r"^(?:[=@\t\r]|[+-](?![\d ]))")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def _csv(table: str, rows: Iterable[Record]) -> str:
    names = [c.name for c in columns(table)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name, "")) for name in names])
    return out.getvalue()


def package(services: Iterable[Record]) -> bytes:
    """The zip: one CSV a table, and the description of all."""
    tables = flat(services)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for table, rows in tables.items():
            made.writestr(TABLES[table][0], _csv(table, rows))
        made.writestr("datapackage.json", json.dumps(described(tables), ensure_ascii=False, indent=1))
    return out.getvalue()


# ---- in ---------------------------------------------------------------------------------------------

MOST_BYTES = 40 * 1024 * 1024
MOST_FILES = 60
MOST_ROWS = 50_000
MOST_LETTERS = 100_000  # in one cell


class NoPackage(Exception):
    """The zip cannot be read as a package; ``code`` says why, ``name`` which file."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name


def opened(body: bytes) -> dict[str, list[Record]]:
    """The rows of each table in a zip, by the table's name; raises NoPackage."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as given:
            return _opened(given)
    except NoPackage:
        raise
    except Exception as wrong:
        # A damaged or protected archive comes as whatever its decompressor raises.
        raise NoPackage("no-zip") from wrong


def _opened(given: zipfile.ZipFile) -> dict[str, list[Record]]:
    infos = [one for one in given.infolist() if not one.is_dir()]
    if len(infos) > MOST_FILES or sum(one.file_size for one in infos) > MOST_BYTES:
        raise NoPackage("too-big")
    tables = _table_files(given, infos)
    return {table: _rows(_read(given, info), info.filename) for table, info in tables.items()}


def by_table(files: Mapping[str, list[Record]]) -> dict[str, list[Record]]:
    """The rows of each table by its name, from rows by the name of the file that they would stand in."""
    paths = {table: path for table, (path, _) in TABLES.items()} | ALSO_READ
    return {table: files[path] for table, path in paths.items() if path in files}


def _read(given: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # The size in the zip's list is only what it says of itself.
    with given.open(info) as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise NoPackage("too-big", info.filename)
    return body


def _table_files(given: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    by_name = {one.filename.rsplit("/", 1)[-1].lower(): one for one in infos}
    paths = {table: path for table, (path, _) in TABLES.items()} | ALSO_READ
    found = {table: by_name[path] for table, path in paths.items() if path in by_name}
    for table, path in _own_names(given, by_name).items():
        if table in paths and path in by_name:
            found.setdefault(table, by_name[path])
    for table in paths:
        if f"{table}.csv" in by_name:
            found.setdefault(table, by_name[f"{table}.csv"])
    if "service" not in found and "organization" not in found:
        raise NoPackage("no-tables")
    return found


def _own_names(given: zipfile.ZipFile, by_name: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Where the package itself says that its tables lie; nothing where it says it in no way we can read."""
    if "datapackage.json" not in by_name:
        return {}
    try:
        told = json.loads(_read(given, by_name["datapackage.json"]))
        return {str(one["name"]): str(one["path"]).rsplit("/", 1)[-1].lower() for one in told["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def text_of(body: bytes) -> str | None:
    """UTF-8 or UTF-16 by its mark, else UTF-8, else what Windows wrote in Cyrillic; None for bytes that are no text."""
    for encoding in (
        ("utf-16", "utf-8-sig", "cp1251")
        if body[:2] in (b"\xff\xfe", b"\xfe\xff")
        else ("utf-8-sig", "cp1251")
    ):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(body: bytes, name: str) -> list[Record]:
    text = text_of(body)
    if text is None or "\x00" in text:
        raise NoPackage("no-text", name)
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    rows: list[Record] = []
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=mark):
            if len(rows) >= MOST_ROWS:
                raise NoPackage("too-big", name)
            # Not csv's own limit: it is one for the whole process, and other readers move it.
            if any(isinstance(value, str) and len(value) > MOST_LETTERS for value in row.values()):
                raise NoPackage("no-csv", name)
            rows.append(
                {
                    key.strip().lower(): _plain(value)
                    for key, value in row.items()
                    if isinstance(key, str) and isinstance(value, str) and value.strip()
                }
            )
    except csv.Error as wrong:
        raise NoPackage("no-csv", name) from wrong
    return rows


def _plain(value: str) -> str:
    value = value.strip()
    return value[1:] if value.startswith("'") and FORMULA.match(value[1:]) else value


def nested(tables: Mapping[str, list[Record]]) -> Record:
    """Organisations and services with their parts inside, from the rows of a package."""
    by_id = {
        table: {row["id"]: row for row in tables.get(table, ()) if "id" in row}
        for table in ("location", "taxonomy", "taxonomy_term")
    }
    for found in by_id["taxonomy_term"].values():
        listed = by_id["taxonomy"].get(found.get("taxonomy_id", ""))
        if listed is not None:
            found["taxonomy_detail"] = listed
            found.setdefault("taxonomy", listed.get("name", ""))
    for row in tables.get("attribute", ()):
        row["taxonomy_term"] = by_id["taxonomy_term"].get(row.get("taxonomy_term_id", ""), {})
    for row in tables.get("service_at_location", ()):
        row["location"] = by_id["location"].get(row.get("location_id", ""), {})
    for owner in ("contact", "location", "service_at_location", "organization", "service"):
        _hang(owner, tables)
    return {"organizations": tables.get("organization", []), "services": tables.get("service", [])}


def _hang(owner: str, tables: Mapping[str, list[Record]]) -> None:
    """Hang every part onto the record of ``owner`` that it names."""
    owners = {row["id"]: row for row in tables.get(owner, ()) if "id" in row}
    parts: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for name, table in PARTS.items():
        for row in tables.get(table, ()):
            key = {"attribute": "link_id", "metadata": "resource_id"}.get(table, f"{owner}_id")
            if table != owner and row.get(key) in owners:
                parts[row[key]][name].append(row)
    for pk, lists in parts.items():
        owners[pk].update(lists)
