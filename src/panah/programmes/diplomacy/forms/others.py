"""What is asked about the policy and in a dialogue with an authority."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import DateField, Form, many_of, one_line, one_of, paragraph
from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.versioned_form import KeptForm
from panah.programmes.diplomacy.forms.commitments import NO_NAMES, provision_choices
from panah.programmes.diplomacy.models import Dialogue, PolicyComment
from panah.programmes.diplomacy.words import Confidence, DialogueKind, EntryKind


class PolicyBeginForm(Form):
    language = one_of(_("Language"), INTERFACE, line=True)


class PolicyForm(KeptForm):
    text = paragraph(
        _("Text"), required=True, rows=24, hint=_("A line with # is a heading, one with - a point.")
    )


class CommentForm(CreateForm):
    makes = PolicyComment
    text = paragraph(_("Comment"), required=True, most=2000)


class AdoptForm(KeptForm):
    adopted_on = DateField(label=_("Adopted on"), past=True)
    decision = one_line(
        _("Decision of the board"), required=True, most=200, hint=_("Number, or place in the minutes.")
    )


class TableForm(Form):
    file = forms.FileField(
        label=_("Table, CSV or XLSX"), help_text=_("At most 5 MB and 500 rows."), allow_empty_file=True
    )


class AboutForm(CreateForm):
    """What a dialogue is about. All of it is sealed."""

    makes = Dialogue
    kind = one_of(_("About"), DialogueKind.choices)
    authority = one_line(_("Which authority"), required=True, most=200)
    people = one_line(_("With whom there"), most=300, hint=_("Office first; a name only if it is needed."))
    provisions = many_of(_("About which obligations"))
    asked = paragraph(
        _("What we ask"),
        required=True,
        most=4000,
        hint=_("Sealed. Even unnamed, a story may point to one person: write as little of it as is needed."),
    )
    confidence = one_of(_("Who may hear of it"), Confidence.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("provisions", provision_choices())


class EntryForm(Form):
    """What happened. All of it is sealed; the days stand on the list."""

    kind = one_of(_("What happened"), EntryKind.choices)
    on = DateField(label=_("When"), past=True)
    text = paragraph(_("What was said, answered, promised"), required=True, most=8000)
    number_out = one_line(_("Our number"), most=60)
    number_in = one_line(_("Their number"), most=60)
    delivery = one_line(_("How it was delivered"), most=120)
    answer_by = DateField(
        label=_("An answer is due until"),
        required=False,
        future=True,
        help_text=_(
            "Left empty, the answer to our letter is due by the term of the rule sheet, where it has one."
        ),
    )
    next_on = DateField(
        label=_("Our next step"),
        required=False,
        future=True,
        help_text=_("Left empty, it comes back in two weeks, unless an answer is due."),
    )
    scan = forms.FileField(
        label=_("Scan of the letter"), required=False, help_text=_("PDF, JPEG or PNG, at most 25 MB.")
    )


class CloseForm(Form):
    outcome = paragraph(_("What came of it"), required=True, most=4000, hint=NO_NAMES)


class EraseForm(Form):
    number = one_line(_("Number of the dialogue"), required=True, most=20)
