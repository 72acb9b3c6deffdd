"""The smaller forms: lines, attempts, help without a file, requests, paper, the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.directory.words import Need
from panah.ground.kit.dates import day
from panah.ground.kit.forms import (
    AnswerField,
    ChoiceLabel,
    DateField,
    DateTimeField,
    Form,
    TimeField,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.ground.kit.languages import spoken
from panah.ground.kit.written_form import Written
from panah.ground.network.queries import BranchCard
from panah.ground.work.words import AgeGroup, Urgency
from panah.people.hotline import rules, words
from panah.people.hotline.forms.call import countries, none_or

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.hotline.models import Line

MOST_NUMBERS, LONGEST_NUMBER = 10, 40


class LineForm(Form):
    name_en = one_line(_("Name in English"), required=True, most=80)
    name_ru = one_line(_("Name in Russian"), most=80)
    numbers = paragraph(
        _("Numbers of this line"), hint=_("The society’s own public numbers, one a line."), rows=2
    )
    languages = many_of(_("Languages"), spoken, line=True)
    takes_chats = ticked(
        _("Takes chats from the public door"),
        _("Only while somebody who answers this line is on duty for calls, and only in its languages."),
    )

    def clean_numbers(self) -> list[str]:
        numbers = [number.strip() for number in self.cleaned_data["numbers"].splitlines() if number.strip()]
        if len(numbers) > MOST_NUMBERS:
            raise forms.ValidationError(_("A line has at most %(num)s numbers.") % {"num": MOST_NUMBERS})
        if any(len(number) > LONGEST_NUMBER for number in numbers):
            raise forms.ValidationError(
                _("A number has at most %(num)s characters; each stands on a line of its own.")
                % {"num": LONGEST_NUMBER}
            )
        return numbers


class AttemptForm(Form):
    outcome = one_of(_("What came of it?"), words.AttemptOutcome.choices, keys="1234567")
    text = paragraph(_("Anything to know"), rows=2)
    again_at = DateTimeField(
        label=_("Try again at"), required=False, near=True, help_text=_("Empty: the next usual time.")
    )
    # How many attempts her page knew: pressed twice, or beside a colleague, one call is not counted as two.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class PromptsForm(Form):
    """The operator's prompts: four answers each; built from the set of questions that the node has."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: object, questions: list[tuple[str, str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.codes = {code.replace(".", "-"): code for code, _label, _say in questions}
        for code, label, sentence in questions:
            self.fields[code.replace(".", "-")] = AnswerField(label=label, help_text=sentence)

    def answers(self) -> dict[str, str]:
        """Code -> one of the four answers, of what was sent."""
        return {code: self.cleaned_data.get(name) or "none" for name, code in self.codes.items()}

    def show_theirs(self, theirs: dict[str, str], version: int) -> None:
        """Say at each prompt what a colleague answered; the next saving has seen it."""
        for code, answer in theirs.items():
            self.add_error(
                code.replace(".", "-"), _("A colleague answered here: %(answer)s.") % {"answer": answer}
            )
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(version)
        self.data = data


class KeepForm(Form):
    """Keeping a contact longer than the rule says."""

    until = DateField(label=_("Until which day"), required=True, future=True)
    reason = paragraph(
        _("Reason"), hint=_("A claim, a court case, the person’s wish. Protected in the contact."), rows=2
    )

    def clean_reason(self) -> str:
        text = str(self.cleaned_data["reason"]).strip()
        if not text:
            raise forms.ValidationError(_("Say why it is kept longer."))
        return text


class AidForm(Form):
    kinds = many_of(_("What was given"), words.AidKind.choices, required=True)
    number = forms.IntegerField(label=_("To how many people"), min_value=1, max_value=500, initial=1)


class HandOverForm(Form):
    """``contacts`` are (id, number, label). Each has its own word: what is written of one lies in no other's file."""

    contacts = many_of(_("What is handed over"), required=True)
    to = one_of(_("To whom"), required=False)

    def __init__(
        self, *args: object, contacts: list[tuple[str, str, object]], people: list[Staff], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [pk for pk, _number, _label in contacts]
        for pk, number, _label in contacts:
            label = gettext("A word to the next shift about %(number)s") % {"number": number}
            self.fields[f"word-{pk}"] = paragraph(label, hint=_("Protected in this contact alone."), rows=2)
        self.fields["contacts"].choices = [(pk, label) for pk, _number, label in contacts]  # type: ignore[attr-defined]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("Whoever answers the line")),
            *((str(p.pk), p.name) for p in people),
        ]

    def clean(self) -> dict[str, object]:
        """Return the words by contact; one about a contact that is not handed over would be read by nobody."""
        given = {**self.cleaned_data}
        words_by_contact = {pk: given.pop(f"word-{pk}", "") for pk in self.ids}
        for pk, word in words_by_contact.items():
            if word and "contacts" in given and pk not in given["contacts"]:
                self.add_error(f"word-{pk}", _("Tick this contact too, or take the word away."))
        return given | {"said": words_by_contact}


def all_or(choices: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    return [("", _("All")), *choices]


class LogForm(Form):
    """Filters of the log: work facts alone, so that they may stand in an address."""

    state = picked(_("State"), all_or(words.ContactState.choices))
    channel = picked(_("Channel"), all_or(words.Channel.choices))
    language = spoken_language(_("Language"), _("All"))
    urgency = picked(_("How urgent"), all_or(Urgency.choices))
    age_group = picked(_("Adult or child"), all_or(AgeGroup.choices))
    mine = ticked(_("Only mine"))


class ServiceForm(Form):
    """What is looked for, and in which country. Posted: beside a contact's number a need is a word about the person."""

    country = picked(_("Country"), countries)
    need = picked(_("What is needed"), none_or(Need.choices))
    language = spoken_language(_("Language"))
    open_now = ticked(_("Only what is open now"))


class AuthorityForm(Written):
    who = one_line(_("Which authority; the name and rank of who asks"), most=2000)
    how = picked(
        _("How they asked"),
        none_or(
            [
                ("phone", _("by telephone")),
                ("visit", _("in person")),
                ("letter", _("by letter")),
                ("email", _("by e-mail")),
            ]
        ),
    )
    paper = one_line(_("On what paper"), hint=_("Number, date, who signed. None: write none."), most=2000)
    what = paragraph(_("What they ask for"))
    until = one_line(_("By when they want an answer"), most=2000)
    back = one_line(_("How to reach them, through their switchboard"), most=2000)
    said = paragraph(_("What was said to them"), rows=2)


class DecisionForm(Form):
    decision = one_of(
        _("Your decision"),
        [
            (
                "refuse",
                ChoiceLabel(
                    _("Nothing is handed over"), _("We neither confirm nor deny that anyone is known.")
                ),
            ),
            (
                "give",
                ChoiceLabel(
                    _("What is named in the request may be handed over"),
                    _("Only with consent or a lawful order."),
                ),
            ),
        ],
    )
    basis = one_of(
        _("On what ground"),
        [
            ("none", _("there is none")),
            ("consent", _("the person’s own consent")),
            ("order", _("a lawful order in writing")),
        ],
    )
    lawyer = AnswerField(label=_("Lawyer consulted?"), safe=True)
    reason = paragraph(_("Why"))


class PersonHearsForm(Form):
    """Nothing was handed over. Whoever is looked for may need to know it all the same."""

    hears = one_of(
        _("Should the person hear that an authority asks?"),
        [choice for choice in words.PersonHears.choices if choice[0] != words.PersonHears.CASE],
        hint=_("Alone, by a safe way. What the person does then is the person’s own decision."),
    )
    why = paragraph(_("How it was told, or why not"), rows=2, required=True)


class AuthorityAnswerForm(Form):
    handed_over = paragraph(_("What was handed over"), hint=_("Empty: nothing."), rows=2)
    person_told = AnswerField(label=_("Was the person told?"), safe=True)


class PaperForm(Form):
    """A paper form of the kit, typed in later."""

    line = one_of(_("Line"))
    written_at = DateTimeField(label=_("When it was written"), past=True, required=True)
    author = one_line(_("Who wrote it"), hint=_("As it stands on the paper."), required=True, most=120)

    def __init__(self, *args: object, lines: list[Line], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("line", [(str(line.pk), str(line)) for line in lines])
        if len(lines) == 1:
            self.fields["line"].initial = str(lines[0].pk)
        self.fields["written_at"].initial = timezone.now


class CallOutForm(Form):
    """Which week and whose colleagues a call-out tree is printed for."""

    week = picked(_("Seven days from"), required=True)
    branch = picked(_("Branch"))

    def __init__(self, data: QueryDict | None = None, *, branches: Iterable[BranchCard]) -> None:
        super().__init__(data)
        self._branches = {str(branch.id): branch for branch in branches}
        today = timezone.localdate()
        monday = today + timedelta(days=7 - today.weekday())
        self.offer("week", [(f"{begins:%Y-%m-%d}", day(begins)) for begins in (today, monday)])
        self.offer(
            "branch",
            [("", _("the whole society")), *((pk, branch.name) for pk, branch in self._branches.items())],
        )

    def clean_week(self) -> date:
        return date.fromisoformat(self.cleaned_data["week"])

    def chosen_branch(self) -> BranchCard | None:
        return self._branches.get(self.cleaned_data["branch"])


class CoverForm(Form):
    """Offer a paired society that our line answers in its nights."""

    society = picked(_("For which society"), required=True)
    begins = TimeField(label=_("From"), help_text=_("Hours and minutes, for example 22:00."))
    ends = TimeField(label=_("Until"), help_text=_("The next morning, for example 06:00."))
    number = one_line(
        _("Our number"), required=True, most=30, hint=_("As it is dialled from abroad: +996 555 010 203")
    )
    languages = many_of(_("Languages"), spoken, line=True)

    def __init__(
        self, data: QueryDict | None = None, *, societies: Iterable[tuple[str, str]], number: str
    ) -> None:
        super().__init__(data, initial={"number": number})
        self.offer("society", list(societies))

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip()
        if not rules.DIALLED_ABROAD.fullmatch(number):
            raise ValidationError(_("Write the number as it is dialled from abroad, beginning with +."))
        return number

    def clean_ends(self) -> time:
        ends: time = self.cleaned_data["ends"]
        if ends == self.cleaned_data.get("begins"):
            raise ValidationError(_("Write another time: it must not end when it begins."))
        return ends
