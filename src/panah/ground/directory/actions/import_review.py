"""A directory that somebody brings: read, kept until decided, then taken entry by entry or put away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.directory import events
from panah.ground.directory.actions.upsert import (
    EntryOrigin,
    ImportCounts,
    keep_numbers,
    write_organization,
    write_service,
)
from panah.ground.directory.hsds import drafts, files, problems
from panah.ground.directory.hsds.attributes import ReaderDefaults
from panah.ground.directory.hsds.drafts import DraftOrganization, Understood
from panah.ground.directory.models import KEPT_WHOLE, BroughtDirectory, Organization
from panah.ground.directory.queries.exchange import places
from panah.ground.directory.queries.import_review import Compared, ImportState, compared
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_models import at_once
from panah.ground.network import queries as network_queries
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from uuid import UUID

    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society

# Whoever has not decided in a week brings the newer file.

OURS, THEIRS, NEW = "ours", "theirs", "new"


def read_directory(*, body: bytes, source: str, iso2: str, at: datetime) -> Understood:
    """What can be taken from the file, and every problem. `iso2`: the country where the file says none."""
    return files.understood(body, ReaderDefaults(source=source, iso2=iso2, today=at.date(), places=places()))


@transaction.atomic
def bring_directory(
    *, body: bytes, source: str, said_at: datetime, by: Staff, at: datetime
) -> BroughtDirectory:
    """Read the file and keep what was understood until this colleague decides; refuses what holds nothing."""
    if not policy.brings(by):
        raise Refusal(
            _("A directory is brought in by a focal point or by the network’s coordinator."),
            next_step=_("Give one of them the file."),
            code="not-the-keeper",
            status=403,
        )
    found = read_directory(body=body, source=source, iso2=by.society.iso2, at=at)
    if not found.organizations:
        raise Refusal(
            " ".join(_sentences(found)[:3]),
            next_step=_("Nothing was taken. Choose another file."),
            code="nothing-understood",
        )
    BroughtDirectory.objects.filter(by=by.pk).delete()
    BroughtDirectory.objects.filter(at__lt=at - retention.DIRECTORY_BROUGHT.period).delete()
    return BroughtDirectory.objects.create(
        society=by.society,
        kept_by=by.society if policy.keeps_own(by) else None,
        by=by.pk,
        at=at,
        source=source,
        source_at=min(said_at, at),
        entries=drafts.kept(found.organizations),
        problems=[asdict(problem) for problem in found.problems],
    )


def _sentences(found: Understood) -> list[str]:
    return [problems.say(problem) for problem in found.problems]


@transaction.atomic
def take_brought(
    *,
    brought: BroughtDirectory,
    choices: Mapping[str, str],
    marks: Mapping[str, str],
    by: Staff,
    at: datetime,
) -> ImportCounts:
    """Take what was decided on; `choices` and `marks` by Compared.key: "ours", "theirs" or "new", and the state seen.

    An entry that a colleague has changed since it was shown stays as she left it and is counted.
    """
    found = compared(drafts.again(brought.entries), source=brought.source, by=by, kept_by=brought.kept_by_id)
    word = EntryOrigin(source=brought.source, said_at=brought.source_at, kept_by=brought.kept_by)
    taken = take_all(found, word=word, choices=choices, marks=marks, at=at)
    brought.delete()
    audit.record(event=events.DIRECTORY_TAKEN, by=by, at=at, facts=taken.counts())
    return taken


@at_once(*KEPT_WHOLE)
def take_all(
    found: Iterable[Compared],
    *,
    word: EntryOrigin,
    choices: Mapping[str, str],
    marks: Mapping[str, str] | None,
    at: datetime,
) -> ImportCounts:
    """Write every entry as chosen, or as its state suggests where nothing was; `marks` None: nobody looked before."""
    taken = ImportCounts(regions=network_queries.regions_by_code())
    for one in found:
        organization = _take_one(one, word, choices, marks, taken, at=at)
        for service in one.services:
            if organization is None:
                taken.left += 1
                continue
            _take_service(service, organization, word, choices, marks, taken, at=at)
    keep_numbers(taken)
    return taken


def chosen(one: Compared, choices: Mapping[str, str]) -> str:
    """What becomes of an entry: what was chosen, if that may be; else new ones come in and ours stay ours."""
    may = {
        ImportState.NEW: (NEW, OURS),
        ImportState.NEWER: (THEIRS, OURS),
        ImportState.ASK: (OURS, THEIRS, NEW) if one.alike else (OURS, THEIRS),
        ImportState.OTHERS: (OURS, NEW) if one.alike else (OURS,),
        ImportState.SAME: (OURS,),
    }[one.state]
    wanted = choices.get(one.key, "")
    return wanted if wanted in may else may[0]


def _changed_since(one: Compared, marks: Mapping[str, str] | None) -> bool:
    return marks is not None and one.row is not None and marks.get(one.key, one.mark) != one.mark


def _take_one(
    one: Compared,
    word: EntryOrigin,
    choices: Mapping[str, str],
    marks: Mapping[str, str] | None,
    taken: ImportCounts,
    *,
    at: datetime,
) -> Organization | None:
    choice = chosen(one, choices)
    if choice == OURS:
        taken.left += 1
        row: Organization | None = one.row
        return row
    if _changed_since(one, marks) and choice == THEIRS:
        taken.meanwhile += 1
        return one.row
    _count(taken, choice)
    return write_organization(one.draft, one.row if choice == THEIRS else None, word, at=at)


def _take_service(
    one: Compared,
    organization: Organization,
    word: EntryOrigin,
    choices: Mapping[str, str],
    marks: Mapping[str, str] | None,
    taken: ImportCounts,
    *,
    at: datetime,
) -> None:
    choice = chosen(one, choices)
    if choice == OURS:
        taken.left += 1
    elif choice == THEIRS and _changed_since(one, marks):
        taken.meanwhile += 1
    else:
        _count(taken, choice)
        write_service(one.draft, one.row if choice == THEIRS else None, organization, word, taken, at=at)


def _count(taken: ImportCounts, choice: str) -> None:
    if choice == NEW:
        taken.added += 1
    else:
        taken.changed += 1


@transaction.atomic
def drop_brought(*, brought: BroughtDirectory) -> None:
    """Put away what was brought; nothing of it has come in, so there is nothing to write in the journal."""
    brought.delete()


@transaction.atomic
def import_directory(
    *,
    entries: list[DraftOrganization],
    source: str,
    said_at: datetime,
    society: Society | None,
    owner: UUID,
    at: datetime,
) -> ImportCounts:
    """Take a file in by the node's own command: new entries and renewed ones; what is to be asked stays as it is.

    `society` will keep the entries, None for nobody's; `owner` is the society in whose journal it stands.
    """
    found = compared(entries, source=source, by=None, kept_by=society.pk if society else None)
    word = EntryOrigin(source=source, said_at=said_at, kept_by=society)
    taken = take_all(found, word=word, choices={}, marks=None, at=at)
    audit.record(event=events.DIRECTORY_TAKEN, by=None, society=owner, at=at, facts=taken.counts())
    return taken


@transaction.atomic
def record_export(*, services: int, form: str, by: Staff, at: datetime) -> None:
    """Write down that the directory left as a file: how much of it, as what."""
    audit.record(event=events.DIRECTORY_LEFT, by=by, at=at, facts={"services": services, "form": form})
