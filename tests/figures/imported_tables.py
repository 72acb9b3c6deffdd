"""A table of figures, brought, explained, seen and accepted."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from panah.programmes.figures import actions
from panah.programmes.figures.models import Import, Source
from tests.guard.forms import Page


def text(answer):
    page = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return " ".join(html.unescape(page).split()).replace(" ,", ",")


@pytest.fixture
def source(world):
    return Source.objects.create(
        society=world.staff["bakyt"].society,
        publisher="Home Office",
        title="National Referral Mechanism statistics",
        kind="statistics",
        licence="Open Government Licence v3.0",
        country="GB",
        hides_from=1,
        added_by=world.staff["bakyt"],
        added_on=timezone.localdate(),
    )


def bring(world, source, body, name="table.csv", *, by="bakyt", **more):
    answer = world.client(by).post(
        reverse("figures:import_bring"), {"source": source.pk, "file": SimpleUploadedFile(name, body), **more}
    )
    if answer.status_code != 302:
        return answer
    return Import.objects.get(pk=answer["Location"].split("/import/")[1].split("/")[0])


def columns(world, row, **changes):
    """Send the columns as they are proposed, but for what is changed."""
    there = reverse("figures:import_columns", args=[row.pk])
    form = Page(world.client("bakyt").get(there).content.decode()).forms
    asked = next(one for one in form if "name" in one.fields)
    said = {
        one.name: one.value or (one.options[0] if one.kind == "select" else "")
        for one in asked.fields.values()
        if one.kind != "checkbox"
    }
    return world.client("bakyt").post(there, {**said, "decimal": ".", **changes})


def read(world, row, **more):
    actions.read_tables(at=timezone.now(), **more)
    row.refresh_from_db()
    return row


def page_of(world, row):
    return world.client("bakyt").get(reverse("figures:import_table", args=[row.pk]))


def accept(world, row, **said):
    return world.client("bakyt").post(reverse("figures:import_table", args=[row.pk]), said)


def accepted(world, source, body, name="table.csv", **more):
    row = bring(world, source, body, name)
    if row.state == "asked":
        columns(world, row, **more)
    read(world, row)
    assert accept(world, row).status_code == 302
    row.refresh_from_db()
    assert row.state == "accepted"
    return row
