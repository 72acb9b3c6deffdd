"""Requests of relatives and of authorities: from paper too, none of them empty, none forgotten after the decision."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.work.models import Alarm, DueItem
from panah.ground.work.queries import with_sentences
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.hotline.models import AuthorityRequest, Contact

PAPER = {
    "written_at_day": "3",
    "written_at_month": "2",
    "written_at_year": "2026",
    "written_at_time": "23:40",
    "author": "Volunteer Poplar",
}
GIVE = {"decision": "give", "basis": "order", "lawyer": "yes", "reason": "a court order"}


@pytest.mark.parametrize(
    ("place", "model", "typed", "listed"),
    [
        ("family", FamilyLinksRequest, {"sought": "Zebrason"}, "family"),
        ("authority", AuthorityRequest, {"who": "Zebra inspector"}, "authorities"),
    ],
)
def test_what_was_written_on_paper_keeps_its_time_and_its_author(
    world, elenas, contact, place, model, typed, listed
):
    address = f"/calls/{contact.number}/{place}/"
    assert "written on paper first" in elenas.get(address).content.decode()
    elenas.post(address, {**typed, **PAPER})
    made = model.objects.get()
    assert made.asked_at.strftime("%Y-%m-%d %H:%M") == "2026-02-03 23:40"
    page = world.client("bakyt").get(f"/calls/{listed}/{made.number}/").content.decode()
    assert "Volunteer Poplar" in page
    assert "3 Feb" in page
    wrong = elenas.post(address, {**typed, **PAPER, "written_at_year": "2206"}).content.decode()
    assert "must not lie in the future" in wrong and "Volunteer Poplar" in wrong


@pytest.mark.parametrize(
    ("place", "model"), [("family", FamilyLinksRequest), ("authority", AuthorityRequest)]
)
def test_an_empty_request_stands_on_nobodys_list(elenas, contact, place, model):
    page = elenas.post(f"/calls/{contact.number}/{place}/", {"danger": "none"}).content.decode()
    assert "Nothing is written down yet" in page
    assert not model.objects.exists()


@pytest.mark.parametrize(
    ("place", "model", "typed"),
    [
        ("family", FamilyLinksRequest, {"sought": "Zebrason"}),
        ("authority", AuthorityRequest, {"who": "Zebra inspector"}),
    ],
)
def test_pressed_twice_it_is_one_request(world, elenas, contact, place, model, typed):
    address = f"/calls/{contact.number}/{place}/"
    once = elenas.get(address).content.decode().split('name="once" value="')[1].split('"')[0]
    for _ in range(2):
        assert elenas.post(address, {**typed, "once": once}).status_code == 302
    world.client("bakyt").post(address, {**typed, "once": once})
    assert model.objects.count() == 2, "hers, and the one of a colleague with the same id"


def test_the_sheet_of_danger_now_is_typed_in_later_and_pages_nobody(elenas, line):
    elenas.post("/calls/paper/new/", {"line": str(line.pk), **PAPER})
    made = Contact.objects.get()
    assert "Type in the sheet for danger now" in elenas.get(f"/calls/{made.number}/").content.decode()
    answer = elenas.post(f"/calls/{made.number}/", {"do": "questions", "note": "from paper"})
    assert answer.url == f"/calls/{made.number}/emergency/"
    elenas.post(answer.url, {"e_place": "by the old mill", "do": "back"})
    page = elenas.get(f"/calls/{made.number}/page/").content.decode()
    assert "by the old mill" in page and "from paper" in page
    assert not Alarm.objects.exists()


@pytest.fixture
def decided(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/authority/", {"who": "an inspector", "what": "a name"})
    made = AuthorityRequest.objects.get()
    for name in ("bakyt", "saule"):
        world.client(name).post(f"/calls/authorities/{made.number}/", GIVE)
    return made


def due(request):
    return DueItem.objects.filter(subject=request.pk, done_at=None)


def test_after_both_decisions_the_answer_is_due_from_both(world, decided):
    assert {item.owner.username for item in due(decided)} == {"bakyt", "saule"}
    said = [one.say for one in with_sentences(due(decided), keys=world.keys("bakyt"))]
    assert "Answer the authority as was decided" in said
    assert decided.number in world.client("bakyt").get("/").content.decode()
    page = world.client("bakyt").get(f"/calls/authorities/{decided.number}/").content.decode()
    assert page.count("<h2>Whom it names</h2>") == 1
    world.client("saule").post(f"/calls/authorities/{decided.number}/", {"handed_over": ""})
    assert [(item.purpose, item.owner.username) for item in due(decided)] == [("hear", "saule")]


def test_what_was_handed_over_stays_due_until_the_person_knows(world, decided):
    saules, address = world.client("saule"), f"/calls/authorities/{decided.number}/"
    saules.post(address, {"handed_over": "a date of birth", "person_told": "no"})
    (item,) = due(decided)
    assert item.owner == world.staff["saule"]
    (said,) = with_sentences([item], keys=world.keys("saule"))
    assert said.say == "Tell the person what was handed over to an authority"
    assert decided.number in saules.get("/").content.decode()
    assert "does not know yet" in saules.get(address).content.decode()
    saules.post(address, {"do": "told"})
    assert not due(decided).exists()
    page = saules.get(address).content.decode()
    assert "does not know yet" not in page and "told the person" in page


def test_when_the_person_was_told_at_once_nothing_stays_due(world, decided):
    world.client("saule").post(
        f"/calls/authorities/{decided.number}/", {"handed_over": "a date", "person_told": "yes"}
    )
    assert not due(decided).exists()


@pytest.fixture
def waiting(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/authority/", {"who": "an inspector", "what": "where she sleeps"})
    return AuthorityRequest.objects.get()


def main_of(answer) -> str:
    html = answer.content.decode()
    return html[html.index("<main") :]


@pytest.mark.parametrize(
    "lacks",
    [
        {"basis": "none"}, {"lawyer": "no"}, {"lawyer": "none"}, {"lawyer": "unknown"}, {"reason": "  "},
        {"basis": "none", "lawyer": "no", "reason": ""},
    ],
)  # fmt: skip
@pytest.mark.parametrize("second", [False, True])
def test_that_something_may_be_handed_over_is_not_decided_without_ground_lawyer_and_reason(
    world, waiting, lacks, second
):
    address = f"/calls/authorities/{waiting.number}/"
    if second:
        world.client("bakyt").post(address, GIVE)
    saules = world.client("saule")
    refused = saules.post(address, GIVE | lacks)
    assert refused.status_code == 422
    assert "own consent or a lawful order" in main_of(refused)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.second_decider) == ("waiting", None)
    assert (waiting.first_decider is not None) is second
    assert due(waiting).filter(owner=world.staff["saule"], kind="decide").exists(), "she still has to decide"
    assert saules.post(address, GIVE | {"decision": "refuse"} | lacks).status_code == 302, (
        "nothing needs no ground"
    )


@pytest.mark.parametrize(
    ("basis", "said"), [("order", "a lawful order in writing"), ("none", "there is none")]
)
def test_the_ground_is_read_by_the_second_colleague_and_by_everybody_afterwards(world, waiting, basis, said):
    address = f"/calls/authorities/{waiting.number}/"
    more = {} if basis == "order" else {"decision": "refuse"}
    world.client("bakyt").post(address, GIVE | {"basis": basis, "reason": "zebra reason"} | more)
    saules = world.client("saule")
    before = main_of(saules.get(address)).split("<form")[0]
    assert said in before and "zebra reason" not in before, "the ground, and not how the first one decided"
    saules.post(address, GIVE | {"basis": basis} | more)
    for answer in ({}, {"handed_over": ""}):
        if answer:
            saules.post(address, answer)
        shown = main_of(saules.get(address)).split("<form")[0]
        assert shown.count(said) == 2 and "zebra reason" in shown


def test_when_nothing_is_handed_over_somebody_is_asked_whether_the_person_should_hear_of_it(world, decided):
    saules, address = world.client("saule"), f"/calls/authorities/{decided.number}/"
    saules.post(address, {"handed_over": ""})
    assert "should the person hear of it?" in saules.get("/").content.decode()
    assert "Should the person hear that an authority asks?" in main_of(saules.get(address))
    assert saules.post(address, {"hears": "later", "why": ""}).status_code == 422, "it is said why not"
    saules.post(address, {"hears": "later", "why": "the brother reads along"})
    (again,) = due(decided)
    assert again.purpose == "hear" and again.due_at > timezone.now() + timedelta(days=6)
    assert "the brother reads along" in main_of(saules.get(address))
    saules.post(address, {"hears": "told", "why": "by Gulnar, alone"})
    assert not due(decided).exists()
    assert 'name="hears"' not in main_of(saules.get(address))
    late = saules.post(address, {"hears": "nobody", "why": "x"})
    assert late.status_code != 302


def test_who_was_told_at_once_that_an_authority_asked_is_asked_about_no_more(world, decided):
    world.client("saule").post(
        f"/calls/authorities/{decided.number}/", {"handed_over": "", "person_told": "yes"}
    )
    assert not due(decided).exists()
