"""Every kind of file gives its text or a sentence; a text layer that lies is not believed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pptx
import pytest
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen import canvas

from panah.programmes.library import actions as library
from panah.programmes.library.models import Page
from panah.programmes.library.reading.process import Died, Reader, Unreadable
from panah.programmes.library.reading.tesseract import data_here
from panah.programmes.library.rules import near, text_layer
from panah.programmes.library.rules.files import type_of
from panah.programmes.library.rules.languages import detected
from tests.library.brought_documents import SAYS, bring, pdf, read, text, word
from tests.library.made_files import FONT

RUSSIAN = "Принят закон о противодействии торговле людьми. Государство защищает права пострадавших."
KAZAKH = "Адам саудасына қарсы іс-қимыл туралы заң қабылданды. Мемлекет жәбірленушілерге көмек көрсетеді."


def sheet(*rows):
    out, book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def slides(*texts):
    out, show = io.BytesIO(), pptx.Presentation()
    for one in texts:
        show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = one
    show.save(out)
    return out.getvalue()


def drawn(said, kind="PNG", size=34):
    letters = ImageFont.truetype(str(FONT), size)
    picture = Image.new("L", (1650, 60 + 60 * len(said)), 255)
    for place, line in enumerate(said):
        ImageDraw.Draw(picture).text((40, 40 + 60 * place), line, font=letters, fill=0)
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def pages(body, *, skip=(), draw=None):
    kind = type_of(body[: 1024 * 1024], body[-1024 * 1024 :])
    with Reader(kind=kind, size=len(body), pieces=[body], skip=skip, draw=draw) as reader:
        return list(reader.pages())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (word(RUSSIAN, "second"), [f"{RUSSIAN}\nsecond"]),
        (slides("One slide", "Another"), ["One slide", "Another"]),
        (sheet(["Kind", 3], ["Other", 5]), ["Sheet\nKind | 3\nOther | 5"]),
        (f"<html><script>x()</script><p>{KAZAKH}<p>b</html>".encode(), [f"{KAZAKH}\n\nb"]),
        (f"<p>{RUSSIAN}</p><body>".encode("cp1251"), [RUSSIAN]),
        (f"{RUSSIAN}\fsecond".encode(), [RUSSIAN, "second"]),
        (word(RUSSIAN.encode("cp1251").decode("latin-1")), [RUSSIAN]),
    ],
    ids=["docx", "pptx", "xlsx", "html", "html of old", "text", "docx in an old encoding"],
)
def test_each_kind_of_file_gives_its_text(body, says):
    assert [one.text for one in pages(body)] == says


def test_a_page_whose_text_is_not_what_one_sees_is_handed_on_as_a_picture():
    strange = RUSSIAN.encode("cp1251").decode("latin-1")
    found = pages(pdf(SAYS, strange, ""), draw=None)
    assert [(one.reason, bool(one.picture)) for one in found] == [
        ("", False),
        ("old-encoding", True),
        ("empty", False),
    ]
    assert [one.number for one in pages(pdf(SAYS, SAYS, SAYS), skip=[1, 2])] == [3]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (RUSSIAN, ""),
        (KAZAKH, ""),
        ("قانون مبارزه با قاچاق انسان تصویب شد و دولت به آسیب دیدگان کمک می کند", ""),
        ("Adam söwdasyna garşy göreş hakynda kanun kabul edildi", ""),
        ("Décret n° 2024-17 relatif à la traite des êtres humains", ""),
        ("12 | 14 | 2024", ""),
        (RUSSIAN.encode("koi8-r").decode("latin-1"), text_layer.OLD_ENCODING),
        ("\ue001\ue002\ue003 \ue004\ue005\ue006\ue007 of", text_layer.BROKEN_FONT),
        ("xcv bnmq dfgh jklm qwrt pzxc vbnm fghj trwq", text_layer.NO_VOWELS),
        ("Пpинят зaкoн прoтивoдeйcтвии тopгoвлe людьми", text_layer.BROKEN_FONT),
        ("  \n ", text_layer.NO_TEXT),
    ],
)
def test_a_text_layer_is_distrusted_for_a_reason(said, why):
    assert text_layer.distrusted(said) == why


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("ru", RUSSIAN), ("kk", KAZAKH), ("en", SAYS),
        ("ky", "Адам сатууга каршы күрөшүү жөнүндө мыйзам кабыл алынды жана жардам көрсөтөт"),
        ("tg", "Қонун дар бораи муқовимат ба савдои одамон қабул карда шуд"),
        ("uz", "Odam savdosiga qarshi kurashish to‘g‘risida qonun qabul qilindi"),
        ("uz-cyrl", "Одам савдосига қарши курашиш тўғрисида қонун қабул қилинди"),
        ("tr", "İnsan ticaretiyle mücadele kanunu kabul edildi ve mağdurlara yardım edilir"),
        ("fa", "قانون مبارزه با قاچاق انسان تصویب شد و دولت به آسیب دیدگان کمک می کند"),
        ("tk", "Adam söwdasyna garşy göreş hakynda kanun kabul edildi"),
        # Nobody knows it: somebody is asked.
        ("", "Адам сөвдасына гаршы гөреш хакында канун кабул эдилди, җемгыет оны голдаяр"),
        ("", "Law"),
    ],
)  # fmt: skip
def test_the_language_of_a_page_is_told_by_its_text(tag, said):
    assert detected(said) == tag


def test_texts_that_differ_in_a_few_words_are_alike_and_share_what_they_are_found_by():
    words = [f"word{one}" for one in range(300)]
    one = near.sketch_of(" ".join(words))
    other = near.sketch_of(" ".join([*words[:150], "another", *words[150:]]))
    assert near.alike(one, one) == 1 and near.alike(one, other) > near.NEARLY
    assert set(near.bands_of(one)) & set(near.bands_of(other))
    assert near.alike(one, near.sketch_of(" ".join(f"other{one}" for one in range(300)))) < 0.1
    assert not near.sketch_of("too short to tell")


@pytest.mark.parametrize(
    ("body", "why"), [(b"%PDF-1.7 and no more", "damaged"), (word("x")[:-40] + b"PK", "damaged")]
)
def test_what_is_no_file_of_its_kind_is_a_sentence(body, why):
    with pytest.raises(Unreadable) as refused:
        pages(body)
    assert refused.value.code == why


def test_a_reader_that_says_nothing_for_too_long_is_ended():
    body = pdf(SAYS)
    with (
        Reader(
            kind="pdf", size=len(body) + 1, pieces=_never(body), skip=(), draw=None, seconds=0.05
        ) as reader,
        pytest.raises(Died),
    ):
        list(reader.pages())
    assert reader.process.returncode is not None


def _never(body):
    yield body


@pytest.mark.needs("tesseract eng", "tesseract rus", "tesseract kaz")
def test_a_scan_is_recognised_in_its_language_and_read_again_in_another(world):
    lines = [
        "Адам саудасына қарсы іс-қимыл туралы",
        "заң қабылданды. Мемлекет",
        "жәбірленушілерге көмек көрсетеді.",
    ]
    row = bring(world, drawn(lines), "scan.png", title_language="ru")
    page = text(read(world, row))
    assert "қарсы іс-қимыл" in page, "the guess of the title was given up: it is Kazakh"
    assert "Kazakh, recognised by the machine, a picture of the page, recognised" in page
    library.again(version=row.current, language="tk", by=world.staff["bakyt"], at=timezone.now())
    page = text(read(world, row))
    assert "There is no data to recognise Turkmen with" in page and "Turkmen, chosen by a person" in page
    one = Page.objects.get()
    library.correct_language(page=one, language="kk", by=world.staff["bakyt"], at=timezone.now())
    one.refresh_from_db()
    assert (one.language, one.language_by) == ("kk", "chosen")


@pytest.mark.needs("tesseract eng")
def test_without_tesseract_a_page_says_what_to_install_and_is_read_once_it_is_there(
    world, monkeypatch, tmp_path
):
    row = bring(
        world, drawn(["A short word of the ministry", "about the new law"]), "scan.png", title_language="en"
    )
    there = os.environ["PATH"]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert data_here() == frozenset()
    old = bring(world, pdf(RUSSIAN.encode("cp1251").decode("latin-1")), title="Old")
    assert RUSSIAN in text(read(world, old)), "without a picture an old encoding is put right"
    page = text(read(world, row))
    assert "Ask the administrator to install tesseract-ocr" in page
    assert library.look_again(at=timezone.now()) == 0
    monkeypatch.setenv("PATH", there)
    assert library.look_again(at=timezone.now()) == 1
    assert "about the new law" in text(read(world, row))
    assert library.look_again(at=timezone.now()) == 0


def test_a_locked_pdf_is_a_sentence(world):
    out = io.BytesIO()
    sheet = canvas.Canvas(out, encrypt="practice")
    sheet.drawString(60, 700, SAYS)
    sheet.save()
    page = text(read(world, bring(world, out.getvalue())))
    assert "This file opens with a password." in page and "Save it without one" in page


def test_whoever_takes_the_reader_over_opens_no_file_and_no_line():
    """What is left to a process after it has given up everything, tried out from inside one."""
    tried = """
import sys
sys.path.insert(0, sys.argv[1])
import socket
from panah.ground.kit.process_limits import give_up_everything
give_up_everything(memory=1 << 30, cpu_seconds=5)
for name, act in (("file", lambda: open("/etc/passwd")), ("line", lambda: socket.create_connection(("127.0.0.1", 9)))):
    try:
        act()
    except OSError as why:
        print(name, why.errno)
"""
    source = str(Path(text_layer.__file__).parents[4])
    said = subprocess.run(
        [sys.executable, "-I", "-c", tried, source], capture_output=True, text=True, check=True
    ).stdout
    assert said.split("\n")[0] == "file 24" and said.split("\n")[1].startswith("line ")
