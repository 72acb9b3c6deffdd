"""A brief about a country: begun, changed, sent to its second reader, taken back, published, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import colleagues
from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.audit.queries import hands_since_approval
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.programmes.figures import events, queries
from panah.programmes.figures.actions.brief_items import ask_reader, done, nothing_due
from panah.programmes.figures.brief_states import ERRATUM, GO_ON, BriefStanding, BriefState
from panah.programmes.figures.models import Brief, BriefFigure
from panah.programmes.figures.permissions import must_write, reads
from panah.programmes.figures.rules.briefs import MOST_FIGURES, may_be_published

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

TEXTS = ("title_en", "title_ru", "says_en", "says_ru", "unknown_en", "unknown_ru", "note_en", "note_ru")
# How far a brief may be for its author to take it back and change it.
CHANGEABLE = {
    *(BriefStanding.READING, BriefStanding.SENT_BACK, BriefStanding.CLEARING, BriefStanding.NOT_CLEARED),
    BriefStanding.CLEARED,
}


@transaction.atomic
def begin_brief(
    *, country: str, figures: Iterable[str], pk: UUID | None = None, by: Staff, at: datetime, **texts: str
) -> Brief:
    """Begin a brief about a country with the figures that it uses, in their order."""
    must_write(by)
    concerned = queries.concerned_in(country)
    if concerned is None:
        raise Refusal(
            _("No society of this country works on this node: nobody could clear the brief."),
            next_step=_("Choose another country, or ask the society there to publish its own."),
            code="nobody-clears",
        )
    row: Brief = Brief.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        country=country,
        concerned_id=concerned,
        author=by,
        begun_on=timezone.localtime(at).date(),
        edited_at=at,
        **{name: texts.get(name, "") for name in TEXTS},
    )
    _use(row, figures, by)
    audit.record(event=events.BRIEF_BEGUN, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def change_brief(
    *, brief: Brief, figures: Iterable[str], seen: str | None = None, by: Staff, at: datetime, **texts: str
) -> None:
    """Change a draft: its author alone does."""
    row = _own_draft(brief, by)
    refuse_if_changed(row, seen=seen)
    for name in TEXTS:
        setattr(row, name, texts.get(name, ""))
    row.edited_at = at
    row.save(update_fields=[*TEXTS, "edited_at"])
    BriefFigure.objects.filter(brief=row).delete()
    _use(row, figures, by)
    audit.record(event=events.BRIEF_CHANGED, by=by, at=at, about=row.pk)


def _use(row: Brief, numbers: Iterable[str], by: Staff) -> None:
    chosen = list(dict.fromkeys(numbers))
    there = {one.number: one for one in queries.figures_for(row.country, to=by)}
    if not chosen or len(chosen) > MOST_FIGURES or any(one not in there for one in chosen):
        raise Refusal(
            _("A brief uses between one and %(most)s figures about its country, all of which stand.")
            % {"most": MOST_FIGURES},
            next_step=_("Choose them again: one may have been replaced meanwhile."),
            code="which-figures",
        )
    BriefFigure.objects.bulk_create(
        BriefFigure(brief=row, figure=there[number], place=place) for place, number in enumerate(chosen)
    )


@transaction.atomic
def ask_to_read(*, brief: Brief, reader: str, by: Staff, at: datetime) -> None:
    """Freeze what a brief says, and ask a second person the questions about it."""
    row = _own_draft(brief, by)
    second = colleagues(to=by).filter(pk=UUID(reader)).first()
    if second is None:
        raise not_now()
    must_be_second(row.pk, by=second, may=reads, hands={*hands_of(row), by.pk})
    if any(queries.fallen(one) for one in queries.used_by(row)):
        raise _changed_in_the_register()
    row.content, row.digest, row.version = queries.frozen(row)
    row.frozen_on, row.reader, row.state = timezone.localtime(at).date(), second, BriefState.READING
    row.save(update_fields=["content", "digest", "version", "frozen_on", "reader", "state"])
    done(row, GO_ON, by=by, at=at)
    ask_reader(row, second, at)
    audit.record(event=events.BRIEF_ASKED, by=by, at=at, about=row.pk)


@transaction.atomic
def take_back(*, brief: Brief, by: Staff, at: datetime) -> None:
    """Make a draft of a brief again, to change it: what was said of it counts for nothing then."""
    row, how_far = locked(brief, by)
    if row.author_id != by.pk or how_far not in CHANGEABLE:
        raise not_now()
    row.state, row.digest, row.version, row.frozen_on = BriefState.DRAFT, "", "", None
    row.content, row.reader = {}, None
    row.save(update_fields=["state", "digest", "version", "frozen_on", "content", "reader"])
    nothing_due(row, at)
    audit.record(event=events.BRIEF_TAKEN_BACK, by=by, at=at, about=row.pk)


@transaction.atomic
def publish_brief(*, brief: Brief, by: Staff, at: datetime) -> None:
    """Publish a brief as it was read and cleared; what changed in the register since holds it up."""
    must_write(by)
    row, _how_far = locked(brief, by)
    if not may_be_published(row.state, row.digest, queries.reviews_of(row.reviews.all())):
        raise Refusal(
            _("This brief is not published: the society concerned has not cleared it."),
            next_step=_("Wait for its word, or take the brief back and change what it asks for."),
            code="not-cleared",
        )
    if queries.frozen(row)[1] != row.digest or any(queries.fallen(one) for one in queries.used_by(row)):
        raise _changed_in_the_register()
    row.state, row.published_by, row.published_on = BriefState.PUBLISHED, by, timezone.localtime(at).date()
    row.save(update_fields=["state", "published_by", "published_on"])
    nothing_due(row, at)
    audit.record(event=events.BRIEF_PUBLISHED, by=by, at=at, about=row.pk)


@transaction.atomic
def withdraw_brief(*, brief: Brief, why: str, by: Staff, at: datetime) -> None:
    """Withdraw a published brief: its page stays and says why, and hands out no file any more."""
    must_write(by)
    row, _how_far = locked(brief, by)
    if row.state != BriefState.PUBLISHED:
        raise not_now()
    row.state, row.withdrawn_by, row.withdrawn_why = BriefState.WITHDRAWN, by, why
    row.withdrawn_on = timezone.localtime(at).date()
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_why", "withdrawn_on"])
    nothing_due(row, at)
    audit.record(event=events.BRIEF_WITHDRAWN, by=by, at=at, about=row.pk)


@transaction.atomic
def erratum_seen(*, brief: Brief, by: Staff, at: datetime) -> None:
    """The brief stays published with its list of errata: somebody has looked whether that is enough."""
    must_write(by)
    row, _how_far = locked(brief, by)
    done(row, ERRATUM, by=by, at=at)
    audit.record(event=events.ERRATUM_SEEN, by=by, at=at, about=row.pk)


@transaction.atomic
def record_brief_taken(*, brief: Brief, by: Staff, at: datetime) -> None:
    """Journal that a published brief is taken out as a file; refuse one that nobody cleared, or not any more."""
    card = queries.brief_or_404(brief.pk, to=by)
    if card.standing != BriefStanding.PUBLISHED:
        raise Refusal(
            _("This brief is not published: it does not leave."),
            next_step=_("Its page says how far it is."),
            code="not-published",
            status=403,
        )
    audit.record(event=events.BRIEF_OUT, by=by, at=at, about=card.row.pk)


def hands_of(row: Brief) -> frozenset[UUID]:
    """Return who wrote a brief; it may be another society's, whose journal alone tells it."""
    with tenancy.tenant_context(row.society_id):
        return hands_since_approval(row.pk)


def locked(brief: Brief, by: Staff) -> tuple[Brief, BriefStanding]:
    """Return a brief of her own society, locked, and how far it is."""
    row: Brief = Brief.objects.select_for_update().get(pk=brief.pk, society_id=by.society_id)
    return row, queries.how_far(row, row.reviews.all())


def _own_draft(brief: Brief, by: Staff) -> Brief:
    must_write(by)
    row, how_far = locked(brief, by)
    if how_far != BriefStanding.DRAFT or row.author_id != by.pk:
        raise not_now()
    return row


def not_now() -> Refusal:
    return Refusal(
        _("This brief has moved on: somebody else, or you on another page, did something with it."),
        next_step=_("Open it again: the page says how far it is, and what can be done."),
        code="moved-on",
    )


def _changed_in_the_register() -> Refusal:
    return Refusal(
        _("A figure of this brief was replaced, withdrawn or marked since it was read."),
        next_step=_("Take the brief back, look at its figures, and send it anew."),
        code="figures-changed",
    )
