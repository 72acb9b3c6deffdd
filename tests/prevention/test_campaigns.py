"""Campaigns: nothing is published before three questions are answered; one calendar, also as a file."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.programmes.prevention import actions as prevention
from panah.programmes.prevention.models import Campaign, Material
from panah.programmes.prevention.words import CampaignState
from tests.prevention.conftest import day, session_of
from tests.prevention.published_campaigns import GOOD, campaign, published, said


def test_a_campaign_from_plan_to_result(world):
    ibrat = world.client("ibrat")
    form = said()
    form |= day("begins_on", form.pop("begins_on")) | day("ends_on", form.pop("ends_on"))
    assert ibrat.post(reverse("prevention:plan_campaign"), form).status_code == 302
    one = Campaign.objects.get()
    assert one.branch == world.staff["ibrat"].branch and one.state == CampaignState.DRAFT
    here = reverse("prevention:campaign", args=[one.pk])
    assert "not answered yet" in ibrat.get(here).text
    ibrat.post(reverse("prevention:check", args=[one.pk]), GOOD)
    ibrat.post(reverse("prevention:publish", args=[one.pk]))
    one.refresh_from_db()
    assert one.state == CampaignState.PUBLISHED
    material = {"title": "Practice: poster", "language": "ky", "version": "2"}
    for _twice in range(2):
        ibrat.post(reverse("prevention:add_material", args=[one.pk]), material)
    assert Material.objects.count() == 1 and "Practice: poster" in ibrat.get(here).text
    end = {
        "state": "ended",
        "reach": "12000",
        "cost": "350.50",
        "currency": "KGS",
        "results": "Practice: 3 farms",
    }
    assert ibrat.post(reverse("prevention:end_campaign", args=[one.pk]), end).status_code == 302
    text = ibrat.get(here).text
    assert "12,000" in text and "350.50 KGS" in text and "Practice: 3 farms" in text


@pytest.mark.parametrize("question", ["blames", "frightens", "face"])
def test_one_yes_keeps_a_campaign_from_being_published(world, question):
    one = campaign(world)
    with pytest.raises(Refusal):
        prevention.publish(campaign=one, by=world.staff["ibrat"], at=timezone.now())
    prevention.check_stigma(
        campaign=one, by=world.staff["ibrat"], at=timezone.now(), **{**GOOD, question: "yes"}
    )
    with pytest.raises(Refusal) as refused:
        prevention.publish(campaign=one, by=world.staff["ibrat"], at=timezone.now())
    assert refused.value.code == f"stigma-{question}"
    text = world.client("ibrat").get(reverse("prevention:campaign", args=[one.pk])).text
    assert "to be changed before it is published" in text


def test_other_messages_are_checked_anew_and_meanwhile_not_published(world):
    one = published(world)
    prevention.change_campaign(
        campaign=one, by=world.staff["ibrat"], at=timezone.now(), **said(title="Practice: other")
    )
    assert one.state == CampaignState.PUBLISHED
    prevention.change_campaign(
        campaign=one, by=world.staff["ibrat"], at=timezone.now(), **said(messages="Practice: chains")
    )
    one.refresh_from_db()
    assert one.state == CampaignState.DRAFT and one.stigma == {}


def test_a_campaign_of_the_society_is_read_in_each_branch_and_changed_at_headquarters(world):
    one = campaign(world, by="bakyt")
    assert one.branch is None
    ibrat, bakyt = world.client("ibrat"), world.client("bakyt")
    text = ibrat.get(reverse("prevention:campaign", args=[one.pk])).text
    assert "the whole society" in text and "Check the messages" not in text
    address = reverse("prevention:change_campaign", args=[one.pk])
    assert ibrat.get(address).status_code == 404 and bakyt.get(address).status_code == 200
    assert world.client("rustam").get(reverse("prevention:campaign", args=[one.pk])).status_code == 404


def test_what_makes_no_sense_meets_a_sentence_and_stays_typed(world):
    ibrat = world.client("ibrat")
    form = said(title="Practice: kept title")
    ends = form.pop("ends_on") - timedelta(days=90)
    form |= day("begins_on", form.pop("begins_on")) | day("ends_on", ends)
    answer = ibrat.post(reverse("prevention:plan_campaign"), form)
    assert answer.status_code == 422 and "end before it begins" in answer.text
    assert "Practice: kept title" in answer.text and not Campaign.objects.exists()
    one = campaign(world)
    end = {"state": "ended", "reach": "", "cost": "", "currency": "som", "results": "typed"}
    answer = ibrat.post(reverse("prevention:end_campaign", args=[one.pk]), end)
    assert answer.status_code == 422 and "three capital letters" in answer.text
    # A draft never took place.
    answer = ibrat.post(reverse("prevention:end_campaign", args=[one.pk]), end | {"currency": "KGS"})
    assert answer.status_code == 422 and "never published" in answer.text and "typed" in answer.text


def unfolded(body: bytes) -> list[str]:
    return body.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_shows_both_and_its_file_names_no_place_and_nobody(world, leader, group):
    session_of(world, group, leader)
    published(world, title="Practice; cotton, and a very long title " + "о" * 60)
    campaign(world, title="Practice: only a draft")
    ibrat = world.client("ibrat")
    text = ibrat.get(reverse("prevention:calendar")).text
    assert "Safe response" in text and "Practice; cotton" in text and "only a draft" not in text
    answer = ibrat.get(reverse("prevention:calendar_file"))
    assert answer["Content-Type"].startswith("text/calendar")
    lines = unfolded(answer.content)
    assert lines.count("BEGIN:VEVENT") == 2
    assert any(line.startswith("SUMMARY:Practice\\; cotton\\, and") for line in lines)
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    whole = "\n".join(lines)
    assert "School 7" not in whole and "Aigul" not in whole and "LOCATION" not in whole
    assert {line.split(":")[0].split(";")[0] for line in lines if line} == {
        *("BEGIN", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "END")
    }


def test_a_month_that_is_none_is_this_month(world):
    ibrat = world.client("ibrat")
    for month in ("2026-13", "x", "", "99999-1", "0-0"):
        assert ibrat.get(reverse("prevention:calendar"), {"month": month}).status_code == 200, month
