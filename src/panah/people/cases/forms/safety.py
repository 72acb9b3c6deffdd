"""Risk, the safety plan, review times, and putting something on the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import ChoiceLabel, DateTimeField, Form, one_line, one_of, paragraph, ticked
from panah.ground.work.words import DueKind
from panah.people.cases.forms.common import ConflictCheckedForm, filled
from panah.people.cases.words.terms import Risk

EXPLAINED = [
    (
        Risk.EXTREME.value,
        ChoiceLabel(
            Risk.EXTREME.label,
            _(
                "Someone may be killed or taken. Act before writing. The colleague on duty is paged when you keep it."
            ),
        ),
    ),
    (
        Risk.HIGH.value,
        ChoiceLabel(Risk.HIGH.label, _("Threats are real, the place or the number is known to them.")),
    ),
    (
        Risk.MEDIUM.value,
        ChoiceLabel(Risk.MEDIUM.label, _("They could find the person; there is no sign that they look.")),
    ),
    (Risk.LOW.value, ChoiceLabel(Risk.LOW.label, _("Nobody looks for the person, the place is safe."))),
]


class RiskForm(Form):
    level = one_of(_("How high is the risk?"), EXPLAINED)
    why = paragraph(
        _("Why"),
        hint=_("What was seen or told. The level follows from this, not from a feeling alone."),
        required=True,
    )
    from_whom = one_line(_("From whom, or from what"), hint=_("Also the person’s own risk: health, suicide."))
    own_view = paragraph(_("How does the person see it?"))


class SafetyForm(ConflictCheckedForm):
    """What the person does and wants, in words that help when it is needed."""

    reach = paragraph(
        _("When and how it is safe to reach the person"),
        hint=_("Hours, word to say first, what to say to others."),
    )
    never = paragraph(_("Never"), hint=_("For example: no messages, no calls from a hidden number."))
    from_whom = paragraph(_("From whom"), hint=_("Who looks for the person, what they know."))
    places = paragraph(_("Places and ways to avoid"))
    if_found = paragraph(_("If found: what the person does first"))
    way_out = paragraph(_("The way out, and where to"))
    people = paragraph(_("Whom the person trusts"))
    children = paragraph(_("Children and others to think of"))
    phone = paragraph(
        _("Telephone and accounts"), hint=_("Location, shared accounts, who knows the passwords.")
    )
    bag = paragraph(_("What is packed, where papers are"))
    hope = paragraph(_("What gives strength"))

    def value(self) -> dict[str, object]:
        return filled(self.cleaned_data)


class PaperForm(Form):
    asked = ticked(_("The person asked for it on paper and knows that paper can be found"))

    def clean_asked(self) -> bool:
        if not self.cleaned_data["asked"]:
            raise forms.ValidationError(_("A safety plan goes on paper only when the person asks for it."))
        return True


class ReviewTimesForm(Form):
    """Hours until a risk is looked at again, by level."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for level in Risk:
            self.fields[level.value] = forms.IntegerField(
                label=level.label,
                min_value=1,
                max_value=24 * 90,
                help_text=_("hours"),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )


class DueForm(Form):
    kind = one_of(_("What is it?"), DueKind.choices, line=True)
    due_at = DateTimeField(label=_("When"), required=True, future=True)
    sentence = one_line(_("In a sentence"), hint=_("Only those who hold the case read it."), required=True)


class CeilingForm(Form):
    """How many open cases one colleague should hold."""

    most = forms.IntegerField(
        label=_("Open cases of one colleague at most"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Empty: no ceiling."),
    )
