"""The register as people search it: narrowed without a new page, and without scripts."""

from playwright.sync_api import expect

from panah.ground.directory import actions as directory
from tests import delivered
from tests.browser.conftest import press


def test_elena_narrows_the_search_without_loading_the_page_anew(visit, world):
    delivered.load(directory.load_reference_data, at=world.at)
    page = visit("elena", "/network/")
    with page.expect_response(lambda answer: "need=legal" in answer.url):
        page.select_option("#id_need", "legal")
    expect(page.locator("#found .row")).to_have_count(1)
    assert "Legal advice and court" in page.inner_text("#found")
    assert page.complaints == []


def test_elena_finds_a_bed_without_scripts(visit, world):
    delivered.load(directory.load_reference_data, at=world.at)
    page = visit("elena", "/network/", scripts=False)
    page.select_option("#id_need", "shelter")
    page.select_option("#id_admits", "men")
    press(page.locator("form[role=search] button.btn-main"))
    assert "Beds for men" in page.inner_text("#found")
