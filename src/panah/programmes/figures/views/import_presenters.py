"""What a page says of a number of a table: whom it is about, what was there, what the file says, and what cites it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.kit.tables.formulas import with_apostrophe
from panah.ground.network.words import country_name
from panah.programmes.figures import import_words
from panah.programmes.figures.import_words import Outcome
from panah.programmes.figures.reading import claim_json
from panah.programmes.figures.reading.rows import ALL, TableClaim
from panah.programmes.figures.reading.values import Says, Value
from panah.programmes.figures.words import Measure

if TYPE_CHECKING:
    from django.forms import BoundField

    from panah.ground.kit.beside import Beside
    from panah.programmes.figures.forms.importing import AcceptForm
    from panah.programmes.figures.models import Figure, Import, ImportFault, ImportRow


@dataclass(frozen=True)
class Shown:
    """One line of the difference."""

    place: str
    about: str
    before: str
    number: str
    now: str
    cited: list[Beside] = field(default_factory=list)
    choice: BoundField | None = None


def shown_rows(rows: list[ImportRow], *, cited: Mapping[str, list[Beside]], form: AcceptForm) -> list[Shown]:
    return [_shown(row, cited, form) for row in rows]


def _shown(row: ImportRow, cited: Mapping[str, list[Beside]], form: AcceptForm) -> Shown:
    before = row.before
    name = f"row-{row.pk}"
    return Shown(
        place=place(row.row, row.column) if row.row else "",
        about=about_claim(claim_json.from_json(row.row, row.column, row.claim))
        if row.row
        else about_figure(before),
        before=before.as_printed if before is not None else "",
        number=before.number if before is not None else "",
        now=said_value(claim_json.value_of(row.claim)) if row.row else _("not in the file"),
        cited=cited.get(before.number, []) if before is not None else [],
        choice=form[name] if name in form.fields else None,
    )


def place(row: int, column: str) -> str:
    """Return where something stands, as a spreadsheet counts."""
    if not column:
        return _("Row %(row)s") % {"row": row}
    return _("Row %(row)s, “%(column)s”") % {"row": row, "column": column}


def about_claim(one: TableClaim) -> str:
    """Return what a number is about; totals are said to be totals."""
    country = country_name(one.country, get_language() or "en") if one.country else ""
    words = [
        word
        if word != ALL
        else _("total of %(dimension)s") % {"dimension": import_words.dimension_name(name)}
        for name, word in one.by
    ]
    return ", ".join([str(Measure(one.measure).label), *filter(None, [country]), one.period.text, *words])


def about_figure(figure: Figure | None) -> str:
    if figure is None:
        return ""
    split = [figure.get_sex_display(), figure.get_age_display(), *map(str, figure.dimensions.values())]
    said = [
        figure.get_measure_display(),
        figure.country_label,
        str(figure.data_year or ""),
        *split,
        figure.place,
    ]
    return ", ".join(str(one) for one in said if one)


def said_value(value: Value) -> str:
    """Return a value as printed; what no number stands for is said in words beside the sign."""
    said = {
        Says.UNAVAILABLE: _("not available"),
        Says.NOT_ASKED: _("not applicable"),
        Says.HIDDEN: _("hidden, from %(low)s to %(high)s") % {"low": value.low, "high": value.high},
    }.get(value.says)
    return f"{value.printed} ({said})" if said else value.printed


def disagreement(told: Mapping[str, object]) -> str:
    """Return that a total and its parts disagree, as a sentence."""
    low, high = told["low"], told["high"]
    parts = str(low) if low == high else f"{low}–{high if high is not None else '…'}"
    where = place(int(str(told["row"])), str(told["column"]))
    if told["dimension"] == "part":
        return _("%(where)s: the year says %(printed)s, its parts together %(parts)s.") % {
            "where": where,
            "printed": told["printed"],
            "parts": parts,
        }
    return _("%(where)s: the total of %(dimension)s says %(printed)s, its parts together %(parts)s.") % {
        "where": where,
        "dimension": import_words.dimension_name(str(told["dimension"])),
        "printed": told["printed"],
        "parts": parts,
    }


def note_lines(row: Import) -> list[str]:
    """Return what of the file is not read at all: a column without a heading, a line above them."""
    return [import_words.say_note(code, column) for code, column in row.proposed.get("notes", [])]


def fault_lines(faults: list[ImportFault]) -> list[str]:
    """Return each cell that was not understood: where, what stands there, and why."""
    return [_fault(fault) for fault in faults]


def _fault(one: ImportFault) -> str:
    said = {"where": place(one.row, one.column), "cell": one.cell, "why": import_words.say_wrong(one.code)}
    if not one.cell:
        return _("%(where)s: %(why)s") % said
    return _("%(where)s, “%(cell)s”: %(why)s") % said


def report_lines(row: Import) -> Iterator[list[str]]:
    """Yield the report as rows of a table, its headings first."""
    yield [
        _("Row"),
        _("Column"),
        _("What it is about"),
        _("In the file"),
        _("In the register"),
        _("What becomes of it"),
    ]
    labels = dict(Outcome.choices)
    for one in row.rows.select_related("before").iterator(chunk_size=2000):
        claim = claim_json.from_json(one.row, one.column, one.claim) if one.row else None
        yield [
            str(one.row or ""),
            with_apostrophe(one.column),
            with_apostrophe(about_claim(claim) if claim else about_figure(one.before)),
            with_apostrophe(claim.value.printed if claim else ""),
            with_apostrophe(one.before.as_printed if one.before else ""),
            str(labels.get(one.outcome, "")),
        ]
    for wrong in row.wrong.all().iterator(chunk_size=2000):
        said = import_words.say_wrong(wrong.code)
        yield [
            str(wrong.row),
            with_apostrophe(wrong.column),
            said,
            with_apostrophe(wrong.cell),
            "",
            _("not understood"),
        ]
