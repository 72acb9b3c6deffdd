"""The work list of calls, taking one, the log, handing over, help without a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from panah.ground.accounts.eligibility import refused_at_the_door, who_may
from panah.ground.accounts.queries import next_on_duty, on_duty
from panah.ground.accounts.words import DutyKind
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import when
from panah.ground.kit.forms import ChoiceLabel
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault.queries import lines_held
from panah.ground.work import queries as work_queries
from panah.ground.work.ranked import ordered
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.call_pages import redirect_to, redirect_to_calls
from panah.people.hotline.forms import AidForm, HandOverForm, LogForm
from panah.people.hotline.models import Contact, Line
from panah.people.hotline.queries.contacts import PAGE, Undecided
from panah.people.hotline.views.common import for_those_on_the_line
from panah.people.hotline.words import Channel, ContactState
from panah.people.hotline.words.parts import CALL_BACK

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# What arrived sealed becomes a contact in the inbox, and a chat where it waits: neither by a call.
CALLED_BY = [choice for choice in Channel.choices if choice[0] not in (Channel.SEALED, Channel.CHAT)]


@require_safe
@for_those_on_the_line
def calls(request: StaffRequest) -> HttpResponse:
    """Open calls, what is due, what ended today. With a locked vault the same list, without sentences."""
    now = timezone.now()
    lines = queries.lines_of(request.staff)
    if request.keys is not None:
        # What was interrupted between copying a contact into its case and shredding it goes on in the next session.
        actions.finish_conversion(keys=request.keys, contacts=queries.visible(to=request.staff), at=now)
    open_now = queries.open_calls(to=request.staff)
    return page(
        request,
        "hotline/calls.html",
        lines=lines,
        now=now,
        once=uuid4(),
        open_calls=open_now,
        State=ContactState,
        mine=[c for c in open_now if c.taken_by_id == request.staff.pk],
        undecided=_undecided(request),
        due=_due(request),
        hours_are_sealed=queries.hours_are_sealed,
        finished=queries.finished_today(to=request.staff, at=now),
        leads=permissions.leads(request.staff),
        alarms=work_queries.alarms_for(to=request.staff),
        waiting_chats=queries.waiting_chats(to=request.staff, at=now),
    )


def _undecided(request: StaffRequest) -> list[Undecided]:
    """What waits for somebody to decide; joined contacts once, since deciding one decides both."""
    rows = queries.undecided(to=request.staff, keys=request.keys, lines=lines_held(request.staff))
    again = queries.repeated(((row.contact.pk, row.contact.file_id) for row in rows), keys=request.keys)
    return [row for row in rows if row.contact.pk not in again]


def _due(request: StaffRequest) -> list[tuple[work_queries.DueRow, datetime]]:
    """What else is to be done, and when; joined contacts are called back once."""
    rows = queries.call_backs(to=request.staff, keys=request.keys, lines=lines_held(request.staff))
    backs = [row.item for row in rows if row.item.purpose == CALL_BACK]
    again = queries.repeated(((item.subject, item.file) for item in backs), keys=request.keys)
    now = timezone.now()
    due = [
        (row, queries.when_due(row, at=now))
        for row in rows
        if row.item.purpose != CALL_BACK or row.item.subject not in again
    ]
    # By the hour that a line shows, as on her day: a call-back that waits for its hours is not due before them.
    return sorted(due, key=lambda pair: ordered(pair[0].item, pair[1], at=now))


@vault_required
def take(request: StaffRequest) -> HttpResponse:
    """Take a call: one press on the line that rings. A volunteer who may not answer now reads what then."""
    lines = queries.lines_of(request.staff)
    why = refused_at_the_door(request.staff, DutyKind.CALLS, at=timezone.now())
    in_danger = request.POST.get("danger") == "yes"
    line = _line_that_rings(request, lines) if request.method == "POST" else None
    if line is None or (why is not None and not in_danger):
        return page(
            request,
            "hotline/take.html",
            status=403 if line is not None else None,
            lines=lines,
            channels=CALLED_BY,
            once=uuid4(),
            why=why,
        )
    channel = request.POST.get("channel", Channel.PHONE)
    begin = actions.take_in_danger if in_danger else actions.begin_contact
    contact = begin(
        keys=request.keys,
        line=line,
        channel=channel if channel in dict(CALLED_BY) else Channel.PHONE,
        by=request.staff,
        at=timezone.now(),
        once=_once(request.POST.get("once", "")),
    )
    return redirect_to("call", contact.number)


def _line_that_rings(request: StaffRequest, lines: Sequence[Line]) -> Line:
    wanted = request.POST.get("line") or (str(lines[0].pk) if lines else "")
    line = next(
        (held_line for held_line in queries.visible_lines(to=request.staff) if str(held_line.pk) == wanted),
        None,
    )
    if line is None:
        raise Http404
    return line


def _once(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
@for_those_on_the_line
def log(request: StaffRequest) -> HttpResponse:
    """All contacts, by work facts alone."""
    form = LogForm(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    rows = queries.contacts_log(
        to=request.staff, chosen=chosen, before=_before(request.GET.get("before", ""))
    )
    older = request.GET.copy()
    if len(rows) > PAGE:
        older["before"] = rows[PAGE - 1].started_at.isoformat()
    return page(
        request,
        "hotline/log.html",
        form=form,
        rows=rows[:PAGE],
        now=timezone.now(),
        older=f"?{older.urlencode()}" if len(rows) > PAGE else "",
    )


def _before(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


@vault_required
def hand_over(request: StaffRequest) -> HttpResponse:
    """Hand what is open to the next shift."""
    lines = queries.lines_of(request.staff)
    rows, undecided = _handed_on(request)
    holding = {p.pk: p for line in lines for p in queries.operators_of(line) if p.pk != request.staff.pk}
    people, coming = _who_comes_next(request, list(holding.values()))
    form = HandOverForm(
        request.POST or None,
        contacts=[
            (
                str(c.pk),
                c.number,
                ChoiceLabel(f"{c.number} · {_state_text(c, undecided)}", f"{c.line}, {when(c.started_at)}"),
            )
            for c in rows
        ],
        initial={
            "contacts": [str(c.pk) for c in rows if c in undecided or c.state == ContactState.CALL_BACK],
            # A name rather than everybody: what all shall decide nobody decides.
            "to": str(people[0].pk) if undecided and coming else "",
        },
        people=people,
    )

    def pass_on(*, contacts: list[str], to: str, said: dict[str, str]) -> int:
        chosen = [c for c in rows if str(c.pk) in contacts]
        whom = next((p for p in people if str(p.pk) == to), None)
        return actions.hand_over(
            keys=request.keys, contacts=chosen, to=whom, said=said, by=request.staff, at=timezone.now()
        )

    if form.submit(pass_on):
        number = form.result
        add_message(
            request,
            ngettext("%(num)s contact was handed over.", "%(num)s contacts were handed over.", number)
            % {"num": number},
        )
        return redirect_to("calls")
    return page(request, "hotline/hand_over.html", form=form, rows=rows)


def _who_comes_next(request: StaffRequest, holding: list[Staff]) -> tuple[list[Staff], bool]:
    """Who may take over, whose duty begins next first, then who is on it beside her; whether the first is of these."""
    society, at = request.staff.society_id, timezone.now()
    coming = next_on_duty(society, [DutyKind.CALLS], at=at, within=timedelta(hours=24))
    order = [colleague.pk for colleague in [*coming, *on_duty(society, DutyKind.CALLS, at=at)]]
    people = who_may(holding, DutyKind.CALLS, at=at)
    people.sort(key=lambda colleague: order.index(colleague.pk) if colleague.pk in order else len(order))
    return people, bool(people) and people[0].pk in order


def _handed_on(request: StaffRequest) -> tuple[list[Contact], list[Contact]]:
    """What the next shift must know of, and which of it nobody has decided yet: that stands first."""
    undecided = [row.contact for row in _undecided(request)]
    open_now = queries.visible(to=request.staff).filter(state__in=[ContactState.OPEN, ContactState.CALL_BACK])
    others = open_now.exclude(pk__in=[row.pk for row in undecided]).order_by("started_at")
    rows = [*undecided, *others[:100]]
    # One person's contacts stand there once; whoever hands one over hands over what is joined with it.
    again = queries.repeated(((row.pk, row.file_id) for row in rows), keys=request.keys)
    return [row for row in rows if row.pk not in again], undecided


def _state_text(contact: Contact, undecided: list[Contact]) -> str:
    return _("not decided yet") if contact in undecided else contact.get_state_display()


def aid(request: StaffRequest) -> HttpResponse:
    """Help without a name and without a case."""
    form = AidForm(request.POST or None)
    if form.submit(actions.note_aid, by=request.staff, at=timezone.now()):
        add_message(request, _("Noted: a number for this month, and nothing about anyone."))
        return redirect_to_calls(request)
    return page(request, "hotline/aid.html", form=form)
