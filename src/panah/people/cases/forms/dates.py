"""Deadlines, follow-ups, reintegration, means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.dates import span
from panah.ground.kit.forms import DateField, DateTimeField, Form, one_line, one_of, paragraph, picked
from panah.people.cases import rules
from panah.people.cases.forms.common import ConflictCheckedForm, colleague, filled
from panah.people.cases.words.terms import Area, ClockEnd, ClockKind, FollowUpReached, MeansKind, OwnView

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# What happened longer ago than that is told by its day.
MOST_HOURS = 336


class ClockForm(ConflictCheckedForm):
    """A deadline, by its own time or counted from what happened where the length is known.

    ``at`` is now. Of several times the earliest counts, and "about" is the earliest moment that it may mean.
    """

    # Nothing is preselected: the first choice would be read over her shoulder, or saved by mistake.
    kind = picked(_("Which deadline?"), [("", "–"), *ClockKind.choices], required=True)
    about = forms.IntegerField(
        label=_("About how many hours ago did it happen?"),
        required=False,
        min_value=0,
        max_value=MOST_HOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_(
            "For what runs in hours. A guess is enough: time is counted from the earliest that it may mean."
        ),
    )
    since = DateTimeField(
        label=_("When it happened"),
        required=False,
        past=True,
        day_alone=True,
        help_text=_("If the day is known. Without a time it counts from the beginning of that day."),
    )
    due_at = DateTimeField(label=_("By when"), required=False, help_text=_("Or the time itself."))
    what = one_line(_("What must happen by then"), hint=_("Where, which paper, who goes along."))
    meant = forms.BooleanField(label=_("This time has passed, and it is meant"), required=False)

    def __init__(self, *args: object, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        if not self.is_bound:
            del self.fields["meant"]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        self._count(data, rules.CLOCKS[data["kind"]].length if data.get("kind") else None)
        end = data.get("due_at")
        if end is None and not {"due_at", "since", "about"} & self.errors.keys():
            self.add_error("due_at", _("Write by when, or when it happened if it runs in hours."))
        if end is None or end > self.at:
            del self.fields["meant"]
        elif not data.get("meant"):
            self.add_error("meant", self._asked(end))
        return data

    def _count(self, data: dict[str, Any], length: timedelta | None) -> None:
        """Find when a deadline began to run and when it ends: what was typed now counts, of two times the earlier."""
        before, about, typed = self.initial, data.get("about"), data.get("due_at")
        began = [data["since"]] if data.get("since") else []
        if about is not None:
            # Hours ago are counted from when they were said.
            said_before = before.get("earliest") if about == before.get("about") else None
            began.append(said_before or rules.earliest_of(about, at=self.at))
        data["since"] = min(began, default=None)
        changed = any(data.get(name) != before.get(name) for name in ("kind", "about", "since"))
        ends = [data["since"] + length] if length and began and changed else []
        if typed and typed != before.get("due_at"):
            ends.append(typed)
        data["due_at"] = min(ends, default=typed)

    def _asked(self, end: datetime) -> str:
        sentence = _("The time was over %(span)s ago. Look at the day again; if it is right, tick this.")
        return sentence % {"span": span(self.at - end)}


class ClockEndForm(Form):
    how = one_of(_("How did it end?"), ClockEnd.choices)
    remark = paragraph(_("Remark"))


class FollowUpDayForm(Form):
    due_at = DateTimeField(label=_("When"), required=True, future=True)


def own_view(area: Area) -> forms.ChoiceField:
    return one_of(area.label, OwnView.choices, required=False, line=True, initial="none")


class FollowUpForm(ConflictCheckedForm):
    reached = one_of(_("Was the person reached?"), FollowUpReached.choices)
    said = paragraph(_("What the person says"))
    next_step = one_line(_("What follows from it"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for area in Area:
            self.fields[f"view_{area.value}"] = own_view(area)

    def views(self) -> dict[str, str]:
        """The person's word by area, where it was asked."""
        views = {a.value: self.cleaned_data.get(f"view_{a.value}") or "none" for a in Area}
        return {area: view for area, view in views.items() if view != "none"}


class ReintegrationForm(ConflictCheckedForm):
    """Measured by the person: how it is now, what the person wants, the next step, for each part of life."""

    measure = paragraph(
        _("How will the person know that life is good again?"),
        hint=_("In the person’s own words. Everything else is measured by this."),
    )
    where = one_line(_("Where the person wants to live"))

    def __init__(self, *args: object, initial: dict[str, Any] | None = None, **kwargs: object) -> None:
        value = initial or {}
        flat = {k: value.get(k, "") for k in ("measure", "where")}
        for area, row in value.get("areas", {}).items():
            flat.update({f"{area}_{k}": v for k, v in row.items()})
        super().__init__(*args, initial=flat, **kwargs)
        for area in Area:
            for key, label in (
                ("now", _("How it is now")),
                ("wish", _("What the person wants")),
                ("step", _("Next step, and whose")),
            ):
                made = one_line(label)
                self.keep_quiet(made.widget)
                self.fields[f"{area.value}_{key}"] = made

    @property
    def areas(self) -> list[tuple[str, list[str]]]:
        return [(str(a.label), [f"{a.value}_{k}" for k in ("now", "wish", "step")]) for a in Area]

    def value(self) -> dict[str, object]:
        data = self.cleaned_data
        areas = {a.value: filled({k: data[f"{a.value}_{k}"] for k in ("now", "wish", "step")}) for a in Area}
        return filled({"measure": data["measure"], "where": data["where"], "areas": filled(areas)})


class MeansForm(Form):
    kind = one_of(_("What kind of thing"), MeansKind.choices, line=True)
    what = one_line(_("What exactly"), required=True)
    amount = forms.DecimalField(
        label=_("Sum"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = one_line(_("Currency"), hint=_("Three letters, for example KZT."))
    on = DateField(label=_("On which day"), required=True, past=True)
    mark = one_line(_("How the person signed"), hint=_("A mark, a word, a fingerprint on paper. No name."))

    def __init__(self, *args: object, staff: Iterable[Staff] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"] = colleague(_("Who signs as the second?"), staff)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        currency = data.get("currency", "").upper()
        if data.get("amount") and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            self.add_error("currency", _("Write the currency in three letters, for example KZT."))
        if data.get("kind") == MeansKind.MONEY and not data.get("amount"):
            self.add_error("amount", _("Write the sum."))
        return {**data, "currency": currency}

    def value(self) -> dict[str, object]:
        data = self.cleaned_data
        keep = {k: data[k] for k in ("kind", "what", "currency", "mark")}
        return filled({**keep, "amount": str(data["amount"] or ""), "on": data["on"].isoformat()})
