"""What a trainer's telephone sends: taken once, however often and however late it comes, and only from whom it was given."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation import retention
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import Enrolment, PhoneList
from tests.training.conftest import course, names
from tests.training.phone_lists import sealed, send, there


@pytest.fixture
def taken(world, planned):
    """Elena took the list of three pupils along."""
    rows = names(world, planned, "Nurgul Qwertyova", "Bolot", "Aida Asdfova")
    answer = world.client("elena").post(reverse("training:phone_take", args=[planned.sessions.get().pk]))
    return rows, answer.json()


def test_the_telephone_is_given_first_names_with_an_initial_and_until_when(taken):
    _rows, given = taken
    assert [one["name"] for one in given["people"]] == ["Nurgul Q.", "Bolot", "Aida A."]
    assert given["until"] == (timezone.localdate() + retention.LIST_ON_PHONE.period).isoformat()


def test_what_is_sent_twice_and_what_comes_a_month_later_is_one_register(world, planned, taken, at):
    (nurgul, bolot, aida), given = taken
    guest = str(uuid4())
    first = {"revision": 3, "marks": {str(nurgul.pk): True, str(bolot.pk): False}, "added": []}
    second = {
        "revision": 5,
        "marks": {**first["marks"], str(aida.pk): True},
        "added": [{"id": guest, "name": "Guest Asdfgeva"}],
    }
    assert send(world, given, second).status_code == 204
    assert send(world, given, second).status_code == 204
    # Sent before, arrived later: it takes nothing back.
    assert send(world, given, first).status_code == 204
    known = {"Nurgul Qwertyova": True, "Bolot": False, "Aida Asdfova": True, "Guest Asdfgeva": True}
    assert there(planned) == known and planned.enrolments.count() == 4
    # Corrected meanwhile on the page; a month later the same telephone comes back with what it sent already.
    here = reverse("training:register", args=[planned.sessions.get().pk])
    world.client("elena").post(here, {"absent": [aida.pk], "added": ""})
    row = PhoneList.objects.get()
    training.receive_register(
        row=row, sealed=sealed(given, second), by=world.staff["elena"], at=timezone.now() + timedelta(days=31)
    )
    assert there(planned) == known | {"Bolot": True, "Aida Asdfova": False}


def test_a_register_that_comes_after_the_course_was_settled_still_counts(world, taken, planned):
    (nurgul, *_others), given = taken
    training.settle(course=planned, by=world.staff["ibrat"], at=timezone.now())
    assert Enrolment.objects.get(pk=nurgul.pk).completed_on is None
    assert (
        send(world, given, {"revision": 1, "marks": {str(nurgul.pk): True}, "added": []}).status_code == 204
    )
    assert Enrolment.objects.get(pk=nurgul.pk).completed_on == planned.ends_on


def test_a_lost_telephone_is_refused_with_a_sentence_and_changes_nothing(world, taken, planned):
    (nurgul, *_others), given = taken
    row = PhoneList.objects.get()
    assert world.client("cholpon").post(reverse("training:revoke_phone", args=[row.pk])).status_code == 404
    assert world.client("ibrat").post(reverse("training:revoke_phone", args=[row.pk])).status_code == 302
    answer = send(world, given, {"revision": 1, "marks": {str(nurgul.pk): True}, "added": []})
    assert answer.status_code == 410 and answer.json()["code"] == "list-revoked"
    assert "on the page of the session" in answer.json()["next_step"]
    assert there(planned)["Nurgul Qwertyova"] is None


def test_another_colleague_sends_nothing_with_a_list_that_was_not_given_to_her(world, taken):
    _rows, given = taken
    said = {"revision": 1, "marks": {}, "added": [{"id": str(uuid4()), "name": "X"}]}
    for who in ("ibrat", "saule", "cholpon", "rustam"):
        assert send(world, given, said, who).status_code == 404
    session = PhoneList.objects.get().session_id
    assert world.client("cholpon").post(reverse("training:phone_take", args=[session])).status_code == 404
    assert world.client(None).post(reverse("training:phone_send", args=[given["id"]])).status_code == 302


@pytest.mark.parametrize(
    "said",
    [
        "",
        "AAAA",
        "é" * 20,
        {"revision": 1},
        {"revision": 0, "marks": {}, "added": []},
        {"revision": 10**9, "marks": {}, "added": []},
        {"revision": 1, "marks": {"nobody": True}, "added": []},
        {"revision": 1, "marks": [], "added": [{"id": "x"}]},
        [],
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(world, taken, planned, said):
    _rows, given = taken
    answer = send(world, given, said)
    assert answer.status_code == 422 and answer.json()["code"] == "register-unreadable"
    assert planned.sessions.get().registered_on is None


def test_marks_of_another_course_and_an_id_that_stands_elsewhere_change_nothing(world, taken, planned):
    rows, given = taken
    other = course(world, title="Practice: another")
    stranger = names(world, other, "Zamira Practice")[0]
    said = {
        "revision": 1,
        "marks": {str(stranger.pk): True, str(rows[0].pk): True},
        "added": [{"id": str(stranger.pk), "name": "Taken over"}, {"id": str(uuid4()), "name": "  "}],
    }
    assert send(world, given, said).status_code == 204
    assert planned.enrolments.count() == 3 and not stranger.attendances.exists()
    assert training_queries.name_of(Enrolment.objects.get(pk=stranger.pk)) == "Zamira Practice"


def test_the_page_that_a_telephone_keeps_names_nobody(world, planned):
    names(world, planned, "Nurgul Qwertyova")
    text = world.client("elena").get(reverse("training:phone")).text
    assert "Nurgul" not in text and "Elena" not in text and "csrfmiddlewaretoken" not in text
    script = world.client("elena").get(reverse("training:phone_worker"))
    assert script["Content-Type"] == "text/javascript" and b"respondWith" in script.content
