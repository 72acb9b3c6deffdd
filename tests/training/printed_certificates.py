"""Certificates that are printed, and checked by whoever is shown one."""

import pypdfium2
from django.test import Client
from django.urls import reverse

from panah.programmes.training import queries as training_queries

PUPILS = ("Aigul Toktosunova", "Bolot Practice")
NAME = "Aigul Toktosunova"


def printed(answer):
    """The text of each page of a PDF."""
    return [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(answer.content)
    ]


def address(row):
    return reverse("certificate", args=[training_queries.token_of(row.pk)])


def check(row, name, *, client=None, language="en"):
    return (client or Client()).post(f"{address(row)}?in={language}", {"name": name})
