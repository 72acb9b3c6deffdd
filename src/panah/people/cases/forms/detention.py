"""Somebody who is held: where and until when, a visit, the consul, how it ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, DateTimeField, Form, one_line, one_of, paragraph, picked
from panah.people.cases.forms.common import ConflictCheckedForm, country, filled
from panah.people.cases.queries.detention import DetentionValue, is_held, law_of_detention, moment
from panah.people.cases.words.detention import (
    ConsulWish,
    DetentionEnd,
    HeldIn,
    HeldUntil,
    LawyerSeen,
    VisitState,
)


def iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _by_law(data: DetentionValue) -> datetime | None:
    """Since when, and the hours of that country's rule sheet; None where either is not known."""
    rule = law_of_detention(data["country"]) if data.get("since") else None
    hours = rule.value if rule is not None and isinstance(rule.value, int) else None
    return data["since"] + timedelta(hours=hours) if hours else None


def begins_with(kept: DetentionValue) -> DetentionValue:
    """What the form begins with: what is kept of somebody who is held now."""
    if not is_held(kept):
        return {}
    # A time that was counted is counted again, in case *since* changes.
    until = None if kept.get("counted") else moment(kept, "until")
    lawyer_on = date.fromisoformat(kept["lawyer_on"]) if kept.get("lawyer_on") else None
    return {**kept, "since": moment(kept, "since"), "until": until, "lawyer_on": lawyer_on}


class HeldForm(ConflictCheckedForm):
    """Where the person is held, since when, and when the law says that it must be decided."""

    kind = picked(_("Where is the person held?"), [("", "–"), *HeldIn.choices], required=True)
    place = one_line(_("Which one, in which town"), hint=_("It stays protected: no list shows it."))
    country = country(
        _("In which country"), required=True, hint=_("Its rule sheet says how many hours count.")
    )
    since = DateTimeField(
        label=_("Held since"), required=False, past=True, help_text=_("Empty if not known.")
    )
    before = picked(_("By then the person must be"), [("", _("not known")), *HeldUntil.choices])
    until = DateTimeField(
        label=_("By when"),
        required=False,
        help_text=_(
            "If a lawyer or a paper says it. Empty: the hours of the rule sheet count, where it knows them."
        ),
    )
    lawyer = picked(_("Has a lawyer been consulted?"), LawyerSeen.choices, required=True)
    lawyer_who = one_line(_("Which lawyer, how to reach"))
    lawyer_on = DateField(label=_("On which day"), required=False, past=True)

    def value(self) -> DetentionValue:
        """What is kept: where no time was typed, what the rule sheet makes of *held since*."""
        data = self.cleaned_data
        until = data["until"] or _by_law(data)
        kept = {key: data[key] for key in ("kind", "place", "country", "before", "lawyer", "lawyer_who")}
        times = {"since": iso(data["since"]), "until": iso(until), "lawyer_on": iso(data["lawyer_on"])}
        return filled({**kept, **times, "counted": "" if data["until"] or not until else "yes"})


class VisitForm(Form):
    state = one_of(_("The visit"), VisitState.choices, line=True)
    when = DateTimeField(
        label=_("When"), required=True, help_text=_("Of the asking, the answer or the visit itself.")
    )
    visitor = one_line(_("By whom"), hint=_("Who asked, or who went."))
    until = DateTimeField(label=_("Granted until"), required=False)
    seen = paragraph(
        _("What was seen and said"),
        hint=_("Health, wounds, food, sleep, papers, who else was in the room. What the person wants."),
    )
    following = DateTimeField(
        label=_("The next visit, or the next asking"),
        required=False,
        future=True,
        help_text=_("It comes on your list."),
    )

    def clean(self) -> DetentionValue:
        data = super().clean() or {}
        state = data.get("state")
        if state == VisitState.TOOK_PLACE and not data.get("visitor"):
            self.add_error("visitor", _("Write who was there."))
        # Whoever was refused, or waits, is asked for again: nobody is left in a cell by an empty field.
        waits = state in VisitState.values and state != VisitState.TOOK_PLACE
        if waits and not data.get("following") and "following" not in self.errors:
            self.add_error("following", _("Write when somebody goes there or asks again."))
        return data

    def value(self) -> DetentionValue:
        data = self.cleaned_data
        kept = {key: data[key] for key in ("state", "visitor", "seen")}
        return filled({**kept, "when": iso(data["when"]), "until": iso(data["until"])})


class ConsulForm(ConflictCheckedForm):
    wish = one_of(_("Does the person want the consul told?"), ConsulWish.choices)
    told_on = DateField(
        label=_("He was told on"),
        required=False,
        past=True,
        help_text=_("Empty while he was not. Only with a consent that is written down."),
    )
    remark = paragraph(
        _("In the person’s words"), hint=_("What the person fears, what the person hopes for.")
    )


class DetentionEndForm(Form):
    how = one_of(_("How did it end?"), DetentionEnd.choices)
    ended_at = DateTimeField(label=_("When"), required=True, past=True)
    remark = paragraph(_("Remark"), hint=_("Where the person is now, who is there."))
