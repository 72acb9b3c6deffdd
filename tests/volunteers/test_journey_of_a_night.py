"""A returnee lands at 02:40, two hours late: the first volunteer is from his village, the second has no credit."""

import re
from datetime import timedelta

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from panah.ground.channels import actions as channels
from panah.ground.foundation import tenancy
from panah.ground.work.models import DueItem
from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.models import Hours
from tests.volunteers.calling_out import (
    LIST,
    ask,
    everybody_trained,
    helper,
    made,
    moment,
    page_of,
    press,
    states,
)
from tests.volunteers.making import day
from tests.volunteers.own_telephone import Phone, given

__all__ = ["everybody_trained"]
HALL, NOTE = "Practice airport, arrivals, left door", "A blue scarf. Say that you come from the Crescent."


def landing():
    """The next 02:40."""
    now = timezone.localtime()
    at = now.replace(hour=2, minute=40, second=0, microsecond=0)
    return at if at > now else at + timedelta(days=1)


def with_a_page(world, name, **more):
    row = helper(world, name, **more)
    phone = Phone(given(world, row))
    assert phone.first().status_code == 200
    return row, phone


def says_yes(phone):
    page = phone.send().text
    assert HALL not in page and "02:40" not in page and "at night" in page
    asked = re.search(r'name="asked" value="([^"]+)"', page)[1]
    assert "Thank you" in phone.send(do="answer", asked=asked, answer="yes").text


def test_three_volunteers_and_a_plane_that_is_two_hours_late(world, settings):
    settings.PANAH_HOST_SENDS_MAIL = True
    first, phone = with_a_page(world, "Practice First", ties="Practice village")
    second, _silent = with_a_page(world, "Practice Second", email="", languages=["uz"])
    third, third_phone = with_a_page(world, "Practice Third")
    ibrat, lands = world.client("ibrat"), landing()
    hours = moment("starts_at", lands) | moment("ends_at", lands + timedelta(hours=2))
    row = made(world, place=HALL, note=NOTE, **hours)
    ask(world, row, first, second, third)
    with tenancy.tenant_context(row.society_id):
        channels.deliver_due(at=timezone.now())
    assert [one.body for one in mail.outbox] == 2 * ["Your branch asks: please open Panah."]

    # The first says yes. Whoever looks after the person knows of no such tie, so she is chosen.
    says_yes(phone)
    assert "A tie to ask about" in press(world, row, "choose", first).text
    press(world, row, "choose", first, tie="not_same")
    told = phone.send().text
    assert HALL in told and "02:40" in told and NOTE in told

    # The plane is two hours late: her page says so.
    late = lands + timedelta(hours=2)
    moved = (
        {"place": HALL, "note": NOTE}
        | moment("starts_at", late)
        | moment("ends_at", late + timedelta(hours=2))
    )
    ibrat.post(reverse("volunteers:call_out_move", args=[row.pk]), moved)
    assert "04:40" in phone.send().text and "02:40" not in phone.send().text

    # From the plane he says where he comes from: it is her village. She is replaced, and reads nothing of it any more.
    press(world, row, "cancelled", first)
    page = phone.send().text
    assert HALL not in page and NOTE not in page and "village" not in page.split("How to reach me")[0]
    reopened = DueItem.objects.get(subject=row.pk, purpose="reopened", done_at=None)
    assert (reopened.owner, reopened.urgency) == (world.staff["ibrat"], "now")

    # The second has no credit: nothing could be written to her, and nobody answers when she is rung.
    assert "Practice Second" in ibrat.get(page_of(row)).text
    press(world, row, "answer", second, answer="not_reached")

    # The third was asked in the evening and accepts now.
    page = third_phone.send().text
    asked = re.search(r'name="asked" value="([^"]+)"', page)[1]
    third_phone.send(do="answer", asked=asked, answer="yes")
    press(world, row, "choose", third)
    told = third_phone.send().text
    assert HALL in told and "04:40" in told
    assert states(row) == {
        "Practice First": Answer.WITHDREW, "Practice Second": Answer.NOT_REACHED, "Practice Third": Answer.CHOSEN,
    }  # fmt: skip
    row.refresh_from_db()
    assert row.state == "filled" and not DueItem.objects.filter(subject=row.pk, done_at=None).exists()
    # The list of call-outs tells neither place nor hour.
    text = ibrat.get(LIST).text
    assert HALL not in text and "04:40" not in text

    # In the morning: her hours, her fare, and a talk.
    third_phone.send(
        do="hours", once="6c0f5bb4-5c4f-4c0b-9d0e-8f0a3d0a6a11", minutes="4", what="call_out",
        **day("on", timezone.localdate()),
    )  # fmt: skip
    third_phone.send(do="debrief")
    ibrat.post(reverse("volunteers:decide_hours", args=[Hours.objects.get().pk, "yes"]))
    assert re.search(r"My hours: \S", third_phone.send().text)
    assert DueItem.objects.filter(subject=third.pk, purpose="debrief", done_at=None).exists()
