"""What the northern practice society publishes at the public door: files, and texts that it says better."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from panah.people.materials import actions as materials
from panah.people.page_texts import actions as page_texts
from panah.people.page_texts.sentences import sentence_of
from panah.practice.cast import Practice
from panah.practice.papers import MADE_UP

if TYPE_CHECKING:
    from panah.people.page_texts.models import Correction

LEAFLET = {
    "en": "Before you travel for work",
    "ru": "Перед поездкой на работу",
    "kk": "Жұмысқа шығар алдында",
    "ky": "Жумушка чыгардан мурун",
}
SOUND = {"en": "Check the offer: half a minute of sound", "ru": "Проверьте предложение: полминуты звука"}
PICTURE = {"en": "Ask before you go", "ru": "Спросите, прежде чем ехать"}
POSTER = {"ru": "Для учителей: о чём говорить с классом"}


def build(practice: Practice) -> None:
    """Publish a leaflet, a sound and a picture; another one waits, and so does a text."""
    if not practice.has("bakyt", "saule", "ibrat"):
        return
    for body, titles, audiences, what in (
        (leaflet(), LEAFLET, ["travelling", "families"], "leaflet"),
        (silence(28), SOUND, ["offer-sound"], "sound"),
        (drawn(), PICTURE, ["everybody", "offer-picture"], "picture"),
    ):
        row = materials.bring(
            file=body,
            titles=titles,
            audiences=audiences,
            what=what,
            by=practice.staff["ibrat"],
            at=practice.at - timedelta(days=20),
        )
        materials.publish(draft=row, by=practice.staff["bakyt"], at=practice.at - timedelta(days=19))
    materials.bring(
        file=f"{MADE_UP}\n\nПро что говорить с классом.".encode(),
        titles=POSTER,
        audiences=["teachers"],
        what="text",
        by=practice.staff["ibrat"],
        at=practice.at - timedelta(days=1),
    )
    better = _said(practice, "Save this file", "ru", "Сохранить на телефон")
    page_texts.publish(correction=better, by=practice.staff["saule"], at=practice.at - timedelta(days=2))
    _said(practice, "There are no files here yet.", "ky", "Бул жерде азырынча файл жок.")


def _said(practice: Practice, key: str, language: str, text: str) -> Correction:
    return page_texts.correct(
        sentence=sentence_of(key),
        language=language,
        texts=[text],
        by=practice.staff["bakyt"],
        at=practice.at - timedelta(days=3),
    )


def leaflet() -> bytes:
    """Return a leaflet of two pages as a PDF."""
    out = BytesIO()
    pen = Canvas(out, invariant=1)
    for lines in (
        (
            MADE_UP,
            "Before you travel for work",
            "Keep your passport yourself.",
            "Leave a copy with a friend.",
        ),
        (MADE_UP, "Ask who pays for the way back.", "Learn the number of a helpline by heart."),
    ):
        for place, line in enumerate(lines):
            pen.drawString(72, 760 - 28 * place, line)
        pen.showPage()
    pen.save()
    return out.getvalue()


def drawn() -> bytes:
    """Return a picture to pass on, small enough for a thin line."""
    picture = Image.new("RGB", (600, 400), (226, 238, 232))
    pen = ImageDraw.Draw(picture)
    pen.text((40, 140), "Ask before you go", fill=(12, 61, 55), font_size=56)
    pen.text((40, 230), MADE_UP, fill=(12, 61, 55), font_size=32)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def silence(seconds: int) -> bytes:
    """Return a sound of layer III in which nothing is heard: 44,100 samples a second, 64 kbit/s, one voice."""
    frame = b"\xff\xfb\x50\xc0" + bytes(204)
    return frame * round(seconds * 44_100 / 1152)
