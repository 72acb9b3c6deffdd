"""What a file is allowed to be: by its bytes. Hostile ones meet a sentence."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from panah.ground.foundation.errors import Refusal
from panah.people.materials import rules
from panah.people.materials.actions.files import checked
from panah.people.materials.words import MOST_BYTES
from tests.materials.making import harmful_pdfs, mp3, ogg, pdf, picture

SECRET = "Practice Person Poplar"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refused(body: bytes) -> str:
    with pytest.raises(Refusal) as found:
        checked(body)
    assert str(found.value.sentence) and str(found.value.next_step)
    return found.value.code


def test_a_photograph_is_drawn_anew_without_the_place_where_it_was_taken():
    marked = Image.Exif()
    marked[0x010E] = SECRET
    body = picture(exif=marked.tobytes())
    assert SECRET.encode() in body
    found = checked(body + b"PK\x03\x04 and something behind it")
    assert found.type == "jpeg" and SECRET.encode() not in found.body and b"PK\x03" not in found.body
    assert Image.open(BytesIO(found.body)).size == (60, 40)


def test_a_pdf_is_written_anew_without_its_author_and_what_hung_on_behind():
    found = checked(pdf(pages=3, author=SECRET) + HTML)
    assert (found.type, found.pages) == ("pdf", 3)
    assert SECRET.encode() not in found.body and b"<script>" not in found.body
    assert not PdfReader(BytesIO(found.body)).metadata


@pytest.mark.parametrize("does", ["runs", "holds", "launches", "later"])
def test_a_pdf_that_does_something_is_refused(does):
    assert refused(harmful_pdfs()[does]) == "pdf-does-something"


def test_a_pdf_with_a_password_and_a_broken_one_are_refused():
    from pypdf import PdfWriter

    writer, out = PdfWriter(clone_from=BytesIO(pdf())), BytesIO()
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(out)
    assert refused(out.getvalue()) == "locked"
    assert refused(b"%PDF-1.7\n" + bytes(2000)) == "damaged"


def test_a_sound_loses_the_tag_that_says_who_spoke():
    found = checked(mp3(20, tag=SECRET.encode()))
    assert (found.type, found.seconds) == ("mp3", 20) and SECRET.encode() not in found.body
    assert checked(ogg(25)).seconds == 25


@pytest.mark.parametrize(
    "body",
    [mp3(2) + HTML * 60, b"ID3\x03\0\0\0\0\0\0" + HTML, ogg(2) + HTML, b"OggS\0" + bytes(200)],
    ids=["behind an MP3", "only a tag", "behind an OGG", "no pages"],
)
def test_a_sound_that_holds_something_else_is_refused(body):
    assert refused(body) == "damaged"


def test_pages_and_pictures_that_run_are_at_most_a_text():
    for body in (HTML, SVG):
        # Handed out as plain text to be saved, never as a page.
        assert rules.ACCEPTED[checked(body).type] == ("text/plain; charset=utf-8", "txt")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(100), "kind-not-published"),
        (b"MZ\x90\x00" + bytes(100), "kind-not-published"),
        (b"GIF89a" + bytes(100), "kind-not-published"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(100), "kind-not-published"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "damaged"),
        (b" \n \n", "damaged"),
        (bytes(MOST_BYTES + 1), "too-large"),
    ],
    ids=["nothing", "zip", "program", "gif", "film", "broken picture", "blank", "too large"],
)
def test_what_is_not_published_meets_a_sentence(body, code):
    assert refused(body) == code


def test_a_picture_that_would_fill_the_memory_is_refused():
    # One colour, 20,000 by 20,000: small as a file, gigabytes when drawn.
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert refused(out.getvalue()) == "too-large"


def test_a_text_is_kept_without_what_turns_its_reading_round():
    assert (
        checked("Call \u202eus\u0000\r\nnow\u200c".replace("\0", "").encode()).body
        == "Call us\nnow\u200c".encode()
    )
