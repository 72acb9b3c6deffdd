"""Reporting a threat, what was done, closing, opening again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.concerning_form import ConcerningForm
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
    ticked,
)
from panah.people.safety import rules, words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class ReportForm(ConcerningForm):
    """``once`` makes sure that what is sent twice is one report. Only what happened has to be said."""

    reads = _("would read this report")
    now = AnswerField(
        label=_("Is it going on now, or is somebody in danger?"),
        help_text=_("A yes calls in the colleague on duty at once, and a second one after five minutes."),
    )
    story = paragraph(
        _("What happened, in your own words"),
        hint=_("Also when you are not sure. Nothing needs to be proven."),
        rows=5,
    )
    against = one_of(_("Against whom"), words.Against.choices, line=True, initial=words.Against.ME)
    whom = one_line(_("Which colleague, if it is not you"))
    what = many_of(_("What it was"), words.What.choices)
    source = picked(
        _("From whom, if it is known"),
        words.ThreatSource.choices,
        required=True,
        initial=words.ThreatSource.UNKNOWN,
    )
    source_text = one_line(_("More about them"), hint=_("A voice, a car, a number, a name that was said."))
    when = one_line(_("When"), hint=_("A day and an hour as far as you know; whether it was the first time."))
    where = picked(_("Where"), words.Where.choices, required=True, initial=words.Where.UNKNOWN)
    of_case = AnswerField(label=_("Does it touch a case, a call or a house?"))
    case = one_line(
        _("Which one, by its number or nickname"), hint=_("Protected like the rest. No name of the person.")
    )
    needs = many_of(_("What is needed"), words.Help.choices)
    reach = one_line(
        _("How to reach you safely, and when"), hint=_("Empty: the way you are usually reached.")
    )
    concerns = many_of(
        _("Who must not read it"),
        hint=_("Tick everybody it may come from or who would pass it on. They never learn that it exists."),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        # Whoever is in danger has no time for words: a yes is enough.
        if not data.get("story") and data.get("now") != "yes":
            self.add_error("story", _("Say in a few words what happened."))
        return data


class StepForm(Form):
    done = many_of(_("What was done"), words.Done.choices)
    text = paragraph(_("More about it"), rows=4)
    agreed = AnswerField(
        label=_("Does whoever is threatened agree?"),
        help_text=_("Nothing is done over the head of a colleague, unless a life is at risk."),
        safe=True,
    )
    review_on = DateField(label=_("When do you ask again?"), future=True)

    def __init__(self, *args: object, **kwargs: Any) -> None:
        day = timezone.localdate() + timedelta(days=rules.REVIEW_DAYS)
        kwargs.setdefault("initial", {}).setdefault("review_on", day)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not data.get("done") and not data.get("text"):
            self.add_error("text", _("Choose what was done, or write it."))
        return data


class CloseForm(Form):
    outcome = one_of(_("How it ended"), words.ThreatOutcome.choices)
    text = paragraph(_("More about it"))


class ReopenForm(Form):
    text = paragraph(_("What is new"), required=True)


class LetForm(Form):
    to = picked(_("Another colleague"), required=True)

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", by_name(people))


class EraseForm(Form):
    sure = ticked(
        _("Everything about it goes, in every copy, and cannot be brought back."),
        required=True,
        error_messages={"required": _("Tick that it goes for good.")},
    )
