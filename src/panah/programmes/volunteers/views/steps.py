"""One step about one volunteer: a form, and what it does. One page for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.ids import idempotency_id
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.volunteers import actions, forms, permissions, queries, sealed_details
from panah.programmes.volunteers.forms.steps import StepForm
from panah.programmes.volunteers.queries.one import labels
from panah.programmes.volunteers.words import VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

HERE = (VolunteerState.ACTIVE, VolunteerState.PAUSED)
KNOWN = (*HERE, VolunteerState.LEFT, VolunteerState.ASKED, VolunteerState.REFUSED)


@dataclass(frozen=True)
class Step:
    """``act`` takes the request, the volunteer, the moment and the answers; ``may`` and ``states``: who, and when."""

    heading: Promise
    button: Promise
    form: type[StepForm]
    act: Callable[..., object]
    may: Callable[[Staff, Volunteer], bool] = permissions.keeps
    states: tuple[VolunteerState, ...] = HERE
    vault: bool = False
    grave: bool = False
    # What is needed of the row beside its state.
    when: Callable[[Volunteer], bool] = lambda row: True
    hint: Promise | str = ""

    def open_to(self, staff: Staff, row: Volunteer) -> bool:
        return row.state in self.states and self.when(row) and self.may(staff, row)


def _by(act: Callable[..., object]) -> Callable[..., object]:
    """An action of whoever is signed in."""

    def done(request: StaffRequest, row: Volunteer, at: datetime, **told: object) -> object:
        told.pop("sure", None)
        return act(by=request.staff, row=row, at=at, **told)

    return done


def _with_keys(act: Callable[..., object]) -> Callable[..., object]:
    """An action that seals something: what is pressed twice stands there once."""

    def done(
        request: StaffRequest, row: Volunteer, at: datetime, *, once: UUID | None, **told: object
    ) -> object:
        pk = idempotency_id(request.staff.pk, once, told)
        try:
            return act(keys=request.keys, row=row, pk=pk, at=at, **told)
        except IntegrityError:
            # Pressed twice at one moment: the other press was quicker, and is met now.
            return act(keys=request.keys, row=row, pk=pk, at=at, **told)

    return done


def _erase(request: StaffRequest, row: Volunteer, at: datetime, *, sure: bool) -> object:
    return actions.erase_volunteer(by=request.staff, keys=request.keys, row=row, at=at)


def _decides(staff: Staff, row: Volunteer) -> bool:
    return permissions.decides(staff)


def _keeps_some(staff: Staff, row: Volunteer) -> bool:
    return permissions.keeps_volunteers(staff)


def _of_the_move(staff: Staff, row: Volunteer) -> bool:
    return permissions.receives(staff, row) or permissions.keeps(staff, row)


STEPS: dict[str, Step] = {
    "answer": Step(
        gettext_lazy("Answer the request"),
        gettext_lazy("Give the answer"),
        forms.AnswerForm,
        _by(actions.answer_request),
        states=(VolunteerState.ASKED,),
    ),
    "move-answer": Step(
        gettext_lazy("Move to another branch"),
        gettext_lazy("Give the answer"),
        forms.MoveAnswerForm,
        _by(actions.answer_move),
        may=_of_the_move,
        when=lambda row: row.moving_to_id is not None,
    ),
    "change": Step(
        gettext_lazy("Change what is known"),
        gettext_lazy("Save"),
        forms.ChangeStepForm,
        _by(actions.change_volunteer),
        states=KNOWN,
    ),
    "role": Step(
        gettext_lazy("Add a role in a branch"),
        gettext_lazy("Add"),
        forms.RoleForm,
        _by(actions.add_role),
        may=_keeps_some,
    ),
    "role-end": Step(
        gettext_lazy("End a role in a branch"),
        gettext_lazy("End"),
        forms.RoleEndForm,
        _by(actions.end_role),
        may=_keeps_some,
    ),
    "safeguarding": Step(
        gettext_lazy("Safeguarding"),
        gettext_lazy("Save"),
        forms.SafeguardingForm,
        _by(actions.set_safeguarding),
    ),
    "insurance": Step(
        gettext_lazy("Insurance"), gettext_lazy("Save"), forms.InsuranceForm, _by(actions.set_insurance)
    ),
    "ask-to-vet": Step(
        gettext_lazy("Ask the focal points to vet"),
        gettext_lazy("Ask"),
        forms.NothingForm,
        _by(actions.ask_to_vet),
        hint=gettext_lazy("It comes on their lists. What they find they keep; you see until when it holds."),
    ),
    "vet": Step(
        gettext_lazy("Vet"),
        gettext_lazy("Save and protect"),
        forms.VetForm,
        _with_keys(actions.vet),
        may=_decides,
        vault=True,
    ),
    "incident": Step(
        gettext_lazy("Write down an incident"),
        gettext_lazy("Save and protect"),
        forms.IncidentForm,
        _with_keys(actions.add_incident),
        hint=gettext_lazy("It is read by the focal points alone."),
        states=(*HERE, VolunteerState.LEFT),
        vault=True,
    ),
    "sign-in": Step(
        gettext_lazy("Signs in as a colleague"),
        gettext_lazy("Save"),
        forms.StaffLinkForm,
        _by(actions.link_staff),
        may=_decides,
        hint=gettext_lazy(
            "Then training, vetting and age count when duties are given. Nobody under 18 signs in."
        ),
    ),
    "pause": Step(
        gettext_lazy("Pause"),
        gettext_lazy("Pause"),
        forms.WhenWhyForm,
        _by(actions.pause),
        states=(VolunteerState.ACTIVE,),
    ),
    "return": Step(
        gettext_lazy("Come back"),
        gettext_lazy("Comes back"),
        forms.WhenWhyForm,
        _by(actions.come_back),
        states=(VolunteerState.PAUSED, VolunteerState.LEFT),
    ),
    "move": Step(
        gettext_lazy("Ask another branch to take over"),
        gettext_lazy("Ask"),
        forms.MoveForm,
        _by(actions.ask_to_move),
        when=lambda row: row.moving_to_id is None,
        hint=gettext_lazy("Until it answers everything stays as it is. The history stays in any case."),
    ),
    "leave": Step(
        gettext_lazy("Leave"),
        gettext_lazy("Leaves"),
        forms.WhenWhyForm,
        _by(actions.leave),
        hint=gettext_lazy("Everything is kept as long as the rule sheet says, then erased by itself."),
    ),
    "erase": Step(
        gettext_lazy("Erase on request"),
        gettext_lazy("Erase for good"),
        forms.EraseForm,
        _erase,
        states=KNOWN,
        grave=True,
        hint=gettext_lazy("Where vetting is kept, the focal points erase it: it comes on their lists."),
    ),
}


def steps_for(staff: Staff, row: Volunteer) -> dict[str, Promise]:
    """Return the steps that are open to a colleague now, in their order."""
    return {name: step.heading for name, step in STEPS.items() if step.open_to(staff, row)}


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Ask one thing about a volunteer, and do it."""
    row = queries.by_pk_or_404(pk, to=request.staff)
    one = STEPS.get(name)
    if one is None or not one.open_to(request.staff, row):
        raise Http404
    if one.vault:
        return vault_required(_step)(request, row, name)
    return _step(request, row, name)


def _step(request: StaffRequest, row: Volunteer, name: str) -> HttpResponse:
    one, at = STEPS[name], timezone.now()
    kept = sealed_details.readable(row)
    form = one.form(posted(request), row=row, by=request.staff)
    if form.submit(lambda **told: one.act(request, row, at, **told)):
        return _done(request, row, name, form.result)
    return page(
        request,
        "volunteers/step.html",
        form=form,
        who=row,
        one=one,
        # Whoever answers a request reads it on the same page.
        contact=queries.contact(kept) if name == "answer" and kept is not None else [],
        known=labels(row),
    )


def _done(request: StaffRequest, row: Volunteer, name: str, result: object) -> HttpResponse:
    if name != "erase":
        add_message(request, _("Saved."))
    elif result:
        add_message(request, _("Erased."))
    else:
        add_message(
            request,
            _("It stands on the focal points’ lists: they erase what is protected, and the rest with it."),
        )
    gone = (name == "erase" and result) or not _still_there(request, row.pk)
    to = reverse("volunteers:list") if gone else reverse("volunteers:volunteer", args=[row.pk])
    return HttpResponseRedirect(to)


def _still_there(request: StaffRequest, pk: UUID) -> bool:
    """Whoever gave a volunteer to another branch does not see her any more."""
    return queries.visible(to=request.staff).filter(pk=pk).exists()
