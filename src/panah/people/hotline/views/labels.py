"""What is kept, in words: answers, attempts, services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panah.ground.kit.answers import choice_text
from panah.ground.work.words import (
    Joined,
    LazySentence,
    Sentence,
    in_each_language,
    kept_text,
    read_text,
    text_again,
)
from panah.people.hotline.forms import CallForm, EmergencyForm
from panah.people.hotline.words import AttemptOutcome, NextStep
from panah.people.hotline.words.parts import ENDED_WITH_JOINED, PLACES_MADE

if TYPE_CHECKING:
    pass


def labels() -> dict[str, object]:
    """What each field and part is called."""
    fields = {**EmergencyForm.base_fields, **CallForm.base_fields}
    return {
        **{name: one.label for name, one in fields.items()},
        "given": _("A service’s number"),
        "tried": _("Tried to call back"),
        "handed_over": _("Handed over"),
        "next_step": _("What happens next"),
        "paper": _("Written on paper by"),
    }


def spoken(values: dict[str, object]) -> list[tuple[object, str]]:
    """The answers that say something, in the order of the form, as (question, answer in words)."""
    names = [*CallForm.base_fields, *(n for n in EmergencyForm.base_fields if n not in CallForm.base_fields)]
    called = labels()
    rows = [(called[name], answer_text(name, values[name])) for name in names if name in values]
    return [(label, text) for label, text in rows if text]


def question_and_answer(name: str, value: object) -> tuple[Sentence, Sentence]:
    """(question, answer in words) of one field or part, for each reader; both texts of one question stay apart."""
    return in_each_language(lambda: _begins_line(str(labels().get(name, name)))), answer_said(name, value)


def _begins_line(label: str) -> str:
    return label if label.endswith("?") else f"{label}:"


def answer_text(name: str, value: object) -> str:
    """An answer in words; empty for what was not asked."""
    return read_text(kept_text(answer_said(name, value)))


def answer_said(name: str, value: Any) -> Sentence:
    """The same for every reader: what was typed word for word, what was chosen in each language."""
    if name == "tried":
        chosen = value["outcome"] in AttemptOutcome.values
        return Joined(
            " · ", [AttemptOutcome(value["outcome"]).label if chosen else "", value.get("text", "")]
        )
    if name == "next_step":
        return _step_said(value)
    if name == "given":
        return Joined(" · ", [text_again(value["name"]), *value.get("phones", [])])
    if name == "paper":
        return str(value["author"])
    if isinstance(value, dict):
        if "text" in value:
            return text_again(value["text"])
        return " ".join(v for v in value.values() if v)
    field = {**EmergencyForm.base_fields, **CallForm.base_fields}.get(name)
    text = choice_text(field, value)
    return in_each_language(lambda: choice_text(field, value)) if text and hasattr(field, "choices") else text


def _step_said(value: dict[str, Any]) -> Sentence:
    if value["step"] == ENDED_WITH_JOINED:
        return LazySentence(gettext_lazy("Ended with the joined contact %(number)s"), number=value["text"])
    if value["step"] == PLACES_MADE:
        return in_each_language(lambda: _places_made(value))
    step = NextStep(value["step"]).label if value["step"] in NextStep.values else ""
    return Joined(" · ", [step, value.get("to", ""), value.get("text", "")])


def _places_made(value: dict[str, Any]) -> str:
    return ngettext(
        "A place was made for %(num)s person. Holder: %(who)s.",
        "Places were made for a group of %(num)s people. Holder: %(who)s.",
        value["people"],
    ) % {"num": value["people"], "who": value["to"]}
