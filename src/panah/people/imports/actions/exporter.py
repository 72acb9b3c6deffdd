"""Taking cases out in the columns of the standard: one row a case, for a purpose, each showing journalled."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.tables.formulas import with_apostrophe
from panah.ground.kit.workbooks import xlsx
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.ground.work.words import read_text
from panah.people.cases import actions as cases
from panah.people.cases.queries import lists
from panah.people.cases.words import FROM_A_TABLE, HTCDS_STATUS, CasePart, CaseState
from panah.people.cases.words.codes import book, htcds
from panah.people.imports import columns
from panah.people.imports.rules.noted import read_again

if TYPE_CHECKING:
    from panah.people.cases.models import Case

# What a part of a sealed file says.
type Sealed = Mapping[str, Any]


def opening(*, keys: Keyring, rows: Iterable[Case]) -> list[Case]:
    """Return those of these cases that stand and open for her."""
    return [
        case for case in rows if case.erased_at is None and vault_queries.opens(keys=keys, file=case.file_id)
    ]


@transaction.atomic
def take_out(*, keys: Keyring, rows: list[Case], purpose: str, form: str, at: datetime) -> bytes:
    """Return CSV or XLSX of a case that opens for her; of more than one, two people decide."""
    if len(opening(keys=keys, rows=rows)) > 1:
        raise Refusal(
            _("With names of more than one person, a second person agrees first."),
            next_step=_("Ask for it: a focal point who is not you sees the same list and agrees."),
            code="two-people-decide",
        )
    return write_out(keys=keys, rows=rows, purpose=purpose, form=form, at=at)


def must_fit_a_list(rows: Collection[Case]) -> None:
    if len(rows) >= lists.MOST:
        raise Refusal(
            _("These are more cases than can be exported at once."),
            next_step=_("Narrow the list first."),
            code="too-many",
        )


@transaction.atomic
def write_out(*, keys: Keyring, rows: list[Case], purpose: str, form: str, at: datetime) -> bytes:
    """Return CSV or XLSX of these cases; those that do not open for her are left out. Refuses beyond a list's most."""
    must_fit_a_list(rows)
    open_cases = opening(keys=keys, rows=rows)
    files = [case.file_id for case in open_cases]
    codes = vault_queries.read_whole(keys=keys, files=files, part=CasePart.CODES)
    closing = vault_queries.read_whole(keys=keys, files=files, part=CasePart.CLOSING)
    lines = []
    for case in open_cases:
        shown = vault.reveal(keys=keys, file=case.file_id, purpose=RevealPurpose(purpose), at=at)
        why = closing[case.file_id].value.get("text", "") if case.file_id in closing else ""
        status = {"cas_Status": HTCDS_STATUS[CaseState(case.state)], "cas_ReasonForCaseClosure": why}
        known = codes[case.file_id].value if case.file_id in codes else {}
        identity = shown.value if shown else {}
        lines.append({"source_id": case.number, **said(identity, known, _note(keys, case.file_id)), **status})
    cases.note_export(by=keys.staff, number=len(lines), at=at)
    return as_csv(lines) if form == "csv" else as_xlsx(lines)


def said(identity: Sealed, known: Sealed, note: str) -> dict[str, str]:
    """Return what the sealed parts of a case and the note of its import say, by column."""
    countries = {name: ";".join(known.get(name, {}).get("values", ())) for name in columns.OWN_COUNTRIES}
    event = {"hte_Type": "Exploitation", "hte_Country": countries[columns.OWN_COUNTRIES[0]]}
    noted = read_again(note, columns.ALL_NOTED)
    if event["hte_Country"] and not any(name.startswith("hte_") for name in noted):
        noted |= event
    return {**_identity(identity), **_codes(known), **countries, **noted}


def _note(keys: Keyring, file: UUID) -> str:
    notes = vault_queries.read_all(keys=keys, file=file, part=CasePart.NOTE)
    return next(
        (read_text(note.value["text"]) for note in notes if note.value.get("about") == FROM_A_TABLE), ""
    )


def _codes(known: Sealed) -> dict[str, str]:
    out = {name: ";".join(values) for name, values in htcds(known).items()}
    flags = {
        n: known[n].get("answer")
        for n, f in book().fields.items()
        if n in known and f.kind == "flag" and not f.extension
    }
    return out | {n: {"yes": "true", "no": "false"}.get(answer, "") for n, answer in flags.items()}


def _identity(value: Sealed) -> dict[str, str]:
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


def _best(names: Any) -> list[Sealed]:
    """The full name, else the first."""
    left = list(names or ())
    return ([n for n in left if n.get("kind") == "full"] or left)[:1]


def _lines(lines: Iterable[dict[str, str]]) -> Iterator[list[str]]:
    names = columns.taken_out()
    yield list(names)
    for line in lines:
        yield [with_apostrophe(line.get(name, "")) for name in names]


def as_csv(lines: Iterable[dict[str, str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(_lines(lines))
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(lines: Iterable[dict[str, str]]) -> bytes:
    return xlsx([("cases", _lines(lines))])
