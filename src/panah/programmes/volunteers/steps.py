"""What can be done with a volunteer of the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.ids import idempotency_id
from panah.ground.kit.pages import page
from panah.ground.kit.steps import Step, StepTable
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers import forms, permissions, queries, sealed_details
from panah.programmes.volunteers.models import Volunteer
from panah.programmes.volunteers.queries.one import labels
from panah.programmes.volunteers.words import VolunteerState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.kit.forms import Form
    from panah.ground.vault.keyring import Keyring

HERE = (VolunteerState.ACTIVE, VolunteerState.PAUSED)


def _with_keys(act: Callable[..., object]) -> Callable[..., object]:
    """An action that seals something: what is pressed twice stands there once."""

    def done(*, keys: Keyring, once: UUID | None, at: object, row: Volunteer, **answers: object) -> object:
        pk = idempotency_id(keys.staff.pk, once, answers)
        try:
            return act(keys=keys, row=row, pk=pk, at=at, **answers)
        except IntegrityError:
            # Pressed twice at one moment: the other press was quicker, and is met now.
            return act(keys=keys, row=row, pk=pk, at=at, **answers)

    return done


def _confirmed(act: Callable[..., object]) -> Callable[..., object]:
    """An action whose form asks for nothing but a yes."""

    def done(*, sure: bool, **given: object) -> object:
        return act(**given)

    return done


def _in(*states: VolunteerState) -> Callable[[Volunteer], bool]:
    return lambda row: row.state in states


def _keeps(row: Volunteer, staff: Staff) -> bool:
    return permissions.keeps(staff, row)


def _any_of_hers(_row: Volunteer, _staff: Staff) -> bool:
    """Also of another branch that helps in hers."""
    return True


def _of_the_move(row: Volunteer, staff: Staff) -> bool:
    return permissions.receives(staff, row) or permissions.keeps(staff, row)


def _onward(row: Volunteer, staff: Staff) -> str:
    """Whoever gave a volunteer to another branch, or erased one, does not see her any more."""
    seen = queries.visible(to=staff).filter(pk=row.pk).exists()
    return reverse("volunteers:volunteer", args=[row.pk]) if seen else reverse("volunteers:list")


def _erased(whole: object) -> StrOrPromise:
    if whole:
        return _("Erased.")
    return _("It stands on the focal points’ lists: they erase what is protected, and the rest with it.")


def _page(request: StaffRequest, one: Step[Volunteer], row: Volunteer, form: Form) -> HttpResponse:
    kept = sealed_details.readable(row)
    return page(
        request,
        "volunteers/step.html",
        form=form,
        who=row,
        one=one,
        # Whoever answers a request reads it on the same page.
        contact=queries.contact(kept) if one.name == "answer" and kept is not None else [],
        known=labels(row),
    )


VOLUNTEER_STEPS: StepTable[Volunteer] = StepTable(
    app="volunteers",
    place="volunteers",
    row_name="row",
    find=queries.by_pk_or_404,
    may=permissions.keeps_volunteers,
    page=lambda row: reverse("volunteers:volunteer", args=[row.pk]),
    leads_to=_onward,
    show=_page,
    whose=_keeps,
    given=lambda row, staff: {"row": row, "by": staff},
    done=_("Saved."),
    steps=(
        Step(
            "answer",
            "answer",
            _("Answer the request"),
            volunteers.answer_request,
            forms.AnswerForm,
            button=_("Give the answer"),
            fits=_in(VolunteerState.ASKED),
            main=True,
        ),
        Step(
            "move_answer",
            "move-answer",
            _("Move to another branch"),
            volunteers.answer_move,
            forms.MoveAnswerForm,
            button=_("Give the answer"),
            whose=_of_the_move,
            fits=lambda row: row.state in HERE and row.moving_to_id is not None,
            main=True,
        ),
        Step(
            "change",
            "change",
            _("Change what is known"),
            volunteers.change_volunteer,
            forms.ChangeStepForm,
            button=_("Save"),
        ),
        Step(
            "add_role",
            "role",
            _("Add a role in a branch"),
            volunteers.add_role,
            forms.RoleForm,
            button=_("Add"),
            whose=_any_of_hers,
            fits=_in(*HERE),
        ),
        Step(
            "end_role",
            "role-end",
            _("End a role in a branch"),
            volunteers.end_role,
            forms.RoleEndForm,
            button=_("End"),
            whose=_any_of_hers,
            fits=_in(*HERE),
        ),
        Step(
            "safeguarding",
            "safeguarding",
            _("Safeguarding"),
            volunteers.set_safeguarding,
            forms.SafeguardingForm,
            button=_("Save"),
            fits=_in(*HERE),
        ),
        Step(
            "insurance",
            "insurance",
            _("Insurance"),
            volunteers.set_insurance,
            forms.InsuranceForm,
            button=_("Save"),
            fits=_in(*HERE),
        ),
        Step(
            "ask_to_vet",
            "ask-to-vet",
            _("Ask the focal points to vet"),
            _confirmed(volunteers.ask_to_vet),
            forms.NothingForm,
            button=_("Ask"),
            fits=_in(*HERE),
            hint=_("It comes on their lists. What they find they keep; you see until when it holds."),
        ),
        Step(
            "vet",
            "vet",
            _("Vet"),
            _with_keys(volunteers.vet),
            forms.VetForm,
            button=_("Save and protect"),
            may=permissions.decides,
            whose=_any_of_hers,
            fits=_in(*HERE),
            vault=vault_required,
        ),
        Step(
            "write_incident",
            "incident",
            _("Write down an incident"),
            _with_keys(volunteers.add_incident),
            forms.IncidentForm,
            button=_("Save and protect"),
            fits=_in(*HERE, VolunteerState.LEFT),
            vault=vault_required,
            hint=_("It is read by the focal points alone."),
        ),
        Step(
            "link_staff",
            "sign-in",
            _("Signs in as a colleague"),
            volunteers.link_staff,
            forms.StaffLinkForm,
            button=_("Save"),
            may=permissions.decides,
            whose=_any_of_hers,
            fits=_in(*HERE),
            hint=_("Then training, vetting and age count when duties are given. Nobody under 18 signs in."),
        ),
        Step(
            "pause",
            "pause",
            _("Pause"),
            volunteers.pause,
            forms.WhenWhyForm,
            button=_("Pause"),
            fits=_in(VolunteerState.ACTIVE),
        ),
        Step(
            "come_back",
            "return",
            _("Come back"),
            volunteers.come_back,
            forms.WhenWhyForm,
            button=_("Comes back"),
            fits=_in(VolunteerState.PAUSED, VolunteerState.LEFT),
        ),
        Step(
            "ask_to_move",
            "move",
            _("Ask another branch to take over"),
            volunteers.ask_to_move,
            forms.MoveForm,
            button=_("Ask"),
            fits=lambda row: row.state in HERE and row.moving_to_id is None,
            hint=_("Until it answers everything stays as it is. The history stays in any case."),
        ),
        Step(
            "leave",
            "leave",
            _("Leave"),
            volunteers.leave,
            forms.WhenWhyForm,
            button=_("Leaves"),
            fits=_in(*HERE),
            hint=_("Everything is kept as long as the rule sheet says, then erased by itself."),
        ),
        Step(
            "erase",
            "erase",
            _("Erase on request"),
            _confirmed(volunteers.erase_volunteer),
            forms.EraseForm,
            button=_("Erase for good"),
            grave=True,
            with_keys=True,
            hint=_("Where vetting is kept, the focal points erase it: it comes on their lists."),
            done=_erased,
        ),
    ),
)
