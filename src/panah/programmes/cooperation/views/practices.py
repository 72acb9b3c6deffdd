"""Good practices: the list, one with its versions and translations, its review, and what others tell."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import page, posted
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import permissions
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.forms.practices import PracticeForm
from panah.programmes.cooperation.models import Practice
from panah.programmes.cooperation.searching import search_address
from panah.programmes.cooperation.steps import PRACTICE_STEPS, TOLD_STEPS
from panah.programmes.cooperation.views.common import (
    back_to,
    facts,
    form_page,
    is_duty,
    must_keep,
    must_read,
    of_practice,
)
from panah.programmes.cooperation.words import Kind, PracticeState
from panah.programmes.model import queries as model_queries

# In one list: what one society tells does not push all others off the page.
AT_ONCE = 50


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Good practices of the society and of others; of one element where it is asked for."""
    must_read(request)
    wanted = request.GET.get("element", "")
    titles = {
        name: one.title for name, one in model_queries.elements(model_queries.current_version()).items()
    }
    every = cooperation_queries.practices(to=request.staff)
    rows = [row for row in every if wanted not in titles or wanted in row.elements]
    said = request.GET.get("from", "")
    first = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0
    past = first + AT_ONCE
    return page(
        request,
        "cooperation/practices.html",
        search=search_address(),
        rows=rows[first:past],
        newer=_from(wanted, max(0, first - AT_ONCE)) if first else "",
        older=_from(wanted, past) if past < len(rows) else "",
        titles=titles,
        wanted=wanted,
        lacking=[
            (one, _named(how.missing), _named(how.outdated))
            for one, how in cooperation_queries.lacking_translations(to=request.staff)
        ],
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
    )


def _from(wanted: str, first: int) -> str:
    return "?" + urlencode({"element": wanted, "from": first})


def _named(tags: tuple[str, ...]) -> str:
    return ", ".join(language_name(tag) for tag in tags)


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    form = PracticeForm(posted(request))
    if form.submit(cooperation.write_practice, by=request.staff, at=timezone.now()):
        return HttpResponseRedirect(back_to("practice", form.result.pk))
    return form_page(request, form, _("A new good practice"), back_to("practices"))


@require_safe
def practice(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One version of a practice with what comes next, its other versions and its translations."""
    must_read(request)
    row = cooperation_queries.practice_or_404(pk, to=request.staff)
    original = row.translates is None
    how, made = cooperation_queries.translated(row, to=request.staff) if original else (None, [])
    return page(
        request,
        "cooperation/practice.html",
        row=row,
        facts=of_practice_row(row),
        State=PracticeState,
        versions=cooperation_queries.versions_of(row, to=request.staff),
        translations=made,
        names={one.language: language_name(one.language) for one in made},
        missing=_named(how.missing) if how else "",
        outdated=_named(how.outdated) if how else "",
        steps=PRACTICE_STEPS.offered(row, to=request.staff),
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
    )


def of_practice_row(row: Practice) -> list[tuple[str, str]]:
    return [(label, text) for label, text in of_practice(cooperation_queries.practice_said(row)) if text]


@require_safe
def told(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What another society tells: its word, and of when it is."""
    must_read(request)
    row = cooperation_queries.told_or_404(pk, to=request.staff)
    tries = cooperation_queries.tries_of(row) if row.kind == Kind.POINT else []
    return page(
        request,
        "cooperation/told.html",
        row=row,
        heading=cooperation_queries.heading(row.kind, row.content),
        facts=facts(row.kind, row.content, theirs=True),
        phone=row.shown_phone,
        is_practice=row.kind == Kind.PRACTICE,
        is_duty=is_duty(row),
        tries=tries,
        names={one.language: language_name(one.language) for one in tries},
        steps=TOLD_STEPS.offered(row, to=request.staff),
    )
