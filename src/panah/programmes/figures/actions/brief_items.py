"""What is due about briefs: to read one, to clear one, to go on with it, to look at an erratum."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.vault.actions.offboarding import HandoverResult
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.figures import events, queries
from panah.programmes.figures.brief_states import (
    BRIEFS,
    CLEARANCE,
    ERRATUM,
    GO_ON,
    READ,
    BriefReviewKind,
    BriefStanding,
    BriefState,
)
from panah.programmes.figures.models import Brief, Erratum
from panah.programmes.figures.words import FELL, SENTENCES, SentenceState, State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.programmes.figures.models import BriefFigure, PublicSentence

# Its author has something to do then.
BACK_WITH_THE_AUTHOR = {BriefStanding.NOT_CLEARED, BriefStanding.CLEARED, BriefStanding.OBJECTED}

READ_BRIEF = DueType(BRIEFS, READ, DueKind.ANSWER, urgency=Urgency.WEEK)
GO_ON_WITH_IT = DueType(BRIEFS, GO_ON, DueKind.DECIDE, urgency=Urgency.WEEK)
LOOK_AT_ERRATUM = DueType(BRIEFS, ERRATUM, DueKind.REVIEW, urgency=Urgency.WEEK)
CLEAR_BRIEF = DueType(BRIEFS, CLEARANCE, DueKind.DECIDE, urgency=Urgency.WEEK)
FIGURE_FELL = DueType(SENTENCES, FELL, DueKind.REVIEW, urgency=Urgency.WEEK)


def ask_reader(row: Brief, reader: Staff, at: datetime) -> None:
    _put(row, reader, READ_BRIEF, at)


def ask_author(row: Brief, at: datetime) -> None:
    _put(row, row.author, GO_ON_WITH_IT, at)


def ask_the_concerned(row: Brief, at: datetime) -> None:
    """Put a brief on the lists of who clears it; focal points of another society find it in their own walls."""
    if row.concerned_id == row.society_id:
        _for_clearing(row, at)


def _for_clearing(row: Brief, at: datetime) -> None:
    work.due_for_focal_points(
        CLEAR_BRIEF, DueSubject(row.concerned_id, row.pk), not_to={row.author_id}, at=at
    )


def _put(row: Brief, owner: Staff, what: DueType, at: datetime) -> None:
    if work_queries.items_of(row.pk, purpose=what.purpose):
        return
    if not owner.is_active:
        # The author has left, and whoever took over her work was the brief's second reader, who does not become its
        # author: the focal points go on with it.
        work.due_for_focal_points(what, row, at=at)
    else:
        work.due(what, row, owner=owner, at=at)


def done(row: Brief, purpose: str, *, by: Staff, at: datetime) -> None:
    work.complete_for(subject=row.pk, purpose=purpose, by=by, at=at)


def nothing_due(row: Brief, at: datetime) -> None:
    work.cancel_for(subject=row.pk, at=at)


@transaction.atomic
def note_errata(*, society: UUID, at: datetime) -> int:
    """Tell in published briefs and in sentences which of their figures fell; returns how many were told in briefs."""
    untold = queries.untold_errata(society)
    for one in untold:
        _tell(one, at)
    for sentence in queries.newly_fallen(society):
        _tell_of_sentence(sentence, at)
    return len(untold)


def _tell_of_sentence(row: PublicSentence, at: datetime) -> None:
    """The sentence says to everybody that its figure fell, and focal points have it to write anew."""
    row.figure_fell_on = timezone.localtime(at).date()
    row.save(update_fields=["figure_fell_on"])
    if row.state == SentenceState.CLEARED:
        work.due_for_focal_points(FIGURE_FELL, row, at=at)


def _tell(used: BriefFigure, at: datetime) -> None:
    figure, row = used.figure, used.brief
    fell = queries.fallen(figure) or figure
    # Of a rate the new one is worked out from other figures: nobody has made it yet.
    replaced = fell.pk == figure.pk and fell.state == State.SUPERSEDED
    newer = getattr(figure, "superseded_by", None) if replaced else None
    Erratum.objects.create(
        brief=row,
        figure=figure,
        state=fell.state,
        was=queries.printed_value(figure),
        now=newer.as_printed if newer is not None else "",
        why=fell.state_reason,
        on=timezone.localtime(at).date(),
    )
    _put(row, row.author, LOOK_AT_ERRATUM, at)
    audit.record(event=events.ERRATUM_NOTED, by=None, society=row.society_id, at=at, about=row.pk)


def look_after_briefs(*, at: datetime) -> None:
    """Find what another society did with a brief, and what no longer stands in one that is published.

    A society writes within its own walls alone: each looks here what waits for it. Within a society's walls it looks
    at that one.
    """
    here = tenancy.current_tenant()
    for one in [here] if here is not None else hosted_ids():
        _look_after(one, at)


@transaction.atomic
def _look_after(society: UUID, at: datetime) -> None:
    _of_others(society, at)
    _own(society, at)
    note_errata(society=society, at=at)


def _of_others(society: UUID, at: datetime) -> None:
    """Briefs of other societies come on the focal points' lists while they wait, and go when they do not."""
    listed = work_queries.waiting_subjects(room=BRIEFS, purpose=CLEARANCE, society=society)
    for row in queries.waiting_for(society):
        said = any(
            review.kind == BriefReviewKind.CLEARANCE and review.digest == row.digest
            for review in row.reviews.all()
        )
        waits = row.state == BriefState.CLEARING and not said
        if waits and row.pk not in listed:
            _for_clearing(row, at)
        elif row.pk in listed and not waits:
            work.cancel_for(subject=row.pk, purpose=CLEARANCE, at=at)


def _own(society: UUID, at: datetime) -> None:
    """What another society said of an own brief comes to its author, until she has gone on with it."""
    for row in queries.own_with_others(society):
        if queries.how_far(row, row.reviews.all()) in BACK_WITH_THE_AUTHOR:
            ask_author(row, at)


@transaction.atomic
def hand_over_briefs(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """A colleague leaves: what she wrote and was to read goes to ``to``, who reads nothing that he wrote."""
    del keys
    Brief.objects.filter(reader=staff, state=BriefState.READING).exclude(author=to).update(reader=to)
    rows = Brief.objects.filter(author=staff)
    # Whoever takes over wrote a brief that she was to read: nobody reads his own, so he chooses another reader.
    for row in Brief.objects.filter(reader=staff, state=BriefState.READING, author=to):
        _again_a_draft(row, to, at)
    # Whoever goes on stands for it and sends it anew: else another account of who wrote it could clear it.
    for row in rows.filter(state__in=[BriefState.DRAFT, BriefState.READING, BriefState.CLEARING]):
        _again_a_draft(row, to, at)
    rows.filter(state=BriefState.PUBLISHED).exclude(reader=to).update(author=to)
    return HandoverResult(0, 0)


def _again_a_draft(row: Brief, author: Staff, at: datetime) -> None:
    nothing_due(row, at)
    row.author, row.reader, row.state = author, None, BriefState.DRAFT
    row.digest, row.version, row.frozen_on, row.content = "", "", None, {}
    row.save()
    ask_author(row, at)
