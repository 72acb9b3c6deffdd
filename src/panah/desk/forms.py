"""Moving and giving what is due, filtering, and checking the journal against a witness."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.forms import DateTimeField, Form, one_line, one_of, paragraph, picked, ticked

NOTE_IS_PROTECTED = gettext_lazy(
    "Protected: only those who can open this read it. Where the person wants no note, write only what you did."
)


class Move(Form):
    due_at = DateTimeField(label=gettext_lazy("Due at"), future=True)


class LetWait(Form):
    """A person was in danger: it waits only with a reason, and for more than an hour only with a second colleague."""

    due_at = DateTimeField(label=gettext_lazy("Until when it waits"), future=True)
    hers = ticked(gettext_lazy("The person named this time: nobody is paged before it"))
    reason = paragraph(gettext_lazy("Why it may wait"), hint=NOTE_IS_PROTECTED, required=True)


class SecondOpinion(Form):
    """Whether it may wait. ``until`` is the time that stood on her page: a yes counts for no other."""

    until = forms.DateTimeField(widget=forms.HiddenInput, required=False)


class Give(Form):
    to = picked(gettext_lazy("To whom"), required=True)

    def __init__(self, *args: object, people: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", [("", _("Choose a colleague")), *people])


class Ended(Form):
    """What became of a thing that was due: one of the outcomes of its kind, and words where it is protected."""

    outcome = one_of(gettext_lazy("What became of it?"))
    note = paragraph(gettext_lazy("What came of it, or why not"), hint=NOTE_IS_PROTECTED)

    def __init__(
        self,
        *args: object,
        outcomes: Iterable[tuple[str, object]],
        can_write: bool,
        must_write: bool,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("outcome", outcomes)
        if not can_write:
            del self.fields["note"]
        elif must_write:
            self.fields["note"].required = True


class Again(Form):
    """It could not be done: when it is tried again."""

    due_at = DateTimeField(label=gettext_lazy("When to try again"), future=True)
    note = paragraph(gettext_lazy("What happened"), hint=NOTE_IS_PROTECTED)

    def __init__(self, *args: object, can_write: bool, **kwargs: object) -> None:
        super().__init__(*args, auto_id="again_%s", **kwargs)
        if not can_write:
            del self.fields["note"]


class Witness(Form):
    """A head that was printed or written down earlier."""

    number = forms.IntegerField(label=gettext_lazy("Number of the entry"), required=False, min_value=1)
    hash = one_line(
        gettext_lazy("Check line"),
        hint=gettext_lazy(
            "The 64 characters on the printed line. Leave both empty to check the chain alone."
        ),
        most=100,
    )

    def clean_hash(self) -> bytes:
        text = "".join(str(self.cleaned_data["hash"]).lower().split())
        try:
            raw = bytes.fromhex(text)
        except ValueError:
            raise forms.ValidationError(_("The line has 64 characters, 0 to 9 and a to f.")) from None
        if len(raw) not in (0, 32):
            raise forms.ValidationError(_("The line has 64 characters, 0 to 9 and a to f."))
        return raw

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and bool(given.get("number")) != bool(given.get("hash")):
            raise forms.ValidationError(_("Number and line belong together."))
        return given
