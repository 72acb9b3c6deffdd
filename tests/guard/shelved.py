"""A document of North that the network finds, read; a collection of it; a file that Bakyt is bringing."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone

from panah.programmes.library import actions as library
from tests.conftest import World


def shelved(world: World) -> dict[str, str]:
    by, at = world.staff["bakyt"], timezone.now()
    facts = library.Facts(title="x", kind="plan", visibility="network", source="x")
    row = library.bring(file=ContentFile(b"A plain text of North.", name="x.txt"), facts=facts, by=by, at=at)
    library.read_version(row.current_id, at=at)
    collection = library.collect(title="x", by=by, at=at)
    library.put_in_order(collection=collection, documents=[row], by=by, at=at)
    coming = library.begin_upload(file_name="x", size=9, by=by, at=at)
    return {
        "shared_document": row.number,
        "collection": str(collection.pk),
        "file_on_its_way": str(coming.pk),
    }
