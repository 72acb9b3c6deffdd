"""Fifty-five files in ten languages, and some that do not behave: each gives its text, or one clear sentence."""

from __future__ import annotations

import html
import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from benchmarks.library.reading import error_rate, read_alone
from panah.programmes.library import actions as library
from panah.programmes.library.models import Document
from panah.programmes.library.reading import pictures, tesseract
from panah.programmes.library.reading.reader import read
from panah.programmes.library.rules import files, languages, text_layer
from panah.programmes.library.sentences import PAGES, UNREADABLE
from tests.library import made, made_hostile, made_scans
from tests.library.made_texts import LANGUAGES

MEBIBYTE = made_hostile.MEBIBYTE


def lines(body):
    """What the reader says of a file, page by page, read in this process; () where it is no file of any kind."""
    kind = files.type_of(body[:MEBIBYTE], body[-MEBIBYTE:])
    if kind not in files.ACCEPTED:
        return ()
    out = io.BytesIO()
    read({"type": kind, "size": len(body), "skip": [], "draw": None}, bytearray(body), out)
    out.seek(0)
    found = []
    while row := out.readline():
        found.append(json.loads(row))
        out.read(found[-1].get("picture", 0))
    return found


def plain(text):
    """Without what no reader sees: how lines are broken, what stands between cells, joiners that PDFium drops."""
    return " ".join(text.replace("|", " ").replace("\u200c", "").split())


def test_every_document_gives_the_text_of_each_page_and_the_language_of_it():
    documents = made.documents()
    assert len(documents) >= 40 and len({one.language for one in documents} - {""}) == 10
    for one in documents:
        found = [line for line in lines(one.data()) if "page" in line]
        assert len(found) == len(one.pages), one.name
        for line, page in zip(found, one.pages, strict=True):
            text = plain(line["text"])
            assert all(plain(piece) in text for piece in page.split("\n")), one.name
            assert languages.detected(line["text"]) == one.language, one.name
            assert text_layer.distrusted(line["text"]) == "", one.name


def test_what_does_not_behave_gives_text_or_a_sentence_and_runs_nothing():
    said = {}
    for name, make in made_hostile.HOSTILE.items():
        if name == "lying-bomb.docx":
            continue  # alone, below: it costs a second
        found = said[name] = lines(make())
        for line in found:
            known = UNREADABLE if "cannot" in line else PAGES
            assert line.get("cannot", line.get("reason", "")) in {"", "asked", *known}, name
    assert [said[name][-1].get("cannot") for name in ("locked.pdf", "bomb.docx", "entities.docx")] == [
        "locked",
        "too-large",
        "damaged",
    ]
    assert {line["cannot"] for name in ("cut-short.pdf", "cut-short.docx") for line in said[name]} == {
        "damaged"
    }
    assert said["giant.png"][0]["reason"] == "too-large"
    assert "root:" not in json.dumps(said["outside.docx"])
    page = said["scripts.html"][0]["text"]
    assert "answers every day" in page and not any(
        word in page for word in ("taken", "alert", "example", "no script")
    )
    assert "can go to a consulate" in said["two-in-one.pdf"][0]["text"]
    assert "A wage is paid in full" in said["docx-named.pdf"][0]["text"], "its content counts, not its name"
    assert [said[name] for name in ("empty.pdf", "noise.xlsx", "zip-of-nothing.pptx")] == [(), (), ()]
    for name in ("wrong-letters.pdf", "private-glyphs.pdf"):
        assert said[name][0]["picture"] > 0, "its text is not believed: the picture is read"


def test_bombs_large_files_and_long_ones_stay_within_the_memory_of_the_reader():
    bomb = made_hostile.zip_bomb(256 * MEBIBYTE, said=4096)
    ran = read_alone("docx", [bomb], len(bomb))
    assert ran.said == "damaged" and ran.mebibytes < 250
    size = 200 * MEBIBYTE
    ran = read_alone("pdf", made_hostile.big_pieces(size), size)
    assert ran.said == "end" and "Before you leave" in ran.lines[0]["text"] and ran.mebibytes < 600
    long = made_hostile.pdf_of_many_pages(500)
    ran = read_alone("pdf", [long], len(long))
    texts = [line["text"] for line in ran.lines if "page" in line]
    assert len(texts) == 500 and all(texts) and ran.said == "end" and ran.mebibytes < 100


def recognised(language, how):
    """A scan of a language's first words, read in that language, with how many of its letters are wrong."""
    meant = " ".join(made_scans.text_of_scan(language, how).split()[:14])
    page = made_scans.rendered(meant, language=language, how=how)
    scan = made_scans.degraded(page, how=how, seed=f"{language}/{how}")
    line, picture = next(pictures.pages(bytearray(scan), skip=()))
    have = tesseract.data_here()
    found = tesseract.recognise(picture, line["width"], line["height"], chosen=language, guess="", have=have)
    return how, found, error_rate(found.text, meant)


@pytest.mark.parametrize(
    "language",
    [pytest.param(one, marks=pytest.mark.needs(f"tesseract {languages.data_for(one)}")) for one in LANGUAGES],
)
def test_both_scans_of_a_language_are_read_and_turkmen_says_that_it_is_read_with_a_neighbours_letters(
    language,
):
    with ThreadPoolExecutor(2) as two:
        read = list(two.map(lambda how: recognised(language, how), (0, 1)))
    for how, found, wrong in read:
        assert wrong < (0.2 if language == "tk" else 0.1), (how, found.text)
        assert found.reason == ("neighbour" if language == "tk" else ""), how


@pytest.mark.needs("tesseract rus")
def test_what_ibrat_typed_is_still_there_when_his_file_is_refused_and_a_broken_text_layer_is_read(world):
    typed = {
        "title": "Practice: Памятка для тех, кто уезжает",
        "kind": "leaflet",
        "visibility": "network",
        "source": "Practice: branch Arna",
        "title_language": "ru",
        "about_person": "no",
    }
    client = world.client("ibrat")
    for name in ("noise.xlsx", "empty.pdf", "zip-of-nothing.pptx"):
        file = SimpleUploadedFile(name, made_hostile.HOSTILE[name]())
        answer = client.post(reverse("library:bring"), {**typed, "file": file})
        assert answer.status_code == 422 and typed["title"] in html.unescape(answer.content.decode())
    file = SimpleUploadedFile("leaflet.pdf", made_hostile.pdf_of_private_glyphs())
    answer = client.post(reverse("library:bring"), {**typed, "file": file})
    row = Document.objects.get(number=answer["Location"].strip("/").rpartition("/")[2])
    library.read_version(row.current_id, at=timezone.now())
    page = row.current.pages.get()
    assert page.language == "ru" and page.read_by == "tesseract"
    assert "Никто не вправе забирать у работника паспорт" in plain(page.text)
