"""A report leaves with the files of its attachments, numbered as in its list, as far as who takes it may open them."""

from __future__ import annotations

import html
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.audit.models import Entry
from panah.programmes.diplomacy import rules
from panah.programmes.diplomacy.actions import reports as reports_actions
from panah.programmes.diplomacy.models import Report
from panah.programmes.library import actions as library
from panah.programmes.library.models import Document
from tests.diplomacy.begun_dialogues import begin, parts, picture, write
from tests.diplomacy.running_commitments import report, running, show, today
from tests.library.brought_documents import pdf

LEFT_OUT = "Left out: no file of it is open here to whoever took this report out."


def document(world, name, by="bakyt", visibility="network", named=()):
    facts = library.Facts(
        title=f"Practice: {name}", kind="other", visibility=visibility, source="Practice", named=list(named)
    )
    body = pdf(f"Practice: {name}")
    known = [library.Known(f"Practice: {name}", "en")]
    row = library.bring_read(
        name="x.pdf", body=body, facts=facts, pages=known, by=world.staff[by], at=timezone.now()
    )
    return row, body


def cleared(world, **more):
    made = report(world, **more)
    world.client("saule").post(reverse("diplomacy:report", args=[made.pk]), {"state": "cleared"})
    return made


def taken(world, made, by="bakyt"):
    answer = world.client(by).get(reverse("diplomacy:report_zip", args=[made.pk]))
    assert answer.status_code == 200, answer.content
    packed = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    return packed, html.unescape(packed.read("attachments.html").decode())


def test_the_report_and_the_files_of_its_attachments_leave_as_one_zip_numbered_as_in_its_list(world):
    row, (shown, body) = running(world), document(world, "a plan")
    show(world, row, -1, source="Minutes of the board, 4")
    show(world, row, -2, source=f"Panah library, {shown.number} (see {shown.number}, part 2)")
    made = cleared(world)
    page = world.client("bakyt").get(reverse("diplomacy:report", args=[made.pk])).text
    assert reverse("diplomacy:report_zip", args=[made.pk]) in page
    packed, index = taken(world, made)
    assert set(packed.namelist()) == {
        "follow-up.docx", "follow-up.pdf", "attachments.html", "attachments/02.pdf",
    }  # fmt: skip
    assert packed.read("attachments/02.pdf") == body
    assert packed.read("follow-up.pdf").startswith(b"%PDF") and packed.read("follow-up.docx").startswith(
        b"PK"
    )
    assert 'value="2"' in index and 'href="attachments/02.pdf"' in index and "“Practice: a plan”" in index
    assert index.count(LEFT_OUT) == 1 and "Minutes of the board, 4" in index
    assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}, "no hour stands in it"


def test_a_report_that_is_not_cleared_does_not_leave_with_its_attachments_either(world):
    row, (shown, _body) = running(world), document(world, "a plan")
    show(world, row, -2, source=shown.number)
    made = report(world)
    address = reverse("diplomacy:report_zip", args=[made.pk])
    assert world.client("bakyt").get(address).status_code == 403
    assert address not in world.client("bakyt").get(reverse("diplomacy:report", args=[made.pk])).text
    assert not Entry.objects.filter(event="diplomacy:report:taken").exists()


def test_a_confidential_document_goes_along_for_who_reads_it_and_is_left_out_as_if_it_were_not_there(world):
    row = running(world)
    shown, body = document(world, "of two ministries", visibility="confidential")
    show(world, row, -2, source=f"Library {shown.number}")
    made = cleared(world)
    packed, index = taken(world, made)
    assert packed.read("attachments/01.pdf") == body and "confidential" in index, "control: a focal point"
    packed, index = taken(world, made, by="ibrat")
    assert LEFT_OUT in index and "two ministries" not in index
    assert not [name for name in packed.namelist() if name.startswith("attachments/")]
    gone = index
    Document.objects.filter(pk=shown.pk).update(number="22Z-ZZZ-Z")
    assert taken(world, made, by="ibrat")[1] == gone, "one that does not exist reads the same"


def test_the_scan_of_a_letter_goes_along_by_number_and_day_and_each_is_journalled(world):
    row, dialogue, scan = running(world), begin(world), picture()
    sent = SimpleUploadedFile("x.png", scan)
    write(world, dialogue, number_out="07-12/26", scan=sent, **parts("on", today(-2)))
    show(world, row, -2, source="Our letter 07-12/26 to the Ministry")
    show(world, row, -3, source="Our letter 07-12/26 to the Ministry")
    show(world, row, -4, source="Our letter 07-12/2 to the Ministry")
    packed, index = taken(world, cleared(world))
    assert packed.read("attachments/01.png") == scan
    assert index.count(LEFT_OUT) == 2, "another day, another number"
    assert Entry.objects.filter(event="diplomacy:dialogue:scan-seen").count() == 1
    packed, index = taken(world, Report.objects.latest("made_at"), by="ibrat")
    assert index.count(LEFT_OUT) == 3, "who is no reader of the dialogue"
    assert scan not in [packed.read(name) for name in packed.namelist()]


@pytest.mark.parametrize("why", ["about one person", "two letters"])
def test_a_letter_about_one_person_and_one_of_two_that_fit_stay_where_they_are(world, why):
    row, scan = running(world), picture()
    dialogues = [begin(world, kind="person" if why == "about one person" else "detention")]
    if why == "two letters":
        dialogues.append(begin(world, authority="Practice Ministry of Labour"))
    for one in dialogues:
        sent = SimpleUploadedFile("x.png", scan)
        assert write(world, one, number_out="7", scan=sent, **parts("on", today(-2))).status_code == 302
    show(world, row, -2, source="Letter 7")
    packed, index = taken(world, cleared(world))
    assert LEFT_OUT in index and "attachments/01.png" not in packed.namelist()


def test_what_is_too_large_meets_a_sentence_and_nothing_is_journalled(world):
    row, (shown, _body) = running(world), document(world, "a plan")
    show(world, row, -2, source=shown.number)
    made = cleared(world)
    Document.objects.get().versions.update(size=reports_actions.MOST + 1)
    answer = world.client("bakyt").get(reverse("diplomacy:report_zip", args=[made.pk]), follow=True)
    assert "more than 200 MB together" in html.unescape(answer.text)
    assert not Entry.objects.filter(event="diplomacy:report:taken").exists()


def test_a_report_without_papers_has_no_zip_and_a_locked_vault_is_opened_first(world):
    running(world)
    bare = cleared(world)
    assert world.client("bakyt").get(reverse("diplomacy:report_zip", args=[bare.pk])).status_code == 404
    locked = world.client("bakyt", open_vault=False).get(reverse("diplomacy:report_zip", args=[bare.pk]))
    assert locked.status_code == 302 and "unlock" in locked.url


@given(st.from_regex(r"[0-9]{1,4}[/-][0-9]{2}", fullmatch=True))
def test_a_letter_is_named_by_its_whole_number_and_by_no_part_of_a_longer_one(number):
    for source in (number, f"Letter {number}.", f"№{number}, p. 2", f"({number})"):
        assert rules.is_named(number, source), source
    for source in (f"1{number}", f"{number}1", f"{number}/3", f"3-{number}", f"{number}.4", ""):
        assert not rules.is_named(number, source), source
    assert not rules.is_named("no number", f"no number {number}") and not rules.is_named("", number)
