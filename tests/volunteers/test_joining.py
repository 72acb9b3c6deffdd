"""Somebody without an account asks to join by a branch's link; the branch answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions, sealed_details
from panah.programmes.volunteers.models import JoinLink, Membership, Volunteer
from tests.volunteers.joining_questions import ASKS
from tests.volunteers.making import PHONE, page_of, step


@pytest.fixture
def token(world):
    return actions.renew_link(by=world.staff["ibrat"], branch=world.branches["arna"].pk, at=timezone.now())


def ask(token, **more):
    return Client().post(reverse("join", args=[token]), ASKS | {"once": uuid4()} | more)


def link_of(world, branch="arna"):
    return reverse("volunteers:link", args=[world.branches[branch].pk])


def test_a_stranger_asks_by_the_printed_link_and_the_coordinator_takes_her_on(world):
    ibrat = world.client("ibrat")
    assert ibrat.post(link_of(world), {"what": "renew"}).status_code == 200
    paper = ibrat.get(reverse("volunteers:sheet", args=[world.branches["arna"].pk])).text
    address = paper.partition('class="num">')[2].partition("<")[0].removeprefix("http://testserver")
    assert "<svg" in paper and address.startswith("/j/")
    stranger = Client()
    page = stranger.get(address)
    assert page.status_code == 200 and "Arna" in page.text and "csrf" not in page.text
    sent = ASKS | {"once": page.text.partition('name="once" value="')[2].partition('"')[0]}
    done = stranger.post(address, sent)
    assert done.status_code == 200 and "has arrived" in done.text and not stranger.cookies
    row = Volunteer.objects.get()
    assert (row.state, row.branch) == ("asked", world.branches["arna"])
    assert sealed_details.read(row)["phone"] == PHONE
    item = DueItem.objects.get(purpose="asked", done_at=None)
    assert item.owner == world.staff["ibrat"]
    assert item.due_at > timezone.now() + timedelta(days=6), "nothing is late in the moment in which it comes"
    question = ibrat.get(reverse("volunteers:answer", args=[row.pk])).text
    assert PHONE in question and "Practice Newcomer Aspen" in question and "Kyrgyz" in question
    step(world, "ibrat", row, "answer", answer="yes", role="member")
    row.refresh_from_db()
    assert row.state == "active" and Membership.objects.get(volunteer=row).role == "member"
    assert not DueItem.objects.filter(done_at=None).exists()


def test_the_page_speaks_russian_when_asked(world, token):
    assert "Стать волонтёром" in Client().get(reverse("join", args=[token]), {"in": "ru"}).text


def test_a_refusal_needs_a_sentence_which_is_kept_protected(world, token):
    ask(token)
    row = Volunteer.objects.get()
    address = reverse("volunteers:answer", args=[row.pk])
    answer = world.client("ibrat").post(address, {"answer": "no", "role": "member"})
    assert answer.status_code == 422 and "the person is told" in answer.text
    step(world, "ibrat", row, "answer", answer="no", role="member", why="Practice: no place until spring")
    row.refresh_from_db()
    assert row.state == "refused" and b"spring" not in bytes(row.details)
    assert "no place until spring" in world.client("ibrat").get(page_of(row)).text


def test_under_18_a_guardian_is_asked_for_and_nothing_typed_is_lost(world, token):
    young = timezone.localdate().year - 15
    answer = ask(token, born_year=young)
    assert answer.status_code == 422 and "Under 18 we ask a parent" in answer.text and "Aspen" in answer.text
    answer = ask(token, born_year=young, guardian_name="Practice Mother", guardian_phone="+000 77 88 99")
    assert answer.status_code == 200
    assert sealed_details.read(Volunteer.objects.get())["guardian"]["name"] == "Practice Mother"


def test_without_a_yes_to_be_called_and_without_a_way_to_reach_her_she_is_told_what_to_do(world, token):
    answer = ask(token, may_be_contacted="", phone="")
    assert answer.status_code == 422
    assert "come by instead" in answer.text and "one way in which the branch can reach you" in answer.text
    assert not Volunteer.objects.exists()


def test_the_same_form_sent_twice_is_one_request(world, token):
    once = uuid4()
    assert [ask(token, once=once).status_code for _press in range(2)] == [200, 200]
    assert Volunteer.objects.count() == 1 and DueItem.objects.filter(purpose="asked").count() == 1


def test_a_renewed_and_a_switched_off_link_open_nothing(world, token):
    ibrat = world.client("ibrat")
    ibrat.post(link_of(world), {"what": "renew"})
    assert Client().get(reverse("join", args=[token])).status_code == 410
    assert ask(token).status_code == 410
    ibrat.post(link_of(world), {"what": "off"})
    assert "There is no link" in ibrat.get(link_of(world)).text
    assert ibrat.get(reverse("volunteers:sheet", args=[world.branches["arna"].pk])).status_code == 404
    assert not JoinLink.objects.filter(ended_on=None).exists() and not Volunteer.objects.exists()


def test_an_invitation_is_shown_once_and_good_for_one_person_within_two_weeks(world):
    ibrat = world.client("ibrat")
    text = ibrat.post(link_of(world), {"what": "invite"}).text
    address = text.partition("http://testserver")[2].partition("<")[0]
    assert address.startswith("/j/") and address not in ibrat.get(link_of(world)).text
    sent = ASKS | {"once": uuid4()}
    assert [Client().post(address, sent).status_code for _press in range(2)] == [200, 200]
    assert Client().post(address, ASKS | {"once": uuid4()}).status_code == 410
    assert Volunteer.objects.count() == 1
    late = (
        ibrat.post(link_of(world), {"what": "invite"})
        .text.partition("http://testserver")[2]
        .partition("<")[0]
    )
    two_weeks = timezone.localdate() + timedelta(days=14)
    assert set(JoinLink.objects.filter(kind="invitation").values_list("until", flat=True)) == {two_weeks}
    JoinLink.objects.filter(kind="invitation").update(until=timezone.localdate() - timedelta(days=1))
    assert Client().get(late).status_code == 410


def test_a_flood_is_stopped_with_a_sentence(world, token):
    JoinLink.objects.update(used=199, used_on=timezone.localdate())
    assert ask(token).status_code == 200
    answer = ask(token)
    assert answer.status_code == 429 and "Try again tomorrow" in answer.text and "Aspen" in answer.text
    # The next day it is open again.
    JoinLink.objects.update(used_on=timezone.localdate() - timedelta(days=1))
    assert ask(token).status_code == 200


def test_a_stolen_database_opens_no_link(world, token):
    row = JoinLink.objects.get()
    assert token.encode() not in bytes(row.mark) + bytes(row.sealed)


def test_a_coordinator_makes_the_link_of_the_own_branch_alone(world):
    assert world.client("ibrat").get(link_of(world, "besh")).status_code == 404
    assert world.client("ibrat").post(link_of(world, "besh"), {"what": "renew"}).status_code == 404
    assert world.client("rustam").get(link_of(world)).status_code == 404
    assert world.client("amina").get(reverse("volunteers:links")).status_code == 404


def test_a_request_answered_by_a_colleague_meanwhile_is_not_answered_again(world, token):
    ask(token)
    row = Volunteer.objects.get()
    step(world, "bakyt", row, "answer", answer="yes", role="member")
    late = world.client("ibrat").get(reverse("volunteers:answer", args=[row.pk]), follow=True)
    assert "does not fit any more" in late.text, "she sees how it stands now"
    with pytest.raises(Exception, match="changed-meanwhile"):
        actions.answer_request(
            by=world.staff["ibrat"], row=row, answer="no", role="member", why="x", at=timezone.now()
        )


def test_where_a_branch_has_no_coordinator_the_focal_points_are_told(world):
    token = actions.renew_link(by=world.staff["bakyt"], branch=world.branches["besh"].pk, at=timezone.now())
    ask(token)
    owners = {one.owner for one in DueItem.objects.filter(purpose="asked")}
    assert owners == {world.staff["bakyt"], world.staff["saule"]}
