"""Somebody who is locked in in Cambodia writes in Russian on an old telephone, and a colleague reads where she is."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from panah.ground.directory import actions
from panah.people.inbox.models import Arrival
from panah.people.reporters import queries as reporters
from panah.people.reporters.content import open_file
from panah.people.reporters.models import Piece
from tests import delivered
from tests.browser.conftest import complaints_about, press
from tests.browser.measures import STICKS_OUT
from tests.public.writing import content_of

TOLD = {
    "text": "Нас заставляют обманывать людей. Паспорта забрали.",
    "place": "Город у моря, за рынком.",
    "inside": "Синее здание, четвёртый этаж.",
    "seen": "Вывеска банка.",
    "together": "Двенадцать, двое детей",
    "reads": "После полуночи.",
}


@pytest.fixture
def register(world, at):
    return delivered.load(actions.load_reference_data, at=at)


def view_of_the_window():
    exif = Image.Exif()
    exif[0x010F] = "Telephone of somebody"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return {"name": "IMG_7.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def asked_here(page, name):
    """A field of the screen that stands there, after as many screens as lie before it."""
    field = page.locator(f"[name={name}]").first
    while not field.is_visible():
        page.locator("a.btn-main[href^='#q']:visible").click()
    return field


def test_locked_in_in_cambodia_she_asks_no_guard_writes_gives_a_place_and_a_colleague_reads_it(
    visit, world, register
):
    page = visit(None, "/info/?in=ru", width=360, scripts=False, language="ru")
    page.locator("[name=country]").select_option("KH")
    press(page.locator("main form button.btn-main"))
    danger = page.locator("section.danger")
    expect(danger).to_contain_text("ни о чём не просите тех, кто там работает")
    assert danger.locator("a[href^='tel:']").count() == 0
    assert page.evaluate(STICKS_OUT) == []
    press(danger.locator("a.btn"))

    page.locator("[name=about][value=me]").check()
    asked_here(page, "danger")
    page.locator("[name=danger][value=yes]").check()
    expect(page.locator("section.danger")).to_be_visible()
    for name in ("text", "place", "inside", "seen", "together"):
        asked_here(page, name).fill(TOLD[name])
    expect(page.locator("[data-pin]")).to_be_hidden()
    assert page.evaluate(STICKS_OUT) == []
    asked_here(page, "reads").fill(TOLD["reads"])
    asked_here(page, "files").set_input_files([view_of_the_window()])
    press(page.locator("[data-way] button[value=send]:visible"))
    assert len(page.locator(".digits").inner_text().replace(" ", "")) == 36
    assert not complaints_about(page)

    told = content_of(world, Arrival.objects.get(), timezone.now())
    assert {**told["answers"], "text": told["text"]}.items() >= TOLD.items()
    (entry,) = reporters.entries_in(told)
    picture = open_file(entry, [bytes(one.sealed) for one in Piece.objects.order_by("number")])
    assert Image.open(io.BytesIO(picture)).size == (40, 30) and b"somebody" not in picture

    read = visit("bakyt", f"/inbox/{Arrival.objects.get().pk}/", width=360, scripts=False, language="ru")
    for said in TOLD.values():
        expect(read.get_by_text(said)).to_be_visible()
    assert not complaints_about(read)


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_with_scripts_a_telephone_is_asked_where_it_is_by_a_tap_alone(visit, world, register, language):
    page = visit(None, "/info/about", width=360)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 11.56245, "longitude": 104.91601, "accuracy": 20})
    page.goto(f"{page.url.split('/info')[0]}/info/write?in={language}&country=KH&society=practice-north")
    expect(page.locator("[data-protected=here]")).to_be_visible()
    page.locator("[name=about][value=me]").check()
    while not page.locator("[data-place]").is_visible():
        page.locator("[data-go=next]:visible").click()
    assert page.locator("[name=pin]").input_value() == "", "nobody has pressed"
    page.locator("[data-place]").click()
    expect(page.locator("[name=pin]")).to_have_value("11.56245, 104.91601 (± 20 m)")
    assert page.evaluate(STICKS_OUT) == []
    page.locator("[data-go=send]:visible").click()
    expect(page.locator(".digits")).to_be_visible()
    told = content_of(world, Arrival.objects.get(), timezone.now())
    assert told["answers"] == {"pin": "11.56245, 104.91601 (± 20 m)"}
    assert not complaints_about(page)
