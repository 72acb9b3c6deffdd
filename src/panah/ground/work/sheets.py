"""A sheet: the fields of one sealed part, each declared once, in the form that asks for it.

The page, the print and the answer to the person it is about read them there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from panah.ground.work.told_parts import ToldField, Words

if TYPE_CHECKING:
    from django import forms
    from django.db.models import TextChoices
    from django_stubs_ext import StrOrPromise

    from panah.ground.kit.forms import Form


def sheet_field[F: forms.Field](told: ToldField, asked: F, *, page: StrOrPromise = "") -> F:
    """Declare a field and what the person hears of it; ``page``: its label there, where not as the form asks."""
    asked.told = told if told.label else replace(told, label=asked.label or "")  # type: ignore[attr-defined]
    asked.page_label = page or asked.label  # type: ignore[attr-defined]
    return asked


def fields_of(form: type[Form]) -> dict[str, ToldField]:
    """Return what the person hears of each field of the sheet, by name, in the order of the form."""
    return {name: told for name, field in form.base_fields.items() if (told := getattr(field, "told", None))}


def sheet_rows(form: type[Form], value: Mapping[str, object], *by_hand: str) -> list[tuple[str, str]]:
    """Label and text of all that was answered, but for what the page says ``by_hand``."""
    return [
        (str(form.base_fields[name].page_label), _said(told.words, value[name]))  # type: ignore[attr-defined]
        for name, told in fields_of(form).items()
        if name not in by_hand and value.get(name)
    ]


def _said(words: Words, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_said(words, one) for one in value)
    if isinstance(words, type):
        labels = dict(cast("type[TextChoices]", words).choices)
        return str(labels.get(str(value), value))
    return str(words(value)) if words else str(value)
