"""Strangers take along what societies publish: in their language first, and nothing that was swapped."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from panah.people.materials import actions as materials
from panah.people.materials.models import Piece, Version
from tests.materials.making import TITLE, draft, mp3, pdf, picture, published

PAPERS = "/info/papers"


@pytest.fixture
def stranger(db):
    return Client()


def titles_on(page: str) -> list[str]:
    return re.findall(r"<h3[^>]*>([^<]*)</h3>", page)


def test_a_stranger_finds_what_is_in_her_language_first_with_its_size_before_she_loads_it(world, stranger):
    published(world, titles={"ru": "Перед поездкой"}, body=pdf(pages=4))
    published(
        world, titles={"kk": "Жолға шығар алдында", "ky": "Жолго чыгардан мурун"}, audiences=["children"]
    )
    page = stranger.get(PAPERS, {"in": "ky"}).text
    assert titles_on(page) == ["Жолго чыгардан мурун", "Перед поездкой"]
    assert '<h3 lang="ru" dir="auto">Перед поездкой</h3>' in page
    english = stranger.get(PAPERS, {"in": "en"}).text
    assert "There is nothing in your language here yet." in english and "PDF · " in english
    assert "1 KB" in english and "4 pages" in english
    published(world, titles={"en": "Before you go", "tr": "Yola çıkmadan"})
    tajik = titles_on(stranger.get(PAPERS, {"in": "tg"}).text)
    assert tajik.index("Перед поездкой") < tajik.index("Before you go") < tajik.index("Жолға шығар алдында")


def test_she_looks_at_what_is_for_children_alone(world, stranger):
    published(world, titles={"en": "For work"})
    published(world, titles={"en": "For pupils"}, audiences=["children"])
    published(world, titles={"en": "For all"}, audiences=["everybody"])
    page = stranger.get(PAPERS, {"in": "en"}).text
    assert set(titles_on(page)) == {"For work", "For pupils", "For all"}
    assert "For teachers" not in page and 'href="/info/papers?in=en&amp;for=children"' in page
    assert set(titles_on(stranger.get(PAPERS, {"in": "en", "for": "children"}).text)) == {
        "For pupils",
        "For all",
    }
    assert len(titles_on(stranger.get(PAPERS, {"in": "en", "for": "<script>"}).text)) == 3


def test_a_file_is_saved_under_a_name_that_says_nothing_and_is_never_a_page(world, stranger):
    row = published(world)
    answer = stranger.get(reverse("public:paper", args=[row.pk]))
    assert answer.status_code == 200 and row.is_body(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="information.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Referrer-Policy"] == "same-origin" and not answer.cookies
    assert TITLE not in str(answer.headers)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (picture(), "image/jpeg"),
        (mp3(3), "audio/mpeg"),
        (b"<script>alert(1)</script>", "text/plain; charset=utf-8"),
    ],
    ids=["picture", "sound", "script as a text"],
)
def test_the_browser_is_told_what_a_file_is_by_its_bytes(world, stranger, body, kind):
    row = published(world, body=body)
    answer = stranger.get(reverse("public:paper", args=[row.pk]))
    assert answer.headers["Content-Type"] == kind


def test_no_draft_no_withdrawn_and_no_made_up_file_is_given_out(world, stranger):
    waiting, gone = draft(world), published(world)
    materials.withdraw(version=gone, by=world.staff["bakyt"], at=world.at)
    assert titles_on(stranger.get(PAPERS).text) == []
    for pk in (waiting.pk, gone.pk, world.societies["north"].pk):
        answer = stranger.get(reverse("public:paper", args=[pk]), {"in": "en"})
        assert answer.status_code == 404 and "There is no such page." in answer.text
    assert "There are no files here yet." in stranger.get(PAPERS, {"in": "en"}).text


def test_a_file_that_was_swapped_in_the_database_is_not_given_out(world, stranger):
    row, titled = published(world), published(world, titles={"en": "Practice"})
    here = reverse("public:paper", args=[row.pk])
    assert stranger.get(here).status_code == 200
    Piece.objects.filter(version=row).update(body=pdf(pages=1))
    Version.objects.filter(pk=titled.pk).update(titles={"en": "Ring +000 555 100"})
    assert stranger.get(here).status_code == 404
    assert "+000 555 100" not in stranger.get(PAPERS, {"in": "en"}).text


def test_what_both_societies_publish_stands_on_one_page(world, stranger):
    published(world, titles={"en": "Of North"})
    published(world, titles={"en": "Of South"}, by="rustam", second="malika")
    assert set(titles_on(stranger.get(PAPERS, {"in": "en"}).text)) == {"Of North", "Of South"}


def test_a_page_of_many_asks_the_database_as_often_as_one_of_few(
    world, stranger, django_assert_max_num_queries
):
    published(world)
    with django_assert_max_num_queries(3) as few:
        stranger.get(PAPERS, {"in": "en"})
    for one in range(6):
        published(world, titles={"en": f"Practice {one}"})
    with django_assert_max_num_queries(len(few)):
        assert len(titles_on(stranger.get(PAPERS, {"in": "en"}).text)) == 7


def test_a_title_is_a_text_and_no_markup(world, stranger):
    published(world, titles={"en": "<b onclick=x>Practice</b>"})
    assert "<b onclick" not in stranger.get(PAPERS, {"in": "en"}).text
