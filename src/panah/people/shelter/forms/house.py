"""Who runs a house and is in it, its book, what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from panah.ground.kit.forms import DateTimeField, Form, by_name, one_line, one_of, paragraph, picked, ticked
from panah.people.shelter.words import IncidentKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class RunnerForm(Form):
    """Name a colleague who runs the place."""

    runner = picked(gettext_lazy("Colleague"), required=True)

    def __init__(self, *args: object, staff: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("runner", by_name(staff))


class ShiftForm(Form):
    """Who is in the house from when until when."""

    on_shift = picked(gettext_lazy("Colleague"), required=True)
    starts_at = DateTimeField(label=gettext_lazy("From"))
    ends_at = DateTimeField(label=gettext_lazy("Until"))

    def __init__(self, *args: object, staff: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("on_shift", by_name(staff))


class IncidentForm(Form):
    kind = one_of(gettext_lazy("What it was"), IncidentKind.choices)
    about = picked(
        gettext_lazy("About a resident"),
        hint=gettext_lazy(
            "Then it is kept with that resident and erased together. The book keeps kind and day."
        ),
    )
    text = paragraph(
        gettext_lazy("What happened"),
        hint=gettext_lazy("If it is about nobody in particular: no names, no bed."),
        required=True,
        rows=4,
    )
    told = paragraph(gettext_lazy("Who was told"), rows=2)
    alarm = ticked(
        gettext_lazy("Danger now: call in the colleague on duty"),
        gettext_lazy(
            "The telephone first. This pages the person on duty, and a second one after five minutes."
        ),
    )

    # What cannot wait stands first.
    field_order = ("alarm",)

    def __init__(self, *args: object, residents: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("about", [("", gettext_lazy("nobody in particular")), *residents])


class NeedForm(Form):
    what = one_line(gettext_lazy("What is needed"), required=True)
    how_many = one_line(gettext_lazy("How much"), most=60)
    urgent = ticked(gettext_lazy("Needed today"))

    def need(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("what", "how_many", "urgent")}
