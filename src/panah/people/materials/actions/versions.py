"""A second person publishes; whoever publishes can also take off again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.work import actions as work
from panah.people.materials import events, permissions
from panah.people.materials.actions.drafts import locked
from panah.people.materials.models import Draft, Piece, Version
from panah.people.materials.words import LOOK, VersionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def must_publish(by: Staff) -> None:
    if not permissions.publishes(by):
        raise Refusal(
            _("A focal point decides what is published."),
            next_step=_("Ask one of them to look at it."),
            code="publishes-no-materials",
        )


@transaction.atomic
def publish(*, draft: Draft, seen: str | None = None, by: Staff, at: datetime) -> Version:
    """Show a file at the public door, in place of the version before it. Nobody who wrote in it does so."""
    must_publish(by)
    row = locked(draft)
    refuse_if_changed(row, seen=seen)
    must_be_second(row.pk, by=by, may=permissions.publishes)
    today = timezone.localtime(at).date()
    before = Version.objects.filter(material=row.material)
    last = before.aggregate(last=Max("number"))["last"] or 0
    _end(list(before.filter(state=VersionState.SHOWN)), VersionState.REPLACED, today)
    version = Version.objects.create(
        pk=row.pk,
        number=last + 1,
        written_by=row.changed_by.name,
        published_by=by.name,
        published_on=today,
        **{name: getattr(row, name) for name in _SAME},
    )
    pieces = [Piece(version=version, number=piece.number, body=piece.body) for piece in row.pieces.all()]
    Piece.objects.bulk_create(pieces, batch_size=8)
    if not version.is_body(b"".join(bytes(piece.body) for piece in pieces)):
        raise Refusal(
            _("The file of this draft is not as it was brought."),
            next_step=_("Throw the draft away and bring the file anew."),
            code="draft-not-whole",
        )
    dialled_numbers.keep([version])
    work.complete_for(subject=row.pk, purpose=LOOK, by=by, at=at)
    row.delete()
    audit.record(event=events.PUBLISHED, by=by, at=at, about=version.pk)
    return version


_SAME = (
    *("society_id", "material", "titles", "audiences", "what", "type", "size", "pages", "seconds", "sha256"),
)


def _end(rows: list[Version], state: VersionState, today: date) -> None:
    for one in rows:
        one.state, one.ended_on = state, today
        one.save(update_fields=["state", "ended_on"])
    dialled_numbers.keep(rows)


@transaction.atomic
def withdraw(*, version: Version, by: Staff, at: datetime) -> None:
    """Take a file off the public door: one focal point alone, since what is wrong must go quickly."""
    must_publish(by)
    row = Version.objects.select_for_update().get(pk=version.pk, society=by.society_id)
    if row.state != VersionState.SHOWN:
        return
    _end([row], VersionState.WITHDRAWN, timezone.localtime(at).date())
    audit.record(event=events.WITHDRAWN, by=by, at=at, about=row.pk)
