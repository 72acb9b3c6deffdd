"""What happens next after a contact: one choice, words where they are needed, a time where it comes back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import ChoiceLabel, DateTimeField, Form, one_of, paragraph, picked, ticked
from panah.people.hotline import rules, words
from panah.people.hotline.forms.call import none_or
from panah.people.hotline.words import NextStep

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

EXPLAINED = {
    NextStep.HELP: _("Comes back: somebody writes what came of it."),
    NextStep.WAIT: _("Nobody rings. Comes back at the time below."),
    NextStep.COLLEAGUE: _("It goes to the colleague below, and all who answer this line still see it."),
    NextStep.CALL_BACK: _("Only where the person said that ringing is safe."),
    NextStep.CASE: _("Choose below who holds it. Ask the person first."),
    NextStep.ELSEWHERE: _("With the person’s yes: who, when, what was agreed."),
    NextStep.NOTHING: _("The person is safe, or nobody can do more: what came of it."),
}
NEEDS_WORDS = (NextStep.HELP, NextStep.ELSEWHERE)
NEEDS_WORDS_IN_DANGER = (NextStep.WAIT, NextStep.NOTHING)


class NextStepForm(Form):
    what = one_of(
        _("What happens next?"), [(one.value, ChoiceLabel(one.label, EXPLAINED[one])) for one in NextStep]
    )
    text = paragraph(
        _("What was agreed, or what came of it"),
        hint=_("Who goes where, who was called, what the person wants. Protected in the contact."),
    )
    again_when = picked(_("When somebody rings or decides again"), none_or(words.BackWhen.choices))
    again_at = DateTimeField(
        label=_("or exactly at"),
        required=False,
        near=True,
        help_text=_("Empty: in an hour. A colleague who goes on: in 15 minutes."),
    )
    hers = ticked(_("The person named this time: nobody is paged before it"))
    to = picked(_("Colleague who goes on"))
    owner = picked(_("Who holds the case"))
    # How many decisions her page knew: a colleague's is not written over unread.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, *args: object, people: list[Staff], owners: list[Staff], in_danger: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.in_danger = in_danger
        if not in_danger:
            del self.fields["hers"]
        self.people = {"to": {str(p.pk): p for p in people}, "owner": {str(p.pk): p for p in owners}}
        for name, many in self.people.items():
            self.offer(name, none_or((pk, p.name) for pk, p in many.items()))

    def clean_to(self) -> Staff | None:
        return self.people["to"].get(self.cleaned_data["to"])

    def clean_owner(self) -> Staff | None:
        return self.people["owner"].get(self.cleaned_data["owner"])

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean() or {}
        step = data.get("what")
        needs_words = step in NEEDS_WORDS or (step in NEEDS_WORDS_IN_DANGER and self.in_danger)
        if needs_words and not str(data.get("text", "")).strip():
            self.add_error("text", _("Write it in a few words: the next shift knows nothing else."))
        if step == NextStep.COLLEAGUE and not data.get("to"):
            self.add_error("to", _("Choose the colleague who goes on."))
        if step == NextStep.CASE and not data.get("owner"):
            self.add_error("owner", _("Choose who will hold the case."))
        latest = timezone.now() + rules.DECIDE_AGAIN_WITHIN
        comes_back = self.in_danger or step != NextStep.CALL_BACK
        if comes_back and data.get("again_at") and data["again_at"] > latest:
            self.add_error(
                "again_at",
                _("It comes back within two days at the latest, until somebody wrote what came of it."),
            )
        return data

    def due_at(self, *, now: datetime, time_zone: str) -> datetime:
        """When somebody rings or decides again: as chosen, else soon."""
        exact: datetime | None = self.cleaned_data["again_at"]
        usual = "15min" if self.cleaned_data["what"] == NextStep.COLLEAGUE else "1h"
        wanted = self.cleaned_data["again_when"] or usual
        return exact or rules.back_due(wanted, now=now, time_zone=time_zone)
