"""A table as societies have it: Bakyt says once what its headings mean, and is not asked again."""

import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from openpyxl import Workbook

from panah.ground.kit.tables import workbooks
from panah.ground.kit.tables.reading import open_table
from panah.ground.vault import queries as vault_queries
from panah.people.cases.models import Case
from panah.people.imports import columns, headings
from panah.people.imports.actions import progress_of
from panah.people.imports.rules.rows import check

TODAY = date(2026, 11, 24)
AS_IT_IS = [
    ["Список обратившихся", None, None, None, None, None, None, None, None],
    [None] * 9,
    ["№ п/п", "Личные данные", None, None, None, None, "Кто направил?", "Умер(ла)", "Вид эксплуатации"],
    [None, "Ф.И.О.", "Дата  рождения", "Пол", "Гражданство", "Телефон", None, None, None],
    [1, "Зубайда Примерова", 37028, "жен.", "Кыргызстан", "+996 700 00 00 01", "отделение Арна", "нет", "Принудительный труд"],
    [2, "Кайрат Примеров", "12.03.2005", "М", "Узбекистан; Россия", None, "Zqsecretqz", "нет", None],
]  # fmt: skip


def workbook():
    book, out = Workbook(), io.BytesIO()
    for row in AS_IT_IS:
        book.active.append(row)
    for area in ("A1:I1", "A3:A4", "B3:F3", "G3:G4", "H3:H4", "I3:I4"):
        book.active.merge_cells(area)
    book.save(out)
    return out.getvalue()


def bring(client, body=None, name="список.xlsx"):
    file = SimpleUploadedFile(name, workbook() if body is None else body)
    return client.post(reverse("imports:bring"), {"file": file, "source": "old list", "branch": "arna"})


def answers(world, **changed):
    kept = progress_of(keys=world.keys("bakyt"))
    by_heading = {text: f"column_{place}" for place, text in enumerate(kept["asked"].values())}
    guess = {f"column_{place}": kept["guess"][key] for place, key in enumerate(kept["asked"])}
    return guess | {by_heading[text]: column for text, column in changed.items()}


def test_a_russian_workbook_with_titles_and_merged_headings_comes_in_after_one_question(world):
    client = world.client("bakyt")
    assert bring(client).url == reverse("imports:look")
    assert client.get(reverse("imports:look")).url == reverse("imports:headings")
    html = client.get(reverse("imports:headings")).content.decode()
    assert "Кто направил?" in html and "Дата рождения" in html and "Zqsecretqz" not in html
    sent = answers(world, **{"Кто направил?": "cas_ReferringOrganisation", "Умер(ла)": "prs_Deceased"})
    assert sent["column_1"] == "prs_FirstName"
    assert client.post(reverse("imports:headings"), sent).url == reverse("imports:look")
    assert progress_of(keys=world.keys("bakyt"))["wrong"] == []
    client.post(reverse("imports:go_on"))
    keys, found = world.keys("bakyt"), {}
    for case in Case.objects.all():
        identity = vault_queries.value_of(keys=keys, file=case.file_id, part="identity")
        codes = vault_queries.value_of(keys=keys, file=case.file_id, part="codes")
        found[identity["names"][0]["text"]] = (identity, codes)
    identity, codes = found["Зубайда Примерова"]
    assert identity["born"] == "2001-05-17" and identity["phones"][0]["number"] == "+996700000001"
    assert codes["prs_Gender"]["values"] == ["Feminine"] and codes["prs_Citizenship"]["values"] == ["KG"]
    assert codes["prs_Deceased"] == {"answer": "no"} and codes["vic_TypeOfExploitation"]["values"] == [
        "ForcedLabour"
    ]
    identity, codes = found["Кайрат Примеров"]
    assert identity["born"] == "2005-03-12" and codes["prs_Citizenship"]["values"] == ["UZ", "RU"]


def test_the_same_headings_are_not_asked_about_again_but_another_society_is(world):
    client = world.client("bakyt")
    bring(client)
    client.post(reverse("imports:headings"), answers(world, **{"Кто направил?": ""}))
    client.post(reverse("imports:stop"))
    bring(world.client("saule"))
    kept = progress_of(keys=world.keys("saule"))
    assert not kept["asked"] and kept["good"] == 2 and any("Кто направил?" in note for note in kept["notes"])
    rustam = world.client("rustam")
    file = SimpleUploadedFile("t.xlsx", workbook())
    rustam.post(reverse("imports:bring"), {"file": file, "source": "s", "branch": ""})
    assert progress_of(keys=world.keys("rustam"))["asked"]


def test_what_is_remembered_holds_no_heading_and_no_cell_in_plain(world):
    client = world.client("bakyt")
    bring(client, "Имя,Кличка\nЗубайда,Zqsecretqz\n".encode(), "t.csv")
    client.post(reverse("imports:headings"), answers(world, Кличка="prs_MiddleName"))
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for name in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{name}"')
                values = (v for row in cursor.fetchall() for v in row)
                blob = b"".join(
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values
                )
                assert not [w for w in ("Кличка", "Zqsecretqz", "Зубайда") if w.encode() in blob], name


def test_two_headings_for_one_column_are_asked_about_again_and_nothing_chosen_is_lost(world):
    client = world.client("bakyt")
    bring(client, "Имя,Кличка,Возраст\nЗубайда,Зу,17\n".encode(), "t.csv")
    sent = answers(world, Кличка="prs_FirstName")
    answer = client.post(reverse("imports:headings"), sent)
    assert answer.status_code == 422 and "same column" in answer.content.decode()
    assert answer.content.decode().count("selected") >= 3
    assert client.post(reverse("imports:go_on")).status_code == 302 and not Case.objects.exists()


def test_a_table_in_the_names_of_the_standard_asks_nothing(world):
    bring(world.client("bakyt"), b"source_id,prs_FirstName\n1,Ann\n", "t.csv")
    kept = progress_of(keys=world.keys("bakyt"))
    assert not kept["asked"] and (kept["rows"], kept["good"]) == (1, 1)


def test_a_table_whose_headings_nobody_knows_is_asked_about_whole(world):
    client = world.client("bakyt")
    bring(client, "Кличка;Откуда\nЗу;с рынка\nКу;с вокзала\n".encode(), "t.csv")
    assert list(progress_of(keys=world.keys("bakyt"))["asked"].values()) == ["Кличка", "Откуда"]
    client.post(reverse("imports:headings"), answers(world, Кличка="prs_FirstName", Откуда="cco_CaseComment"))
    assert progress_of(keys=world.keys("bakyt"))["good"] == 2


@pytest.mark.parametrize("who", ["amina", "nurlan", "elena"])
def test_only_focal_points_are_asked(world, who):
    assert world.client(who).get(reverse("imports:headings")).status_code == 404


@pytest.mark.parametrize(
    ("column", "cell", "means"),
    [
        ("prs_Gender", "Женский", "Feminine"), ("prs_Gender", "м", "Masculine"), ("prs_Citizenship", "РФ", "RU"),
        ("prs_Citizenship", "Таджикистан, Кыргызстан", "TJ KG"), ("prs_PrimaryLanguage", "узбекский", "uz"),
        ("prs_MaritalStatus", "Married", "Married"),
    ],
)  # fmt: skip
def test_words_as_people_write_them_are_read(column, cell, means):
    person, wrong = check({column: cell}, today=TODAY)
    assert wrong == [] and person.codes[column]["values"] == means.split()


def test_every_usual_heading_means_a_column_that_there_is():
    assert set(headings.usual().values()) <= set(columns.known().values())


def test_the_heading_that_says_most_is_the_header_and_content_is_none():
    table = open_table(
        io.BytesIO(workbook()), headings.known_and_usual(), any_header=True, open_sheet=workbooks.open_sheet
    )
    assert [row.number for row in table.rows] == [5, 6]
    assert (
        table.headings["prs_FirstName"] == "Ф.И.О."
        and json.dumps(table.headings, ensure_ascii=False).count("?") == 3
    )
