"""What is said of a brief: by the second reader who answers the questions, by the society that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.figures import events, queries
from panah.programmes.figures.actions.brief_items import ask_author, ask_the_concerned, done
from panah.programmes.figures.actions.briefs import hands_of, locked, not_now
from panah.programmes.figures.brief_states import CLEARANCE, READ, BriefReviewKind, BriefStanding, BriefState
from panah.programmes.figures.models import BriefReview
from panah.programmes.figures.permissions import clears, must_clear_brief, reads
from panah.programmes.figures.rules.briefs import holds_up

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.figures.models import Brief


@transaction.atomic
def read_brief(
    *, brief: Brief, why: str, remark: str = "", by: Staff, at: datetime, **answers: str
) -> BriefReview:
    """Answer the questions about a brief: whoever was asked does, and it goes on only if nothing holds it up.

    ``why``: why it will, or will not, get somebody stopped at a border.
    """
    row, how_far = locked(brief, by)
    if row.reader_id != by.pk or by.pk == row.author_id or how_far != BriefStanding.READING:
        raise not_now()
    must_be_second(row.pk, by=by, may=reads, hands=hands_of(row))
    good = not holds_up(answers)
    if not why.strip() or (not good and not remark.strip()):
        raise Refusal(
            _("Say what must change: one of your answers holds the brief up."),
            next_step=_("Write it in a sentence; its author reads it."),
            code="needs-a-reason",
        )
    review = _say(row, BriefReviewKind.READING, good, remark, {**answers, "why": why.strip()}, by, at)
    done(row, READ, by=by, at=at)
    if good:
        row.state = BriefState.CLEARING
        row.save(update_fields=["state"])
        ask_the_concerned(row, at)
    else:
        ask_author(row, at)
    audit.record(event=events.BRIEF_READ, by=by, at=at, about=row.pk)
    return review


@transaction.atomic
def clear_brief(
    *, brief: Brief, outcome: str, text: str = "", seen: str, by: Staff, at: datetime
) -> BriefReview:
    """Say for the society concerned whether a brief may be published (``clear`` or ``change``); the last word counts.

    ``seen``: the digest of what she read. The brief is perhaps another society's: its row is not written to.
    """
    must_clear_brief(by, concerned=brief.concerned_id)
    row, good = queries.brief_or_404(brief.pk, to=by).row, outcome == "clear"
    waits = row.state == BriefState.CLEARING or (row.state == BriefState.PUBLISHED and not good)
    if not waits or seen != row.digest:
        raise not_now()
    must_be_second(row.pk, by=by, may=clears, hands=hands_of(row))
    if not good and not text.strip():
        raise Refusal(
            _("Whoever does not clear it says what must change."),
            next_step=_("Write it in a sentence; its author reads it."),
            code="needs-a-reason",
        )
    review = _say(row, BriefReviewKind.CLEARANCE, good, text, {}, by, at)
    done(row, CLEARANCE, by=by, at=at)
    if by.society_id == row.society_id:
        ask_author(row, at)
    audit.record(event=events.BRIEF_CLEARED if good else events.BRIEF_COMMENTED, by=by, at=at, about=row.pk)
    return review


def _say(
    row: Brief, kind: str, good: bool, text: str, answers: Mapping[str, str], by: Staff, at: datetime
) -> BriefReview:
    review: BriefReview = BriefReview.objects.create(
        society_id=by.society_id,
        brief=row,
        kind=kind,
        good=good,
        text=text.strip(),
        answers=dict(answers),
        digest=row.digest,
        turn=BriefReview.objects.filter(brief=row, kind=kind).count() + 1,
        by=by,
        on=timezone.localtime(at).date(),
    )
    return review
