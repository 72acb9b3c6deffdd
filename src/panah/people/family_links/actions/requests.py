"""Restoring family links: someone looks for a relative. The page never says whether anyone is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import idempotency_id
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.family_links import events
from panah.people.family_links.actions.workflow import first_lead
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.family_links.rules import may_tell_whereabouts
from panah.people.family_links.words import NOTED, REQUEST, ROOM, SEARCH, LinksAcrossState, LinksState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

BEGIN_SEARCH = DueType(
    ROOM,
    SEARCH,
    DueKind.ANSWER,
    _("Restoring family links: begin the search"),
    timedelta(days=2),
    Urgency.WEEK,
)


@transaction.atomic
def take_links_request(
    *,
    keys: Keyring,
    typed: Mapping[str, object],
    by: Staff,
    at: datetime,
    asked_at: datetime | None = None,
    once: UUID | None = None,
) -> FamilyLinksRequest:
    """Seal a request to the focal points and put it on their list; whoever took it cannot read it back.

    ``asked_at`` is when, where it was written on paper first; ``once`` a fresh id of the page: the same twice is one.
    """
    pk = idempotency_id(by.pk, once, {**typed, "asked_at": asked_at})
    pressed = FamilyLinksRequest.objects.filter(pk=pk, society=by.society_id).first()
    if pressed is not None:
        return pressed
    row = begin_request(keys=keys, typed=typed, at=at, asked_at=asked_at, pk=pk)
    audit.record(event=events.LINKS_ASKED, by=by, at=at, about=row.file_id)
    return row


@transaction.atomic
def begin_request(
    *,
    keys: Keyring,
    typed: Mapping[str, object],
    at: datetime,
    asked_at: datetime | None = None,
    pk: UUID | None = None,
) -> FamilyLinksRequest:
    """Make the sealed file of a request, taken here or from another society, and put the search on the list."""
    by = keys.staff
    file = vault.begin_file(keys=keys, kind=FileKind.FAMILY_LINKS, focal_points=True, at=at)
    vault.write(keys=keys, file=file, part=REQUEST, value=dict(typed), at=at)
    row = FamilyLinksRequest.objects.create(
        pk=pk or uuid4(), society_id=by.society_id, file_id=file, asked_at=asked_at or at, taken_by=by
    )
    lead = first_lead(by.society_id)
    if lead is not None:
        work.due(
            BEGIN_SEARCH,
            DueSubject(row.society_id, row.pk, file=file, owner=lead, number=row.number),
            keys=keys,
            at=at,
        )
    return row


@transaction.atomic
def note_links(
    *,
    keys: Keyring,
    request: FamilyLinksRequest,
    text: str,
    consent: str,
    told: str,
    by: Staff,
    at: datetime,
    asked_by: str = "",
    how: str = "",
    asked_on: str = "",
) -> None:
    """Write what was done and, only with the sought person's yes, what was told to the one who asks.

    ``asked_by``, ``how``, ``asked_on`` (a day): who asked the person sought, how and when. Without these it is no yes.
    """
    if told and not may_tell_whereabouts(consent=consent, who=asked_by, how=how, when=asked_on):
        raise Refusal(
            _("Nothing is told without a clear yes of the person sought."),
            next_step=_(
                "Ask that person first, alone, and write down who asked, how and when. Until then the answer is: the "
                "request is being worked on."
            ),
            code="no-consent-of-the-person-sought",
        )
    vault.add(
        keys=keys,
        file=request.file_id,
        part=NOTED,
        value={
            "text": text,
            "consent": consent,
            "told": told,
            "asked_by": asked_by,
            "how": how,
            "asked_on": asked_on,
        },
        at=at,
    )
    if told:
        _set(request, LinksState.ANSWERED, None)
    audit.record(event=events.LINKS_NOTED, by=by, at=at, about=request.file_id)


@transaction.atomic
def close_links(
    *, keys: Keyring, request: FamilyLinksRequest, noted: dict[str, str], by: Staff, at: datetime
) -> None:
    """Nothing more is done about a request; what was typed beside the button is kept.

    While a society searches or waits, it is not closed behind its back.
    """
    waiting = request.across.filter(state=LinksAcrossState.ASKED).first()
    if waiting is not None:
        raise Refusal(
            _("Another society is still searching, or waits for an answer."),
            next_step=_("Take the request back there, or answer it. Then close it here."),
            code="still-across",
        )
    if noted.get("text") or noted.get("told"):
        note_links(keys=keys, request=request, by=by, at=at, **noted)
    _set(request, LinksState.CLOSED, at)
    work.cancel_for(subject=request.pk, at=at)
    audit.record(event=events.LINKS_CLOSED, by=by, at=at, about=request.file_id)


def _set(request: FamilyLinksRequest, state: LinksState, ended: datetime | None) -> None:
    request.state, request.ended_at = state, ended
    request.save(update_fields=["state", "ended_at"])
