"""What may be said about a country: number, sentence, source, and what not to say."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.approvals.second_person import second_person
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, attempt, page, posted
from panah.ground.network.words import INVENTED
from panah.programmes.figures import actions, permissions, queries
from panah.programmes.figures.forms.figures import country_choices
from panah.programmes.figures.forms.public_sentences import DecideForm, SentenceForm
from panah.programmes.figures.models import PublicSentence
from panah.programmes.figures.shown import Shown, country
from panah.programmes.figures.views.common import numbered
from panah.programmes.figures.words import SentenceState


def _country(text: str) -> str:
    """Return the country of an address, in capitals; 404 where there is no such one."""
    code = text.upper()
    if not code or text != code.lower() or code not in {*dict(country_choices()), *INVENTED}:
        raise Http404
    return code


@require_safe
def countries(request: StaffRequest) -> HttpResponse:
    """The countries that something may be said of."""
    rows = sorted(
        ((country(one.code), one) for one in queries.countries_with_sentences(to=request.staff)),
        key=lambda row: row[0],
    )
    return page(request, "figures/sentence_countries.html", rows=rows)


@require_safe
def sentences(request: StaffRequest, country: str) -> HttpResponse:
    """The page of a country."""
    return _page(request, _country(country), "figures/sentences.html")


@require_safe
def sheet(request: StaffRequest, country: str) -> HttpResponse:
    """The same to be printed: only what may be said."""
    return _page(request, _country(country), "figures/sentences_sheet.html")


def _page(request: StaffRequest, code: str, template: str) -> HttpResponse:
    rows = queries.sentences_about(code, to=request.staff)
    return page(
        request,
        template,
        rows=rows,
        changed=queries.no_longer_standing(rows),
        delivered=queries.delivered_drafts(to=request.staff, country=code),
        code=code.lower(),
        country_name=country(code),
        own=request.staff.society_id,
        writes=permissions.writes(request.staff) and request.staff.society.iso2 == code,
        today=timezone.localdate(),
        State=SentenceState,
    )


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, country: str) -> HttpResponse:
    """Write a sentence: for whoever keeps the register of the society there."""
    code = _country(country)
    if not permissions.writes(request.staff) or request.staff.society.iso2 != code:
        raise Http404
    form = SentenceForm(posted(request), initial=_first(request, code))

    def written(*, pk: UUID, figure: str, by: object, **answers: str) -> PublicSentence:
        of = numbered(request, figure) if figure else None
        return actions.write_sentence(
            country=code, figure=of, pk=pk, by=request.staff, at=timezone.now(), **answers
        )

    if form.submit(written, by=request.staff):
        add_message(request, _("Written. It may be said once a second person has cleared it."))
        return redirect("figures:sentence", form.result.pk)
    back = reverse("figures:sentences", args=[code.lower()])
    return form_page(request, "figures", form, _("What may be said"), back, back_text=_("Back"))


def _first(request: StaffRequest, code: str) -> dict[str, str]:
    """With what a sentence is begun: a delivered one, or the number of a figure."""
    asked = request.GET.get("delivered", "")
    there = {one.key: one for one in queries.delivered_drafts(to=request.staff, country=code)}
    if (one := there.get(asked)) is None:
        return {"figure": request.GET.get("figure", "")[:12]}
    texts = ("value", "sentence_en", "sentence_ru", "source_said", "not_en", "not_ru")
    return {name: getattr(one, name) for name in texts} | {"figure": one.figure.number, "delivered": one.key}


@require_http_methods(["GET", "POST"])
def sentence(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One sentence of the own society; a second person decides whether it may be said."""
    row = queries.sentence_or_404(pk, to=request.staff)
    asked = permissions.clears(request.staff) and row.state == SentenceState.DRAFT
    second = second_person(row.pk, to=request.staff, may=permissions.clears) if asked else None
    decides = second is not None and second.may
    if request.method == "POST" and not decides:
        raise Http404
    form = DecideForm(posted(request)) if decides else None
    if form and form.submit(actions.decide_on_sentence, sentence=row, by=request.staff, at=timezone.now()):
        return redirect("figures:sentence", row.pk)
    return page(
        request,
        "figures/sentence.html",
        row=row,
        form=form,
        second=second,
        figure=Shown(row.figure) if row.figure else None,
        changed=bool(queries.no_longer_standing([row])),
        writes=permissions.writes(request.staff) and row.state != SentenceState.ENDED,
        country_name=country(row.country),
        State=SentenceState,
    )


@require_POST
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a sentence back."""
    row = queries.sentence_or_404(pk, to=request.staff)
    if not permissions.writes(request.staff):
        raise Http404
    attempt(
        request,
        actions.end_sentence,
        _("It is not to be said any more."),
        sentence=row,
        by=request.staff,
        at=timezone.now(),
    )
    return redirect("figures:sentences", row.country.lower())
