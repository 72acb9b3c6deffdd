"""Nobody is sent away from a house by one press: a reason, a way on, and a second person where there is a risk."""

import html

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.models import StaffKey
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.shelter import actions
from panah.people.shelter.models import Night, Stay
from tests.shelter.conftest import a_case, arrived, ask, look

ASKED = {
    "to": "partner", "how": "asked_to", "reason": "Hit a neighbour twice", "onward": "The partner house takes her",
    "safety": "yes",
}  # fmt: skip


def press(client, name, stay, **typed):
    return client.post(reverse(f"shelter:{name}", args=[stay.pk]), typed)


def reads(client, name, stay):
    return html.unescape(client.get(reverse(f"shelter:{name}", args=[stay.pk])).text)


def state_of(stay):
    return Stay.objects.get(pk=stay.pk).state


@pytest.fixture
def at_risk(world, house, beds):
    case = a_case(world)
    cases.review_risk(keys=world.keys("amina"), case=case, level="high", why="x", at=timezone.now())
    return arrived(world, ask(world, house, case), beds["1a"])


@pytest.mark.parametrize(
    "missing",
    [{"reason": ""}, {"onward": ""}, {"to": "unknown"}, {"to": ""}],
    ids=["reason", "way on", "unknown", "nowhere"],
)
def test_without_a_reason_and_a_way_on_nobody_is_asked_to_leave(world, house, beds, missing):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    assert (
        press(world.client("gulnar"), "leave", stay, **ASKED | {"danger": "no"} | missing).status_code == 422
    )
    assert state_of(stay) == "here" and Night.objects.filter(stay=stay).exists()
    with pytest.raises(Refusal, match="no-way-on"):
        actions.leave(
            keys=world.keys("gulnar"),
            opened=look(world, stay),
            to="unknown",
            how="asked_to",
            at=timezone.now(),
        )


def test_an_adult_for_whom_danger_is_ruled_out_leaves_with_the_reason_and_the_way_on_kept(world, house, beds):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    press(world.client("gulnar"), "leave", stay, **ASKED, danger="no")
    assert state_of(stay) == "left"
    told = reads(world.client("amina"), "stay", stay)
    assert "Hit a neighbour twice" in told and "The partner house takes her" in told


@pytest.mark.parametrize(
    ("sheet", "danger"),
    [({}, "unknown"), ({}, "yes"), ({"who": "mothers"}, "no"), ({"age": "unknown"}, "no")],
)
def test_a_child_and_a_danger_that_is_not_ruled_out_wait_for_a_second_person(
    world, house, beds, sheet, danger
):
    stay = arrived(world, ask(world, house, a_case(world), **sheet), beds["1a"])
    press(world.client("gulnar"), "leave", stay, **ASKED, danger=danger)
    assert state_of(stay) == "here" and Night.objects.filter(stay=stay).exists()
    assert DueItem.objects.filter(subject=stay.pk, purpose="second", owner=world.staff["amina"]).exists()
    assert not DueItem.objects.filter(subject=stay.pk, purpose="second", owner=world.staff["gulnar"]).exists()


def test_at_high_risk_amina_decides_as_the_second_and_the_house_cannot_rule_it_out(world, at_risk):
    gulnar, amina = world.client("gulnar"), world.client("amina")
    press(gulnar, "leave", at_risk, **ASKED, danger="no")
    assert state_of(at_risk) == "here"
    assert "Hit a neighbour twice" in reads(amina, "second", at_risk)
    assert press(gulnar, "second", at_risk, do="yes", why="I say so").status_code in (403, 422)
    assert state_of(at_risk) == "here", "whoever asked does not agree to it"
    assert press(amina, "second", at_risk, do="yes").status_code == 422, "not without a word of her own"
    press(amina, "second", at_risk, do="yes", why="She has a room with the partner")
    assert state_of(at_risk) == "left" and not Night.objects.filter(stay=at_risk).exists()
    told = reads(gulnar, "stay", at_risk)
    assert "Hit a neighbour twice" in told and "She has a room with the partner" in told
    assert not DueItem.objects.filter(
        subject=at_risk.pk, purpose="second", done_at=None, dropped=False
    ).exists()
    # Once decided, nothing is decided again.
    assert press(amina, "second", at_risk, do="no", why="x").status_code == 302


def test_a_second_person_who_does_not_agree_keeps_the_person_in_the_house(world, at_risk):
    gulnar, saule = world.client("gulnar"), world.client("saule")
    press(gulnar, "leave", at_risk, **ASKED, danger="no")
    assert press(gulnar, "leave", at_risk, **ASKED, danger="no").status_code == 422, "asked once"
    press(saule, "second", at_risk, do="no", why="Talk with her first")
    assert state_of(at_risk) == "here"
    assert "Talk with her first" in reads(gulnar, "stay", at_risk)
    assert DueItem.objects.filter(subject=at_risk.pk, purpose="tell", owner=world.staff["gulnar"]).exists()
    press(gulnar, "leave", at_risk, **ASKED, danger="no")
    press(gulnar, "second", at_risk, do="no", why="We found another way")
    assert state_of(at_risk) == "here", "whoever asked may take it back"
    assert "A second person decides about leaving." not in reads(gulnar, "stay", at_risk)


def test_whoever_asked_is_offered_to_take_it_back_and_not_to_decide(world, at_risk):
    gulnar, amina = world.client("gulnar"), world.client("amina")
    press(gulnar, "leave", at_risk, **ASKED, danger="no")
    assert "Decide about leaving" in reads(amina, "stay", at_risk)
    page = reads(gulnar, "stay", at_risk)
    assert "Take back that the person leaves" in page and "Decide about leaving" not in page
    assert "Yes, I agree" in reads(amina, "second", at_risk)
    assert "Yes, I agree" not in reads(gulnar, "second", at_risk)
    assert press(gulnar, "second", at_risk).status_code == 422, "not without a reason"
    press(gulnar, "second", at_risk, why="We found another way")
    assert state_of(at_risk) == "here"
    assert "Decide about leaving" not in reads(amina, "stay", at_risk)


def test_one_person_with_two_accounts_sends_nobody_away(world, at_risk):
    StaffKey.objects.filter(staff=world.staff["amina"]).update(
        admitted_by=world.staff["gulnar"], known_by=None
    )
    press(world.client("gulnar"), "leave", at_risk, **ASKED, danger="no")
    assert press(world.client("amina"), "second", at_risk, do="yes", why="x").status_code in (403, 422)
    assert state_of(at_risk) == "here"
    StaffKey.objects.filter(staff=world.staff["amina"]).update(known_by=world.staff["zarina"])
    press(world.client("amina"), "second", at_risk, do="yes", why="x")
    assert state_of(at_risk) == "left"


def test_nothing_is_there_to_decide_for_others_and_before_it_is_asked(world, at_risk):
    address = reverse("shelter:second", args=[at_risk.pk])
    assert world.client("amina").get(address).status_code == 302
    press(world.client("gulnar"), "leave", at_risk, **ASKED, danger="no")
    assert world.client("cholpon").get(address).status_code == 404
    assert world.client("cholpon").post(address, {"do": "yes", "why": "x"}).status_code == 404


def test_what_leaves_about_a_high_risk_is_said_where_the_bed_is_asked_for(world, house):
    case = a_case(world)
    there = reverse("shelter:ask", args=[case.number, house.pk])
    said = "This leaves too: the danger is high."
    assert said not in world.client("amina").get(there).text
    cases.review_risk(keys=world.keys("amina"), case=case, level="high", why="x", at=timezone.now())
    assert said in world.client("amina").get(there).text


def test_a_danger_that_became_high_later_stands_over_the_case_until_the_house_is_told(world, house, beds):
    case = a_case(world)
    stay = arrived(world, ask(world, house, case), beds["1a"])
    amina, gulnar = world.client("amina"), world.client("gulnar")
    there, over = reverse("shelter:case", args=[case.number]), reverse("cases:case", args=[case.number])
    items = set(DueItem.objects.values_list("purpose", flat=True))
    cases.review_risk(keys=world.keys("amina"), case=case, level="high", why="x", at=timezone.now())
    assert "the house does not know yet" in amina.get(there).text
    assert "the house does not know yet that the danger is high" in amina.get(over).text
    assert set(DueItem.objects.values_list("purpose", flat=True)) <= items | {"review"}, (
        "no list tells in plain that this case has a bed"
    )
    amina.post(there, {"stay": str(house.pk)})
    assert "the house does not know yet" in amina.get(there).text, "pressed beside another stay"
    amina.post(there, {"stay": str(stay.pk)})
    assert "the house does not know yet" not in amina.get(there).text + amina.get(over).text
    assert "high" not in reads(gulnar, "stay", stay).lower()
    press(gulnar, "leave", stay, **ASKED, danger="no")
    assert state_of(stay) == "here", "a second person decides from now on"
