"""Whoever has a file asks without an account what it is, and whether it still stands."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from panah.programmes.evidence.models import PublishedFile
from tests.evidence.preparing_releases import at, decide, prepared, read

HERE = reverse("verify_public")


@pytest.fixture
def stranger(db):
    return Client()


def test_a_stranger_reads_what_was_published_by_whom_and_when_and_that_it_was_withdrawn(
    world, stranger, django_capture_on_commit_callbacks
):
    row = prepared(world)
    before = world.client("nurlan").get(at("file", row)).content
    read(world, row), decide(world, row, "publish")
    body = world.client("nurlan").get(at("file", row)).content
    digest = hashlib.sha256(body).hexdigest()
    assert HERE in world.client("nurlan").get(reverse("evidence:releases")).text

    asked = stranger.post(HERE, {"digest": f"{digest.upper()}  release-2025.zip"})
    assert asked.status_code == 200 and not asked.cookies and not stranger.cookies
    for said in ("People in 2025", "Practice Society North", "it stands", "made up", "data@north.example"):
        assert said in asked.text
    brought = stranger.post(HERE, {"digest": "", "file": SimpleUploadedFile("release.zip", body)})
    assert "it stands" in brought.text
    for other in (before, body + b"1"):
        page = stranger.post(HERE, {"file": SimpleUploadedFile("release.zip", other)}).text
        assert "Nobody here has published this file" in page and "People in 2025" not in page

    row.society.name_ru = "Учебное общество Север"
    row.society.save()
    in_russian = stranger.post(f"{HERE}?in=ru", {"digest": digest}).text
    assert row.society.name_ru in in_russian and "Practice Society North" not in in_russian

    with django_capture_on_commit_callbacks(execute=True):
        world.client("bakyt").post(at("withdraw", row), {"reason": "A country was counted twice."})
    page = stranger.post(HERE, {"digest": digest}).text
    assert "do not use it any more" in page and "A country was counted twice." in page
    PublishedFile.objects.update(withdrawn_on=None, reason="")
    page = stranger.post(HERE, {"digest": digest}).text
    assert "it stands" not in page, "whoever writes in the database does not take a withdrawal back"


def test_two_files_whose_releases_were_swapped_in_the_database_are_not_told_and_not_signed_for(
    world, stranger, django_capture_on_commit_callbacks
):
    row = prepared(world)
    with django_capture_on_commit_callbacks(execute=True):
        read(world, row), decide(world, row, "publish")
    told = PublishedFile.objects.get()
    PublishedFile.objects.update(release="0" * 8 + "-0000-4000-8000-" + "0" * 12)
    assert "it stands" not in stranger.post(HERE, {"digest": told.sha256}).text
    with django_capture_on_commit_callbacks(execute=True):
        world.client("bakyt").post(at("withdraw", row), {"reason": "A country was counted twice."})
    assert "do not use it any more" in stranger.post(HERE, {"digest": told.sha256}).text


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "<script>", "0" * 65])
def test_what_is_no_hash_is_asked_for_again(stranger, typed):
    answer = stranger.post(HERE, {"digest": typed})
    assert answer.status_code == 422 and "Give the 64 digits and letters" in answer.text
    assert "<script>" not in answer.text


def test_without_scripts_and_account_the_page_is_there(stranger):
    page = stranger.get(HERE)
    assert page.status_code == 200 and "HOW-TO-VERIFY.txt" in page.text and not page.cookies
