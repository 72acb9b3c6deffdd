"""What is asked about a release."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.evidence.joint import MOST_BYTES as GIVEN_BYTES
from panah.evidence.models import Release
from panah.evidence.words import Decision, Product, What
from panah.kit.create_form import CreateForm
from panah.kit.forms import Form, one_line, one_of, paragraph, picked, ticked

MOST_BYTES = 50 * 1024 * 1024
EPSILONS = ("0.5", "1", "2", "4")


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


class JointForm(WordsForm, CreateForm):
    makes = Release
    given = forms.FileField(
        label=_("The counts that the other society gave you"),
        help_text=_("A file from their release of tables of the same year. It is signed by this node."),
    )
    field_order = ("given", "title", "contact", "about")

    def clean_given(self) -> str:
        file = self.cleaned_data["given"]
        if file.size > GIVEN_BYTES:
            raise forms.ValidationError(
                _("The file has more than 20 MB: counts for a joint release are smaller.")
            )
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
