"""From a question on a telephone to a card of paper, without a script."""

from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import expect

from panah.ground.directory import actions as directory
from tests import delivered
from tests.browser.conftest import complaints_about, press


@pytest.fixture
def register(world, at):
    return delivered.load(directory.load_reference_data, at=at)


def text_of(paper: bytes) -> str:
    pages = pypdfium2.PdfDocument(BytesIO(paper))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def test_he_checks_an_offer_on_a_small_phone_without_scripts_and_prints_what_to_take_along(visit, register):
    page = visit(None, "/info/check?in=en", width=360, scripts=False)
    press(page.get_by_role("link", name="Work Also work for a season"))
    for question, said in (
        ("Will they keep your passport or your identity card?", "Yes"),
        (
            "Do you have a contract that you can read well, with the work, the hours and the pay?",
            "I do not know",
        ),
    ):
        page.get_by_role("group", name=question).get_by_label(said, exact=True).check()
    press(page.get_by_role("navigation", name="Language").get_by_role("button", name="Русский"))
    passport = page.get_by_role("group", name="Ваш паспорт или удостоверение будет у них?")
    expect(passport.get_by_label("Да", exact=True)).to_be_checked()
    press(page.get_by_role("navigation", name="Язык").get_by_role("button", name="English"))
    page.get_by_label("Which country would you go to?").select_option("TR")
    press(page.get_by_role("button", name="Show the warning signs"))

    expect(page.get_by_role("heading", name="1 warning sign")).to_be_visible()
    expect(page.get_by_role("heading", name="They want to keep your passport.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert "passport" not in page.url and page.context.cookies() == []
    assert complaints_about(page) == []

    told = text_of(page.pdf(format="A4"))
    for part in (
        "They want to keep your passport.",
        "Copy these",
        "Agree on a word",
        "Numbers to take along: Türkiye",
    ):
        assert part in told, told
    assert "Leave this page" not in told and "Change the answers" not in told


def test_a_card_to_give_out_stands_on_one_sheet_and_is_folded_small(visit, register):
    page = visit(None, "/info/check/card?in=en&country=TR", width=360, scripts=False)
    paper = page.pdf(format="A4")
    assert len(pypdfium2.PdfDocument(BytesIO(paper))) == 1
    assert "Will my passport stay with me?" in text_of(paper)
    assert "Put its numbers on the card" not in text_of(paper)
    assert len(pypdfium2.PdfDocument(BytesIO(page.pdf(format="A6")))) <= 4


def test_everyone_can_use_the_pages_of_the_offer_check(look_at_all, register):
    look_at_all([(None, "/info/check"), (None, "/info/check?kind=1"), (None, "/info/check/card?country=TR")])
    look_at_all([(None, "/info/check/text")])
