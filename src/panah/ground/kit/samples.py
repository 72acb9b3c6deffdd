"""What the gallery shows: one form with every field, and a few moments around now. Nobody in it exists."""

from datetime import datetime, timedelta

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.forms import (
    AnswerField,
    CheckboxChoices,
    ChoiceLabel,
    DateField,
    DateTimeField,
    Form,
    PartialDateField,
    RadioChoices,
)


class SampleForm(Form):
    """Every kind of field once."""

    plain = forms.CharField(
        label=pgettext_lazy("sample", "A plain answer"),
        initial="Ә Ғ Қ Ң Ө Ұ Ү Һ І",
        help_text=format_lazy(
            pgettext_lazy("sample", "A hint stands before the field. Letters: {letters}"),
            letters="Ҷ Ҳ Ӣ Ӯ Ғ Қ, Oʻ Gʻ, ý ž ň ş ç, ж ң ү ө, مرحبا",
        ),
    )
    many_words = forms.CharField(
        label=pgettext_lazy("sample", "Longer words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        initial=pgettext_lazy("sample", "Protected as you type."),
    )
    one_of_many = forms.ChoiceField(
        label=pgettext_lazy("sample", "One of many"),
        choices=[
            ("presumed", pgettext_lazy("sample", "presumed")),
            ("decided", pgettext_lazy("sample", "decided")),
        ],
    )
    known = PartialDateField(
        label=pgettext_lazy("sample", "A date as far as it is known"),
        past=True,
        required=False,
        help_text=pgettext_lazy("sample", "The year alone is enough."),
    )
    on = DateField(label=pgettext_lazy("sample", "A whole day"), required=False)
    at = DateTimeField(label=pgettext_lazy("sample", "A day and a time"), required=False)
    paper = forms.FileField(
        label=pgettext_lazy("sample", "A paper or a photo"),
        required=False,
        help_text=pgettext_lazy("sample", "PDF, JPEG or PNG, up to 25 MB. Hidden details are removed."),
    )
    chosen = forms.ChoiceField(
        label=pgettext_lazy("sample", "Choose one"),
        widget=RadioChoices(keys="ab"),
        initial="yes",
        choices=[
            (
                "yes",
                ChoiceLabel(
                    pgettext_lazy("sample", "Chosen"), pgettext_lazy("sample", "With a line that explains")
                ),
            ),
            ("no", pgettext_lazy("sample", "Not chosen")),
        ],
    )
    some = forms.MultipleChoiceField(
        label=pgettext_lazy("sample", "Choose any"),
        widget=CheckboxChoices(line=True),
        initial=["yes"],
        choices=[("yes", pgettext_lazy("sample", "Chosen")), ("no", pgettext_lazy("sample", "Not chosen"))],
        required=False,
    )
    agree = forms.BooleanField(
        label=pgettext_lazy("sample", "A single box"),
        required=False,
        help_text=pgettext_lazy("sample", "With a line that explains"),
    )
    free = AnswerField(
        label=pgettext_lazy("sample", "Can the person speak freely?"),
        safe=True,
        initial="yes",
        help_text=pgettext_lazy("sample", "Here yes is the good answer."),
    )
    papers = AnswerField(
        label=pgettext_lazy("sample", "Papers are kept by someone else"),
        initial="yes",
        help_text=pgettext_lazy("sample", "What was said stands here."),
    )
    locked = AnswerField(label=pgettext_lazy("sample", "Locked in or watched"), initial="no")
    debt = AnswerField(label=pgettext_lazy("sample", "A debt that cannot be worked off"), initial="unknown")
    threats = AnswerField(label=pgettext_lazy("sample", "Threats"))


def wrong_form() -> SampleForm:
    """The same form as it comes back: two answers wrong, one refusal, everything typed kept."""
    form = SampleForm(
        {
            "plain": "",
            "known_day": "31",
            "known_month": "2",
            "known_year": "2026",
            "one_of_many": "presumed",
            "chosen": "yes",
        },
        prefix="w",
    )
    form.data = {f"w-{name}": value for name, value in form.data.items()}
    form.is_valid()
    form.refuse(
        Refusal(
            pgettext_lazy("sample", "This person still has a bed."),
            next_step=pgettext_lazy("sample", "End the shelter stay first."),
            code="sample",
        )
    )
    return form


def moments(now: datetime) -> dict[str, datetime]:
    """Times that are late, soon and far, seen from ``now``."""
    return {
        "late": now - timedelta(hours=2),
        "soon": now + timedelta(hours=3),
        "far": now + timedelta(days=9),
        "yesterday": now - timedelta(days=1),
        "last_year": now - timedelta(days=400),
        "now": now,
    }
