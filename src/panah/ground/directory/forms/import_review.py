"""Bringing a directory, taking one out, and deciding entry by entry."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.directory.hsds.files import MOST_BYTES
from panah.ground.directory.queries import Compared, ImportState
from panah.ground.kit.forms import DateField, Form, one_line, one_of


class BringForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Directory in HSDS 3.0"),
        help_text=gettext_lazy("JSON, or a zip of CSV tables. At most 10 MB and 500 services."),
        allow_empty_file=True,
    )
    source = one_line(
        gettext_lazy("Who published it?"),
        hint=gettext_lazy("The same words each time: by them its entries are known again."),
        required=True,
        most=120,
    )
    said_on = DateField(
        label=gettext_lazy("Of which day is it?"),
        past=True,
        help_text=gettext_lazy("The day it was published, not today’s. Entries older than 90 days sink."),
    )

    def clean_source(self) -> str:
        return " ".join(str(self.cleaned_data["source"]).split())

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 10 MB. Divide it, by region for example."))
        return file


class DecideForm(Form):
    """One choice for each entry that wants one, and the state of ours that was seen."""

    def __init__(self, *args: object, entries: Iterable[Compared], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.entries = list(entries)
        for one in self.entries:
            choices = self._choices(one)
            if not choices:
                continue
            name = f"d-{one.key}"
            self.fields[name] = one_of(
                _("What becomes of it?"),
                choices,
                initial=choices[0][0],
                error_messages={"required": _("Say what becomes of it.")},
            )
            self.fields[f"m-{one.key}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=one.mark
            )

    def _choices(self, one: Compared) -> list[tuple[str, str]]:
        another = [("new", _("It is another one: add it"))] if one.alike else []
        if one.state == ImportState.NEW:
            return [("new", _("Add it")), ("ours", _("Leave it out"))]
        if one.state == ImportState.NEWER:
            return [("theirs", _("Take what the file says")), ("ours", _("Leave ours"))]
        if one.state == ImportState.ASK:
            return [("ours", _("Leave ours")), ("theirs", _("Take what the file says")), *another]
        if one.state == ImportState.OTHERS and one.alike:
            return [("ours", _("Leave theirs")), *another]
        return []

    def choice(self, one: Compared) -> Any:
        """The bound choice of an entry; None where there is nothing to choose."""
        name = f"d-{one.key}"
        return self[name] if name in self.fields else None

    def mark(self, one: Compared) -> Any:
        return self[f"m-{one.key}"]

    def choices(self) -> dict[str, str]:
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("d-")}

    def marks(self) -> dict[str, str]:
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("m-")}
