"""Earlier contacts of whoever is on the line, looked up on purpose; two contacts joined, and parted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.ground.work import queries as work_queries
from panah.people.hotline import actions, queries
from panah.people.hotline.call_pages import contact_or_404, keep_open, redirect_to
from panah.people.hotline.models import Contact
from panah.people.hotline.rules import may_unjoin
from panah.people.hotline.views.common import is_whole
from panah.people.hotline.views.contacts import signed_notes, signed_steps
from panah.people.hotline.views.labels import spoken
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.parts import IDENTITY


@dataclass(frozen=True)
class EarlierRow:
    """One earlier contact as the page says it."""

    contact: Contact
    by: frozenset[str]
    danger: bool
    answers: dict[str, object]
    said_rows: list[tuple[object, str]]
    notes: list[tuple[str, datetime, str]]
    steps: list[tuple[str, datetime, str]]
    due: list[work_queries.DueRow]
    joined_at: datetime | None = None
    may_part: bool = False


@require_safe
@vault_required
def earlier(request: StaffRequest, number: str) -> HttpResponse:
    """What the line knows of the number and the word that were said. It is opened on purpose and journalled."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    keep_open(request, contact)
    at = timezone.now()
    found = actions.look_back(keys=request.keys, contact=contact, by=request.staff, at=at)
    joined = queries.joined_with(keys=request.keys, contact=contact, to=request.staff)
    by = {one.contact.pk: one.by for one in found}
    since = {one.contact.pk: one.at for one in joined}
    contacts = {one.contact.pk: one.contact for one in joined} | {
        one.contact.pk: one.contact for one in found
    }
    kept = vault_queries.value_of(keys=request.keys, file=contact.file_id, part=IDENTITY)
    return page(
        request,
        "hotline/earlier.html",
        contact=contact,
        is_open=contact.state == ContactState.OPEN,
        kept=[name for name in ("phone", "called") if kept.get(name)],
        rows=[_row(request, one, by.get(pk, frozenset()), since.get(pk), at) for pk, one in contacts.items()],
        now=at,
    )


def _row(
    request: StaffRequest, one: Contact, by: frozenset[str], joined_at: datetime | None, at: datetime
) -> EarlierRow:
    answers = queries.answers_of(keys=request.keys, contact=one)
    return EarlierRow(
        contact=one,
        by=by,
        danger=actions.summary_of(keys=request.keys, contact=one).danger,
        answers=answers,
        said_rows=spoken(answers),
        notes=signed_notes(request, one),
        steps=signed_steps(request, one),
        due=work_queries.with_sentences(work_queries.items_of(one.pk), keys=request.keys),
        joined_at=joined_at,
        may_part=joined_at is not None and may_unjoin(joined_at=joined_at, now=at),
    )


@require_POST
@vault_required
def join(request: StaffRequest, number: str) -> HttpResponse:
    """Join another contact with this one: both are about one person, and each keeps its own record."""
    contact, other = _both(request, number)
    actions.join_contacts(
        keys=request.keys, contact=contact, other=other, by=request.staff, at=timezone.now()
    )
    add_message(
        request,
        _("Joined. Each keeps its own record; what is due ends for both."),
        href=reverse("hotline:earlier", args=[contact.number]),
        link=_("Look at it or undo it"),
    )
    return _back(request, contact)


@require_POST
@vault_required
def part(request: StaffRequest, number: str) -> HttpResponse:
    """Undo a join within a day."""
    contact, other = _both(request, number)
    actions.part_contacts(
        keys=request.keys, contact=contact, other=other, by=request.staff, at=timezone.now()
    )
    add_message(request, _("They are two again. What had ended with the other one is to be decided anew."))
    return _back(request, contact)


def _both(request: StaffRequest, number: str) -> tuple[Contact, Contact]:
    contact = contact_or_404(request, number)
    other = get_object_or_404(queries.visible(to=request.staff), number=request.POST.get("other", ""))
    return contact, other


def _back(request: StaffRequest, contact: Contact) -> HttpResponse:
    keep_open(request, contact)
    return redirect_to("call" if contact.state == ContactState.OPEN else "contact", contact.number)
