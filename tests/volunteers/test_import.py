"""Bakyt brings the list of volunteers in: faults are named row by row, mended, brought again, and nobody comes in twice."""

import io
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.forms import IntegerField
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from benchmarks import volunteer_table
from panah.ground.foundation import tenancy
from panah.ground.kit.forms import Form
from panah.ground.vault.models import ShredRow
from panah.programmes.prevention import forms as prevention_forms
from panah.programmes.training import forms as training_forms
from panah.programmes.volunteers import actions, queries, sealed_details
from panah.programmes.volunteers import forms as volunteer_forms
from panah.programmes.volunteers.actions import imports as importing
from panah.programmes.volunteers.importing import reading, storage
from panah.programmes.volunteers.importing.words import ImportState
from panah.programmes.volunteers.models import ImportedRow, Membership, TableImport, Volunteer
from panah.programmes.volunteers.words import VolunteerState
from tests.volunteers.bringing import (
    BRING,
    HEADINGS,
    LET_IN,
    REPORT,
    STOP,
    TO_MEND,
    bring,
    confirm,
    whole_way,
    work,
)
from tests.volunteers.making import page_of


def everybody():
    return {
        row.pk: (row.name, row.born_year, row.branch_id, row.state, bytes(row.details))
        for row in Volunteer.objects.all()
    }


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(reading, "PIECE", 100)


def test_two_thousand_rows_with_twelve_kinds_of_fault_are_reported_mended_and_brought_again(
    world, small_pieces
):
    table = volunteer_table.made_up(2000, branches=("Arna", "Отделение Besh"), seed=11)
    assert set(table.kinds) == set(volunteer_table.KINDS)
    bakyt = world.client("bakyt")
    body = volunteer_table.workbook(table.lines, table.merged)
    report = whole_way(world, bakyt, body, "volunteers.xlsx")
    faulty = sum(n for kind, n in table.kinds.items() if kind in volunteer_table.CODES)
    assert (
        f"{faulty} to mend" in report and Volunteer.objects.count() == 2000 - faulty + table.kinds["repeated"]
    )
    found = Counter(
        code.partition(":")[0]
        for _row, faults, _cells in queries.imports._faulty(TableImport.objects.get())
        for _column, code in faults
    )
    assert found == {code: table.kinds[kind] for kind, code in volunteer_table.CODES.items()}
    assert "Lines with totals were left out" in report
    before = everybody()
    whole_way(world, bakyt, volunteer_table.workbook(table.mended), "mended.xlsx")
    after = everybody()
    assert len(after) == 2000 and {pk: after[pk] for pk in before} == before
    assert Membership.objects.count() == ImportedRow.objects.count() == 2000
    # Once more: nobody is new, nothing is changed.
    whole_way(world, bakyt, volunteer_table.comma_separated(table.mended))
    assert everybody() == after and TableImport.objects.get().known == 2000


def test_the_rows_to_mend_come_as_a_table_that_can_be_brought_again(world):
    bakyt = world.client("bakyt")
    whole_way(world, bakyt, "ФИО;Дата рождения;Филиал\nAza One;1999-01-02;Arna\nBek Two;31.02.1999;Arna\n")
    answer = bakyt.get(TO_MEND)
    sheet = load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)).active
    lines = [[cell.value for cell in row] for row in sheet]
    assert lines[0] == ["ФИО", "Дата рождения", "Филиал", "Row", "What is wrong"]
    assert lines[1][:4] == ["Bek Two", "31.02.1999", "Arna", 3] and "no such day" in lines[1][4]
    sheet["B2"] = "28.02.1999"
    out = io.BytesIO()
    sheet.parent.save(out)
    whole_way(world, bakyt, out.getvalue(), "rows-to-mend.xlsx")
    assert sorted(Volunteer.objects.values_list("name", flat=True)) == ["Aza One", "Bek Two"]


def test_the_report_names_rows_and_columns_and_never_what_stands_there(world):
    bakyt = world.client("bakyt")
    bring(bakyt, "ФИО;Телефон;Филиал\nSecret Person;secret-number;Arna\n")
    confirm(bakyt)
    work(world)
    text = bakyt.get(REPORT).text
    assert "Row 2, Telephone:" in text and "Secret" not in text and "secret-number" not in text


def test_what_is_read_lies_as_the_register_keeps_it(world):
    bakyt = world.client("bakyt")
    whole_way(
        world,
        bakyt,
        "ФИО;Дата рождения;Пол;Телефон;Филиал;Языки;Волонтёр с;Дата выбытия;E-mail\n"
        "Асанова Айгүл;17.05.2001;ж;0555 123 456, 0777 654 321;arna;киргизский и русский;2019;;aza@example.org\n"
        "Бeков Бек;1980;м;999555123456;Arna;;01.03.2015;2020-06-30;\n",
    )
    first, second = Volunteer.objects.order_by("-born_year")
    assert (first.name, first.born_year, first.sex) == ("Асанова Айгүл", 2001, "female")
    assert first.languages == ["ky", "ru"] and first.joined_on.isoformat() == "2019-01-01"
    kept = sealed_details.read(first)
    assert (kept["phone"], kept["other"]) == ("+999555123456", "+999777654321")
    assert kept["email"] == "aza@example.org"
    # A Latin letter in a Cyrillic name is mended; whoever left is in the register as such.
    assert second.name == "Беков Бек" and second.state == VolunteerState.LEFT
    assert second.phone_mark == first.phone_mark and second.left_on.isoformat() == "2020-06-30"
    assert Membership.objects.get(volunteer=second).until == second.left_on
    assert "Асанова" in bakyt.post(reverse("volunteers:list"), {"name": "asanova"}, follow=True).text


def test_of_a_date_of_birth_the_year_alone_is_kept_when_the_table_is_worked_off(world):
    bakyt = world.client("bakyt")
    whole_way(world, bakyt, "ФИО;Дата рождения;Волонтёр с;Филиал\nAsan Practice;17.05.2001;03.09.2019;Arna\n")
    [row] = Volunteer.objects.all()
    everything = f"{sealed_details.read(row)} {bakyt.get(page_of(row)).text}"
    assert row.born_year == 2001 and "2019-09-03" in everything, "control: another day is kept whole"
    assert not re.search(r"0?5[-./]17|17[-./]0?5|17 May|May 17", everything)
    everywhere = [
        value
        for model in apps.get_app_config("volunteers").get_models()
        for one in model.objects.values()
        for value in one.values()
    ]
    assert date(2019, 9, 3) in everywhere and date(2001, 5, 17) not in everywhere
    # What the table said is known again, by a mark that only the host's key makes.
    whole_way(world, bakyt, "ФИО;Дата рождения;Филиал\nAsan Practice;17.05.2001;Arna\n", "again.csv")
    assert Volunteer.objects.count() == 1


def test_no_form_about_a_volunteer_asks_for_more_than_the_year_of_birth():
    asked = {
        (form.__name__, name, type(field))
        for room in (volunteer_forms, training_forms, prevention_forms)
        for form in vars(room).values()
        if isinstance(form, type) and issubclass(form, Form)
        for name, field in form.base_fields.items()
        if re.search(r"born|birth", f"{name} {field.label}", re.IGNORECASE)
    }
    assert {kind for _form, _name, kind in asked} == {IntegerField}
    assert {("JoinForm", "born_year"), ("AddForm", "born_year")} <= {one[:2] for one in asked}, "control"


def test_a_branch_that_stands_once_above_or_beside_its_people_is_theirs(world):
    bakyt = world.client("bakyt")
    whole_way(
        world,
        bakyt,
        "ФИО;Телефон\nОтделение Arna;\nAza One;0555123456\nBesh;\nBek Two;0555123457\nВсего: 2;\n",
    )
    told = dict(Volunteer.objects.values_list("name", "branch__slug"))
    assert told == {"Aza One": "arna", "Bek Two": "besh"}


def test_a_branch_in_merged_cells_is_that_of_all_rows_beside_it(world):
    book = Workbook()
    for line in (["ФИО", "Филиал"], ["Aza One", "Arna"], ["Bek Two", ""], ["Cem Three", "Besh"]):
        book.active.append(line)
    book.active.merge_cells("B2:B3")
    out = io.BytesIO()
    book.save(out)
    report = whole_way(world, world.client("bakyt"), out.getvalue(), "list.xlsx")
    told = dict(Volunteer.objects.values_list("name", "branch__slug"))
    assert told == {"Aza One": "arna", "Bek Two": "arna", "Cem Three": "besh"}
    assert "Branches were read from merged cells above: 1 rows" in report


def test_what_headings_mean_is_remembered_for_the_society(world):
    bakyt, saule = world.client("bakyt"), world.client("saule")
    bring(bakyt, "Кто;Где\nAza One;Arna\n")
    assert "Leave out" in bakyt.get(HEADINGS).text
    answer = bakyt.post(HEADINGS, {"column_0": "", "column_1": "branch"})
    assert answer.status_code == 422 and "No heading says the name" in answer.text
    bakyt.post(HEADINGS, {"column_0": "name", "column_1": "branch"})
    bring(saule, "Где;Кто\nArna;Aza One\n")
    about = queries.about_of(TableImport.objects.get(by=world.staff["saule"]))
    assert list(about["guess"].values()) == ["branch", "name"]


def test_ibrat_brings_in_her_own_branch_alone_and_elena_nothing(world):
    ibrat = world.client("ibrat")
    report = whole_way(world, ibrat, "ФИО;Филиал\nAza One;Arna\nBek Two;Besh\nCem Three;\n")
    assert "This is another branch’s" in report
    assert dict(Volunteer.objects.values_list("name", "branch__slug")) == {
        "Aza One": "arna",
        "Cem Three": "arna",
    }
    for who in ("elena", "amina", "nurlan"):
        assert world.client(who).get(BRING).status_code == 404
    # Whoever else keeps the register does not see her table.
    assert world.client("bakyt").get(REPORT).url == BRING


def test_a_worker_that_is_killed_leaves_whole_pieces_and_another_goes_on(world, small_pieces, monkeypatch):
    bakyt = world.client("bakyt")
    lines = "".join(
        f"Person Number{chr(97 + n // 26)}{chr(97 + n % 26)};Arna;{1950 + n % 50}\n" for n in range(450)
    )
    bring(bakyt, "ФИО;Филиал;Год рождения\n" + lines)
    confirm(bakyt)
    seen = []

    def killed(where, after):
        def work_until(*args, **kwargs):
            seen.append(where)
            if len(seen) == after:
                raise KeyboardInterrupt
            return before(*args, **kwargs)

        before = getattr(importing, where)
        monkeypatch.setattr(importing, where, work_until)

    killed("_piece_read", 3)
    with pytest.raises(KeyboardInterrupt):
        work(world)
    table = TableImport.objects.get()
    assert (table.pieces, table.rows) == (2, 200)
    # It is in the dead worker's hands for some minutes.
    assert work(world) == 0
    world.at += importing.LEASE + timedelta(seconds=1)
    work(world)
    table.refresh_from_db()
    assert (table.state, table.rows, table.good) == (ImportState.READY, 450, 450)
    bakyt.post(LET_IN)
    seen.clear()
    killed("_piece_in", 3)
    with pytest.raises(KeyboardInterrupt):
        work(world)
    assert Volunteer.objects.count() == 200
    world.at += importing.LEASE + timedelta(seconds=1)
    work(world)
    table.refresh_from_db()
    assert Volunteer.objects.count() == 450 == table.came_in and table.state == ImportState.DONE


def test_a_table_that_is_stopped_is_destroyed_and_who_has_come_in_stays(world, small_pieces):
    bakyt = world.client("bakyt")
    lines = "".join(f"Person Number{chr(97 + n // 26)}{chr(97 + n % 26)};Arna\n" for n in range(250))
    bring(bakyt, "ФИО;Филиал\n" + lines)
    assert b"Person Number" not in b"".join(bytes(row.wrapped) for row in ShredRow.objects.all())
    confirm(bakyt)
    work(world)
    bakyt.post(LET_IN)
    work(world, patience=timedelta(microseconds=1))
    came = Volunteer.objects.count()
    assert 0 < came < 250
    bakyt.post(STOP)
    assert work(world) == 0 and Volunteer.objects.count() == came
    assert not ShredRow.objects.filter(kind=storage.KIND).exists() and not TableImport.objects.exists()


def test_when_all_is_in_only_the_report_stays_and_after_a_month_neither(world):
    bakyt = world.client("bakyt")
    whole_way(world, bakyt, "ФИО;Филиал\nAza One;Arna\nBek Two;Nowhere\n")
    assert "all good rows are in" in bakyt.get(REPORT).text
    assert ShredRow.objects.filter(kind=storage.KIND).count() == 1
    with tenancy.tenant_context(world.societies["north"].pk):
        assert actions.tidy_tables(at=world.at + timedelta(days=60)) == 1
    assert not ShredRow.objects.filter(kind=storage.KIND).exists()


def test_whoever_was_erased_does_not_come_back_with_the_next_table(world):
    bakyt = world.client("bakyt")
    body = "ФИО;Филиал\nAza One;Arna\nBek Two;Arna\n"
    whole_way(world, bakyt, body)
    row = Volunteer.objects.get(name="Aza One")
    actions.erase_volunteer(by=world.staff["bakyt"], keys=None, row=row, at=world.at)
    report = whole_way(world, bakyt, body)
    assert "erased here do not come back" in report
    assert list(Volunteer.objects.values_list("name", flat=True)) == ["Bek Two"]


def test_whoever_moved_since_is_named_and_stays_where_she_is(world):
    bakyt = world.client("bakyt")
    whole_way(world, bakyt, "ФИО;Дата рождения;Филиал\nAza One;1999-01-02;Arna\n")
    report = whole_way(
        world, bakyt, "ФИО;Дата рождения;Филиал\nAza One;1999-01-02;Besh\nAza One;02.01.1999;Arna\n"
    )
    assert "in the register with another branch" in report and "The same person stands in row 2" in report
    assert Volunteer.objects.get().branch.slug == "arna"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xd0\xcf\x11\xe0 old", "old workbook"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"caf\xa7\xa7\xa7\n", "The letters of this file"),
        (b"1\n2\n", "No heading was found"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence_and_the_one_before_stays(world, body, sentence):
    bakyt = world.client("bakyt")
    bring(bakyt, "ФИО;Филиал\nAza One;Arna\n")
    answer = bring(bakyt, body)
    assert answer.status_code == 422 and sentence in answer.text
    assert TableImport.objects.count() == 1
