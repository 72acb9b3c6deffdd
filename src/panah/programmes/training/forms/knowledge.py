"""A knowledge test: typed in from paper, counted aloud, answered on a telephone without an account."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, many_of, one_line, one_of, picked, ticked
from panah.ground.kit.on_paper import AUTHOR, DAY, ask_of_paper
from panah.programmes.training import marking
from panah.programmes.training.rules import first_name_and_initial

if TYPE_CHECKING:
    from panah.programmes.training.queries import Asked, Person, Result

PERSON, QUESTION, HANDS = "person", "question", "hands"


class OpenTestForm(Form):
    shuffled = ticked(
        _("Everybody gets another order"), _("On telephones: neighbours do not see the same question.")
    )


class TypedTestForm(Form):
    """One line for each sheet: the numbers that were ticked, question by question."""

    def __init__(
        self, *args: object, asked: Sequence[Asked], results: Sequence[Result], after: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options = [len(one.question.options) for one in asked]
        for each in results:
            sheet = each.after if after else each.before
            self.fields[f"{PERSON}-{each.person.row.pk}"] = one = one_line(
                each.person.numbered,
                most=120,
                initial=marking.as_marks(sheet.answers) if sheet is not None and sheet.answers else "",
            )
            self.keep_quiet(one.widget)
        ask_of_paper(self, leave=self.fields)

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        answers: dict[UUID, list[list[int]]] = {}
        for name, text in list(found.items()):
            if not name.startswith(PERSON) or not text.strip():
                continue
            marks = marking.read_marks(text, options=self.options)
            if marks is None:
                self.add_error(name, self._wrong())
            else:
                answers[UUID(name.removeprefix(f"{PERSON}-"))] = marks
        return {"answers": answers, "paper_on": found.get(DAY), "paper_by": found.get(AUTHOR, "")}

    def _wrong(self) -> ValidationError:
        number = len(self.options)
        text = ngettext(
            "Write the number of the answer to %(num)s question.",
            "Write the numbers of the answers to %(num)s questions with a space between, 0 where there is none.",
            number,
        )
        return ValidationError(text % {"num": number}, code="marks")


class AloudForm(Form):
    """What was counted: raised hands by question, right answers by person, or both."""

    people = forms.IntegerField(
        label=_("How many people answered"), min_value=1, max_value=500, required=False
    )

    def __init__(
        self, *args: object, asked: Sequence[Asked], results: Sequence[Result], after: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.number = len(asked)
        for one in asked:
            label = gettext("Question %(number)s: how many had it right") % {"number": one.number}
            self._count(f"{HANDS}-{one.number}", label, most=500)
        for each in results:
            sheet = each.after if after else each.before
            label = each.person.numbered
            first = sheet.right if sheet is not None else None
            self._count(f"{PERSON}-{each.person.row.pk}", label, most=self.number, first=first)

    def _count(self, name: str, label: str, *, most: int, first: int | None = None) -> None:
        one = forms.IntegerField(label=label, min_value=0, max_value=most, required=False, initial=first)
        self.keep_quiet(one.widget)
        self.fields[name] = one

    @property
    def by_question(self) -> list[forms.BoundField]:
        return [self["people"], *(self[name] for name in self.fields if name.startswith(HANDS))]

    @property
    def by_person(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(PERSON)]

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        hands = [found.get(f"{HANDS}-{number}") for number in range(1, self.number + 1)]
        people = found.get("people")
        counted = [one for one in hands if one is not None]
        if counted and people is None and "people" not in self.errors:
            self.add_error("people", _("How many people were there to raise a hand?"))
        if people is not None and counted and max(counted) > people:
            self.add_error("people", _("More hands were counted at a question than there were people."))
        marks = {
            UUID(name.removeprefix(f"{PERSON}-")): number
            for name, number in found.items()
            if name.startswith(PERSON) and number is not None
        }
        return {"people": people, "hands": hands, "marks": marks}


class PhoneTestForm(Form):
    """The test as a participant reads it. ``once``: made with the page; sent twice it is one sheet."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    who = picked(_("Who are you?"), hint=_("Your first name and the first letter of the next."))
    name = one_line(_("Or write your name"), hint=_("Only if you are not on the list."), most=120)

    def __init__(
        self,
        *args: object,
        people: Sequence[Person],
        asked: Sequence[Asked],
        shuffled: bool,
        once: UUID,
        **kwargs: object,
    ) -> None:
        kwargs["initial"] = {"once": once}
        super().__init__(*args, **kwargs)
        self.number = len(asked)
        known = [(str(one.row.pk), f"{one.number}. {first_name_and_initial(one.name)}") for one in people]
        self.offer("who", [("", "–"), *known])
        order = list(asked)
        if shuffled:
            # The same order when the page comes back with something missing.
            Random(once.int).shuffle(order)  # noqa: S311  no secret: an order of questions
        for place, one in enumerate(order, start=1):
            label = f"{place}. {one.question.text}"
            options = list(enumerate(one.question.options))
            self.fields[f"{QUESTION}-{one.number}"] = (
                many_of(label, options, hint=_("More than one answer is right."))
                if one.several
                else one_of(label, options, required=False)
            )

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        who, name = found.get("who", ""), " ".join(found.get("name", "").split())
        if bool(who) == bool(name) and not {"who", "name"} & self.errors.keys():
            self.add_error("who", _("Choose your name on the list, or write it below; not both."))
        answers = [self._chosen(found.get(f"{QUESTION}-{number}")) for number in range(1, self.number + 1)]
        return {
            "once": found.get("once"),
            "chosen": UUID(who) if who else None,
            "name": name,
            "answers": answers,
        }

    @staticmethod
    def _chosen(said: object) -> list[int]:
        several = said if isinstance(said, list) else [said] if said else []
        return sorted(int(str(one)) for one in several)
