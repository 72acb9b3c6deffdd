"""What is asked of a table: its file, what its columns mean, and what its changes are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import Form, many_of, one_line, one_of, paragraph, picked
from panah.ground.kit.tables.workbooks import as_heading
from panah.ground.network.words import country_name
from panah.programmes.figures import queries
from panah.programmes.figures.actions.import_accepting import OF_CHANGED, OF_GONE, Decision
from panah.programmes.figures.forms.figures import country_choices
from panah.programmes.figures.import_words import Change, dimension_name, dimension_of
from panah.programmes.figures.models import Import, ImportRow, SourceFile
from panah.programmes.figures.reading.column_mapping import BY, STANDARD, ColumnMapping, Role
from panah.programmes.figures.reading.values import Cells
from panah.programmes.figures.words import Measure
from panah.programmes.library import queries as library_queries
from panah.programmes.library.words import COUNTRIES

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.figures.models import Source

ROLES = {
    Role.SKIP.value: _("leave it out"),
    Role.VALUE.value: _("the number"),
    Role.YEAR.value: _("the year"),
    Role.PART.value: _("quarter or month"),
    Role.COUNTRY.value: _("the country"),
    Role.MEASURE.value: _("what is counted"),
    Role.UNIT.value: _("what one is"),
}
DIMENSIONS = {
    "sex": _("split by sex"),
    "age": _("split by age"),
    "citizenship": _("split by citizenship"),
    "exploitation": _("split by exploitation"),
    "decision": _("split by decision"),
    "place": _("split by place"),
}
SHOWN_WORDS = 3


class UploadForm(CreateForm):
    """A file, in one or as a script brought it piece by piece."""

    file = forms.FileField(label=_("The file"), required=False, allow_empty_file=True, max_length=255)
    upload = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, by: Staff, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, object]:
        """Return the file: in one, or as it came piece by piece."""
        data = super().clean() or {}
        upload, file = data.pop("upload", None), data.pop("file", None)
        there = library_queries.own_upload(upload, of=self.by) if isinstance(upload, UUID) else None
        if there is None and file is None and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return data if self.errors else {**data, "file": there or file}


class KeepFileForm(UploadForm):
    """The original of a source that is no table: a report, a letter."""

    makes = SourceFile
    licence = one_line(_("Licence"), most=200, hint=_("As the publisher says it; empty: that of the source."))
    replaces = picked(_("It is a newer edition of"), required=False)

    def __init__(self, *args: object, files: Iterable[SourceFile], by: Staff, **kwargs: object) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["file"].help_text = _(
            "Any kind, up to 250 MB; without scripts up to 25 MB. It is kept as it came."
        )
        self.earlier = {str(file.pk): file for file in files if file.superseded_by_id is None}
        named = [(pk, f"{one.file_name}, {one.read_on:%Y-%m-%d}") for pk, one in self.earlier.items()]
        self.offer("replaces", [("", _("no other file")), *named])

    def clean(self) -> dict[str, object]:
        data = super().clean()
        return (
            data if self.errors else {**data, "replaces": self.earlier.get(str(data.get("replaces") or ""))}
        )


class TableForm(UploadForm):
    """A table of a source."""

    makes = Import
    source = picked(_("Source"), required=True, hint=_("Register it first where it is not there yet."))
    report_year = forms.IntegerField(
        label=_("Year of the publication"),
        required=False,
        min_value=1900,
        max_value=2100,
        help_text=_("Not the year that its numbers are about: that stands in the table."),
    )

    field_order = ("source", "file")

    def __init__(self, *args: object, sources: Iterable[Source], by: Staff, **kwargs: object) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["file"].help_text = _(
            "CSV or XLSX, up to 250 MB; without scripts up to 25 MB. It is kept as it came."
        )
        self.sources = {str(source.pk): source for source in sources}
        self.offer("source", [(pk, f"{one.publisher}: {one.title}") for pk, one in self.sources.items()])

    def clean(self) -> dict[str, object]:
        data = super().clean()
        return data if self.errors else {**data, "source": self.sources[str(data["source"])]}


class ColumnsForm(Form):
    """What each column means: proposed, looked through by somebody, remembered for the source."""

    name = one_line(_("Name of this table"), required=True, most=200)
    measure = picked(_("What is counted"), hint=_("Where no column says it."))
    country = picked(_("Country that the numbers are about"), hint=_("Where no column says it."))
    year = one_line(_("Year"), most=10, hint=_("Where no column says it."))
    countries = many_of(
        _("Countries to take"), line=True, hint=_("If none is chosen, all countries in the table.")
    )
    decimal = one_of(_("Decimal sign"), [(".", _("a point: 12.5")), (",", _("a comma: 12,5"))], line=True)
    dash = picked(
        _("What a dash means"),
        [
            ("", _("not said: such cells are left out")),
            ("zero", _("zero: it was counted, and there was none")),
            ("unavailable", _("not available")),
            ("hidden", _("a small number that is hidden")),
        ],
    )
    hidden_to = forms.IntegerField(
        label=_("Largest number that a sign such as * may hide"), required=False, min_value=0, max_value=1000
    )

    def __init__(self, *args: object, row: Import, **kwargs: object) -> None:
        self.row = row
        self.before = ColumnMapping.from_json(row.proposed.get("mapping", {}))
        self.words: Mapping[str, list[str]] = row.proposed.get("words", {})
        # A JSON object keeps no order on PostgreSQL: the columns come as they stand in the file.
        named = {as_heading(text): text for text in row.headings.values()}
        self.keys = {key: named[key] for key in row.proposed.get("order", named) if key in named}
        kwargs["initial"] = {**_first(row, self.before), **(kwargs.get("initial") or {})}  # type: ignore[dict-item]
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        codes = [code.upper() for code in COUNTRIES]
        countries = sorted(((code, country_name(code, reader)) for code in codes), key=lambda one: one[1])
        self.offer("measure", [("", "–"), *Measure.choices])
        self.offer("country", country_choices())
        self.offer("countries", countries)
        self._ask_columns()
        self._ask_words()
        self.order_fields(["name", *self.asked])

    def _ask_columns(self) -> None:
        self.asked: list[str] = []
        for place, (key, text) in enumerate(self.keys.items()):
            role = self.before.roles.get(key, Role.SKIP.value)
            own = (
                {role: _("split by this column")}
                if role.startswith(BY) and role[3:] not in STANDARD
                else {BY + key[:60]: _("split by this column")}
            )
            choices = [
                *ROLES.items(),
                *((BY + name, label) for name, label in DIMENSIONS.items()),
                *own.items(),
            ]
            seen = ", ".join(one for one in self.words.get(key, [])[:SHOWN_WORDS] if one)
            self.fields[f"role-{place}"] = picked(
                _("Column “%(heading)s”") % {"heading": text[:80]},
                choices,
                hint=seen[:120],
                required=True,
                initial=role,
            )
            self.asked.append(f"role-{place}")
            if key in self.before.values:
                self.fields[f"says-{place}"] = one_line(
                    _("What the numbers of “%(heading)s” are about") % {"heading": text[:80]},
                    hint=_("As “age: Child; decision: Total”, where the heading says it."),
                    initial="; ".join(
                        f"{dimension_name(name)}: {word}"
                        for name, word in sorted(self.before.values[key].items())
                    ),
                )
                self.asked.append(f"says-{place}")

    def _ask_words(self) -> None:
        """For each word of the column that says what is counted: our measure, or that its rows are left."""
        self.measures: list[str] = []
        column = self.before.column_of(Role.MEASURE)
        ours = self.before.words.get(Role.MEASURE, {})
        for place, word in enumerate(self.words.get(column or "", [])):
            plain = " ".join(word.split()).casefold()
            self.fields[f"word-{place}"] = picked(
                _("What “%(word)s” counts") % {"word": word[:80]},
                [("", _("leave these rows out")), *Measure.choices],
                initial=ours.get(plain, ""),
            )
            self.measures.append(plain)
            self.asked.append(f"word-{place}")

    def clean(self) -> dict[str, object]:
        """Return the name, and the mapping that the answers are."""
        data = super().clean() or {}
        if self.errors:
            return data
        return {"name": data["name"], "mapping": self._mapping(data)}

    def _mapping(self, data: Mapping[str, object]) -> ColumnMapping:
        roles, values = {}, {}
        for place, key in enumerate(self.keys):
            role = str(data[f"role-{place}"])
            roles[key] = role
            if role == Role.VALUE:
                values[key] = _said(str(data.get(f"says-{place}", "")))
        fixed = {name: str(data[name]) for name in ("measure", "country", "year") if data[name]}
        words = dict(self.before.words)
        if self.measures:
            told = {word: str(data[f"word-{place}"]) for place, word in enumerate(self.measures)}
            words[Role.MEASURE] = {**words.get(Role.MEASURE, {}), **told}
        return self.before.changed(
            roles=roles,
            values=values,
            fixed={**self.before.fixed, **dict.fromkeys(("measure", "country", "year"), "")} | fixed,
            words=words,
            countries=tuple(str(one) for one in data["countries"]),  # type: ignore[attr-defined]
            cells=self._cells(data),
        )

    def _cells(self, data: Mapping[str, object]) -> Cells:
        hidden = data["hidden_to"]
        return Cells(
            decimal=str(data["decimal"]),
            hidden_from=self.row.source.hides_from,
            hidden_to=hidden if isinstance(hidden, int) else None,
            signs={"-": str(data["dash"])} if data["dash"] else {},
            whole=self.before.cells.whole,
        )


def _first(row: Import, before: ColumnMapping) -> dict[str, object]:
    name = row.table.name if row.table is not None else row.file_name.rsplit(".", 1)[0]
    return {
        "name": name,
        "measure": before.fixed.get("measure", ""),
        "country": before.fixed.get("country", ""),
        "year": before.fixed.get("year", ""),
        "countries": list(before.countries),
        "decimal": before.cells.decimal,
        "dash": before.cells.signs.get("-", ""),
        "hidden_to": before.cells.hidden_to,
    }


def _said(text: str) -> dict[str, str]:
    """Return what "age: Child; decision: Total" says, by name."""
    pairs = (one.partition(":") for one in text.split(";") if ":" in one)
    return {dimension_of(name): word.strip() for name, _colon, word in pairs if name.strip() and word.strip()}


class SheetForm(Form):
    """Which sheet of a workbook is read: those that no other table reads."""

    sheet = picked(_("Another sheet"), required=True)

    def __init__(self, *args: object, row: Import, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        taken = {row.sheet, *queries.sheets_of_same_file(row)}
        self.others = [sheet for sheet in row.sheets if sheet not in taken]
        self.offer("sheet", [(other, other) for other in self.others])


class AcceptForm(Form):
    """What a table changes, and which of four different things that is."""

    changed = one_of(_("Numbers that changed"), required=False)
    gone = one_of(_("Numbers that are no longer there"), required=False)
    reason = paragraph(
        _("Why"),
        most=500,
        hint=_("What the publisher says of it. It stands beside every figure that changes."),
    )

    def __init__(
        self, *args: object, rows: Iterable[ImportRow], counts: Mapping[str, int], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Change.choices)
        self.offer("changed", [(one.value, labels[one]) for one in OF_CHANGED])
        self.offer("gone", [(one.value, labels[one]) for one in OF_GONE])
        for name in ("changed", "gone"):
            if not counts[name]:
                del self.fields[name]
        if not (counts["changed"] or counts["gone"]):
            del self.fields["reason"]
        self.single: dict[str, UUID] = {}
        for row in rows:
            allowed = OF_CHANGED if row.outcome == "changed" else OF_GONE
            name = f"row-{row.pk}"
            self.fields[name] = picked(
                _("This one"), [("", _("as all")), *((one.value, labels[one]) for one in allowed)]
            )
            self.single[name] = row.pk

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if self.errors:
            return data
        return {
            "decision": Decision(
                changed=str(data.get("changed", "")),
                gone=str(data.get("gone", "")),
                reason=str(data.get("reason", "")).strip(),
                single={pk: str(data[name]) for name, pk in self.single.items() if data.get(name)},
            )
        }
