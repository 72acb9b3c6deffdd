"""When something is open, and in which languages: shared by services and numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.directory import words
from panah.ground.directory.models import HotlineNumber, Service
from panah.ground.directory.queries.opening_hours import hours
from panah.ground.directory.rules import Hours, Span
from panah.ground.kit.forms import TimeField, many_of, one_line, one_of, picked
from panah.ground.kit.versioned_form import KeptForm

ALWAYS: list[Span] = [{"byday": list(words.Weekday.values), "opens": "00:00", "closes": "24:00"}]


HOURS_KINDS = (
    ("unknown", gettext_lazy("Not known")),
    ("always", gettext_lazy("Day and night")),
    ("weekly", gettext_lazy("On some days, at some hours")),
)


FREE = (
    ("", gettext_lazy("Not known")),
    ("yes", gettext_lazy("Free of charge")),
    ("no", gettext_lazy("Costs something")),
)


class HoursForm(KeptForm):
    """Opening hours in words and in a form that can tell whether it is open now."""

    hours_kind = one_of(gettext_lazy("Opening hours"), HOURS_KINDS, initial="unknown")
    days = many_of(gettext_lazy("Days"), words.Weekday.choices, line=True)
    opens = TimeField(
        label=gettext_lazy("Opens at"),
        required=False,
        help_text=gettext_lazy("For example 09:00."),
        widget=forms.TextInput(attrs={"class": "w-4"}),
    )
    closes = TimeField(
        label=gettext_lazy("Closes at"),
        required=False,
        help_text=gettext_lazy("For example 18:00."),
        widget=forms.TextInput(attrs={"class": "w-4"}),
    )
    hours_en = one_line(gettext_lazy("Hours in words, English"), most=200)
    hours_ru = one_line(gettext_lazy("Hours in words, Russian"), most=200)
    free = picked(gettext_lazy("Cost"), FREE)

    def keep_hours(self, row: Service | HotlineNumber) -> None:
        """Several spans, as a directory may bring them, do not fit into one line of fields: they can be left."""
        self.several = list(row.hours) if len(row.hours) > 1 else []
        if self.several:
            spans = [Hours(tuple(h["byday"]), h["opens"], h["closes"]) for h in self.several]
            as_is = ("as_is", _("As they are: %(hours)s") % {"hours": hours(spans)})
            self.offer("hours_kind", [as_is, *HOURS_KINDS])
            self.initial["hours_kind"] = "as_is"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("hours_kind") == "weekly":
            for name, why in (
                ("days", _("Choose the days.")),
                ("opens", _("Write when it opens.")),
                ("closes", _("Write when it closes.")),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, why)
        return given

    def hours(self) -> list[Span]:
        """The schedule in the shape of Service.hours."""
        given = self.cleaned_data
        if given["hours_kind"] == "as_is":
            return self.several
        if given["hours_kind"] == "always":
            return ALWAYS
        if given["hours_kind"] == "unknown":
            return []
        closes = f"{given['closes']:%H:%M}"
        return [
            {
                "byday": given["days"],
                "opens": f"{given['opens']:%H:%M}",
                "closes": "24:00" if closes == "00:00" else closes,
            }
        ]

    def is_free(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["free"])


def hours_initial(row: Service | HotlineNumber) -> dict[str, object]:
    """What the hours part of a form starts with."""
    free = {True: "yes", False: "no", None: ""}[row.free]
    initial: dict[str, object] = {"hours_en": row.hours_en, "hours_ru": row.hours_ru, "free": free}
    if not row.hours:
        return initial | {"hours_kind": "unknown"}
    first = row.hours[0]
    if (first["opens"], first["closes"], len(first["byday"])) == ("00:00", "24:00", 7):
        return initial | {"hours_kind": "always"}
    return initial | {
        "hours_kind": "weekly",
        "days": first["byday"],
        "opens": first["opens"],
        "closes": "00:00" if first["closes"] == "24:00" else first["closes"],
    }
