"""A form about colleagues: whoever is ticked never learns that it exists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django import forms

from panah.ground.kit.forms import ChoiceLabel, Form

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff


class ConcerningForm(Form):
    """``once`` makes sure that what is sent twice is one matter. Needs a field ``concerns``, offered to tick."""

    # What stands beside a colleague who would read it.
    reads: StrOrPromise = ""
    once = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(
        self, *args: object, people: Iterable[Staff], readers: Iterable[UUID], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", uuid4())
        would = set(readers)
        self.offer(
            "concerns",
            [
                (str(person.pk), ChoiceLabel(person.name, self.reads) if person.pk in would else person.name)
                for person in people
            ],
        )

    def typed(self) -> dict[str, object]:
        """What is sealed: everything that says something, without the ticks and the mark of the form."""
        out = {k: v for k, v in self.cleaned_data.items() if k not in ("once", "concerns")}
        return {k: v for k, v in out.items() if v not in ("", None, [], "none")}

    def concerned(self) -> set[UUID]:
        return {UUID(pk) for pk in self.cleaned_data["concerns"]}
