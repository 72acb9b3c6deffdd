"""A document that is brought, read, and stands on the shelf."""

from __future__ import annotations

import html
import io

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from reportlab.pdfgen import canvas

from panah.programmes.library import actions as library
from panah.programmes.library.models import Document

SOURCE = {"title": "A plan against trafficking", "kind": "plan", "source": "Practice Society North"}


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def pdf(*pages):
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=True)
    for page in pages:
        for place, line in enumerate(page.split("\n")):
            sheet.drawString(60, 780 - 16 * place, line)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def word(*paragraphs):
    out, book = io.BytesIO(), docx.Document()
    for one in paragraphs:
        book.add_paragraph(one)
    book.save(out)
    return out.getvalue()


def bring(world, body, name="plan.pdf", *, by="bakyt", **more):
    answer = world.client(by).post(
        reverse("library:bring"),
        {
            **SOURCE,
            "visibility": "network",
            "about_person": "no",
            "file": SimpleUploadedFile(name, body),
            **more,
        },
    )
    if answer.status_code != 302:
        return answer
    return Document.objects.get(number=answer["Location"].strip("/").rpartition("/")[2])


def read(world, row):
    row.refresh_from_db()
    library.read_version(row.current_id, at=timezone.now())
    return world.client("bakyt").get(reverse("library:document", args=[row.number]))


SAYS = "The states agree to protect every person who was harmed and to help them on the way home."
