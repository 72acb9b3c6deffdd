"""Who is looked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.finding.actions import Sought
from panah.kit.forms import Form


class FindForm(Form):
    name = forms.CharField(label=_("Name, in any script and order"), max_length=150)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1900, max_value=2100)
    phone_tail = forms.RegexField(
        r"^\d{4}$",
        label=_("Last four digits of a phone"),
        required=False,
        error_messages={"invalid": _("Write the last four digits of the phone.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("birth_year") and not data.get("phone_tail") and not self.errors:
            raise forms.ValidationError(
                _("A name alone finds too many: add the year of birth or the last digits of a phone.")
            )
        return data

    def sought(self) -> Sought:
        data = self.cleaned_data
        return Sought(data["name"], data["birth_year"], data["phone_tail"])
