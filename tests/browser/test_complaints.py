"""A complaint taken down, read and answered in a browser, with scripts and without."""

from __future__ import annotations

import pytest
from django.utils import timezone

from panah.people.cases import actions as cases
from panah.people.complaints import actions
from panah.people.complaints.models import Ask, Message
from tests.browser.conftest import press
from tests.complaints.conftest import complaint, name_second, request


@pytest.fixture
def places(world):
    """A second reader, an urgent complaint, a request with a question to Amina, word that was left, and a case."""
    name_second(world)
    actions.name_second(staff=world.staff["ibrat"], by=world.staff["bakyt"], at=timezone.now())
    now, keys = timezone.now(), world.keys("zarina")
    urgent = complaint(world, concerned=["timur"], about=["abuse"], danger="yes", safe_word="plum").row
    actions.look_into(keys=keys, matter=urgent, text="Both are heard apart.", at=now)
    row = request(world)
    actions.ask_colleague(keys=keys, matter=row, of=world.staff["amina"], text="Which notes?", at=now)
    closed = complaint(world).row
    said = {"outcome": "right", "done": "She apologised.", "way": "meeting"}
    actions.answer(keys=keys, matter=closed, said=said, at=now)
    actions.close(keys=keys, matter=closed, at=now)
    actions.leave_word(keys=world.keys("elena"), code=urgent.number, word="plum", text="Now?", at=now)
    case = cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=now, language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip
    return {
        "urgent": urgent.number,
        "own": row.number,
        "closed": closed.number,
        "ask": Ask.objects.get().pk,
        "left": Message.objects.get().pk,
        "case": case.number,
    }


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_complaint_is_taken_down_read_and_answered(world, visit, places, width, scripts):
    page = visit("elena", "/complaints/new/", width=width, scripts=scripts)
    press(page.get_by_role("button", name="Protect and send to the readers"))
    assert "needs an answer" in page.locator(".errors").inner_text()
    page.get_by_label("What happened, in the person’s own words").fill("He keeps the letters.")
    page.get_by_text("something told in confidence came out").click()
    press(page.get_by_role("button", name="Protect and send to the readers"))
    number = page.locator("main .code").first.inner_text().strip()
    assert "Taken down" in page.title() and "Zarina" in page.locator(".aloud").inner_text()
    assert page.complaints == []

    reader = visit("zarina", "/complaints/open/", width=width, scripts=scripts)
    press(reader.locator("li.row", has_text=number).get_by_role("link").first)
    assert "He keeps the letters." in reader.locator("main").inner_text()
    press(reader.get_by_role("link", name="Write down the answer"))
    reader.get_by_text("it is right in part").click()
    reader.get_by_label("What was done").fill("The letters stay closed.")
    reader.get_by_text("read aloud at a meeting").click()
    press(reader.get_by_role("button", name="Write down the answer"))
    assert "The letters stay closed." in reader.locator("main").inner_text()
    assert reader.complaints == []


@pytest.mark.parametrize(
    ("how", "says"), [("Read aloud from the screen", "Look who can hear"), ("Printed", "can be found")]
)
def test_what_is_kept_is_read_aloud_or_printed(visit, places, how, says):
    page = visit("amina", f"/complaints/case/{places['case']}/", width=360)
    page.get_by_text("I know the person by voice or face").click()
    page.get_by_label(how).check()
    press(page.get_by_role("button", name="Gather and show it"))
    text = page.locator("main").inner_text()
    assert "Practice Person Tulip" in text and says in text
    assert page.complaints == []
