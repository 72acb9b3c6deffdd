"""Photos and documents, as people see and touch them: with a script and without, on a telephone and on a desk."""

import pytest
from django.utils import timezone

from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from tests.browser.conftest import press
from tests.cases.document_files import contract, photo

HOME = "/cases/4TQ-7MX-G/documents/"


@pytest.fixture
def case(world):
    case = cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz", identity={}
    )
    Case.objects.filter(pk=case.pk).update(number="4TQ-7MX-G")
    case.refresh_from_db()
    return case


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (1280, False)])
def test_a_photograph_is_sent_described_looked_at_and_covered(visit, case, width, scripts):
    page = visit("amina", HOME + "add/", width=width, scripts=scripts)
    page.set_input_files(
        "input[name=documents]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo((900, 600))}
    )
    page.click("main .btn-main")
    page.wait_for_url("**/describe/")
    page.fill("textarea[name=what]", "The gate of the workshop")
    press(page.locator("main .btn-main"))
    assert "The gate of the workshop" in page.content() and page.locator("main img").count() == 0
    page.click("#content summary")
    page.check("#content input[value=documents]")
    press(page.locator("#content details form button"))
    drawn = page.locator("#content img")
    assert drawn.get_attribute("alt") == "The gate of the workshop"
    size = drawn.evaluate("one => one.decode().then(() => [one.naturalWidth, one.naturalHeight])")
    assert size == [600, 900]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page.locator("button[data-cover-after='600']"))
    assert page.locator("main img").count() == 0
    assert page.complaints == []


def test_a_line_that_breaks_keeps_what_was_chosen_and_the_rest_goes_on(visit, case):
    page = visit("amina", HOME + "add/")
    chosen = [
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo((90, 60))},
        {"name": "b.pdf", "mimeType": "application/pdf", "buffer": contract()},
    ]
    page.set_input_files("input[name=documents]", chosen)
    page.route("**/documents/add/", lambda route: route.abort())
    page.click("main .btn-main")
    page.wait_for_selector("[data-upload-list] [role=alert]")
    assert "The files are still chosen" in page.content()
    page.unroute("**/documents/add/")
    page.click("main .btn-main")
    page.wait_for_url("**/documents/")
    assert page.locator("ol.rows li").count() == 2


def test_what_is_too_large_is_said_before_it_is_sent(visit, case, tmp_path):
    page = visit("amina", HOME + "add/")
    # By its path: handed over as bytes, it takes half a minute on its way into the browser.
    (tmp_path / "a.mp4").write_bytes(b"x" * (25 * 1024 * 1024 + 1))
    page.set_input_files("input[name=documents]", tmp_path / "a.mp4")
    page.click("main .btn-main")
    page.wait_for_selector("[data-upload-list] [role=alert]")
    assert "more than 25 MB" in page.inner_text("[data-upload-list]")
