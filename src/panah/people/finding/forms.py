"""Who is looked for, what another society is asked with, and what it is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, many_of, one_line, one_of, paragraph, ticked
from panah.people.finding.actions import Sought
from panah.people.finding.message_schema import LONGEST_CALL, InquiryMessage
from panah.people.finding.rules import MOST_NAMES
from panah.people.finding.words import DECIDES, InquiryAnswer, PairAnswer


class FindForm(Form):
    name = one_line(_("Name, in any script and order"), required=True, most=150)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1900, max_value=2100)
    phone_tail = forms.RegexField(
        r"^\d{4}$",
        label=_("Last four digits of a phone"),
        required=False,
        error_messages={"invalid": _("Write the last four digits of the phone.")},
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        by_name_alone = not data.get("birth_year") and not data.get("phone_tail")
        if "ask" in self.data and by_name_alone and not self.errors:
            raise forms.ValidationError(
                _("A name alone finds too many: add the year of birth or the last digits of a phone.")
            )
        return data

    def sought(self) -> Sought:
        data = self.cleaned_data
        return Sought(data["name"], data["birth_year"], data["phone_tail"])


class AskSocietyForm(Form):
    """Which details of the case are sent: nothing can be typed, so nobody else can be asked about."""

    names = many_of(
        _("Under which names"),
        required=True,
        hint=_("Spellings are compared across scripts: one is often enough."),
    )
    year = ticked(_("Year of birth"))
    tail = ticked(_("Last four digits of a phone"))

    def __init__(self, *args: object, known: InquiryMessage, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("names", [(name, name) for name in known.names])
        if known.birth_year is None:
            del self.fields["year"]
        if not known.phone_tail:
            del self.fields["tail"]

    def clean_names(self) -> list[str]:
        names = list(self.cleaned_data["names"])
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_("Choose at most %(num)s names.") % {"num": MOST_NAMES})
        return names

    def asked(self, known: InquiryMessage) -> InquiryMessage:
        """What leaves, from valid data."""
        data = self.cleaned_data
        return InquiryMessage(
            tuple(data["names"]),
            known.birth_year if data.get("year") else None,
            known.phone_tail if data.get("tail") else "",
        )


class DecideForm(Form):
    """What the other society is told."""

    said = one_of(_("What they are told"), DECIDES, initial=InquiryAnswer.NOTHING)
    call = one_line(
        _("Whom they call"),
        hint=_("A name and a number of ours; nothing about the person. Not needed with “nothing to tell”."),
        most=LONGEST_CALL,
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("said") in (InquiryAnswer.YES, InquiryAnswer.PERHAPS) and not data.get("call"):
            self.add_error("call", _("Write whom they call: the answer says nothing else."))
        return data


class PairForm(Form):
    """Two numbers that the page sent along, and the button that was pressed."""

    one = forms.CharField(max_length=12, widget=forms.HiddenInput)
    other = forms.CharField(max_length=12, widget=forms.HiddenInput)

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset((self.cleaned_data["one"], self.cleaned_data["other"]))


class UndoPairForm(PairForm):
    reason = paragraph(
        _("Why it is undone"), hint=_("It is kept in the file that is open again."), required=True
    )


class PairAnswerForm(Form):
    said = one_of(_("Are both cases about one person?"), PairAnswer.choices, required=True)
