"""A table on its way in, and what is taken out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_line, picked
from panah.ground.vault.words import RevealPurpose
from panah.people.cases.words.codes import book
from panah.people.imports import columns, words
from panah.people.imports.words import FORMATS

MOST_UPLOAD = 25 * 1024 * 1024


class UploadForm(Form):
    file = forms.FileField(
        label=_("Table, CSV or XLSX"),
        help_text=_("At most 25 MB. It is sealed to you until it is worked off."),
        allow_empty_file=True,
    )
    source = one_line(
        _("From which system or list?"),
        hint=_("A short name, the same each time: by it rows are known again."),
        required=True,
        most=60,
    )
    branch = picked(_("Branch"))

    def __init__(self, *args: object, branches: Any = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("branch", [("", "–"), *branches])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_UPLOAD:
            raise forms.ValidationError(
                _("The file has more than 25 MB. Split it, or let the node's keeper use ./panah import.")
            )
        return file


class ColumnsForm(Form):
    """For each heading that is no column's own name: which column it means."""

    def __init__(
        self, *args: object, asked: Mapping[str, str], guess: Mapping[str, str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = list(asked)
        choices = column_choices()
        for place, key in enumerate(self.keys):
            self.fields[f"column_{place}"] = picked(asked[key], choices, initial=guess.get(key, ""))

    def chosen(self) -> dict[str, str]:
        """The column of each heading, "" where it is left out."""
        return {key: self.cleaned_data[f"column_{place}"] for place, key in enumerate(self.keys)}


def column_choices() -> list[tuple[str, str]]:
    """(column, how it is called here and by the standard): what tables most often have first."""
    fields, labels = book().fields, words.COLUMNS
    named = [
        (name, f"{fields[name].label if name in fields else labels[name]} · {name}")
        for name in (*labels, *fields)
    ]
    others = [(name, name) for name in (*columns.ALL_NOTED, *columns.ROW_ID) if name not in labels]
    return [("", str(_("Leave out"))), *named, *others]


class ExportForm(Form):
    purpose = picked(_("What for?"), [("", "–"), *RevealPurpose.choices], required=True)
    form = picked(_("As what?"), FORMATS, required=True, initial="xlsx")
