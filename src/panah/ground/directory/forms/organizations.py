"""An organisation and what was agreed with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from panah.ground.directory import words
from panah.ground.directory.actions import OrganizationEntry
from panah.ground.directory.models import Agreement, Organization
from panah.ground.kit.forms import DateField, one_line, paragraph, picked, ticked
from panah.ground.kit.versioned_form import KeptForm


class OrganizationForm(KeptForm):
    name_en = one_line(gettext_lazy("Name in English"), required=True, most=200)
    name_ru = one_line(gettext_lazy("Name in Russian"), most=200)
    kind = picked(gettext_lazy("What kind of organisation"), words.OrganizationKind.choices, required=True)
    description_en = paragraph(gettext_lazy("What it does, English"))
    description_ru = paragraph(gettext_lazy("What it does, Russian"))
    website = forms.URLField(
        label=gettext_lazy("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("The office’s own, not a colleague’s: it leaves with the directory."),
    )
    mandate_en = paragraph(
        gettext_lazy("Mandate, English"),
        hint=gettext_lazy("What a law, a statute or an order charges it with."),
        rows=2,
    )
    mandate_ru = paragraph(gettext_lazy("Mandate, Russian"), rows=2)
    funding = one_line(gettext_lazy("Who pays for it"), most=200)
    has_panah = ticked(gettext_lazy("It works with Panah"))

    def __init__(self, *args: object, row: Organization, **kwargs: object) -> None:
        names = OrganizationEntry.__dataclass_fields__
        super().__init__(*args, initial={name: getattr(row, name) for name in names}, **kwargs)
        self.look_at(row)

    def entry(self) -> OrganizationEntry:
        given = self.cleaned_data
        return OrganizationEntry(**{name: given[name] for name in OrganizationEntry.__dataclass_fields__})


class AgreementForm(KeptForm):
    starts_on = DateField(label=gettext_lazy("From"))
    ends_on = DateField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Leave empty if no end was agreed."),
    )
    scope = paragraph(gettext_lazy("What was agreed"), required=True)

    def __init__(self, *args: object, row: Agreement | None = None, **kwargs: object) -> None:
        names = ("starts_on", "ends_on", "scope")
        super().__init__(*args, initial={n: getattr(row, n) for n in names} if row else {}, **kwargs)
        if row is not None:
            self.look_at(row)

    def entry(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "scope")}
