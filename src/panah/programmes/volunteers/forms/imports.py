"""A table on its way into the register, what its headings mean, and which of two stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_of, picked
from panah.programmes.volunteers.importing.words import Column

if TYPE_CHECKING:
    from panah.programmes.volunteers.models import DoublePair

MOST_UPLOAD = 25 * 1024 * 1024
APART = "apart"


class TableForm(Form):
    file = forms.FileField(
        label=_("Table, CSV or XLSX"),
        help_text=_("At most 25 MB. It is sealed until it is worked off, and destroyed then."),
        allow_empty_file=True,
    )
    branch = picked(_("Branch of rows that name none"))

    def __init__(self, *args: object, branches: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if len(branches) > 1:
            self.offer("branch", [("", "–"), *branches])
        else:
            del self.fields["branch"]

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_UPLOAD:
            raise forms.ValidationError(
                _("The file has more than 25 MB. Split it, or save it as CSV without pictures.")
            )
        return file

    def clean_branch(self) -> UUID | None:
        text = self.cleaned_data["branch"]
        return UUID(text) if text else None


class HeadingsForm(Form):
    """For each heading of the table: which column it means."""

    def __init__(
        self, *args: object, headings: Mapping[str, str], guess: Mapping[str, str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = list(headings)
        choices = [("", _("Leave out")), *Column.choices]
        for place, key in enumerate(self.keys):
            self.fields[f"column_{place}"] = picked(headings[key], choices, initial=guess.get(key, ""))

    def chosen(self) -> dict[str, str]:
        """The column of each heading, "" where it is left out."""
        return {key: self.cleaned_data[f"column_{place}"] for place, key in enumerate(self.keys)}


class PairForm(Form):
    decision = one_of(_("Is this one person?"))

    def __init__(self, *args: object, pair: DoublePair, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "decision",
            [
                (
                    str(pair.one_id),
                    _("One person: the first record stays, and gets what only the second has"),
                ),
                (
                    str(pair.other_id),
                    _("One person: the second record stays, and gets what only the first has"),
                ),
                (APART, _("Two people: do not propose them again")),
            ],
        )
