"""Photos and documents of a case, as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import pseudonyms
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.events import REGISTER
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.people.cases.models import Case
from panah.people.cases.queries.page import OpenedPart, opened
from panah.people.cases.words import CasePart

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class DocumentEvent:
    """One line of a document's history: a whole sentence, when, and what for."""

    at: datetime
    sentence: str
    purpose: str


def documents_of(case: Case, *, keys: Keyring | None) -> list[OpenedPart]:
    """Return the case's documents, the newest first."""
    found = opened(case, [CasePart.DOCUMENT], keys=keys).all(CasePart.DOCUMENT)
    return sorted(found, key=lambda one: (str(one.v.get("came", "")), str(one.ref)), reverse=True)


def document_of(case: Case, ref: UUID, *, keys: Keyring | None) -> OpenedPart:
    """Return one document, or 404: another case's, and none at all, look the same."""
    found = opened(case, [CasePart.DOCUMENT], keys=keys).get(CasePart.DOCUMENT, ref)
    if found is None:
        raise Http404
    return found


def same_content(case: Case, digest: str, *, keys: Keyring | None) -> OpenedPart | None:
    """Return the document of this case that has exactly this content and is still there."""
    return next(
        (
            one
            for one in documents_of(case, keys=keys)
            if one.v.get("sha256") == digest and not one.v.get("destroyed")
        ),
        None,
    )


def history_of(case: Case, ref: UUID) -> list[DocumentEvent]:
    """Return who put it here, described it, looked at it and took it out, the newest first."""
    entries = audit_queries.entries_about_part(case.file_id, fact="attachment", value=str(ref))
    names = pseudonyms({e.who for e in entries})
    labels: dict[object, StrOrPromise] = dict(RevealPurpose.choices)
    return [
        DocumentEvent(
            e.at,
            _(str(REGISTER[e.event].sentence)) % {"who": names.get(e.who, _("Panah"))},
            str(labels.get(e.facts.get("purpose"), "")),
        )
        for e in entries
        if e.event in REGISTER
    ]
