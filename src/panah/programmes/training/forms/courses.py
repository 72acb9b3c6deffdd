"""A course, a session of it, a module that is adopted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import colleagues
from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import (
    DateField,
    Form,
    TimeField,
    many_of,
    one_line,
    one_of,
    picked,
    spoken_language,
)
from panah.ground.network.goals import GlobalAgenda, goal_choices
from panah.ground.network.queries import branch_names
from panah.programmes.training import permissions, rules, words
from panah.programmes.training import queries as training_queries
from panah.programmes.training.marking import ENOUGH_RIGHT_PERCENT
from panah.programmes.training.models import Course, Session, Training
from panah.programmes.volunteers.words import TrainedIn

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

MOST_PLACES = 500
MONTHS = [(6, _("6 months")), (12, _("1 year")), (24, _("2 years")), (36, _("3 years"))]


def _percent(label: StrOrPromise, *, least: int, initial: int, hint: StrOrPromise = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=100, initial=initial, help_text=hint, required=False
    )


class ChangeCourseForm(Form):
    """What may still be changed of a course; its modules are what it was planned for."""

    title = one_line(_("What the course is called"), required=True, most=120)
    trainers = many_of(
        _("Trainers"),
        hint=_(
            "They see the list and write who was there. Whoever leads without a sign-in is named afterwards, on the "
            "page of the course."
        ),
    )
    audience = picked(_("For whom"), words.Audience.choices, required=True)
    language = spoken_language(_("Language"), required=True)
    place = one_line(_("Place"), hint=_("A school, an office, a village. No private address."), most=120)
    places = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_PLACES,
        required=True,
        initial=25,
        help_text=_("Whoever comes after that waits for a place."),
    )
    level = picked(_("Level"), words.Level.choices, initial=words.Level.BASIC)
    enough_present = _percent(
        _("To complete it: present, in percent of the minutes"), initial=rules.ENOUGH_PERCENT, least=1
    )
    enough_right = _percent(
        _("To complete it: right answers in the test after it, in percent"),
        initial=ENOUGH_RIGHT_PERCENT,
        least=0,
        hint=_("0 or empty: no test is needed."),
    )
    goal = picked(_("Goal it serves"), initial=GlobalAgenda.CAPACITY)
    project = one_line(_("Project code"), most=40)

    def __init__(
        self, *args: object, staff: Staff, leading: Iterable[Volunteer] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("trainers", [(str(one.pk), one.name) for one in (*leading, *colleagues(to=staff))])
        self.offer("goal", [("", "–"), *goal_choices(staff.society_id)])

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        usual = {"level": words.Level.BASIC, "enough_present": rules.ENOUGH_PERCENT, "enough_right": 0}
        return {**found, **{name: found.get(name) or value for name, value in usual.items()}}


class CourseForm(ChangeCourseForm, CreateForm):
    makes = Course
    modules = many_of(_("Modules"), required=True)
    branch = picked(_("Branch"), required=True)
    on = DateField(label=_("First session"), required=True)
    begins = TimeField(label=_("Begins at"), required=False)

    field_order = (
        "title",
        "modules",
        "branch",
        "trainers",
        "audience",
        "language",
        "place",
        "on",
        "begins",
        "places",
        "level",
        "enough_present",
        "enough_right",
        "goal",
        "project",
    )

    def __init__(self, *args: object, staff: Staff, **kwargs: object) -> None:
        super().__init__(*args, staff=staff, leading=(), **kwargs)
        reader = get_language() or "en"
        modules = [(str(one.pk), one.in_language(reader).title) for one in training_queries.adopted(to=staff)]
        self.offer("modules", modules)
        if permissions.plans_everywhere(staff):
            self.offer("branch", [("", "–"), *branch_names(staff.society_id)])
        else:
            self.fields.pop("branch")

    def clean(self) -> dict[str, object]:
        return {"branch": "", **(super().clean() or {})}


class SessionForm(Form):
    on = DateField(label=_("Day"), required=True)
    begins = TimeField(label=_("Begins at"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, required=True)
    place = one_line(_("Place, if it is another one"), most=120)


class AddSessionForm(SessionForm, CreateForm):
    makes = Session


class AdoptForm(Form):
    """How long what a module teaches holds."""

    valid_months = forms.TypedChoiceField(
        label=_("A refresher is due after"), choices=MONTHS, coerce=int, initial=24, required=True
    )


class TrainingForm(CreateForm):
    """A training from before, or from elsewhere."""

    makes = Training
    teaches = one_of(_("What was learnt"), TrainedIn.choices)
    since = DateField(label=_("Day of the training"), past=True, required=True)
    months = forms.TypedChoiceField(
        label=_("Holds for"), choices=MONTHS, coerce=int, initial=24, required=True
    )
