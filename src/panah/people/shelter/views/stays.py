"""One stay: for whoever runs the house, and for whoever follows it from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import RevealPurpose
from panah.people.shelter import actions, queries, rules
from panah.people.shelter.forms import ChangeForm, DecideForm, LetInForm, SheetForm
from panah.people.shelter.models import Bed
from panah.people.shelter.queries.board import beds_of, names_of
from panah.people.shelter.queries.stays import OpenedStay
from panah.people.shelter.queries.timeline import steps_of
from panah.people.shelter.views.common import (
    FOR_THE_WAY,
    FOR_WHO,
    back_to,
    find,
    go,
    in_state,
    must_run_it,
    of_stay,
    purposes,
    runs,
    who_may_follow,
)
from panah.people.shelter.views.presenters import StayPage, ways_out
from panah.people.shelter.words import IN_A_BED, NOT_ENDED, WAITING, StayPart, groups

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_GET
@of_stay
def one(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    return _stay(request, opened)


def _stay(request: StaffRequest, opened: OpenedStay, **shown: Any) -> HttpResponse:
    row = opened.row
    mine = runs(request, row.place)
    context = {
        "who_shown": None,
        "way_shown": None,
        "purpose": "",
        "let_in": LetInForm(staff=who_may_follow(row.society_id))
        if mine and row.state in NOT_ENDED
        else None,
    }
    return page(
        request,
        "shelter/stay.html",
        stay=row,
        opened=opened,
        sheet=opened.sheet,
        seen=StayPage(opened, mine, request.staff.pk),
        region=queries.region_name(row.place),
        bed=names_of(beds_of(row)) if row.bed else "",
        steps=steps_of(opened),
        # Whoever follows reads the way there once a bed is given, and no longer than the stay lasts.
        way_opens=row.state in IN_A_BED and vault_queries.opens(keys=request.keys, file=row.place.file_id),
        for_who=purposes(FOR_WHO),
        for_the_way=purposes(FOR_THE_WAY),
        **(context | shown),
    )


@require_http_methods(["GET", "POST"])
@of_stay
def who(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Show what the person is called, for a purpose; without one back to the stay, covered."""
    purpose = request.POST.get("purpose", "")
    if purpose not in RevealPurpose.values or not opened.sheet:
        return go("stay", opened.row.pk)
    vault.reveal(
        keys=request.keys,
        file=opened.row.file_id,
        purpose=RevealPurpose(purpose),
        at=timezone.now(),
        part=StayPart.SHEET,
    )
    return _stay(
        request, opened, who_shown=opened.sheet.get("called", ""), purpose=str(RevealPurpose(purpose).label)
    )


@require_http_methods(["GET", "POST"])
@of_stay
def way_there(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Show the way there to whoever brings the person, for a purpose."""
    purpose, row = request.POST.get("purpose", ""), opened.row
    if purpose not in RevealPurpose.values or row.state not in IN_A_BED:
        return go("stay", row.pk)
    kept = vault.reveal(
        keys=request.keys,
        file=row.place.file_id,
        purpose=RevealPurpose(purpose),
        at=timezone.now(),
        part=StayPart.WAY,
    )
    return _stay(
        request, opened, way_shown=kept.value if kept else {}, purpose=str(RevealPurpose(purpose).label)
    )


# How long a bed is held when nothing was ticked.
USUAL_HOURS = "6"


def _bed(opened: OpenedStay, pk: str) -> Bed | None:
    """A bed of the stay's place by what was posted; None for another's, for none, and for what is no id at all."""
    try:
        wanted = UUID(pk)
    except ValueError:
        return None
    rows = Bed.objects.filter(room__place=opened.row.place).select_related("room")
    return rows.filter(pk=wanted).first()


def _beds(opened: OpenedStay, data: dict[str, Any]) -> list[Bed]:
    rows = Bed.objects.filter(room__place=opened.row.place, pk__in=data["also"])
    return list(rows.select_related("room"))


@in_state(*WAITING)
def decide(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Give a bed, hold one for some hours, or give none with a reason."""
    row = opened.row
    free = queries.free_beds(
        row.place,
        from_day=row.from_day,
        to_day=row.to_day,
        at=timezone.now(),
        who=opened.sheet.get("who", ""),
        exclude=row.pk,
    )
    beds = list({one.pk: one for one in [*free, *_asked_for(request, opened)]}.values())
    form = DecideForm(
        posted(request), beds=beds, initial={"bed": request.GET.get("bed", "") or str(row.bed_id or "")}
    )
    if form.submit(lambda **data: _decided(request, opened, data)):
        return back_to(request, opened, _("Written down. Whoever asked has it on the list."))
    return step_page(
        request,
        opened,
        form,
        _("Decide about the bed"),
        _("Write down the decision"),
        free=len(free),
        **({} if free else _ways_out(request, opened)),
    )


def _ways_out(request: StaffRequest, opened: OpenedStay) -> dict[str, object]:
    """Where no bed fits: which are free for whom, here and tonight in other houses, and what must be decided."""
    row, at = opened.row, timezone.now()
    free = queries.free_for_others(row.place, from_day=row.from_day, to_day=row.to_day, at=at, exclude=row.pk)
    who = str(opened.sheet.get("who", ""))
    elsewhere = queries.other_houses(who, to=request.staff, at=at, exclude=row.place_id)
    return {
        "free_for_others": [(number, groups(list(whom))) for number, whom in free],
        "ways": ways_out(who, [one for _number, whom in free for one in whom], elsewhere),
    }


def _asked_for(request: StaffRequest, opened: OpenedStay) -> list[Bed]:
    # A bed that a colleague took a moment ago stays in the list that was sent, so that the answer says who was faster.
    found = _bed(opened, str(request.POST.get("bed", "")))
    return [found] if found else []


def _decided(request: StaffRequest, opened: OpenedStay, data: dict[str, Any]) -> None:
    at, keys = timezone.now(), request.keys
    if data["do"] == "decline":
        actions.decline(keys=keys, opened=opened, reason=data["reason"], note=data["note"], at=at)
        return
    bed = _bed(opened, data["bed"])
    if bed is None:
        raise Refusal(_("This bed is not there any more."), next_step=_("Choose another one."), code="no-bed")
    if data["do"] == "hold":
        actions.hold_bed(
            keys=keys,
            opened=opened,
            bed=bed,
            also=_beds(opened, data),
            hours=int(data["hours"] or USUAL_HOURS),
            at=at,
        )
    else:
        actions.give_bed(keys=keys, opened=opened, bed=bed, also=_beds(opened, data), at=at)


def step_page(
    request: StaffRequest, opened: OpenedStay, form: object, heading: str, button: str, **context: Any
) -> HttpResponse:
    """One step of a stay: its form, and what is known beside it."""
    defaults = {"free": None, "free_for_others": (), "ways": (), "asked": None, "late": "", "hint": ""}
    return page(
        request,
        "shelter/step.html",
        stay=opened.row,
        opened=opened,
        bed=names_of(beds_of(opened.row)) if opened.row.bed else "",
        form=form,
        heading=heading,
        button=button,
        **(defaults | context),
    )


@require_POST
@of_stay
def arrived(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    must_run_it(request, opened)
    actions.arrive(keys=request.keys, opened=opened, at=timezone.now())
    return back_to(request, opened, _("Written down. The day of leaving is on the list."))


@in_state(*IN_A_BED)
def change(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Longer, shorter, or another bed."""
    row = opened.row
    every = Bed.objects.filter(room__place=row.place).select_related("room").order_by("room__name", "name")
    beds = [
        one
        for one in every
        if one.pk == row.bed_id or rules.fits(opened.sheet.get("who", ""), row.place.admits, one.room.admits)
    ]
    also = [str(one.pk) for one in beds_of(row) if one.pk != row.bed_id]
    form = ChangeForm(
        posted(request), beds=beds, initial={"to_day": row.to_day, "bed": str(row.bed_id), "also": also}
    )

    def keep(*, bed: str, **data: Any) -> None:
        chosen = _bed(opened, bed)
        if chosen is None:
            raise Http404
        data["also"] = _beds(opened, data)
        actions.change_stay(keys=request.keys, opened=opened, bed=chosen, at=timezone.now(), **data)

    if form.submit(keep):
        return back_to(request, opened, _("Changed."))
    return step_page(request, opened, form, _("How long, and which bed"), _("Keep the changes"))


@require_http_methods(["GET", "POST"])
@of_stay
def sheet(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """What the house knows of a resident. The form shows it, so asking for it is journalled; hence a button."""
    row = opened.row
    if request.method == "GET" or not opened.sheet:
        return go("stay", row.pk)
    if "version" not in request.POST:
        vault.reveal(
            keys=request.keys,
            file=row.file_id,
            purpose=RevealPurpose.CHECK,
            at=timezone.now(),
            part=StayPart.SHEET,
        )
        form = SheetForm(initial={**opened.sheet, "version": opened.version})
    else:
        form = SheetForm(request.POST)
        if form.submit(
            lambda version, **_data: actions.change_sheet(
                keys=request.keys, opened=opened, sheet=form.sheet(), at=timezone.now(), based_on=version
            )
        ):
            return back_to(request, opened, _("Kept and covered."))
    hint = _("Only what the person agrees to have told. The address of anybody else stays out.")
    return step_page(request, opened, form, _("What the house knows"), _("Keep the changes"), hint=hint)


@require_POST
@of_stay
def take_back(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    actions.take_back(keys=request.keys, opened=opened, at=timezone.now())
    return back_to(request, opened, _("The bed is not held any more."))


@require_POST
@of_stay
def let_in(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Let another colleague follow the stay."""
    must_run_it(request, opened)
    staff = who_may_follow(opened.row.society_id)
    form = LetInForm(request.POST, staff=staff)

    def let_follow(*, colleague: str) -> Staff:
        chosen = find(staff, colleague)
        actions.let_in(keys=request.keys, opened=opened, staff=chosen, at=timezone.now())
        return chosen

    if form.submit(let_follow):
        add_message(request, _("%(who)s follows this stay now.") % {"who": form.result.name})
        return go("stay", opened.row.pk)
    return _stay(request, opened, let_in=form)
