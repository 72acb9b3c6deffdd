"""Identification, age, best interests, guardian."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases.forms.common import Shared, filled, one_of, picked, text
from panah.cases.words import codes
from panah.cases.words.terms import AgeBasis
from panah.kit.forms import Answer, DateAsKnown, Day, Explained, Form


class PresumeForm(Form):
    grounds = text(
        _("What points to it"), required=True, long=True, hint=_("What was told or seen. This is no verdict.")
    )


class ReflectionForm(Form):
    began = Day(label=_("From which day"), required=True, past=True)


class DecisionForm(Form):
    decision = one_of(
        _("What was decided"),
        [
            (
                "identified",
                Explained(_("Formally identified"), _("Whoever decides in this country has decided so.")),
            ),
            (
                "not_identified",
                Explained(_("Not identified"), _("Needs, plan and services stay as they are.")),
            ),
        ],
    )
    decider = picked(_("Who decided"), lambda: [("", "–"), *codes.choices_of("decider")], required=True)
    by_whom = text(_("Name of the office"), hint=_("The body, and the number of the paper if there is one."))
    on = Day(label=_("On which day"), required=True, past=True)
    remark = text(_("Remark"), long=True)


class AgeForm(Form):
    said = one_of(
        _("What is known about the age?"),
        [
            ("unknown", Explained(_("Not known"), _("It stays open. Nothing is assumed."))),
            ("child", Explained(_("Child"), _("Under the age of the country’s rule sheet, or said to be."))),
            ("adult", Explained(_("Adult"), _("Only with something better than an impression."))),
        ],
    )
    doubt = Answer(label=_("Could the person be a child?"))
    basis = one_of(_("How is it known?"), AgeBasis.choices, required=False)
    born = DateAsKnown(
        label=_("Born"), required=False, past=True, help_text=_("As far as it is known: a year is enough.")
    )
    remark = text(_("Remark"), long=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("said") in ("child", "adult") and data.get("basis") == "":
            self.add_error("basis", self.fields["basis"].error_messages["required"])
        return data


class NoteTonightForm(Shared):
    """What makes it possible to take a child to safety tonight."""

    place = text(_("Where the child sleeps tonight, and with whom"), required=True, long=True)
    why = text(_("Why this is best for the child now"), required=True, long=True)
    child_view = text(_("What the child says"), long=True)
    health = text(_("Pain, hunger, medicine, fear"), long=True)
    who_decided = text(_("Who decided with you"), required=True)


class AssessmentForm(Shared):
    child_view = text(_("What the child says and wants"), required=True, long=True, rows=4)
    safety = text(_("Safety, now and where the child would go"), required=True, long=True)
    family = text(_("Family: who they are, what part they had"), long=True)
    health = text(_("Body, mind, development"), long=True)
    school = text(_("School, play, language, faith"), long=True)
    options = text(
        _("What is possible, with what speaks for and against each"), required=True, long=True, rows=5
    )
    advice = text(_("What is advised"), required=True, long=True)


class DeterminationForm(Shared):
    parties = text(
        _("Who took part"),
        required=True,
        long=True,
        hint=_("One a line, at least two: child protection, a representative, a psychologist."),
    )
    family_checked = Answer(
        label=_("Was the family checked before?"),
        safe=True,
        help_text=_("By someone who saw the family, not on the telephone with them."),
    )
    child_view = text(_("What the child says to it"), required=True, long=True)
    decision = text(_("What was determined"), required=True, long=True, rows=4)
    on = Day(label=_("On which day"), required=True, past=True)

    def clean_parties(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["parties"].splitlines() if line.strip()]

    def value(self) -> dict[str, Any]:
        return {**self.cleaned_data, "on": self.cleaned_data["on"].isoformat()}


class GuardianForm(Shared):
    name = text(_("Who"), required=True, hint=_("Sealed like a name of the person."))
    relation = text(_("What they are to the child"), required=True)
    reach = text(_("How to reach them"))
    involved = Answer(
        label=_("Could this person be involved in what happened?"),
        help_text=_("Only a clear no lets them consent or be told."),
    )

    def value(self) -> dict[str, Any]:
        return filled(self.cleaned_data)


FORMS: dict[str, type[forms.Form]] = {"note": NoteTonightForm, "assessment": AssessmentForm}
