"""Fields that several forms of this room share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from panah.kit.forms import Choices, ManyChoices
from panah.network.words import LANGUAGES, language_name


def one_of(label: Any, choices: Any, *, required: bool = True, hint: Any = "") -> forms.ChoiceField:
    """One of a few, as radios; nothing is chosen beforehand."""
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=Choices(), help_text=hint
    )


def picked(label: Any, choices: Any = (), *, required: bool = True, hint: Any = "") -> forms.ChoiceField:
    """One of many, as a list to open."""
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint)


def many_of(
    label: Any, choices: Any, *, required: bool = False, hint: Any = "", line: bool = False
) -> forms.MultipleChoiceField:
    """Any of a few, each a row; ``line`` puts short ones side by side."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, widget=ManyChoices(line=line), help_text=hint
    )


def ticked(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


def languages() -> list[tuple[str, str]]:
    reader = get_language() or "en"
    return [(tag, language_name(tag, reader)) for tag in LANGUAGES]


def language_choices() -> list[tuple[str, str]]:
    return [("", "–"), *languages()]


def people(staff: Iterable[Any]) -> list[tuple[str, str]]:
    """Colleagues by pseudonym, with nobody chosen."""
    return [("", "–"), *((str(one.pk), one.name) for one in staff)]
