"""Forms that change an entry: they remember which state of it was seen."""

from typing import Any

from django import forms
from django.http import QueryDict

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.forms import Form
from panah.ground.kit.optimistic_lock import mark


class KeptForm(Form):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def look_at(self, row: Any) -> None:
        """Remember the entry that the form shows, and its state."""
        self.row = row
        self.initial["seen"] = mark(row.edited_at)

    def refuse(self, refusal: Refusal) -> None:
        """After "changed meanwhile", count the entry as it is now as seen: a second press saves what was typed."""
        super().refuse(refusal)
        if refusal.code != "changed-meanwhile":
            return
        self.row.refresh_from_db(fields=["edited_at"])
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["seen"] = mark(self.row.edited_at)
        self.data = typed
