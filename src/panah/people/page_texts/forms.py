"""Correcting a text, and writing down who checked."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, one_line, paragraph
from panah.ground.kit.versioned_form import KeptForm
from panah.people.page_texts import rules
from panah.people.page_texts.sentences import Sentence

FORM = "text_"


class TextForm(KeptForm):
    """The forms of a sentence in one language: one, or as many as the language needs after a number."""

    def __init__(
        self, *args: object, sentence: Sentence, before: Sequence[str], language: str, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        for place, text in enumerate(before):
            label = _("New text") if len(before) == 1 else _("New text, form %(num)s") % {"num": place + 1}
            hint = "" if len(before) == 1 else _("Now: %(text)s") % {"text": text}
            most = rules.room_for([sentence.wanted, text])
            line = paragraph(label, required=True, rows=3, most=most, hint=hint)
            line.widget.attrs |= {"lang": language, "dir": "auto"}
            self.keep_quiet(line.widget)
            self.fields[f"{FORM}{place}"] = line

    @staticmethod
    def first(texts: Sequence[str]) -> dict[str, object]:
        """What the form begins with."""
        return {f"{FORM}{place}": text for place, text in enumerate(texts)}

    def clean(self) -> dict[str, object]:
        """Return the answers as the action takes them."""
        data = super().clean() or {}
        if self.errors:
            return data
        names = sorted((one for one in data if one.startswith(FORM)), key=lambda one: int(one[len(FORM) :]))
        return {"seen": data["seen"] or None, "texts": [str(data[name]) for name in names]}


class CheckForm(Form):
    checked_by = one_line(_("Who speaks it from childhood and has read them"), required=True, most=120)
    checked_on = DateField(label=_("Read on"), past=True)
