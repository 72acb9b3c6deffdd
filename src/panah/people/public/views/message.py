"""The page of a message that was sent: how it stands, what we answered, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.kit.dates import day
from panah.ground.network import queries as network
from panah.people.public import report_draft, report_presenters
from panah.people.public.frame import answer
from panah.people.public.report_forms import MoreForm
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.queries import OpenedReport, WordSaid
from panah.people.reporters.words import Stands, Told

OPEN = (Stands.RECEIVED, Stands.READ, Stands.ANSWERED)


@dataclass(frozen=True)
class Line:
    """One word of either side as it is shown."""

    who: str
    text: str
    mine: bool


def _line(word: WordSaid) -> Line:
    on = day(word.sent_on)
    if not word.to_reporter:
        return Line(_("You, %(day)s") % {"day": on}, _("You wrote more. It is not shown here."), mine=True)
    who = _("Our answer, %(day)s") % {"day": on}
    return Line(who, _("This answer is gone.") if word.gone else word.text or "", mine=False)


def show_message(
    request: HttpRequest,
    opened: OpenedReport,
    words: Sequence[WordSaid],
    *,
    pass_on: str,
    at: datetime,
    form: MoreForm | None = None,
    again: bool = False,
    said: str = "",
    dropped: bool = False,
) -> HttpResponse:
    """Show it to whoever has shown its number; its answers are seen now."""
    if any(word.to_reporter and not word.seen for word in words):
        reporters.mark_seen(opened=opened, at=at)
    told = [str(Told(opened.told).label)] if opened.told else []
    society = next(row for row in network.hosted_rows() if row.pk == opened.society)
    return answer(
        request,
        "public/message.html",
        opened=opened,
        again=again,
        said=said,
        dropped=dropped,
        state_words=" ".join([str(Stands(opened.stands).label), *told]),
        expect=report_presenters.expected(society, opened.stands, at=at, on=timezone.localdate(at)),
        words=[_line(word) for word in words],
        files=[entry for word in words for entry in word.files],
        form=form or MoreForm(),
        open=opened.stands in OPEN,
        can_withdraw=opened.stands != Stands.WITHDRAWN,
        pass_on=pass_on,
        token=reporters_queries.new_token(),
        sealing=None if opened.past_intake else report_presenters.sealing(opened.society),
        work_bits=reporters_queries.proof_bits(),
        most_bytes=report_draft.MOST_BYTES,
        most_files=report_draft.MOST_FILES,
    )
