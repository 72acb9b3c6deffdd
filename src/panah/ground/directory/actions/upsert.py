"""Writing what another source says into the directory: from a file that was decided about, or from another node."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from panah.ground.directory import rules
from panah.ground.directory.hsds.drafts import (
    FOR_A_NEW_ONE,
    ORGANIZATION_COLUMNS,
    SERVICE_COLUMNS,
    DraftOrganization,
    DraftService,
)
from panah.ground.directory.models import Organization, Service, ServiceContact, ServicePhone, ServiceTerm
from panah.ground.directory.queries import numbers_of
from panah.ground.directory.words import TermKind
from panah.ground.foundation import dialled_numbers

if TYPE_CHECKING:
    from panah.ground.network.models import Region, Society


# The country is guessed where a file says none, the zone from the country: ours were written by somebody who knew.
STAYS = ("iso2", "time_zone")


@dataclass(frozen=True, slots=True)
class EntryOrigin:
    """Whose word it is, of when, who will keep the entries, and whether a node sent it."""

    source: str
    said_at: datetime
    kept_by: Society | None
    by_node: bool = False


@dataclass(slots=True)
class ImportCounts:
    """How many entries came in, were changed, were left as they are, had been changed meanwhile."""

    added: int = 0
    changed: int = 0
    left: int = 0
    meanwhile: int = 0
    ended: int = 0
    # The services that were written, whose numbers are kept when all are there: `keep_numbers`.
    services: list[UUID] = field(default_factory=list)
    regions: dict[str, Region] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        names = ("added", "changed", "left", "meanwhile", "ended")
        return {name: getattr(self, name) for name in names}


def write_organization(
    draft: DraftOrganization, row: Organization | None, word: EntryOrigin, *, at: datetime
) -> Organization:
    """Write the draft over the row, or as a new one that keeps its id where that is free."""
    pk = UUID(draft.id)
    if row is None:
        taken = Organization.objects.filter(pk=pk).exists()
        row = Organization(pk=uuid4() if taken else pk, society=word.kept_by)
    _fill(row, draft, ORGANIZATION_COLUMNS, word, at=at)
    row.save()
    return row


def write_service(
    draft: DraftService,
    row: Service | None,
    organization: Organization,
    word: EntryOrigin,
    taken: ImportCounts,
    *,
    at: datetime,
) -> Service:
    """Write the draft over the row, or as a new one. A bed never gets an address, whoever says it."""
    pk = UUID(draft.id)
    if row is None:
        used = Service.objects.filter(pk=pk).exists()
        row = Service(pk=uuid4() if used else pk, society=word.kept_by, organization=organization)
    _fill(row, draft, SERVICE_COLUMNS, word, at=at)
    if draft.region.startswith(f"{row.iso2}-"):
        row.region = taken.regions.get(draft.region)
    needs = draft.needs or [t.term for t in row.terms.all() if t.kind == TermKind.NEED]
    if not rules.may_have_address(needs):
        row.address = ""
    row.told_verified_on = date.fromisoformat(draft.told_verified_on) if draft.told_verified_on else None
    row.save()
    _write_parts(row, draft)
    taken.services.append(row.pk)
    return row


def keep_numbers(taken: ImportCounts) -> None:
    """Keep what the services that came in tell, all in one go; they are read anew, as a reader gets them."""
    dialled_numbers.keep(numbers_of(taken.services))


def _fill(
    row: Organization | Service,
    draft: DraftOrganization | DraftService,
    columns: tuple[str, ...],
    word: EntryOrigin,
    *,
    at: datetime,
) -> None:
    ours = not row._state.adding and (row.source != word.source or row.edited_at is not None)
    new = row._state.adding
    for name in columns:
        said = getattr(draft, name)
        # What the source does not say takes nothing away from what is known, and no entry moves to another country.
        if new:
            setattr(row, name, said or FOR_A_NEW_ONE.get(name, said))
        elif said not in ("", None, []) and name not in STAYS:
            setattr(row, name, getattr(row, name) or said if name == "has_panah" else said)
    row.source, row.source_at, row.by_node = word.source, word.said_at, word.by_node
    if ours:
        # Somebody decided that it is so: from now on it is the society's own word.
        row.edited_at = at


def _write_parts(row: Service, draft: DraftService) -> None:
    lists = (
        (TermKind.NEED, draft.needs),
        (TermKind.ADMITS, draft.admits),
        (TermKind.LANGUAGE, draft.languages),
    )
    for kind, terms in lists:
        if terms:
            row.terms.filter(kind=kind).delete()
            ServiceTerm.objects.bulk_create(ServiceTerm(service=row, kind=kind, term=term) for term in terms)
    if draft.phones:
        row.phones.all().delete()
        ServicePhone.objects.bulk_create(ServicePhone(service=row, **phone) for phone in draft.phones)
    if draft.contact and not row.contacts.exists():
        ServiceContact.objects.create(service=row, **draft.contact)
