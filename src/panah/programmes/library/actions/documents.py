"""A document is brought, changed, replaced, withdrawn, shown to others, destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace as changed
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import colleagues
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import case_numbers
from panah.ground.kit.empty_files import must_hold_something
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.programmes.library import events
from panah.programmes.library.actions.index import index_document, unindex
from panah.programmes.library.actions.pieces import Incoming, keep, too_large
from panah.programmes.library.models import Document, Named, Upload, Version
from panah.programmes.library.permissions import must_bring, must_keep, must_open
from panah.programmes.library.rules import files, languages
from panah.programmes.library.rules.described import Facts
from panah.programmes.library.words import MOST_BYTES, State, Visibility

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

SAID = (
    *("title", "title_language", "kind", "licence", "source", "source_link", "published_on", "countries"),
    "instruments",
)


def locked(document: Document, by: Staff) -> Document:
    """Return the row for whoever may change it, locked until the end of the transaction."""
    row: Document = Document.objects.visible(to=by).select_for_update().get(pk=document.pk)
    must_keep(by, row)
    return row


@transaction.atomic
def bring(
    *, file: Incoming | Upload, facts: Facts, by: Staff, at: datetime, pk: UUID | None = None
) -> Document:
    """Keep a file and what is said of it; the worker reads it. Refuses what is about a person, or is here already."""
    must_bring(by)
    must_open(by, facts.visibility)
    refuse_persons(facts, name_of(file))
    today = timezone.localtime(at).date()
    row: Document = Document.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        visibility=facts.visibility,
        brought_by=by,
        added_on=today,
        edited_at=at,
        **said_of(facts),
    )
    row.current = _version(row, file, facts.anyway, by, at)
    row.save(update_fields=["current"])
    name(row, facts.named, by=by)
    index_document(row)
    audit.record(event=events.BROUGHT, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def bring_version(
    *, document: Document, file: Incoming | Upload, by: Staff, at: datetime, anyway: bool = False
) -> Version:
    """Keep a new file of a document; the one before stays to be read and taken."""
    row = locked(document, by)
    refuse_persons(None, name_of(file))
    version = _version(row, file, anyway, by, at)
    row.current, row.edited_at = version, at
    row.save(update_fields=["current", "edited_at"])
    audit.record(event=events.VERSION, by=by, at=at, about=row.pk)
    return version


def name_of(file: Incoming | Upload) -> str:
    return files.file_name((file.file_name if isinstance(file, Upload) else file.name) or "")


def _version(document: Document, file: Incoming | Upload, anyway: bool, by: Staff, at: datetime) -> Version:
    must_hold_something(file.size)
    if file.size > MOST_BYTES:
        raise too_large()
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version: Version = Version.objects.create(
        document=document,
        number=last + 1,
        file_name=name_of(file),
        media_type="",
        size=file.size,
        sha256="",
        brought_by=by,
        added_on=timezone.localtime(at).date(),
    )
    kept = keep(version, file)
    if not anyway:
        refuse_same(kept.sha256, by=by)
    version.media_type, version.size, version.sha256 = kept.media_type, kept.size, kept.sha256
    version.save(update_fields=["media_type", "size", "sha256"])
    if isinstance(file, Upload):
        file.delete()
    return version


def refuse_same(sha256: str, *, by: Staff) -> None:
    """Say that this very file is here, as far as she may know of it."""
    there = Version.objects.filter(sha256=sha256, document__in=Document.objects.visible(to=by))
    number = there.values_list("document__number", flat=True).first()
    if number is not None:
        raise Refusal(
            _("This very file is here already: it is document %(number)s.") % {"number": number},
            next_step=_("Open that one. If you need it twice, tick that below and save again."),
            code="same-file",
        )


def refuse_persons(facts: Facts | None, *said: str) -> None:
    """What is about a person who is helped belongs to her case, behind its key; ``said``: what else many will read."""
    words = " ".join([*said, facts.title if facts else ""]).upper()
    if (facts is not None and facts.about_person) or any(case_numbers(words)):
        raise Refusal(
            _("What is about a person who is helped is not kept in the library: many read here."),
            next_step=_("Open her case and add it to the documents there. Nobody else can open it there."),
            code="about-a-person",
        )


def said_of(facts: Facts) -> dict[str, object]:
    found = changed(facts, title_language=facts.title_language or languages.detected(facts.title))
    return {field: getattr(found, field) for field in SAID}


def name(document: Document, named: Iterable[object], *, by: Staff) -> None:
    """Set who reads it while it is confidential: colleagues of the society itself."""
    wanted = {str(one) for one in named}
    ids = {colleague.pk for colleague in colleagues(to=by) if str(colleague.pk) in wanted}
    Named.objects.filter(document=document).exclude(staff__in=ids).delete()
    for one in ids - set(document.named.values_list("staff", flat=True)):
        Named.objects.create(document=document, staff_id=one)


@transaction.atomic
def change(*, document: Document, facts: Facts, seen: str | None = None, by: Staff, at: datetime) -> Document:
    """Change what is said of a document; its files and who finds it stay."""
    row = locked(document, by)
    refuse_if_changed(row, seen=seen)
    refuse_persons(facts)
    for field, value in said_of(facts).items():
        setattr(row, field, value)
    row.edited_at = at
    row.save(update_fields=[*SAID, "edited_at"])
    index_document(row)
    audit.record(event=events.CHANGED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def set_visibility(
    *, document: Document, visibility: str, named: Iterable[object] = (), by: Staff, at: datetime
) -> None:
    """Say who finds a document. It leaves the index that it was in at once."""
    row = locked(document, by)
    must_open(by, visibility)
    row.visibility, row.edited_at = Visibility(visibility), at
    row.save(update_fields=["visibility", "edited_at"])
    name(row, named, by=by)
    index_document(row)
    audit.record(event=events.SEEN_BY, by=by, at=at, about=row.pk)


@transaction.atomic
def replace(*, document: Document, other: Document, by: Staff, at: datetime) -> None:
    """Say that ``document`` is not the newest word any more: ``other`` is, and both stay."""
    row = locked(document, by)
    newer = Document.objects.visible(to=by).get(pk=other.pk)
    if newer.pk == row.pk or _leads_to(newer, row):
        raise Refusal(
            _("A document does not replace itself."),
            next_step=_("Choose another document."),
            code="round-in-circles",
        )
    if newer.visibility == Visibility.CONFIDENTIAL != row.visibility:
        # Whoever finds the old one would learn that there is a confidential one.
        raise Refusal(
            _("The other document is confidential: whoever reads this one is not to know of it."),
            next_step=_("Withdraw this one, or let the network find the other one first."),
            code="confidential-successor",
        )
    row.state, row.replaced_by, row.state_reason, row.edited_at = State.REPLACED, newer, "", at
    row.save(update_fields=["state", "replaced_by", "state_reason", "edited_at"])
    index_document(row)
    audit.record(event=events.REPLACED, by=by, at=at, about=row.pk)


def _leads_to(one: Document, end: Document) -> bool:
    seen = set()
    while one.replaced_by_id is not None and one.pk not in seen:
        seen.add(one.pk)
        if one.replaced_by_id == end.pk:
            return True
        one = Document.objects.filter(pk=one.replaced_by_id).first() or end
    return False


@transaction.atomic
def withdraw(*, document: Document, reason: str, by: Staff, at: datetime) -> None:
    """Say that a document is not to be gone by any more, and why. It stays to be read."""
    row = locked(document, by)
    refuse_persons(None, reason)
    row.state, row.replaced_by, row.state_reason, row.edited_at = State.WITHDRAWN, None, reason, at
    row.save(update_fields=["state", "replaced_by", "state_reason", "edited_at"])
    index_document(row)
    audit.record(event=events.WITHDRAWN, by=by, at=at, about=row.pk)


@transaction.atomic
def bring_back(*, document: Document, by: Staff, at: datetime) -> None:
    """Say that a document is in force again."""
    row = locked(document, by)
    row.state, row.replaced_by, row.state_reason, row.edited_at = State.IN_FORCE, None, "", at
    row.save(update_fields=["state", "replaced_by", "state_reason", "edited_at"])
    index_document(row)
    audit.record(event=events.IN_FORCE, by=by, at=at, about=row.pk)


@transaction.atomic
def destroy(*, document: Document, by: Staff, at: datetime) -> None:
    """Delete a document with all its files, pages and links: for what should never have come here."""
    row = locked(document, by)
    unindex(row)
    Document.objects.filter(pk=row.pk).update(current=None)
    row.delete()
    audit.record(event=events.DESTROYED, by=by, at=at, about=document.pk)
