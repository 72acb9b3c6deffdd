"""The questions of one consent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.dates import PartialDate
from panah.ground.kit.forms import (
    AnswerField,
    DatalistInput,
    Form,
    PartialDateField,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
)
from panah.ground.kit.languages import spoken
from panah.people.consent.rules import GUARDIAN_AGREES, LEAVES, LONGEST, MUST_BE_TOLD, OTHER
from panah.people.consent.words import (
    SEVEN,
    ConsentAnswer,
    ConsentMethod,
    ConsentPurpose,
    GuardianRole,
    InterpreterUsed,
    SharedField,
    fields_of,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_OF_A_NAME = 120
# How it was asked and who agreed, as every answer keeps it, in the order of the sheet.
HOW = (
    "language",
    "way",
    "interpreter",
    "interpreter_name",
    "understood",
    "not_said",
    "guardian",
    "guardian_note",
)


def last_day(until: PartialDate | None, *, begin: date) -> date:
    """Return the last day of a consent that begins on a day: a year after it where none was said."""
    last = begin + LONGEST
    if until is not None and until.first > last:
        raise forms.ValidationError(_("A consent is for one year at most: it is asked again then."))
    return last if until is None else min(until.last, last)


def receiver_name(label: StrOrPromise) -> forms.CharField:
    return one_line(
        label, hint=_("An organisation or an office, not a private person's name."), most=MOST_OF_A_NAME
    )


def seven_fields() -> dict[str, forms.Field]:
    """The seven points, none of them ticked: whoever reads aloud says what was told."""
    return {f"seven_{name}": AnswerField(label=text, safe=True) for name, text in SEVEN.items()}


def seven_said(data: Mapping[str, str]) -> dict[str, str]:
    return {name: data[f"seven_{name}"] for name in SEVEN}


def reviewer() -> forms.CharField:
    return one_line(
        _("A child without a representative: who reviews this consent"),
        hint=_("Child protection, a lawyer, a focal point: who looks at it again, for this purpose."),
        most=MOST_OF_A_NAME,
    )


def lacks_reviewer(data: Mapping[str, object], *, age_group: str | None, reviewer: object) -> bool:
    """Whether nobody is named who reviews a yes of a child for whom nobody agrees."""
    return age_group == "child" and data.get("guardian") not in GUARDIAN_AGREES and not reviewer


NAME_THE_REVIEWER = _("Nobody agrees for the child: write who reviews this consent.")


class ConsentForm(Form):
    """What a consent asks on the screen as on paper: how, what was understood, who agrees for a child."""

    language = picked(_("In which language"), spoken, required=True)
    # Neither is chosen beforehand but from the same talk: a consent that says "by phone" of a talk in a room, or
    # "no interpreter" of one that a stranger interpreted, is wrong where it matters.
    way = picked(_("How it was answered"), [("", _("Choose")), *ConsentMethod.choices], required=True)
    interpreter = picked(_("Interpreter"), [("", _("Choose")), *InterpreterUsed.choices], required=True)
    interpreter_name = one_line(_("Who interpreted"), most=MOST_OF_A_NAME)
    until = PartialDateField(
        label=_("Until when"), future=True, help_text=_("One year at most. We ask again before it ends.")
    )
    understood = paragraph(
        _("“Is that all right? What did you understand?”"), hint=_("In the person's own words.")
    )
    not_said = one_line(
        _("The person did not want to say: why"),
        hint=_(
            "Only where the question above was asked and stays without an answer. With a no, none is needed."
        ),
        most=300,
    )
    guardian = picked(
        _("Who agrees for a child"),
        GuardianRole.choices,
        required=True,
        hint=_("A parent or guardian who may be involved neither agrees nor is told."),
    )
    guardian_note = one_line(_("Who that is, and how they said it"), most=300)

    def offer_guardians(self, age_group: str) -> None:
        """An adult needs none; for everybody else that is no answer."""
        if age_group == "adult":
            self.fields["guardian"].initial = GuardianRole.NOT_NEEDED
        else:
            self._leave_out(GuardianRole.NOT_NEEDED, begin=GuardianRole.NONE_FOUND)

    def without_the_guardian(self) -> None:
        """The case knows of a guardian who may be involved: she is not offered."""
        self._leave_out(GuardianRole.NOT_NEEDED, GuardianRole.AGREES, begin=GuardianRole.MAY_BE_INVOLVED)

    def _leave_out(self, *roles: str, begin: str) -> None:
        self.offer("guardian", [choice for choice in GuardianRole.choices if choice[0] not in roles])
        self.fields["guardian"].initial = begin

    def ask_what_was_understood(self) -> None:
        """With a yes it is written down what was understood, or why the person did not want to say."""
        data = self.cleaned_data
        if not data.get("understood") and not data.get("not_said") and "understood" not in self.errors:
            self.add_error(
                "understood",
                _("Ask what the person understood. If the person does not want to say, write why below."),
            )

    def how_asked(self) -> dict[str, object]:
        """Return how it was asked and who agreed, as it is kept, from valid data."""
        return {name: self.cleaned_data.get(name, "") for name in HOW}


class AskForm(ConsentForm):
    """One purpose, one receiver: what was told, what was answered, how, until when."""

    said = one_of(_("The answer"), ConsentAnswer.choices, line=True)
    receiver = picked(_("Who would be told"))
    receiver_other = receiver_name(_("Someone who is not in the list"))
    fields_agreed = many_of(
        _("What may be told"),
        SharedField.choices,
        line=True,
        hint=_("The person chooses. What is not chosen stays here."),
    )
    reviewed_by = reviewer()
    interpreter_name = one_line(
        _("Who interpreted"),
        hint=_("Vetted interpreters are suggested first. Any other name can be written too."),
        most=MOST_OF_A_NAME,
        widget=DatalistInput,
    )

    def __init__(
        self,
        *args: object,
        purpose: str,
        receivers: list[tuple[str, str]],
        age_group: str,
        told: Iterable[str] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.purpose, self.age_group = purpose, age_group
        self.fields |= seven_fields()
        if purpose in LEAVES:
            # What must be told and does not stand in the text is said beside it.
            for name in set(MUST_BE_TOLD) - set(told):
                self.fields[f"seven_{name}"].help_text = _("Not in the text above: say it in your own words.")
        # Only a paired society can be asked whether it knows the person.
        others = [] if purpose == ConsentPurpose.KNOWN_THERE else [(OTHER, _("Someone else"))]
        self.offer("receiver", [("", _("Choose")), *receivers, *others])
        if not others:
            del self.fields["receiver_other"]
        if purpose in LEAVES:
            self.offer("fields_agreed", fields_of(purpose))
        else:
            for name in ("receiver", "receiver_other", "fields_agreed"):
                del self.fields[name]
        self.offer_guardians(age_group)
        if age_group == "adult":
            self.fields["guardian"].widget = forms.HiddenInput()
            del self.fields["guardian_note"], self.fields["reviewed_by"]

    def for_receiver(self, receiver: str) -> None:
        """Whoever comes from a referral need not look for its receiver again."""
        self.fields["receiver"].initial = receiver
        self.fields["receiver"].widget = forms.HiddenInput()
        self.fields.pop("receiver_other", None)

    def clean_until(self) -> date:
        return last_day(self.cleaned_data["until"], begin=timezone.localdate())

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("said") == ConsentAnswer.YES:
            self.ask_what_was_understood()
            if lacks_reviewer(data, age_group=self.age_group, reviewer=data.get("reviewed_by")):
                self.add_error("reviewed_by", NAME_THE_REVIEWER)
        if self.purpose in LEAVES and data.get("said") == ConsentAnswer.YES:
            if not data.get("receiver"):
                self.add_error("receiver", _("Choose who would be told."))
            if data.get("receiver") == OTHER and not data.get("receiver_other"):
                self.add_error("receiver_other", _("Write who would be told."))
            if not data.get("fields_agreed"):
                self.add_error("fields_agreed", _("Ask what may be told, one by one."))
        return data

    def seven(self) -> list[forms.BoundField]:
        """The seven answers as bound fields."""
        return [self[f"seven_{name}"] for name in SEVEN]

    def seven_open(self) -> bool:
        """Whether they are to be ticked before anything leaves, or one of them was."""
        return self.purpose in LEAVES or any(
            bound.errors or bound.value() != "none" for bound in self.seven()
        )

    def how(self) -> list[forms.BoundField]:
        """How it was asked, as bound fields."""
        return [self[name] for name in ("way", "language", "interpreter", "interpreter_name", "until")]

    def how_is_known(self) -> bool:
        """Whether nothing of it must still be chosen, so that it can stay folded."""
        return all(self[name].value() for name in ("way", "language", "interpreter")) and not any(
            bound.errors for bound in self.how()
        )

    def answer(self, names: dict[str, str]) -> dict[str, object]:
        """What is kept, from valid data; ``names`` are receivers' names by value."""
        data = self.cleaned_data
        receiver = data.get("receiver", "")
        return {
            "purpose": self.purpose,
            "said": data["said"],
            "receiver": receiver,
            "receiver_name": data.get("receiver_other") if receiver == OTHER else names.get(receiver, ""),
            "fields": data.get("fields_agreed", []),
            "seven": seven_said(data),
            **self.how_asked(),
            "reviewed_by": data.get("reviewed_by", ""),
            "until": data["until"].isoformat(),
        }


class WithdrawForm(Form):
    on = PartialDateField(label=_("On which day"), past=True)
    words = paragraph(_("In the person's words, if anything was said"), hint=_("No reason is needed."))
