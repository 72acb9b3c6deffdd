"""The questions of a message to a society. None must be answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_line, one_of, paragraph, ticked
from panah.people.public import report_draft as draft

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django_stubs_ext import StrOrPromise

    from panah.ground.kit.field_builders import Offered

YES_NO = (("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know")))
AGE = (("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not want to say")))
ABOUT = (
    ("me", _("For myself")),
    ("another", _("For another person")),
    ("question", _("I only have a question")),
)
MEANT = (
    ("no", _("No")),
    ("officer", _("Yes, about the colleague responsible for data protection")),
    ("second", _("Yes, about the other colleague who looks into complaints")),
    ("both", _("Yes, about everybody who looks into complaints")),
    ("unknown", _("I do not know")),
)
REPLY = (("yes", _("Yes, I will come back and read it")), ("no", _("No, I need no answer")))


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; clean gives them as a list. What they are is looked at by whoever takes them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            allow_empty_file=True,
            required=False,
            max_length=255,
            widget=ManyFiles(attrs={"multiple": True}),
            **kwargs,
        )

    def clean(
        self, data: Iterable[UploadedFile[bytes]] | None, initial: object = None
    ) -> list[UploadedFile[bytes]]:
        # An empty file says nothing.
        return [super(FilesField, self).clean(one, initial) for one in data or [] if one and one.size]


# Stands above what is wrong: who is afraid is not told that she made mistakes.
LOOK = _("Please look at this again")
HOW_MUCH = _("Up to 10 files, 24 MB together. You can send more later.")


def asked(label: StrOrPromise, choices: Offered) -> forms.ChoiceField:
    return one_of(label, choices, required=False)


ABUSE = _("One of these pictures may show a child being hurt or without clothes")
ALONE = _("Please do not send it to anybody else. Here nobody opens it alone.")


class TellForm(Form):
    """The questions of a message."""

    error_heading = LOOK
    about = asked(_("Who is this for?"), ABOUT)
    staff = asked(_("Is it about somebody who works or volunteers for us?"), YES_NO)
    meant = asked(_("Is it about somebody who looks into complaints?"), MEANT)
    danger = asked(_("Is somebody in danger now?"), YES_NO)
    young = asked(_("Are you under 18?"), AGE)
    theirs = asked(_("Is this person under 18?"), AGE)
    text = paragraph(
        _("What has happened?"), rows=9, hint=_("Write a little or a lot. It need not be complete.")
    )
    place = paragraph(_("Where is it?"), rows=3, hint=_("A town, a street, a place you can see."))
    pin = one_line(
        _("The place of this telephone"),
        hint=_("Only if you press. Your telephone may ask its maker where it is. You can remove it again."),
    )
    inside = paragraph(
        _("Which building, which floor, which room?"),
        rows=2,
        hint=_("What you know is enough. You need not ask anybody."),
    )
    seen = paragraph(
        _("What can be seen from there?"), rows=2, hint=_("A sign, a shop, a name, a number on a gate.")
    )
    together = one_line(_("How many people are there?"))
    help = paragraph(_("What would help?"), rows=3)
    reach = paragraph(
        _("How can this person reach us, or we this person?"),
        rows=3,
        hint=_(
            "Write only what is safe for this person. It is best when this person writes or calls us directly."
        ),
    )
    reply = asked(_("May we answer you on this page?"), REPLY)
    reads = one_line(_("When can you read an answer unseen?"))
    files = FilesField(label=_("Pictures and other files"), help_text=HOW_MUCH)  # type: ignore[assignment]  # a field
    original = ticked(
        _("Send pictures exactly as they are"),
        _("Else we draw each picture anew, without the place and time that a telephone writes into it."),
    )
    abuse = ticked(ABUSE, ALONE)

    def said(self) -> dict[str, str]:
        """Return the answers of this sending, also where one of them needs another look."""
        asked_here = [one for one in draft.EVERY if one != draft.FILES]
        texts = {name: self[name].data for name in asked_here}
        return {name: str(text or "") for name, text in texts.items()}


class MoreForm(Form):
    """More words and files to a message that was sent."""

    error_heading = LOOK
    text = paragraph(_("Write more"), rows=6)
    files = FilesField(label=_("Pictures and other files"), help_text=HOW_MUCH)  # type: ignore[assignment]  # a field
    original = ticked(
        _("Send pictures exactly as they are"),
        _("Else we draw each picture anew, without the place and time that a telephone writes into it."),
    )
    abuse = ticked(ABUSE, ALONE)


# Of a number, however it is written.
LONGEST = 200


class NumberForm(Form):
    """The number of a message, as somebody kept it among the contacts of a telephone."""

    error_heading = LOOK
    number = forms.CharField(
        label=_("The number of your message"),
        required=False,
        max_length=LONGEST,
        help_text=_("Spaces and lines between the digits do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
