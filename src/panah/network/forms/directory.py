import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.kit.forms import Choices, Clock, Form, ManyChoices
from panah.network import words
from panah.network.actions import NumberEntry, ServiceEntry
from panah.network.models import HotlineNumber, Service
from panah.network.queries import Search, countries, place_choices, region_choices

ALWAYS = [{"byday": list(words.Weekday.values), "opens": "00:00", "closes": "24:00"}]
HOURS_KINDS = (
    ("unknown", gettext_lazy("Not known")),
    ("always", gettext_lazy("Day and night")),
    ("weekly", gettext_lazy("On some days, at some hours")),
)
FREE = (
    ("", gettext_lazy("Not known")),
    ("yes", gettext_lazy("Free of charge")),
    ("no", gettext_lazy("Costs something")),
)


def language_choices() -> list[tuple[str, str]]:
    reader = get_language() or "en"
    return [(tag, words.language_name(tag, reader)) for tag in words.LANGUAGES]


class SearchForm(Form):
    """Closed lists only: this search stands in an address, and no word about a person may."""

    need = forms.ChoiceField(label=gettext_lazy("What is needed"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    admits = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)
    open_now = forms.BooleanField(label=gettext_lazy("Open now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("need", _("anything"), words.Need.choices)
        self._choose("place", _("anywhere"), place_choices())
        self._choose("language", _("any language"), language_choices())
        self._choose("admits", _("anyone"), words.Admits.choices)

    def _choose(self, name: str, nothing: str, choices: Any) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def search(self) -> Search:
        """What was asked; whatever does not stand in its list is left out rather than refused."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        place = given.get("place", "")
        return Search(
            need=given.get("need", ""), iso2=place.split("-")[0],
            region=place if "-" in place else "", language=given.get("language", ""),
            admits=given.get("admits", ""), open_now=given.get("open_now", False),
        )


class FindByNameForm(Form):
    """Free words are posted, so that nothing typed here lies in an address or a history."""

    words = forms.CharField(
        label=gettext_lazy("Find by name"), max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class VerifyForm(Form):
    """What came of trying it just now."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"), choices=words.Outcome.choices, widget=Choices,
        error_messages={"required": gettext_lazy("Say what came of it.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=300, required=False,
        help_text=gettext_lazy("About the line only: nothing about a person who was helped."),
    )


class HoursForm(Form):
    """Opening hours in words and in a form that can tell whether it is open now."""

    hours_kind = forms.ChoiceField(
        label=gettext_lazy("Opening hours"), choices=HOURS_KINDS, widget=Choices, initial="unknown"
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"), choices=words.Weekday.choices, required=False,
        widget=ManyChoices(line=True),
    )
    opens = Clock(label=gettext_lazy("Opens at"), required=False)
    closes = Clock(label=gettext_lazy("Closes at"), required=False)
    hours_en = forms.CharField(
        label=gettext_lazy("Hours in words, English"), max_length=200, required=False
    )
    hours_ru = forms.CharField(
        label=gettext_lazy("Hours in words, Russian"), max_length=200, required=False
    )
    free = forms.ChoiceField(label=gettext_lazy("Cost"), choices=FREE, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("hours_kind") == "weekly":
            for name, why in (
                ("days", _("Choose the days.")),
                ("opens", _("Write when it opens.")),
                ("closes", _("Write when it closes.")),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, why)
        return given

    def hours(self) -> list[dict[str, Any]]:
        """The schedule in the shape of Service.hours."""
        given = self.cleaned_data
        if given["hours_kind"] == "always":
            return ALWAYS
        if given["hours_kind"] == "unknown":
            return []
        closes = f"{given['closes']:%H:%M}"
        return [
            {
                "byday": given["days"], "opens": f"{given['opens']:%H:%M}",
                "closes": "24:00" if closes == "00:00" else closes,
            }
        ]

    def is_free(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["free"])


def hours_initial(row: Service | HotlineNumber) -> dict[str, Any]:
    """What the hours part of a form starts with."""
    free = {True: "yes", False: "no", None: ""}[row.free]
    initial = {"hours_en": row.hours_en, "hours_ru": row.hours_ru, "free": free}
    if not row.hours:
        return initial | {"hours_kind": "unknown"}
    first = row.hours[0]
    if (first["opens"], first["closes"], len(first["byday"])) == ("00:00", "24:00", 7):
        return initial | {"hours_kind": "always"}
    return initial | {
        "hours_kind": "weekly", "days": first["byday"], "opens": first["opens"],
        "closes": "00:00" if first["closes"] == "24:00" else first["closes"],
    }


def zone_choices(now: str) -> list[tuple[str, str]]:
    """Zones of Asia and Europe by name, and whatever stands there now."""
    near = {z for z in zoneinfo.available_timezones() if z.startswith(("Asia/", "Europe/"))}
    return [(z, z) for z in sorted(near | {now, "UTC"})]


class NumberForm(HoursForm):
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200)
    name_ru = forms.CharField(label=gettext_lazy("Name in Russian"), max_length=200, required=False)
    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=40, required=False,
        help_text=gettext_lazy("As it is dialled in the country. Leave empty if nobody knows it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Whose line"), choices=words.LineKind.choices)
    iso2 = forms.ChoiceField(label=gettext_lazy("Country"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=ManyChoices(line=True)
    )
    note_en = forms.CharField(
        label=gettext_lazy("Note in English"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note_ru = forms.CharField(
        label=gettext_lazy("Note in Russian"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    ended = forms.BooleanField(label=gettext_lazy("This line has ended"), required=False)
    field_order = (
        "name_en", "name_ru", "number", "kind", "iso2", "languages", "hours_kind", "days", "opens",
        "closes", "time_zone", "hours_en", "hours_ru", "free", "note_en", "note_ru", "source",
        "ended",
    )

    def __init__(self, *args: Any, row: HotlineNumber, **kwargs: Any) -> None:
        plain = (
            "name_en", "name_ru", "number", "kind", "iso2", "languages", "note_en", "note_ru",
            "time_zone", "source", "ended",
        )
        initial = {name: getattr(row, name) for name in plain} | hours_initial(row)
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["iso2"].choices = countries()  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices(row.time_zone)  # type: ignore[attr-defined]

    def entry(self) -> NumberEntry:
        given = self.cleaned_data
        return NumberEntry(
            iso2=given["iso2"], kind=given["kind"], number=given["number"],
            name_en=given["name_en"], name_ru=given["name_ru"], note_en=given["note_en"],
            note_ru=given["note_ru"], languages=given["languages"], hours_en=given["hours_en"],
            hours_ru=given["hours_ru"], hours=self.hours(), time_zone=given["time_zone"],
            free=self.is_free(), source=given["source"], ended=given["ended"],
        )


class ServiceForm(HoursForm):
    organization = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    organization_name = forms.CharField(
        label=gettext_lazy("Name of a new organisation"), max_length=200, required=False
    )
    organization_kind = forms.ChoiceField(
        label=gettext_lazy("What kind of organisation"), required=False,
        choices=[("", gettext_lazy("choose for a new one")), *words.OrganizationKind.choices],
    )
    name_en = forms.CharField(label=gettext_lazy("Service, in English"), max_length=200)
    name_ru = forms.CharField(
        label=gettext_lazy("Service, in Russian"), max_length=200, required=False
    )
    description_en = forms.CharField(
        label=gettext_lazy("What it does, English"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description_ru = forms.CharField(
        label=gettext_lazy("What it does, Russian"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What it helps with"), choices=words.Need.choices, widget=ManyChoices
    )
    admits = forms.MultipleChoiceField(
        label=gettext_lazy("Who can be admitted"), choices=words.Admits.choices, required=False,
        widget=ManyChoices(line=True),
    )
    minimum_age = forms.IntegerField(
        label=gettext_lazy("From age"), min_value=0, max_value=120, required=False
    )
    maximum_age = forms.IntegerField(
        label=gettext_lazy("Up to age"), min_value=0, max_value=120, required=False
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=ManyChoices(line=True)
    )
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Where to come"), max_length=300, required=False,
        help_text=gettext_lazy("Never for a service that offers a bed."),
    )
    phones = forms.CharField(
        label=gettext_lazy("Numbers, one a line"), required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    fees = forms.CharField(label=gettext_lazy("What it costs"), max_length=200, required=False)
    capacity = forms.CharField(
        label=gettext_lazy("How many it can take"), max_length=200, required=False
    )
    how_to_refer = forms.CharField(
        label=gettext_lazy("How to refer someone"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Whom to ask for"), max_length=120, required=False
    )
    contact_title = forms.CharField(
        label=gettext_lazy("What for"), max_length=120, required=False
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("Number of this contact"), max_length=40, required=False
    )
    contact_email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("State"), choices=words.ServiceStatus.choices)
    field_order = (
        "organization", "organization_name", "organization_kind", "name_en", "name_ru", "needs",
        "admits", "minimum_age", "maximum_age", "languages", "region", "address", "phones",
        "hours_kind", "days", "opens", "closes", "hours_en", "hours_ru", "free", "fees",
        "description_en", "description_ru", "capacity", "how_to_refer", "contact_name",
        "contact_title", "contact_phone", "contact_email", "status",
    )

    def __init__(
        self, *args: Any, row: Service, organizations: Any, existing: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_service_initial(row, existing=existing), **kwargs)
        self.row = row
        self.fields["organization"].choices = [  # type: ignore[attr-defined]
            ("", _("a new one, named below")), *organizations,
        ]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            ("", _("the whole country")), *region_choices(row.iso2),
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
        same = {
            name: given[name]
            for name in (
                "organization_name", "organization_kind", "name_en", "name_ru", "description_en",
                "description_ru", "region", "needs", "admits", "languages", "minimum_age",
                "maximum_age", "hours_en", "hours_ru", "fees", "capacity", "how_to_refer",
                "address", "status", "contact_name", "contact_title", "contact_phone",
                "contact_email",
            )
        }
        return ServiceEntry(
            iso2=self.row.iso2, organization=given["organization"] or None, hours=self.hours(),
            time_zone=self.row.time_zone, free=self.is_free(),
            phones=[line.strip() for line in given["phones"].splitlines() if line.strip()], **same,
        )


def _service_initial(row: Service, *, existing: bool) -> dict[str, Any]:
    plain = (
        "name_en", "name_ru", "description_en", "description_ru", "minimum_age", "maximum_age",
        "address", "fees", "capacity", "how_to_refer", "status",
    )
    initial = {name: getattr(row, name) for name in plain} | hours_initial(row)
    if not existing:
        return initial
    terms = list(row.terms.all())
    for name, kind in (("needs", "need"), ("admits", "admits"), ("languages", "language")):
        initial[name] = [t.term for t in terms if t.kind == kind]
    initial["organization"] = str(row.organization_id)
    initial["region"] = row.region.code if row.region else ""
    initial["phones"] = "\n".join(p.number for p in row.phones.all())
    contact = next(iter(row.contacts.all()), None)
    if contact is not None:
        for name in ("name", "title", "phone", "email"):
            initial[f"contact_{name}"] = getattr(contact, name)
    return initial
