"""A person who takes back what was agreed across a border."""

from __future__ import annotations

from django.utils import timezone

from tests.referrals.across import Story, text_of


def withdraw(story: Story) -> str:
    """The person takes the consent back; returns what the page says is stopped."""
    address = f"/cases/{story.case.number}/consent/{story.consent}/withdraw/"
    says = text_of(story.amina.get(address))
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "words": ""}
    assert story.amina.post(address, day).status_code == 302
    return says
