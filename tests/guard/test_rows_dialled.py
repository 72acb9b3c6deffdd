"""Somebody changes what stands beside a number: none that was ended, never vetted or never published is dialled for it.

The true ones stay on the page, and focal points hear of it.
"""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.directory import actions as directory
from panah.ground.directory.actions import NumberEntry, ServiceEntry
from panah.ground.foundation import dialled_numbers
from panah.ground.network.queries import emergency_numbers
from panah.people.public.promises import promises
from panah.people.safety import actions as safety
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation.models import Point
from tests import delivered
from tests.guard.past_panah import copied, noticed, put_back, put_in, sql, swap
from tests.safety.test_interpreters import add, vetted

NUMBERS, INTERPRETERS, SERVICES = "directory_hotlinenumber", "safety_interpreter", "directory_service"
ENDED, WORKS = "+000 555 66 66", "+000 555 01 16"
FIRST = "Are you under 18? Call here first."


@pytest.fixture
def north(world):
    return world.societies["north"].pk


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something as a request does it: what follows a commit happens."""

    def do(what, **given):
        with django_capture_on_commit_callbacks(execute=True):
            return what(**given)

    return do


@pytest.fixture
def register(world, at):
    delivered.load(directory.load_reference_data, at=at)


def plain(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def for_strangers(**query):
    answer = Client().get(reverse("public:numbers"), {"in": "en", "country": "XA", "speaks": "ru", **query})
    assert answer.status_code == 200
    return answer.text


def shows(page, number):
    return number in plain(page) or "tel:" + number.replace(" ", "") in page


def a_number(world, committed, number, *, kind="child", ended=False, name="Practice line Reed", row=None):
    """A focal point writes it on the page's form, and somebody tries it."""
    bakyt = world.staff["bakyt"]
    entry = NumberEntry(iso2="XA", kind=kind, number=number, name_en=name, languages=["ru"], ended=ended)
    return committed(
        directory.save_number, entry=entry, by=bakyt, at=timezone.now(), number=row, society=bakyt.society
    )


def tried(world, committed, number):
    """A colleague rings it, and somebody answers."""
    committed(
        directory.record_verification,
        hotline_number=number.pk,
        outcome="answered",
        by=world.staff["bakyt"],
        at=timezone.now(),
    )


@pytest.fixture
def ended(world, register, committed):
    """A line for children that answered once and was ended by a focal point."""
    row = a_number(world, committed, ENDED)
    tried(world, committed, row)
    assert shows(for_strangers(), ENDED), "control"
    row = a_number(world, committed, ENDED, row=row, ended=True)
    assert not shows(for_strangers(), ENDED), "control"
    assert not noticed(world.societies["north"].pk), "control"
    return row


# -- numbers -----------------------------------------------------------------------------------------


def test_a_number_that_was_ended_comes_back_by_no_flag(world, north, ended):
    swap(NUMBERS, "ended", False, id=ended.pk)
    page = for_strangers()
    assert not shows(page, ENDED)
    assert shows(page, "0000112") or "tel:" in page, "the others stay"
    assert noticed(north)


def test_a_number_that_was_ended_is_no_longer_found_by_colleagues_for_one_flag(world, north, ended):
    swap(NUMBERS, "ended", False, id=ended.pk)
    assert not shows(world.client("elena").get("/network/numbers/").text, ENDED)
    assert noticed(north)


def test_the_row_of_before_it_was_ended_put_back_complete_is_not_dialled(world, north, register, committed):
    row = a_number(world, committed, ENDED)
    tried(world, committed, row)
    old = copied(NUMBERS, id=row.pk)
    a_number(world, committed, ENDED, row=row, ended=True)
    put_back(NUMBERS, old)
    assert not shows(for_strangers(), ENDED)
    assert noticed(north)


def test_a_number_that_answered_is_not_taken_away_by_a_flag(world, north, register, committed):
    row = a_number(world, committed, WORKS)
    tried(world, committed, row)
    swap(NUMBERS, "ended", True, id=row.pk)
    assert shows(for_strangers(), WORKS), "shown all the same"
    assert noticed(north)


def test_a_number_that_did_not_answer_is_not_tried_by_a_row(world, north, register, committed):
    """Nobody tried it: the row of a trial that was put in brings it to no stranger."""
    row = a_number(world, committed, ENDED)
    before = shows(for_strangers(), ENDED) and "It may not answer" not in plain(for_strangers())
    assert not before, "control"
    put_in(
        "directory_verification", service_id=None, hotline_number_id=row.pk, at=timezone.now(), by="Bakyt",
        outcome="answered", note="", expires_on=timezone.localdate() + timedelta(days=200),
    )  # fmt: skip
    page = plain(for_strangers())
    around = page[page.index("Practice line Reed") :][:300] if "Practice line Reed" in page else ""
    assert not around or "It may not answer" in around
    assert noticed(north)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("languages", ["tg"]),
        ("free", True),
        ("hours", [{"byday": ["MO"], "opens": "00:00", "closes": "24:00"}]),
    ],
)
def test_what_a_stranger_chooses_a_number_by_is_what_was_written(
    world, north, register, committed, column, value
):
    row = a_number(world, committed, WORKS)
    tried(world, committed, row)
    before = plain(for_strangers())
    swap(NUMBERS, column, value, id=row.pk)
    after = plain(for_strangers())
    assert before == after or "Practice line Reed" not in after
    assert noticed(north)


# -- interpreters ------------------------------------------------------------------------------------


def listed(world, who="amina"):
    return world.client(who).get(reverse("safety:interpreters") + "?language=uz").text


def page_of(world, row, who="amina"):
    return world.client(who).get(reverse("safety:interpreter", args=[row.pk])).text


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def test_whom_to_ask_about_first_is_not_made_free_of_ties_by_a_row(world, north, committed):
    row = committed(vetted, world=world, name="Practice Voice Ask", ask_first=True)
    assert "ask a focal point first" in page_of(world, row), "control"
    swap(INTERPRETERS, "ties", "none", id=row.pk)
    page = page_of(world, row)
    assert "asked, none known" not in page and ("+000 12" not in page or "ask a focal point first" in page)
    assert noticed(north)


def test_vetting_that_has_run_out_does_not_count_on_for_a_row(world, north, committed):
    row, keys = committed(add, world=world, name="Practice Voice Late"), world.keys("bakyt")
    given = {"keys": keys, "row": row, "at": timezone.now() - timedelta(days=400)}
    committed(safety.ask_about_ties, ask_first=False, ties="none", not_for="", on=today(-400), **given)
    committed(safety.vet, checked="Two colleagues", undertaking_on=today(-400), until=today(-1), **given)
    assert "vetting has run out" in listed(world), "control"
    swap(INTERPRETERS, "vetted_until", today(500), id=row.pk)
    assert "vetting has run out" in listed(world) or "+000 12" not in page_of(world, row)
    assert noticed(north)


def test_whom_nobody_vetted_is_not_vetted_by_a_row(world, north, committed):
    committed(vetted, world=world, name="Practice Voice Zorro")
    row = committed(add, world=world, name="Practice Voice Anew")
    sql(
        f'UPDATE "{INTERPRETERS}" SET "vetted_by_id" = %s, "vetted_on" = %s, "vetted_until" = %s, '
        '"undertaking_on" = %s, "ties" = %s, "ties_asked_on" = %s WHERE "id" = %s',
        world.staff["bakyt"].pk, today(), today(300), today(), "none", today(), row.pk,
    )  # fmt: skip
    page, text = page_of(world, row), listed(world)
    assert "Not vetted" in page or "+000 12" not in page
    assert "Anew" not in text or text.index("Zorro") < text.index("Anew")
    assert noticed(north)


def test_an_interpreter_who_was_ended_comes_back_by_no_flag(world, north, committed):
    row = committed(vetted, world=world, name="Practice Voice Gone")
    committed(safety.end_interpreter, keys=world.keys("bakyt"), row=row, why="Practice", at=timezone.now())
    assert "Practice Voice Gone" not in listed(world), "control"
    swap(INTERPRETERS, "ended_on", None, id=row.pk)
    text = listed(world)
    assert "Practice Voice Gone" not in text or "+000 12" not in page_of(world, row)
    assert noticed(north)


def test_an_interpreter_speaks_what_was_written_of_her(world, north, committed):
    row = committed(vetted, world=world, name="Practice Voice Reed", languages=["ru"])
    assert "Practice Voice Reed" not in listed(world), "control"
    swap(INTERPRETERS, "languages", ["uz", "ky", "tg"], id=row.pk)
    assert "Practice Voice Reed" not in listed(world)
    assert noticed(north)


# -- partners and duty numbers -----------------------------------------------------------------------


@pytest.fixture
def service(world, committed):
    """A partner that has ended, with its telephone."""
    bakyt = world.staff["bakyt"]
    entry = ServiceEntry(
        iso2="XA", name_en="Practice legal aid", organization_name="Practice lawyers", organization_kind="LegalService",
        needs=["legal_help"], phones=[WORKS],
    )  # fmt: skip
    return committed(directory.save_service, entry=entry, by=bakyt, society=bakyt.society, at=timezone.now())


@pytest.mark.parametrize("status", ["defunct", "inactive"])
def test_a_partner_that_takes_nobody_does_not_come_back_by_a_row(world, north, service, status):
    # As the page writes it: by the model, with what it keeps of it.
    service.status = status
    service.save()
    dialled_numbers.keep([service])
    before = plain(world.client("elena").get("/network/").text)
    swap(SERVICES, "status", "active", id=service.pk)
    after = plain(world.client("elena").get("/network/").text)
    assert before == after or "Practice legal aid" not in after or WORKS not in after
    assert noticed(north)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        (SERVICES, "address", "Practice: 5 Mill Lane"),
        (SERVICES, "website", "https://elsewhere.example/"),
        (SERVICES, "how_to_refer", "Practice: bring her to the bus station."),
        ("directory_organization", "name_en", "Practice ministry"),
        ("directory_organization", "website", "https://elsewhere.example/"),
    ],
)
def test_where_to_send_somebody_is_shown_as_it_was_written(world, north, service, table, column, value):
    pk = service.pk if table == SERVICES else service.organization_id
    swap(table, column, value, id=pk)
    page = world.client("elena").get(f"/network/services/{service.pk}/").text
    assert value not in html.unescape(page)
    assert noticed(north)


def test_a_term_that_was_put_in_makes_no_shelter_of_a_partner(world, north, service):
    put_in("directory_serviceterm", service_id=service.pk, kind="need", term="shelter")
    found = plain(world.client("elena").get("/network/", {"need": "shelter"}).text)
    assert "Practice legal aid" not in found
    assert noticed(north)


def test_a_duty_number_that_was_ended_comes_back_by_no_row(world, north, committed):
    said = {
        "function": "duty",
        "title": "Practice duty desk",
        "languages": ["ru", "en"],
        "phone": "+7 701 000 0000",
    }
    answer = committed(
        world.client("bakyt").post, path=reverse("cooperation:new_point"), data=said | {"night": "on"}
    )
    assert answer.status_code == 302
    here, point = reverse("cooperation:start"), Point.objects.get()
    assert "Practice duty desk" in world.client("elena").get(here).text, "control"
    committed(cooperation.end_point, point=point, by=world.staff["bakyt"], at=timezone.now())
    assert "Practice duty desk" not in world.client("elena").get(here).text, "control"
    swap("cooperation_point", "ended", False, id=point.pk)
    assert "Practice duty desk" not in world.client("elena").get(here).text
    assert noticed(north)


# -- rule sheets -------------------------------------------------------------------------------------


def a_rule(world, key, value, **more):
    row = {
        "iso2": "XA", "society_id": world.societies["north"].pk, "key": key, "value": json.dumps(value), "text_en": "", "text_ru": "",
        "source": "", "valid_from": today(-1), "checked_on": today(-1), "checked_by": "Practice Lawyer Maple",
        "entered_at": timezone.now(), "entered_by": "Bakyt", **more,
    }  # fmt: skip
    return put_in("network_ruleline", **row)


def test_a_promise_that_nobody_wrote_is_read_by_no_stranger(world, north, register):
    a_rule(world, "exception_order", {"decides": "two_and_lawyer"}, text_en="Only the ministry is told.")
    assert "Only the ministry is told." not in plain(for_strangers())
    assert noticed(north)


def test_days_of_an_answer_that_nobody_wrote_are_promised_to_nobody(world, north, register):
    a_rule(world, "message_days", 91)
    assert promises(world.societies["north"], on=timezone.localdate()).answer_days != 91
    assert noticed(north)


def test_a_rule_that_nobody_checked_is_not_checked_by_a_row(world, north, register):
    before = plain(world.client("elena").get(reverse("network:society", args=["practice-north"])).text)
    sql(
        'UPDATE "network_ruleline" SET "checked_on" = %s, "checked_by" = %s',
        today(-1),
        "Practice Lawyer Maple",
    )
    after = plain(world.client("elena").get(reverse("network:society", args=["practice-north"])).text)
    assert "Practice Lawyer Maple" not in after.replace(before, "")
    assert noticed(north)


def test_with_every_emergency_number_spoiled_the_release_still_says_whom_to_call(world, north, register):
    on = timezone.localdate()
    true = emergency_numbers(iso2="KZ", on=on)
    assert true.numbers, "control"
    sql(
        'UPDATE "network_ruleline" SET "value" = %s WHERE "key" = \'emergency_numbers\'',
        [{"for": "any", "number": "0555"}],
    )
    assert [one.number for one in emergency_numbers(iso2="KZ", on=on).numbers] == [
        one.number for one in true.numbers
    ]
    sql('DELETE FROM "network_ruleline" WHERE "key" = \'emergency_numbers\'')
    assert [one.number for one in emergency_numbers(iso2="KZ", on=on).numbers] == [
        one.number for one in true.numbers
    ]
    assert noticed(north)


@pytest.mark.parametrize(("column", "value"), [("website", "https://elsewhere.example/"), ("hosted", False)])
def test_a_society_is_found_where_it_is(world, north, register, column, value):
    swap("network_society", column, value, id=north)
    page = world.client("elena").get(reverse("network:society", args=["practice-north"]))
    assert page.status_code == 200 and "elsewhere.example" not in page.text
    assert Client().get("/info/write", {"in": "en", "country": "XA"}).text.count('name="go"')
    assert noticed(north)


def test_a_paired_society_is_written_to_at_the_address_of_its_card(world, north, paired):
    """Both stand on this node, where the page shows no address: it is shown once the other is elsewhere."""
    swap("network_society", "hosted", False, id=world.societies["south"].pk)
    swap("exchange_peer", "address", "https://elsewhere.example", id=paired.north.pk)
    answer = world.client("bakyt").get(reverse("exchange:peer", args=[paired.north.pk]))
    assert "elsewhere.example" not in answer.text
    assert noticed(north)
