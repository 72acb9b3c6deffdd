"""Adult or child, wherever somebody is written down first: an adult only when the doubt was asked and there is none."""

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.fields import AnswerField, ChoiceLabel
from panah.ground.kit.forms import Form, one_of


def adult_or_child(initial: str | None = None) -> forms.Field:
    return one_of(
        _("Adult or child?"),
        [
            ("unknown", ChoiceLabel(_("Not known"), _("Nothing is assumed. In doubt a child."))),
            ("child", _("Child")),
            ("adult", _("Adult")),
        ],
        line=True,
        initial=initial,
    )


def could_be_a_child() -> AnswerField:
    return AnswerField(
        label=_("Could the person be a child?"), help_text=_("Asked of everybody who is said to be an adult.")
    )


def settle_age(form: Form) -> None:
    """Make of both answers of a form (``age_group``, ``doubt``) the one that counts: in doubt a child."""
    said, doubt = form.cleaned_data.get("age_group"), form.cleaned_data.pop("doubt", "none")
    if doubt == "yes":
        form.cleaned_data["age_group"] = "child"
    elif said == "adult" and doubt == "none":
        form.add_error("doubt", _("Whether an adult could be a child is asked first."))
    elif doubt == "unknown" and said != "child":
        # As in a case: nobody knows whether an adult is one; of whom nothing was known, that is a doubt.
        form.cleaned_data["age_group"] = "unknown" if said == "adult" else "child"
