"""What was typed, in words: the labels of the forms, and codes in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.kit.forms import ANSWERS
from panah.ground.work.words import is_sentence, read_text
from panah.people.complaints.forms import AnswerForm, ComplaintForm, DataAnswerForm, OwnDataForm
from panah.people.complaints.words import MatterKind

if TYPE_CHECKING:
    from panah.ground.kit.forms import Form

HIDDEN = ("once", "concerns")


def spoken(value: dict[str, object], kind: str, *, answer: bool = False) -> list[tuple[str, str]]:
    """The fields that say something, in the order of their form, as (label, words)."""
    if answer:
        form: type[Form] = AnswerForm if kind == MatterKind.COMPLAINT else DataAnswerForm
    else:
        form = ComplaintForm if kind == MatterKind.COMPLAINT else OwnDataForm
    fields = form.base_fields
    order = [name for name in (form.field_order or fields) if name in fields and name not in HIDDEN]
    rows = [(str(fields[name].label), _words(fields[name], value.get(name))) for name in order]
    return [(label, text) for label, text in rows if text]


def _words(field: object, value: object) -> str:
    if value in (None, "", [], False):
        return ""
    if value is True:
        return str(dict(ANSWERS)["yes"])
    if is_sentence(value):
        # What a reporter said and answered: each answer in the reader's words.
        return read_text(value)
    choices = getattr(field, "choices", None)
    known = {str(code): str(getattr(label, "text", label)) for code, label in choices} if choices else {}
    many = value if isinstance(value, list | tuple) else [value]
    return "; ".join(known.get(str(one), str(one)) for one in many)
