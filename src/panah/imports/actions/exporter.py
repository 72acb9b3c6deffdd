"""Taking cases out in the columns of the standard: one row a case, for a purpose, each showing journalled."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from panah.cases import actions as cases
from panah.cases.queries import lists
from panah.cases.words import HTCDS_STATUS, CasePart
from panah.cases.words.codes import book, htcds
from panah.foundation.errors import Refusal
from panah.imports import columns
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring
from panah.vault.words import RevealPurpose

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def header() -> list[str]:
    """The columns, in order: only those of the standard, and the case's number by which a row is known again."""
    coded = [f.field for f in book().fields.values() if not f.extension]
    return ["source_id", *columns.IDENTITY, *coded, *columns.CASE]


@transaction.atomic
def take_out(*, keys: Keyring, rows: list[Any], purpose: str, form: str, at: datetime) -> bytes:
    """Return CSV or XLSX of these cases; those that do not open for her are left out. Refuses beyond a list's most."""
    if len(rows) >= lists.MOST:
        raise Refusal(
            _("These are more cases than can be exported at once."),
            next_step=_("Narrow the list first."),
            code="too-many",
        )
    files = [case.file_id for case in rows if case.erased_at is None]
    codes = vault_queries.read_whole(keys=keys, files=files, part=CasePart.CODES)
    closing = vault_queries.read_whole(keys=keys, files=files, part=CasePart.CLOSING)
    lines = []
    for case in rows:
        if case.erased_at is not None or not vault_queries.opens(keys=keys, file=case.file_id):
            continue
        shown = vault.reveal(keys=keys, file=case.file_id, purpose=RevealPurpose(purpose), at=at)
        known = codes[case.file_id].value if case.file_id in codes else {}
        why = closing[case.file_id].value.get("text", "") if case.file_id in closing else ""
        status = {"cas_Status": HTCDS_STATUS[case.state], "cas_ReasonForCaseClosure": why}
        lines.append(
            {"source_id": case.number, **_identity(shown.value if shown else {}), **_codes(known), **status}
        )
    cases.note_export(by=keys.staff, number=len(lines), at=at)
    return _csv(lines) if form == "csv" else _xlsx(lines)


def _codes(known: dict[str, Any]) -> dict[str, str]:
    out = {name: ";".join(values) for name, values in htcds(known).items()}
    flags = {
        n: known[n].get("answer")
        for n, f in book().fields.items()
        if n in known and f.kind == "flag" and not f.extension
    }
    return out | {n: {"yes": "true", "no": "false"}.get(answer, "") for n, answer in flags.items()}


def _identity(value: dict[str, Any]) -> dict[str, str]:
    out = {"prs_Birthdate": value.get("born", ""), "prs_Email": value.get("email", "")}
    for name in _best(value.get("names")):
        out |= name.get("parts") or {"prs_FirstName": name.get("text", "")}
    places = list(reversed(columns.PHONES))
    for phone in value.get("phones") or ():
        free = next((p for p in ([phone["of"]] if phone.get("of") else places) if p not in out), None)
        if free:
            out[free] = phone.get("number", "")
    for where in (value.get("addresses") or ())[:1]:
        out |= where.get("parts") or {"prs_MailingStreet": where.get("text", "")}
        out["prs_MailingCountry"] = where.get("country", "")
    for paper in (value.get("papers") or ())[:1]:
        out["prs_IdentityNumber"] = paper.get("number", "")
    return out


def _best(names: Any) -> list[dict[str, Any]]:
    """The full name, else the first."""
    kept = list(names or ())
    return ([n for n in kept if n.get("kind") == "full"] or kept)[:1]


def guarded(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run; the import takes it off again."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(lines: Iterable[dict[str, str]]) -> Iterable[list[str]]:
    names = header()
    yield names
    for line in lines:
        yield [guarded(line.get(name, "")) for name in names]


def _csv(lines: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(_lines(lines))
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(lines: list[dict[str, str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    made = Workbook(write_only=True)
    sheet = made.create_sheet("cases")
    for line in _lines(lines):
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"  # never a formula, whatever it looks like
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
