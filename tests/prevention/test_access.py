"""Access to a school, a place of detention, an arrival hall: asked, granted until, refused."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from panah.ground.foundation.errors import Refusal
from panah.ground.work.queries import items_of
from panah.programmes.prevention import actions as prevention
from panah.programmes.prevention.models import Access
from tests.prevention.conftest import day, session_of


def asked(world, *, by="ibrat", **more) -> Access:
    what = {
        "place": "School 7, Practice Osh", "kind": "school", "asked_by": "us", "office": "Practice education office",
        "audience": "pupils", "branch": "", "asked_on": timezone.localdate() - timedelta(days=10), **more,
    }  # fmt: skip
    return prevention.ask_access(by=world.staff[by], at=timezone.now(), **what)


def decided(world, one, state="granted", *, days=30, conditions="Practice: a teacher is present"):
    today = timezone.localdate()
    prevention.decide_access(
        access=one, state=state, decided_on=today - timedelta(days=5), decided_by="Practice education office",
        granted_until=None if days is None else today + timedelta(days=days), conditions=conditions,
        by=world.staff["ibrat"], at=timezone.now(),
    )  # fmt: skip


def test_a_school_asks_for_a_session_and_ibrat_plans_it_from_there(world, leader, group):
    ibrat, today = world.client("ibrat"), timezone.localdate()
    form = {
        "asked_by": "them", "place": "School 7, Practice Osh", "kind": "school", "office": "School 7",
        "audience": "pupils",
    } | day("asked_on", today)  # fmt: skip
    answer = ibrat.post(reverse("prevention:ask_access"), form)
    one = Access.objects.get()
    assert answer.status_code == 302 and one.branch == world.staff["ibrat"].branch
    text = ibrat.get(reverse("prevention:access", args=[one.pk])).text
    assert "they ask us for a session" in text and group.name in text
    planned = ibrat.get(reverse("prevention:plan", args=[group.pk]) + f"?access={one.pk}").text
    assert 'value="School 7, Practice Osh"' in planned and f'value="{one.pk}" selected' in planned


def test_a_session_in_a_school_without_a_valid_permission_says_so(world, leader, group):
    ibrat = world.client("ibrat")
    no = "no permission is written down that holds"

    def says(session):
        return no in ibrat.get(reverse("prevention:session", args=[session.pk])).text

    bare = session_of(world, group, leader)
    assert says(bare)
    assert "no valid permission" in ibrat.get(reverse("prevention:list")).text
    one = asked(world)
    under = session_of(world, group, leader, access=str(one.pk))
    assert says(under)
    decided(world, one)
    assert not says(under) and says(bare)
    # It runs out before the session; it was refused; it is not needed in a market.
    assert says(session_of(world, group, leader, access=str(one.pk), days_ago=-31))
    decided(world, one, "refused", days=None)
    assert says(under)
    assert not says(session_of(world, group, leader, place_kind="community"))
    for kind in ("detention", "arrival_hall"):
        assert says(session_of(world, group, leader, place_kind=kind)), kind


def test_an_answer_that_does_not_come_and_a_permission_that_ends_are_due(world):
    one = asked(world)
    (item,) = items_of(one.pk, purpose="answer")
    assert timezone.localtime(item.due_at).date() == one.asked_on + timedelta(days=14)
    decided(world, one, days=60)
    assert not items_of(one.pk, purpose="answer")
    (item,) = items_of(one.pk, purpose="renew")
    assert timezone.localtime(item.due_at).date() == one.granted_until - timedelta(days=30)
    # A longer one, and one without an end.
    decided(world, one, days=None)
    assert not items_of(one.pk, purpose="renew")


def test_days_the_wrong_way_round_are_refused_and_what_was_typed_stays(world):
    one, today = asked(world), timezone.localdate()
    form = {
        "state": "granted", "decided_by": "Practice office", "conditions": "typed and kept",
    } | day("decided_on", today) | day("granted_until", today - timedelta(days=3))  # fmt: skip
    answer = world.client("ibrat").post(reverse("prevention:decide_access", args=[one.pk]), form)
    assert answer.status_code == 422 and "end before it was given" in answer.text
    assert "typed and kept" in answer.text
    with pytest.raises(Refusal):
        decided(world, one, days=-9)


def letter(world, one, language, who="ibrat"):
    answer = world.client(who).post(reverse("prevention:letter", args=[one.pk]), {"in": language})
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())


def test_the_letter_asks_in_english_or_russian_and_names_no_colleague(world):
    one = asked(world)
    text = letter(world, one, "en")
    assert "Request for access" in text and "Practice education office" in text and "No names" in text
    assert world.staff["ibrat"].name not in text
    assert "Просьба о доступе" in letter(world, one, "ru")


def test_access_of_a_branch_is_its_coordinators_and_the_focal_points(world):
    one = asked(world)
    for who, status in (("bakyt", 200), ("ibrat", 200), ("amina", 404), ("rustam", 404)):
        assert world.client(who).get(reverse("prevention:access", args=[one.pk])).status_code == status, who
