"""What may be said to everybody about a country: written by one, cleared by a second person of the society there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.figures import events, queries
from panah.programmes.figures.delivered import given_sentences
from panah.programmes.figures.models import Figure, PublicSentence
from panah.programmes.figures.permissions import clears, must_clear, must_write
from panah.programmes.figures.words import CLEAR, FELL, SENTENCES, SentenceState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

CLEAR_SENTENCE = DueType(SENTENCES, CLEAR, DueKind.DECIDE, urgency=Urgency.WEEK)


@transaction.atomic
def write_sentence(
    *,
    country: str,
    value: str,
    sentence_en: str,
    sentence_ru: str,
    source_said: str,
    not_en: str = "",
    not_ru: str = "",
    figure: Figure | None = None,
    delivered: str = "",
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> PublicSentence:
    """Write a sentence with a figure; nobody says it until a second person has cleared it.

    ``delivered``: the id of the delivered sentence that she takes over, as it was or changed.
    """
    must_write(by)
    if country != by.society.iso2:
        raise Refusal(
            _("The society of a country says what may be said about it."),
            next_step=_("Ask the society there; its contact points stand under Network."),
            code="another-society",
            status=403,
        )
    own = _standing(figure, by)
    row: PublicSentence = PublicSentence.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        country=country,
        destination=own.destination if own and own.destination != country else "",
        joint=own is not None and own.joint,
        delivered=delivered if delivered in given_sentences() else "",
        figure=own,
        value=value,
        sentence_en=sentence_en,
        sentence_ru=sentence_ru,
        source_said=source_said,
        not_en=not_en,
        not_ru=not_ru,
        written_by=by,
        written_on=timezone.localtime(at).date(),
    )
    work.due_for_focal_points(CLEAR_SENTENCE, row, not_to={row.written_by_id}, at=at)
    audit.record(event=events.SENTENCE_WRITTEN, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def decide_on_sentence(
    *, sentence: PublicSentence, state: str, remark: str = "", by: Staff, at: datetime
) -> None:
    """Clear a sentence or send it back; whoever wrote it does not, nor an account that may be the same person's."""
    must_clear(by)
    row = _locked(sentence, by)
    if row.state != SentenceState.DRAFT:
        raise Refusal(
            _("This sentence was decided already."),
            next_step=_("Open it again: the decision stands there."),
            code="decided-already",
        )
    must_be_second(row.pk, by=by, may=clears)
    if state == SentenceState.REFUSED and not remark.strip():
        raise Refusal(
            _("Whoever sends it back says why."),
            next_step=_("Write in a sentence what must change."),
            code="needs-a-reason",
        )
    if state == SentenceState.CLEARED:
        _standing(row.figure, by)
    row.state, row.remark = state, remark
    row.decided_by, row.decided_on = by, timezone.localtime(at).date()
    row.save(update_fields=["state", "remark", "decided_by", "decided_on"])
    work.complete_for(subject=row.pk, purpose=CLEAR, by=by, at=at)
    cleared = state == SentenceState.CLEARED
    audit.record(
        event=events.SENTENCE_CLEARED if cleared else events.SENTENCE_REFUSED, by=by, at=at, about=row.pk
    )


@transaction.atomic
def end_sentence(*, sentence: PublicSentence, by: Staff, at: datetime) -> None:
    """Take a sentence back: one person is enough, since saying less harms nobody."""
    must_write(by)
    row = _locked(sentence, by)
    if row.state == SentenceState.ENDED:
        return
    row.state = SentenceState.ENDED
    row.save(update_fields=["state"])
    for purpose in (CLEAR, FELL):
        work.complete_for(subject=row.pk, purpose=purpose, by=by, at=at)
    audit.record(event=events.SENTENCE_ENDED, by=by, at=at, about=row.pk)


def _locked(sentence: PublicSentence, by: Staff) -> PublicSentence:
    rows = PublicSentence.objects.filter(society_id=by.society_id).select_for_update(of=("self",))
    row: PublicSentence = rows.select_related("figure").get(pk=sentence.pk)
    return row


def _standing(figure: Figure | None, by: Staff) -> Figure | None:
    """Return the figure as the register has it now; refuse one that does not stand, a rate by its two figures too."""
    if figure is None:
        return None
    own: Figure = Figure.objects.visible(to=by).get(pk=figure.pk)
    if queries.fallen(own) is not None:
        raise Refusal(
            _("This figure does not stand any more."),
            next_step=_("Take the one that replaced it, and write the sentence anew."),
            code="stands-no-more",
        )
    return own
