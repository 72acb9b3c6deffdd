"""Many people at once, told of on a call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import AnswerField, Form, one_line, paragraph, picked, spoken_language
from panah.people.cases.actions import MOST_OF_LOOKS

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOST = 60


class PeopleForm(Form):
    """A site, how many people, and what tells each apart: as few keys as a call allows."""

    title = one_line(
        _("In a few words"), hint=_("For the team: a site, a farm, a flat. No names."), required=True
    )
    place = one_line(_("Where"))
    number = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST)
    looks = paragraph(
        _("What tells each apart"),
        hint=_("One line for each, in the order of the sheet: blue jacket. It may stay empty. No names."),
    )
    language = spoken_language(_("Language that most speak"))
    informer = AnswerField(label=_("Could someone among them report to the exploiter?"))
    what = paragraph(_("What is known"), hint=_("Who found them, when, who is with them now."))
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: object, owners: Iterable[Staff] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = picked(
            _("Who takes over"), [("", "–"), *((str(one.pk), one.name) for one in owners)], required=True
        )

    def about(self) -> dict[str, str]:
        said = {name: str(self.cleaned_data[name] or "") for name in ("title", "place", "what", "informer")}
        return {name: text for name, text in said.items() if text and text != "none"}

    def people(self) -> list[dict[str, str]]:
        """One for each who was counted, numbered from 1."""
        looks = [one.strip() for one in self.cleaned_data["looks"].strip().splitlines()]
        most = min(MOST, int(self.cleaned_data["number"]))
        language = str(self.cleaned_data["language"])
        return [
            {"number": str(n + 1), "looks": looks[n] if n < len(looks) else "", "language": language}
            for n in range(most)
        ]

    def clean_looks(self) -> str:
        """Nobody and nothing is left out without a word: more than a group or a label can hold is refused."""
        looks = str(self.cleaned_data["looks"])
        lines = looks.strip().splitlines()
        if len(lines) > MOST:
            raise forms.ValidationError(_("A group has at most %(num)s people.") % {"num": MOST})
        for number, line in enumerate(lines, start=1):
            if len(line.strip()) > MOST_OF_LOOKS:
                raise forms.ValidationError(
                    _(
                        "Line %(line)s is too long, at most %(num)s characters: write the rest under “What is known”."
                    )
                    % {"line": number, "num": MOST_OF_LOOKS}
                )
        return looks

    def clean(self) -> dict[str, object]:
        """More lines than people: one of the two was mistyped, and nobody is made up."""
        data = super().clean() or {}
        number, lines = data.get("number"), len(str(data.get("looks") or "").strip().splitlines())
        if number is not None and lines > number:
            self.add_error(
                "looks",
                _("%(num)s people, but %(lines)s lines: which is right?") % {"num": number, "lines": lines},
            )
        return data

    def sent(self) -> UUID | None:
        """The same for one page that is sent twice, another one for other content."""
        once: UUID | None = self.cleaned_data.get("once")
        return uuid5(once, f"{self.about()}{self.people()}") if once else None
