"""A campaign, its three questions, its materials and its end; a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import (
    DateField,
    Form,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
)
from panah.ground.network.goals import LONGEST_CODE, goal_choices
from panah.ground.network.queries import branch_names
from panah.programmes.prevention import permissions, rules, words
from panah.programmes.prevention.models import Campaign, Goal

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

YES_NO = [("no", _("No")), ("yes", _("Yes"))]


class ChangeCampaignForm(Form):
    title = one_line(_("Title"), required=True, most=120)
    objective = picked(_("What it is to change"), words.Objective.choices, required=True)
    audiences = many_of(_("For whom"), words.CampaignAudience.choices, required=True)
    messages = paragraph(
        _("Messages"),
        required=True,
        hint=_("As people will read or hear them. Each tells a way out: a number, an office, a right."),
        rows=6,
    )
    channels = many_of(_("Channels"), words.Channel.choices, required=True)
    begins_on = DateField(label=_("Begins on"), required=True)
    ends_on = DateField(label=_("Ends on"), required=True)
    goal = picked(_("Goal it serves"))
    project = one_line(_("Project code"), most=40)

    def __init__(self, *args: object, staff: Staff, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("goal", [("", "–"), *goal_choices(staff.society_id)])


class CampaignForm(ChangeCampaignForm, CreateForm):
    makes = Campaign
    branch = picked(_("Branch"))

    field_order = ("title", "branch")

    def __init__(self, *args: object, staff: Staff, **kwargs: object) -> None:
        super().__init__(*args, staff=staff, **kwargs)
        if permissions.plans_everywhere(staff):
            self.offer("branch", [("", _("the whole society")), *branch_names(staff.society_id)])
        else:
            self.fields.pop("branch")

    def clean(self) -> dict[str, object]:
        return {"branch": "", **(super().clean() or {})}


class StigmaForm(Form):
    """Three questions about the messages and pictures, asked of somebody who did not write them."""

    blames = one_of(
        _("Does it blame?"),
        YES_NO,
        hint=_("Whoever was exploited, a people, a village, women who left, men who believed a recruiter."),
        line=True,
    )
    frightens = one_of(
        _("Does it frighten without a way out?"),
        YES_NO,
        hint=_("Chains, blood, a lost child, and no number, no office, no next step."),
        line=True,
    )
    face = one_of(
        _("Does it show a face?"),
        YES_NO,
        hint=_("Or a voice, a house, a story by which a person can be recognised."),
        line=True,
    )


class MaterialForm(Form):
    title = one_line(_("Title of the material"), required=True, most=120)
    language = spoken_language(_("Language"), required=True)
    version = one_line(_("Version"), required=True, most=20)


class EndForm(Form):
    state = one_of(
        _("How it ended"),
        [
            (words.CampaignState.ENDED.value, _("it took place")),
            (words.CampaignState.CALLED_OFF.value, _("it was called off")),
        ],
    )
    reach = forms.IntegerField(
        label=_("How many people it reached, estimated"), min_value=0, max_value=200_000_000, required=False
    )
    cost = forms.DecimalField(
        label=_("What it cost"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        required=False,
        help_text=_("Three letters, for example KGS."),
        error_messages={"invalid": _("A currency is three capital letters, for example KGS.")},
    )
    results = paragraph(
        _("Results"),
        hint=_("What changed, and how you know. Nothing about a person who asked for help."),
        most=4000,
    )


class NarrativeForm(Form):
    text = paragraph(
        _("Text"),
        required=False,
        rows=10,
        most=8000,
        hint=_(
            "Write {sessions}, {people}, {courses}, {trained}, {campaigns}, {reach} or {period}: the number of the "
            "period comes in its place. Nothing about a single person."
        ),
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if unknown := rules.unknown_placeholders(text):
            known = ", ".join(f"{{{one}}}" for one in rules.PLACEHOLDERS)
            raise forms.ValidationError(
                _("There is no placeholder {%(name)s}. There are: %(known)s."),
                params={"name": unknown[0][:40], "known": known},
            )
        return text


class GoalForm(CreateForm):
    makes = Goal
    code = forms.SlugField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        required=True,
        help_text=_("Letters, digits and hyphens, for example s2030-2."),
        error_messages={"invalid": _("A code has letters, digits and hyphens only.")},
    )
    name_en = one_line(_("In English"), required=True, most=160)
    name_ru = one_line(_("In Russian"), required=True, most=160)
