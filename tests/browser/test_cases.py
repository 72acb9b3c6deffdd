"""The pages of a case, as people see and touch them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from tests.browser.conftest import press

HOME = "/cases/4TQ-7MX-G/"
NAME = "Practice Person Tulip"


@pytest.fixture
def case(world):
    """Amina's case with a bit of everything in it."""
    keys, now = world.keys("amina"), timezone.now()
    case = cases.open_case(
        keys=keys,
        by=world.staff["amina"],
        at=now,
        language="uz",
        age_group="child",
        identity={
            "names": [{"text": NAME}],
            "phones": [{"number": "+000 17", "safe": "calls", "note": "after six"}],
        },
        note="Came with a small bag.",
    )
    Case.objects.filter(pk=case.pk).update(number="4TQ-7MX-G")
    case.refresh_from_db()
    need = {
        "type": "medical",
        "horizon": "now",
        "said": "My back hurts",
        "do": "Check-up",
        "who": "City clinic",
    }
    cases.write_need(keys=keys, case=case, need={**need, "state": "planned"}, at=now)
    cases.review_risk(keys=keys, case=case, level="high", why="He called twice.", at=now)
    cases.write_safety(keys=keys, case=case, plan={"reach": "After nine", "never": "No messages"}, at=now)
    cases.presume(keys=keys, case=case, grounds="Papers taken", at=now)
    cases.begin_reflection(keys=keys, case=case, at=now)
    cases.set_clock(keys=keys, case=case, kind="wages", due_at=now + timedelta(days=9), what="Claim", at=now)
    cases.begin_follow_up(keys=keys, case=case, at=now)
    means = {
        "kind": "money",
        "what": "First sum",
        "amount": "50",
        "currency": "KZT",
        "on": now.date().isoformat(),
    }
    cases.give_means(keys=keys, case=case, means=means, second=world.staff["bakyt"], at=now)
    return case


@pytest.mark.parametrize("scripts", [True, False])
def test_the_name_is_shown_for_a_purpose_and_covered_again(visit, case, scripts):
    page = visit("amina", HOME, scripts=scripts)
    assert NAME not in page.content()
    page.click("#identity summary")
    page.check("#identity input[value=call_back]")
    press(page.locator("#identity details form button"))
    assert NAME in page.content()
    press(page.locator("button[data-cover-after='120']"))
    assert NAME not in page.content()
    assert page.complaints == []


COUNTED = """addEventListener("submit", (event) => {
  document.body.dataset.sent = Number(document.body.dataset.sent ?? 0) + !event.defaultPrevented;
  event.preventDefault();
})"""


def test_what_a_tired_hand_clicks_twice_is_sent_once(visit, case):
    page = visit("amina", HOME + "plan/need/")
    page.evaluate(COUNTED)
    page.click("main .btn-main")
    page.click("main .btn-main")
    assert page.get_attribute("body", "data-sent") == "1"
    assert page.complaints == []


def test_a_need_is_written_without_a_script(visit, case):
    page = visit("amina", HOME + "plan/need/", scripts=False)
    page.select_option("select[name=type]", "legal")
    page.fill("input[name=do]", "Lawyer on Monday")
    press(page.locator("main .btn-main"))
    assert "Lawyer on Monday" in page.content()


@pytest.mark.parametrize("part", ["", "close/"])
def test_on_a_phone_a_page_begins_at_its_top_and_the_row_of_tabs_where_the_reader_is(visit, case, part):
    page = visit("amina", HOME + part, width=360, language="ru")
    # What was just said stands above: a page that begins lower hides that it worked, or that it did not.
    assert page.evaluate("scrollY") == 0
    left, right = page.evaluate(
        """() => { const box = document.querySelector(".tabs [aria-current]").getBoundingClientRect();
                   return [box.left, box.right]; }"""
    )
    assert 0 <= left < right <= 360
