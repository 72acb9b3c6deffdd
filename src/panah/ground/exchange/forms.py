"""What focal points fill in: a card, words, reasons, files."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.exchange import cards, files
from panah.ground.exchange.words import BlockReason
from panah.ground.kit.forms import Form, one_line, one_of, paragraph, picked, ticked

# A little more than the largest valid file: a larger one is refused with a sentence, not cut off.
LONGEST_TEXT = 3 * cards.LARGEST


class OwnCardForm(Form):
    """Where our node is reached; empty when it has no line."""

    address = one_line(
        gettext_lazy("Address of this node, as others reach it"),
        hint=gettext_lazy("Like https://panah.example.org. Empty if this node has no line."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )


class TakeCard(Form):
    """The card of another society, in one of three ways."""

    society = picked(gettext_lazy("Which society?"), required=True)
    address = one_line(
        gettext_lazy("From the address of their node"),
        hint=gettext_lazy("Their focal point shows the card for two days, and tells you the address."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )
    file = forms.FileField(label=gettext_lazy("Or as a file"), required=False, allow_empty_file=True)
    text = paragraph(
        gettext_lazy("Or as text"),
        hint=gettext_lazy("The whole text, with its first and its last line."),
        most=LONGEST_TEXT,
        rows=6,
    )

    def __init__(self, *args: object, societies: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("society", [("", "–"), *societies])

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LONGEST_TEXT:
            raise forms.ValidationError(_("This file is too large for a card. Ask for the card once more."))
        return file

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors and sum(bool(given.get(name)) for name in ("address", "file", "text")) != 1:
            self.add_error("address", _("Give the address, or the file, or the text: one of the three."))
        return given

    def raw(self) -> bytes | str:
        """Return the card as it was brought, when it was not to be fetched."""
        file = self.cleaned_data["file"]
        return file.read() if file else str(self.cleaned_data["text"])


class CompareWordsForm(Form):
    """The six words that the other side reads aloud."""

    words = one_line(
        gettext_lazy("The six words that they read to you"),
        hint=gettext_lazy("In the same order. Capitals and commas do not matter."),
        required=True,
        most=120,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )


class BlockForm(Form):
    why = one_of(gettext_lazy("Why?"), BlockReason.choices)

    def clean_why(self) -> BlockReason:
        return BlockReason(self.cleaned_data["why"])


class EndPairingForm(BlockForm):
    """Ending; when withdrawals have not arrived, whoever ends it promises to tell them another way."""

    told = ticked(gettext_lazy("I tell them by telephone what was withdrawn"))

    def __init__(self, *args: object, withdrawals: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if withdrawals:
            self.fields["told"].required = True
            self.fields["told"].error_messages["required"] = _(
                "A withdrawal has not arrived there: tell them, then say so here."
            )
        else:
            del self.fields["told"]


class ReadFile(Form):
    file = forms.FileField(
        label=gettext_lazy("File with sealed messages, or with a receipt"), allow_empty_file=True
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > files.LARGEST:
            raise forms.ValidationError(
                _("This file is larger than any that Panah writes. Look for another one.")
            )
        return file
