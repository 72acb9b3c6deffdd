"""A report of the public door: answered, ended, joined, passed to its readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import when
from panah.ground.kit.file_types import file_type_of
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.people.complaints import queries as complaints_queries
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalState, field_words, kind_words, value_words
from panah.people.intake import actions, forms, queries
from panah.people.intake.report_page import open_content, report_page
from panah.people.reporters import queries as reporters_queries

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from panah.people.inbox.models import Arrival
    from panah.people.reporters.models import Report

FIRST_WORDS = 80


def load(request: StaffRequest, pk: UUID) -> tuple[Arrival, Report]:
    """Return an arrival that she sees, and the report that it is or belongs to; 404 where it is none."""
    row = get_object_or_404(inbox_queries.visible(to=request.staff), pk=pk)
    report = reporters_queries.report_of(row)
    if report is None:
        raise Http404
    return row, report


def _load_to_answer(request: StaffRequest, pk: UUID) -> tuple[Arrival, Report]:
    row, report = load(request, pk)
    if not reporters_queries.may_answer(request.staff, report):
        raise Http404
    return row, report


def _joined_open(request: StaffRequest, report: Report) -> dict[str, tuple[Report, str]]:
    """The joined reports whose reporters can be told something, by id of their arrival, each with its label."""
    rows = queries.joined_with(report.arrival_id, to=request.staff)
    labels = joined_labels(rows, request)
    found = {str(pk): one for pk, one in reporters_queries.reports_of(rows).items()}
    return {pk: (one, labels[pk]) for pk, one in found.items() if actions.is_open(one)}


def _labels(joined: dict[str, tuple[Report, str]]) -> list[tuple[str, str]]:
    return [(pk, label) for pk, (_report, label) in joined.items()]


def joined_labels(rows: Iterable[Arrival], request: StaffRequest) -> dict[str, str]:
    """By what a colleague knows reports again: language, hour, and the first words where they are open to her now."""
    now = timezone.now()
    return {str(row.pk): _known_by(row, open_content(row, request.keys, now)) for row in rows}


def _known_by(row: Arrival, content: dict[str, object] | None) -> str:
    said = {
        "language": language_name(row.language) if row.language else _("language not said"),
        "when": when(row.arrived_at),
    }
    words = " ".join(str((content or {}).get("text") or "").split())
    if not words:
        return _("%(language)s, arrived %(when)s") % said
    return _("%(language)s, arrived %(when)s: “%(words)s”") % {
        **said,
        "words": Truncator(words).chars(FIRST_WORDS),
    }


def _first(row: Arrival) -> None:
    if row.state == ArrivalState.SEALED:
        raise inbox.not_opened()


type Upload = UploadedFile[bytes]


@require_http_methods(["GET", "POST"])
@vault_required
def answer(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """Write to the reporter. The page says what reaches her, and how."""
    row, report = _load_to_answer(request, arrival)
    _first(row)
    joined = _joined_open(request, report)
    answering = {pk: one for pk, one in joined.items() if one[0].reply_public is not None}
    files, once = request.FILES if request.method == "POST" else None, uuid4()
    form = forms.AnswerForm(posted(request), files, joined=_labels(answering), initial={"once": once})

    def send(
        *, text: str, asks: bool, once: UUID, file: Upload | None = None, also: Iterable[str] = ()
    ) -> None:
        actions.answer_report(
            keys=request.keys,
            arrival=row,
            report=report,
            text=text,
            file=_plain(file),
            asks=asks,
            once=once,
            also=[answering[pk][0] for pk in also],
            at=timezone.now(),
        )

    if form.submit(send):
        add_message(
            request, _("Sent. It is read by whoever comes back with the receipt, and by nobody else.")
        )
        return redirect("intake:arrival", row.pk)
    return page(
        request,
        "intake/answer.html",
        row=row,
        of=report_page(row, report, keys=request.keys, to=request.staff, at=timezone.now()),
        form=form,
        what=kind_words(row.kind),
        field_words=field_words,
        value_words=value_words,
    )


def _plain(file: Upload | None) -> reporters_queries.PlainFile | None:
    if not file:
        return None
    body = file.read()
    kind = file_type_of(body)
    return reporters_queries.PlainFile(
        body, f"answer.{kind.ending}", kind.type, "picture" if kind.kind == "picture" else "file"
    )


@require_http_methods(["GET", "POST"])
@vault_required
def finish(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """End a report with what its reporter reads from then on."""
    row, report = _load_to_answer(request, arrival)
    _first(row)
    joined = _joined_open(request, report)
    form = forms.FinishForm(posted(request), joined=_labels(joined), answers=report.reply_public is not None)

    def end(*, told: str, text: str = "", also: Iterable[str] = ()) -> None:
        actions.finish_report(
            keys=request.keys,
            report=report,
            told=told,
            text=text,
            also=[joined[pk][0] for pk in also],
            at=timezone.now(),
        )

    if form.submit(end):
        add_message(request, _("Closed. The reporter reads what you chose."))
        return redirect("intake:arrivals")
    return page(request, "intake/finish.html", row=row, report=report, form=form, what=kind_words(row.kind))


@require_http_methods(["GET", "POST"])
@vault_required
def join(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """Two reports of one matter: chosen among those that are open."""
    row, report = load(request, arrival)
    if (
        row.pk != report.arrival_id
        or row.past_intake
        or not inbox_queries.may_close(row, staff=request.staff)
    ):
        raise Http404
    others = {str(one.pk): one for one in queries.may_be_joined(row, to=request.staff)}
    form = forms.JoinForm(posted(request), others=list(joined_labels(others.values(), request).items()))

    def do(*, other: str) -> None:
        actions.join_reports(arrival=row, other=others[other], by=request.staff, at=timezone.now())

    if form.submit(do):
        add_message(request, _("Joined. Each keeps its own receipt and its own answers."))
        return redirect("intake:arrival", row.pk)
    return page(request, "intake/join.html", row=row, form=form, others=others, what=kind_words(row.kind))


@require_POST
def part(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """It was of another matter."""
    row, _report = load(request, arrival)
    if not inbox_queries.may_close(row, staff=request.staff):
        raise Http404
    actions.part_report(arrival=row, by=request.staff, at=timezone.now())
    add_message(request, _("Parted."))
    return redirect("intake:arrival", row.pk)


@require_http_methods(["GET", "POST"])
@vault_required
def colleague(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """It is about somebody who works here: it becomes a complaint, and vanishes from the inbox."""
    row, report = load(request, arrival)
    if row.pk != report.arrival_id or not inbox_queries.may_close(row, staff=request.staff):
        raise Http404
    _first(row)
    left_out = inbox_queries.left_out_of(row)
    route = complaints_queries.route(request.staff.society_id, concerned=left_out, named=left_out)
    past_intake, readers = row.past_intake, [person.pk for person in route.people]
    people = [one for one in colleagues(to=request.staff) if one.pk not in left_out]
    form = forms.ColleagueForm(posted(request), people=people, readers=readers, readers_saw_it=past_intake)

    def pass_on(*, danger: bool, abuse: bool, **_ticked: object) -> None:
        actions.pass_to_complaints(
            keys=request.keys,
            arrival=row,
            concerned=form.concerned(),
            danger=danger,
            abuse=abuse,
            at=timezone.now(),
        )

    if form.submit(pass_on):
        # Whoever reads complaints may read on.
        add_message(
            request,
            _("It is a complaint now. Its readers go on with it.")
            if past_intake or request.staff in route.people
            else _("Passed to its readers. It is gone from the inbox, and you see it no more."),
        )
        return redirect("intake:arrivals")
    alone, what = request.staff in route.people and len(route.people) > 1, kind_words(row.kind)
    return page(
        request, "intake/colleague.html", row=row, form=form, route=route, alone=alone, what=what,
        left_out=bool(left_out),
    )  # fmt: skip


@require_POST
@vault_required
def pass_on(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """A later word goes to whoever holds the case or contact that the report became."""
    row, report = load(request, arrival)
    if not inbox_queries.may_close(row, staff=request.staff):
        raise Http404
    if not actions.pass_on(
        keys=request.keys, arrival=row, root=report.arrival_id, by=request.staff, at=timezone.now()
    ):
        raise Refusal(
            _("Nobody holds what this report became."),
            next_step=_("Answer it here, or make a contact or a case of it."),
            code="nobody-holds-it",
        )
    add_message(request, _("Passed on. It is on the list of whoever holds the case or contact."))
    return redirect("intake:arrivals")
