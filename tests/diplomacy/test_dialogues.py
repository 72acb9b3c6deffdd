"""Dialogues with authorities: sealed, with a memory that outlives who led them, and silence that becomes due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from panah.ground.kit.dates import day
from panah.ground.network.actions import edit_rule_line
from panah.ground.network.words import RuleKey
from panah.ground.vault.models import File
from panah.ground.work.models import DueItem
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy.models import Dialogue
from tests.diplomacy.begun_dialogues import ASKED, begin, parts, picture, text, today, write


def due(row):
    return sorted(DueItem.objects.filter(subject=row.pk, done_at=None).values_list("purpose", flat=True))


def test_a_letter_that_nobody_answers_becomes_due_and_an_answer_ends_that(world):
    row = begin(world)
    assert write(world, row, number_out="07-12", **parts("answer_by", today(30))).status_code == 302
    assert due(row) == ["dialogue_answer"]
    assert write(world, row, "answered", number_in="3/44", **parts("next_on", today(7))).status_code == 302
    assert due(row) == ["dialogue_next"]
    page = text(world.client("saule").get(reverse("diplomacy:dialogue", args=[row.number])))
    for said in (
        ASKED,
        "our number: 07-12",
        "their number: 3/44",
        "Practice: answered",
        "Deputy for migration",
    ):
        assert said in page


def test_a_letter_without_a_day_of_its_own_is_due_by_the_term_of_the_rule_sheet(world):
    row = begin(world)
    assert write(world, row).status_code == 302
    assert due(row) == ["dialogue_next"], "no rule sheet says a term yet: it comes back all the same"
    edit_rule_line(
        society=world.societies["north"], key=RuleKey.AUTHORITY_ANSWER_DAYS, value=30, text_en="x", text_ru="x",
        source="x", valid_from=today(-60), by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    assert write(world, row, **parts("on", today(-10))).status_code == 302
    assert due(row) == ["dialogue_answer"]
    item = DueItem.objects.get(subject=row.pk, purpose="dialogue_answer", done_at=None)
    assert timezone.localdate(item.due_at) == today(20), "from the day of the letter"
    assert write(world, row, "met", **parts("on", today())).status_code == 302
    assert due(row) == ["dialogue_answer"], "a meeting is no answer to a letter, and no letter"


def test_silence_of_two_weeks_goes_to_the_focal_points(world):
    row = begin(world)
    write(world, row, **parts("answer_by", today(5)))
    at = timezone.now()
    assert diplomacy.escalate_late(at=at + timedelta(days=18)) == 0
    assert diplomacy.escalate_late(at=at + timedelta(days=21)) == 1
    item = DueItem.objects.get(owner__username="saule", purpose="dialogue_late", done_at=None)
    assert (item.number, item.subject) == (row.number, row.pk)
    write(world, row, "silent", by="saule")
    assert due(row) == ["dialogue_next"]


def test_an_intervention_for_one_person_that_nobody_follows_up_comes_back(world):
    row, at = begin(world, kind="person"), timezone.now()
    (item,) = DueItem.objects.filter(subject=row.pk, done_at=None)
    assert (item.purpose, item.owner.username) == ("dialogue_next", "bakyt")
    assert timezone.localdate(item.due_at) == today(14)
    assert diplomacy.escalate_late(at=at + timedelta(days=27)) == 0
    assert diplomacy.escalate_late(at=at + timedelta(days=29)) == 1
    assert DueItem.objects.filter(owner__username="saule", purpose="dialogue_late", done_at=None).exists()
    write(world, row, "met", **parts("next_on", today(3)))
    write(world, row, "note")
    (item,) = DueItem.objects.filter(subject=row.pk, done_at=None)
    assert timezone.localdate(item.due_at) == today(14), "a note without a day: it comes back again"


def test_when_a_dialogue_comes_back_does_not_tell_that_it_is_about_one_person(world):
    for kind in ("person", "obligation", "helpers"):
        answer = world.client("bakyt").post(
            reverse("diplomacy:begin_dialogue"),
            {"kind": kind, "authority": "Practice", "asked": ASKED, "confidence": "author"},
        )
        assert answer.status_code == 302
    items = DueItem.objects.filter(room="dialogues").values_list("due_at", "purpose", "kind", "urgency")
    assert len(items) == 3 and len(set(items)) == 1


def test_what_did_we_ask_the_ministry_when_and_what_came_of_it_is_one_page(world):
    row = begin(world)
    write(world, row, "promised")
    page = text(world.client("saule").get(reverse("diplomacy:dialogues")))
    assert "Practice Ministry of the Interior" in page and ASKED in page and "They promised something" in page
    none = text(world.client("saule").post(reverse("diplomacy:dialogues"), {"word": "prosecutor"}))
    assert ASKED not in none and "No dialogue that you can open has the word “prosecutor”." in none
    assert ASKED in text(world.client("saule").post(reverse("diplomacy:dialogues"), {"word": "WOMEN"}))


def test_the_page_of_all_that_was_asked_costs_as_many_questions_for_many_as_for_two(world):
    asked = []
    for _turn in range(2):
        for number in range(2):
            write(world, begin(world, asked=f"{ASKED} {number}"), "promised")
        client = world.client("saule")
        client.get(reverse("diplomacy:dialogues"))
        with CaptureQueriesContext(connection) as seen:
            page = text(client.get(reverse("diplomacy:dialogues")))
        asked.append((len(seen), page.count("They promised something")))
    (few, two), (many, four) = asked
    assert (two, four) == (2, 4) and few == many


def test_a_dialogue_opens_for_its_author_and_the_focal_points_and_for_nobody_else(world):
    row = begin(world)
    for who in ("amina", "nurlan", "ibrat", "zarina", "timur", "rustam"):
        assert world.client(who).get(reverse("diplomacy:dialogue", args=[row.number])).status_code == 404
        assert ASKED not in text(world.client(who).get(reverse("diplomacy:dialogues")))
    assert ASKED in text(world.client("saule").get(reverse("diplomacy:dialogue", args=[row.number])))


def test_the_database_knows_neither_authority_nor_what_was_asked(world):
    row = begin(world)
    write(world, row, number_out="07-12-seeded")
    for word in ("Ministry of the Interior", "hall for foreigners", "07-12-seeded", "istanbul2007"):
        assert not rows_with(word), word
    assert rows_with(row.number)


def rows_with(word):
    """The tables in which a word stands in plain, in whatever column."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            if any(
                word in str(value) or word.encode() in bytes(value or b"")
                if isinstance(value, bytes | memoryview)
                else word in str(value)
                for value in row
            ):
                found.append(model._meta.label)
    return found


def test_a_scan_is_kept_as_it_came_and_another_kind_of_file_meets_a_sentence_with_nothing_lost(world):
    row = begin(world)
    bad = write(world, row, scan=SimpleUploadedFile("x.exe", b"MZ" + b"\0" * 200))
    assert (
        bad.status_code == 422
        and "A scan is a PDF, a JPEG or a PNG." in text(bad)
        and "Practice: sent" in text(bad)
    )
    assert write(world, row, scan=SimpleUploadedFile("x.png", picture())).status_code == 302
    page = world.client("saule").get(reverse("diplomacy:dialogue", args=[row.number])).content.decode()
    address = page.split("/scan/")[1].split('"')[0]
    got = world.client("saule").get(f"/commitments/dialogues/{row.number}/scan/{address}")
    assert got.content == picture()
    assert world.client("amina").get(f"/commitments/dialogues/{row.number}/scan/{address}").status_code == 404


@pytest.mark.parametrize(("kind", "days"), [("person", 365), ("obligation", 5 * 365)])
def test_a_closed_dialogue_is_kept_as_long_as_its_kind_says_and_then_erased(world, kind, days):
    row = begin(world, kind=kind)
    answer = world.client("bakyt").post(
        reverse("diplomacy:close_dialogue", args=[row.number]), {"outcome": "Released"}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, due(row)) == ("closed", ["dialogue_keep"])
    (item,) = DueItem.objects.filter(subject=row.pk, purpose="dialogue_keep")
    assert (row.keep_until, timezone.localtime(item.due_at).date()) == (today(365), today(365)), (
        "whatever its kind"
    )
    page = text(world.client("saule").get(reverse("diplomacy:dialogue", args=[row.number])))
    assert f"Kept until {day(today(days))}." in page
    early = world.client("saule").post(
        reverse("diplomacy:erase_dialogue", args=[row.number]), {"number": row.number}
    )
    assert early.status_code == 422 and "kept until the day" in text(early)
    Dialogue.objects.filter(pk=row.pk).update(closed_on=today(1 - days), keep_until=today())
    still = world.client("saule").post(
        reverse("diplomacy:erase_dialogue", args=[row.number]), {"number": row.number}
    )
    assert still.status_code == 422 and "kept until the day" in text(still), "a day too early"
    Dialogue.objects.filter(pk=row.pk).update(closed_on=today(-days))
    wrong = world.client("saule").post(
        reverse("diplomacy:erase_dialogue", args=[row.number]), {"number": "x"}
    )
    assert wrong.status_code == 422 and "This is not the number." in text(wrong)
    world.client("saule").post(reverse("diplomacy:erase_dialogue", args=[row.number]), {"number": row.number})
    assert not Dialogue.objects.exists() and due(row) == []
    assert File.objects.get(pk=row.file_id).erasing_since is not None


def test_a_closed_dialogue_comes_back_every_year_whatever_its_kind_until_it_is_erased(world):
    rows = [begin(world, kind=kind) for kind in ("person", "obligation")]
    for row in rows:
        world.client("bakyt").post(reverse("diplomacy:close_dialogue", args=[row.number]), {"outcome": "x"})
    in_a_year = timezone.now() + timedelta(days=366)
    diplomacy.look_at_closed(at=in_a_year)
    assert [due(row) for row in rows] == [["dialogue_keep"]] * 2, (
        "nobody has looked yet: it stands there as it was"
    )
    DueItem.objects.filter(purpose="dialogue_keep").update(done_at=in_a_year)
    diplomacy.look_at_closed(at=in_a_year)
    plain = {
        (item.due_at, item.purpose) for item in DueItem.objects.filter(purpose="dialogue_keep", done_at=None)
    }
    assert len(plain) == 1 and {due(row)[0] for row in rows} == {"dialogue_keep"}
    assert len(set(Dialogue.objects.values_list("keep_until", "closed_on", "state"))) == 1


def test_a_closed_dialogue_is_opened_again_and_goes_on(world):
    row = begin(world)
    world.client("bakyt").post(reverse("diplomacy:close_dialogue", args=[row.number]), {"outcome": "x"})
    assert write(world, row).status_code == 404
    world.client("saule").post(reverse("diplomacy:reopen_dialogue", args=[row.number]))
    row.refresh_from_db()
    assert row.state == "open" and due(row) == ["dialogue_next"]
    assert write(world, row, by="saule").status_code == 302
