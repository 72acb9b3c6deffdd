"""Documents are linked with provisions, practices and each other, and put together in collections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.diplomacy.instruments import provisions
from panah.programmes.library import events
from panah.programmes.library.actions.documents import locked, refuse_persons
from panah.programmes.library.models import Collected, Collection, Document, Link
from panah.programmes.library.permissions import must_bring
from panah.programmes.library.practices import practices
from panah.programmes.library.words import LinkKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOST_COLLECTED = 200


@transaction.atomic
def link(
    *, document: Document, kind: str, key: str = "", other: Document | None = None, by: Staff, at: datetime
) -> Link | None:
    """Say what a document has to do with a provision, a practice or another document; said twice, it stands once."""
    row = locked(document, by)
    if kind == LinkKind.PROVISION:
        known, other = key in provisions(), None
    elif kind == LinkKind.PRACTICE:
        known, other = key in practices(to=by), None
    else:
        known, key = other is not None and other.pk != row.pk, ""
    if not known:
        raise Refusal(
            _("There is nothing here to link it with."),
            next_step=_("Choose a provision, a practice or another document."),
            code="nothing-to-link",
        )
    there = Link.objects.filter(document=row, kind=kind, key=key, other=other).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            one: Link = Link.objects.create(
                document=row,
                kind=LinkKind(kind),
                key=key,
                other=other,
                added_by=by,
                added_on=timezone.localtime(at).date(),
            )
    except IntegrityError:
        return Link.objects.filter(document=row, kind=kind, key=key, other=other).first()
    audit.record(event=events.LINKED, by=by, at=at, about=row.pk)
    return one


@transaction.atomic
def unlink(*, document: Document, link: UUID, by: Staff, at: datetime) -> None:
    row = locked(document, by)
    if Link.objects.filter(document=row, pk=link).delete()[0]:
        audit.record(event=events.UNLINKED, by=by, at=at, about=row.pk)


@transaction.atomic
def collect(*, title: str, about: str = "", pk: UUID | None = None, by: Staff, at: datetime) -> Collection:
    """Begin a collection."""
    must_bring(by)
    refuse_persons(None, title, about)
    row: Collection = Collection.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        title=title,
        about=about,
        made_by=by,
        made_on=timezone.localtime(at).date(),
    )
    audit.record(event=events.COLLECTED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def put_in_order(*, collection: Collection, documents: Sequence[Document], by: Staff, at: datetime) -> None:
    """Say which documents stand in a collection, in this order; those that she does not see keep their place behind."""
    must_bring(by)
    row = Collection.objects.visible(to=by).select_for_update().get(pk=collection.pk)
    _must_have_room(len(documents))
    seen = Document.objects.visible(to=by).values("pk")
    unseen = list(row.collected.exclude(document__in=seen).values_list("document", flat=True))
    row.collected.all().delete()
    ids = [*dict.fromkeys(document.pk for document in documents), *unseen]
    Collected.objects.bulk_create(
        Collected(collection=row, document_id=pk, place=place) for place, pk in enumerate(ids, 1)
    )
    audit.record(event=events.COLLECTED, by=by, at=at, about=row.pk)


@transaction.atomic
def add_to_collection(*, collection: Collection, document: Document, by: Staff, at: datetime) -> None:
    """Put a document behind the others of a collection; one that stands there stays where it is."""
    must_bring(by)
    row = Collection.objects.visible(to=by).select_for_update().get(pk=collection.pk)
    if row.collected.filter(document=document).exists():
        return
    places = row.collected.order_by("-place").values_list("place", flat=True)
    _must_have_room(len(places) + 1)
    Collected.objects.create(collection=row, document=document, place=(places.first() or 0) + 1)
    audit.record(event=events.COLLECTED, by=by, at=at, about=row.pk)


def _must_have_room(documents: int) -> None:
    if documents > MOST_COLLECTED:
        raise Refusal(
            _("A collection holds 200 documents at most."),
            next_step=_("Begin a second one."),
            code="too-many",
        )


@transaction.atomic
def drop_collection(*, collection: Collection, by: Staff, at: datetime) -> None:
    must_bring(by)
    Collection.objects.visible(to=by).filter(pk=collection.pk).delete()
    audit.record(event=events.COLLECTED, by=by, at=at, about=collection.pk)


def record_taken(*, document: Document, by: Staff, at: datetime) -> None:
    """Write down that a file left the library on somebody's device."""
    audit.record(event=events.TAKEN, by=by, at=at, about=document.pk)


def record_collection_taken(*, collection: Collection, by: Staff, at: datetime) -> None:
    audit.record(event=events.COLLECTION_TAKEN, by=by, at=at, about=collection.pk)
