"""What is asked about a brief: texts and figures, who reads it, the questions to the second reader, the clearance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import Form, by_name, many_of, one_line, one_of, paragraph, picked
from panah.ground.kit.versioned_form import KeptForm
from panah.programmes.figures.brief_states import BRIEF_QUESTIONS
from panah.programmes.figures.models import Brief
from panah.programmes.figures.queries import figure_label

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.figures.models import Figure

YES_NO = [("no", _("No")), ("yes", _("Yes"))]
NO_PERSON = _("About numbers alone: no name, no place that points to somebody.")


class _BriefFields(Form):
    title_en = one_line(_("Title, English"), required=True, most=120)
    title_ru = one_line(_("Title, Russian"), required=True, most=120)
    figures = many_of(_("Figures"), required=True, hint=_("Up to eight: one page has room for no more."))
    says_en = paragraph(_("What the figures say, English"), required=True, most=900, hint=NO_PERSON)
    says_ru = paragraph(_("What the figures say, Russian"), required=True, most=900)
    unknown_en = paragraph(
        _("What is not known, English"),
        required=True,
        most=600,
        hint=_("Who is not counted, and what nobody asks."),
    )
    unknown_ru = paragraph(_("What is not known, Russian"), required=True, most=600)
    note_en = paragraph(_("The society’s note, English"), most=600)
    note_ru = paragraph(_("The society’s note, Russian"), most=600)

    def __init__(self, *args: object, figures: Iterable[Figure], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("figures", [(figure.number, figure_label(figure)) for figure in figures])

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        if bool(data.get("note_en")) != bool(data.get("note_ru")):
            missing = "note_ru" if data.get("note_en") else "note_en"
            self.add_error(missing, _("Write the note in both languages, or in none."))
        return data


class BriefForm(_BriefFields, CreateForm):
    makes = Brief


class ChangeBriefForm(_BriefFields, KeptForm):
    """Change a draft."""


class ReaderForm(Form):
    reader = picked(
        _("Second reader"),
        required=True,
        hint=_("Another person than you. The brief stands still until the questions are answered."),
    )

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reader", by_name(people))


class ReadForm(Form):
    """The questions, none answered beforehand."""

    border = one_of(BRIEF_QUESTIONS["border"], YES_NO, line=True)
    why = one_line(_("Why, or why not"), required=True, most=500)
    recognised = one_of(BRIEF_QUESTIONS["recognised"], YES_NO, line=True)
    says_more = one_of(BRIEF_QUESTIONS["says_more"], YES_NO, line=True)
    joined = one_of(BRIEF_QUESTIONS["joined"], YES_NO, line=True)
    ranks = one_of(BRIEF_QUESTIONS["ranks"], YES_NO, line=True)
    unknown = one_of(BRIEF_QUESTIONS["unknown"], YES_NO, line=True)
    remark = paragraph(_("What must change"), most=2000)


class _OfOneContent(Form):
    """Carries which content of the brief was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ClearForm(_OfOneContent):
    outcome = one_of(
        _("What does the society say?"),
        [("clear", _("Clear it: it may be published")), ("change", _("Not as it stands: it must change"))],
    )
    text = paragraph(_("What must change, and why"), most=2000)


class ObjectForm(_OfOneContent):
    text = paragraph(_("Why the society takes its clearance back"), required=True, most=2000)


class WithdrawForm(Form):
    why = one_line(_("Why it is withdrawn"), required=True, most=500)
