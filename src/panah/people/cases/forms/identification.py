"""Identification, age, best interests, guardian."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import (
    AnswerField,
    ChoiceLabel,
    DateField,
    Form,
    PartialDateField,
    one_line,
    one_of,
    paragraph,
    picked,
)
from panah.people.cases.forms.common import ConflictCheckedForm, filled
from panah.people.cases.words import codes
from panah.people.cases.words.terms import AgeBasis


class PresumeForm(Form):
    grounds = paragraph(
        _("What points to it"), hint=_("What was told or seen. This is no verdict."), required=True
    )


class ReflectionForm(Form):
    began = DateField(label=_("From which day"), required=True, past=True)


class DecisionForm(Form):
    decision = one_of(
        _("What was decided"),
        [
            (
                "identified",
                ChoiceLabel(_("Formally identified"), _("Whoever decides in this country has decided so.")),
            ),
            (
                "not_identified",
                ChoiceLabel(_("Not identified"), _("Needs, plan and services stay as they are.")),
            ),
        ],
    )
    decider = picked(_("Who decided"), lambda: [("", "–"), *codes.choices_of("decider")], required=True)
    by_whom = one_line(
        _("Name of the office"), hint=_("The body, and the number of the paper if there is one.")
    )
    on = DateField(label=_("On which day"), required=True, past=True)
    remark = paragraph(_("Remark"))


class AgeForm(Form):
    said = one_of(
        _("What is known about the age?"),
        [
            ("unknown", ChoiceLabel(_("Not known"), _("It stays open. Nothing is assumed."))),
            (
                "child",
                ChoiceLabel(_("Child"), _("Under the age of the country’s rule sheet, or said to be.")),
            ),
            ("adult", ChoiceLabel(_("Adult"), _("Only with something better than an impression."))),
        ],
    )
    doubt = AnswerField(label=_("Could the person be a child?"))
    basis = one_of(_("How is it known?"), AgeBasis.choices, required=False)
    born = PartialDateField(
        label=_("Born"), required=False, past=True, help_text=_("As far as it is known: a year is enough.")
    )
    remark = paragraph(_("Remark"))

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("said") in ("child", "adult") and data.get("basis") == "":
            self.add_error("basis", self.fields["basis"].error_messages["required"])
        return data


class NoteTonightForm(ConflictCheckedForm):
    """What makes it possible to take a child to safety tonight."""

    place = paragraph(_("Where the child sleeps tonight, and with whom"), required=True)
    why = paragraph(_("Why this is best for the child now"), required=True)
    child_view = paragraph(_("What the child says"))
    health = paragraph(_("Pain, hunger, medicine, fear"))
    who_decided = one_line(_("Who decided with you"), required=True)


class AssessmentForm(ConflictCheckedForm):
    child_view = paragraph(_("What the child says and wants"), required=True, rows=4)
    safety = paragraph(_("Safety, now and where the child would go"), required=True)
    family = paragraph(_("Family: who they are, what part they had"))
    health = paragraph(_("Body, mind, development"))
    school = paragraph(_("School, play, language, faith"))
    options = paragraph(_("What is possible, with what speaks for and against each"), required=True, rows=5)
    advice = paragraph(_("What is advised"), required=True)


class DeterminationForm(ConflictCheckedForm):
    parties = paragraph(
        _("Who took part"),
        hint=_("One a line, at least two: child protection, a representative, a psychologist."),
        required=True,
    )
    family_checked = AnswerField(
        label=_("Was the family checked before?"),
        safe=True,
        help_text=_("By someone who saw the family, not on the telephone with them."),
    )
    child_view = paragraph(_("What the child says about it"), required=True)
    decision = paragraph(_("What was determined"), required=True, rows=4)
    on = DateField(label=_("On which day"), required=True, past=True)

    def clean_parties(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["parties"].splitlines() if line.strip()]

    def value(self) -> dict[str, object]:
        return {**self.cleaned_data, "on": self.cleaned_data["on"].isoformat()}


class GuardianForm(ConflictCheckedForm):
    name = one_line(_("Who"), hint=_("Protected like the person’s name."), required=True)
    relation = one_line(_("What they are to the child"), required=True)
    reach = one_line(_("How to reach them"))
    involved = AnswerField(
        label=_("Could this person be involved in what happened?"),
        help_text=_("Only a clear no lets them consent or be told."),
    )

    def value(self) -> dict[str, object]:
        return filled(self.cleaned_data)


FORMS: dict[str, type[ConflictCheckedForm]] = {"note": NoteTonightForm, "assessment": AssessmentForm}
