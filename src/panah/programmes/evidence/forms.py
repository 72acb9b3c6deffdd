"""What is asked about a release."""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import Form, one_line, one_of, paragraph, picked, ticked
from panah.programmes.evidence.joint import MOST_BYTES as GIVEN_BYTES
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.words import Decision, Product, What

MOST_BYTES = 50 * 1024 * 1024
COLUMNS_BYTES = 200 * 1024
HASH = re.compile(r"[0-9a-f]{64}")
EPSILONS = ("0.5", "1", "2", "4")
REHEARSAL_SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)


class WordsForm(Form):
    """What a release says of itself."""

    title = one_line(_("Title"), required=True, most=200, hint=_("As readers outside will cite it."))
    contact = one_line(
        _("Whom readers ask"), required=True, most=200, hint=_("An office and its address; no person.")
    )
    about = paragraph(
        _("What readers should know"), most=4000, hint=_("Where the numbers end, what changed in the year.")
    )


class BeginForm(WordsForm, CreateForm):
    makes = Release
    what = one_of(_("Of whom"), What.choices)
    year = picked(_("Year"), required=True, hint=_("A year that is over."))
    product = one_of(_("What is released"), [one for one in Product.choices if one[0] != Product.JOINT])
    epsilon = picked(
        _("Privacy budget (ε) of the rows"),
        [("", "–"), *((one, one) for one in EPSILONS)],
        hint=_("For rows only. Less protects better and counts worse."),
    )
    field_order = ("what", "year", "product", "epsilon", "title", "contact", "about")

    def __init__(self, *args: object, years: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("year", [(str(one), str(one)) for one in years])

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])

    def clean_epsilon(self) -> Decimal | None:
        return Decimal(self.cleaned_data["epsilon"]) if self.cleaned_data["epsilon"] else None


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class CountsField(forms.FileField):
    """The counts of one or more societies, a file each, as text."""

    def clean(self, data: object, initial: object = None) -> list[str]:
        given = data if isinstance(data, list) else [data]
        files = [one for one in given if isinstance(one, UploadedFile)]
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if any((one.size or 0) > GIVEN_BYTES for one in files):
            raise forms.ValidationError(
                _("The file has more than 20 MB: counts for a joint release are smaller.")
            )
        return [one.read().decode("utf-8", "replace") for one in files]


class JointForm(WordsForm, CreateForm):
    makes = Release
    given = CountsField(
        label=_("The counts that the other societies gave you"),
        help_text=_(
            "From each a file of its release of tables of the same year, signed by its node: this one, or a paired one."
        ),
        widget=ManyFiles(attrs={"multiple": True}),
    )
    field_order = ("given", "title", "contact", "about")


class RehearseForm(Form):
    people = picked(
        _("With so many made-up people"),
        [(str(one), str(one)) for one in REHEARSAL_SIZES],
        required=True,
        hint=_("A round number near what you expect. The real one is not looked at."),
    )

    def clean_people(self) -> int:
        return int(self.cleaned_data["people"])


class SpendForm(Form):
    """The second step: what it costs was read."""

    costs = ticked(_("I have read what it costs. It is not given back, whatever comes of it."), required=True)

    def __init__(self, *args: object, made_up: bool = False, joint: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if joint:
            self.fields["costs"].label = _("I have read what is added up. Nothing is spent.")
        elif made_up:
            self.fields["costs"].label = _("This is practice: nobody’s budget is spent.")

    def clean(self) -> dict[str, object]:
        """Return nothing: the tick must be there, and the action takes no field of it."""
        super().clean()
        return {}


class ColumnsForm(Form):
    """A file of the society's own, or none: then the one that Panah brings is signed."""

    text = forms.FileField(
        label=_("A file of your own"),
        required=False,
        help_text=_("Leave this empty to sign the file that Panah brings, unchanged."),
    )

    def clean_text(self) -> str:
        file = self.cleaned_data["text"]
        if not file:
            return ""
        if file.size > COLUMNS_BYTES:
            raise forms.ValidationError(_("The file has more than 200 KB: a list of columns is smaller."))
        return str(file.read().decode("utf-8", "replace"))


class ReadForm(Form):
    """The second person says what she has read; ``seen`` is what stood on her page."""

    report = ticked(_("I have read what the attacks found"), required=True)
    earlier = ticked(_("I have read all earlier releases that are listed here"), required=True)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, object]:
        """Hand on what was seen alone: ticks are answers, no data."""
        found = super().clean() or {}
        return {"seen": found["seen"]} if "seen" in found else found


class DecideForm(Form):
    decision = one_of(_("Decision"), Decision.choices)
    remark = paragraph(_("What is to be changed, or why not"), most=2000)


class WithdrawForm(Form):
    reason = paragraph(
        _("Why it must not be used any more"),
        required=True,
        most=1000,
        hint=_("Readers outside read this sentence. Name nobody in it."),
    )


class VerifyForm(Form):
    file = forms.FileField(label=_("The file of a release"), help_text=_("At most 50 MB. It is not kept."))

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 50 MB: no release of ours is so large."))
        return bytes(file.read())


class HashForm(Form):
    """By what a file is known: its SHA-256, typed as ``sha256sum`` prints it, or the file itself."""

    digest = one_line(
        _("The SHA-256 of the file"),
        most=400,
        hint=_("64 digits and letters. A computer says it: sha256sum and the name of the file."),
    )
    file = forms.FileField(
        label=_("Or the file itself"),
        required=False,
        help_text=_("At most 25 MB. It is looked at in memory and not kept."),
    )

    def clean(self) -> dict[str, object]:
        """Return the hash alone, of whichever was given."""
        found = super().clean() or {}
        typed, file = str(found.get("digest") or "").strip().lower(), found.get("file")
        digest = typed.split()[0] if typed else ""
        if isinstance(file, UploadedFile):
            digest = sha256(file.read()).hexdigest()
        if not HASH.fullmatch(digest):
            self.add_error("digest", _("Give the 64 digits and letters of the hash, or the file."))
        return {"digest": digest}
