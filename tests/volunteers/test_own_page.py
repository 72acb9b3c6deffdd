"""A volunteer's own page on a phone: an address, a PIN, no account; what is asked, hours, money, the letter."""

import re
from contextlib import ExitStack
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from panah.ground.foundation import tenancy
from panah.ground.work.actions.due_items import quarter_of_day
from panah.ground.work.item_rooms import item_room
from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers import helping_rules, sealed_details
from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.models import CallOut, Expense, Hours, IncidentReport, OwnPage, Volunteer
from panah.programmes.volunteers.queries import own_page as queries
from tests.guard.writes import writes
from tests.volunteers.calling_out import PLACE, ask, everybody_trained, helper, made, press, states
from tests.volunteers.making import day, volunteer
from tests.volunteers.own_telephone import PIN, Phone, given

__all__ = ["everybody_trained"]


@pytest.fixture
def row(world):
    return helper(world, "Practice Poplar")


@pytest.fixture
def phone(world, row):
    phone = Phone(given(world, row))
    assert phone.first().status_code == 200 and phone.ticket
    return phone


def test_the_address_and_the_pin_are_kept_as_marks_alone(world, row):
    address = given(world, row)
    phone = Phone(address)
    door = phone.client.get(address)
    assert door.status_code == 200 and "Practice Poplar" not in door.text and "csrf" not in door.text
    assert phone.first().status_code == 200
    kept = OwnPage.objects.get()
    token = address.split("/")[2]
    assert len(token) >= 22 and token.encode() not in bytes(kept.mark) and PIN.encode() not in bytes(kept.pin)
    assert not phone.client.cookies
    assert (
        "It is not shown again"
        not in world.client("ibrat").get(reverse("volunteers:helped", args=[row.pk])).text
    )


@pytest.mark.parametrize("pin", ["123456", "111111", "987654", "12345", "12345a", "890123"])
def test_a_pin_that_is_tried_first_is_not_taken(world, row, pin):
    assert "Choose six digits" in Phone(given(world, row)).first(pin).text
    assert OwnPage.objects.get().pin is None


def test_whoever_finds_the_sheet_opens_nothing_without_the_telephones_last_digits(world, row):
    phone = Phone(given(world, row))
    for _n in range(helping_rules.MOST_WRONG):
        assert "Practice Poplar" not in phone.first(digits="0000").text
    shut = phone.first()
    assert shut.status_code == 403 and "Too many wrong PINs" in shut.text
    item = DueItem.objects.get(purpose="pin", done_at=None)
    assert item.owner == world.staff["ibrat"]
    world.client("ibrat").post(reverse("volunteers:page_step", args=[row.pk, "pin"]))
    assert phone.first().status_code == 200
    item.refresh_from_db()
    assert item.done_at is not None


def test_wrong_pins_close_the_page_and_the_right_one_does_not_open_it_any_more(world, row, phone):
    stranger = Phone(phone.address)
    for _n in range(helping_rules.MOST_WRONG):
        stranger.open("654321")
    assert stranger.open().status_code == 403
    # What was open closes too.
    assert phone.send(do="").status_code == 403
    world.client("ibrat").post(reverse("volunteers:page_step", args=[row.pk, "pin"]))
    assert phone.send(do="", pin="").status_code in (200, 422)
    assert "Practice Poplar" not in phone.open().text


def test_an_unknown_an_ended_and_a_stale_address_answer_alike(world, row):
    address = given(world, row)
    unknown = Client().get("/v/" + "x" * 24 + "/")
    assert unknown.status_code == 410 and "not open any more" in unknown.text
    OwnPage.objects.update(made_on=timezone.localdate() - timedelta(days=40))
    assert Client().get(address).text == unknown.text
    world.client("ibrat").post(reverse("volunteers:page_step", args=[row.pk, "end"]))
    assert Client().get(address).text == unknown.text


def test_whoever_is_asked_answers_on_the_phone_and_the_chosen_one_alone_reads_place_and_hour(
    world, row, phone
):
    other = helper(world, "Practice Other")
    second = Phone(given(world, other))
    second.first()
    call = made(world)
    ask(world, call, row, other)
    page = phone.send()
    assert "Yes, I can" in page.text and PLACE not in page.text
    asked = re.search(r'name="asked" value="([^"]+)"', page.text)[1]
    # What others were asked is not hers to answer.
    second.send(do="answer", asked=asked, answer="yes")
    assert set(states(call).values()) == {Answer.WAITING}
    assert "Thank you" in phone.send(do="answer", asked=asked, answer="yes").text
    his = re.search(r'name="asked" value="([^"]+)"', second.send().text)[1]
    second.send(do="answer", asked=his, answer="later")
    press(world, call, "choose", row)
    assert PLACE in phone.send().text
    told = second.send().text
    assert PLACE not in told and "It is filled" in told
    # A press on a page that is old by now meets a sentence.
    assert "filled already" in second.send(do="answer", asked=his, answer="yes").text
    # She has to cancel late: nobody else had said yes, so the branch is told.
    phone.send(do="cancel", asked=asked)
    assert DueItem.objects.filter(subject=call.pk, purpose="reopened", done_at=None).exists()
    assert PLACE not in phone.send().text


def profile(**more):
    return {
        "do": "profile", "languages": ["ky", "ru"], "availability": ["evenings"], "phone": "+000 555 999 888",
        "may_be_contacted": "on", "quiet_from": "21", "quiet_until": "8", "ties": "Practice village", "language": "ru",
    } | more  # fmt: skip


def test_the_page_names_all_who_read_the_communities(world, row, phone):
    asked = phone.send(**profile(language="en")).text
    assert "Only your branch and the society’s focal points read it." in asked
    for who in ("ibrat", "bakyt"):
        assert (
            "Practice village" in world.client(who).get(reverse("volunteers:volunteer", args=[row.pk])).text
        )


def test_she_puts_her_own_profile_right_and_what_matters_is_asked_of_the_branch(world, row, phone):
    page = phone.send(**profile())
    assert "Сохранено" in page.text
    row.refresh_from_db()
    kept = sealed_details.read(row)
    assert (row.languages, kept["phone"], kept["ties"]) == (
        ["ky", "ru"],
        "+000 555 999 888",
        "Practice village",
    )
    own = OwnPage.objects.get()
    assert (own.quiet_from, own.quiet_until, own.language) == (21, 8, "ru")
    bad = phone.send(**profile(quiet_until="", phone="x", ties="Typed and kept"))
    assert bad.status_code == 422 and "Typed and kept" in bad.text
    phone.send(do="correct", text="Practice: born in 1991")
    assert Volunteer.objects.get(pk=row.pk).born_year == 1990
    text = world.client("ibrat").get(reverse("volunteers:helped", args=[row.pk])).text
    assert "Practice: born in 1991" in text
    item = DueItem.objects.get(purpose="correct", done_at=None)
    world.client("ibrat").post(reverse("volunteers:page_step", args=[row.pk, "correct"]))
    item.refresh_from_db()
    assert (
        item.done_at
        and "1991" not in world.client("ibrat").get(reverse("volunteers:helped", args=[row.pk])).text
    )


def test_hours_and_a_fare_are_asked_for_and_decided_and_a_form_sent_twice_is_one(world, row, phone):
    ibrat, once = world.client("ibrat"), str(uuid4())
    hours = {"do": "hours", "once": once, "minutes": "3,5", "what": "session"} | day(
        "on", timezone.localdate()
    )
    for _n in range(2):
        assert "Saved." in phone.send(**hours).text
    money = {"do": "money", "once": str(uuid4()), "what": "fare", "amount": "150", "currency": "kgs"}
    assert "Saved." in phone.send(**money, **day("on", timezone.localdate())).text
    one, fare = Hours.objects.get(), Expense.objects.get()
    assert (one.minutes, one.state, fare.currency, fare.state) == (210, "asked", "KGS", "asked")
    assert "My hours: 0" in phone.send().text
    for name, pk in (("decide_hours", one.pk), ("decide_money", fare.pk)):
        assert ibrat.post(reverse(f"volunteers:{name}", args=[pk, "yes"])).status_code == 302
    page = phone.send().text
    assert "My hours: 3.5" in page and "150 KGS, fare, paid on" in page
    assert not DueItem.objects.filter(done_at=None, purpose__in=["hours", "money"]).exists()
    assert "changed meanwhile" in ibrat.post(reverse("volunteers:decide_hours", args=[one.pk, "no"])).text
    for wrong in ({"minutes": "30"}, {"minutes": "x"}, day("on", timezone.localdate() - timedelta(days=200))):
        assert phone.send(**hours | {"once": str(uuid4())} | wrong).status_code == 422
    assert Hours.objects.count() == 1


def test_the_letter_says_hours_and_years(world, row, phone):
    Volunteer.objects.update(joined_on=timezone.localdate().replace(day=1) - timedelta(days=800))
    written = {"minutes": "12", "what": "line"} | day("on", date(2026, 2, 3))
    assert world.client("ibrat").post(reverse("volunteers:helped", args=[row.pk]), written).status_code == 302
    letter = phone.send(do="letter")
    text = PdfReader(BytesIO(letter.content)).pages[0].extract_text()
    assert letter["Content-Type"] == "application/pdf" and "Practice Poplar" in text
    assert "Full years of service\n2" in text and "Hours confirmed by the branch\n12" in text


def test_she_pauses_and_comes_back_and_asks_to_be_rung(world, row, phone):
    assert "You pause" in phone.send(do="pause").text
    row.refresh_from_db()
    assert row.state == "paused"
    phone.send(do="return")
    row.refresh_from_db()
    assert row.state == "active" and [one["what"] for one in sealed_details.read(row)["history"]][-2:] == [
        "paused",
        "returned",
    ]
    phone.send(do="tell")
    phone.send(do="debrief")
    assert DueItem.objects.get(purpose="tell", done_at=None).urgency == "now"
    world.client("ibrat").post(reverse("volunteers:page_step", args=[row.pk, "debrief"]))
    assert not DueItem.objects.filter(purpose="debrief", done_at=None).exists()


def test_what_was_typed_when_the_page_had_closed_is_done_after_the_pin(world, row, phone):
    phone.ticket = queries.ticket(OwnPage.objects.get(), at=timezone.now() - timedelta(hours=1))
    once = str(uuid4())
    door = phone.send(do="hours", once=once, minutes="2", what="office", **day("on", timezone.localdate()))
    assert "What you typed is kept" in door.text and not Hours.objects.exists()
    kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', door.text))
    for _twice in range(2):
        assert Phone(phone.address).send(**kept, pin=PIN).status_code == 200
    assert Hours.objects.count() == 1


def test_another_branch_gives_no_address_and_decides_nothing(world, row, phone):
    hours = {"do": "hours", "once": str(uuid4()), "minutes": "3", "what": "session"}
    phone.send(**hours, **day("on", timezone.localdate()))
    one = Hours.objects.get()
    for who in ("rustam", "amina", "cholpon"):
        client = world.client(who)
        assert client.post(reverse("volunteers:give_page", args=[row.pk])).status_code == 404
        assert client.get(reverse("volunteers:helped", args=[row.pk])).status_code == 404
        assert client.post(reverse("volunteers:decide_hours", args=[one.pk, "yes"])).status_code == 404


def test_the_page_speaks_russian(world, row):
    address = given(world, row)
    assert "Ваша страница" in Client().get(address + "?in=ru").text


def test_somebody_who_only_asked_to_join_has_no_page_yet(world):
    row = volunteer(world)
    Volunteer.objects.update(state="asked")
    assert (
        "Only whoever takes part"
        in world.client("ibrat").post(reverse("volunteers:give_page", args=[row.pk])).text
    )


def questions(phone):
    """How many questions the opened page asks of the databases."""
    with ExitStack() as stack:
        asked = [
            stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in settings.DATABASES
        ]
        assert phone.send().status_code == 200
        return sum(len(one) for one in asked)


def test_the_page_asks_no_more_for_many_call_outs_and_hours_than_for_few(world, row, phone):
    few = None
    for number in (2, 8):
        for _one in range(number):
            ask(world, made(world, what="help", language=""), row)
            phone.send(
                do="hours", once=uuid4(), minutes="2", what="session", **day("on", timezone.localdate())
            )
        few = few or questions(phone)
    assert questions(phone) <= few and Hours.objects.count() == 10


def test_ring_me_on_a_call_out_leads_ibrat_to_an_incident_that_the_focal_points_alone_read(world, row, phone):
    call = made(world)
    ask(world, call, row)
    press(world, call, "choose", row)
    assert phone.send().text.count("Something happened: ring me") == 2
    phone.send(do="tell")
    item = DueItem.objects.get(purpose="tell", done_at=None)
    assert item.owner == world.staff["ibrat"]
    ibrat = world.client("ibrat")
    # Whatever the hour at which this test runs, the call-out is of today.
    CallOut.objects.update(day=timezone.localdate())
    helped = ibrat.get(item_room(item.room).ends_on["tell"](item.subject, "")).text
    step = reverse("volunteers:write_incident", args=[row.pk])
    assert "Ring now" in helped and "3 456" in helped.replace("\xa0", " ") and step in helped
    form = ibrat.get(step).text
    assert "The volunteer asked to be rung." in form and "On a call-out:" in form
    told = "Practice: the man at the gate followed me home"
    with writes() as wrote:
        assert ibrat.post(step, {"what": told, **day("on", timezone.localdate())}).status_code == 302
    # Of whom the incident tells is sealed: nothing that names her is written with it.
    assert wrote and not {row.pk, item.pk} & wrote
    assert "Ring now" not in ibrat.get(reverse("volunteers:helped", args=[row.pk])).text
    ended = ended_by_the_node(world, item)
    assert ended.done_by == world.staff["ibrat"] and ended.done_at == quarter_of_day(ended.done_at)
    report = reverse("volunteers:incident", args=[IncidentReport.objects.get().pk])
    assert told in world.client("saule").get(report).text
    assert ibrat.get(report).status_code == 404 and told not in ibrat.get(step).text


def test_ring_me_that_was_no_incident_ends_with_one_press(world, row, phone):
    phone.send(do="tell")
    ibrat, helped = world.client("ibrat"), reverse("volunteers:helped", args=[row.pk])
    assert "nothing is to be written down" in ibrat.get(helped).text
    ibrat.post(reverse("volunteers:page_step", args=[row.pk, "tell"]))
    assert "nothing is to be written down" not in ibrat.get(helped).text
    item = DueItem.objects.get(purpose="tell", done_at=None)
    # As after an incident: which of the two it was shows by nothing.
    assert ended_by_the_node(world, item).done_at is not None


def test_whoever_asks_to_be_rung_once_more_is_not_taken_for_rung(world, row, phone):
    phone.send(do="tell")
    ibrat, helped = world.client("ibrat"), reverse("volunteers:helped", args=[row.pk])
    ibrat.post(reverse("volunteers:page_step", args=[row.pk, "tell"]))
    phone.send(do="tell")
    assert "Ring now" in ibrat.get(helped).text
    again = DueItem.objects.get(purpose="tell", done_at=None)
    with tenancy.tenant_context(row.society_id):
        volunteers.end_lines_of_rung(at=timezone.now() + timedelta(hours=9))
    again.refresh_from_db()
    assert again.done_at is None


def ended_by_the_node(world, item):
    """The due item as it is when the node has ended the lines of those who were rung."""
    item.refresh_from_db()
    assert item.done_at is None
    with tenancy.tenant_context(item.society_id):
        volunteers.end_lines_of_rung(at=timezone.now() + timedelta(hours=9))
    item.refresh_from_db()
    return item
