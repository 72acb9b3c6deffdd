"""A file is brought, and what is said of it is changed, until a second person has looked at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.audit.queries import hands_since_approval
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.people.materials import events, permissions, rules
from panah.people.materials.actions.files import Checked, checked
from panah.people.materials.models import Draft, DraftPiece, Version
from panah.people.materials.words import LOOK, PICTURE_TO_SHARE, ROOM, SOUND_TO_SHARE, Audience, VersionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

LOOKED_AT_WITHIN = timedelta(days=14)

LOOK_AT = DueType(ROOM, LOOK, DueKind.DECIDE, within=LOOKED_AT_WITHIN, urgency=Urgency.LATER)


def must_write(by: Staff) -> None:
    if not permissions.writes(by):
        raise Refusal(
            _("Focal points and branch coordinators bring files."),
            next_step=_("Give the file to one of them."),
            code="writes-no-materials",
        )


def ended() -> Refusal:
    return Refusal(
        _("This draft was published or thrown away meanwhile."),
        next_step=_("Look at the list of materials."),
        code="draft-is-gone",
    )


def locked(draft: Draft) -> Draft:
    row = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise ended()
    return row


def bring(
    *,
    file: bytes,
    titles: Mapping[str, str],
    audiences: Sequence[str],
    what: str,
    by: Staff,
    at: datetime,
    pk: UUID | None = None,
) -> Draft:
    """Keep a file that is to be published; pressed twice (``pk``), it is kept once. Refuses what may not be.

    ``titles``: language -> title, of the languages that the file speaks.
    """
    must_write(by)
    # Looked at before anything is locked: it may take seconds.
    return _begin(checked(file), titles, audiences, what, by, at, pk=pk or uuid4())


@transaction.atomic
def _begin(
    content: Checked,
    titles: Mapping[str, str],
    audiences: Sequence[str],
    what: str,
    by: Staff,
    at: datetime,
    *,
    pk: UUID,
    material: UUID | None = None,
) -> Draft:
    must_fit_to_share(content.type, len(content.body), content.seconds, audiences)
    first = {
        **content.facts,
        "society_id": by.society_id,
        "titles": dict(titles),
        "audiences": list(audiences),
        "what": what,
        "changed_by": by,
        "hands": [str(by.pk)],
        "edited_at": at,
        "pk": pk,
    }
    row, made = Draft.objects.get_or_create(material=material or pk, defaults=first)
    if made:
        _keep_body(row, content.body)
        audit.record(event=events.BEGUN, by=by, at=at, about=row.pk)
        _ask_to_look(row, at)
    return row


def _keep_body(row: Draft, body: bytes) -> None:
    DraftPiece.objects.filter(draft=row).delete()
    pieces = [DraftPiece(draft=row, number=n, body=piece) for n, piece in enumerate(rules.cut(body))]
    DraftPiece.objects.bulk_create(pieces, batch_size=8)


def _ask_to_look(row: Draft, at: datetime) -> None:
    work.due_for_focal_points(LOOK_AT, row, not_to=hands_since_approval(row.pk), at=at)


@transaction.atomic
def begin_next(*, version: Version, by: Staff, at: datetime) -> Draft:
    """Begin the next version with what is published now; there is one draft at a time."""
    must_write(by)
    row = Draft.objects.filter(material=version.material).first()
    if row is not None:
        return row
    body = b"".join(bytes(piece.body) for piece in version.pieces.all())
    if version.state == VersionState.REPLACED or not version.is_body(body):
        raise Refusal(
            _("This version is not the last one, or its file is not as it was published."),
            next_step=_("Bring the file anew."),
            code="version-not-whole",
        )
    content = Checked(body, version.type, version.pages, version.seconds)
    return _begin(
        content,
        version.titles,
        version.audiences,
        version.what,
        by,
        at,
        pk=uuid4(),
        material=version.material,
    )


def change_draft(
    *,
    draft: Draft,
    titles: Mapping[str, str],
    audiences: Sequence[str],
    what: str,
    file: bytes = b"",
    seen: str | None = None,
    by: Staff,
    at: datetime,
) -> None:
    """Change what is said of a file, and the file where another one is given."""
    must_write(by)
    content = checked(file) if file else None
    _change(draft, content, titles, audiences, what, seen, by, at)


@transaction.atomic
def _change(
    draft: Draft,
    content: Checked | None,
    titles: Mapping[str, str],
    audiences: Sequence[str],
    what: str,
    seen: str | None,
    by: Staff,
    at: datetime,
) -> None:
    row = locked(draft)
    facts = content.facts if content else {}
    new = {"titles": dict(titles), "audiences": list(audiences), "what": what, **facts}
    if all(getattr(row, name) == value for name, value in new.items()):
        return
    refuse_if_changed(row, seen=seen)
    for name, value in new.items():
        setattr(row, name, value)
    must_fit_to_share(row.type, row.size, row.seconds, audiences)
    row.changed_by, row.edited_at = by, at
    row.hands = sorted({*row.hands, str(by.pk)})
    row.save()
    if content is not None:
        _keep_body(row, content.body)
    audit.record(event=events.CHANGED, by=by, at=at, about=row.pk)
    # Whoever was asked to look and has changed it now is asked no more.
    work.cancel_for(subject=row.pk, purpose=LOOK, at=at)
    _ask_to_look(row, at)


def must_fit_to_share(type_: str, size: int, seconds: int, audiences: Sequence[str]) -> None:
    """Refuse what is too long or too large to go round in a messenger over a thin line."""
    if Audience.OFFER_SOUND in audiences and (type_ not in rules.SOUNDS or seconds > SOUND_TO_SHARE):
        raise Refusal(
            _("The sound to share is an MP3 or OGG of at most %(seconds)s seconds.")
            % {"seconds": SOUND_TO_SHARE},
            next_step=_("Choose a shorter sound, or take this purpose off."),
            code="no-sound-to-share",
        )
    if Audience.OFFER_PICTURE in audiences and (type_ not in rules.PICTURES or size > PICTURE_TO_SHARE):
        raise Refusal(
            _("The picture to share is a PNG or JPEG of at most %(kb)s KB.")
            % {"kb": PICTURE_TO_SHARE // 1024},
            next_step=_("Choose a smaller picture, or take this purpose off."),
            code="no-picture-to-share",
        )


@transaction.atomic
def drop_draft(*, draft: Draft, by: Staff, at: datetime) -> None:
    """Throw a draft away; what is published stays."""
    must_write(by)
    row = locked(draft)
    work.cancel_for(subject=row.pk, purpose=LOOK, at=at)
    audit.record(event=events.DROPPED, by=by, at=at, about=row.pk)
    row.delete()
