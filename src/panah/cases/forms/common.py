"""Fields that several forms of this room share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases.words.codes import country_choices, language_choices
from panah.kit.forms import Choices, Form, ManyChoices

LONG = 4000


def text(
    label: Any, *, required: bool = False, long: bool = False, hint: Any = "", rows: int = 3, **more: Any
) -> forms.CharField:
    """A line or a paragraph. Longer than LONG is a file, not a note."""
    widget = forms.Textarea(attrs={"rows": rows}) if long else forms.TextInput()
    return forms.CharField(
        label=label,
        required=required,
        widget=widget,
        help_text=hint,
        max_length=LONG if long else 200,
        strip=True,
        **more,
    )


def one_of(
    label: Any, choices: Any, *, required: bool = True, line: bool = False, hint: Any = "", **more: Any
) -> forms.ChoiceField:
    """One of a few, as radios; nothing is chosen beforehand unless ``initial`` says so."""
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=Choices(line=line), help_text=hint, **more
    )


def picked(
    label: Any, choices: Any, *, required: bool = False, hint: Any = "", **more: Any
) -> forms.ChoiceField:
    """One of many, as a list to open."""
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint, **more)


def many_of(
    label: Any, choices: Any, *, hint: Any = "", line: bool = False, **more: Any
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=ManyChoices(line=line), help_text=hint, **more
    )


def country(label: Any, *, required: bool = False, hint: Any = "") -> forms.ChoiceField:
    return picked(label, lambda: country_choices(practice=True), required=required, hint=hint)


def language(label: Any, *, required: bool = False, hint: Any = "") -> forms.ChoiceField:
    return picked(label, language_choices, required=required, hint=hint)


def colleague(
    label: Any, staff: Iterable[Any], *, required: bool = True, hint: Any = ""
) -> forms.ChoiceField:
    """A colleague by pseudonym."""
    return picked(label, [("", "–"), *((str(s.pk), s.name) for s in staff)], required=required, hint=hint)


def ticked(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """What was answered, without empty answers: what is kept is what was said."""
    return {k: v for k, v in values.items() if v not in ("", None, [], {})}


class NoteForm(Form):
    text = text(
        _("New note"),
        required=True,
        long=True,
        hint=_("Only the team reads it. It never leaves with a referral."),
    )


class ReasonForm(Form):
    text = text(_("Reason"), required=True, long=True)


class RemarkForm(Form):
    text = text(_("Remark"), long=True)
