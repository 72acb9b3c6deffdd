"""My settings, and the roster."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.accounts.rules import international_number
from panah.ground.accounts.words import THEMES, DutyKind
from panah.ground.kit.dates import day
from panah.ground.kit.forms import DateTimeField, Form, many_of, one_line, one_of, picked, six_words, ticked
from panah.ground.kit.languages import INTERFACE, spoken


class SettingsForm(Form):
    language = one_of(gettext_lazy("Language of the pages"), INTERFACE, line=True)
    theme = one_of(gettext_lazy("Light or dark"), THEMES, required=False, line=True)
    shortcuts = ticked(
        gettext_lazy("Single letters are shortcuts"),
        gettext_lazy("Such as C to take a call. They never work while you type."),
    )
    speaks = many_of(gettext_lazy("Languages you speak with people"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail for reminders"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Reminders say only that something waits, never what or about whom."),
    )

    duty_phone = one_line(
        gettext_lazy("Duty telephone"),
        most=40,
        hint=gettext_lazy(
            "With the country’s code: +996 … Colleagues see it while you are on duty, and in danger you are called"
            " on it."
        ),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    passphrase = six_words(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("speaks", spoken())
        self.fields["passphrase"].help_text = _("Only when you change your e-mail or your duty telephone.")

    def clean_duty_phone(self) -> str:
        number = international_number(self.cleaned_data["duty_phone"])
        if number is None:
            raise forms.ValidationError(_("Write the number with + and the country’s code, in digits."))
        return number

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if self.reached_elsewhere and not given.get("passphrase"):
            self.add_error("passphrase", _("Whoever changes where you are reached types your six words."))
        return given

    @property
    def reached_elsewhere(self) -> bool:
        """Whether her e-mail or duty telephone is another one than before."""
        given = self.cleaned_data
        return any(name in given and given[name] != self.initial[name] for name in ("email", "duty_phone"))


class WeekForm(Form):
    """Copy one week of the roster to the next one."""

    monday = picked(gettext_lazy("Week"), required=True)

    def __init__(self, *args: object, mondays: list[date], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "monday", [(f"{one:%Y-%m-%d}", f"{day(one)} – {day(one + timedelta(days=6))}") for one in mondays]
        )

    def clean_monday(self) -> date:
        return date.fromisoformat(self.cleaned_data["monday"])


class DutyForm(Form):
    """Put a colleague on duty."""

    staff = picked(gettext_lazy("Who"), required=True)
    what = picked(gettext_lazy("On duty for"), DutyKind.choices, required=True)
    starts_at = DateTimeField(label=gettext_lazy("From"))
    ends_at = DateTimeField(label=gettext_lazy("Until"), future=True)
    anyway = ticked(gettext_lazy("Put on the roster all the same"))

    def __init__(self, *args: object, people: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("staff", [("", _("Choose a colleague")), *people])

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and not starts < ends <= starts + timedelta(days=2):
            self.add_error("ends_at", _("A duty ends after it begins, and within two days."))
        return given
