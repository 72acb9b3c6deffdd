"""The register as people see it: searched on a phone, in the dark, with the text half as large again."""

from playwright.sync_api import expect

from panah.directory import actions as directory
from panah.directory.models import HotlineNumber, Service
from tests import delivered
from tests.browser.conftest import press

PLACES = [
    ("elena", "/network/"),
    ("elena", "/network/?need=shelter&place=XA-1&language=uz&admits=women&open_now=on"),
    ("elena", "/network/numbers/"),
    ("elena", "/network/societies/"),
    ("elena", "/network/societies/?q=TUR"),
    ("elena", "/network/societies/kazakhstan/"),
    ("bakyt", "/network/societies/practice-north/"),
    ("bakyt", "/network/societies/practice-north/branches/arna/"),
    ("bakyt", "/network/societies/practice-north/rules/"),
    ("bakyt", "/network/societies/practice-north/rules/print/"),
    ("bakyt", "/network/societies/practice-north/rules/duty_child/"),
    ("bakyt", "/network/to-verify/"),
    ("bakyt", "/network/societies/practice-north/change/"),
    ("bakyt", "/network/services/new/"),
    ("bakyt", "/network/numbers/new/"),
]


def test_everyone_can_use_the_pages_of_the_register(look_at_all, world):
    delivered.load(directory.load_reference_data, at=world.at)
    look_at_all(PLACES)


def test_elena_can_use_the_pages_of_one_service_and_one_number(look, world):
    delivered.load(directory.load_reference_data, at=world.at)
    for reference in ("north-clinic-psychologist", "north-consulate-paper", "north-juniper-women"):
        look("elena", f"/network/services/{Service.objects.get(reference=reference).pk}/")
    office = Service.objects.get(reference="north-clinic-urgent").organization_id
    look("elena", f"/network/organisations/{office}/")
    number = HotlineNumber.objects.get(reference="uz-istiqbolli")
    look("elena", f"/network/numbers/{number.pk}/")


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
