"""A hotline number as its keeper writes it."""

from django.utils.translation import gettext_lazy

from panah.ground.directory import words
from panah.ground.directory.actions import NumberEntry
from panah.ground.directory.forms.hours import HoursForm, hours_initial
from panah.ground.directory.models import HotlineNumber
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.forms import many_of, one_line, paragraph, picked, ticked
from panah.ground.kit.languages import spoken
from panah.ground.kit.zones import zone_choices
from panah.ground.network.queries import countries


class NumberForm(HoursForm):
    name_en = one_line(gettext_lazy("Name in English"), required=True, most=200)
    name_ru = one_line(gettext_lazy("Name in Russian"), most=200)
    number = one_line(
        gettext_lazy("Number"),
        hint=gettext_lazy("As it is dialled in the country. Leave empty if nobody knows it."),
        most=40,
    )
    kind = picked(gettext_lazy("Whose line"), words.LineKind.choices, required=True)
    iso2 = picked(gettext_lazy("Country"), required=True)
    languages = many_of(gettext_lazy("Languages"), line=True)
    note_en = paragraph(gettext_lazy("Note in English"), rows=2)
    note_ru = paragraph(gettext_lazy("Note in Russian"), rows=2)
    time_zone = picked(gettext_lazy("Time zone"), required=True)
    source = one_line(gettext_lazy("Source"))
    ended = ticked(gettext_lazy("This line has ended"))
    field_order = (
        "name_en",
        "name_ru",
        "number",
        "kind",
        "iso2",
        "languages",
        "hours_kind",
        "days",
        "opens",
        "closes",
        "time_zone",
        "hours_en",
        "hours_ru",
        "free",
        "note_en",
        "note_ru",
        "source",
        "ended",
    )

    def __init__(self, *args: object, row: HotlineNumber, **kwargs: object) -> None:
        plain = (
            "name_en",
            "name_ru",
            "number",
            "kind",
            "iso2",
            "languages",
            "note_en",
            "note_ru",
            "time_zone",
            "source",
            "ended",
        )
        initial = {name: getattr(row, name) for name in plain} | hours_initial(row)
        initial["number"] = dialled_numbers.to_edit(row, row.number)
        super().__init__(*args, initial=initial, **kwargs)
        self.look_at(row)
        self.keep_hours(row)
        self.fields["iso2"].choices = countries()  # type: ignore[attr-defined]
        self.fields["languages"].choices = spoken()  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices(row.time_zone)  # type: ignore[attr-defined]

    def entry(self) -> NumberEntry:
        given = self.cleaned_data
        return NumberEntry(
            iso2=given["iso2"],
            kind=given["kind"],
            number=given["number"],
            name_en=given["name_en"],
            name_ru=given["name_ru"],
            note_en=given["note_en"],
            note_ru=given["note_ru"],
            languages=given["languages"],
            hours_en=given["hours_en"],
            hours_ru=given["hours_ru"],
            hours=self.hours(),
            time_zone=given["time_zone"],
            free=self.is_free(),
            source=given["source"],
            ended=given["ended"],
        )
