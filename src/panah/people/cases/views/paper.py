"""Paper about cases: sheets to print empty and type in again, and a case's summary for a meeting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_asked
from panah.ground.kit.on_paper import number_labels
from panah.ground.kit.pages import page, posted
from panah.people.cases import actions
from panah.people.cases.forms.common import OF_THE_OFFICE
from panah.people.cases.forms.links import ROWS, GroupForm
from panah.people.cases.forms.opening import OpenForm
from panah.people.cases.forms.paper import SummaryForm
from panah.people.cases.models import Case
from panah.people.cases.permissions import works_on_cases
from panah.people.cases.queries import page as reading
from panah.people.cases.views.common import of_case, show_form
from panah.people.cases.views.summary import SUMMARY
from panah.people.cases.words import CasePart
from panah.people.cases.words.read_aloud import said_to_a_group
from panah.people.consent import queries as consent_queries
from panah.people.consent.read_aloud import read_aloud_in
from panah.people.consent.words import ConsentPurpose


@require_safe
def sheet(request: StaffRequest, kind: str) -> HttpResponse:
    """The first sheet of a case, or the list for many people, to print in the language asked for.

    What is read aloud to a group is in the language of ``?aloud=``, as on the sheet of consent.
    """
    with translation.override(language_asked(request)):
        if kind == "case":
            form: django_forms.Form = OpenForm()
            leave: Collection[str] = OF_THE_OFFICE
        elif kind == "group":
            form = group = GroupForm()
            leave = group.unnumbered()
        else:
            raise Http404
        number_labels(form, leave=leave)
        rows = [field for field in form.visible_fields() if field.name not in leave]
        back = reverse("cases:list") if works_on_cases(request.staff) else "/"
        aloud = _read_aloud(request) if kind == "group" else None
        return page(
            request,
            "cases/sheet.html",
            kind=kind,
            rows=rows,
            lines=range(1, ROWS + 1),
            back=back,
            aloud=aloud,
        )


@dataclass(frozen=True)
class GroupAloud:
    """What is read aloud to a group, in one language; ``checked`` by a native speaker, or one of the interface."""

    language: str
    to_all: list[str]
    to_each: list[str]
    checked: bool


def _read_aloud(request: StaffRequest) -> GroupAloud:
    """What is said to all, then asked of each alone: whether to talk, and whether it may be written down."""
    language = request.GET.get("aloud", "")
    if language not in dict(consent_queries.read_aloud_languages()):
        language = language_asked(request)
    to_all, checked = said_to_a_group(language)
    society, on = request.staff.society, timezone.localdate()
    to_each = [
        read_aloud_in(language, one, society=society, on=on).lines[0]
        for one in (ConsentPurpose.TALK, ConsentPurpose.NOTE)
    ]
    return GroupAloud(language, to_all, to_each, checked)


@require_http_methods(["GET", "POST"])
@of_case
def summary(request: StaffRequest, case: Case) -> HttpResponse:
    """What goes into a meeting and in how many copies; then the copies to print, each with its number, journalled."""
    form = SummaryForm(posted(request))
    if form.submit(
        lambda copies, **_data: actions.print_summary(
            keys=request.keys, case=case, copies=copies, at=timezone.now()
        )
    ):
        return page(
            request,
            "cases/summary.html",
            case=case,
            copies=form.cleaned_data["copies"],
            sections=_sections(request, case, form.cleaned_data["parts"]),
            label=_label(request, case),
            now=timezone.now(),
        )
    return show_form(
        request,
        case,
        "overview",
        form,
        heading=_("A summary for a meeting"),
        button=_("Show it for printing"),
        hint=_(
            "Every copy has a number: hand it out, collect it after the meeting, shred it. No name, no telephone, no "
            "place of the person is on it; read it once more before you print, texts may say more than you remember."
        ),
    )


def _label(request: StaffRequest, case: Case) -> str:
    found = reading.opened(case, [CasePart.WORKING_LABEL], keys=request.keys).one(CasePart.WORKING_LABEL)
    return str(found.get("text", ""))


def _sections(request: StaffRequest, case: Case, chosen: list[str]) -> list[tuple[str, list[str]]]:
    """What was chosen, as (heading, lines); what is empty is left out."""
    found = reading.opened(case, chosen, keys=request.keys)
    made = [(str(SUMMARY[part][0]), [SUMMARY[part][1](one.v) for one in found.all(part)]) for part in chosen]
    return [(heading, [line for line in lines if line]) for heading, lines in made if any(lines)]
