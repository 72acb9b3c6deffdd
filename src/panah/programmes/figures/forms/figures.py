"""What is asked of a figure, a source, a correction, a break, a tension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import (
    DateField,
    Form,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.ground.network.words import ANYWHERE, INVENTED, country_name
from panah.programmes.figures import words
from panah.programmes.figures.models import Figure, Source, SourceFile, Tension
from panah.programmes.figures.rules.claims import Claim
from panah.programmes.figures.rules.intervals import Unreadable, printed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# First in every list of countries; then by name.
NEAR = ("KZ", "KG", "TJ", "TM", "UZ", "RU", "TR", "AE", "KR", "TH", "IL", "GR")
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", *INVENTED}


@lru_cache(maxsize=4)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    codes = [str(c) for c in Locale("en").territories if len(str(c)) == 2 and str(c).isalpha()]
    rest = [(c, country_name(c, language)) for c in codes if c not in NOT_COUNTRIES and c not in NEAR]
    return (*((c, country_name(c, language)) for c in NEAR), *sorted(rest, key=lambda one: one[1]))


def country_choices() -> list[tuple[str, str]]:
    """Countries in the reader's words, near ones first; in practice the invented ones too."""
    language = get_language() or "en"
    invented = [(c, country_name(c, language)) for c in INVENTED if c != ANYWHERE]
    return [("", "–"), *(invented if settings.PANAH_PRACTICE else []), *_countries(language)]


def year_field(label: StrOrPromise) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1900, max_value=2100)


def country_field(label: StrOrPromise) -> forms.ChoiceField:
    return picked(label, country_choices)


def _optional(choices: Iterable[tuple[object, object]], nothing: str) -> list[tuple[object, object]]:
    return [("", nothing), *choices]


class SourceForm(CreateForm):
    makes = Source
    publisher = one_line(_("Publisher"), required=True, most=200)
    title = one_line(_("Title"), required=True)
    kind = one_of(_("What it is"), words.SourceKind.choices)
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    licence = one_line(
        _("Licence"), most=200, hint=_("As the publisher says it; empty where nothing is said.")
    )
    country = country_field(_("Country that it is about"))
    hides_from = one_of(
        _("“<5” there means"),
        [("0", _("0 to 4: noughts are hidden too, or nobody says")), ("1", _("1 to 4: noughts are shown"))],
        initial="0",
    )


class ClaimForm(CreateForm):
    """What a figure says: in the order in which it is read in its source."""

    makes = Figure
    quote = paragraph(
        _("The sentence, word for word"), most=4000, hint=_("As it is printed, in its language.")
    )
    quote_language = spoken_language(_("Its language"))
    place = one_line(_("Where it stands"), most=200, hint=_("Page, table, row."))
    as_printed = one_line(
        _("The number as it is printed"),
        required=True,
        most=120,
        hint=_("For example: 1,350 · <5 · 100–200 · 44 %"),
    )
    low = forms.DecimalField(
        label=_("At least"),
        required=False,
        min_value=0,
        max_digits=16,
        decimal_places=4,
        help_text=_("Only where the number can be read in two ways, for example 200.000."),
    )
    high = forms.DecimalField(
        label=_("At most"), required=False, min_value=0, max_digits=16, decimal_places=4
    )
    kind = one_of(
        _("It is"),
        [one for one in words.ValueKind.choices if one[0] != words.ValueKind.RATE],
        initial=words.ValueKind.NUMBER,
    )
    denominator_text = one_line(
        _("Out of how many, or of what"), hint=_("For example: of 120 people who called.")
    )
    measure = picked(_("What was counted"), lambda: _optional(words.Measure.choices, "–"), required=True)
    unit = one_of(_("One is"), words.Unit.choices, initial=words.Unit.PERSON)
    publisher = one_line(
        _("Who says it"), most=200, hint=_("Only if the source quotes somebody else; else its publisher.")
    )
    who = one_line(
        _("Who is counted, in plain words"), hint=_("Groups only: nothing that could point to one person.")
    )
    sex = picked(_("Women or men"), lambda: _optional(words.Sex.choices, gettext("all, or not said")))
    age = picked(_("Age"), lambda: _optional(words.Age.choices, gettext("all, or not said")))
    exploitation = picked(
        _("Kind of exploitation"), lambda: _optional(words.Exploitation.choices, gettext("all, or not said"))
    )
    citizenship = country_field(_("Citizenship"))
    country = country_field(_("Country that it is about"))
    origin = country_field(_("From"))
    transit = country_field(_("Through"))
    destination = country_field(_("To"))
    data_year = year_field(_("Year that it is about"))
    period_from = DateField(label=_("Or from"), required=False)
    period_to = DateField(label=_("to"), required=False)
    report_year = year_field(_("Year of the report"))
    joint = ticked(_("Several societies together"), words.NOT_DEDUPLICATED)
    flags = many_of(_("What a reader must know"), words.Flag.choices)
    note = paragraph(_("Note"), most=2000)
    # The smallest number that "<5" may hide; the view sets it by the source.
    hides_from = 0

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("low") is None and said.get("as_printed"):
            try:
                value = printed(said["as_printed"], hides_from=self.hides_from)
                said["low"], said["high"] = value.low, value.high
            except Unreadable as error:
                self.add_error("as_printed", UNREADABLE[error.code])
        elif said.get("high") is None and "high" not in self.errors:
            # Given by hand: one end alone is that number.
            said["high"] = said.get("low")
        return said


UNREADABLE = {
    "not-a-number": _("This cannot be read as a number. Write it in digits, or give the two ends below."),
    "ambiguous": _(
        "The dot may divide thousands or begin a fraction. Give the number below, in “At least” and “At most”."
    ),
}
CLAIM = tuple(one.name for one in fields(Claim))


def claim_of(said: Mapping[str, Any], *, dimensions: Mapping[str, str] | None = None) -> Claim:
    """Return what a form's clean answers claim."""
    answers = {name: said[name] for name in CLAIM if name in said}
    return Claim(**{**answers, "flags": tuple(said["flags"]), "dimensions": dict(dimensions or {})})


def first_of(figure: Figure) -> dict[str, object]:
    """Return a figure as its correction is begun with."""
    return {name: getattr(figure, name) for name in CLAIM if name != "dimensions"} | {
        "low": None if _reads_itself(figure) else figure.low,
        "high": None if _reads_itself(figure) else figure.high,
    }


def _reads_itself(figure: Figure) -> bool:
    try:
        value = printed(figure.as_printed, hides_from=figure.source.hides_from)
    except Unreadable:
        return False
    return (value.low, value.high) == (Decimal(figure.low or 0), figure.high)


class EnterForm(ClaimForm):
    source = picked(_("Source"), required=True, hint=_("Not in the list? Register it first."))
    file = picked(_("The file in which it stands"), hint=_("Files are kept on the page of their source."))
    field_order = ("source", "file")

    def __init__(
        self, *args: object, sources: Sequence[Source], files: Iterable[SourceFile], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.files_of_sources = {str(one.pk): one for one in files}
        named = [(pk, f"{one.source.title}: {one.file_name}") for pk, one in self.files_of_sources.items()]
        self.offer("file", [("", "–"), *named])
        self.by_number = {one.number: one for one in sources}
        self.offer("source", [("", "–"), *((one.number, f"{one.publisher}: {one.title}") for one in sources)])

    def clean(self) -> dict[str, Any]:
        chosen = self.by_number.get(str(self.cleaned_data.get("source", "")))
        self.hides_from = chosen.hides_from if chosen else 0
        said = super().clean()
        file = self.files_of_sources.get(str(said.get("file") or ""))
        if file is not None and chosen is not None and file.source_id != chosen.pk:
            self.add_error("file", _("This file is of another source."))
        return said


class CorrectForm(ClaimForm):
    reason = one_line(_("Why it is replaced"), required=True, most=500)

    def __init__(self, *args: object, hides_from: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.hides_from = hides_from


class WithdrawForm(Form):
    what = one_of(
        _("What happened"),
        [("withdrawn", _("The publisher took it back")), ("mistaken", _("We entered it by mistake"))],
    )
    reason = one_line(_("How we know"), required=True, most=500)


class BreakForm(Form):
    reason = one_line(
        _("What is counted otherwise from here on"),
        required=True,
        most=500,
        hint=_("For example: a new law, another office counts, children are counted apart."),
    )


class TensionForm(CreateForm):
    makes = Tension
    kind = one_of(_("How they disagree"), words.TensionKind.choices)
    other = one_line(_("Number of the other figure"), most=12, hint=_("Empty: the words around it."))
    says = paragraph(_("What disagrees"), required=True, most=1000)


class RateForm(CreateForm):
    makes = Figure
    population = one_line(_("Number of the figure of the people who live there"), required=True, most=12)
    per = one_of(_("Per how many"), [("100000", _("100,000")), ("1000", _("1,000"))], initial="100000")
