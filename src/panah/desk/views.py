"""The first pages: my day, my team's day, one due item, and what the journal says."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.desk import forms, queries
from panah.desk.first_week import first_week, is_first_week
from panah.ground.accounts.permissions import is_staff_manager
from panah.ground.accounts.queries import colleagues
from panah.ground.accounts.roles import Permission, may
from panah.ground.audit import queries as audit_queries
from panah.ground.exchange.queries import witnesses_of
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network.queries import branch_names
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.queries import lines_held, opens
from panah.ground.vault.words import JournalState
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import OUTCOMES_OF, DueKind, Outcome


@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """My day; before the ceremony or the admission, what is missing and who does it."""
    staff, at = request.staff, timezone.now()
    missing = queries.missing(staff=staff)
    if missing.step:
        return page(request, "desk/missing.html", missing=missing)
    number, since = queries.arrivals(staff=staff)
    day = queries.my_day(staff=staff, keys=request.keys, at=at, after=request.GET.get("after", ""))
    begins = may(staff, Permission.DESK_BEGIN) and (day.empty or is_first_week(staff=staff, at=at))
    return page(
        request,
        "desk/home.html",
        block="rows",
        day=day,
        first_week=first_week(staff=staff, at=at) if begins else [],
        duty=queries.duty_now(staff=staff, at=at),
        just_ended=work_queries.just_ended(by=staff, keys=request.keys, at=at),
        arrived=number,
        since=since,
        at=at,
        locked=request.keys is None,
        stopped=work_queries.week_mail_stopped(staff),
    )


@require_POST
def week_mail(request: StaffRequest) -> HttpResponse:
    """Stop the weekly e-mail by one press, or turn it on again."""
    stopped = request.POST.get("stopped") == "yes"
    work.stop_week_mail(stopped=stopped, by=request.staff, at=timezone.now())
    add_message(
        request,
        _("You will not get this e-mail any more.") if stopped else _("You will get it again next Monday."),
    )
    return HttpResponseRedirect(reverse("desk:home"))


@require_GET
def team(request: StaffRequest) -> HttpResponse:
    """The focal point's day: everything due in the society, by branch, kind and colleague."""
    if not is_staff_manager(request.staff):
        raise Http404
    at, people = timezone.now(), list(colleagues(to=request.staff))
    chosen = {name: request.GET.get(name, "") for name in ("branch", "kind", "owner")}
    chosen = {
        name: value if value == "none" or value in DueKind.values or _is_uuid(value) else ""
        for name, value in chosen.items()
    }
    day = queries.team_day(
        staff=request.staff, keys=request.keys, at=at, after=request.GET.get("after", ""), **chosen
    )
    return page(
        request,
        "desk/team.html",
        block="rows",
        day=day,
        just_ended=work_queries.just_ended(by=request.staff, keys=request.keys, at=at),
        at=at,
        chosen=chosen,
        people=[(str(p.pk), p.name) for p in people],
        branches=branch_names(request.staff.society_id),
        kinds=DueKind.choices,
        asked=urlencode({name: value for name, value in chosen.items() if value}),
        locked=request.keys is None,
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _item_or_404(request: StaffRequest, pk: UUID) -> Any:
    return get_object_or_404(_items(request).filter(done_at=None), pk=pk)


def _items(request: StaffRequest) -> Any:
    rows = work_queries.item_visible(to=request.staff, lines=lines_held(request.staff))
    return rows.select_related("owner", "branch", "done_by", "asked_by")


def _back_of(request: StaffRequest) -> str:
    """Where the colleague came from: an address of this node, else her day."""
    to = request.POST.get("back") or request.GET.get("back", "")
    local = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if local else reverse("desk:home")


def _back(request: StaffRequest) -> HttpResponse:
    return HttpResponseRedirect(_back_of(request))


@require_GET
def item(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One due item: open it, move it, give it, or say that it is done."""
    return _item_page(request, _item_or_404(request, pk))


def _people(request: StaffRequest) -> list[tuple[str, str]]:
    return [(str(p.pk), p.name) for p in colleagues(to=request.staff)]


def _item_page(request: StaffRequest, due_item: Any, move: Any = None, give: Any = None) -> HttpResponse:
    kind = forms.LetWait if due_item.pages_at is not None else forms.Move
    return page(
        request,
        "desk/item.html",
        due=work_queries.with_sentences([due_item], keys=request.keys)[0],
        at=timezone.now(),
        move=move or kind(initial={"due_at": due_item.due_at}),
        give=(give or forms.Give(people=_people(request))) if work_queries.may_be_given(due_item) else None,
        back=_back_of(request),
        ends_at=work_queries.outcome_page(due_item),
        came=work_queries.outcomes_of(due_item, keys=request.keys),
    )


@require_http_methods(["GET", "POST"])
def done(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What became of something that was due: chosen here. What ends on a page of its own is ended there."""
    due_item = get_object_or_404(_items(request), pk=pk)
    elsewhere = work_queries.outcome_page(due_item)
    if due_item.done_at is not None:
        _say_refused(request, work.ended_meanwhile())
        return _back(request)
    if elsewhere:
        add_message(request, _("This ends on this page alone: write down here what came of it."), tone="soon")
        return HttpResponseRedirect(elsewhere)
    asks = work_queries.needs_confirmation(due_item)
    words = asks or bool(request.POST.get("note"))
    if request.keys is None and words and work_queries.can_be_opened_by(due_item, staff=request.staff):
        # What is to be protected needs the open vault; what was typed goes along.
        return vault_required(done)(request, pk)
    can_write = due_item.file is not None and opens(keys=request.keys, file=due_item.file)
    forms_here = _marking_forms(request, due_item, can_write=can_write, asks=asks)
    if any(form.submit(lambda **given: _mark(request, due_item, given)) for form in forms_here):
        return _back(request)
    ended, again = forms_here
    return page(
        request,
        "desk/done.html",
        due=work_queries.with_sentences([due_item], keys=request.keys)[0],
        came=work_queries.outcomes_of(due_item, keys=request.keys),
        asks=asks,
        ended=ended,
        again=again,
        outcomes=OUTCOMES_OF[due_item.kind],
        locked=request.keys is None and due_item.file is not None,
        back=_back_of(request),
    )


def _marking_forms(
    request: StaffRequest, due_item: Any, *, can_write: bool, asks: bool
) -> tuple[forms.Ended, forms.Again]:
    """The two forms of the page; the one that was sent has its data."""
    sent = request.POST if request.method == "POST" else None
    later = sent is not None and sent.get("outcome") == Outcome.AGAIN
    labels = [
        (outcome.value, label)
        for outcome, label in OUTCOMES_OF[due_item.kind].items()
        if outcome != Outcome.AGAIN
    ]
    ended = forms.Ended(
        None if later else sent, outcomes=labels, can_write=can_write, must_write=asks and can_write
    )
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    return ended, forms.Again(sent if later else None, can_write=can_write, initial={"due_at": tomorrow})


def _mark(request: StaffRequest, due_item: Any, given: dict[str, Any]) -> None:
    outcome = Outcome(given.get("outcome", Outcome.AGAIN))
    if outcome == Outcome.AGAIN and due_item.pages_at is not None:
        waits = work.let_wait(
            keys=request.keys,
            item=due_item,
            due_at=given["due_at"],
            reason=given.get("note", ""),
            at=timezone.now(),
        )
        _say_whether_it_waits(request, waits=waits)
        return
    work.mark(
        item=due_item,
        outcome=outcome,
        by=request.staff,
        at=timezone.now(),
        keys=request.keys,
        text=given.get("note", ""),
        again_at=given.get("due_at"),
    )
    if outcome == Outcome.AGAIN:
        add_message(request, _("Kept on the list, for the time you chose."))
    else:
        undo_at = reverse("desk:undo", args=[due_item.pk])
        add_message(
            request,
            _("Off the list. You can put it back for one minute."),
            href=undo_at,
            link=_("Undo"),
            post=True,
        )


def _say_refused(request: StaffRequest, refusal: Refusal) -> None:
    add_message(request, f"{refusal.sentence} {refusal.next_step}", tone="soon")


@require_POST
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put back what was marked by a slip."""
    due_item = get_object_or_404(_items(request), pk=pk)
    try:
        work.undo(item=due_item, by=request.staff, at=timezone.now())
    except Refusal as refusal:
        _say_refused(request, refusal)
    else:
        add_message(request, _("It is back on the list, as it was."))
    return _back(request)


@require_POST
def move(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change when it is due. What pages waits only with a reason, which is protected."""
    due_item = _item_or_404(request, pk)
    if due_item.pages_at is not None:
        return _let_wait(request, due_item)
    form = forms.Move(request.POST)
    if not form.submit(work.move, item=due_item, by=request.staff, at=timezone.now()):
        return _item_page(request, due_item, move=form)
    add_message(request, _("Rescheduled."))
    return _back(request)


def _let_wait(request: StaffRequest, due_item: Any) -> HttpResponse:
    if request.keys is None:
        return vault_required(move)(request, due_item.pk)
    form = forms.LetWait(request.POST)
    if not form.submit(work.let_wait, keys=request.keys, item=due_item, at=timezone.now()):
        return _item_page(request, due_item, move=form)
    _say_whether_it_waits(request, waits=form.result)
    return _back(request)


def _say_whether_it_waits(request: StaffRequest, *, waits: bool) -> None:
    if waits:
        add_message(request, _("Rescheduled."))
    else:
        add_message(
            request,
            _("It stays due: a second colleague is asked. If nobody agrees within five minutes, it pages."),
            tone="urgent",
        )


@require_POST
def second(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A second colleague agrees that it waits until the time that she read, or says that it does not."""
    due_item = _item_or_404(request, pk)
    if request.POST.get("waits") == "yes":
        read = forms.SecondOpinion(request.POST)
        until = read.cleaned_data["until"] if read.is_valid() else None
        work.agree_to_wait(item=due_item, by=request.staff, at=timezone.now(), until=until)
        add_message(request, _("It waits until then, and pages at that minute."))
    else:
        work.refuse_to_wait(item=due_item, by=request.staff, at=timezone.now())
        add_message(request, _("It stays due."))
    return _back(request)


@require_POST
def give(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give it to a colleague of the society."""
    due_item, form = _item_or_404(request, pk), forms.Give(request.POST, people=_people(request))
    if not form.is_valid():
        return _item_page(request, due_item, give=form)
    to = get_object_or_404(colleagues(to=request.staff), pk=form.cleaned_data["to"])
    work.assign(item=due_item, to=to, by=request.staff, at=timezone.now())
    add_message(request, _("Given. It stands on the colleague's list now."))
    return _back(request)


def _before(request: StaffRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@require_GET
def about_me(request: StaffRequest) -> HttpResponse:
    """What the journal says of one's own acts."""
    rows, older = queries.written_about_me(request.staff, before=_before(request))
    return page(request, "desk/about_me.html", block="rows", rows=rows, older=older)


def _reader_or_404(request: StaffRequest) -> None:
    if not queries.reads_journal(request.staff):
        raise Http404


@require_GET
def journal(request: StaffRequest) -> HttpResponse:
    """The society's journal, for the data protection officer and the focal points."""
    _reader_or_404(request)
    event, who = request.GET.get("event", ""), request.GET.get("who", "")
    kinds = dict(queries.kinds_of_event())
    event, who = event if event in kinds else "", who if _is_uuid(who) else ""
    rows, older = queries.journal(
        request.staff,
        before=_before(request),
        event=f"{event}:" if event else "",
        who=UUID(who) if who else None,
    )
    chosen = {name: value for name, value in (("event", event), ("who", who)) if value}
    return page(
        request,
        "desk/journal.html",
        block="rows",
        rows=rows,
        chosen=chosen,
        kinds=queries.kinds_of_event(),
        people=_people(request),
        older=urlencode({**chosen, "before": older}) if older else "",
    )


@require_http_methods(["GET", "POST"])
def check(request: StaffRequest) -> HttpResponse:
    """Walk the chain from its beginning, against a witness if one is given; and the head to print."""
    _reader_or_404(request)
    form = forms.Witness(request.POST if request.method == "POST" else None)
    verdict = witnessed = None
    set_back, state = 0, JournalState.HOLDS
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        witnessed = (given["number"], given["hash"]) if given["number"] else None
        verdict = audit_queries.verify_society(request.staff.society_id, witnessed=witnessed)
        set_back = vault_queries.set_back(request.staff.society_id)
        state = vault_queries.journal_state(request.staff.society_id)
    number, digest = audit_queries.head(request.staff.society_id)
    line = digest.hex()
    return page(
        request,
        "desk/check.html",
        form=form,
        verdict=verdict,
        set_back=set_back,
        unfit="" if state == JournalState.HOLDS else JournalState(state).label,
        witnessed=witnessed is not None,
        number=number,
        line=[line[i : i + 8] for i in range(0, 64, 8)],
        witnesses=witnesses_of(request.staff.society_id),
        at=timezone.now(),
        society=request.staff.society,
    )
