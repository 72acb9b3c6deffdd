from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, one_line, one_of, paragraph, picked
from panah.ground.network.queries import RuleValue
from panah.ground.network.words import (
    SHAPES,
    AgeDoubt,
    Decider,
    EmergencyService,
    LegalDuty,
    NumberReach,
    RuleKey,
    RuleKind,
    UnverifiedNumbers,
)

# The one field of a rule that is a choice: its name, its label, what is offered.
CHOSEN = {
    RuleKind.DECIDER: ("decides", _("Who decides"), Decider),
    RuleKind.DOUBT: ("doubt", _("When in doubt"), AgeDoubt),
    RuleKind.DUTY: ("duty", _("Is there a duty?"), LegalDuty),
    RuleKind.UNVERIFIED: ("unverified", _("At the public door they are"), UnverifiedNumbers),
}


class CheckForm(Form):
    """Somebody has read the line against the law and answers for it."""

    checked_by = one_line(
        _("Who checked it"),
        hint=_("The lawyer or colleague who read it against the law, not who types it in."),
        required=True,
        most=120,
    )
    checked_on = DateField(label=_("When it was checked"), past=True)
    source = one_line(_("Against what"), hint=_("Law and article, order, or who answered."))


class RuleForm(Form):
    """A new line for one rule. Which field holds the value depends on the kind of the rule."""

    text_en = paragraph(_("In words, English"))
    text_ru = paragraph(_("In words, Russian"))
    source = one_line(_("Source"))
    valid_from = DateField(label=_("Counts from"))
    checked_by = one_line(
        _("Who checked it"),
        hint=_("Leave both empty if nobody has checked it yet: the sheet then says so."),
        most=120,
    )
    checked_on = DateField(label=_("When it was checked"), past=True, required=False)

    def __init__(self, *args: object, key: RuleKey, now: RuleValue | None, **kwargs: Any) -> None:
        self.kind = SHAPES[key].kind
        value = now.value if now else None
        initial = {
            "text_en": now.text_en if now else "",
            "text_ru": now.text_ru if now else "",
            "source": now.source if now else "",
            **self._initial(value),
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        shaped = self._fields()
        for name, field in shaped.items():
            self.keep_quiet(field.widget)
            self.fields[name] = field
        self.order_fields([*shaped, "text_en", "text_ru"])

    def _fields(self) -> dict[str, forms.Field]:
        number = {
            RuleKind.AGE: (_("Years"), 0, 99),
            RuleKind.HOURS: (_("Hours"), 1, 240),
            RuleKind.DAYS: (_("Days"), 1, 3650),
            RuleKind.MONTHS: (_("Months"), 1, 1200),
        }
        if self.kind in number:
            label, least, most = number[self.kind]
            return {
                "number": forms.IntegerField(
                    label=label,
                    min_value=least,
                    max_value=most,
                    required=False,
                    help_text=_("Leave empty if nobody knows yet."),
                )
            }
        if self.kind == RuleKind.NUMBERS:
            return self._number_fields()
        if self.kind not in CHOSEN:
            return {}
        name, label, choices = CHOSEN[self.kind]
        fields: dict[str, forms.Field] = {name: one_of(label, choices.choices)}
        if self.kind == RuleKind.DUTY:
            fields["within_hours"] = forms.IntegerField(
                label=_("Within how many hours"), min_value=1, max_value=8760, required=False
            )
            fields["to_en"] = one_line(_("To whom, English"), most=200)
            fields["to_ru"] = one_line(_("To whom, Russian"), most=200)
        return fields

    def _number_fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for what in EmergencyService:
            found[f"number_{what.value}"] = one_line(what.label, most=30)
            found[f"reach_{what.value}"] = picked(
                _("%(what)s: from where") % {"what": what.label}, NumberReach.choices
            )
            found[f"abroad_{what.value}"] = one_line(
                _("%(what)s: from abroad, how") % {"what": what.label},
                hint=_("Empty where nobody knows: then the page says so."),
                most=120,
            )
        return found

    def _initial(self, value: Any) -> dict[str, object]:
        if value is None:
            return {}
        if self.kind == RuleKind.NUMBERS:
            return {
                f"{part}_{one['for']}": one.get(part, "")
                for one in value
                for part in ("number", "reach", "abroad")
            }
        return dict(value) if isinstance(value, dict) else {"number": value}

    def value(self) -> object:
        """The value in the shape of the rule's kind (words.RuleKind); None for "not known yet"."""
        given = self.cleaned_data
        if self.kind in (RuleKind.AGE, RuleKind.HOURS, RuleKind.DAYS, RuleKind.MONTHS):
            return given["number"]
        if self.kind == RuleKind.NUMBERS:
            found = []
            for what in EmergencyService:
                more = {part: given[f"{part}_{what.value}"] for part in ("reach", "abroad")}
                if number := given[f"number_{what.value}"]:
                    kept = {part: value for part, value in more.items() if value}
                    found.append({"for": what.value, "number": number, **kept})
            return found or None
        if self.kind == RuleKind.DUTY:
            names = ("duty", "within_hours", "to_en", "to_ru")
            return {name: given[name] for name in names if given[name]}
        if self.kind == RuleKind.TEXT:
            return None
        name, _label, _offered = CHOSEN[self.kind]
        return {name: given[name]}

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if self.kind == RuleKind.TEXT and not given.get("text_en") and not given.get("text_ru"):
            self.add_error("text_en", _("Write the rule in words, in English or in Russian."))
        return given
