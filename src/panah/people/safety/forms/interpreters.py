"""An interpreter: languages, ways, vetting, ties."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, many_of, one_line, paragraph, ticked
from panah.ground.kit.languages import spoken
from panah.people.safety import rules, words

LONGEST_VETTED = timedelta(days=3 * 365)


class InterpreterForm(Form):
    name = one_line(
        _("Name, or what others call the interpreter"),
        hint=_("A pseudonym is better."),
        required=True,
        most=80,
    )
    languages = many_of(_("Languages"), spoken, required=True, line=True)
    ways = many_of(_("How"), words.InterpretingMode.choices, required=True, line=True)
    phone = one_line(_("Telephone"), most=40)
    hours = one_line(_("Days and hours"), most=120)

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class TiesForm(Form):
    on = DateField(label=_("Asked on"), past=True, required=True)
    ties = paragraph(
        _("What was answered"),
        hint=_(
            "Community, home town, family, business, party, prayer house, offices: "
            "who could hear of it, or could be met there."
        ),
        required=True,
        rows=4,
    )
    not_for = paragraph(
        _("For whom not to ask this interpreter"),
        hint=_("Communities, places, kinds of cases. Never the name of a person."),
    )
    ask_first = ticked(
        _("Colleagues ask a focal point first"), _("They see this word alone, and never what was answered.")
    )


class VetForm(Form):
    undertaking_on = DateField(label=_("Undertaking of confidentiality given on"), past=True, required=True)
    checked = paragraph(
        _("What was looked at"),
        hint=_("Who recommends, who was asked, how it went the first times."),
        required=True,
    )
    until = DateField(label=_("Vetted until"), future=True, required=True)

    def __init__(self, *args: object, **kwargs: Any) -> None:
        day = timezone.localdate() + timedelta(days=rules.VETTED_DAYS)
        kwargs.setdefault("initial", {}).setdefault("until", day)
        super().__init__(*args, **kwargs)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until > timezone.localdate() + LONGEST_VETTED:
            raise forms.ValidationError(_("Within three years somebody looks again."))
        return until


class EndForm(Form):
    why = paragraph(
        _("Why"),
        hint=_("Protected for the focal points, so that nobody lists this interpreter again by mistake."),
        required=True,
    )
