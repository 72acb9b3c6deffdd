"""What was answered on a form, in words."""

from collections.abc import Mapping
from typing import Any


def choice_text(field: object, value: object) -> str:
    """The value of one field in words."""
    choices = getattr(field, "choices", None)
    if choices is None:
        return str(value)
    known = {str(code): str(label) for code, label in choices}
    many = value if isinstance(value, list) else [value]
    return ", ".join(known.get(str(one), str(one)) for one in many if one not in ("", "none"))


def answer_rows(kind: Any, values: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """The fields of a form class that say something in what was kept, as (label, text)."""
    rows = [(one.label, choice_text(one, values.get(name, ""))) for name, one in kind.base_fields.items()]
    return [(label, text) for label, text in rows if text]
