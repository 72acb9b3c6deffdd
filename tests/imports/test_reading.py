"""Whatever bytes are brought: a table or a sentence, never a crash, and never a value in what is said."""

import codecs
import io
import re
import zipfile
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from panah.ground.kit.tables import reading, workbooks
from panah.ground.kit.tables.cells import NOT_THERE, partial_date
from panah.ground.kit.tables.limits import HEADER_WITHIN, MORE_LINES, MOST_ROWS, Unreadable
from panah.people.imports import columns, words
from panah.people.imports.rules.rows import bounds, check

TODAY = date(2026, 11, 24)
# Hundreds of workbooks are read in this process; test_workbook_process.py reads some as a node does.
open_table = partial(reading.open_table, open_sheet=workbooks.open_sheet)
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


def workbook(lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_lines(lines):
    return "".join(",".join(line) + "\n" for line in lines).encode()


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


def said_to_be(size, part):
    """A workbook that says of one part that it is so large once it is unpacked."""
    body = bytearray(zipped(**{part: "<a/>", "xl/workbook.xml": ""}))
    entry = body.index(b"PK\x01\x02")
    body[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(body)


@pytest.mark.parametrize(
    ("part", "most"), [("xl/worksheets/sheet1.xml", 600 * 2**20), ("xl/sharedStrings.xml", 100 * 2**20)]
)
def test_a_small_workbook_that_would_become_very_large_is_not_unpacked(part, most):
    assert problem(said_to_be(most + 1, part)) == "too-large-inside"
    assert problem(said_to_be(most, part)) != "too-large-inside"


def test_a_file_of_100_megabytes_is_looked_at_and_a_larger_one_is_not(tmp_path):
    for more, code in ((0, "old-or-locked"), (1, "too-large")):
        with (tmp_path / "people.xls").open("w+b") as file:
            file.write(b"\xd0\xcf\x11\xe0")
            file.truncate(100 * 2**20 + more)
            with pytest.raises(Unreadable) as found:
                open_table(file, KNOWN)
            assert found.value.code == code
    assert found.value.more == {"mb": 100, "most_mb": 100, "rows": 100_000}


def test_an_empty_file_says_so():
    assert problem(b"") == "empty"


@pytest.mark.parametrize("written", [workbook, in_lines], ids=["workbook", "lines"])
def test_the_header_stands_in_one_of_the_first_lines(written):
    people = [["prs_FirstName"], ["Ann"]]
    table = open_table(io.BytesIO(written([["Our people"]] * (HEADER_WITHIN - 1) + people)), KNOWN)
    assert [row.cells["prs_FirstName"] for row in table.rows] == ["Ann"]
    assert table.notes == [("line-above", "")] * (HEADER_WITHIN - 1)
    assert problem(written([["Our people"]] * HEADER_WITHIN + people)) == "no-columns"


def test_an_empty_line_above_the_header_says_nothing():
    body = b"\n  ,\nprs_FirstName,prs_Gender\nAnn,Feminine\n"
    assert open_table(io.BytesIO(body), KNOWN).notes == []


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


@pytest.mark.parametrize("cell", ["far out", "=1+1"])
def test_a_value_beyond_the_columns_that_are_read_is_said_and_never_passed_over(cell):
    wide = workbook([["prs_FirstName"], ["Ann", *[None] * 600, cell]])
    assert "More than 500 columns are filled" in read(wide)[-1]
    long = workbook([["prs_LastName", "prs_FirstName"], ["x" * 201, "Ann"]])
    assert [one for one in read(long) if "prs_LastName" in one], "a cell that is too long is named"


def test_a_csv_file_has_no_more_columns_than_a_workbook():
    wide = ",".join(f"c{n}" for n in range(501))
    assert problem(f"prs_FirstName,{wide}\n".encode()) == "too-many-columns"
    empty = "," * 600
    assert read(f"prs_FirstName{empty}\nAnn{empty}\n".encode()) == [], "empty ones are none"


def test_a_date_is_known_as_far_as_it_is_known():
    assert partial_date("5.2001", TODAY) == "2001-05" and partial_date("17.5.2001", TODAY) == "2001-05-17"
    assert bounds("2001-12") == (date(2001, 12, 1), date(2001, 12, 31))
    assert bounds("2001") == (date(2001, 1, 1), date(2001, 12, 31)) and bounds("") is None


def test_every_code_that_can_be_wrong_has_its_sentence():
    from pathlib import Path

    kit = [one.read_text() for one in Path(workbooks.__file__).parent.glob("*.py")]
    rules = [(Path(words.__file__).parent / "rules" / "rows.py").read_text(), *kit]
    used = set(re.findall(r'"([a-z-]+)"', "".join(re.findall(r"CellError\([^()]*\)", "".join(rules)))))
    assert used and used | set(NOT_THERE.values()) <= set(words.WRONG)
    raised = "".join(kit)
    assert set(re.findall(r'Unreadable\("([\w-]+)"', raised)) == set(words.UNREADABLE)


# -- what spreadsheets and people do to a table ---------------------------------------------------


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def wrong_in(body):
    """(row, column, code) of everything that is wrong, and the codes of the notes."""
    table = open_table(io.BytesIO(body), KNOWN)
    found = []
    for row in table.rows:
        problems = [("", row.wrong)] if row.wrong else check(row.cells, today=TODAY)[1]
        found += [(row.number, column, code) for column, code in problems]
    return found, [code for code, _column in table.notes]


def test_a_formula_without_its_result_is_named_and_never_read_as_nothing():
    book = Workbook()
    book.active.append(["source_id", "prs_FirstName", "prs_SecondName"])
    book.active.append(["1", "Ann", '=CONCATENATE("Prac","tice")'])
    book.active.append(["2", "Bob", "Practice"])
    assert wrong_in(saved(book)) == ([(2, "prs_SecondName", "formula")], [])


@pytest.mark.parametrize("result", ["Zoe", ""])
def test_a_formula_with_its_result_is_read_also_where_the_result_is_nothing(result):
    body = workbook([["prs_FirstName", "prs_Gender"], ["Ann", "Feminine"]])
    formula = f'<c r="A2" t="str"><f>IF(B1="","",B1)</f><v>{result}</v></c>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            text = old.read(one)
            if one.filename == "xl/worksheets/sheet1.xml":
                text = re.sub(rb'<c r="A2".*?</c>', formula, text)
            new.writestr(one, text)
    (row,) = open_table(io.BytesIO(out.getvalue()), KNOWN).rows
    assert row.cells == {"prs_FirstName": result, "prs_Gender": "Feminine"}


def test_cells_merged_downwards_are_named_in_each_row_that_lost_its_value():
    book = Workbook()
    sheet = book.active
    sheet.append(["Our people", None, None])
    sheet.append(["source_id", "prs_FirstName", "prs_Citizenship"])
    sheet.append(["1", "Ann", "KG"])
    sheet.append(["2", "Bob", None])
    sheet.append(["3", "Cem", None])
    sheet.append(["4", "Dan", "KZ"])
    for cells in ("A1:C1", "C3:C5"):
        sheet.merge_cells(cells)
    assert wrong_in(saved(book))[0] == [(4, "prs_Citizenship", "merged"), (5, "prs_Citizenship", "merged")]


def test_a_person_who_takes_two_merged_rows_is_one_person():
    book = Workbook()
    sheet = book.active
    sheet.append(["source_id", "prs_FirstName"])
    sheet.append(["1", "Ann"])
    sheet.append([None, None])
    sheet.append(["2", "Bob"])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    rows = list(open_table(io.BytesIO(saved(book)), KNOWN).rows)
    assert [row.cells["prs_FirstName"] for row in rows] == ["Ann", "Bob"]


def test_a_hidden_sheet_is_not_read_and_another_with_such_columns_is_said():
    book = Workbook()
    hidden = book.active
    hidden.append(["prs_FirstName"])
    hidden.append(["Old"])
    hidden.sheet_state = "hidden"
    book.create_sheet("read me").append(["How to fill this in"])
    people = book.create_sheet("people")
    people.append(["prs_FirstName"])
    people.append(["Ann"])
    table = open_table(io.BytesIO(saved(book)), KNOWN)
    assert [row.cells["prs_FirstName"] for row in table.rows] == ["Ann"]
    assert table.notes == [("other-sheets", "2")]


def test_one_stray_cell_at_the_foot_of_a_sheet_makes_it_neither_slow_nor_too_long():
    book = Workbook()
    book.active.append(["prs_FirstName"])
    book.active.append(["Ann"])
    book.active.cell(row=2**20, column=400, value=" ")
    (row,) = open_table(io.BytesIO(saved(book)), KNOWN).rows
    assert row.cells["prs_FirstName"] == "Ann"


def test_what_stands_in_a_column_without_a_name_is_not_dropped_in_silence():
    assert wrong_in(b"prs_FirstName,,prs_Gender,,\nAnn,secret,Feminine,,\n") == ([], ["unnamed-column"])
    assert wrong_in(b"prs_FirstName,prs_Gender,,\nAnn,Feminine,secret,\n")[0] == [(2, "", "too-many")]


@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#Н/Д", "#ЗНАЧ!", "########"])
def test_an_error_of_the_spreadsheet_is_nobodys_name(code):
    assert check({"prs_FirstName": code}, today=TODAY)[1] == [("prs_FirstName", "sheet-error")]


@pytest.mark.parametrize("text", ["7,70123E+10", "1.23457E+13"])
def test_a_number_that_a_spreadsheet_shortened_is_not_taken_for_an_id(text):
    row = {"source_id": text, "prs_FirstName": "Ann", "prs_IdentityNumber": text}
    assert check(row, today=TODAY)[1] == [("source_id", "shortened"), ("prs_IdentityNumber", "shortened")]


def test_a_number_longer_than_a_workbook_can_keep_is_named():
    body = workbook([["prs_FirstName", "prs_IdentityNumber"], ["Ann", 1234567890123456789]])
    assert wrong_in(body)[0] == [(2, "prs_IdentityNumber", "shortened")]


def test_a_day_that_became_a_number_is_read_as_the_day():
    body = workbook([["prs_FirstName", "prs_Birthdate"], ["Ann", 37028]])
    assert wrong_in(body)[0] == []
    assert partial_date("37028", TODAY) == "2001-05-17" and partial_date("17.05.2001", TODAY) == "2001-05-17"


def test_a_quotation_mark_too_few_does_not_make_one_name_of_several_people():
    body = b'prs_FirstName,prs_Gender\nAnn,Feminine\n"Bob,Masculine\nCem,Masculine\nDan",Masculine\nEla,Feminine\n'
    assert wrong_in(body)[0] == [(3, "prs_FirstName", "line-break")]


@pytest.mark.parametrize("name", ["Қайрат Әлиев", "Ғафур", "Тоҷиддин"])
def test_letters_that_a_table_could_not_hold_are_not_taken_for_a_name(name):
    lost = f"prs_FirstName\n{name}\n".encode("cp1251", "replace")
    assert wrong_in(lost)[0] == [(2, "prs_FirstName", "lost-letters")]


def test_a_doubt_about_a_name_is_kept():
    assert check({"prs_FirstName": "Ann?"}, today=TODAY)[0].identity["names"][0]["text"] == "Ann?"


def test_the_ticks_of_a_russian_spreadsheet_are_read():
    for tick, answer in (("ИСТИНА", "yes"), ("ЛОЖЬ", "no")):
        person, _wrong = check({"prs_FirstName": "Ann", "prs_Deceased": tick}, today=TODAY)
        assert person.codes["prs_Deceased"] == {"answer": answer}


PEOPLE = (
    "prs_FirstName,prs_MailingCity,vic_LocationOfRecruitment\nИван,Шымкент,Частное агентство в Шымкенте\n"
)
TURKISH = "prs_FirstName,prs_SecondName\nAyşe,Çağlar\nGül,Yılmaz\n"
WESTERN = "prs_FirstName,prs_SecondName\nGözel,Geldiýewa\nAýna,Ataýewa\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PEOPLE, "koi8-r"),
        (PEOPLE, "mac_cyrillic"),
        (PEOPLE, "cp866"),
        (TURKISH, "cp1254"),
        (TURKISH, "iso8859-9"),
        (WESTERN, "cp1252"),
    ],
)
def test_another_alphabets_bytes_are_refused_and_never_read_as_names_that_nobody_has(text, encoding):
    assert problem(text.encode(encoding)) == "wrong-encoding"


@pytest.mark.parametrize("text", [PEOPLE, PEOPLE.upper().replace("PRS_F", "prs_F"), PEOPLE.lower()])
def test_cyrillic_of_windows_is_read_in_small_and_capital_letters(text):
    rows = list(open_table(io.BytesIO(text.encode("cp1251")), KNOWN).rows)
    assert rows[0].cells["prs_FirstName"].lower() == "иван"


def test_a_table_that_ends_in_the_middle_of_a_line_is_to_be_looked_at():
    assert wrong_in(b"prs_FirstName,prs_SecondName\nAnn,Pract") == ([], ["no-line-end"])
    assert wrong_in(b"prs_FirstName,prs_SecondName\nAnn,Practice\n") == ([], [])


# -- how a table was written ------------------------------------------------------------------------

NAMED = "prs_FirstName{0}prs_SecondName\nАнна{0}Пример\n"


@pytest.mark.parametrize("delimiter", ",;\t|")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_a_table_is_read_in_every_usual_writing(delimiter, encoding):
    text = NAMED.format(delimiter)
    for body, notes in ((text, []), (text[:-1], [("no-line-end", "")])):
        table = open_table(io.BytesIO(body.encode(encoding)), KNOWN)
        assert table.columns == ("prs_FirstName", "prs_SecondName")
        assert [dict(row.cells) for row in table.rows] == [
            {"prs_FirstName": "Анна", "prs_SecondName": "Пример"}
        ]
        assert table.notes == notes


def test_a_big_endian_table_with_its_mark_is_read():
    body = codecs.BOM_UTF16_BE + NAMED.format(";").encode("utf-16-be")
    assert [row.cells["prs_FirstName"] for row in open_table(io.BytesIO(body), KNOWN).rows] == ["Анна"]


def test_no_other_sign_parts_the_cells():
    assert problem(NAMED.format("~").encode()) == "no-columns"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_table_cut_inside_a_letter_was_not_written_to_its_end(encoding):
    body = NAMED.format(",").encode(encoding) + "я".encode(encoding)[:1]
    assert open_table(io.BytesIO(body), KNOWN).notes == [("no-line-end", "")]


@pytest.mark.parametrize(
    "line", ["Љубица", "Анна ————————", "Ayşe ~~~~~~~~~~~~~~~~ Çağlar"], ids=["serbian", "signs", "turkish"]
)
def test_signs_that_are_no_russian_words_are_not_taken_for_them(line):
    encoding = "cp1254" if "ş" in line else "cp1251"
    assert problem(f"prs_FirstName\n{line}\n".encode(encoding)) == "wrong-encoding"
    assert not wrong_in("prs_FirstName\nАнна — «Пример»\n".encode("cp1251"))[0]


def test_lines_inside_a_note_stay_as_they_were_typed():
    (row,) = open_table(io.BytesIO(b'prs_Title,prs_FirstName\n"a\r\nb",Ann\n'), KNOWN).rows
    assert row.cells["prs_Title"] == "a\r\nb"


def test_a_row_with_fewer_cells_is_named_and_the_last_one_may_have_broken_off():
    header = b"prs_FirstName,prs_SecondName,prs_Gender\n"
    assert wrong_in(header + b"Ann,Practice\nBob,Practice,Masculine\n")[0] == [(2, "", "too-few")]
    assert wrong_in(header + b"Bob,Practice,Masculine\nAnn,Practice\n")[0] == [(3, "", "too-few")]
    assert wrong_in(header + b"Bob,Practice,Masculine\nAnn,Practice")[0] == [(3, "", "broken-off")]


def test_a_hundred_thousand_people_come_in_one_file():
    rows = open_table(io.BytesIO(b"prs_FirstName\n" + b"Ann\n" * 100_000), KNOWN).rows
    assert sum(1 for row in rows if not row.wrong) == 100_000
