"""A message to a society, written through its parts in a browser."""

from django.utils import timezone
from playwright.sync_api import expect

from panah.people.inbox.models import Arrival
from tests.public.writing import content_of

START = "/info/write?in=en&country=XA"
SEEDED = ["Паспорт забрал хозяин", "Yellowhouse behind the bazaar", "Bread and a doctor"]


def button(page, name):
    """A way on: without scripts *Next* and *Back* lead to another part of the page."""
    there = page.get_by_role("link", name=name, exact=True)
    return page.get_by_role("button", name=name, exact=True).or_(there)


def taken_over(page):
    expect(page.get_by_text("protected on this telephone before it is sent")).to_be_visible()


def read(world):
    return content_of(world, Arrival.objects.get(kind="report"), timezone.now())


def digits_on(page):
    return page.locator(".digits").inner_text().strip()


def goes_through(page):
    """Answer the questions up to the files, each by its own page or in its own part of one."""
    page.get_by_label("For myself").check()
    button(page, "Next").click()
    page.get_by_role("group", name="Is somebody in danger now?").get_by_label("No", exact=True).check()
    button(page, "Next").click()
    expect(page.get_by_text("Are you under 18?")).to_be_visible()
    button(page, "Next").click()
    page.get_by_label("What has happened?").fill(SEEDED[0])
    button(page, "Next").click()
    page.get_by_label("Where is it?").fill(SEEDED[1])
    while not page.get_by_label("What would help?").is_visible():
        button(page, "Next").click()
    page.get_by_label("What would help?").fill(SEEDED[2])
    button(page, "Next").click()
    page.get_by_label("Yes, I will come back and read it").check()
    button(page, "Next").click()
    expect(page.get_by_label("Pictures and other files")).to_be_visible()
