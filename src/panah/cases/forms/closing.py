"""Closing, keeping, erasing."""

from django.utils.translation import gettext_lazy as _

from panah.cases.forms.common import one_of, text
from panah.cases.words.terms import Closing
from panah.kit.forms import Day, Form


class CloseForm(Form):
    reason = one_of(_("Why does the case end?"), Closing.choices)
    own_view = text(_("What the person says to it"), long=True)
    text = text(_("In words"), required=True, long=True)

    field_order = ("reason", "text", "own_view")


class KeepForm(Form):
    until = Day(label=_("Until which day"), required=True, future=True)
    text = text(_("Reason"), required=True, long=True, hint=_("A claim, a court case, the person’s wish."))


class EraseForm(Form):
    number = text(
        _("Write the number of the case"),
        required=True,
        hint=_("It cannot be undone. The person’s names, notes and plans are gone for good."),
    )
