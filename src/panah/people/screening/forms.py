"""The forms of a screening: what to begin with, and the answers of one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panah.ground.kit.dates import day
from panah.ground.kit.forms import (
    AnswerField,
    ChoiceLabel,
    DatalistInput,
    DateTimeField,
    Form,
    many_of,
    one_line,
    one_of,
)
from panah.people.screening import result_text
from panah.people.screening.queries import sets
from panah.people.screening.schema import AgeScope, Answer, Depth, Indicator, Profile

if TYPE_CHECKING:
    from django.forms import BoundField


def name_of(code: str) -> str:
    """The name of a field: codes have dots, which links to a field do not like."""
    return code.replace(".", "-")


def _explained(profile: Profile) -> ChoiceLabel:
    number = sum(1 for _i in profile.indicators())
    if profile.depth is Depth.SIGNS:
        small = _("For volunteers: tick what you noticed. No questions are asked.")
    elif profile.depth is Depth.PROMPTS:
        small = _("For a call or a first talk: sentences that fit into a conversation.")
    elif profile.is_weighted:
        small = ngettext(
            "%(num)s question in parts, over several meetings if needed.",
            "%(num)s questions in parts, over several meetings if needed.",
            number,
        ) % {"num": number}
    else:
        small = ngettext(
            "%(num)s observation to listen for. No result is calculated.",
            "%(num)s observations to listen for. No result is calculated.",
            number,
        ) % {"num": number}
    return ChoiceLabel(result_text.said(profile.label), small)


def _is_about_before_18(profile: Profile, fitting: Iterable[Profile]) -> bool:
    """A set for children, offered beside those for adults: the person is grown now."""
    return profile.about is AgeScope.CHILD and any(p.about is AgeScope.ADULT for p in fitting)


class BeginForm(Form):
    """Which set, and when it took place."""

    profile = one_of(
        gettext_lazy("What fits now?"), error_messages={"required": gettext_lazy("Choose what fits now.")}
    )
    held_at = DateTimeField(
        label=gettext_lazy("If it took place earlier"),
        help_text=gettext_lazy("Leave empty for now. For notes taken on paper: the day and time."),
        required=False,
        past=True,
    )

    interpreter = one_line(
        gettext_lazy("Who interprets"),
        hint=gettext_lazy("Vetted interpreters are suggested first. Any other name can be written too."),
        most=120,
        widget=DatalistInput,
    )

    def __init__(
        self,
        *args: object,
        fitting: Iterable[Profile],
        interpreters: Iterable[tuple[str, str]] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.suggest("interpreter", list(interpreters))
        fitting = list(fitting)
        groups = {
            _("Without asking"): sets().of(Depth.SIGNS),
            _("In a conversation"): sets().of(Depth.PROMPTS),
            _("The full questions"): [p for p in fitting if not _is_about_before_18(p, fitting)],
            _("If it happened before the age of 18"): [p for p in fitting if _is_about_before_18(p, fitting)],
        }
        self.offered = {p.code: p for profiles in groups.values() for p in profiles}
        cast(forms.ChoiceField, self.fields["profile"]).choices = [
            (group, [(p.code, _explained(p)) for p in profiles])
            for group, profiles in groups.items()
            if profiles
        ]

    @property
    def chosen(self) -> Profile:
        return self.offered[self.cleaned_data["profile"]]


class OfAMeeting(Form):
    """Knows which version of the meeting its writer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def version_seen(self) -> int:
        """The version that was there when the page was made; 0 for none."""
        return self.cleaned_data.get("seen") or 0

    def see(self, version: int) -> None:
        """Show the page again with a newer version: what a colleague wrote has now been seen."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(version)
        self.data = data


class AnswersForm(OfAMeeting):
    """Some questions with four answers each."""

    def __init__(
        self,
        *args: object,
        questions: Iterable[Indicator],
        earlier: Mapping[str, tuple[datetime, Answer]],
        pointed_at: Iterable[str] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        self.earlier, self.pointed_at = earlier, set(pointed_at)
        for question in self.questions:
            said = [result_text.to_say(question.say)] if question.say else []
            if question.code in earlier:
                when, answer = earlier[question.code]
                said.append(
                    _("Told before: %(answer)s, %(day)s.")
                    % {"answer": result_text.ANSWERS[answer], "day": day(when)}
                )
            elif question.code in self.pointed_at:
                said.append(_("Something noticed earlier points here."))
            self.fields[name_of(question.code)] = AnswerField(
                label=result_text.said(question.label), help_text=" ".join(said)
            )

    def bound(self, *, told: bool) -> list[BoundField]:
        """The questions that were (or were not) told in an earlier meeting, pointed ones first."""
        found = [q for q in self.questions if (q.code in self.earlier) is told]
        return [self[name_of(q.code)] for q in sorted(found, key=lambda q: q.code not in self.pointed_at)]

    @property
    def answers(self) -> dict[str, Answer]:
        return {q.code: Answer(self.cleaned_data[name_of(q.code)]) for q in self.questions}

    def mark_elsewhere(self, codes: Mapping[str, Answer]) -> None:
        """Say at each question what the colleague answered there."""
        for code, answer in codes.items():
            self.add_error(
                name_of(code),
                _("A colleague answered here: %(answer)s.") % {"answer": result_text.ANSWERS[answer]},
            )


class SignsForm(OfAMeeting):
    """What was noticed. Not ticked means not noticed, never no."""

    noticed = many_of(gettext_lazy("What was seen or heard"))

    def __init__(self, *args: object, profile: Profile, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        cast(forms.ChoiceField, self.fields["noticed"]).choices = [
            (i.code, result_text.said(i.label)) for i in profile.indicators()
        ]
        hint = profile.dimensions[0].hint
        self.fields["noticed"].help_text = result_text.said(hint)

    @property
    def answers(self) -> dict[str, Answer]:
        noticed = set(self.cleaned_data["noticed"])
        return {
            i.code: Answer.YES if i.code in noticed else Answer.NOT_ASKED for i in self.profile.indicators()
        }

    def mark_elsewhere(self, codes: Mapping[str, Answer]) -> None:
        """Say that a colleague ticked something else meanwhile."""
        self.add_error("noticed", _("A colleague ticked something else here in the meantime."))
