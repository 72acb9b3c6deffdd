"""Collections: documents in an order, each seen only by whoever may know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404

from panah.programmes.library.models import Collection, Document

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def collections(*, to: Staff) -> list[Collection]:
    return list(Collection.objects.visible(to=to))


def collection_or_404(pk: UUID, *, to: Staff) -> Collection:
    found: Collection = get_object_or_404(Collection.objects.visible(to=to), pk=pk)
    return found


def in_order(collection: Collection, *, to: Staff) -> list[Document]:
    """Return the documents of a collection that she may know of, in their order; one query."""
    rows = collection.collected.filter(document__in=Document.objects.visible(to=to))
    return [row.document for row in rows.select_related("document__current", "document__society")]
