"""A session before it, its numbers after it, its tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
from panah.ground.network.goals import goal_choices
from panah.programmes.prevention import library, rules, words
from panah.programmes.prevention import queries as prevention_queries
from panah.programmes.prevention.models import Session

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.programmes.prevention.models import Group
    from panah.programmes.prevention.queries import EducatorRow

MOST_PEOPLE = 5000


def _count(
    label: StrOrPromise, *, initial: int | None = None, help_text: StrOrPromise = ""
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_PEOPLE, required=False, initial=initial, help_text=help_text
    )


class SessionForm(Form):
    """What a session is, where, for whom, and who leads it."""

    plan = picked(_("Session plan"), required=True)
    audience = picked(_("For whom"), words.Audience.choices, required=True)
    place_kind = picked(_("Kind of place"), words.PlaceKind.choices, required=True)
    place = one_line(_("Place"), hint=_("A school, an office, a village. No private address."), most=120)
    access = picked(_("Permission to work there"))
    language = spoken_language(_("Language"), required=True)
    on = DateField(label=_("Day"), required=True)
    begins = TimeField(label=_("Begins at"), required=False)
    leader = picked(_("Who leads"), required=True)
    educators = many_of(_("Who helps"))
    adult = picked(
        _("The adult beside an educator under 18"),
        hint=_("Takes over at once when somebody tells something. It may be whoever leads."),
    )
    goal = picked(_("Goal it serves"))
    project = one_line(_("Project code"), most=40)

    def __init__(
        self,
        *args: object,
        staff: Staff,
        group: Group,
        on: date,
        planned: Session | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        people = prevention_queries.educators_of(group, on=on)
        self.offer("plan", [("", "–"), *_plans(staff, planned)])
        self.offer("leader", [("", "–"), *((str(person.volunteer.pk), _said(person)) for person in people)])
        self.offer("educators", [(str(person.volunteer.pk), _said(person)) for person in people])
        adults = [(str(person.volunteer.pk), person.volunteer.name) for person in people if not person.minor]
        self.offer("adult", [("", "–"), *adults])
        held = [(str(one.pk), one.place) for one in prevention_queries.may_be_used(to=staff, on=on)]
        self.offer("access", [("", _("none needed, or not there yet")), *held])
        self.offer("goal", [("", "–"), *goal_choices(staff.society_id)])


class PlanSessionForm(SessionForm, CreateForm):
    makes = Session


def _plans(staff: Staff, planned: Session | None) -> list[tuple[object, object]]:
    """All plans on the list, and the one by which a session was planned, though it is off the list by now."""
    brought = [(f"module:{slug}", plan.title) for slug, plan in prevention_queries.brought_plans(to=staff)]
    own = [(f"own:{pk}", plan.title) for pk, plan in prevention_queries.own_plans(to=staff)]
    if planned is not None:
        kept = plan_code(planned)
        if kept not in dict([*brought, *own]):
            own.append((kept, library.titles_of([planned])[str(planned.pk)]))
    return [(_("Modules that Panah brings"), brought), *([(_("Our own plans"), own)] if own else [])]


def plan_code(one: Session) -> str:
    """The plan of a session as a form says it."""
    return f"module:{one.module}" if one.module else f"own:{one.own_plan_id or one.own_module_id}"


def _said(one: EducatorRow) -> str:
    """Name and what she may do: whoever plans sees at once who can be chosen."""
    if one.leads:
        what = pgettext_lazy("an educator", "may lead")
    elif one.helps:
        what = pgettext_lazy("an educator", "may help")
    else:
        what = pgettext_lazy("an educator", "may not help yet")
    return f"{one.volunteer.name} ({what})"


class CountForm(Form):
    """How many came, by sex and band of age; how they found it. There is no room for a remark, on purpose."""

    useful = _count(words.Feedback.USEFUL.label)
    partly = _count(words.Feedback.PARTLY.label)
    not_useful = _count(words.Feedback.NOT_USEFUL.label)
    months = forms.TypedChoiceField(
        label=_("Repeat the test after"),
        choices=[
            (0, _("not at all")),
            *(
                (number, label)
                for number, label in zip(
                    rules.MONTHS, (_("3 months"), _("6 months"), _("1 year")), strict=True
                )
            ),
        ],
        coerce=int,
        initial=0,
        required=True,
    )

    def __init__(self, *args: object, session: Session, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for sex in words.Counted:
            for band in words.Band:
                one = _count(f"{sex.label}, {band.label}", initial=session.numbers.get(f"{sex} {band}"))
                self.keep_quiet(one.widget)
                self.fields[_name(sex, band)] = one

    def table(self) -> Iterator[tuple[StrOrPromise, list[forms.BoundField]]]:
        """The fields of the table: a row for each band, a column for each of ``words.Counted``."""
        for band in words.Band:
            yield band.label, [self[_name(sex, band)] for sex in words.Counted]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        numbers = {
            f"{sex} {band}": data.get(_name(sex, band)) or 0 for sex in words.Counted for band in words.Band
        }
        if not self.errors and not any(numbers.values()):
            raise forms.ValidationError(_("Nobody is counted. If nobody came, call the session off."))
        said = {str(one): data.get(one) or 0 for one in words.Feedback}
        if not self.errors and sum(said.values()) > sum(numbers.values()):
            raise forms.ValidationError(_("More people said how they found it than were there."))
        return {"numbers": numbers, "feedback": said, "months": data.get("months") or 0}


def _name(sex: str, band: str) -> str:
    return f"{sex}_{band}"


class TestsForm(Form):
    """A test before with one after, in counts: on paper nobody writes a name."""

    tested = one_of(_("Which test after"), words.TestedAt.choices)
    compared = one_of(_("How the sheets were compared"), words.Compared.choices)
    took_before = _count(_("Sheets before"))
    passed_before = _count(_("of them passed"))
    took_after = _count(
        _("Sheets after"), help_text=_("Where sheets are compared by person: how many pairs there are.")
    )
    passed_after = _count(_("of these passed"))
    gained = _count(_("By person: passed only after"))
    dropped = _count(_("By person: passed only before"))

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        return {name: 0 if value is None else value for name, value in data.items()}
