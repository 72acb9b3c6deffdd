"""Somebody changes which numbers may be dialled and shown: what strangers and colleagues read stays as Panah wrote it."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.directory import actions as directory
from panah.ground.directory import queries as directory_queries
from panah.ground.directory.actions import NumberEntry, ServiceEntry
from panah.ground.directory.models import HotlineNumber, Organization, Service
from panah.ground.foundation.changed_rows import changed_in
from panah.ground.foundation.tenancy import NO_TENANT
from panah.ground.network.models import RuleLine
from panah.ground.network.queries import emergency_numbers
from panah.ground.vault import shred_store
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem
from tests import delivered
from tests.guard.past_panah import noticed, put_in, sql, swap, take_out

NUMBERS, TRIED, RULES = "directory_hotlinenumber", "directory_verification", "network_ruleline"
SERVICES, TERMS, PHONES = "directory_service", "directory_serviceterm", "directory_servicephone"
CONTACTS, ORGANIZATIONS = "directory_servicecontact", "directory_organization"
HIS = "+0 666 666 66 66"
CHILDREN = "Are you under 18?"


@pytest.fixture
def register(world):
    """What Panah is delivered with, the practice societies included."""
    return delivered.load(directory.load_reference_data, at=world.at)


@pytest.fixture
def north(world):
    return world.societies["north"]


def text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def page_of(name, **query):
    answer = Client().get(reverse(name), {"in": "en", "speaks": "ru", **query})
    assert answer.status_code == 200
    return text(answer.text)


def numbers(country="XA", **query):
    return page_of("public:numbers", country=country, **query)


def places(**query):
    return page_of("public:places", place="XA", **query)


def saved(world, committed, **said):
    said = {
        "iso2": "XA",
        "kind": "child",
        "number": "0 000 000 07 07",
        "name_en": "Practice line Gone",
    } | said
    by = world.staff["bakyt"]
    return committed(directory.save_number, entry=NumberEntry(**said), by=by, society=by.society, at=world.at)


def served(world, committed, **said):
    said = {
        "iso2": "XA", "name_en": "Practice house Alder", "organization_name": "Practice Alder",
        "organization_kind": "NGO", "needs": ["legal_help"], "phones": ["+0 000 000 08 08"],
    } | said  # fmt: skip
    by = world.staff["bakyt"]
    return committed(
        directory.save_service, entry=ServiceEntry(**said), by=by, society=by.society, at=world.at
    )


def test_a_line_for_children_that_has_ended_comes_back_by_no_flag(world, north, register, committed):
    row = saved(world, committed, ended=True)
    assert "Practice line Gone" not in numbers() and CHILDREN in numbers(), "control"
    swap(NUMBERS, "ended", False, id=row.pk)
    assert "Practice line Gone" not in numbers()
    assert noticed(north.pk)


def test_a_line_that_was_ended_ends_for_nobody_who_rings_it(world, north, register, committed):
    saved(world, committed)
    assert "0 000 000 07 07" in numbers(), "control"
    sql(f'UPDATE "{NUMBERS}" SET "ended" = %s', True)
    assert "0 000 000 07 07" in numbers() and CHILDREN in numbers()
    assert noticed(north.pk)


@pytest.mark.parametrize(
    ("column", "value"),
    [("iso2", "XB"), ("kind", "ngo"), ("number", HIS), ("name_en", "Practice police"), ("note_en", HIS)],
)
def test_whatever_is_written_over_a_line_it_is_given_out_as_it_was_written(
    world, north, register, committed, column, value
):
    row = saved(world, committed)
    before = numbers()
    assert CHILDREN in before and before.index(CHILDREN) < before.index("0 000 000 07 07"), "control"
    swap(NUMBERS, column, value, id=row.pk)
    assert numbers() == before
    assert noticed(north.pk)


@pytest.mark.parametrize(("column", "value"), [("free", True), ("languages", ["ru"]), ("hours", [])])
def test_no_flag_puts_a_line_before_the_others(world, north, register, committed, column, value):
    said = {
        "free": False,
        "languages": ["fr"],
        "hours": [{"byday": ["MO"], "opens": "03:00", "closes": "03:01"}],
    }
    row = saved(world, committed, kind="ngo", name_en="Aaa practice line", **said)
    before = numbers()
    swap(NUMBERS, column, value, id=row.pk)
    assert numbers() == before
    assert noticed(north.pk)


def test_a_line_that_was_put_in_is_shown_to_nobody(world, north, register):
    fields = {one.column: one.get_default() for one in HotlineNumber._meta.concrete_fields}
    said = {
        "society_id": north.pk,
        "iso2": "XA",
        "kind": "child",
        "number": HIS,
        "name_en": "Practice friend",
    }
    pk = put_in(NUMBERS, **{name: value for name, value in {**fields, **said}.items() if name != "id"})
    assert HIS not in numbers() and "Practice friend" not in numbers()
    assert world.client("bakyt").get(f"/network/numbers/{pk}/").status_code == 404
    assert "Practice friend" not in world.client("amina").get("/network/numbers/").text
    assert noticed(north.pk)


def test_lines_that_were_taken_out_are_shown_still(world, north, register):
    before = numbers()
    sql(f'DELETE FROM "{TRIED}" WHERE "hotline_number_id" IS NOT NULL')
    sql(f'DELETE FROM "{NUMBERS}"')
    assert numbers() == before
    assert noticed(north.pk)


def test_a_number_that_does_not_work_is_not_tried_anew_by_a_row(world, north, register):
    assert "Practice migration line" not in numbers(), "control: it did not work"
    number = HotlineNumber.objects.get(name_en="Practice migration line").pk
    now = timezone.now()
    put_in(
        TRIED, hotline_number_id=number, service_id=None, at=now, by="Amina", outcome="answered", note="",
        expires_on=now.date() + timedelta(days=90),
    )  # fmt: skip
    assert "Practice migration line" not in numbers()
    take_out(TRIED, hotline_number_id=number)
    assert "Practice migration line" not in numbers()
    assert noticed(north.pk)


def test_what_a_try_found_is_not_turned_round(world, north, register):
    number = HotlineNumber.objects.get(name_en="Practice migration line").pk
    swap(TRIED, "outcome", "answered", hotline_number_id=number)
    sql(f'UPDATE "{TRIED}" SET "expires_on" = %s', timezone.localdate() + timedelta(days=500))
    assert "Practice migration line" not in numbers()
    assert noticed(north.pk)


def emergency(country="XA"):
    page = numbers(country)
    return page[page.index("In danger now?") :][:400]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", [{"for": "any", "number": HIS}]),
        ("valid_from", "2099-01-01"),
        ("iso2", "XB"),
        ("society_id", None),
        ("key", "data_law"),
        ("text_en", HIS),
    ],
)
def test_whatever_is_written_over_emergency_numbers_the_true_ones_are_shown(
    world, north, register, column, value
):
    before = emergency()
    assert "112" in before, "control"
    sql(f'UPDATE "{RULES}" SET "{column}" = %s WHERE "key" = %s', value, "emergency_numbers")
    assert emergency() == before
    assert noticed(north.pk)


def rule_line(north, **said):
    now = timezone.now()
    return {
        "iso2": "XA", "society_id": north.pk, "text_en": "", "text_ru": "", "source": "", "entered_at": now,
        "valid_from": now.date() - timedelta(days=1), "checked_on": now.date(), "checked_by": "Saule",
        "entered_by": "Saule", **said,
    }  # fmt: skip


def test_emergency_numbers_that_were_put_in_are_dialled_by_nobody(world, north, register):
    before = emergency()
    put_in(RULES, **rule_line(north, key="emergency_numbers", value=[{"for": "any", "number": HIS}]))
    assert emergency() == before
    page = world.client("amina").get("/network/").text
    assert HIS not in page
    assert noticed(north.pk)


def test_emergency_numbers_that_were_taken_out_are_shown_still(world, north, register):
    before = emergency(), emergency("KZ")
    sql(f'DELETE FROM "{RULES}"')
    assert (emergency(), emergency("KZ")) == before
    assert noticed(north.pk)


def test_a_check_that_nobody_made_makes_no_promise(world, north, register):
    assert "Nobody has checked yet what the law here makes us tell." in numbers(), "control"
    sql(f'UPDATE "{RULES}" SET "checked_on" = %s, "checked_by" = %s', timezone.localdate(), "Saule")
    assert "Nobody has checked yet what the law here makes us tell." in numbers()
    assert noticed(north.pk)


def test_which_sheet_is_in_force_is_decided_by_no_row(world, north, register):
    rules = reverse("network:rules", args=[north.slug])
    client = world.client("bakyt")

    def sheet():
        return text(client.get(rules).text)

    before = sheet()
    put_in(RULES, **rule_line(north, key="child_age", value="12"))
    put_in(RULES, **rule_line(north, key="unverified_numbers", value={"unverified": "left_out"}))
    put_in(RULES, **rule_line(north, key="retention_case", value="1"))
    assert sheet() == before
    sql(f'UPDATE "{RULES}" SET "value" = %s WHERE "key" IN (%s, %s)', "1", "child_age", "retention_case")
    sql(f'UPDATE "{RULES}" SET "text_en" = %s', "Practice words of his")
    assert sheet() == before
    assert "are left out" not in numbers()
    assert noticed(north.pk)


def test_a_service_that_has_ended_comes_back_by_no_flag(world, north, register, committed):
    row = served(world, committed, status="defunct")
    assert "Practice house Alder" not in places(), "control"
    swap(SERVICES, "status", "active", id=row.pk)
    assert "Practice house Alder" not in places()
    assert "Practice house Alder" not in world.client("amina").get("/network/").text
    assert noticed(north.pk)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("status", "defunct"), ("iso2", "XB"), ("name_en", "Practice police"), ("address", "9 Planted Lane"),
        ("hours_en", HIS), ("free", True), ("minimum_age", 90),
    ],
)  # fmt: skip
def test_whatever_is_written_over_a_service_it_is_shown_as_it_was_written(
    world, north, register, committed, column, value
):
    row = served(world, committed)
    before = places()
    assert "Practice house Alder" in before, "control"
    swap(SERVICES, column, value, id=row.pk)
    assert places() == before
    assert noticed(north.pk)


def test_the_telephone_of_a_service_stays_the_true_one(world, north, register, committed):
    row = served(world, committed)
    before = places()
    put_in(PHONES, service_id=row.pk, number=HIS, note="")
    assert places() == before
    sql(f'UPDATE "{PHONES}" SET "number" = %s', HIS)
    assert places() == before
    sql(f'DELETE FROM "{PHONES}"')
    assert places() == before
    assert noticed(north.pk)


def test_a_service_that_was_put_in_is_shown_to_nobody(world, north, register, committed):
    served(world, committed)
    before = places()
    organization = Organization.objects.get(name_en="Practice Alder")
    fields = {one.column: one.get_default() for one in Service._meta.concrete_fields}
    said = {
        "society_id": north.pk,
        "organization_id": organization.pk,
        "iso2": "XA",
        "name_en": "Practice friend",
    }
    pk = put_in(SERVICES, **{name: value for name, value in {**fields, **said}.items() if name != "id"})
    put_in(PHONES, service_id=pk, number=HIS, note="")
    put_in(TERMS, service_id=pk, kind="need", term="legal_help")
    assert places() == before
    assert world.client("bakyt").get(f"/network/services/{pk}/").status_code == 404
    assert noticed(north.pk)


def test_a_house_with_beds_does_not_become_an_office_with_an_address(world, north, register, committed):
    row = served(world, committed, needs=["shelter"])
    before = places()
    assert "Practice house Alder" in before, "control"
    swap(SERVICES, "address", "9 Planted Lane", id=row.pk)
    swap(TERMS, "term", "legal_help", service_id=row.pk)
    page = world.client("amina").get(f"/network/services/{row.pk}/").text
    assert places() == before and "9 Planted Lane" not in page
    take_out(TERMS, service_id=row.pk)
    assert places() == before
    assert noticed(north.pk)


def test_an_office_does_not_become_an_embassy_by_a_row(world, north, register, committed):
    served(world, committed, name_en="Practice office Alder")
    before = numbers()
    assert "Practice office Alder" not in before, "control"
    swap(ORGANIZATIONS, "kind", "Consulate", name_en="Practice Alder")
    assert numbers() == before
    assert noticed(north.pk)


def test_a_contact_that_did_not_agree_leaves_in_no_file(world, north, register, committed):
    row = served(world, committed, contact_name="Practice Contact Alder", contact_phone="+0 000 000 09 09")

    def leaving():
        return directory_queries.file_of(directory_queries.everything(), form="json", at=world.at).decode()

    assert "Practice house Alder" in leaving() and "Practice Contact Alder" not in leaving(), "control"
    swap(CONTACTS, "may_be_shared", True, service_id=row.pk)
    assert "Practice house Alder" in leaving() and "Practice Contact Alder" not in leaving()
    assert noticed(north.pk)


def test_where_nothing_is_kept_the_numbers_of_the_release_are_shown_as_checked_by_nobody(
    world, north, register
):
    before = emergency_numbers(iso2="KZ", on=world.at.date()).numbers
    assert before, "control"
    sql(f'DELETE FROM "{RULES}"')
    shred_store.drop(RuleLine.protection.kind, [NO_TENANT])
    shown = emergency("KZ")
    assert all(one.number in shown for one in before) and "Nobody of us has tried these numbers." in shown
    assert not emergency_numbers(iso2="KZ", on=world.at.date()).checked


def test_all_of_it_is_put_right_at_once_and_every_society_is_told(world, north, register, committed):
    row = saved(world, committed, ended=True)
    swap(NUMBERS, "ended", False, id=row.pk)
    sql(f'DELETE FROM "{TRIED}"')
    sql(f'DELETE FROM "{RULES}"')
    sql(f'UPDATE "{SERVICES}" SET "status" = %s', "defunct")
    assert committed(work.put_node_rows_right, at=timezone.now())
    assert not changed_in(NO_TENANT) and not committed(work.put_node_rows_right, at=timezone.now())
    assert HotlineNumber.objects.get(pk=row.pk).ended and RuleLine.objects.filter(iso2="KZ").exists()
    assert not Service.objects.filter(reference="north-clinic-urgent", status="defunct").exists()
    for society in world.societies.values():
        assert DueItem.objects.filter(society=society.pk, purpose="rows", done_at=None).exists()
        assert Entry.objects.filter(society=society.pk, event="vault:rows:changed").count() == 4


def test_whoever_corrects_an_entry_saves_nothing_that_somebody_wrote_into_its_row(world, register, committed):
    row = saved(world, committed, note_en="Ask for Saule.")
    swap(NUMBERS, "note_en", HIS, id=row.pk)
    found = directory_queries.editable_hotline(row.pk, by=world.staff["bakyt"])
    assert found is not None and found.note_en == "Ask for Saule."
    assert HIS not in world.client("bakyt").get(f"/network/numbers/{row.pk}/change/").text


def test_what_panah_brings_is_loaded_over_what_somebody_changed(world, north, register):
    swap(NUMBERS, "edited_at", world.at, reference="north-line")
    swap(NUMBERS, "number", HIS, reference="north-line")
    work.put_node_rows_right(at=world.at)
    directory.load_reference_data(at=world.at, practice=True)
    assert HIS not in numbers() and HotlineNumber.objects.get(reference="north-line").edited_at is None


def test_an_entry_that_is_deleted_here_is_gone_with_all_that_belongs_to_it(world, north, register, committed):
    row = served(world, committed)
    committed(
        directory.record_verification,
        outcome="answered",
        by=world.staff["amina"],
        at=world.at,
        service=row.pk,
    )
    committed(row.delete)
    assert "Practice house Alder" not in places() and not changed_in(NO_TENANT)
