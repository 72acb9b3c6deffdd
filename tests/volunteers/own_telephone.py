"""A volunteer's own page on a telephone, with its PIN."""

import re

from django.test import Client
from django.urls import reverse

from tests.volunteers.making import browser

PIN = "402517"
DIGITS = "3456"


def given(world, row, who="ibrat"):
    """The address that the coordinator shows once, with its QR code."""
    page = browser(world, who).post(reverse("volunteers:give_page", args=[row.pk]))
    assert page.status_code == 200 and "<svg" in page.text, page.text
    return re.search(r"/v/[\w-]{24}/", page.text)[0]


class Phone:
    """A telephone without an account: it keeps no cookie, and carries along what the page gave it."""

    def __init__(self, address):
        self.address, self.client, self.ticket = address, Client(), ""

    def send(self, **form):
        answer = self.client.post(self.address, {"ticket": self.ticket} | form)
        found = (
            re.search(r'name="ticket" value="([^"]+)"', answer.text)
            if answer.get("Content-Type", "").startswith("text")
            else None
        )
        self.ticket = found[1] if found else self.ticket
        return answer

    def first(self, pin=PIN, digits=DIGITS):
        return self.send(digits=digits, pin=pin, again=pin)

    def open(self, pin=PIN):
        return self.send(pin=pin)
