"""Briefs about a country: written, read by a second person, cleared by the society there, published as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from panah.ground.accounts.queries import colleagues
from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.pages import add_message, attempt, download, page, posted
from panah.ground.network.words import country_name
from panah.ground.work import queries as work_queries
from panah.programmes.figures import actions as figures
from panah.programmes.figures import permissions, queries
from panah.programmes.figures.brief_pdf import brief_pdf, stamp
from panah.programmes.figures.brief_states import BRIEF_QUESTIONS, ERRATUM, BriefStanding
from panah.programmes.figures.forms.briefs import (
    BriefForm,
    ChangeBriefForm,
    ClearForm,
    ObjectForm,
    ReaderForm,
    ReadForm,
    WithdrawForm,
)
from panah.programmes.figures.views.brief_presenter import offered
from panah.programmes.figures.views.charts import must_read

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest
    from panah.ground.kit.forms import Form
    from panah.programmes.figures.queries import BriefCard


@require_safe
def briefs(request: StaffRequest) -> HttpResponse:
    must_read(request)
    return page(
        request,
        "figures/briefs.html",
        rows=queries.briefs(to=request.staff),
        writes=permissions.writes(request.staff),
    )


@require_safe
def new_brief(request: StaffRequest) -> HttpResponse:
    """About which country: one whose society works here and can clear it."""
    if not permissions.writes(request.staff):
        raise Http404
    return page(request, "figures/brief_country.html", countries=queries.countries_to_brief())


@require_http_methods(["GET", "POST"])
def write_brief(request: StaffRequest, country: str) -> HttpResponse:
    """The figures of a country to choose from, and what is written about them."""
    countries = dict(queries.countries_to_brief())
    if not permissions.writes(request.staff) or country not in countries:
        raise Http404
    there = queries.figures_for(country, to=request.staff)
    form = BriefForm(posted(request), figures=there)
    if form.submit(figures.begin_brief, country=country, by=request.staff, at=timezone.now()):
        return redirect("figures:brief", form.result.pk)
    heading = _("A brief: %(country)s") % {"country": countries[country]}
    return _form(request, form, heading, reverse("figures:briefs"), none=not there)


def _form(
    request: StaffRequest,
    form: Form,
    heading: str,
    back: str,
    *,
    none: bool = False,
    about: BriefCard | None = None,
) -> HttpResponse:
    """``about``: a brief whose text stands above the form, for whoever decides about it."""
    return page(
        request,
        "figures/brief_form.html",
        form=form,
        heading=heading,
        back=back,
        none=none,
        title=about.title if about else "",
        text=about.said if about else None,
    )


@require_safe
def brief(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What it says, how far it is, and what this reader can do with it now."""
    card = _card(request, pk)
    row, said = card.row, card.said
    own = row.society_id == request.staff.society_id
    if said is None and own:
        said = queries.draft_said(row)
    return page(
        request,
        "figures/brief.html",
        card=card,
        text=said,
        charts=queries.charts_in(said) if said else [],
        can=offered(card, request.staff),
        own=own,
        questions=BRIEF_QUESTIONS,
        Standing=BriefStanding,
        country=country_name(row.country, request.LANGUAGE_CODE),
        in_languages=INTERFACE,
        stamp=stamp(card),
        erratum_due=own and bool(work_queries.items_of(row.pk, purpose=ERRATUM)),
    )


def _card(request: StaffRequest, pk: UUID) -> BriefCard:
    must_read(request)
    return queries.brief_or_404(pk, to=request.staff)


def _card_that_can(request: StaffRequest, pk: UUID, what: str) -> BriefCard:
    """Return a brief with which this reader can do that now; 404 for every other."""
    card = _card(request, pk)
    if not getattr(offered(card, request.staff), what):
        raise Http404
    return card


@require_http_methods(["GET", "POST"])
def change_brief(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _card_that_can(request, pk, "change").row
    names = [name for name in ChangeBriefForm.base_fields if name not in ("figures", "seen")]
    initial = {name: getattr(row, name) for name in names}
    initial["figures"] = [one.number for one in queries.used_by(row)]
    form = ChangeBriefForm(
        posted(request), initial=initial, figures=queries.figures_for(row.country, to=request.staff)
    )
    form.look_at(row)
    if form.submit(figures.change_brief, brief=row, by=request.staff, at=timezone.now()):
        return redirect("figures:brief", row.pk)
    return _form(request, form, _("Change the brief"), reverse("figures:brief", args=[row.pk]))


@require_http_methods(["GET", "POST"])
def ask_reader(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _card_that_can(request, pk, "change").row
    people = colleagues(to=request.staff).exclude(pk=request.staff.pk)
    form = ReaderForm(posted(request), people=people)
    if form.submit(figures.ask_to_read, brief=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Sent. It goes on once the questions are answered."))
        return redirect("figures:brief", row.pk)
    return _form(request, form, _("Who reads it?"), reverse("figures:brief", args=[row.pk]))


@require_http_methods(["GET", "POST"])
def read_brief(request: StaffRequest, pk: UUID) -> HttpResponse:
    card = _card_that_can(request, pk, "read")
    row = card.row
    form = ReadForm(posted(request))
    if form.submit(figures.read_brief, brief=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Your answers are written down."))
        return redirect("figures:brief", row.pk)
    back = reverse("figures:brief", args=[row.pk])
    return _form(request, form, _("Before it goes on"), back, about=card)


@require_http_methods(["GET", "POST"])
def clear_brief(request: StaffRequest, pk: UUID) -> HttpResponse:
    card = _card_that_can(request, pk, "clear")
    row = card.row
    form = ClearForm(posted(request), initial={"seen": row.digest})
    if form.submit(figures.clear_brief, brief=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Said. The author is told."))
        return redirect("figures:brief", row.pk)
    back = reverse("figures:brief", args=[row.pk])
    return _form(request, form, _("May it be published?"), back, about=card)


@require_http_methods(["GET", "POST"])
def object_to(request: StaffRequest, pk: UUID) -> HttpResponse:
    card = _card_that_can(request, pk, "object")
    row = card.row
    form = ObjectForm(posted(request), initial={"seen": row.digest})
    if form.submit(figures.clear_brief, outcome="change", brief=row, by=request.staff, at=timezone.now()):
        add_message(request, _("The clearance is taken back: no file of it leaves any more."))
        return redirect("figures:brief", row.pk)
    back = reverse("figures:brief", args=[row.pk])
    return _form(request, form, _("Take the clearance back"), back, about=card)


@require_http_methods(["GET", "POST"])
def withdraw_brief(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _card_that_can(request, pk, "withdraw").row
    form = WithdrawForm(posted(request))
    if form.submit(figures.withdraw_brief, brief=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Withdrawn. The page stays and says why."))
        return redirect("figures:brief", row.pk)
    return _form(request, form, _("Withdraw the brief"), reverse("figures:brief", args=[row.pk]))


@require_POST
def take_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _card_that_can(request, pk, "take_back").row
    attempt(
        request, figures.take_back, _("It is a draft again."), brief=row, by=request.staff, at=timezone.now()
    )
    return redirect("figures:brief", row.pk)


@require_POST
def publish_brief(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _card_that_can(request, pk, "publish").row
    attempt(request, figures.publish_brief, _("Published."), brief=row, by=request.staff, at=timezone.now())
    return redirect("figures:brief", row.pk)


@require_POST
def erratum_seen(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _card_that_can(request, pk, "look_at_errata").row
    attempt(request, figures.erratum_seen, _("Written down."), brief=row, by=request.staff, at=timezone.now())
    return redirect("figures:brief", row.pk)


@require_GET
def brief_file(request: StaffRequest, pk: UUID, language: str, pages: int) -> HttpResponse:
    """A published brief on one page or on four; taking it is journalled."""
    card = _card(request, pk)
    if pages not in (1, 4) or language not in card.row.content:
        raise Http404
    if not attempt(
        request, figures.record_brief_taken, "", brief=card.row, by=request.staff, at=timezone.now()
    ):
        return redirect("figures:brief", pk)
    practice = _("Practice data.") if getattr(settings, "PANAH_PRACTICE", False) else ""
    body = brief_pdf(card, language=language, pages=pages, practice=practice)
    return download(body, name=f"brief-{language}-{pages}.pdf", kind="application/pdf")
