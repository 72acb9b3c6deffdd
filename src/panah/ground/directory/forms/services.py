"""A service as its keeper writes it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.directory import words
from panah.ground.directory.actions import ServiceEntry
from panah.ground.directory.forms.hours import HoursForm, hours_initial
from panah.ground.directory.models import Service
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.forms import many_of, one_line, paragraph, picked, ticked
from panah.ground.kit.languages import spoken
from panah.ground.network.queries import region_choices

# Fields that go into the entry as they are.
SAME = (
    "organization_name",
    "organization_kind",
    "name_en",
    "name_ru",
    "description_en",
    "description_ru",
    "region",
    "needs",
    "admits",
    "languages",
    "minimum_age",
    "maximum_age",
    "hours_en",
    "hours_ru",
    "fees",
    "capacity",
    "how_to_refer",
    "eligibility",
    "documents",
    "website",
    "address",
    "status",
    "contact_name",
    "contact_title",
    "contact_phone",
    "contact_email",
    "contact_may_be_shared",
)


class ServiceForm(HoursForm):
    organization = picked(gettext_lazy("Organisation"))
    organization_name = one_line(gettext_lazy("Name of a new organisation"), most=200)
    organization_kind = picked(
        gettext_lazy("What kind of organisation"),
        [("", gettext_lazy("choose for a new one")), *words.OrganizationKind.choices],
    )
    name_en = one_line(gettext_lazy("Service, in English"), required=True, most=200)
    name_ru = one_line(gettext_lazy("Service, in Russian"), most=200)
    description_en = paragraph(gettext_lazy("What it does, English"))
    description_ru = paragraph(gettext_lazy("What it does, Russian"))
    needs = many_of(gettext_lazy("What it helps with"), words.Need.choices, required=True)
    admits = many_of(gettext_lazy("Who can be admitted"), words.Admits.choices, line=True)
    minimum_age = forms.IntegerField(
        label=gettext_lazy("From age"), min_value=0, max_value=120, required=False
    )
    maximum_age = forms.IntegerField(
        label=gettext_lazy("Up to age"), min_value=0, max_value=120, required=False
    )
    languages = many_of(gettext_lazy("Languages"), line=True)
    region = picked(gettext_lazy("Region"))
    address = one_line(
        gettext_lazy("Where to come"), hint=gettext_lazy("Never for a service that offers a bed.")
    )
    phones = paragraph(gettext_lazy("Numbers, one a line"), most=400, rows=2)
    fees = one_line(gettext_lazy("What it costs"), most=200)
    capacity = one_line(gettext_lazy("How many it can take"), most=200)
    how_to_refer = paragraph(gettext_lazy("How to refer someone"), rows=2)
    eligibility = paragraph(gettext_lazy("For whom, in words"), rows=2)
    documents = paragraph(gettext_lazy("Papers to bring, one a line"), rows=2)
    website = forms.URLField(
        label=gettext_lazy("Website"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    contact_name = one_line(gettext_lazy("Whom to ask for"), most=120)
    contact_title = one_line(gettext_lazy("What for"), most=120)
    contact_phone = one_line(gettext_lazy("Number of this contact"), most=40)
    contact_email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    contact_may_be_shared = ticked(gettext_lazy("This contact agreed to stand in a directory that leaves"))
    status = picked(gettext_lazy("State"), words.ServiceStatus.choices, required=True)
    field_order = (
        "organization",
        "organization_name",
        "organization_kind",
        "name_en",
        "name_ru",
        "needs",
        "admits",
        "minimum_age",
        "maximum_age",
        "languages",
        "region",
        "address",
        "phones",
        "hours_kind",
        "days",
        "opens",
        "closes",
        "hours_en",
        "hours_ru",
        "free",
        "fees",
        "description_en",
        "description_ru",
        "capacity",
        "how_to_refer",
        "eligibility",
        "documents",
        "website",
        "contact_name",
        "contact_title",
        "contact_phone",
        "contact_email",
        "contact_may_be_shared",
        "status",
    )

    def __init__(
        self,
        *args: object,
        row: Service,
        organizations: Iterable[tuple[str, str]],
        existing: bool,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, initial=_service_initial(row, existing=existing), **kwargs)
        self.look_at(row)
        self.keep_hours(row)
        self.fields["organization"].choices = [  # type: ignore[attr-defined]
            ("", _("a new one, named below")),
            *organizations,
        ]
        self.fields["languages"].choices = spoken()  # type: ignore[attr-defined]
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            ("", _("the whole country")),
            *region_choices(row.iso2),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("organization"):
            if not given.get("organization_name"):
                self.add_error("organization", _("Choose the organisation, or name a new one."))
            elif not given.get("organization_kind"):
                self.add_error("organization_kind", _("Say what kind of organisation it is."))
        least, most = given.get("minimum_age"), given.get("maximum_age")
        if least is not None and most is not None and most < least:
            self.add_error("maximum_age", _("The upper age lies below the lower one."))
        return given

    def entry(self) -> ServiceEntry:
        given = self.cleaned_data
        same = {name: given[name] for name in SAME}
        return ServiceEntry(
            iso2=self.row.iso2,
            organization=given["organization"] or None,
            hours=self.hours(),
            time_zone=self.row.time_zone,
            free=self.is_free(),
            phones=[line.strip() for line in given["phones"].splitlines() if line.strip()],
            **same,
        )


def _service_initial(row: Service, *, existing: bool) -> dict[str, object]:
    plain = (
        "name_en",
        "name_ru",
        "description_en",
        "description_ru",
        "minimum_age",
        "maximum_age",
        "address",
        "fees",
        "capacity",
        "how_to_refer",
        "eligibility",
        "documents",
        "website",
        "status",
    )
    initial = {name: getattr(row, name) for name in plain} | hours_initial(row)
    if not existing:
        return initial
    terms = list(row.terms.all())
    for name, kind in (("needs", "need"), ("admits", "admits"), ("languages", "language")):
        initial[name] = [t.term for t in terms if t.kind == kind]
    initial["organization"] = str(row.organization_id)
    initial["region"] = row.region.code if row.region else ""
    initial["phones"] = "\n".join(
        filter(None, (dialled_numbers.to_edit(row, p.number) for p in row.phones.all()))
    )
    contact = next(iter(row.contacts.all()), None)
    if contact is not None:
        for name in ("name", "title", "phone", "email"):
            initial[f"contact_{name}"] = getattr(contact, name)
        initial["contact_phone"] = dialled_numbers.to_edit(contact, contact.phone)
        initial["contact_email"] = dialled_numbers.to_edit(contact, contact.email)
        initial["contact_may_be_shared"] = contact.may_be_shared
    return initial
