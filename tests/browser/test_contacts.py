"""What a contact becomes, as people see it: prompts, keeping, ending a line, an alarm without the key, long lists."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panah.ground.accounts import actions as accounts
from panah.ground.work.queries import open_alarm_of
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.hotline.models import Contact
from tests.browser.conftest import press
from tests.browser.line_and_contact import contact, line  # noqa: F401  fixtures

TODAY = timezone.localdate


@pytest.fixture
def ripe(world, contact):  # noqa: F811
    world.client("elena").post(f"/calls/{contact.number}/", {"note": "asked the way", "do": "finish"})
    then = timezone.now() - timedelta(days=900)
    Contact.objects.filter(pk=contact.pk).update(started_at=then, ended_at=then, erase_on=TODAY())
    return contact


@pytest.mark.parametrize(
    "place", ["keeping/", "{number}/keep/", "{number}/page/", "lines/{line}/end/", "talk/{elena}/"]
)
def test_keeping_ending_and_talking_can_be_used_by_everyone(look, world, ripe, place):
    where = place.format(number=ripe.number, line=ripe.line_id, elena=world.staff["elena"].pk)
    look("bakyt", f"/calls/{where}")


def test_the_prompts_can_be_used_by_everyone(look, world, contact):  # noqa: F811
    look("elena", f"/calls/{contact.number}/prompts/")


def test_the_prompts_are_answered_without_scripts_and_lead_back(visit, contact):  # noqa: F811
    page = visit("elena", f"/calls/{contact.number}/", scripts=False, width=360)
    page.get_by_text("What helps in the talk").click()
    press(page.get_by_role("button", name="Open the prompts"))
    page.locator("label", has_text="Yes").first.click()
    press(page.get_by_role("button", name="Save, back to the call"))
    page.get_by_text("What helps in the talk").click()
    assert page.get_by_text("1 answer is kept.").is_visible()


def test_a_contact_that_became_a_case_can_be_read_by_everyone(look, world, ripe):
    world.client("elena").post(f"/calls/{ripe.number}/case", {"owner": str(world.staff["amina"].pk)})
    look("elena", f"/calls/{ripe.number}/page/")
    look("bakyt", f"/calls/{ripe.number}/page/")
    look("amina", f"/cases/{Case.objects.get().number}/")


def test_an_alarm_without_the_key_can_be_used_by_everyone(look, world, contact):  # noqa: F811
    at = timezone.now()
    accounts.put_on_duty(
        staff=world.staff["gulnar"], what="danger", at=at,
        starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=1),
    )  # fmt: skip
    world.client("elena").post(f"/calls/{contact.number}/", {"do": "emergency"})
    look("gulnar", f"/calls/alarms/{open_alarm_of(contact.pk).pk}/")


def test_the_close_page_with_open_things_and_the_settings_can_be_used_by_everyone(look, world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now())
    cases.set_clock(
        keys=world.keys("amina"), case=case, kind="rape_72", at=timezone.now(),
        due_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    look("amina", f"/cases/{case.number}/close/")
    look("bakyt", "/cases/settings/")


def test_a_long_list_is_handed_over_by_itself_once_begun(visit, world, monkeypatch):
    monkeypatch.setattr(cases, "AT_ONCE", 2)
    for _number in range(5):
        cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now())
    page = visit("bakyt", "/cases/", width=360)
    page.get_by_role("button", name="Hand this list over").click()
    page.get_by_label("To whom").select_option(label="Cholpon (0)")
    page.get_by_role("button", name="Hand 5 cases over").click()
    expect(page.get_by_text("The list is handed over.")).to_be_visible()
    expect(page.get_by_text("5 of 5 done, to Cholpon.")).to_be_visible()
    assert Case.objects.filter(owner=world.staff["cholpon"]).count() == 5
