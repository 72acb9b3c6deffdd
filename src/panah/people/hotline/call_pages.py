"""Pages that can begin on a call, in this room and in rooms above it: the call stays open, and leads back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation

from panah.ground.accounts.queries import pseudonyms
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import nav
from panah.ground.kit.forms import Form
from panah.ground.kit.languages import language_asked
from panah.ground.kit.pages import add_message, page
from panah.ground.kit.written_form import Written
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in.middleware import cookie_secret
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.models import Contact
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.cards import CARDS

if TYPE_CHECKING:
    pass

# The last two stand on top of every sheet.
HIDDEN = {
    "based_on",
    "note_version",
    "tab",
    "forget_identity",
    "written_at",
    "author",
    "once",
    "reply",
    "reply_once",
}
# Whose hint speaks of what the screen does: on paper it would not be true.
OF_THE_SCREEN = {"note", "interpreter_name", "phone"}


def contact_or_404(request: StaffRequest, number: str) -> Contact:
    """The contact, or the same 404 for a stranger as for a number that does not exist."""
    found: Contact = get_object_or_404(queries.visible(to=request.staff), number=number)
    return found


def for_focal_points(request: StaffRequest) -> None:
    """What operators only take down is listed for those who answer it."""
    if not permissions.leads(request.staff):
        raise Http404


def redirect_to_calls(request: StaffRequest) -> HttpResponse:
    """Back to the calls, or to her home page where she answers none."""
    if permissions.works_with_calls(request.staff):
        return HttpResponseRedirect(reverse("hotline:calls"))
    return HttpResponseRedirect(nav.home())


def keep_open(request: StaffRequest, contact: Contact) -> None:
    """Listening is not idling: an open call keeps its colleague's vault open."""
    now = timezone.now()
    secret = cookie_secret(request)
    if contact.state == ContactState.OPEN and secret is not None and request.keys is not None:
        sign_in.sign_of_life(secret=secret, staff=request.staff, at=now)
        actions.keep_call_alive(contact=contact, at=now)


def redirect_to(name: str, *args: object) -> HttpResponseRedirect:
    """To a page of this room, or of another room by its whole name."""
    return HttpResponseRedirect(reverse(name if ":" in name else f"hotline:{name}", args=args))


def signed(kept: list[Any]) -> list[tuple[str, Any, dict[str, Any]]]:
    """What was written, newest first, as (by whom, when, what)."""
    names = pseudonyms({one.by for one in kept})
    return [(names.get(one.by, ""), one.at, one.value) for one in reversed(kept)]


class HasNumber(Protocol):
    @property
    def number(self) -> str: ...


def take_down_page(
    request: StaffRequest,
    *,
    number: str,
    form: Written,
    take: Callable[..., HasNumber],
    template: str,
    told: str,
) -> HttpResponse:
    """Take something down that the focal points answer, during a call or without one; ``told`` names its number."""
    contact = contact_or_404(request, number) if number else None
    if contact is not None:
        keep_open(request, contact)
    if request.method == "POST" and form.is_valid():
        row = take(
            keys=request.keys,
            typed=form.typed(),
            by=request.staff,
            at=timezone.now(),
            asked_at=form.cleaned_data["written_at"],
            once=form.cleaned_data["once"],
        )
        add_message(request, told % {"number": row.number})
        return redirect_to("call", contact.number) if contact is not None else redirect_to_calls(request)
    return page(request, template, form=form, contact=contact)


def paper_sheet(request: StaffRequest, *, kind: str, form: type[Form] | None) -> HttpResponse:
    """One form of the paper kit to print, in the language asked for."""
    now = timezone.now()
    language = language_asked(request)
    with translation.override(language):
        rows = [one for one in form() if one.name not in HIDDEN] if form else []
        return page(
            request,
            "hotline/sheet.html",
            kind=kind,
            rows=rows,
            of_the_screen=OF_THE_SCREEN,
            cards=CARDS,
            promise=queries.promise(society=request.staff.society, at=now),
            lines=list(queries.visible_lines(to=request.staff)),
            numbers=queries.emergency(society=request.staff.society, iso2=request.staff.society.iso2, at=now),
        )
