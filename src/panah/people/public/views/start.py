"""Get help now: the first page, numbers by country and language, help near a place, what cannot be hidden."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from panah.ground.directory.words import Need
from panah.ground.network.words import country_name
from panah.people.public import help_presenters as said
from panah.people.public import onion
from panah.people.public.forms import PlacesForm, WhereForm
from panah.people.public.frame import answer, door_page, door_url
from panah.people.public.promises import promises, unseen
from panah.people.public.queries import ELSEWHERE, MOST, doors_for, numbers_for, places


def reads() -> str:
    return translation.get_language() or "en"


@door_page("GET")
def first(request: HttpRequest) -> HttpResponse:
    return answer(request, "public/first.html", form=WhereForm(reads=reads()), iso2="")


@door_page("GET")
def numbers(request: HttpRequest) -> HttpResponse:
    """Whom to ring from a country; without one, the question where she is."""
    form = WhereForm(request.GET if "country" in request.GET else None, reads=reads())
    if not form.is_bound or not form.is_valid():
        # Pressed without a country, the page says what is missing.
        return answer(request, "public/first.html", form=form, iso2="")
    now = timezone.now()
    chosen, speaks = form.cleaned_data["country"], form.cleaned_data["speaks"]
    country = "" if chosen == ELSEWHERE else chosen
    found = numbers_for(country, speaks, at=now)
    today = timezone.localdate(now)
    emergency, doors = said.emergency_said(found.emergency), doors_for(country, speaks, on=today)
    reads_it = doors[0] if doors and emergency.locked else None
    return answer(
        request,
        "public/numbers.html",
        form=form,
        country=country_name(country, reads()) if country else "",
        iso2=country,
        emergency=emergency,
        # Who may be locked in is led to the questions at once, past the choice of a society.
        unseen=unseen(reads_it.society, iso2=country, on=today) if reads_it else None,
        write=door_url(request, "write", country=chosen, society=reads_it.slug) if reads_it else "",
        children=said.lines_said(found, found.children, at=now),
        lines=said.lines_said(found, found.lines, at=now),
        left_out=found.left_out,
        society=found.society,
        society_name=found.society.name_in(reads()) if found.society else "",
        offices=[said.place_said(one, at=now) for one in found.offices],
        embassies=[said.place_said(one, at=now) for one in found.embassies],
        answering=found.answering.name_in(reads()) if found.answering else "",
        promises=promises(found.answering, on=today) if found.answering else None,
        doors=doors,
        speaks=speaks,
    )


@door_page("GET")
def near(request: HttpRequest) -> HttpResponse:
    """Help near a place."""
    form = PlacesForm(request.GET if "place" in request.GET else None)
    search = form.search()
    now = timezone.now()
    found = places(search, at=now) if search else None
    return answer(
        request,
        "public/places.html",
        form=form,
        asked=search is not None,
        bed_first=search is not None and search.need == Need.SHELTER,
        near=[said.place_said(one, at=now) for one in found.near] if found else [],
        further=[said.place_said(one, at=now) for one in found.further] if found else [],
        beds=[said.place_said(bed, at=now) for bed in found.beds] if found else [],
        more=found.more if found else 0,
        most=MOST,
    )


@door_page("GET")
def about(request: HttpRequest) -> HttpResponse:
    """What the door keeps, and what it cannot hide."""
    return answer(request, "public/about.html", onion=onion.address_for_all())
