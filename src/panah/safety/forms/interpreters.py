"""An interpreter: languages, ways, vetting, ties."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.kit.forms import Day, Form, ManyChoices
from panah.network.words import LANGUAGES, language_name
from panah.safety import rules, words
from panah.safety.forms.threats import text

LONGEST_VETTED = timedelta(days=3 * 365)


def languages() -> list[tuple[str, str]]:
    return [(tag, language_name(tag, get_language() or "en")) for tag in LANGUAGES]


class InterpreterForm(Form):
    name = forms.CharField(
        label=_("Name, or what others call the interpreter"),
        max_length=80,
        help_text=_("A pseudonym is better."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages, widget=ManyChoices(line=True)
    )
    ways = forms.MultipleChoiceField(label=_("How"), choices=words.Way.choices, widget=ManyChoices(line=True))
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    hours = forms.CharField(label=_("Days and hours"), max_length=120, required=False)

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class TiesForm(Form):
    on = Day(label=_("Asked on"), past=True, required=True)
    ties = text(
        _("What was answered"),
        _(
            "Community, home town, family, business, party, prayer house, offices: "
            "who could hear of it, or could be met there."
        ),
        required=True,
        rows=4,
    )
    not_for = text(
        _("For whom not to ask this interpreter"),
        _("Communities, places, kinds of cases. Never the name of a person."),
        rows=3,
    )
    ask_first = forms.BooleanField(
        label=_("Colleagues ask a focal point first"),
        required=False,
        help_text=_("They see this word alone, and never what was answered."),
    )


class VetForm(Form):
    undertaking_on = Day(label=_("Undertaking of confidentiality given on"), past=True, required=True)
    checked = text(
        _("What was looked at"),
        _("Who recommends, who was asked, how it went the first times."),
        required=True,
        rows=3,
    )
    until = Day(label=_("Vetted until"), future=True, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        day = timezone.localdate() + timedelta(days=rules.VETTED_DAYS)
        kwargs.setdefault("initial", {}).setdefault("until", day)
        super().__init__(*args, **kwargs)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until > timezone.localdate() + LONGEST_VETTED:
            raise forms.ValidationError(_("Within three years somebody looks again."))
        return until


class EndForm(Form):
    why = text(
        _("Why"),
        _("Protected for the focal points, so that nobody lists this interpreter again by mistake."),
        required=True,
        rows=3,
    )
