"""A place, the way there, its rooms and beds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.forms import DateField, Form, many_of, one_line, one_of, paragraph, picked, ticked
from panah.ground.kit.languages import spoken
from panah.people.shelter.words import Group, PlaceKind, PlaceState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

LONGEST_NAME = 20
MOST_AT_ONCE = 20


class Beds(forms.CharField):
    """Names of beds, one after another: ``a, b, cot``. Cleans to a list."""

    def to_python(self, value: object) -> Any:
        names = [one.strip() for one in re.split(r"[,;\n]", str(value or "")) if one.strip()]
        # Here, since the validators of a field are given the list.
        ProhibitNullCharactersValidator()(value)
        if len(names) > MOST_AT_ONCE:
            raise ValidationError(_("At most %(num)s beds at once.") % {"num": MOST_AT_ONCE})
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("The name of a bed has at most %(num)s letters.") % {"num": LONGEST_NAME})
        return names

    def prepare_value(self, value: object) -> object:
        return ", ".join(value) if isinstance(value, list) else value


class PlaceForm(Form):
    """What stands in lists. Nothing here may tell where the place is."""

    name = one_line(
        gettext_lazy("Nickname"),
        hint=gettext_lazy(
            "It stands unprotected. It must not tell where: no street, district, building or owner. "
            "For example: House 3."
        ),
        required=True,
        most=40,
    )
    region = picked(
        gettext_lazy("Region"), required=True, hint=gettext_lazy("All that others are told of where it is.")
    )
    kind = one_of(gettext_lazy("What it is"), PlaceKind.choices)
    admits = many_of(gettext_lazy("Who can be admitted"), Group.choices, required=True)
    languages = many_of(gettext_lazy("Languages spoken there"), spoken, line=True)

    PLAIN = ("name", "region", "kind", "admits", "languages")

    def __init__(
        self, *args: object, regions: list[tuple[str, str]], changing: bool = False, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("region", [("", "–"), *regions])
        if changing:
            self.fields["state"] = one_of(gettext_lazy("State"), PlaceState.choices)

    def typed(self) -> dict[str, object]:
        names = (*self.PLAIN, "state") if "state" in self.fields else self.PLAIN
        return {name: self.cleaned_data[name] for name in names}


class WayForm(Form):
    """The way there: sealed. Read by those who run the place, the focal points, and whoever brings the person."""

    address = paragraph(gettext_lazy("Address"), required=True, rows=2)
    phone = one_line(gettext_lazy("Telephone of the house"))
    how = paragraph(
        gettext_lazy("How to come"),
        hint=gettext_lazy("The last stretch, the bell, who opens. Never by a taxi to the door."),
    )
    rules = paragraph(gettext_lazy("Rules of the house"))
    late = paragraph(
        gettext_lazy("What to do when somebody does not come back"),
        hint=gettext_lazy("Step by step: whom to call first, after how long, who decides about the police."),
        required=True,
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    SEALED = ("address", "phone", "how", "rules", "late")

    def way(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.SEALED}


class NewPlaceForm(WayForm, PlaceForm):
    """Both at once, and who runs it."""

    runners = many_of(gettext_lazy("Who runs it"), (), required=True)

    field_order = (*PlaceForm.PLAIN, "runners", *WayForm.SEALED)

    def __init__(self, *args: object, staff: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("runners", [(str(colleague.pk), colleague.name) for colleague in staff])


class RoomForm(Form):
    name = one_line(gettext_lazy("Room"), hint=gettext_lazy("For example: Room 1."), required=True, most=30)
    admits = many_of(
        gettext_lazy("Who sleeps there"),
        (),
        hint=gettext_lazy(
            "Nothing ticked: whoever the place takes. Who shares a room should be able to sleep."
        ),
    )
    step_free = ticked(gettext_lazy("Reached without steps, also with a wheelchair"))
    beds = Beds(
        label=gettext_lazy("Beds"),
        required=True,
        help_text=gettext_lazy("Their names, with commas: a, b, cot. What is named cot is counted apart."),
    )

    def __init__(self, *args: object, of_place: list[str], adding: bool = True, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("admits", [(v, label) for v, label in Group.choices if v in of_place])
        if not adding:
            del self.fields["beds"]


class AddBedsForm(Form):
    beds = Beds(
        label=gettext_lazy("More beds"),
        required=True,
        help_text=gettext_lazy("Their names, with commas: a, b, cot. What is named cot is counted apart."),
    )


class BedForm(Form):
    name = one_line(gettext_lazy("Bed"), required=True, most=LONGEST_NAME)
    out = ticked(gettext_lazy("Out of use"))
    out_from = DateField(label=gettext_lazy("Out of use from"), required=False)
    out_until = DateField(
        label=gettext_lazy("In use again on"),
        required=False,
        help_text=gettext_lazy("Empty: until further notice."),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        first, last = data.get("out_from"), data.get("out_until")
        if data.get("out") and not first and "out_from" not in self.errors:
            self.add_error("out_from", _("Write from which day."))
        if data.get("out") and first and last and last <= first:
            self.add_error("out_until", _("This day must be after the first day out of use."))
        return data

    def span(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] if data["out"] else None for name in ("out_from", "out_until")}
