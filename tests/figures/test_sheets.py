"""A workbook with several sheets: which one is read is said, another one is chosen, both come in; files kept by hand."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from panah.ground.kit.tables.workbooks import first_lines
from panah.programmes.figures import actions
from panah.programmes.figures.models import Figure, Import, ImportPiece, SourceFile
from panah.programmes.figures.reading.people import lists_people
from tests.figures.begun_briefs import begin, published
from tests.figures.imported_tables import accept, accepted, bring, columns, page_of, read, source, text  # noqa: F401

VICTIMS = [["Year", "Country", "Persons"], [2021, "Kazakhstan", 31], [2022, "Kazakhstan", 33]]
COURTS = [["Year", "Country", "Convicted"], [2021, "Kazakhstan", 7], [2022, "Kazakhstan", 9]]


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hidden(body, name):
    book = openpyxl.load_workbook(io.BytesIO(body))
    book[name].sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_pivot_of_people(body):
    """The sheet is gone; the pivot table that was made of it keeps its rows."""
    out = io.BytesIO(body)
    with zipfile.ZipFile(out, "a") as packed:
        fields = '<cacheField name="Full name"/><cacheField name="Case &amp; year"/>'
        packed.writestr(
            "xl/pivotCache/pivotCacheDefinition1.xml",
            f'<pivotCacheDefinition xmlns="x"><cacheFields count="2">{fields}</cacheFields></pivotCacheDefinition>',
        )
    return out.getvalue()


def test_a_sheet_that_is_not_read_is_not_passed_over_in_silence(world, source):  # noqa: F811
    row = bring(world, source, workbook(Victims=VICTIMS, Courts=COURTS), "both.xlsx")
    assert (row.sheet, row.sheets) == ("Victims", ["Victims", "Courts"])
    page = text(world.client("bakyt").get(reverse("figures:import_columns", args=[row.pk])))
    assert "Sheet “Victims” is read. 1 other sheet of the workbook is not." in page
    columns(world, row, measure="identified")
    assert "Sheet “Victims” is read." in text(page_of(world, read(world, row)))


def test_another_sheet_is_chosen_and_read_instead(world, source):  # noqa: F811
    row = read(world, bring(world, source, workbook(Victims=VICTIMS, Courts=COURTS), "both.xlsx"))
    there = reverse("figures:import_sheet", args=[row.pk])
    assert "Courts" in text(world.client("bakyt").get(there))
    assert world.client("bakyt").post(there, {"sheet": "Nothing"}).status_code == 422
    assert world.client("amina").post(there, {"sheet": "Courts"}).status_code == 404
    assert world.client("bakyt").post(there, {"sheet": "Courts"}).status_code == 302
    row.refresh_from_db()
    assert (row.sheet, row.state) == ("Courts", "asked")
    assert "Convicted" in row.headings.values()
    columns(world, row, measure="convicted")
    assert accept(world, read(world, row)).status_code == 302
    assert set(Figure.objects.values_list("as_printed", flat=True)) == {"7", "9"}
    assert Figure.objects.first().place.startswith("Courts: ")


def test_both_sheets_of_one_workbook_come_in_and_its_file_is_kept_once(world, source):  # noqa: F811
    body = workbook(Victims=VICTIMS, Courts=COURTS)
    first = accepted(world, source, body, "both.xlsx", measure="identified")
    second = accepted(world, source, body, "both.xlsx", measure="convicted")
    assert (first.sheet, second.sheet) == ("Victims", "Courts")
    assert SourceFile.objects.count() == 1 and first.file_id == second.file_id
    assert Figure.objects.count() == 4
    answer = bring(world, source, body, "both.xlsx")
    assert answer.status_code == 422 and "is here already" in text(answer)
    # The next edition: the sheet that was explained is found again, behind a cover sheet too.
    cover = [["Practice statistics"], ["made up"]]
    newer = [*COURTS, [2023, "Kazakhstan", 11]]
    third = bring(world, source, workbook(Cover=cover, Courts=newer), "next.xlsx")
    assert (third.sheet, third.state) == ("Courts", "waiting")


def test_a_cover_sheet_without_a_table_is_no_obstacle(world, source):  # noqa: F811
    row = bring(world, source, workbook(Cover=[["About"]], Data=VICTIMS), "cover.xlsx")
    assert row.sheet == "Data"
    answer = bring(world, source, workbook(Cover=[["About"]], More=[["Nothing"]]), "none.xlsx")
    assert answer.status_code == 422 and "No line of this file reads like the headings" in text(answer)
    assert Import.objects.count() == 1


PEOPLE = [["Full name", "Telephone", "Year"], ["x", "1", 2021]]


def test_of_a_workbook_with_a_list_of_people_behind_its_table_nothing_is_kept(world, source):  # noqa: F811
    for body in (
        workbook(Cover=[["About"]], P=PEOPLE, V=VICTIMS),
        hidden(workbook(Victims=VICTIMS, People=PEOPLE), "People"),
    ):
        answer = bring(world, source, body, "both.xlsx")
        assert answer.status_code == 422 and "reads like a table of people" in text(answer)
        assert not Import.objects.exists() and not ImportPiece.objects.exists()


def test_a_list_of_people_is_seen_wherever_in_a_workbook_it_is():
    many = {"Victims": VICTIMS, **{f"Note {n}": [["About"]] for n in range(9)}, "Last": PEOPLE}
    twice = [["Full name", "Visit", "Visit"], ["Made Up", "a", "b"]]

    def seen(body):
        return any(map(lists_people, first_lines(io.BytesIO(body))))

    for body in (
        workbook(Victims=VICTIMS, People=PEOPLE),
        workbook(**many),
        workbook(Victims=VICTIMS, Twice=twice),
        with_pivot_of_people(workbook(Victims=VICTIMS)),
    ):
        assert seen(body)
    assert not seen(workbook(Victims=VICTIMS, Courts=COURTS)), "control"


@pytest.mark.parametrize(
    "part", ["embeddings/Microsoft_Excel_Sheet1.xlsx", "externalLinks/externalLink1.xml"]
)
def test_a_workbook_that_holds_another_file_or_cells_of_another_workbook_is_refused(world, source, part):  # noqa: F811
    out = io.BytesIO(workbook(Victims=VICTIMS))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr(f"xl/{part}", workbook(People=PEOPLE))
    answer = bring(world, source, out.getvalue(), "both.xlsx")
    assert answer.status_code == 422 and "holds another file" in text(answer)
    assert not Import.objects.exists() and not ImportPiece.objects.exists()


def test_how_a_publisher_is_reached_is_no_list_of_people_until_it_is_chosen_as_the_table(world, source):  # noqa: F811
    contact = [["Telephone", "+996 555 000 000"], ["E-mail", "office@north.example"]]
    row = bring(world, source, workbook(Victims=VICTIMS, Contact=contact), "both.xlsx")
    assert row.state == "asked", "a cover sheet is no obstacle"
    there = reverse("figures:import_sheet", args=[row.pk])
    answer = world.client("bakyt").post(there, {"sheet": "Contact"})
    assert answer.status_code == 422 and "Nothing of it was kept" in text(answer)
    assert not Import.objects.exists() and not ImportPiece.objects.exists()


def test_the_original_of_a_source_is_kept_by_hand_and_a_figure_says_that_it_stands_in_it(world, source):  # noqa: F811
    bakyt = world.client("bakyt")
    there = reverse("figures:keep_file", args=[source.number])
    assert world.client("amina").get(there).status_code == 404
    assert bakyt.post(there, {}).status_code == 422
    answer = bakyt.post(there, {"file": SimpleUploadedFile("report 2021.pdf", b"%PDF practice")})
    assert answer.status_code == 302
    first = SourceFile.objects.get()
    assert (first.file_name, first.licence) == ("report 2021.pdf", source.licence) and len(first.sha256) == 64
    bakyt.post(there, {"file": SimpleUploadedFile("report 2.pdf", b"%PDF newer"), "replaces": str(first.pk)})
    first.refresh_from_db()
    newer = SourceFile.objects.exclude(pk=first.pk).get()
    assert first.superseded_by == newer and "a newer edition came" in text(
        bakyt.get(reverse("figures:source", args=[source.number]))
    )
    asked = {
        "source": source.number,
        "file": str(newer.pk),
        "quote": "so",
        "as_printed": "12",
        "kind": "number",
    }
    asked |= {"measure": "identified", "unit": "person", "country": "GB", "data_year": "2021"}
    answer = bakyt.post(reverse("figures:enter"), asked)
    assert newer.sha256 in text(bakyt.get(answer.url))
    other = actions.add_source(publisher="x", title="x", kind="report", by=world.staff["bakyt"], at=world.at)
    answer = bakyt.post(reverse("figures:enter"), {**asked, "source": other.number})
    assert answer.status_code == 422 and "This file is of another source." in text(answer)
    own = actions.add_source(publisher="x", title="x", kind="own", by=world.staff["bakyt"], at=world.at)
    assert bakyt.get(reverse("figures:keep_file", args=[own.number])).status_code == 404


def test_in_russian_what_a_table_is_split_by_is_said_in_russian(world, source):  # noqa: F811
    body = b"Year,Country,Sex,Age,Persons\n2021,Kazakhstan,Total,Total,40\n2021,Kazakhstan,Female,Total,9\n"
    row = bring(world, source, body + b"2021,Kazakhstan,Male,Total,28\n")
    columns(world, row, measure="identified")
    read(world, row)
    world.staff["bakyt"].language = "ru"
    world.staff["bakyt"].save(update_fields=["language"])
    page = text(page_of(world, row))
    assert "итог: возраст" in page and "итог: age" not in page and "итог: sex" not in page


def test_from_a_table_to_a_brief_that_says_what_the_next_edition_replaced(world, source):  # noqa: F811
    body = "Year,Country,Persons\n2021,XA,310\n2022,XA,330\n"
    accepted(world, source, body.encode(), measure="identified")
    brief = published(world, begin(world, list(Figure.objects.order_by("data_year"))))
    second = read(world, bring(world, source, body.replace("330", "355").encode(), "next.csv"))
    page = text(page_of(world, second))
    changes = page.split("What accepting it changes")[1].split("Numbers that changed")[0]
    assert "Practice North in figures, published: 1 of its numbers" in " ".join(
        changes.replace(" :", ":").split()
    )
    assert ": identified" in changes and "1 changed" in changes and "new" not in changes.replace("newer", "")
    assert accept(world, second, changed="superseded", reason="Revised.").status_code == 302
    page = text(world.client("amina").get(reverse("figures:brief", args=[brief.pk])))
    assert "Errata" in page and "330" in page and "355" in page and "Revised." in page


def test_a_column_without_a_heading_is_left_out_and_that_is_said(world, source):  # noqa: F811
    head = ["Year", "Country", "", "Persons"]
    body = workbook(Victims=[head, [2021, "Kazakhstan", 5, 31], [2022, "Kazakhstan", 6, 33]])
    row = bring(world, source, body, "gap.xlsx")
    said = "Column 3 has no name; it was left out."
    assert said in text(world.client("bakyt").get(reverse("figures:import_columns", args=[row.pk])))
    columns(world, row, measure="identified")
    assert said in text(page_of(world, read(world, row)))
    whole = bring(world, source, workbook(Victims=VICTIMS), "whole.xlsx")
    assert "it was left out" not in text(
        world.client("bakyt").get(reverse("figures:import_columns", args=[whole.pk]))
    ), "control"
