"""A group, a plan of the society's own, access to a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import DateField, Form, one_line, one_of, paragraph, picked, spoken_language
from panah.ground.network.queries import branch_names
from panah.programmes.prevention import permissions, words
from panah.programmes.prevention.models import Access, Group, Plan

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class OfBranchForm(CreateForm):
    """Asks for the branch only whoever plans in several; ``whole`` reads what choosing none means."""

    branch = picked(_("Branch"), required=True)
    whole: object = "–"

    def __init__(self, *args: object, staff: Staff, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if permissions.plans_everywhere(staff):
            self.offer("branch", [("", self.whole), *branch_names(staff.society_id)])
        else:
            self.fields.pop("branch")

    def clean(self) -> dict[str, object]:
        return {"branch": "", **(super().clean() or {})}


class GroupForm(OfBranchForm):
    makes = Group
    name = one_line(_("What the group is called"), required=True, most=120)
    language = spoken_language(_("Language"), required=True)

    field_order = ("name", "branch", "language")


class FindForm(Form):
    name = one_line(_("Name of the volunteer"), required=True, most=120)


class PlanForm(CreateForm):
    """A plan of the society. What to do if somebody tells something is the card, with every plan."""

    makes = Plan
    title = one_line(_("Title"), required=True, most=120)
    language = spoken_language(_("Language"), required=True)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, required=True)
    aims = paragraph(_("Aims"), required=True, hint=_("One a line."), most=4000)
    steps = paragraph(_("Steps"), required=True, hint=_("One a line."), rows=8)
    materials = paragraph(_("Materials"), hint=_("One a line."), most=4000)


class AccessForm(OfBranchForm):
    """Access that we ask for, or a session that a place asks for."""

    makes = Access
    asked_by = one_of(_("Who asks whom"), words.AskedBy.choices)
    place = one_line(_("Place"), required=True, hint=_("A school, a company, an office."), most=120)
    kind = picked(_("Kind of place"), words.PlaceKind.choices, required=True)
    office = one_line(
        _("Office or organisation"),
        required=True,
        hint=_("Who decides about access, or who asks for a session. No name of a person."),
        most=120,
    )
    audience = picked(_("For whom"), words.Audience.choices, required=True)
    asked_on = DateField(label=_("Asked on"), past=True, required=True)

    field_order = ("asked_by", "place", "kind", "office", "audience", "branch", "asked_on")


class DecideForm(Form):
    """The answer about access."""

    state = one_of(
        _("Answer"),
        [
            (words.AccessState.GRANTED.value, words.AccessState.GRANTED.label),
            (words.AccessState.REFUSED.value, words.AccessState.REFUSED.label),
        ],
    )
    decided_on = DateField(label=_("Answered on"), past=True, required=True)
    decided_by = one_line(_("Which office answered"), required=True, most=120)
    granted_until = DateField(
        label=_("Granted until"), required=False, help_text=_("Leave it empty where no end was said.")
    )
    conditions = paragraph(
        _("Conditions, or why it was refused"),
        hint=_("For example: a teacher is present; no photos. No name of a person."),
        most=2000,
    )
