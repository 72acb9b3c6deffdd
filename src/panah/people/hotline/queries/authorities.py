"""Requests of authorities, which focal points answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.audit.queries import asked_last, written_about
from panah.people.hotline import events
from panah.people.hotline.models import AuthorityRequest

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.ground.audit.models import Entry


def authority_requests(*, to: Staff) -> QuerySet[AuthorityRequest]:
    """Requests of authorities, newest first; nobody but the focal points sees any."""
    rows = AuthorityRequest.objects.visible(to=to)
    return rows.select_related("taken_by", "first_decider", "second_decider").order_by("-asked_at")


def asked_by_authority(row: AuthorityRequest) -> Entry | None:
    """Return the journal's entry by which a request was written down."""
    return asked_last(row.file_id, asked=events.ASKED, ended=())


def deciders(row: AuthorityRequest) -> list[UUID]:
    """Return who has decided, each once and the first one first, as the journal tells it: a column is for showing."""
    entries = written_about(row.file_id, society=row.society_id, events=[events.DECIDED.name])
    return list(dict.fromkeys(entry.who for entry in entries if entry.who is not None))
