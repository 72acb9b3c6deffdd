"""Forms that change an entry: they remember which state of it was seen."""

from typing import Any

from django import forms
from django.http import QueryDict

from panah.kit.forms import Form
from panah.network import rules


class KeptForm(Form):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def look_at(self, row: Any) -> None:
        """Remember the state of the entry that the form shows."""
        self.initial["seen"] = rules.mark(row.edited_at)

    def look_again(self, row: Any) -> None:
        """After a refusal: keep what was typed, and count the entry as it is now as seen."""
        row.refresh_from_db(fields=["edited_at"])
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["seen"] = rules.mark(row.edited_at)
        self.data = typed
