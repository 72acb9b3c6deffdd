"""What the pages of a place and of a stay share: the guard, the tabs, the purposes of showing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.queries import colleagues, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault.words import RevealPurpose
from panah.people.shelter import queries
from panah.people.shelter.models import Place
from panah.people.shelter.permissions import policy
from panah.people.shelter.queries.stays import OpenedStay
from panah.people.shelter.words import StayState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff

View = Callable[..., HttpResponse]
FOR_THE_WAY = (RevealPurpose.MEET, RevealPurpose.SAFETY, RevealPurpose.CHECK)
FOR_WHO = (RevealPurpose.ASSIST, RevealPurpose.MEET, RevealPurpose.SAFETY, RevealPurpose.CHECK)


def of_place(view: View) -> View:
    """Load a place for whoever runs it, with the vault open: strangers and missing places get the same 404."""

    @wraps(view)
    @vault_required
    def guarded(request: StaffRequest, place: UUID, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, queries.one_or_404(place, to=request.staff), *args, **kwargs)

    return guarded


def of_stay(view: View) -> View:
    """Load a stay for whoever runs its place or follows it; 404 for others and for none alike."""

    @wraps(view)
    @vault_required
    def guarded(request: StaffRequest, stay: UUID, *args: object, **kwargs: object) -> HttpResponse:
        found = queries.stay_or_404(stay, to=request.staff, keys=request.keys)
        return view(request, found, *args, **kwargs)

    return guarded


def in_state(*states: StayState) -> Callable[[View], View]:
    """A step of whoever runs the house while a stay is in one of these states; else the page of the stay."""

    def step(view: View) -> View:
        @wraps(view)
        @require_http_methods(["GET", "POST"])
        @of_stay
        def guarded(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
            must_run_it(request, opened)
            return view(request, opened) if opened.row.state in states else go("stay", opened.row.pk)

        return guarded

    return step


def must_run_it(request: StaffRequest, opened: OpenedStay) -> None:
    """404 for whoever does not run the house."""
    # Whoever follows a stay sees it; deciding is for the house, and its pages do not exist for her.
    if not runs(request, opened.row.place):
        raise Http404


def back_to(request: StaffRequest, opened: OpenedStay, said: str, *, tone: str = "") -> HttpResponse:
    """The page of a stay, where what was done is said."""
    add_message(request, said, tone=tone)
    return go("stay", opened.row.pk)


def runs(request: StaffRequest, place: Place) -> bool:
    return policy.runs(request.staff, place)


def go(name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"shelter:{name}", args=args))


def purposes(which: tuple[RevealPurpose, ...]) -> list[tuple[str, StrOrPromise]]:
    return [(one.value, one.label) for one in which]


def tabs_of(place: Place, here: str) -> list[tuple[str, str, bool]]:
    labels = {
        "board": _("Beds"),
        "place": _("The place"),
        "rooms": _("Rooms"),
        "people": _("Who is there"),
        "book": _("Book"),
        "needs": _("Needed"),
    }
    return [(reverse(f"shelter:{key}", args=[place.pk]), label, key == here) for key, label in labels.items()]


def show(request: StaffRequest, template: str, place: Place, here: str, **context: Any) -> HttpResponse:
    """One page of a place."""
    return page(
        request,
        template,
        place=place,
        region=queries.region_name(place),
        tabs_of_place=tabs_of(place, here),
        **context,
    )


def who_may_run(society: UUID) -> list[Staff]:
    """The colleagues who can be named for a place."""
    return with_permission(society, Permission.SHELTER_RUN)


def who_may_follow(society: UUID) -> list[Staff]:
    return with_permission(society, Permission.SHELTER_FOLLOW)


def find(people: list[Staff], pk: str) -> Staff:
    """One of these colleagues by id, or 404."""
    for one in people:
        if str(one.pk) == pk:
            return one
    raise Http404


def all_colleagues(request: StaffRequest) -> list[Staff]:
    return list(colleagues(to=request.staff))
