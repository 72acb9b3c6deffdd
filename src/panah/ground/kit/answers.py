"""What was answered on a form, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def choice_text(field: object, value: object) -> str:
    """The value of one field in words."""
    choices = getattr(field, "choices", None)
    if choices is None:
        return str(value)
    known = {str(code): str(label) for code, label in choices}
    many = value if isinstance(value, list) else [value]
    return ", ".join(known.get(str(one), str(one)) for one in many if one not in ("", "none"))


def answer_rows(
    kind: type[forms.Form], values: Mapping[str, object]
) -> list[tuple[StrOrPromise | None, str]]:
    """The fields of a form class that say something in what was kept, as (label, text)."""
    rows = [(one.label, choice_text(one, values.get(name, ""))) for name, one in kind.base_fields.items()]
    return [(label, text) for label, text in rows if text]
