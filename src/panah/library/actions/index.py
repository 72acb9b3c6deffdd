"""What the search knows of a document."""

from __future__ import annotations

from panah.library.models import Document, Posting


def index_document(document: Document) -> None:
    """Write what is found by of a document anew, in the index of its visibility."""
    unindex(document)


def unindex(document: Document) -> None:
    """Take a document out of every index."""
    Posting.objects.filter(document=document).delete()
