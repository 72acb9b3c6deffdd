"""What was understood of a directory: organisations with their services, and what was wrong on the way."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from panah.ground.directory.rules import Span

# What stands for a new entry where the source says nothing; for one that is known, nothing said changes nothing.
FOR_A_NEW_ONE = {"kind": "NGO", "status": "active", "time_zone": "UTC"}


@dataclass(slots=True)
class DraftService:
    """A service as the directory would keep it. `hours` as Service.hours, phones as {"number", "note"}."""

    id: str
    name_en: str
    iso2: str
    name_ru: str = ""
    description_en: str = ""
    description_ru: str = ""
    region: str = ""
    address: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    hours_en: str = ""
    hours_ru: str = ""
    hours: list[Span] = field(default_factory=list)
    time_zone: str = ""
    free: bool | None = None
    fees: str = ""
    capacity: str = ""
    how_to_refer: str = ""
    eligibility: str = ""
    documents: str = ""
    website: str = ""
    status: str = ""
    told_verified_on: str = ""
    needs: list[str] = field(default_factory=list)
    admits: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    phones: list[dict[str, str]] = field(default_factory=list)
    contact: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class DraftOrganization:
    id: str
    name_en: str
    iso2: str
    kind: str = ""
    name_ru: str = ""
    description_en: str = ""
    description_ru: str = ""
    website: str = ""
    email: str = ""
    mandate_en: str = ""
    mandate_ru: str = ""
    funding: str = ""
    has_panah: bool = False
    services: list[DraftService] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was wrong: in which record (its kind, number from 1, name), which field, and a code."""

    kind: str
    number: int
    name: str
    field: str
    code: str


@dataclass(slots=True)
class Understood:
    organizations: list[DraftOrganization] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


# Columns of a row that a draft says, name for name; the parts of a service are written by themselves.
ORGANIZATION_COLUMNS = tuple(f.name for f in fields(DraftOrganization) if f.name not in ("id", "services"))
SERVICE_PARTS = ("needs", "admits", "languages", "phones", "contact")
SERVICE_COLUMNS = tuple(
    f.name for f in fields(DraftService) if f.name not in ("id", "region", "told_verified_on", *SERVICE_PARTS)
)


def kept(entries: list[DraftOrganization]) -> list[dict[str, Any]]:
    """As JSON, to be kept until somebody decides."""
    return [asdict(entry) for entry in entries]


def again(entries: list[dict[str, Any]]) -> list[DraftOrganization]:
    """The drafts from what was kept."""
    return [
        DraftOrganization(**{**entry, "services": [DraftService(**service) for service in entry["services"]]})
        for entry in entries
    ]
