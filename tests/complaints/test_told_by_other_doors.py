"""People without a case are told what is kept of them; and two decide whether a person hears of a request that names her."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.kit import dates
from panah.ground.vault import actions as vault
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.hotline.models import AuthorityRequest, Contact, Line
from panah.people.shelter import actions as shelter
from panah.people.shelter import queries as shelter_queries
from panah.people.shelter.queries.timeline import what_happened
from tests.complaints.answers import ask, read
from tests.guard.writes import joined

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz"
    )


SHEET = {
    "called": "Practice Person Tulip", "who": "women", "age": "child", "language": "uz", "needs": "No nuts", "said": "yes",
    "spoken": "tg", "told": ["house", "rules", "free", "known", "no_address"], "agrees": "child_and_two",
    "words": "Only if it is quiet.",
}  # fmt: skip
WAY = {"address": "17 Practice Tulip Street", "phone": "+000 4711", "how": "-", "rules": "-", "late": "-"}


@pytest.fixture
def stay(world):
    """A resident without a case: she was missing for an hour, and the book of the house tells of her."""
    know = {"keys": world.keys("gulnar"), "at": timezone.now()}
    house = shelter.make_place(
        keys=world.keys("bakyt"), way=WAY, runners=[world.staff["gulnar"]], at=world.at,
        typed={"name": "House 3", "region": "XA-1", "kind": "house", "admits": ["women"], "languages": ["uz"]},
    )  # fmt: skip
    shelter.add_room(
        keys=world.keys("bakyt"), place=house, name="Room 1", admits=["women"], beds=["a"], at=world.at
    )
    day = shelter_queries.tonight(timezone.now())
    row = shelter.ask(
        keys=world.keys("amina"), place=house, sheet=SHEET, from_day=day, to_day=day + timedelta(days=3),
        at=timezone.now(),
    )  # fmt: skip

    def opened():
        return shelter_queries.stay_or_404(row.pk, to=world.staff["gulnar"], keys=world.keys("gulnar"))

    shelter.give_bed(opened=opened(), bed=house.rooms.get().beds.get(), **know)
    shelter.arrive(opened=opened(), **know)
    shelter.miss(opened=opened(), seen="At the bakery, by Reed", danger="no", note="Called twice", **know)
    text = "A quarrel with Practice Person Reed"
    shelter.write_incident(place=house, kind="things", text=text, told="Bakyt", stay=row, **know)
    return row


@pytest.mark.parametrize("who", ["gulnar", "amina", "bakyt"])
def test_a_resident_without_a_case_is_told_what_the_house_keeps_of_her(world, stay, who):
    client, address = world.client(who), f"/complaints/stay/{stay.pk}/"
    assert address in client.get(f"/shelter/stay/{stay.pk}/").content.decode()
    assert "Practice Person Tulip" not in client.get(address).content.decode()
    assert not ask(client, address, knows="no")
    text = ask(client, address)
    for kept in ("Practice Person Tulip", "House 3", "child", "Uzbek", "Tajik", "Only if it is quiet."):
        assert kept in text, kept
    assert what_happened("missing") in text and "Seen or heard last: 1" in text
    # Of what kind it was stands in the book, which whoever follows from outside does not open.
    assert ("something is missing or broken" in text) == (who != "amina")
    assert ("whoever runs the house tells it" in text) == (who == "amina")
    for others in ("Reed", "Bakyt", WAY["address"], WAY["phone"]):
        assert others not in text, others
    when_asked = ask(client, address, more="on")
    assert "At the bakery, by Reed" in when_asked and "A quarrel with" in when_asked
    assert WAY["address"] not in when_asked


@pytest.mark.parametrize("who", ["cholpon", "elena", "zarina", "daler"])
def test_whoever_does_not_open_a_stay_or_a_contact_is_told_nothing(world, stay, who):
    client = world.client(who)
    assert client.post(f"/complaints/stay/{stay.pk}/", {"knows": "known", "how": "aloud"}).status_code == 404
    assert client.get("/complaints/contact/AAA-AAA-A/").status_code == 404


def test_that_a_resident_was_told_is_written_by_the_day_and_at_no_minute(world, stay):
    client, before = world.client("gulnar"), Entry.objects.count()
    ask(client, f"/complaints/stay/{stay.pk}/")
    assert Entry.objects.count() == before
    with tenancy.tenant_context(world.societies["north"].pk):
        vault.write_journal_by_day(at=timezone.now() + timedelta(hours=9))
    assert Entry.objects.filter(event="complaints:kept:gathered", about=stay.file_id).count() == 1


@pytest.fixture
def contact(world):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", numbers=[],
        made_at=world.at,
    )  # fmt: skip
    elena = world.client("elena")
    answer = elena.post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    number = answer.url.strip("/").split("/")[-1]
    elena.post(
        f"/calls/{number}/",
        {"language": "uz", "age_band": "16-17", "called": "Tulip", "phone": "0000017", "safe_word": "willow",
         "where": "Behind the mill", "note": "Her brother Reed waits", "tab": "t", "based_on": "0", "note_version": "0"},
    )  # fmt: skip
    return Contact.objects.get(number=number)


def test_a_caller_without_a_case_is_told_what_the_line_keeps_of_her(world, contact):
    elena, address = world.client("elena"), f"/complaints/contact/{contact.number}/"
    assert address in elena.get(f"/calls/{contact.number}/page/").content.decode()
    text = ask(elena, address)
    for kept in ("Tulip", "0000017", "willow", "Behind the mill", "Uzbek", "child"):
        assert kept in text, kept
    assert "Reed" not in text and "Her brother Reed waits" in ask(elena, address, more="on")
    assert Entry.objects.filter(event="complaints:kept:gathered", about=contact.file_id).count() == 2
    assert world.client("cholpon").get(address).status_code == 404


def test_what_was_said_on_the_call_is_told_at_the_case_that_came_of_it(world, contact):
    elena = world.client("elena")
    elena.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    contact.refresh_from_db()
    text = read(world.client("amina"), Case.objects.get(pk=contact.became_case))
    assert "willow" in text and "Behind the mill" in text


# -- requests that name her ---------------------------------------------------------------------


@pytest.fixture(params=["authority", "family"])
def named(request, world, case):
    """A request of an inspector, or of a mother, that names the person of a case; Bakyt links it."""
    typed = {"authority": {"who": "Inspector Zebra", "what": "her number"},
             "family": {"asks": "Mother Zebra", "message": "Come home", "sought": "Tulip"}}[request.param]  # fmt: skip
    place = {"authority": "authorities", "family": "family"}[request.param]
    world.client("elena").post(f"/calls/{place}/new/", typed)
    model = {"authority": AuthorityRequest, "family": FamilyLinksRequest}[request.param]
    one = model.objects.get()
    one.address = f"/calls/{place}/{one.number}/"
    return one


def link(client, named, case):
    return client.post(named.address, {"do": "link", "number": case.number})


def decide(world, case, who, says):
    client = world.client(who)
    page = client.get(f"/complaints/case/{case.number}/").content.decode()
    where = re.search(rf"/complaints/case/{case.number}/hears/[0-9a-f-]+/", page)
    return client.post(where[0], {"says": says, "why": "A lawyer was asked."}) if where else None


def test_until_two_have_decided_the_answer_says_that_a_request_waits(world, case, named):
    assert link(world.client("bakyt"), named, case).status_code == 302
    assert case.number in world.client("saule").get(named.address).content.decode().replace(" ", "")
    due = DueItem.objects.filter(subject=case.pk, purpose="hears", done_at=None)
    assert {one.owner.username for one in due} == {"bakyt", "saule"}
    text = read(world.client("amina"), case)
    assert "Two people still have to decide" in text and "Zebra" not in text
    decide(world, case, "bakyt", "told")
    assert "Zebra" not in read(world.client("amina"), case) and due.all().exists()
    decide(world, case, "saule", "told")
    text = read(world.client("amina"), case)
    assert "Zebra" in text and "A lawyer was asked." not in text and not due.all().exists()


def test_what_two_withhold_is_said_to_be_withheld_since_when(world, case, named):
    link(world.client("bakyt"), named, case)
    for who in ("bakyt", "saule"):
        decide(world, case, who, "withheld")
    text = read(world.client("amina"), case, more="on")
    assert "Zebra" not in text and f"two people decided it on {dates.day(timezone.now())}" in text


def test_two_who_do_not_agree_have_decided_nothing(world, case, named):
    link(world.client("bakyt"), named, case)
    decide(world, case, "bakyt", "told")
    decide(world, case, "saule", "withheld")
    assert "Two people still have to decide" in read(world.client("amina"), case)
    decide(world, case, "saule", "told")
    assert "Zebra" in read(world.client("amina"), case)


def test_only_focal_points_link_and_decide_and_one_request_once(world, case, named):
    assert link(world.client("amina"), named, case).status_code == 404
    assert link(world.client("bakyt"), named, case).status_code == 302
    assert "linked with this case already" in link(world.client("saule"), named, case).content.decode()
    assert decide(world, case, "amina", "told") is None
    wrong = world.client("bakyt").post(named.address, {"do": "link", "number": "AAA-AAA-A"})
    assert "no case with this number" in wrong.content.decode()


def test_what_links_a_request_with_a_case_stands_in_no_row_beside_it(world, case, named):
    client = world.client("bakyt")
    with joined() as found:
        link(client, named, case)
    assert found == set()


GIVE = {"decision": "give", "basis": "order", "lawyer": "yes", "reason": "a court order"}


@pytest.fixture
def answered(request, world, case):
    """An inspector's request that names her: both decided to give, and ``request.param`` was handed over."""
    world.client("elena").post("/calls/authorities/new/", {"who": "Inspector Zebra", "what": "her number"})
    one = AuthorityRequest.objects.get()
    one.address = f"/calls/authorities/{one.number}/"
    for who in ("bakyt", "saule"):
        world.client(who).post(one.address, GIVE)
    world.client("saule").post(one.address, {"handed_over": request.param, "person_told": "no"})
    assert still_due(one)
    return one


def still_due(one):
    return DueItem.objects.filter(subject=one.pk, done_at=None).exists()


BOTH_WAYS = pytest.mark.parametrize(
    "answered", ["", "her date of birth"], indirect=True, ids=["none", "given"]
)


@BOTH_WAYS
@pytest.mark.parametrize(("says", "ends"), [("told", "told"), ("withheld", "not_told")])
def test_of_a_request_that_is_linked_only_the_case_says_whether_she_hears(world, case, answered, says, ends):
    saule = world.client("saule")
    link(world.client("bakyt"), answered, case)
    decide(world, case, "bakyt", says)
    for typed in ({"do": "told"}, {"do": "not_told"}, {"hears": "told", "why": "by Gulnar, alone"},
                  {"hears": "nobody", "why": "nobody"}, {"hears": "later", "why": "the brother"}):  # fmt: skip
        assert saule.post(answered.address, typed).status_code != 302, typed
    page = saule.get(answered.address).content.decode()
    assert 'name="hears"' not in page and 'value="told"' not in page and 'value="not_told"' not in page
    assert still_due(answered)
    decide(world, case, "saule", says)
    wrong = {"told": "not_told", "not_told": "told"}[ends]
    assert saule.post(answered.address, {"do": wrong}).status_code != 302
    page = saule.get(answered.address).content.decode()
    assert f'value="{ends}"' in page and f'value="{wrong}"' not in page
    assert saule.post(answered.address, {"do": ends}).status_code == 302
    assert not still_due(answered)
    assert f'value="{ends}"' not in saule.get(answered.address).content.decode()


@BOTH_WAYS
def test_of_a_request_that_is_not_linked_no_case_takes_telling_off_the_list(world, answered):
    assert world.client("saule").post(answered.address, {"do": "not_told"}).status_code != 302
    assert still_due(answered)
