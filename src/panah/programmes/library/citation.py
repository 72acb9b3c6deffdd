"""How a document is named in a text: to be copied."""

from __future__ import annotations

from django.utils.translation import gettext as _

from panah.ground.kit.dates import on_paper
from panah.programmes.library.models import Document


def citation(document: Document, _language: str = "") -> str:
    """Return who made it, title, day, number of the version and where it is kept, on one line."""
    day = on_paper(document.published_on) if document.published_on else _("undated")
    parts = [document.source.rstrip(". "), f"“{document.title}”", day]
    if document.source_link:
        parts.append(document.source_link)
    parts.append(_("Panah library, %(number)s") % {"number": document.number})
    return ". ".join(parts) + "."
