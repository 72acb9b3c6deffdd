"""What is kept, in words: answers, attempts, services."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.hotline.forms import CallForm, EmergencyForm
from panah.hotline.words import AttemptOutcome, NextStep
from panah.hotline.words.parts import ENDED_WITH_JOINED, PLACES_MADE
from panah.kit.answers import choice_text


def labels() -> dict[str, Any]:
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


def spoken(values: dict[str, object]) -> list[tuple[Any, str]]:
    """The answers that say something, in the order of the form, as (question, answer in words)."""
    names = [*CallForm.base_fields, *(n for n in EmergencyForm.base_fields if n not in CallForm.base_fields)]
    called = labels()
    rows = [(called[name], answer_text(name, values[name])) for name in names if name in values]
    return [(label, text) for label, text in rows if text]


def question_and_answer(name: str, value: object) -> tuple[str, str]:
    """(question, answer in words) of one field or part; both texts of one question stay apart."""
    return str(labels().get(name, name)), answer_text(name, value)


def answer_text(name: str, value: Any) -> str:
    """An answer in words; empty for what was not asked."""
    if name == "tried":
        outcome = (
            str(AttemptOutcome(value["outcome"]).label) if value["outcome"] in AttemptOutcome.values else ""
        )
        return " · ".join(x for x in (outcome, value.get("text", "")) if x)
    if name == "next_step":
        return _step_text(value)
    if name == "given":
        return " · ".join([value["name"], *value.get("phones", [])])
    if name == "paper":
        return str(value["author"])
    if isinstance(value, dict):
        return str(value["text"]) if "text" in value else " ".join(v for v in value.values() if v)
    return choice_text({**EmergencyForm.base_fields, **CallForm.base_fields}.get(name), value)


def _step_text(value: dict[str, Any]) -> str:
    if value["step"] == ENDED_WITH_JOINED:
        return _("Ended with the joined contact %(number)s") % {"number": value["text"]}
    if value["step"] == PLACES_MADE:
        return ngettext(
            "A place was made for %(num)s person. Holder: %(who)s.",
            "Places were made for a group of %(num)s people. Holder: %(who)s.",
            value["people"],
        ) % {"num": value["people"], "who": value["to"]}
    step = str(NextStep(value["step"]).label) if value["step"] in NextStep.values else ""
    return " · ".join(x for x in (step, value.get("to", ""), value.get("text", "")) if x)
