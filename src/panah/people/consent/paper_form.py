"""A consent on paper: every purpose with one answer, then how it was asked; the sheet and typing it in are one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, many_of, one_of, picked, ticked
from panah.ground.kit.languages import spoken
from panah.ground.kit.on_paper import AUTHOR, DAY
from panah.people.consent.forms import (
    HOW,
    NAME_THE_REVIEWER,
    ConsentForm,
    lacks_reviewer,
    last_day,
    receiver_name,
    reviewer,
    seven_fields,
    seven_said,
)
from panah.people.consent.rules import LEAVES, OTHER
from panah.people.consent.words import SEVEN, ConsentAnswer, ConsentPurpose, SharedField

# Whether a paired society knows the person is asked on the screen alone, where those societies are listed.
ON_PAPER = tuple(purpose for purpose in ConsentPurpose if purpose != ConsentPurpose.KNOWN_THERE)
# What is asked once for all purposes, in the order of the sheet.
FOR_ALL = (*(f"seven_{name}" for name in SEVEN), *HOW, "until")


class PaperConsentForm(ConsentForm):
    """``said_partner``, ``receiver_partner``, ``fields_partner`` and so on, then what is common to all of them."""

    language = picked(_("In which language"), lambda: spoken("–"), required=True)

    def __init__(
        self,
        *args: object,
        receivers: Mapping[str, Sequence[tuple[str, str]]],
        age_group: str | None,
        **kwargs: object,
    ) -> None:
        """``age_group``: None on the empty sheet, which is for everybody."""
        super().__init__(*args, **kwargs)
        self.fields["until"].required = False
        self.age_group = age_group
        self.names = {value: name for offers in receivers.values() for value, name in offers}
        fields: dict[str, forms.Field] = {}
        for purpose in ON_PAPER:
            choice = one_of(purpose.label, ConsentAnswer.choices, line=True, required=False)
            fields[f"said_{purpose}"] = choice
            if purpose in LEAVES:
                offers = receivers.get(purpose, ())
                if offers:
                    fields[f"receiver_{purpose}"] = picked(
                        _("Who would be told, from the list"), [("", "–"), *offers]
                    )
                fields[f"name_{purpose}"] = receiver_name(_("Who would be told"))
                fields[f"fields_{purpose}"] = many_of(_("What may be told"), SharedField.choices, line=True)
                fields[f"risk_{purpose}"] = ticked(
                    _("An authority: its risk was read aloud before the answer")
                )
            fields[f"review_{purpose}"] = reviewer()
        self.fields |= fields | seven_fields()
        self.order_fields([*fields, *FOR_ALL])
        if age_group is not None:
            self.offer_guardians(age_group)
        for field in self.fields.values():
            self.keep_quiet(field.widget)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not any(data.get(f"said_{purpose}") for purpose in ON_PAPER):
            self.add_error(f"said_{ON_PAPER[0]}", _("Mark at least one answer."))
        if any(data.get(f"said_{purpose}") == ConsentAnswer.YES for purpose in ON_PAPER):
            self.ask_what_was_understood()
        for purpose in ON_PAPER:
            who = data.get(f"review_{purpose}")
            yes = data.get(f"said_{purpose}") == ConsentAnswer.YES
            if yes and lacks_reviewer(data, age_group=self.age_group, reviewer=who):
                self.add_error(f"review_{purpose}", NAME_THE_REVIEWER)
            if purpose in LEAVES:
                self._check_receiver(purpose, data)
        if data.get(DAY):
            try:
                data["until"] = last_day(data.get("until"), begin=data[DAY])
            except forms.ValidationError as too_long:
                self.add_error("until", too_long)
        return data

    def _check_receiver(self, purpose: str, data: Mapping[str, object]) -> None:
        """Nothing that stands on the paper may be dropped without a word, and a yes says to whom and what."""
        answer, listed, name, chosen = (
            data.get(f"{part}_{purpose}") for part in ("said", "receiver", "name", "fields")
        )
        if listed and name:
            self.add_error(
                f"name_{purpose}",
                _("Choose from the list or write a name, not both: one answer is for one receiver."),
            )
        if not answer and (listed or name or chosen):
            self.add_error(f"said_{purpose}", _("Mark the answer, or empty what stands beside it."))
        if answer == ConsentAnswer.YES:
            if not listed and not name:
                self.add_error(f"name_{purpose}", _("Write who would be told."))
            if not chosen:
                self.add_error(f"fields_{purpose}", _("Ask what may be told, one by one."))

    def receiver(self, purpose: str) -> tuple[str, str]:
        """(value, name) of who would be told for a purpose."""
        value = self.cleaned_data.get(f"receiver_{purpose}", "")
        name = self.cleaned_data.get(f"name_{purpose}", "")
        return (value, self.names[value]) if value else (OTHER if name else "", name)

    def answers(self) -> list[dict[str, object]]:
        """One answer for each purpose that was marked, as ``actions.write_answer`` takes it."""
        data = self.cleaned_data
        answers = []
        for purpose in ON_PAPER:
            if not data.get(f"said_{purpose}"):
                continue
            receiver, name = self.receiver(purpose)
            about = {"purpose": purpose.value, "said": data[f"said_{purpose}"], "seven": seven_said(data)}
            whom = {"receiver": receiver, "receiver_name": name, "fields": data.get(f"fields_{purpose}", [])}
            more = {"reviewed_by": data[f"review_{purpose}"], "until": data["until"].isoformat()}
            answers.append({**about, **whom, **self.how_asked(), **more})
        return answers

    @property
    def paper(self) -> tuple[date, str]:
        """The day of the paper and who wrote it."""
        return self.cleaned_data[DAY], self.cleaned_data[AUTHOR]


class CopyForm(Form):
    """Before what was agreed goes into the person's own hand."""

    language = picked(_("In which language"), required=True)
    asked = ticked(
        _("The person asked for it, and it is safe to carry: nobody looks through pockets and bags")
    )

    def __init__(self, *args: object, languages: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", languages)

    def clean_asked(self) -> bool:
        if not self.cleaned_data["asked"]:
            raise forms.ValidationError(
                _("It goes on paper only when the person asks for it and can carry it safely.")
            )
        return True
