"""Whom to ring when it goes wrong: the numbers of duty of both sides stand where somebody looks for them."""

from __future__ import annotations

import re
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.directory.models import HotlineNumber
from panah.ground.foundation import dialled_numbers
from tests.referrals.across import MEETING, Story

OWN = {"north": "+000 000 00 66", "south": "+000 000 00 77"}
ON_DUTY = {"saule": "+996555000011", "malika": "+996555000022"}


@pytest.fixture
def numbers(world):
    """Each society answers a line, and somebody is on duty for danger at each."""
    for name, number in OWN.items():
        society = world.societies[name]
        HotlineNumber.objects.create(
            society=society, iso2=society.iso2, name_en=f"Duty of {name}", number=number, kind="own"
        )
    now = timezone.now()
    for name, phone in ON_DUTY.items():
        staff = world.staff[name]
        staff.duty_phone = phone
        staff.save()
        dialled_numbers.accept(staff.society_id)
        Duty.objects.create(
            society=staff.society, staff=staff, what="danger",
            starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
        )  # fmt: skip


def test_nobody_was_met_shows_who_is_on_duty_here_and_the_number_of_the_other_side_on_both_sides(
    world, paired, numbers
):
    story = Story(world)
    story.accepted()
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    story.does("daler", "take_up")
    there = story.does("daler", "met", met="no", note="waited an hour").content.decode()
    story.deliver()
    here = story.amina.get(story.here).content.decode()
    for page, hers, theirs in ((here, "saule", "south"), (there, "malika", "north")):
        alarm = page[page.index("Now, in this order") :].split("</section>")[0]
        assert f'href="tel:{ON_DUTY[hers]}"' in alarm
        assert f"Duty of {theirs}" in alarm and f'href="tel:{OWN[theirs].replace(" ", "")}"' in alarm
    assert ON_DUTY["malika"] not in here, "the telephone of a colleague leaves her society with nothing"


@pytest.mark.parametrize("who", ["amina", "bakyt"])
def test_the_page_of_paired_societies_shows_their_duty_number_to_every_colleague(world, paired, numbers, who):
    page = world.client(who).get("/exchange/").content.decode()
    assert "Duty of south" in page and f'href="tel:{OWN["south"].replace(" ", "")}"' in page
    assert ON_DUTY["malika"] not in page


def test_where_the_directory_has_no_number_the_page_of_paired_societies_says_what_to_do(world, paired):
    assert "not in the directory: ask for it" in world.client("amina").get("/exchange/").content.decode()


def left_by(story: Story, way: str) -> str:
    story.prepare()
    return story.amina.post(story.here, {"step": "send", "way": way, "read": "on"}).content.decode()


def test_a_partner_who_opens_the_page_that_opens_once_reads_the_line_to_ring_and_no_colleagues_number(
    world, numbers, farid
):
    made = left_by(Story(world), "page")
    address = "/r/" + made.split("/r/")[1].split("<")[0]
    codes = re.findall(r'<p class="code num"><bdi>([^<]+)', made)
    shown = farid.post(address, {"code": codes[-1]}).content.decode()
    assert "ring us" in shown and OWN["north"] in shown
    assert ON_DUTY["saule"] not in shown


def test_the_telephone_script_and_the_letter_give_the_other_side_our_line(world, numbers):
    story = Story(world)
    left_by(story, "letter")
    story.does("amina", "answer", answer="accepted", reason="", note="")
    story.does("amina", "meeting", **MEETING, stands="agreed")
    page = story.amina.get(f"{story.here}script/").content.decode()
    # Whom she rings herself in danger stands above every page of a case.
    script = re.sub(r"<p[^>]*data-ring.*?</p>", "", page, flags=re.DOTALL)
    assert "Give them our number:" in script and OWN["north"] in script
    assert ON_DUTY["saule"] not in script
    letter = story.amina.post(f"{story.here}letter/").content
    printed = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(letter))
    assert OWN["north"] in re.sub(r"\s+", " ", printed)
    assert ON_DUTY["saule"] not in printed
