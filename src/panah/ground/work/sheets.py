"""A sheet: the fields of one sealed part, each declared once for the form, the page, the print and the person's answer.

What a page says in its own way it writes by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from panah.ground.kit import dates
from panah.ground.kit.forms import DateField
from panah.ground.work.told_parts import ToldField, ToldPart

if TYPE_CHECKING:
    from django import forms
    from django.db.models import TextChoices
    from django_stubs_ext import StrOrPromise

    from panah.ground.kit.forms import Form


@dataclass(frozen=True)
class SheetField:
    """One field. ``told`` has no default: whoever adds a field decides what the person hears of it.

    ``asked``: as a form asks. ``page``: what stands before it on a page and in print, "" what the form asks; None:
    not shown, or by hand. ``group``: the fields that a form asks and a page shows together.
    """

    told: ToldField
    asked: forms.Field
    page: StrOrPromise | None = ""
    group: str = ""

    def shown(self, value: object) -> tuple[str, str]:
        """Label and text as a page and a print have them; the text is empty where nothing was answered."""
        several = value if isinstance(value, list) else [value]
        text = ", ".join(self._in_words(one) for one in several if one not in ("", None))
        return str(self.page or self.asked.label), text

    def _in_words(self, value: object) -> str:
        words = self.told.words
        if isinstance(words, type):
            return _label(words, value)
        if words is not None:
            return words(value)
        return dates.day(date.fromisoformat(str(value))) if isinstance(self.asked, DateField) else str(value)


def _label(choices: type[TextChoices], value: object) -> str:
    return str(choices(value).label) if value in choices.values else str(value)


class Sheet:
    """Fields by the name under which they are sealed, in the order of the form.

    ``written``: what no form asks, for the answer alone. ``told`` is that answer, to be registered by the room.
    """

    def __init__(
        self,
        title: StrOrPromise,
        fields: Mapping[str, SheetField],
        *,
        written: Mapping[str, ToldField] | None = None,
        handed_in: bool = False,
    ) -> None:
        self._fields = dict(fields)
        self._told = {name: one.told for name, one in fields.items()} | dict(written or {})
        self._forms: list[tuple[type[Form], tuple[str, ...]]] = []
        self.told = ToldPart(title, self._told, handed_in=handed_in)

    def names(self, *groups: str) -> list[str]:
        """The fields of these groups; of all, where none is named."""
        return [name for name, one in self._fields.items() if not groups or one.group in groups]

    def asks[F: Form](self, *groups: str) -> Callable[[type[F]], type[F]]:
        """Give a form these fields, after its own."""

        def give(form: type[F]) -> type[F]:
            form.base_fields.update({name: self._fields[name].asked for name in self.names(*groups)})
            self._forms.append((form, groups))
            return form

        return give

    def rows(self, value: Mapping[str, object], *groups: str) -> list[tuple[str, str]]:
        """What was answered, as label and text: the definition list of a page and of a print."""
        fields = ((self._fields[name], value.get(name)) for name in self.names(*groups))
        rows = [one.shown(answer) for one, answer in fields if one.page is not None]
        return [(label, text) for label, text in rows if text]

    @contextmanager
    def temporarily(self, name: str, field: SheetField) -> Iterator[None]:
        """For tests: the field stands at the end of the declaration until the block ends."""
        self._fields[name], self._told[name] = field, field.told
        asking = [form.base_fields for form, groups in self._forms if not groups or field.group in groups]
        for fields in asking:
            fields[name] = field.asked
        try:
            yield
        finally:
            for of_all in (self._fields, self._told, *asking):
                del of_all[name]  # type: ignore[attr-defined]
