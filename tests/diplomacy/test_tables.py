"""Commitments and how far they are from a table: all rows or none, by the rule of the pages, with a line for each row."""

from __future__ import annotations

import io
from csv import reader

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook

from panah.programmes.diplomacy.models import Commitment, Evidence, Status
from panah.programmes.diplomacy.tables import headings
from panah.programmes.diplomacy.words import Progress
from tests.diplomacy.running_commitments import due, running, say, show, text, today

HEAD = ["Title", "Objective", "Under which provisions", "Begins on", "Ends on", "What it shows", "Source"]
HEAD += ["From which day it is", "How far is it?", "Why"]


def csv(*rows, head=HEAD):
    return "\n".join(";".join(row) for row in (head, *rows)).encode() + b"\n"


def new(title="Practice: from a table"):
    return [
        title,
        "A word by summer",
        "istanbul2007/1, coe2005/26, istanbul2007/1",
        "2026-01-01",
        "01.06.2027",
        *[""] * 5,
    ]


def shown(days, progress="under way", why="", title="Practice: no one is punished"):
    day = today(days).isoformat()
    return [title, "", "", "", "", f"Practice: list {days}", "No. 7", day, progress, why]


def bring(world, body, by="bakyt", name="x.csv"):
    return world.client(by).post(reverse("diplomacy:bring"), {"file": SimpleUploadedFile(name, body)})


def test_a_table_drafts_what_is_new_and_says_how_far_it_is_by_evidence(world):
    row = running(world)
    answer = bring(world, csv(new(), shown(-9), shown(-3, "late", "No answer")))
    assert answer.status_code == 200, text(answer)
    for said in (
        "Row 2: Practice: from a table: drafted.",
        "Row 3: ",
        "evidence was added, and how far it is.",
    ):
        assert said in text(answer)
    drafted = Commitment.objects.get(title="Practice: from a table")
    assert (drafted.state, drafted.provisions) == ("draft", ["istanbul2007/1", "coe2005/26"])
    assert "commitment_decide" in due("saule"), "a draft from a table binds nobody either"
    words = row.statuses.order_by("shown_on").values_list("progress", "why")
    assert list(words) == [("under_way", ""), ("late", "No answer")]


def test_one_row_that_does_not_hold_keeps_all_of_them_out_and_each_is_named(world):
    row = running(world)
    say(world, row, "under_way", show(world, row, -5))
    bad = csv(
        new(), shown(-5, "done"), shown(-2, "late"), shown(4), [*new("")[:5], *[""] * 5], shown(-1, "nearly")
    )
    answer = bring(world, bad)
    found = text(answer)
    assert answer.status_code == 422 and "5 rows cannot be taken in. Nothing was written." in found
    for said in (
        "Row 3: No word without newer evidence",
        "Row 4: Late and given up are said with their reason.",
        "Row 5: Evidence is of today or earlier.",
        "Row 6: The row has no title",
        "Row 7: How far is it?: Write one of these: not_started",
    ):
        assert said in found, said
    assert Commitment.objects.count() == 1 and Evidence.objects.count() == 1 and Status.objects.count() == 1


def test_the_same_table_brought_twice_changes_nothing(world):
    running(world)
    body = csv(shown(-9))
    assert bring(world, body).status_code == 200
    again = bring(world, body)
    assert again.status_code == 422 and "No word without newer evidence" in text(again)
    assert Evidence.objects.count() == 1
    assert bring(world, csv(shown(-8, ""))).status_code == 200
    again = bring(world, csv(shown(-8, "")))
    assert again.status_code == 422 and "This evidence stands there already." in text(again)
    assert bring(world, csv(shown(-8, "done"))).status_code == 200, (
        "the word that it carries is brought later"
    )
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Practice: nobody knows it", "No running commitment has this title."),
        ("Practice: from a table", "does not run"),
    ],
)
def test_a_draft_and_what_nobody_has_signed_off_has_no_status(world, title, said):
    assert bring(world, csv(new())).status_code == 200
    answer = bring(world, csv(shown(-2, title=title)))
    assert answer.status_code == 422 and said in text(answer)
    assert not Status.objects.exists()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_workbook_with_the_headings_of_the_empty_table_is_understood_in_each_language(world, language):
    running(world)
    world.staff["bakyt"].language = language
    world.staff["bakyt"].save()
    answer = world.client("bakyt").get(reverse("diplomacy:empty_table"))
    empty = next(reader([answer.content.decode("utf-8-sig")]))
    with override(language):
        assert "Что сделано?" in empty or language == "en"
        line = dict(zip(HEAD, shown(-4, str(Progress.UNDER_WAY.label)), strict=True))
        line = {
            str(label): line[english]
            for english, label in zip(english_names(), empty, strict=True)
            if english in line
        }
    book = Workbook()
    book.active.append(empty)
    book.active.append([line.get(name, "") for name in empty])
    out = io.BytesIO()
    book.save(out)
    assert bring(world, out.getvalue(), name="x.xlsx").status_code == 200
    assert Status.objects.get().progress == "under_way"


def english_names():
    with override("en"):
        return headings()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "The file is empty."),
        (b"Strange;Other\n1;2\n", "cannot be read as a table"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 20, "old workbook"),
        (csv(), "no rows below its headings"),
        (csv(*[shown(-9)] * 501), "more than 500 rows"),
        (csv([*new(), "by hand"], head=[*HEAD, "Remarks"]), "These columns are not understood: Remarks."),
        (csv(["x"]), "fewer cells than the header"),
        (csv([*new()[:3], "2026-01", *new()[4:]]), "Write the whole day"),
        (csv([*new()[:2], "berlin/9", *new()[3:]]), "Write provisions as"),
        (csv([*new()[:1], "", *new()[2:]]), "These cells are empty: Objective."),
    ],
)
def test_a_file_that_is_no_table_meets_a_sentence(world, body, said):
    answer = bring(world, body)
    assert answer.status_code == 422 and said in text(answer)
    assert not Commitment.objects.exists()


def test_whoever_keeps_no_commitments_brings_no_table(world):
    for who in ("amina", "ibrat", "nurlan", "cholpon"):
        assert bring(world, csv(new()), by=who).status_code == 404
    assert not Commitment.objects.exists()
