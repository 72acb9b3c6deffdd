"""A branch asks for help: who is asked, what they answer on their page, and how it stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.programmes.volunteers.actions import callouts
from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.models import Asked, CallOut
from tests.volunteers.making import ALL_TRAINED, browser, trained_as, volunteer

LIST = "/volunteers/call-outs/"
PLACE = "Practice hall 7, left door"


@pytest.fixture(autouse=True)
def everybody_trained():
    with trained_as(lambda pks: dict.fromkeys(pks, ALL_TRAINED)):
        yield


def moment(name, at):
    here = timezone.localtime(at)
    parts = {"day": here.day, "month": here.month, "year": here.year, "time": f"{here:%H:%M}"}
    return {f"{name}_{part}": value for part, value in parts.items()}


def wanted(world, **more):
    starts = timezone.now() + timedelta(hours=6)
    return (
        {"branch": world.branches["arna"].pk, "what": "meet", "language": "uz", "wanted": 1, "place": PLACE}
        | moment("starts_at", starts)
        | moment("ends_at", starts + timedelta(hours=3))
        | more
    )


def made(world, who="ibrat", **more):
    answer = browser(world, who).post(LIST + "new/", wanted(world, **more))
    assert answer.status_code == 302, answer.text
    return CallOut.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def page_of(row):
    return reverse("volunteers:call_out", args=[row.pk])


def ask(world, row, *volunteers, who="ibrat"):
    answer = browser(world, who).post(page_of(row), {"volunteers": [one.pk for one in volunteers]})
    assert answer.status_code == 302, answer.text


def press(world, row, name, one, who="ibrat", **form):
    asked = Asked.objects.get(call_out=row, volunteer=one)
    return browser(world, who).post(reverse(f"volunteers:call_out_{name}", args=[row.pk, asked.pk]), form)


def answered(row, one, answer=Answer.YES):
    callouts.answer(
        asked=Asked.objects.get(call_out=row, volunteer=one), answer=answer, by=None, at=timezone.now()
    )


def states(row):
    return {
        one.volunteer.name: one.answer
        for one in Asked.objects.filter(call_out=row).select_related("volunteer")
    }


def helper(world, name, **more):
    typed = {
        "languages": ["uz", "en"],
        "ready": True,
        "availability": ["nights"],
        "email": "practice@example.org",
    }
    return volunteer(world, name=name, **typed | more)
