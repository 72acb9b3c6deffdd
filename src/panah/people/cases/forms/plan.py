"""Needs, plan, services."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, many_of, one_line, one_of, paragraph, picked, ticked
from panah.people.cases.forms.common import ConflictCheckedForm, filled
from panah.people.cases.words import codes
from panah.people.cases.words.terms import Assistance, Horizon, NeedState, ServiceOutcome


class NeedForm(ConflictCheckedForm):
    type = picked(_("What is needed"), [("", "–"), *Assistance.choices], required=True)
    horizon = one_of(_("When"), Horizon.choices, initial="now", line=True)
    said = paragraph(_("In the person’s own words"))
    do = one_line(_("What we do"), hint=_("With this, the need becomes a line of the plan."))
    who = one_line(_("Who does it"), hint=_("A colleague, a partner, the person."))
    by = DateField(label=_("By when"), required=False)
    state = picked(_("Progress"), NeedState.choices, initial="open")

    def value(self) -> dict[str, object]:
        data = self.cleaned_data
        out = filled({**data, "by": data["by"].isoformat() if data["by"] else ""})
        if out.get("do") and out.get("state", "open") == "open":
            out["state"] = NeedState.PLANNED.value
        return out


class PlanForm(ConflictCheckedForm):
    objectives = paragraph(_("Goals"), required=True, rows=4)
    own_view = paragraph(_("What the person wants, in own words"), rows=4)
    types = many_of(_("Kinds of support"), lambda: codes.choices_of("support"))
    until = DateField(label=_("Plan valid until"), required=False)

    def value(self) -> dict[str, object]:
        data = self.cleaned_data
        return filled({**data, "until": data["until"].isoformat() if data["until"] else ""})


class ServiceForm(Form):
    type = picked(_("What kind of help"), [("", "–"), *Assistance.choices], required=True)
    what = one_line(_("What it was"), hint=_("For example: first examination, with an interpreter."))
    given_on = DateField(label=_("When"), required=True, past=True)
    by = one_line(_("Who gave it"), hint=_("Us, or a partner."))
    outcome = one_of(_("How it went"), ServiceOutcome.choices, initial="given")
    own_view = paragraph(_("What the person says about it"))

    def __init__(self, *args: object, needs: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"] = picked(_("For which need"), [("", "–"), *needs])
        self.fields["closes_need"] = ticked(_("The need is met with this"))

    def value(self) -> dict[str, object]:
        data = self.cleaned_data
        return filled({**data, "given_on": data["given_on"].isoformat()})
