"""What a volunteer is asked on the own page, and what a branch writes down of hours and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import DateField, Form, many_of, one_line, one_of, paragraph, picked, ticked
from panah.ground.kit.languages import READERS, spoken
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers import words
from panah.programmes.volunteers.forms.register import PersonForm
from panah.programmes.volunteers.helping_words import ExpenseKind, HoursFor
from panah.programmes.volunteers.models import Hours

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
CLOCK = [("", "–"), *((str(hour), f"{hour}:00") for hour in range(24))]
MOST_MONEY = Decimal(1_000_000)


def number(typed: str) -> Decimal:
    """Return a number as it is typed here or there: ``3,5`` and ``3.5`` are the same."""
    try:
        return Decimal("".join(typed.split()).replace(",", "."))
    except InvalidOperation:
        raise ValidationError(_("Write a number, for example 3.5.")) from None


class PinForm(Form):
    pin = forms.CharField(label=_("Your PIN"), max_length=20, widget=forms.PasswordInput(attrs=DIGITS))


class FirstPinForm(Form):
    """The first opening: the end of the telephone shows that it is hers, then she sets a PIN."""

    digits = one_line(
        _("The last four digits of your telephone"),
        hint=_("As your branch knows it: so that nobody else opens a lost sheet."),
        required=True,
        most=8,
        widget=forms.TextInput(attrs=DIGITS),
    )
    pin = forms.CharField(
        label=_("Choose a PIN of six digits"),
        help_text=_("Not your birthday, not a row such as 123456."),
        max_length=20,
        widget=forms.PasswordInput(attrs=DIGITS),
    )
    again = forms.CharField(
        label=_("The PIN once more"), max_length=20, widget=forms.PasswordInput(attrs=DIGITS)
    )

    def __init__(self, *args: object, asks_digits: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not asks_digits:
            del self.fields["digits"]

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        pin = given.get("pin", "")
        if pin and (not rules.PIN.fullmatch(pin) or rules.is_weak(pin)):
            self.add_error(
                "pin", ValidationError(_("Choose six digits that are not in a row and not all the same."))
            )
        elif pin and "again" in given and pin != given["again"]:
            self.add_error("again", ValidationError(_("The two PINs are not the same: write them again.")))
        return given


class ProfileForm(PersonForm):
    """What a volunteer knows best; name and year of birth are put right by the branch."""

    phone = one_line(_("Your telephone"), most=40)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=120)
    other = one_line(_("Another way to reach you"), most=120)
    may_be_contacted = ticked(
        _("Yes, the branch may call me and write to me."), _("Without it nobody asks you for help.")
    )
    quiet_from = picked(_("Do not write to me from"), CLOCK)
    quiet_until = picked(_("until"), CLOCK)
    languages = many_of(_("Languages you speak"), spoken, line=True)
    availability = many_of(_("When you can help"), words.Availability.choices, line=True)
    ties = one_line(
        _("Communities you belong to"),
        hint=_(
            "Home village, family, workplace: so that you meet nobody who knows you. "
            "Only your branch and the society’s focal points read it."
        ),
        most=300,
    )
    language = one_of(_("Language of this page"), READERS, required=False, line=True)

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        begins, ends = given.get("quiet_from"), given.get("quiet_until")
        if bool(begins) != bool(ends) or (begins and begins == ends):
            self.add_error(
                "quiet_until", ValidationError(_("Choose both hours, and not the same one, or neither."))
            )
        return given


class CorrectForm(Form):
    text = paragraph(
        _("What is wrong, and what is right?"),
        hint=_("Your name, sex or year of birth. The branch asks you before it changes them."),
        required=True,
        most=500,
    )


class OnADayForm(Form):
    """A line of a day that somebody can still remember."""

    on = DateField(label=_("On which day"), past=True, required=True)

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on is not None and timezone.localdate() - on > rules.LOOKING_BACK:
            raise ValidationError(_("That is more than three months ago: tell your branch."))
        return on


class HoursForm(OnADayForm):
    minutes = one_line(_("How many hours"), hint=_("For example 3 or 3.5."), required=True, most=8)
    what = one_of(_("What it was for"), HoursFor.choices, line=True)

    def clean_minutes(self) -> int:
        hours = number(self.cleaned_data["minutes"])
        if not Decimal("0.25") <= hours <= 24:
            raise ValidationError(_("A day has 24 hours: write between 0.5 and 24."))
        return int(hours * 60)


class OwnHoursForm(HoursForm):
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class BranchHoursForm(HoursForm, CreateForm):
    """Hours that the branch writes down may lie long ago."""

    makes = Hours

    def clean_on(self) -> date | None:
        return self.cleaned_data["on"]


class MoneyForm(OnADayForm):
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    what = one_of(_("What it was for"), ExpenseKind.choices, line=True)
    amount = one_line(_("How much"), required=True, most=12)
    currency = one_line(_("Currency"), hint=_("Three letters, for example KGS."), required=True, most=3)

    def clean_amount(self) -> Decimal:
        amount = number(self.cleaned_data["amount"])
        if not 0 < amount <= MOST_MONEY or amount != round(amount, 2):
            raise ValidationError(_("Write an amount above zero, with at most two digits after the point."))
        return amount

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).upper()
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise ValidationError(_("Write the currency in three letters, for example KGS."))
        return currency
