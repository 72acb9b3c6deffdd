"""What is asked about what the society does, its contact points, test calls and corridors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    ticked,
)
from panah.ground.kit.languages import spoken
from panah.ground.kit.versioned_form import KeptForm
from panah.ground.network.queries import countries
from panah.programmes.cooperation.models import Corridor, Point, TestCall
from panah.programmes.cooperation.words import Answered, Capability, Function, Means, Works

if TYPE_CHECKING:
    from panah.ground.directory.queries.cards import HotlineCard


class _ByCapability(Form):
    """Asks one thing of each capability; ``joined`` is what the answers together are called."""

    joined = ""
    choices: Iterable[tuple[str, object]] = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        known: Mapping[str, str] = self.initial.get(self.joined) or {}
        for one in Capability:
            self.initial[f"on_{one.value}"] = known.get(one.value, "unknown")
            self.fields[f"on_{one.value}"] = picked(one.label, self.choices, required=True)
            self.keep_quiet(self.fields[f"on_{one.value}"].widget)

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        data[self.joined] = {one.value: data.pop(f"on_{one.value}", "unknown") for one in Capability}
        return data


class ProfileForm(_ByCapability, KeptForm):
    joined = "means"
    choices = Means.choices
    mandate = paragraph(
        _("Mandate"),
        most=2000,
        hint=_("What allows the society to do it: a law, an agreement, its statutes."),
    )


class _PointFields(Form):
    function = one_of(_("What it is for"), Function.choices)
    title = one_line(
        _("What the office is called"),
        required=True,
        most=200,
        hint=_("A role or an office: no name of a person."),
    )
    phone = one_line(
        _("Telephone"), most=30, hint=_("With + and the country’s number. No private telephone.")
    )
    night = ticked(
        _("This is a duty number"),
        _("It stays with the duty, and somebody answers by day and night. It is tried every month."),
    )
    line = picked(_("Or a line of the directory"))
    email = one_line(_("E-mail of the office"), most=120)
    languages = many_of(_("Languages"), line=True)
    hours = one_line(_("Hours"), most=200)

    def __init__(self, *args: object, lines: Iterable[HotlineCard], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("line", [("", "–"), *((str(line.id), f"{line.name}: {line.number}") for line in lines)])
        self.offer("languages", [one for one in spoken("") if one[0]])


class PointForm(_PointFields, CreateForm):
    makes = Point


class PointChangeForm(_PointFields, KeptForm):
    """Change a contact point."""


class TestCallForm(CreateForm):
    """A test call: the day, the hour, the language, and which office answered."""

    makes = TestCall
    on = DateField(label=_("Day"), past=True)
    hour = forms.IntegerField(
        label=_("Hour, from 0 to 23"),
        min_value=0,
        max_value=23,
        help_text=_("At night above all: 3 is the hour that counts."),
    )
    language = spoken_language(_("In which language"), hint=_("Only if somebody answered."))
    outcome = one_of(_("What came of it"), Answered.choices)
    answered_by = picked(_("Who answered"), [("", "–"), *Function.choices], hint=_("A role, no name."))


class _CorridorFields(_ByCapability):
    joined = "works"
    choices = Works.choices
    origin = picked(_("From"), required=True)
    destination = picked(_("To"), required=True)
    note = paragraph(
        _("What others should know"), most=2000, hint=_("No name of a person we help, and none of a helper.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        every = [("", "–"), *countries()]
        self.offer("origin", every)
        self.offer("destination", every)


class CorridorForm(_CorridorFields, CreateForm):
    makes = Corridor


class CorridorChangeForm(_CorridorFields, KeptForm):
    """Change a corridor."""
