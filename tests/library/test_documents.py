"""A document is brought, read in the background, found by whoever may know of it, and by nobody else."""

from __future__ import annotations

import html
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from panah.ground.kit.sealed_addresses import sealed
from panah.programmes.library import actions as library
from panah.programmes.library.models import Document, Page, Piece, Upload, Version
from panah.programmes.library.words import PIECE
from tests.library.brought_documents import SAYS, SOURCE, bring, pdf, read, text, word


def test_a_document_is_brought_read_page_by_page_and_cited(world):
    row = bring(world, pdf(SAYS, SAYS.replace("home", "back")))
    page = text(world.client("amina").get(reverse("library:document", args=[row.number])))
    assert "It waits to be read" in page and SAYS not in page
    page = text(read(world, row))
    assert SAYS in page and "English, recognised by the machine" in page
    assert (
        f"Practice Society North. “A plan against trafficking”. undated. Panah library, {row.number}." in page
    )
    file = world.client("amina").get(reverse("library:file", args=[row.number, 1]))
    assert file.getvalue() == pdf(SAYS, SAYS.replace("home", "back"))
    assert file["Content-Disposition"] == f'attachment; filename="library-{row.number}-1.pdf"'
    assert row.number in text(world.client("daler").get(reverse("library:list"))), "another society reads it"


def test_a_confidential_document_exists_for_those_who_are_named_and_leaks_to_nobody_else(world):
    named = str(world.staff["amina"].pk)
    secret = "Practice: unsaid-plan of the ministry"
    row = bring(world, pdf(SAYS), visibility="confidential", named=[named], title=secret)
    read(world, row)
    other = bring(world, pdf(SAYS.replace("every", "each")), by="nurlan")
    read(world, other)
    library.link(document=row, kind="same_matter", other=other, by=world.staff["bakyt"], at=timezone.now())
    collection = library.collect(title="x", by=world.staff["bakyt"], at=timezone.now())
    library.put_in_order(
        collection=collection, documents=[row, other], by=world.staff["bakyt"], at=timezone.now()
    )
    for who, may in (
        ("bakyt", 200),
        ("saule", 200),
        ("amina", 200),
        ("cholpon", 404),
        ("timur", 404),
        ("rustam", 404),
    ):
        client = world.client(who)
        for name, args in (
            ("document", [row.number]), ("progress", [row.number]), ("file", [row.number, 1]),
            ("pages", [row.number, 1, 1]),
        ):  # fmt: skip
            assert client.get(reverse(f"library:{name}", args=args)).status_code == may, (who, name)
        assert client.get(reverse("library:document", args=["4TQ-7MX-R"])).status_code == 404, (
            "as that of nothing"
        )
        if may == 200:
            continue
        addresses = [reverse("library:list"), reverse("library:document", args=[other.number])]
        addresses += [
            reverse("library:list") + "?visibility=confidential&own=1",
            reverse("library:collections"),
        ]
        if who != "rustam":
            addresses.append(reverse("library:collection", args=[collection.pk]))
            packed = client.get(reverse("library:packed", args=[collection.pk]))
            assert row.number.encode() not in packed.getvalue()
        for address in addresses:
            said = text(client.get(address))
            assert row.number not in said and secret not in said, (who, address)


def test_the_very_same_file_is_said_and_one_that_is_nearly_the_same_too(world):
    long = "\n".join(f"{one}. {SAYS}" for one in range(9))
    first = bring(world, pdf(long))
    read(world, first)
    again = bring(world, pdf(long))
    assert (
        again.status_code == 422
        and first.number in text(again)
        and SOURCE["title"] not in again.content.decode().split("<h1")[0]
    )
    secret = bring(world, pdf(long + "\nOnce more."), visibility="confidential", by="rustam")
    read(world, secret)
    near = bring(world, pdf(long.replace("8. ", "9. ")), anyway="1")
    page = text(read(world, near))
    assert (
        "says nearly the same" in page and first.number in html.unescape(page) and secret.number not in page
    )
    assert "Another document here has the same title" in page


@pytest.mark.parametrize(
    ("name", "more"),
    [("plan.pdf", {"about_person": "yes"}), ("case 4TQ-7MX-G.pdf", {}), ("x.pdf", {"title": "On 4TQ-7MX-G"})],
)
def test_what_is_about_a_person_is_refused_with_where_it_belongs(world, name, more):
    answer = bring(world, pdf(SAYS), name, **more)
    said = text(answer)
    assert answer.status_code == 422 and "Open her case and add it to the documents there" in said
    assert not Document.objects.exists() and not Piece.objects.exists()


def test_a_case_number_inside_a_file_keeps_its_text_out(world):
    row = bring(world, pdf(f"{SAYS}\nSee 4TQ-7MX-G."))
    page = text(read(world, row))
    assert "The number of a case stands in this file" in page and not Page.objects.exists()
    file = reverse("library:file", args=[row.number, 1])
    assert (
        world.client("amina").get(file).status_code == 404
        and world.client("bakyt").get(file).status_code == 200
    )


def test_whoever_has_a_document_read_again_reads_that_it_is(world):
    row = bring(world, pdf(SAYS))
    read(world, row)
    client = world.client("bakyt")
    client.raise_request_exception = True
    page = client.post(reverse("library:again", args=[row.number]), {"language": "en"}, follow=True)
    assert page.status_code == 200 and "It is read again in the background." in text(page)


def test_a_small_file_that_says_a_long_text_on_each_page_is_not_kept_as_an_endless_one(world, monkeypatch):
    monkeypatch.setattr("panah.programmes.library.actions.reading.MOST_TEXT", 200)
    page = text(read(world, bring(world, pdf(*[f"{SAYS} {one}" for one in range(4)]))))
    assert "This file unpacks into more than can be read here" in page


def test_a_long_document_lets_a_short_one_go_first_after_its_turn(world):
    long, short = bring(world, pdf(SAYS, SAYS)), bring(world, pdf("Another matter."))
    Version.objects.filter(document=long).update(pages_read=1, leased_until=None, state="reading")
    library.read_waiting(at=timezone.now(), patience=timedelta(milliseconds=1))
    assert list(Page.objects.values_list("version__document", flat=True)) == [short.pk]


def test_whoever_uploads_does_not_learn_by_it_whether_a_confidential_document_is_there(world):
    hers = bring(world, pdf(SAYS), by="rustam", visibility="confidential")
    for number in (hers.number, "4TQ-7MX-G"):
        page = text(read(world, bring(world, pdf(f"See {number}."))))
        assert "The number of a case stands in this file" in page


def test_the_number_of_a_case_is_refused_wherever_many_would_read_it(world):
    client, row = world.client("bakyt"), bring(world, pdf(SAYS))
    for address, said in (
        (reverse("library:withdraw", args=[row.number]), {"reason": "Says 4TQ-7MX-G."}),
        (reverse("library:collections"), {"title": "For a focal point", "about": "4tq-7mx-g"}),
    ):
        assert "is not kept in the library" in text(client.post(address, said))
    row.refresh_from_db()
    assert row.state == "in_force"


def test_whoever_forgot_an_answer_is_told_that_the_file_is_to_be_chosen_again(world):
    page = text(bring(world, pdf(SAYS), about_person=""))
    assert "Choose the file again" in page and SOURCE["title"] in page


def test_sealed_words_of_another_page_mark_nothing(world):
    row, amina = bring(world, pdf(SAYS)), world.client("amina")
    read(world, row)
    found = reverse("library:found", args=[row.number, 1])
    for odd in ("5", "null", "[]", "[1, 2, 3]"):
        assert amina.get(found, {"words": sealed(odd)}).status_code == 200, odd


def test_a_large_file_comes_in_pieces_and_a_broken_line_costs_one(world):
    body = pdf(SAYS) + b"%" + b"x" * (2 * 1024 * 1024)
    client = world.client("bakyt")
    begun = client.post(reverse("library:begin_upload"), {"name": "large.pdf", "size": len(body)}).json()
    size = 1024 * 1024

    def send(number, by=client):
        return by.post(
            f"{begun['pieces']}{number}/",
            body[number * size : (number + 1) * size],
            "application/octet-stream",
        )

    said = {**SOURCE, "visibility": "network", "about_person": "no", "upload": begun["upload"]}
    assert [send(one).json()["kept"] for one in (0, 0, 2)] == [0, 0, 2]
    missing = client.post(reverse("library:bring"), said)
    assert missing.status_code == 422 and "A part of this file has not arrived" in text(missing)
    assert send(1, world.client("saule")).status_code == 404, "another colleague's file"
    assert send(1).json() == {"kept": 1}
    row = Document.objects.get(
        number=client.post(reverse("library:bring"), said)["Location"].strip("/").rpartition("/")[2]
    )
    assert client.get(reverse("library:file", args=[row.number, 1])).getvalue() == body
    assert SAYS in text(read(world, row)) and not Upload.objects.exists()
    too_large = client.post(reverse("library:begin_upload"), {"name": "x", "size": 251 * size})
    assert too_large.status_code == 422 and "more than 250 MB" in too_large.json()["text"]


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("report.pdf", b"MZ\x00\x01 a program", "Nothing here can read a file of this kind"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old format of Office"),
        ("empty.pdf", b"", "it has no bytes"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_bytes_and_not_by_its_name(world, name, body, says):
    answer = bring(world, body, name)
    assert answer.status_code == 422 and says in text(answer) and not Version.objects.exists()


def test_a_reader_that_dies_loses_nothing_and_goes_on_at_the_next_page(world):
    row = bring(world, pdf(*(f"{one}. {SAYS}" for one in range(1, 6))))
    now = timezone.now()
    assert library.read_version(row.current_id, at=now, patience=timedelta(0)) == 1
    kept = Page.objects.get()
    version = Version.objects.get()
    assert (version.state, version.pages_read, version.pages_total) == ("reading", 1, 5)
    assert "Being read: 1 of 5 pages." in text(
        world.client("amina").get(reverse("library:document", args=[row.number]))
    )
    # A worker that is killed holds it until its lease is over.
    Version.objects.update(leased_until=now + timedelta(minutes=10))
    assert library.read_version(row.current_id, at=now) == 0
    assert library.read_version(row.current_id, at=now + timedelta(minutes=11)) == 4
    assert Page.objects.get(number=1).pk == kept.pk and Version.objects.get().state == "read"
    # Over a page at which readers die twice, it goes on without that page.
    Version.objects.update(state="waiting", failed=2, round=2)
    library.read_version(row.current_id, at=now + timedelta(minutes=12))
    assert list(Page.objects.values_list("reason", flat=True)) == ["too-long", "", "", "", ""]


def test_what_is_said_of_a_document_changes_and_replaced_and_withdrawn_are_said(world):
    row, newer = bring(world, pdf(SAYS)), bring(world, pdf("The newer one."), title="A newer plan")
    client = world.client("saule")
    page = reverse("library:document", args=[row.number])
    changed = {
        **SOURCE,
        "title": "A plan, corrected",
        "seen": row.edited_at.isoformat(),
        "instruments": ["palermo"],
    }
    assert client.post(reverse("library:change", args=[row.number]), changed).status_code == 302
    assert "A plan, corrected" in text(client.get(page)) and "Palermo" in text(client.get(page))
    again = client.post(reverse("library:change", args=[row.number]), changed)
    assert again.status_code == 422, "she has not seen the newer state"
    client.post(reverse("library:replace", args=[row.number]), {"number": newer.number})
    said = text(world.client("daler").get(page))
    assert "This document is replaced." in said and "A newer plan" in said
    round_about = client.post(reverse("library:replace", args=[newer.number]), {"number": row.number})
    assert round_about.status_code == 422
    client.post(reverse("library:visibility", args=[newer.number]), {"visibility": "confidential"})
    said = text(world.client("daler").get(page))
    assert "This document is no longer in force." in said and "A newer plan" not in said
    assert "replaced" not in said, "that something confidential came after it is said to nobody"
    refused = client.post(reverse("library:replace", args=[row.number]), {"number": newer.number})
    assert "The other document is confidential" in text(refused)
    client.post(reverse("library:withdraw", args=[row.number]), {"reason": "Out of date by the law of May"})
    assert "Out of date by the law of May" in text(world.client("daler").get(page))
    listed = reverse("library:list")
    assert row.number not in world.client("daler").get(listed).text
    assert row.number in world.client("daler").get(f"{listed}?old=1").text
    assert world.client("malika").get(reverse("library:change", args=[row.number])).status_code == 404
    public = world.client("nurlan").post(reverse("library:bring"), {
        **SOURCE, "visibility": "public", "about_person": "no", "file": SimpleUploadedFile("x.pdf", pdf("x"))
    })  # fmt: skip
    assert "A focal point decides what becomes public" in text(public)
    client.post(reverse("library:destroy", args=[row.number]), {"number": row.number})
    assert client.get(page).status_code == 404 and Document.objects.count() == 1


def test_a_new_version_is_read_and_the_one_before_stays(world):
    row = bring(world, pdf(SAYS))
    read(world, row)
    said = {"file": SimpleUploadedFile("plan.docx", word("The second version", SAYS))}
    assert world.client("bakyt").post(reverse("library:version", args=[row.number]), said).status_code == 302
    assert "The second version" in text(read(world, row))
    before = world.client("amina").get(reverse("library:pages", args=[row.number, 1, 1]))
    assert "The second version" not in text(before) and SAYS in text(before)
    assert world.client("amina").get(reverse("library:file", args=[row.number, 1])).getvalue() == pdf(SAYS)


def test_links_and_a_collection_that_is_read_without_a_line(world):
    row, other = bring(world, pdf(SAYS)), bring(world, pdf("On the same matter."), title="<b>Another</b>")
    read(world, row)
    read(world, other)
    client = world.client("bakyt")
    address = reverse("library:link", args=[row.number])
    client.post(address, {"provision": "palermo/9"})
    client.post(address, {"kind": "translation", "number": other.number})
    assert client.post(address, {"kind": "translation", "number": "4TQ-7MX-R"}).status_code == 422
    page = text(world.client("amina").get(reverse("library:document", args=[row.number])))
    assert "about this provision: " in page and "translation of: " in page
    assert "translation of" in text(
        world.client("amina").get(reverse("library:document", args=[other.number]))
    )
    beside = text(client.get(reverse("diplomacy:instrument", args=["palermo"])))
    assert reverse("library:document", args=[row.number]) in beside
    begun = client.post(reverse("library:collections"), {"title": "For a new focal point"})
    order = {"numbers": f"{other.number}\n{row.number}"}
    client.post(begun["Location"], order)
    packed = zipfile.ZipFile(io.BytesIO(world.client("amina").get(f"{begun['Location']}zip/").getvalue()))
    index = packed.read("index.html").decode()
    assert index.index(other.number) < index.index(row.number) and "<b>Another</b>" not in index
    assert SAYS in packed.read(f"{row.number}.html").decode()
    assert packed.read(f"files/{row.number}.pdf") == pdf(SAYS)


def test_a_document_is_put_into_a_collection_from_its_own_page_and_stands_there_once(world):
    row, client = bring(world, pdf(SAYS)), world.client("bakyt")
    begun = client.post(reverse("library:collections"), {"title": "For a new focal point"})["Location"]
    address = reverse("library:collect", args=[row.number])
    assert address in client.get(reverse("library:document", args=[row.number])).content.decode()
    assert (
        address
        not in world.client("amina").get(reverse("library:document", args=[row.number])).content.decode()
    )
    assert client.post(address, {"collection": ""}).status_code == 422
    for _ in range(2):
        client.post(address, {"collection": begun.split("/")[-2]})
    assert text(client.get(begun)).count(row.title) == 1


def test_a_large_file_and_a_large_collection_pass_piece_by_piece(world):
    body = pdf(SAYS) + b"%" * (3 * PIECE)
    row, client = bring(world, body), world.client("bakyt")
    read(world, row)
    file = client.get(reverse("library:file", args=[row.number, 1]))
    begun = client.post(reverse("library:collections"), {"title": "Large"})["Location"]
    client.post(reverse("library:collect", args=[row.number]), {"collection": begun.split("/")[-2]})
    packed = client.get(f"{begun}zip/")
    for answer, whole in ((file, body), (packed, None)):
        pieces = list(answer.streaming_content)
        assert len(pieces) > 3 and max(map(len, pieces)) <= PIECE + 65536
        assert whole in (None, b"".join(pieces))
    assert file["Content-Length"] == str(len(body))
