"""Photos and documents: choosing them, saying what they are, taking them out, destroying them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, PartialDateField, one_line, one_of, paragraph, picked, ticked
from panah.ground.vault.words import RevealPurpose
from panah.people.cases.forms.common import ConflictCheckedForm
from panah.people.cases.words.documents import DocumentMedium, DocumentSource

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files; an empty one is told apart by the action, with its own sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, required=False, max_length=255, **kwargs)

    def clean(
        self, data: Iterable[UploadedFile[bytes]] | None, initial: object = None
    ) -> list[UploadedFile[bytes]]:
        return [super(Files, self).clean(one, initial) for one in data or [] if one]


class AddForm(Form):
    """Nothing is typed here, so nothing typed is lost when the line goes: what they are is said afterwards."""

    documents = Files(
        label=_("From this device"),
        widget=ManyFiles(attrs={"multiple": True}),
        help_text=_("Several at once, 25 MB together. Photos, PDF, texts, recordings: every kind is kept."),
    )
    camera = Files(
        label=_("Photograph it now"),
        widget=ManyFiles(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_(
            "Opens the camera of a telephone. Some telephones keep the photograph too: delete it there."
        ),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not self.errors and not self.chosen():
            self.add_error("documents", _("Choose at least one file."))
        return data

    def chosen(self) -> list[UploadedFile[bytes]]:
        """Every file that came, in order."""
        return [*self.cleaned_data.get("documents", []), *self.cleaned_data.get("camera", [])]


class DescribeForm(ConflictCheckedForm):
    what = paragraph(
        _("What it shows or is"),
        hint=_("For example: the contract with the employer, two pages. Names only where they are needed."),
        required=True,
    )
    whence = picked(_("From whom it came"), [("", "–"), *DocumentSource.choices])
    giver = one_line(_("More about who gave it"))
    on = picked(_("How it came"), [("", "–"), *DocumentMedium.choices])
    received = PartialDateField(label=_("When we received it"), required=False, past=True)
    custody = paragraph(
        _("Through whose hands it went"),
        hint=_("Where the first piece is now, who had it in between, who was there when it was copied."),
    )

    def described(self) -> dict[str, str]:
        """What is sealed; empty answers are left out by the action."""
        data = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return {"from" if name == "whence" else name: value for name, value in data.items()}


COPY, ORIGINAL = "copy", "original"


class TakeForm(Form):
    which = one_of(_("What"), [])
    purpose = picked(_("What for?"), [("", "–"), *RevealPurpose.choices], required=True)
    known = ticked(
        _("I know that a copy without protection then lies on this device"),
        _("Whoever can use the device can open it. Delete it when it is no longer needed."),
    )

    def __init__(self, *args: object, which: Iterable[tuple[str, object]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("which", which)

    def clean_known(self) -> bool:
        if not self.cleaned_data["known"]:
            raise forms.ValidationError(_("Tick that you know it before it leaves its protection."))
        return True


class DestroyForm(Form):
    reason = paragraph(_("Why"), hint=_("It stays to be read, with the hash and your name."), required=True)
    sure = ticked(_("It may be proof for the person, and cannot be brought back: destroy it"))

    def clean_sure(self) -> bool:
        if not self.cleaned_data["sure"]:
            raise forms.ValidationError(_("Tick that it is to be destroyed for good."))
        return True
