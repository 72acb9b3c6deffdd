"""The list of places, one place with its address covered, writing one down and changing it."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import actions as vault
from panah.ground.vault.words import RevealPurpose
from panah.people.cases.permissions import works_on_cases
from panah.people.shelter import actions, queries
from panah.people.shelter.forms import NewPlaceForm, PlaceForm, WayForm
from panah.people.shelter.models import Place
from panah.people.shelter.permissions import leads, may_enter, may_run
from panah.people.shelter.queries.places import spoken
from panah.people.shelter.views.common import (
    FOR_THE_WAY,
    find,
    go,
    of_place,
    purposes,
    runs,
    show,
    who_may_run,
)
from panah.people.shelter.words import StayPart, groups


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """All houses tonight that a colleague runs, or can ask: which can take whom, then house by house."""
    if not may_enter(request.staff):
        raise Http404
    at = timezone.now()
    return page(
        request,
        "shelter/places.html",
        houses=queries.all_houses(to=request.staff, keys=request.keys, at=at),
        seen_at=at,
        may_run=may_run(request.staff),
        leads=leads(request.staff),
        works_on_cases=works_on_cases(request.staff),
    )


@require_POST
def share_counts(request: StaffRequest) -> HttpResponse:
    """Let colleagues who do not run a house see its counts, or let them no longer."""
    if not leads(request.staff):
        raise Http404
    shared = request.POST.get("shared") == "yes"
    actions.share_counts(shared=shared, by=request.staff, at=timezone.now())
    add_message(request, _("Changed."))
    return go("places")


def _regions(request: StaffRequest) -> list[tuple[str, str]]:
    return list(network_queries.region_choices(request.staff.society.iso2))


@require_http_methods(["GET", "POST"])
@vault_required
def new(request: StaffRequest) -> HttpResponse:
    """Write down a place: what lists show, and the way there."""
    if not may_run(request.staff):
        raise Http404
    staff = who_may_run(request.staff.society_id)
    form = NewPlaceForm(
        posted(request), regions=_regions(request), staff=staff, initial={"runners": [str(request.staff.pk)]}
    )
    if form.submit(
        lambda runners, **_data: actions.make_place(
            keys=request.keys,
            typed=form.typed(),
            way=form.way(),
            runners=[find(staff, pk) for pk in runners],
            at=timezone.now(),
        )
    ):
        add_message(request, _("Kept. Now write down its rooms and beds."))
        return go("rooms", form.result.pk) if runs(request, form.result) else go("places")
    return page(request, "shelter/place_form.html", form=form)


@require_GET
@of_place
def one(request: StaffRequest, place: Place) -> HttpResponse:
    """One place: the address covered until asked for."""
    return _place(request, place)


def _place(
    request: StaffRequest, place: Place, *, way: dict[str, str] | None = None, purpose: str = ""
) -> HttpResponse:
    return show(
        request,
        "shelter/place.html",
        place,
        "place",
        admits=groups(place.admits),
        languages=spoken(place.languages),
        runners=queries.runners_of(place),
        shifts=queries.in_the_house(place, at=timezone.now())[:6],
        purposes=purposes(FOR_THE_WAY),
        way_shown=way,
        purpose=purpose,
        now=timezone.now(),
    )


@require_http_methods(["GET", "POST"])
@of_place
def way(request: StaffRequest, place: Place) -> HttpResponse:
    """Show the way there, for a purpose; without one back to the place with everything covered."""
    purpose = request.POST.get("purpose", "")
    if purpose not in RevealPurpose.values:
        return go("place", place.pk)
    kept = vault.reveal(
        keys=request.keys,
        file=place.file_id,
        purpose=RevealPurpose(purpose),
        at=timezone.now(),
        part=StayPart.WAY,
    )
    return _place(request, place, way=kept.value if kept else {}, purpose=str(RevealPurpose(purpose).label))


@require_http_methods(["GET", "POST"])
@of_place
def change(request: StaffRequest, place: Place) -> HttpResponse:
    """Change what lists show; pause or end a place."""
    names = (*PlaceForm.PLAIN, "state")
    form = PlaceForm(
        posted(request),
        regions=_regions(request),
        changing=True,
        initial={name: getattr(place, name) for name in names},
    )
    if form.submit(
        lambda **_data: actions.change_place(
            keys=request.keys, place=place, typed=form.typed(), at=timezone.now()
        )
    ):
        add_message(request, _("Changed."))
        return go("place", place.pk)
    if form.is_bound:
        place.refresh_from_db()  # what was refused may stand in it already
    return _form(request, place, form, _("What lists show"), "place")


@require_http_methods(["GET", "POST"])
@of_place
def change_way(request: StaffRequest, place: Place) -> HttpResponse:
    """Change the way there. The form shows it, so asking for it is journalled like a showing; hence a button."""
    if request.method == "GET":
        return go("place", place.pk)
    if "version" not in request.POST:
        kept = vault.reveal(
            keys=request.keys,
            file=place.file_id,
            purpose=RevealPurpose.CHECK,
            at=timezone.now(),
            part=StayPart.WAY,
        )
        value, version = (kept.value, kept.version) if kept else ({}, 0)
        form = WayForm(initial={**value, "version": version})
        return _form(request, place, form, _("The way there"), "place")
    form = WayForm(request.POST)
    if form.submit(
        lambda version, **_data: actions.write_way(
            keys=request.keys, place=place, way=form.way(), at=timezone.now(), based_on=version
        )
    ):
        add_message(request, _("Kept and covered."))
        return go("place", place.pk)
    return _form(request, place, form, _("The way there"), "place")


def _form(request: StaffRequest, place: Place, form: object, heading: str, here: str) -> HttpResponse:
    return show(
        request, "shelter/form.html", place, here, form=form, heading=heading, button=_("Keep the changes")
    )
