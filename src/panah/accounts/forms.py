"""My settings, and the roster."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from panah.accounts.words import LANGUAGES, SPOKEN, THEMES, Duties, names_of_languages
from panah.kit.forms import Choices, Form, ManyChoices, Moment


class Settings(Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the pages"), choices=LANGUAGES, widget=Choices(line=True)
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Light or dark"), choices=THEMES, required=False, widget=Choices(line=True)
    )
    shortcuts = forms.BooleanField(
        label=gettext_lazy("Single letters are shortcuts"),
        required=False,
        help_text=gettext_lazy("Such as C to take a call. They never work while you type."),
    )
    speaks = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak with people"), required=False, widget=ManyChoices
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail for reminders"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Reminders say only that something waits, never what or about whom."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = names_of_languages(SPOKEN, get_language() or "en")
        self.offer("speaks", list(zip(SPOKEN, names, strict=True)))


class OnDuty(Form):
    """Put a colleague on duty."""

    staff = forms.ChoiceField(label=gettext_lazy("Who"))
    what = forms.ChoiceField(label=gettext_lazy("On duty for"), choices=Duties.choices)
    starts_at = Moment(label=gettext_lazy("From"))
    ends_at = Moment(label=gettext_lazy("Until"), future=True)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("staff", [("", _("Choose a colleague")), *people])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and not starts < ends <= starts + timedelta(days=2):
            self.add_error("ends_at", _("A duty ends after it begins, and within two days."))
        return given
