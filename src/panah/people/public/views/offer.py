"""*Is this offer safe?*: questions, what they show, a card, a picture, a text to be read aloud. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from panah.ground.kit.pages import posted
from panah.people.public import offer_words as words
from panah.people.public import queries
from panah.people.public.frame import answer, door_page, door_url
from panah.people.public.offer_form import CardForm, OfferForm
from panah.people.public.offer_picture import OfferPicture, drawn
from panah.people.public.offer_presenters import numbers_to_take
from panah.people.public.offer_rules import read

# The button that shows the questions again, in another language too, instead of what the answers show.
ASK_AGAIN = "ask"


@door_page("GET", "POST")
def check(request: HttpRequest) -> HttpResponse:
    """First what is offered, then the questions, then the warning signs; answers stand in the form alone."""
    kind = words.kind_or_none(request.GET.get("kind", ""))
    if kind is None:
        return _kinds(request)
    now = timezone.now()
    form = OfferForm(posted(request), kind=kind, countries=queries.countries())
    if not form.is_bound or not form.is_valid() or request.POST.get("step") == ASK_AGAIN:
        return answer(request, "public/offer_questions.html", kind=kind, form=form)
    return answer(
        request,
        "public/offer_signs.html",
        kind=kind,
        form=form,
        found=read(kind, form.cleaned_data),
        numbers=numbers_to_take(form.cleaned_data["country"], at=now),
        words=words,
    )


def _kinds(request: HttpRequest) -> HttpResponse:
    language = translation.get_language() or "en"
    return answer(
        request,
        "public/offer_kinds.html",
        kinds=words.KINDS,
        sound=queries.offer_sound(language),
        picture=queries.offer_picture(language),
    )


@door_page("GET")
def card(request: HttpRequest) -> HttpResponse:
    """A card to be printed and given out: what to ask, what to copy, and the numbers of a country."""
    now = timezone.now()
    form = CardForm(request.GET if "country" in request.GET else None, countries=queries.countries())
    iso2 = form.cleaned_data["country"] if form.is_bound and form.is_valid() else ""
    return answer(
        request,
        "public/offer_card.html",
        form=form,
        iso2=iso2,
        numbers=numbers_to_take(iso2, at=now),
        signs=[words.QUESTIONS[code] for code in words.CARD_SIGNS],
        words=words,
    )


@door_page("GET")
def picture(request: HttpRequest) -> HttpResponse:
    """The warning signs of a kind of offer as a picture. Whoever asks gets the same, so it may be kept by a browser."""
    kind = words.kind_or_none(request.GET.get("kind", "")) or words.KINDS[0]
    lines = queries.home_lines(at=timezone.now(), iso2=request.GET.get("country", ""))[:3]
    body = drawn(_pictured(kind, [(line.name, line.number) for line in lines]))
    response = HttpResponse(body, content_type="image/png")
    response.headers["Content-Disposition"] = 'inline; filename="picture.png"'
    response.headers["Cache-Control"] = "public, max-age=3600"
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _pictured(kind: words.OfferKind, numbers: Iterable[tuple[str, str]]) -> OfferPicture:
    numbers = tuple(numbers)
    practice = settings.PANAH_PRACTICE and numbers
    return OfferPicture(
        language=translation.get_language() or "en",
        title=_("Before you go: warning signs"),
        signs=tuple(str(words.QUESTIONS[code].sign) for code in kind.pictured),
        advice=(_("Ask before you go. You can always say no."), str(words.ALOUD[4]), str(words.TO_AGREE[0])),
        call=_("Call and ask:") if numbers else "",
        numbers=numbers,
        foot=f"{_('Practice data.')} {_('Do not call the numbers here.')}" if practice else "",
    )


@door_page("GET")
def aloud(request: HttpRequest) -> HttpResponse:
    """The text that a society records, in the language of the page, with the numbers that follow it."""
    lines = queries.home_lines(at=timezone.now())
    return answer(
        request,
        "public/offer_aloud.html",
        sentences=words.ALOUD,
        lines=lines,
        back=door_url(request, "check"),
    )
