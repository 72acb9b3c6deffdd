"""Closing, keeping, erasing."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, one_line, one_of, paragraph
from panah.people.cases.words.terms import ClosingReason


class CloseForm(Form):
    reason = one_of(_("Why does the case end?"), ClosingReason.choices)
    own_view = paragraph(_("What the person says about it"))
    text = paragraph(_("In words"), required=True)

    field_order = ("reason", "text", "own_view")


class KeepForm(Form):
    until = DateField(label=_("Until which day"), required=True, future=True)
    text = paragraph(_("Reason"), hint=_("A claim, a court case, the person’s wish."), required=True)


class EraseForm(Form):
    number = one_line(
        _("Write the number of the case"),
        hint=_("It cannot be undone. The person’s names, notes and plans are gone for good."),
        required=True,
    )
