"""A summary for a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, many_of, ticked
from panah.people.cases.words import CasePart

MOST_COPIES = 12


class SummaryForm(Form):
    """Nothing goes onto paper that was not chosen; how many copies is counted, so that as many come back."""

    parts = many_of(
        _("What goes on the paper"),
        [
            (CasePart.NEED.value, _("Needs")),
            (CasePart.PLAN.value, _("The plan")),
            (CasePart.SERVICE.value, _("Help that was given")),
            (CasePart.CLOCK.value, _("Deadlines")),
            (CasePart.RISK.value, _("Risk")),
            (CasePart.DETENTION.value, _("Detention")),
        ],
        line=True,
    )
    copies = forms.IntegerField(
        label=_("How many copies"),
        min_value=1,
        max_value=MOST_COPIES,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    known = ticked(_("I collect every copy after the meeting and shred it"), required=True)

    def clean_parts(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["parts"]
        if not chosen:
            raise forms.ValidationError(_("Choose what the meeting needs."))
        return chosen
