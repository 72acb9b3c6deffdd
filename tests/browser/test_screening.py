"""The pages of a screening, as people see and touch them."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.screening import actions, queries
from panah.people.screening.schema import Answer
from tests.browser.conftest import press
from tests.screening.conftest import say_age

HOME = "/cases/4TQ-7MX-G/screening/"
CALL = {"prompt.papers": "yes", "prompt.leave": "unknown", "prompt.paid": "yes", "prompt.hurt": "no"}
FIRST = {
    "deceived.work": "yes",
    "deceived.pay": "yes",
    "control.papers": "no",
    "control.isolation": "yes",
    "exploitation.hours": "yes",
    "vulnerable.money": "yes",
}


def hold(world, case, code, answers, *, days_ago, end=True):
    """A meeting of some days ago with these answers."""
    keys, by, at = world.keys("amina"), world.staff["amina"], world.at
    profile = queries.sets().by_code[code]
    held_at = at - timedelta(days=days_ago)
    meeting = actions.begin(
        keys=keys, file=case.file_id, profile=profile, age=case.age_group, by=by, at=at, held_at=held_at
    )
    given = {c: Answer(a) for c, a in answers.items()}
    actions.answer(
        keys=keys, file=case.file_id, meeting_id=meeting, profile=profile, answers=given, seen=1, by=by, at=at
    )
    if end:
        actions.end(keys=keys, file=case.file_id, meeting_id=meeting, by=by, at=at)
    return meeting


@pytest.fixture
def screened(world):
    """Amina's case with a volunteer's observation, a call, one full meeting, and one that goes on."""
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    Case.objects.filter(pk=case.pk).update(number="4TQ-7MX-G")
    case.refresh_from_db()
    say_age(world, case, "adult")
    hold(world, case, "volunteer_signs", {"sign.papers": "yes", "sign.fear": "yes"}, days_ago=5)
    hold(world, case, "operator_prompts", CALL, days_ago=4)
    hold(world, case, "adult_labour", FIRST, days_ago=2)
    return hold(world, case, "adult_labour", {"dependent.exploiter": "yes"}, days_ago=0, end=False)


@pytest.mark.parametrize("scripts", [True, False])
def test_amina_answers_a_part_with_and_without_scripts(visit, screened, scripts):
    page = visit("amina", f"{HOME}{screened}/control/", width=360, scripts=scripts)
    page.get_by_role("group", name="Locked in, watched").get_by_text("No", exact=True)
    page.locator("summary", has_text="Told before").click()
    page.locator("input[name=control-papers][value=yes]").check()
    page.locator("input[name=control-debt][value=unknown]").check()
    press(page.get_by_role("button", name="Save and go on"))
    page.goto(f"{HOME}result/")
    text = page.locator("main").inner_text()
    assert "An indication of trafficking for forced labour." in text
    assert "Told differently at different times" in text
    assert "Someone else keeps the papers" in text


def test_letters_answer_and_move_on_to_the_next_question(visit, screened):
    page = visit("amina", f"{HOME}{screened}/forced/")
    page.locator("input[name=forced-violence][value=none]").focus()
    page.keyboard.press("n")
    page.keyboard.press("y")
    expect(page.locator("input[name=forced-violence][value=no]")).to_be_checked()
    expect(page.locator("input[name=forced-threats][value=yes]")).to_be_checked()
