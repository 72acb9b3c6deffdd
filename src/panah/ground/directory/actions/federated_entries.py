"""Entries of the directory that another node of the network sends: taken, renewed, ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.directory import events, words
from panah.ground.directory.actions.upsert import (
    EntryOrigin,
    ImportCounts,
    keep_numbers,
    write_organization,
    write_service,
)
from panah.ground.directory.hsds import reading
from panah.ground.directory.hsds.attributes import ReaderDefaults
from panah.ground.directory.hsds.drafts import DraftOrganization
from panah.ground.directory.models import KEPT_WHOLE, Organization, Service
from panah.ground.directory.queries.exchange import places
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_models import at_once
from panah.ground.network import queries as network_queries

if TYPE_CHECKING:
    from panah.ground.network.models import Society


# One organisation with its services. The largest that we send ourselves has a tenth of it.
MOST_BYTES = 256 * 1024
MOST_SERVICES = 100


@dataclass(frozen=True, slots=True)
class EntryTaken:
    """What became of a message: "taken", "ended", "older" than what we have, or "kept" because it is ours."""

    what: str
    organization: UUID
    services: int = 0
    ended: int = 0


@transaction.atomic
@at_once(*KEPT_WHOLE)
def take_entry(*, entry: Mapping[str, object], source: str, at: datetime) -> EntryTaken:
    """Take what another node says about one organisation, as `queries.directory_entry` makes it.

    `source` is the slug of the society whose word it is, as the exchange has proved it; what the message says of
    itself is not believed. The message is read like any file. What a society of this node keeps, what somebody here
    has changed, and what another source told is never overwritten. Services that the source no longer names have
    ended. Refuses what cannot be read, and a source that works on this node.
    """
    teller = _teller(source)
    draft, said_at = _read(entry, teller, at)
    row = Organization.objects.select_for_update().filter(pk=UUID(draft.id)).first()
    if row is not None and not _told_by(row, teller):
        return EntryTaken("kept", row.pk)
    if row is not None and row.source_at is not None and said_at < row.source_at:
        return EntryTaken("older", row.pk)
    word = EntryOrigin(source=teller.slug, said_at=said_at, kept_by=teller, by_node=True)
    if entry.get("ended") is True:
        return _end(UUID(draft.id), row, teller, at=at)
    row = write_organization(draft, row, word, at=at)
    taken = _services(draft, row, word, teller, at=at)
    _journal(row.pk, taken.added + taken.changed, taken.ended, at=at)
    return EntryTaken("taken", row.pk, taken.added + taken.changed, taken.ended)


def _teller(source: str) -> Society:
    teller = network_queries.society_or_none(source)
    if teller is None:
        raise Refusal(
            _("An entry came from a society that is not in the register."),
            next_step=_("Nothing was taken. Ask the network’s coordinator who sent it."),
            code="unknown-source",
        )
    if teller.hosted:
        raise Refusal(
            _("An entry came from outside in the name of a society that works here."),
            next_step=_("Nothing was taken. Tell whoever keeps this node."),
            code="own-society",
        )
    return teller


def _read(entry: Mapping[str, object], teller: Society, at: datetime) -> tuple[DraftOrganization, datetime]:
    try:
        size = len(json.dumps(entry, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass"))
    except (TypeError, ValueError, RecursionError):
        size = MOST_BYTES + 1
    said = entry.get("organization")
    if size > MOST_BYTES or not isinstance(said, dict):
        raise _unreadable()
    asked = ReaderDefaults(
        source=teller.slug, iso2=teller.iso2, today=at.date(), places=places(), contacts=False
    )
    found = reading.understood({"organizations": [said]}, asked)
    if len(found.organizations) != 1 or len(found.organizations[0].services) > MOST_SERVICES:
        raise _unreadable()
    draft = found.organizations[0]
    # An address of a person may stand where the office's should: between nodes none is taken.
    draft.email = ""
    return draft, _said_at(entry.get("as_of"), at)


def _unreadable() -> Refusal:
    return Refusal(
        _("An entry of the directory that came from another node cannot be read."),
        next_step=_("Nothing was taken. The society that sent it has to send it again."),
        code="unreadable-entry",
    )


def _said_at(text: object, at: datetime) -> datetime:
    """Of when the message is; a day to come is now, and what says none is now too."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else at
        return min(found if found.tzinfo else at, at)
    except (ValueError, OverflowError):
        return at


def _told_by(row: Organization | Service, teller: Society) -> bool:
    return bool(row.source == teller.slug and row.by_node and row.edited_at is None)


def _services(
    draft: DraftOrganization, row: Organization, word: EntryOrigin, teller: Society, *, at: datetime
) -> ImportCounts:
    taken = ImportCounts(regions=network_queries.regions_by_code())
    known = {one.pk: one for one in Service.objects.filter(pk__in=[UUID(s.id) for s in draft.services])}
    for one in draft.services:
        beside = known.get(UUID(one.id))
        if beside is not None and not (_told_by(beside, teller) and beside.organization_id == row.pk):
            taken.left += 1
            continue
        taken.added, taken.changed = taken.added + (beside is None), taken.changed + (beside is not None)
        write_service(one, beside, row, word, taken, at=at)
    keep_numbers(taken)
    named = [UUID(service.id) for service in draft.services]
    taken.ended = (
        _told_services(row.pk, teller)
        .exclude(pk__in=named)
        .update(status=words.ServiceStatus.DEFUNCT, source_at=word.said_at)
    )
    return taken


def _told_services(organization: UUID, teller: Society) -> QuerySet[Service]:
    rows = Service.objects.filter(organization=organization, source=teller.slug, by_node=True, edited_at=None)
    return rows.exclude(status=words.ServiceStatus.DEFUNCT)


def _end(pk: UUID, row: Organization | None, teller: Society, *, at: datetime) -> EntryTaken:
    if row is None:
        return EntryTaken("ended", pk)
    ended = _told_services(pk, teller).update(status=words.ServiceStatus.DEFUNCT, source_at=at)
    _journal(pk, 0, ended, at=at)
    return EntryTaken("ended", pk, ended=ended)


def _journal(about: UUID, services: int, ended: int, *, at: datetime) -> None:
    """In the journal of the society within whose walls the message was opened; where there is none, in nobody's."""
    society = tenancy.current_tenant()
    if society is not None and society != tenancy.NO_TENANT:
        facts = {"services": services, "ended": ended}
        audit.record(event=events.ENTRY_TAKEN, by=None, society=society, at=at, about=about, facts=facts)
