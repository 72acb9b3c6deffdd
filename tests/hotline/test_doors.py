"""Who gets in where, and what bad input does: a clear answer, nothing lost, nothing broken."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah.ground.vault import actions as vault
from panah.ground.work.models import DueItem
from panah.people.hotline import queries
from panah.people.hotline.models import Contact, WaitingDraft

OF_A_CONTACT = [
    "",
    "draft",
    "alive",
    "beside",
    "emergency/",
    "emergency/draft",
    "services/",
    "family/",
    "authority/",
    "back/",
    "page/",
    "show",
    "resume",
    "close",
    "case",
]
POSTED = {"draft", "alive", "emergency/draft", "show", "resume", "close", "case"}


@pytest.mark.parametrize("who", ["amina", "cholpon", "daler", "rustam", "timur", "zarina"])
@pytest.mark.parametrize("place", OF_A_CONTACT)
def test_no_door_of_a_contact_opens_for_who_does_not_hold_the_line(world, contact, who, place):
    client = world.client(who)
    for number in (contact.number, "AAA-AAA-A"):
        ask = client.post if place in POSTED else client.get
        assert ask(f"/calls/{number}/{place}").status_code == 404
    assert client.get(f"/calls/open/{contact.pk}/").status_code == 404


@pytest.mark.parametrize("place", ["lines/new/", "family/AAA-AAA-A/", "authorities/AAA-AAA-A/"])
def test_elena_finds_no_page_of_the_focal_points(elenas, place):
    assert elenas.get(f"/calls/{place}").status_code == 404


def test_a_focal_point_of_the_south_sees_no_line_of_the_north(world, line):
    assert world.client("rustam").get(f"/calls/lines/{line.pk}/").status_code == 404
    assert "Line 1" not in world.client("rustam").get("/calls/lines/").content.decode()


def test_the_call_screen_costs_few_questions_to_the_database(elenas, contact, django_assert_max_num_queries):
    elenas.post(f"/calls/{contact.number}/", {"note": "a", "speak": "yes", "phone": "1"})
    with django_assert_max_num_queries(45):
        assert elenas.get(f"/calls/{contact.number}/").status_code == 200


typed = st.dictionaries(
    st.sampled_from(
        [
            "speak",
            "danger",
            "note",
            "phone",
            "age_band",
            "language",
            "country",
            "topics",
            "ends",
            "back_when",
            "back_tries",
            "back_at_day",
            "back_at_month",
            "back_at_year",
            "back_at_time",
            "based_on",
            "note_version",
            "tab",
            "urgency",
            "given_said",
            "e_place",
            "e_life",
            "forget_identity",
            "outcome",
            "again_at_day",
            "text",
        ]
    ),
    st.text(max_size=60) | st.lists(st.text(max_size=8), max_size=3) | st.integers().map(str),
    max_size=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=typed, do=st.sampled_from(["save", "finish", "emergency", "services", "x", ""]))
def test_whatever_is_typed_the_call_goes_on(elenas, contact, sent, do):
    Contact.objects.filter(pk=contact.pk).update(state="open", ended_at=None)
    assert elenas.post(f"/calls/{contact.number}/", {**sent, "do": do}).status_code == 302
    assert elenas.post(f"/calls/{contact.number}/draft", sent).status_code == 204
    assert elenas.post(f"/calls/{contact.number}/emergency/draft", sent).status_code == 204
    assert elenas.post(f"/calls/{contact.number}/back/", sent).status_code in (200, 302, 422)
    assert elenas.get(f"/calls/{contact.number}/").status_code == 200
    assert elenas.get(f"/calls/{contact.number}/page/").status_code == 200


@pytest.mark.parametrize(
    "sent", [{}, {"draft": "/calls/AAA-AAA-A/draft", "key": "x", "sealed": "x"}, {"draft": "x" * 5000}]
)
def test_a_draft_for_no_contact_is_answered_as_a_missing_one(elenas, sent):
    assert elenas.post("/calls/drafts/sealed", sent).status_code == 404


def test_a_damaged_draft_is_kept_aside_and_the_call_opens_all_the_same(elenas, contact):
    from uuid import uuid4

    sent = {"draft": f"/calls/{contact.number}/draft", "key": str(uuid4()), "sealed": "AAAA"}
    assert elenas.post("/calls/drafts/sealed", {**sent, "key": "no key"}).status_code == 400
    assert elenas.post("/calls/drafts/sealed", sent).status_code == 204
    assert elenas.get(f"/calls/{contact.number}/").status_code == 200
    assert WaitingDraft.objects.count() == 1


def test_erasing_a_contacts_file_takes_its_drafts_and_what_was_due_along(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"note": "forget me", "ends": ["call_back"], "do": "finish"})
    locked = world.client("elena", open_vault=False)
    locked.post(f"/calls/{contact.number}/", {"note": "and this"})
    vault.erase(keys=world.keys("bakyt"), file=contact.file_id, at=world.at)
    assert not WaitingDraft.objects.exists()
    assert not DueItem.objects.filter(subject=contact.pk, done_at=None).exists()
    assert queries.notes_of(keys=world.keys("elena"), contact=contact) == []
    contact.refresh_from_db()
    assert contact.state == "closed"
    assert elenas.get(f"/calls/{contact.number}/page/").status_code == 200


def test_no_field_of_a_form_is_called_like_a_part_that_stands_beside_it_in_the_history():
    from panah.people.hotline.forms import CallForm, EmergencyForm
    from panah.people.hotline.words import parts

    own = {parts.GIVEN, parts.TRIED, parts.HANDED, parts.BESIDE, parts.PAPER}
    assert not own & {*CallForm.base_fields, *EmergencyForm.base_fields}
