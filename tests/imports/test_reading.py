"""Whatever bytes are brought: a table or a sentence, never a crash, and never a value in what is said."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from panah.imports import columns, words
from panah.imports.rules.rows import bounds, check, partial_date
from panah.imports.rules.tables import MORE_LINES, MOST_ROWS, MOST_UNPACKED, Unreadable, open_table

TODAY = date(2026, 11, 24)
KNOWN = columns.known()
NAMES = st.sampled_from(sorted(KNOWN.values()))
CELL = st.text(max_size=30) | st.sampled_from(
    ["2001-13", "0000", "12.2001", "ForcedLabour|", "KAZ", "+7", "true", ";;", "'", "=1", "²", "٣"]
)


def read(body, sheet=""):
    """Every sentence that is said of a file."""
    said = []
    try:
        table = open_table(io.BytesIO(body), KNOWN, sheet=sheet)
        said += [words.say_note(code, column) for code, column in table.notes]
        for row in table.rows:
            wrong = [("", row.wrong)] if row.wrong else check(row.cells, today=TODAY)[1]
            said += [words.say_row(row.number, column, code) for column, code in wrong]
    except Unreadable as problem:
        said.append(words.say_unreadable(problem.code, problem.more))
    assert all(isinstance(one, str) and one for one in said)
    return said


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_sentence(body):
    read(body)


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_header_end_in_a_sentence(body):
    read(b"prs_FirstName,prs_Birthdate,vic_TypeOfExploitation\n" + body)


@given(st.binary(max_size=300), st.integers(0, 5000), st.integers(1, 40))
def test_a_damaged_workbook_ends_in_a_sentence(junk, where, length):
    body = workbook([["prs_FirstName", "prs_Gender"], ["Ann", "Feminine"]])
    read(body[: where % len(body)] + junk)
    read(body[: where % len(body)] + junk[:length] + body[where % len(body) + length :])


@given(st.dictionaries(NAMES, CELL, max_size=12))
def test_any_cells_make_a_person_or_problems_of_columns(cells):
    person, wrong = check(cells, today=TODAY)
    assert (person is None) == bool(wrong)
    assert {column for column, _ in wrong} <= {*cells, ""}
    assert all(words.say_row(1, column, code) for column, code in wrong)


@given(CELL)
def test_no_report_says_what_stands_in_a_cell(text):
    secret = "Zq" + "".join(c for c in text if c.isalnum()) + "qZ"
    header = ",".join(sorted(KNOWN.values()))
    row = ",".join([secret] * len(KNOWN))
    assert not any(secret in one for one in read(f"{header}\n{row}\n{secret}\n".encode()))


def problem(body, sheet=""):
    with pytest.raises(Unreadable) as found:
        list(open_table(io.BytesIO(body), KNOWN, sheet=sheet).rows)
    return found.value.code


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(name, body)
    return out.getvalue()


def test_what_is_no_table_that_we_read_is_named_for_what_it_is():
    assert problem(b"prs_FirstName\nAnn\n", sheet="People") == "no-sheets"
    assert problem(b"\xd0\xcf\x11\xe0" + bytes(60)) == "old-or-locked"
    assert problem(zipped(**{"word/document.xml": "<a/>"})) == "unknown-type"
    assert problem(b"PK\x03\x04 and nothing more") == "broken-workbook"
    huge = bytes(MOST_UNPACKED + 1)
    assert (
        problem(zipped(**{"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": huge})) == "too-large-inside"
    )


def test_more_people_or_lines_than_a_file_may_have_are_told():
    assert problem(b"prs_FirstName\n" + b"Ann\n" * (MOST_ROWS + 1)) == "too-many-rows"
    assert problem(b"prs_FirstName\n" + b"\n" * (MORE_LINES + 1)) == "too-many-rows"


def test_a_row_with_more_cells_than_the_header_and_a_quote_left_open_are_named():
    rows = list(open_table(io.BytesIO(b"prs_FirstName,prs_Gender\nAnn,Feminine,Tulip\n"), KNOWN).rows)
    assert [one.wrong for one in rows] == ["too-many"]
    assert any("quot" in one for one in read(b'prs_FirstName\n"Ann\n'))


def test_numbers_ticks_and_days_of_a_workbook_are_read_as_they_are_typed():
    body = workbook([["prs_FirstName", "prs_Birthdate", "prs_Gender"], [7.0, date(2001, 3, 5), True]])
    (row,) = open_table(io.BytesIO(body), KNOWN).rows
    assert set(row.cells.values()) == {"7", "2001-03-05", "true"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"prs_Birthdate": "2031-01-01"}, "in-future"),
        ({"prs_Birthdate": "1801"}, "too-old"),
        ({"prs_Birthdate": "2001-02-31"}, "no-such-day"),
        ({"prs_MailingCountry": "Atlantis"}, "not-a-country"),
        ({"prs_FirstName": "A" * 500}, "too-long"),
        ({"cas_CaseNumber": "7" * 500}, "too-long"),
    ],
)
def test_a_cell_that_cannot_be_says_why(cells, code):
    person, wrong = check({"prs_LastName": "Practice", **cells}, today=TODAY)
    assert person is None
    assert code in {one for _column, one in wrong}


def workbook(lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_dates_numbers_and_another_sheet_is_read():
    book = Workbook()
    book.active.append(["nothing"])
    sheet = book.create_sheet("people")
    sheet.append(["prs_Birthdate", "prs_NumberOfChildren", "prs_Deceased", "prs_FirstName"])
    sheet.append([date(2001, 5, 17), 3, False, "Ann"])
    sheet.append([2001, None, None, None])
    out = io.BytesIO()
    book.save(out)
    table = open_table(io.BytesIO(out.getvalue()), KNOWN, sheet="people")
    first, second = (check(row.cells, today=TODAY)[0] for row in table.rows)
    assert first.born == "2001-05-17" and first.codes["prs_NumberOfChildren"]["values"] == ["3"]
    assert first.codes["prs_Deceased"] == {"answer": "no"} and second.born == "2001"
    assert read(out.getvalue(), sheet="none") == ["The workbook has no sheet of this name."]


def test_a_date_is_known_as_far_as_it_is_known():
    assert partial_date("5.2001", TODAY) == "2001-05" and partial_date("17.5.2001", TODAY) == "2001-05-17"
    assert bounds("2001-12") == (date(2001, 12, 1), date(2001, 12, 31))
    assert bounds("2001") == (date(2001, 1, 1), date(2001, 12, 31)) and bounds("") is None


def test_every_code_that_can_be_wrong_has_its_sentence():
    import re
    from pathlib import Path

    rules = Path(words.__file__).parent / "rules"
    used = set(re.findall(r'Wrong\("([\w-]+)"', (rules / "rows.py").read_text()))
    assert used <= set(words.WRONG)
    assert set(re.findall(r'Unreadable\("([\w-]+)"', (rules / "tables.py").read_text())) == set(
        words.UNREADABLE
    )
