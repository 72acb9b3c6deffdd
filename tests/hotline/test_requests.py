"""Requests of relatives and of authorities: from paper too, none of them empty, none forgotten after the decision."""

import pytest

from panah.family_links.models import FamilyLinksRequest
from panah.hotline.models import AuthorityRequest, Contact
from panah.work.models import Alarm, DueItem
from panah.work.queries import with_sentences

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
    world.client("saule").post(f"/calls/authorities/{decided.number}/", {"handed_over": ""})
    assert not due(decided).exists()


def test_what_was_handed_over_stays_due_until_the_person_knows(world, decided):
    saules, address = world.client("saule"), f"/calls/authorities/{decided.number}/"
    saules.post(address, {"handed_over": "a date of birth", "person_told": "no"})
    (item,) = due(decided)
    assert item.owner == world.staff["saule"]
    assert with_sentences([item], keys=world.keys("saule"))[0].say == "Tell the person what was handed over"
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
