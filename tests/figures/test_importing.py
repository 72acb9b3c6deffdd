"""A table of figures is brought, its columns are explained, its difference is seen, it is accepted or leaves no trace."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from panah.ground.audit.models import Entry
from panah.ground.foundation.ids import new_number
from panah.practice import figure_tables
from panah.practice.cast import Practice
from panah.programmes import figures
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.figures import actions, queries
from panah.programmes.figures.actions import import_reading
from panah.programmes.figures.forms.figures import country_choices
from panah.programmes.figures.models import (
    Brief,
    BriefFigure,
    Erratum,
    Figure,
    FilePiece,
    Import,
    ImportPiece,
    SourceFile,
)
from panah.programmes.figures.reading.countries import country_of
from panah.programmes.figures.rules.adding import addable
from panah.programmes.library.models import Upload, UploadPiece
from tests.figures import imported_tables
from tests.figures.imported_tables import accept, accepted, bring, columns, page_of, read, text
from tests.guard.forms import Page

source = imported_tables.source

NRM = Path(figures.__file__).with_name("data") / "nrm_uk"
HEAD = "Year,Country,Sex,Persons\n"


def lines_of(name):
    """Return the rows of a published table, without its headings."""
    return list(csv.reader(io.StringIO((NRM / name).read_text("utf-8"))))[1:]


def test_a_published_table_comes_into_the_register_by_way_of_its_difference(world, source):
    first = bring(world, source, (NRM / "conclusive_grounds_2021_2022.csv").read_bytes(), "nrm.csv")
    asked = world.client("bakyt").get(reverse("figures:import_columns", args=[first.pk])).content.decode()
    assert "age: Adult (18 or over); decision: Positive conclusive grounds" in asked
    assert columns(world, first).status_code == 302
    read(world, first)
    page = text(page_of(world, first))
    assert "100 numbers are new" in page and "Not understood 0" in page
    assert Figure.objects.count() == 0
    assert accept(world, first).status_code == 302
    whole = Figure.objects.get(
        data_year=2022,
        period_to="2022-12-31",
        period_from="2022-01-01",
        age="",
        dimensions={"stage": "Conclusive grounds"},
    )
    rows = lines_of("conclusive_grounds_2021_2022.csv")
    year = next(one for one in rows if one[:2] == ["2022.0", "Total"])
    assert whole.as_printed == year[-1] and whole.measure == "decided" and whole.country == "GB"
    assert whole.file.sha256 and b"".join(
        bytes(p.data) for p in FilePiece.objects.filter(file=whole.file)
    ).startswith(b"Year,Quarter")

    # The next edition: its columns are known, and what it changes is seen before it is taken.
    second = bring(world, source, (NRM / "conclusive_grounds_2021_2023.csv").read_bytes(), "nrm-2023.csv")
    assert second.state == "waiting" and second.table == first.table
    read(world, second)
    page = text(page_of(world, second))
    assert "40 numbers are new" in page and "100 are unchanged" in page
    assert accept(world, second).status_code == 302
    assert Figure.objects.count() == 140
    first.refresh_from_db()
    assert SourceFile.objects.get(imports=first).superseded_by == SourceFile.objects.get(imports=second)


REVISED = "2021,Kazakhstan,Total,31\n2021,Kazakhstan,Female,<5\n2021,Kazakhstan,Male,28\n"


@pytest.fixture
def two_editions(world, source):
    accepted(world, source, (HEAD + REVISED).encode(), measure="identified")
    body = HEAD + "2021,Kazakhstan,Total,33\n2021,Kazakhstan,Female,<5\n2021,Kazakhstan,Other,2\n"
    row = read(world, bring(world, source, body.encode(), "revised.csv"))
    assert row.state == "ready"
    return row


def test_what_changed_is_said_to_be_one_of_four_things_and_nothing_is_written_over(world, two_editions):
    page = text(page_of(world, two_editions))
    assert "1 number is new, 1 changed, 1 is no longer there, 1 is unchanged" in page
    assert "Row 2, “Persons”" in page
    assert "Chart Kazakhstan: identified : 1 new, 1 changed, 1 is no longer there" in page.replace(
        "identified:", "identified :"
    )
    assert "nothing cites it" in page, "control: no brief, no sentence, no rate has these numbers"
    # The page that waits for the reading takes this part alone.
    part = world.client("bakyt").get(
        reverse("figures:import_table", args=[two_editions.pk]), headers={"HX-Request": "true"}
    )
    assert "1 is no longer there" in text(part) and b"<html" not in part.content
    # Nobody has said what the changes are, and why: nothing is taken, and the page says so.
    answer = accept(world, two_editions)
    assert answer.status_code == 422 and "It is not said what the changes are." in text(answer)
    answer = accept(world, two_editions, changed="superseded", gone="withdrawn")
    assert answer.status_code == 422 and "It is not said why figures change." in text(answer)
    assert Figure.objects.filter(state="stands").count() == 3
    answer = accept(world, two_editions, changed="superseded", gone="withdrawn", reason="Revised in June.")
    assert answer.status_code == 302
    old = Figure.objects.get(as_printed="31")
    assert (old.state, old.state_reason) == ("superseded", "Revised in June.")
    assert old.superseded_by.as_printed == "33" and old.superseded_by.reason == "Revised in June."
    assert Figure.objects.get(as_printed="28").state == "withdrawn"
    hidden = Figure.objects.get(as_printed="<5")
    assert (hidden.low, hidden.high, hidden.flags, hidden.state) == (1, 4, ["censored"], "stands")


def test_a_brief_that_is_out_says_in_the_same_act_what_a_table_replaced(world, two_editions):
    old = Figure.objects.get(as_printed="31")
    brief = Brief.objects.create(
        society=world.staff["bakyt"].society, concerned=world.staff["bakyt"].society, country="KZ",
        author=world.staff["bakyt"], begun_on=timezone.localdate(), edited_at=world.at, state="published",
        digest="x", frozen_on=timezone.localdate(), published_by=world.staff["bakyt"],
        published_on=timezone.localdate(),
    )  # fmt: skip
    BriefFigure.objects.create(brief=brief, figure=old, place=0)
    accept(world, two_editions, changed="superseded", gone="stays", reason="Revised in June.")
    told = Erratum.objects.get(brief=brief)
    assert (told.was, told.now, told.why) == ("31", "33", "Revised in June.")


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("break", "stands", {"supersedes": False, "break_reason": "Because.", "flags": ["not-comparable"]}),
        ("mistaken", "mistaken", {"supersedes": True, "break_reason": "", "flags": []}),
        ("withdrawn", "withdrawn", {"supersedes": False, "break_reason": "", "flags": []}),
    ],
)
def test_a_break_a_mistake_of_ours_and_a_withdrawal_are_told_apart(world, two_editions, said, old, new):
    accept(world, two_editions, changed=said, gone="stays", reason="Because.")
    assert Figure.objects.get(as_printed="31").state == old
    made = Figure.objects.get(as_printed="33")
    assert {
        "supersedes": made.supersedes_id is not None,
        "break_reason": made.break_reason,
        "flags": made.flags,
    } == new
    assert Figure.objects.get(as_printed="28").state == "stands"


def test_one_row_may_be_another_thing_than_all_the_others(world, two_editions):
    changed = two_editions.rows.get(outcome="changed")
    answer = accept(
        world,
        two_editions,
        changed="superseded",
        gone="stays",
        reason="Because.",
        **{f"row-{changed.pk}": "break"},
    )
    assert answer.status_code == 302 and Figure.objects.get(as_printed="31").state == "stands"


def test_a_register_that_changed_meanwhile_is_compared_again(world, two_editions):
    Figure.objects.filter(as_printed="31").update(
        state="withdrawn", state_reason="By hand.", state_on=timezone.localdate()
    )
    said = {"changed": "superseded", "gone": "stays", "reason": "Because."}
    answer = accept(world, two_editions, **said)
    assert answer.status_code == 422 and "The register has changed since" in text(answer)
    world.client("bakyt").post(reverse("figures:import_again", args=[two_editions.pk]))
    read(world, two_editions)
    assert "2 numbers are new, 0 changed" in text(page_of(world, two_editions))
    assert accept(world, two_editions, **said).status_code == 302


def commitment_that_cites(world, number):
    by, at, day = world.staff["bakyt"], timezone.now(), timezone.localdate()
    row = diplomacy.draft_commitment(
        kind="individual", title="People on the move", provisions=["palermo/9"], objective="x", begins_on=day,
        ends_on=day + timedelta(days=90), focal=str(world.staff["amina"].pk), by=by, at=at,
    )  # fmt: skip
    diplomacy.sign_off(commitment=row, by=world.staff["saule"], at=at)
    diplomacy.add_evidence(
        commitment=row, kind="document", text="x", source=f"NRM, {number}", shown_on=day, by=by, at=at
    )
    return row


def edition(more=0):
    """A table of 5,000 numbers: a hundred countries, 25 years, women and men."""
    countries = [name for code, name in country_choices() if code][:100]
    lines = [
        f"{year},{country},{sex},{1000 + number + more}"
        for number, country in enumerate(countries)
        for year in range(2000, 2025)
        for sex in ("Female", "Male")
    ]
    assert len(lines) == 5_000
    return (HEAD + "\n".join(lines) + "\n").encode()


def test_an_edition_that_changes_five_thousand_numbers_is_seen_discarded_and_accepted(world, source):
    accepted(world, source, edition(), measure="identified")
    old = Figure.objects.filter(data_year=2021).first()
    undertaken = commitment_that_cites(world, old.number)
    second = read(world, bring(world, source, edition(more=1), "second.csv"))
    page = page_of(world, second)
    assert page.status_code == 200 and queries.counts_of(second)["changed"] == 5_000
    assert undertaken.title in text(page), "whoever cites one of them is named"
    assert accept(world, second).status_code == 422, "what the changes are is still to be said"
    bakyt = world.client("bakyt")
    assert bakyt.post(reverse("figures:import_refuse", args=[second.pk])).status_code == 302
    third = read(world, bring(world, source, edition(more=2), "third.csv"))
    answer = accept(world, third, changed="superseded", gone="stays", reason="Counted anew.")
    assert answer.status_code == 302 and Figure.objects.filter(state="superseded").count() == 5_000


def test_a_table_of_which_nobody_can_see_what_it_changes_can_be_discarded(world, two_editions):
    two_editions.rows.filter(outcome="changed").update(claim={"by": "no claim"})
    page = page_of(world, two_editions)
    assert page.status_code == 200
    forms = [one.action for one in Page(page.content.decode()).forms]
    discard = reverse("figures:import_refuse", args=[two_editions.pk])
    assert discard in forms and reverse("figures:import_table", args=[two_editions.pk]) not in forms
    assert world.client("bakyt").post(discard).status_code == 302
    assert not Import.objects.filter(pk=two_editions.pk).exists()


def test_of_two_editions_that_wait_the_second_is_compared_again(world, source, two_editions):
    body = HEAD + "2021,Kazakhstan,Total,35\n2021,Kazakhstan,Female,<5\n2021,Kazakhstan,Other,2\n"
    third = read(world, bring(world, source, body.encode(), "again.csv"))
    said = {"changed": "superseded", "gone": "stays", "reason": "Because."}
    assert accept(world, third, **said).status_code == 302
    answer = accept(world, two_editions, **said)
    assert answer.status_code == 422 and "The register has changed since" in text(answer)
    assert Figure.objects.filter(as_printed="2").count() == 1


def test_a_total_that_its_parts_contradict_is_said_row_by_row(world, source):
    body = (
        HEAD
        + "2021,Kazakhstan,Total,40\n2021,Kazakhstan,Female,<5\n2021,Kazakhstan,Male,28\n2022,Kazakhstan,Total,9\n"
    )
    row = bring(world, source, (body + "2022,Kazakhstan,Female,5\n2022,Kazakhstan,Male,4\n").encode())
    columns(world, row, measure="identified")
    page = text(page_of(world, read(world, row)))
    assert "Row 2, “Persons”: the total of sex says 40, its parts together 29–32." in page
    assert page.count("its parts together") == 1


def test_cells_that_are_not_understood_are_named_and_hidden_missing_and_nought_are_told_apart(world, source):
    body = (
        HEAD
        + "2021,Kazakhstan,Total,..\n2021,Kazakhstan,Female,0\n2021,Kazakhstan,Male,\n2021,Narnia,Total,7\n"
    )
    body += "2021,Uzbekistan,Total,about ten\n2021,Uzbekistan,Male,-\n2021,Uzbekistan,Female,<5\n"
    row = bring(world, source, body.encode())
    columns(world, row, measure="identified")
    page = text(page_of(world, read(world, row)))
    assert "Row 5, “Country”, “Narnia”: There is no country of this name." in page
    assert "Row 6, “Persons”, “about ten”: This is not a number" in page
    assert "Row 7, “Persons”, “-”: A dash stands here" in page
    assert "2 numbers are new" in page and "Empty cells 1" in page and "Not understood 3" in page
    assert accept(world, row).status_code == 302
    told = {(one.country, one.sex): (one.low, one.high) for one in Figure.objects.all()}
    assert told == {("KZ", "female"): (0, 0), ("UZ", "female"): (1, 4)}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_country_is_understood_by_every_name_that_the_page_offers(language):
    with override(language):
        offered = [(code, name) for code, name in country_choices() if code]
    assert {"XA", "KZ", "CI"} <= {code for code, _name in offered}
    assert [name for code, name in offered if country_of(name) != code] == []


def test_outside_practice_no_country_is_called_as_an_invented_one(settings):
    assert country_of("Practice Country North") == "XA"
    settings.PANAH_PRACTICE = False
    assert country_of("Practice Country North") is None


def test_the_report_has_every_row(world, two_editions):
    answer = world.client("bakyt").get(reverse("figures:import_report", args=[two_editions.pk]))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sorted(line[-1] for line in lines[1:]) == ["changed", "new", "no longer there", "unchanged"]


def test_a_table_that_is_refused_leaves_nothing_but_a_line_in_the_journal(world, source):
    row = bring(world, source, (HEAD + REVISED).encode())
    columns(world, row, measure="identified")
    actions.read_tables(at=timezone.now())
    answer = world.client("bakyt").post(reverse("figures:import_refuse", args=[row.pk]), follow=True)
    assert "The table was discarded." in text(answer)
    assert not any(model.objects.exists() for model in (Import, ImportPiece, SourceFile, FilePiece, Figure))
    assert Entry.objects.filter(event="figures:import:refused").count() == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 this is no workbook", "The workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "an old workbook (.xls) or one with a password"),
        ("Year,Sex,Persons\n2021,Gösch,7\n".encode("latin-1"), "The letters of this file cannot be read."),
        (b"Full name,Telephone,Year\nx,1,2021\n", "This reads like a table of people"),
        (
            b"just one sentence that says nothing\n",
            "No line of this file reads like the headings of a table.",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence_and_not_kept(world, source, body, said):
    answer = bring(world, source, body)
    assert answer.status_code == 422 and said in text(answer)
    assert not Import.objects.exists() and not ImportPiece.objects.exists()


def bring_by_script(world, source, body):
    client = world.client("bakyt")
    said = {"name": "people.csv", "size": len(body)}
    begun = client.post(reverse("library:begin_upload"), said).json()
    assert client.post(f"{begun['pieces']}0/", body, "application/octet-stream").json() == {"kept": 0}
    assert UploadPiece.objects.exists(), "control"
    form = {"source": source.pk, "upload": begun["upload"]}
    return client.post(reverse("figures:import_bring"), form)


def test_a_list_of_people_that_a_script_brought_in_pieces_leaves_none_of_them(world, source):
    answer = bring_by_script(world, source, b"Full name,Telephone,Year\nx,1,2021\n")
    assert answer.status_code == 422 and "This reads like a table of people" in text(answer)
    left = (Import, ImportPiece, Upload, UploadPiece)
    assert not any(model.objects.exists() for model in left)
    taken = bring_by_script(world, source, (HEAD + REVISED).encode())
    assert taken.status_code == 302 and not UploadPiece.objects.exists() and ImportPiece.objects.exists()


def test_what_was_kept_and_never_looked_at_goes_by_itself(world, source):
    """As after a power cut between the two; what she was asked about stays."""
    asked = bring(world, source, (HEAD + REVISED).encode())
    cut = Import.objects.create(
        society=source.society,
        source=source,
        size=1,
        brought_by=source.added_by,
        brought_on=timezone.localdate(),
    )
    ImportPiece.objects.create(table_import=cut, number=0, data=b"Full name,Telephone")
    assert actions.forget_unseen(at=timezone.now()) == 0, "it may be looked at right now"
    assert actions.forget_unseen(at=timezone.now() + timedelta(days=1)) == 1
    assert (
        list(Import.objects.all()) == [asked] and not ImportPiece.objects.filter(table_import=cut.pk).exists()
    )


def lying(texts):
    """Which of these texts stand in any row of the room."""
    rows = [
        str(row).lower()
        for one in apps.get_app_config("figures").get_models()
        for row in one.objects.values()
    ]
    return {text for text in texts if any(text in row for row in rows)}


def test_a_case_number_in_a_cell_stops_the_reading_and_nothing_of_the_file_stays(world, source):
    number = new_number()
    body = HEAD + REVISED + f"2021,Kazakhstan,{number},1\n2021,Kazakhstan,Practice Tulip,1\n"
    row = bring(world, source, body.encode(), "practice-tulip.csv")
    stood = {number.lower(), "practice tulip", "practice-tulip"}
    columns(world, row, measure="identified")
    assert lying(stood) == stood, "control: what the cells say is asked of her, and kept with her answer"
    page = text(page_of(world, read(world, row)))
    assert "This reads like a table of people" in page and not ImportPiece.objects.exists()
    assert lying(stood) == set()
    answer = world.client("bakyt").get(reverse("figures:import_columns", args=[row.pk]))
    assert answer.status_code == 302, "nothing is asked of it any more"


def test_a_long_table_is_read_in_turns_each_row_once(world, source, monkeypatch):
    monkeypatch.setattr(import_reading, "BATCH", 500)
    body = HEAD + "".join(f"{1900 + n % 190},Kazakhstan,Group {n},{n}\n" for n in range(1_200))
    row = bring(world, source, body.encode())
    columns(world, row, measure="identified")
    read(world, row, patience=timedelta(0))
    assert row.state == "reading" and row.rows_read == 500 and row.leased_until is None
    assert "500 rows are read" in text(page_of(world, row))
    # Another worker goes on at the next row; each row is there once.
    read(world, row)
    assert row.state == "ready" and row.rows_read == 1_200 and row.rows.count() == 1_200


def test_more_numbers_than_a_register_takes_are_counted_and_none_of_them_kept(world, source, monkeypatch):
    assert import_reading.MOST_FIGURES == 20_000, "control"
    monkeypatch.setattr(import_reading, "MOST_FIGURES", 1_000)
    monkeypatch.setattr(import_reading, "BATCH", 300)
    body = HEAD + "".join(f"{1900 + n % 190},Kazakhstan,Group {n},{n}\n" for n in range(1_025))
    row = bring(world, source, body.encode())
    columns(world, row, measure="identified")
    page = text(page_of(world, read(world, row)))
    assert "This table has 1025 rows with 1025 numbers. At most 1000 are taken" in page
    assert row.rows.count() == 0 and not Figure.objects.exists()


def test_the_same_file_is_not_read_twice(world, source):
    accepted(world, source, (HEAD + REVISED).encode(), measure="identified")
    answer = bring(world, source, (HEAD + REVISED).encode())
    assert answer.status_code == 422 and "is here already" in text(answer)


def test_a_table_is_for_those_who_keep_the_register(world, source):
    row = bring(world, source, (HEAD + REVISED).encode())
    assert world.client("amina").get(reverse("figures:imports")).status_code == 404
    assert world.client("amina").get(reverse("figures:import_table", args=[row.pk])).status_code == 404
    assert world.client("daler").get(reverse("figures:import_columns", args=[row.pk])).status_code == 404


def test_a_table_that_is_stopped_while_it_is_read_is_let_go_of(world, source):
    body = HEAD + "".join(f"{1900 + n % 190},Kazakhstan,Group {n},{n}\n" for n in range(12_000))
    row = bring(world, source, body.encode())
    columns(world, row, measure="identified")
    read(world, row, patience=timedelta(0))
    answer = world.client("bakyt").post(reverse("figures:import_refuse", args=[row.pk]))
    assert answer.status_code == 302
    assert actions.read_tables(at=timezone.now()) == 0 and not Import.objects.exists()


def test_a_workbook_is_read_as_a_table_is_and_a_formula_without_a_result_is_said(world, source):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Year", "Country", "Sex", "Persons"])
    sheet.append([2021, "Kazakhstan", "Female", 12])
    sheet.append([2021, "Kazakhstan", "Male", "=6*7"])
    out = io.BytesIO()
    book.save(out)
    row = bring(world, source, out.getvalue(), "table.xlsx")
    columns(world, row, measure="identified")
    page = text(page_of(world, read(world, row)))
    assert (
        "1 number is new" in page
        and "Row 3, “Persons”: A formula stands here, and the file does not hold its result" in page
    )


GLOTIP = [
    *(
        "Iso3_code",
        "Country",
        "Region",
        "Subregion",
        "Indicator",
        "Dimension",
        "Category",
        "Sex",
        "Age",
        "Year",
    ),
    *("Unit of measurement", "txtVALUE", "Source"),
]


def glotip(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([GLOTIP, *rows])
    return out.getvalue().encode("utf-8-sig")


def victims(iso, category, sex, age, value, *, indicator="Detected trafficking victims", unit="Counts"):
    dimension = "Total" if category == "Total" else "by form of exploitation"
    return [
        iso,
        "Country",
        "Asia",
        "Central Asia",
        indicator,
        dimension,
        category,
        sex,
        age,
        "2021",
        unit,
        value,
        "CTS",
    ]


def test_the_layout_of_unodc_is_known_and_hidden_numbers_stay_intervals_to_the_end(world, source):
    body = glotip(
        victims("KAZ", "Total", "Total", "Total", "31"),
        victims("KAZ", "Total", "Male", "Total", "28"),
        victims("KAZ", "Total", "Female", "Total", "<5"),
        victims("KAZ", "Forced labour", "Total", "Total", ".."),
        victims("KAZ", "Total", "Total", "Total", "0.2", unit="Rate per 100,000 population"),
        victims("FRA", "Total", "Total", "Total", "900"),
    )
    row = bring(world, source, body)
    columns(world, row, countries=["KZ", "UZ"])
    page = text(page_of(world, read(world, row)))
    # Another country and the rates are left, 28 and <5 make 31, what is not available is no figure.
    assert "3 numbers are new" in page and "Rows left out 2" in page and "contradict" not in page
    assert accept(world, row).status_code == 302
    assert sorted(Figure.objects.values_list("as_printed", flat=True)) == ["28", "31", "<5"]
    women = Figure.objects.get(sex="female")
    assert (women.low, women.high, women.measure, women.country, women.dimensions) == (
        1,
        4,
        "identified",
        "KZ",
        {},
    )


def test_adding_up_a_whole_table_counts_everybody_several_times_and_the_register_refuses_it(world, source):
    """The trap: totals in every dimension. Added blindly, the cut says six times what was decided."""
    accepted(world, source, (NRM / "conclusive_grounds_2021_2022.csv").read_bytes())
    rows = lines_of("conclusive_grounds_2021_2022.csv")
    decided = sum(float(one[-1]) for one in rows if one[1] == "Total")
    assert sum(float(cell) for one in rows for cell in one[2:]) == pytest.approx(6 * decided)
    figures_of = Figure.objects.filter(period_from="2022-01-01", period_to="2022-12-31")
    total = figures_of.get(age="", dimensions={"stage": "Conclusive grounds"})
    parts = figures_of.filter(dimensions__decision__endswith="grounds")
    assert total.low == sum(one.low for one in parts) and parts.count() == 6
    parted = [queries.part_of(one) for one in figures_of]
    assert addable(parted) == "total-beside-parts", "all of the year, totals and parts together"
    assert addable([queries.part_of(one) for one in parts]) == "", "control: the parts alone make a sum"


def test_in_practice_one_edition_was_taken_and_the_next_one_waits_with_a_difference(world):
    figure_tables.build(Practice(at=world.at, staff=world.staff))
    taken, waits = Import.objects.order_by("brought_on")
    assert (taken.state, waits.state) == ("accepted", "ready")
    page = text(world.client("nurlan").get(reverse("figures:import_table", args=[waits.pk])))
    assert "2 numbers are new, 2 changed, 1 is no longer there, 5 are unchanged." in page
    assert "Row 12, “Persons identified”, “about thirty”" in page


def test_a_word_without_a_code_stays_what_it_divides_and_kinds_are_not_added_under_any_name(world, source):
    body = (
        "Year,Country,Exploitation,Persons\n2021,Kazakhstan,Total,30\n2021,Kazakhstan,Illegal adoption,12\n"
    )
    body += "2021,Kazakhstan,Mixed forms,18\n"
    accepted(world, source, body.encode(), measure="identified")
    kinds = [queries.part_of(one) for one in Figure.objects.exclude(dimensions={})]
    assert len(kinds) == 2 and addable(kinds) == "overlap", "one person may have suffered both"
    whole = Figure.objects.get(dimensions={})
    assert all(one.sum is None for one in queries.parts_of(whole, to=world.staff["bakyt"]))


def test_who_is_of_no_known_sex_is_a_part_and_not_the_whole(world, source):
    body = (
        HEAD
        + "2021,Kazakhstan,Total,30\n2021,Kazakhstan,Female,12\n2021,Kazakhstan,Male,10\n2021,Kazakhstan,Unknown,8\n"
    )
    accepted(world, source, body.encode(), measure="identified")
    whole = Figure.objects.get(as_printed="30")
    assert queries.tensions_of(whole, to=world.staff["bakyt"]) == []
    [found] = queries.parts_of(whole, to=world.staff["bakyt"])
    assert len(found.figures) == 3 and found.sum is not None and found.sum.value.low == 30
