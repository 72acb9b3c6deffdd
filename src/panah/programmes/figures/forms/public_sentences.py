"""What is asked of a sentence for everybody."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import Form, one_line, one_of, paragraph
from panah.programmes.figures.models import PublicSentence
from panah.programmes.figures.words import SentenceState


class SentenceForm(CreateForm):
    makes = PublicSentence
    figure = one_line(
        _("Number of the figure"),
        most=12,
        hint=_("As it stands on its page. Empty where nothing is counted."),
    )
    value = one_line(_("The number as it is said"), required=True, most=120)
    sentence_en = paragraph(_("The sentence in English"), required=True, most=1000)
    sentence_ru = paragraph(_("The sentence in Russian"), required=True, most=1000)
    source_said = one_line(_("The source, as it is named aloud"), required=True, most=500)
    not_en = paragraph(_("What not to say, in English"), most=1000)
    not_ru = paragraph(_("What not to say, in Russian"), most=1000)
    delivered = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)


class DecideForm(Form):
    state = one_of(
        _("May it be said?"),
        [(SentenceState.CLEARED, _("Yes, as it stands")), (SentenceState.REFUSED, _("No, it goes back"))],
    )
    remark = one_line(_("Remark"), most=500, hint=_("Whoever sends it back says why."))
