"""A table on its way in, and what is taken out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.imports.words import FORMATS
from panah.kit.forms import Form, one_line, picked
from panah.vault.words import RevealPurpose

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


class ExportForm(Form):
    purpose = picked(_("What for?"), [("", "–"), *RevealPurpose.choices], required=True)
    form = picked(_("As what?"), FORMATS, required=True, initial="xlsx")
