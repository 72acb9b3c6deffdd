"""Two clicks hand over everything of a leaver: cases, referrals, call-backs, requests, whatever is due."""

from datetime import timedelta

import pytest

from panah.ground.vault import actions as vault
from panah.ground.vault import queries
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem
from panah.ground.work.words import DueKind
from panah.people.cases import actions as cases
from panah.people.family_links.actions.requests import take_links_request
from panah.people.hotline.actions.authorities import decide_request, take_request
from panah.people.hotline.models import AuthorityRequest, Line
from tests.conftest import LINE_NORTH
from tests.two_people import NO_FOCAL_POINT, decide, end_access, make_focal_point


def hand_over(world, staff, to):
    address = f"/vault/colleagues/{world.staff[staff].pk}/hand-over"
    return world.client("bakyt").post(address, {"to": str(world.staff[to].pk)}, follow=True).content.decode()


def due(world, name):
    return DueItem.objects.filter(owner=world.staff[name], done_at=None)


@pytest.fixture
def case(world):
    return cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, note="tea")


def put(world, owner, *, room, subject, line=None, file=None, purpose=""):
    return work.add_item(
        keys=None,
        society=world.societies["north"].pk,
        kind=DueKind.ANSWER,
        due_at=world.at + timedelta(hours=1),
        room=room,
        subject=subject,
        at=world.at,
        owner=world.staff[owner],
        line=line,
        file=file,
        purpose=purpose,
    )


def test_what_is_due_in_amina_s_cases_and_referrals_goes_to_cholpon(world, case):
    put(world, "amina", room="referrals", subject=case.pk, file=case.file_id, purpose="feedback")
    put(world, "amina", room="consent", subject=case.pk, file=case.file_id, purpose="ask_again")
    before = due(world, "amina").count()
    assert before >= 3
    page = hand_over(world, "amina", "cholpon")
    assert "1 case is handed over." in page
    assert not due(world, "amina").exists()
    assert due(world, "cholpon").count() == before + 1, "and one line that says: read it, meet the person"


def test_what_lies_in_another_colleagues_case_goes_to_who_can_open_it(world, case):
    """Saule was asked to approve Amina's plan; Cholpon, who takes over, has no way into that case: Bakyt has."""
    item = put(world, "saule", room="cases", subject=case.pk, file=case.file_id, purpose="approve")
    assert "1 other thing that was due went with it." in hand_over(world, "saule", "cholpon")
    item.refresh_from_db()
    assert item.owner == world.staff["bakyt"]


def test_a_call_back_goes_to_who_answers_the_line_or_back_to_the_line(world):
    Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", numbers=[], made_at=world.at
    )
    item = put(world, "elena", room="hotline", subject=LINE_NORTH, line=LINE_NORTH)
    hand_over(world, "elena", "cholpon")
    item.refresh_from_db()
    assert (item.owner, item.line) == (None, LINE_NORTH)
    again = put(world, "elena", room="hotline", subject=LINE_NORTH, line=LINE_NORTH)
    hand_over(world, "elena", "saule")
    again.refresh_from_db()
    assert again.owner == world.staff["saule"], "a focal point holds every line's key"


def test_requests_go_to_a_focal_point_whoever_takes_the_cases(world):
    take_links_request(keys=world.keys("amina"), typed={"who": "x"}, by=world.staff["amina"], at=world.at)
    first = due(world, "bakyt").get(room="family_links")
    address = f"/vault/colleagues/{world.staff['bakyt'].pk}/hand-over"
    world.client("saule").post(address, {"to": str(world.staff["cholpon"].pk)})
    first.refresh_from_db()
    assert first.owner == world.staff["saule"]


def test_two_different_people_still_decide_about_what_an_authority_asks(world):
    """Saule leaves; Bakyt decides once, and the second decision goes to the third focal point."""
    make_focal_point(world, "cholpon")
    take_request(keys=world.keys("amina"), typed={"who": "court"}, by=world.staff["amina"], at=world.at)
    vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at)
    end_access(world, "saule", at=world.at, second="cholpon")
    hand_over(world, "saule", "bakyt")
    owners = set(
        DueItem.objects.filter(room="authority", done_at=None).values_list("owner__username", flat=True)
    )
    assert owners == {"bakyt", "cholpon"}
    request = AuthorityRequest.objects.get()
    said = {"decision": "no", "reason": "x", "basis": "none", "lawyer": "yes"}
    for name in ("bakyt", "cholpon"):
        staff = type(world.staff[name]).objects.get(pk=world.staff[name].pk)
        decide_request(keys=world.keys(name), request=request, by=staff, at=world.at, **said)
        assert not due(world, name).filter(room="authority", kind="decide").exists()
    request.refresh_from_db()
    assert request.state == "decided"


def test_what_only_a_focal_point_can_open_leaves_the_list_of_who_is_none_any_more(world, case):
    make_focal_point(world, "cholpon")
    vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at)
    saule = world.staff["saule"]
    vault.change_roles(keys=world.keys("bakyt"), staff=saule, roles=["caseworker"], branch=None, at=world.at)
    saule = world.staff["saule"] = type(saule).objects.get(pk=saule.pk)
    own = cases.open_case(keys=world.keys("saule"), by=saule, at=world.at)
    kept = due(world, "saule").count()
    put(world, "saule", room="authority", subject=case.pk)
    put(world, "saule", room="cases", subject=case.pk, file=case.file_id, purpose="approve")
    mine = put(world, "saule", room="cases", subject=own.pk, file=own.file_id)
    decide(world, NO_FOCAL_POINT, "saule", at=world.at, second="cholpon")
    vault.end_focal_point(keys=world.keys("bakyt"), staff=saule, at=world.at)
    assert due(world, "saule").count() == kept + 1
    mine.refresh_from_db()
    assert mine.owner == saule
    assert due(world, "bakyt").filter(subject=case.pk).count() == 2


def test_the_page_shows_how_much_everybody_has_and_nothing_else(world, case):
    cases.open_case(keys=world.keys("cholpon"), by=world.staff["cholpon"], at=world.at, note="secret")
    page = (
        world.client("bakyt").get(f"/vault/colleagues/{world.staff['amina'].pk}/hand-over").content.decode()
    )
    assert "Open cases: 1; Things due: " in page
    assert case.number not in page and "secret" not in page
    assert "Daler" not in page and "Timur" not in page


def test_ending_the_access_leads_on_to_handing_over(world, case):
    address = f"/vault/colleagues/{world.staff['amina'].pk}/end"
    bakyt = world.client("bakyt")
    assert "handed over on the next page" in bakyt.get(address).content.decode()
    answer = bakyt.post(address)
    assert answer["Location"].endswith("/hand-over")
    hand_over(world, "amina", "cholpon")
    assert queries.opens(keys=world.keys("cholpon"), file=case.file_id)
    assert not queries.opens(keys=world.keys("amina"), file=case.file_id)


def test_whoever_presses_end_twice_or_after_the_other_focal_point_reads_that_it_is_done(world, case):
    address = f"/vault/colleagues/{world.staff['amina'].pk}/end"
    bakyt, saule = world.client("bakyt"), world.client("saule")
    assert bakyt.post(address).url.endswith("/hand-over"), "control: her case is still in her hands"
    bakyt.get("/")
    for press in (bakyt.post, saule.post, bakyt.get):
        again = press(address, follow=True)
        assert again.redirect_chain[0][0].endswith("/hand-over")
        assert "has ended already" in again.content.decode()
    hand_over(world, "amina", "cholpon")
    assert bakyt.get(address).url == "/vault/colleagues"
    assert world.client("daler").post(address).status_code == 404
    assert world.client("rustam").post(address).status_code == 404
