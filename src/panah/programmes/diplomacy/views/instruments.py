"""Instruments with their provisions, and how states and societies stand to them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.beside import found
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.network.queries import societies
from panah.ground.network.words import country_name
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.beside import BESIDE_PROVISIONS, ToldStatus, told_by_others
from panah.programmes.diplomacy.forms.commitments import StandingForm
from panah.programmes.diplomacy.instruments import Instrument, instruments
from panah.programmes.diplomacy.views.commitments import must_keep, must_read
from panah.programmes.diplomacy.words import StandingState


def _instrument(key: str) -> Instrument:
    found = instruments().get(key)
    if found is None:
        raise Http404
    return found


def _parties() -> dict[str, str]:
    return {f"society:{society.slug}": society.name for society in societies()}


def party_name(party: str, names: dict[str, str], language: str) -> str:
    kind, _sign, key = party.partition(":")
    return country_name(key.upper(), language) if kind == "state" else names.get(party, key)


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    must_read(request)
    under = diplomacy_queries.under_provisions(to=request.staff)
    return page(
        request,
        "diplomacy/instruments.html",
        rows=[
            (one, len({row.pk for each in one.provisions for row in under[each.key]}))
            for one in instruments().values()
        ],
    )


@require_safe
def instrument(request: StaffRequest, key: str) -> HttpResponse:
    """One instrument: what it asks, what was undertaken under it, and who stands how to it, with all earlier words."""
    must_read(request)
    one = _instrument(key)
    names, language = _parties(), request.LANGUAGE_CODE
    under = diplomacy_queries.under_provisions(to=request.staff)
    known = diplomacy_queries.standings(one, to=request.staff)
    others: dict[str, list[ToldStatus]] = {}
    for told in told_by_others(request.staff):
        for name in told.provisions:
            others.setdefault(name, []).append(told)
    return page(
        request,
        "diplomacy/instrument.html",
        others=others,
        not_known=[
            party_name(each, names, language)
            for each in diplomacy_queries.not_known(one, known, to=request.staff)
        ],
        one=one,
        provisions=[(each, under[each.key]) for each in one.provisions],
        standings=[(party_name(row.party, names, language), row) for row in known],
        states=dict(StandingState.choices),
        keeps=permissions.keeps(request.staff),
        beside=found(BESIDE_PROVISIONS, request.staff),
    )


@require_http_methods(["GET", "POST"])
def standing(request: StaffRequest, key: str) -> HttpResponse:
    must_keep(request)
    one = _instrument(key)
    form = StandingForm(posted(request), societies=societies(), language=request.LANGUAGE_CODE)
    if form.submit(diplomacy.say_standing, instrument=one.id, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down. What was said before stays."))
        return redirect("diplomacy:instrument", one.id)
    back = reverse("diplomacy:instrument", args=[one.id])
    heading = _("How somebody stands to it")
    return form_page(request, "commitments", form, heading, back, back_text=_("Back"))
