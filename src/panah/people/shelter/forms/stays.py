"""Asking for a bed, deciding about it, and everything until somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.forms import (
    AnswerField,
    DateField,
    Form,
    by_name,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.ground.work.sheets import fields_of, sheet_field
from panah.ground.work.told_parts import disclosed, own_words, when_asked
from panah.ground.work.told_parts import language as language_told
from panah.ground.work.words import AgeGroup
from panah.people.shelter.queries.board import bed_name
from panah.people.shelter.words import Agrees, BedDeclineReason, ExplainedBefore, LeftHow, LeftTo, Who, YesNo

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.shelter.models import Bed

# Without these a yes is not a yes to this house.
MUST_BE_TOLD = (
    ExplainedBefore.HOUSE,
    ExplainedBefore.RULES,
    ExplainedBefore.FREE,
    ExplainedBefore.KNOWN,
    ExplainedBefore.NO_ADDRESS,
)
CHILDREN = (Who.GIRLS, Who.GIRL_MOTHERS, Who.TEEN_BOYS, Who.CHILDREN)


def offer_beds(form: Form, beds: list[Bed]) -> None:
    """Let a form choose one of these beds, and more of them for children."""
    choices = [(str(bed.pk), bed_name(bed)) for bed in beds]
    form.offer("bed", [("", "–"), *choices])
    form.offer("also", choices)


class SheetForm(Form):
    """What the house knows of a resident: only what the person agreed to have told."""

    called = sheet_field(
        own_words(gettext_lazy("Called")),
        one_line(
            gettext_lazy("What to call the person in the house"),
            hint=gettext_lazy("As the person wants to be called there. It need not be the name."),
            required=True,
            most=60,
        ),
    )
    who = sheet_field(disclosed(gettext_lazy("Who"), Who), one_of(gettext_lazy("Who comes"), Who.choices))
    age = sheet_field(
        disclosed("", AgeGroup),
        one_of(
            gettext_lazy("Age"),
            AgeGroup.choices,
            hint=gettext_lazy("In doubt a child, also with an adult’s papers."),
        ),
    )
    language = sheet_field(disclosed("", language_told), spoken_language(gettext_lazy("Language")))
    needs = sheet_field(
        when_asked(gettext_lazy("What the house was told")),
        paragraph(
            gettext_lazy("What the house must know"),
            hint=gettext_lazy("Allergies, medicine, stairs, a cot, food, sleep. Not what has happened."),
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def sheet(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in fields_of(SheetForm)}


class AnswerForm(Form):
    """What the person heard first and answered, once."""

    told = sheet_field(
        disclosed(gettext_lazy("What you heard first"), ExplainedBefore),
        many_of(
            gettext_lazy("What the person heard first"),
            ExplainedBefore.choices,
            hint=gettext_lazy("The address is not told before a yes, and not by telephone."),
        ),
    )
    spoken = sheet_field(disclosed("", language_told), spoken_language(gettext_lazy("Spoken about it in")))
    said = sheet_field(
        disclosed(gettext_lazy("What you said"), YesNo),
        one_of(gettext_lazy("What does the person say?"), YesNo.choices),
    )
    agrees = sheet_field(
        disclosed(gettext_lazy("Who agreed"), Agrees),
        one_of(
            gettext_lazy("If it is a child, or perhaps a child: who agreed"), Agrees.choices, required=False
        ),
        page=gettext_lazy("Who agreed"),
    )
    words = sheet_field(
        own_words(gettext_lazy("In your words")), paragraph(gettext_lazy("In the person’s words"), rows=2)
    )


class AskForm(AnswerForm, SheetForm):
    """Both, with the nights."""

    from_day = DateField(label=gettext_lazy("First night"))
    to_day = DateField(
        label=gettext_lazy("Day of leaving"), help_text=gettext_lazy("It can be changed later.")
    )

    # As on the page: the list of what is wrong follows this order.
    field_order = ("from_day", "to_day")

    def of_sheet(self) -> list[forms.BoundField]:
        return [self[name] for name in fields_of(SheetForm)]

    def of_answer(self) -> list[forms.BoundField]:
        return [self[name] for name in fields_of(AnswerForm)]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("said") != YesNo.YES:
            return data
        missing = [one.label for one in MUST_BE_TOLD if one not in (data.get("told") or ())]
        if missing:
            self.add_error(
                "told",
                _("A yes counts when this was heard first: %(what)s.")
                % {"what": "; ".join(map(str, missing))},
            )
        child = data.get("who") in CHILDREN or data.get("age") not in (None, AgeGroup.ADULT)
        if child and not data.get("agrees"):
            self.add_error("agrees", _("A child, or perhaps a child: write who agreed."))
        if child and data.get("agrees") == Agrees.SELF and data.get("who") in CHILDREN:
            self.add_error(
                "agrees", _("A child does not agree alone: a guardian who is not involved, or two of us.")
            )
        first, last = data.get("from_day"), data.get("to_day")
        if first and last and last <= first:
            self.add_error("to_day", _("The day of leaving must be after the first night."))
        return data

    def sheet(self) -> dict[str, object]:
        answered = {
            name: self.cleaned_data[name] for name in fields_of(AnswerForm) if self.cleaned_data[name]
        }
        return {**super().sheet(), **answered}


class DecideForm(Form):
    do = one_of(
        gettext_lazy("Decide"),
        [
            ("give", gettext_lazy("Give a bed")),
            ("hold", gettext_lazy("Hold a bed for some hours")),
            ("decline", gettext_lazy("Give no bed")),
        ],
    )
    bed = picked(gettext_lazy("Bed"))
    also = many_of(gettext_lazy("Beds for children who come along"), ())
    hours = one_of(
        gettext_lazy("Hold it for"),
        [
            ("2", gettext_lazy("2 hours")),
            ("6", gettext_lazy("6 hours")),
            ("12", gettext_lazy("12 hours")),
            ("24", gettext_lazy("24 hours")),
        ],
        required=False,
        line=True,
    )
    reason = picked(
        gettext_lazy("If there is no bed: why"),
        [("", "–"), *BedDeclineReason.choices],
        hint=gettext_lazy("Whoever asked reads it, so that nobody asks twice."),
    )
    note = paragraph(gettext_lazy("To whoever asked"), rows=2)

    def __init__(self, *args: object, beds: Iterable[Bed], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer_beds(self, list(beds))

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("do") in ("give", "hold") and not data.get("bed") and "bed" not in self.errors:
            self.add_error("bed", _("Choose a bed."))
        if data.get("do") == "decline" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose why."))
        return data


class ChangeForm(Form):
    to_day = DateField(label=gettext_lazy("Day of leaving"))
    bed = picked(gettext_lazy("Bed"), required=True)
    also = many_of(gettext_lazy("Beds for children who come along"), ())
    agreed = ticked(gettext_lazy("The person was asked and agrees"))
    note = paragraph(gettext_lazy("Why"), rows=2)

    def __init__(self, *args: object, beds: Iterable[Bed], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer_beds(self, list(beds))


class LeaveForm(Form):
    to = picked(gettext_lazy("Where to"), [("", "–"), *LeftTo.choices], required=True)
    how = one_of(gettext_lazy("How"), LeftHow.choices)
    reason = paragraph(gettext_lazy("If asked to leave: why"), rows=2)
    onward = paragraph(
        gettext_lazy("If asked to leave: where the person goes from here, and how"),
        rows=2,
        hint=gettext_lazy("Who takes the person in tonight, who brings the person there, what was offered."),
    )
    danger = AnswerField(
        label=gettext_lazy("If asked to leave: could the person be in danger outside?"),
        help_text=gettext_lazy(
            "A child, somebody with a child, a high risk, or danger that is not ruled out: a second person decides "
            "first, and the bed stays until then."
        ),
    )
    safety = AnswerField(
        label=gettext_lazy("Was the way on talked through, and whom to call?"),
        safe=True,
        help_text=gettext_lazy("Money for the way, papers, medicine, a number that is safe to call."),
    )
    note = paragraph(gettext_lazy("What else whoever follows should know"))

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("how") != LeftHow.ASKED_TO:
            return {**data, "reason": "", "onward": "", "danger": ""}
        for name in ("reason", "onward"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Nobody is asked to leave without a reason and a way on."))
        if data.get("to") == LeftTo.UNKNOWN:
            self.add_error("to", _("Find out first where the person can go. Until then the bed stays."))
        return data


class SecondForm(Form):
    """What a second person says about somebody who is asked to leave."""

    do = one_of(
        gettext_lazy("Is the person asked to leave?"),
        [("yes", gettext_lazy("Yes, I agree")), ("no", gettext_lazy("No, the stay goes on"))],
    )
    why = paragraph(gettext_lazy("Why"), required=True, rows=2)


class TakeBackForm(Form):
    """Whoever asked that somebody leaves takes it back: she decides nothing else about it."""

    why = paragraph(gettext_lazy("Why"), required=True, rows=2)


class BackForm(Form):
    """By whom and when somebody who was missed was seen or heard."""

    heard_by = one_line(
        gettext_lazy("Who saw or heard the person"),
        hint=gettext_lazy("You yourself, a colleague, somebody on the telephone whose voice is known."),
        required=True,
        most=120,
    )
    heard_when = one_line(
        gettext_lazy("When, and where or how"),
        hint=gettext_lazy("At the door at 21:10; by telephone at 20:40, with the agreed word."),
        required=True,
        most=160,
    )


class MissForm(Form):
    seen = paragraph(gettext_lazy("Seen or heard last: when, where, by whom"), required=True, rows=2)
    danger = AnswerField(
        label=gettext_lazy("Could the person be in danger?"),
        help_text=gettext_lazy(
            "Threats, somebody who looked for the person, what was said before going out."
        ),
    )
    note = paragraph(gettext_lazy("What was done already"), rows=2)


class LetInForm(Form):
    colleague = picked(
        gettext_lazy("Colleague"),
        required=True,
        hint=gettext_lazy("Who holds the case now. Whoever followed before loses the way in."),
    )

    def __init__(self, *args: object, staff: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("colleague", by_name(staff))
