"""Forms on paper: the same questions with the same numbers on the sheet and where it is typed in.

A sheet is a form printed empty (``paper_table`` in the parts); what was written on it is typed into it again, and the
form then also asks of which day the paper is and who wrote it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, one_line

DAY, AUTHOR = "paper_on", "paper_by"


def number_labels(form: forms.Form, *, leave: Collection[str] = ()) -> None:
    """Put a number before the label of every visible question, in the form's order; those in ``leave`` get none."""
    numbers: Iterator[int] = iter(range(1, len(form.fields) + 1))
    # Not through its bound fields: they keep the label that they were made with.
    for name, field in form.fields.items():
        if name not in leave and not field.widget.is_hidden:
            field.label = format_lazy("{}. {}", next(numbers), field.label)


def ask_of_paper(form: Form, *, leave: Collection[str] = ()) -> None:
    """Let a form take what stands on its sheet: numbers, then the day of the paper and who wrote it, asked first."""
    number_labels(form, leave=leave)
    asked: dict[str, forms.Field] = {
        DAY: DateField(label=_("Date on the paper"), past=True, required=True),
        AUTHOR: one_line(_("Who wrote the paper"), required=True, most=120),
    }
    for field in asked.values():
        form.keep_quiet(field.widget)
    form.fields = {**asked, **form.fields}


def told_of_paper(data: Mapping[str, object]) -> dict[str, str]:
    """What is kept of the paper itself: its day and who wrote it; nothing where there was none."""
    on = data.get(DAY)
    return {"on": on.isoformat(), "by": str(data[AUTHOR])} if isinstance(on, date) else {}
