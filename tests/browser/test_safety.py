"""A threat and an interpreter in a browser: what a frightened colleague sees, at any size, in both languages."""

import pytest

from panah.people.safety.models import Threat
from tests.browser.conftest import press


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1280, True)])
def test_a_threat_is_reported_read_and_looked_after(world, visit, width, scripts):
    page = visit("elena", "/safety/", width=width, scripts=scripts)
    press(page.get_by_role("link", name="Report a threat").first)
    press(page.get_by_role("button", name="Protect and send to the focal points"))
    assert "Say in a few words what happened" in page.locator(".errors").inner_text()
    page.get_by_label("What happened, in your own words").fill("A car waits outside.")
    page.get_by_text("followed or watched").click()
    press(page.get_by_role("button", name="Protect and send to the focal points"))
    assert "Reported" in page.title() and "Bakyt" in page.locator("main").inner_text()
    assert page.complaints == []

    reader = visit("bakyt", "/safety/", width=width, scripts=scripts)
    press(reader.locator("li.row").first.get_by_role("link").first)
    assert "A car waits outside." in reader.locator("main").inner_text()
    press(reader.get_by_role("link", name="Write down what was done"))
    reader.get_by_text("does not go alone").click()
    press(reader.get_by_role("button", name="Write down what was done"))
    assert "does not go alone" in reader.locator("main").inner_text()
    assert reader.complaints == [] and Threat.objects.get().state == "open"
