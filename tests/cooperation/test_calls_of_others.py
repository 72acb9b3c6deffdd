"""A duty number of the North is tried by the South: written there, told here, each as whose word it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.exchange.words import ReceiptCode
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import models
from panah.programmes.cooperation.actions import calls
from panah.programmes.cooperation.queries.members import own_points
from panah.programmes.cooperation.views.common import facts
from tests.cooperation.network_space import arrives, here, on_list, parts, passed_on, shared, text, told_to

__all__ = ["shared"]


@pytest.fixture
def theirs(world, shared):
    """North's duty number as the South is told it."""
    return told_to(world, "south").get(kind="point")


def call(on=None, **said):
    day = on or timezone.localdate()
    return {
        "hour": "3",
        "language": "ru",
        "outcome": "answered",
        "answered_by": "duty",
        **parts("on", day),
    } | said


def test_rustam_tries_norths_duty_number_at_night_and_both_sides_read_it_without_a_name(
    world, shared, theirs
):
    rustam = world.client("rustam")
    page = text(rustam.get(here("told", theirs.pk)))
    assert "Write down a test call" in page and here("try_told", theirs.pk) in page
    assert here("try_told", theirs.pk) not in text(world.client("daler").get(here("told", theirs.pk)))
    unsaid = rustam.post(here("try_told", theirs.pk), call(answered_by=""))
    assert unsaid.status_code == 422 and "a role, no name" in text(unsaid)
    assert rustam.post(here("try_told", theirs.pk), call()).status_code == 302
    south = world.staff["rustam"].society.name_en
    assert f"at night, answered, Duty officer, called by {south}" in text(rustam.get(here("start")))
    passed_on(world)
    amina = world.client("amina")
    assert f"at night, answered, Duty officer, called by {south}" in text(amina.get(here("start")))
    page = text(amina.get(here("point", shared.pk)))
    assert f"{south}, in their words" in page and "Rustam" not in page
    assert "Rustam" in text(rustam.get(here("told", theirs.pk))), "at home it says who"
    one = models.TestCall.objects.get(point=shared)
    assert (one.society, one.caller, one.by) == (world.societies["north"], world.societies["south"], None)
    # That somebody answered the South spares the North no call of its own, and is not told on as its own.
    assert on_list(world.staff["saule"], "duty_try").get().due_at <= timezone.now()
    cooperation.share(kind="point", entry=shared.pk, shared=True, by=world.staff["bakyt"], at=timezone.now())
    passed_on(world)
    theirs.refresh_from_db()
    assert theirs.content["tried_on"] == ""


def test_an_unanswered_call_of_the_south_puts_the_number_on_norths_list_at_once(world, shared, theirs):
    today = timezone.localdate()
    cooperation.record_test_call(
        point=shared, on=today - timedelta(days=2), hour=3, language="ru", outcome="answered", answered_by="duty",
        by=world.staff["saule"], at=timezone.now(),
    )  # fmt: skip
    assert on_list(world.staff["saule"], "duty_try").get().due_at > timezone.now() + timedelta(days=20)
    rustam = world.client("rustam")
    earlier = call(on=today - timedelta(days=5), outcome="no_answer", language="", answered_by="")
    rustam.post(here("try_told", theirs.pk), earlier)
    passed_on(world)
    assert on_list(world.staff["saule"], "duty_try").get().due_at > timezone.now(), "we tried it since"
    rustam.post(here("try_told", theirs.pk), call(outcome="no_answer", language="", answered_by=""))
    passed_on(world)
    assert on_list(world.staff["saule"], "duty_try").get().due_at <= timezone.now()
    assert "a test call is due" in text(world.client("amina").get(here("start")))
    # That somebody answered them later spares us none: the page says what the list says.
    rustam.post(here("try_told", theirs.pk), call(hour="4"))
    passed_on(world)
    assert on_list(world.staff["saule"], "duty_try").get().due_at <= timezone.now()
    assert "a test call is due" in text(world.client("amina").get(here("start")))
    amina = world.client("amina")
    cooperation.record_test_call(
        point=shared, on=today, hour=5, language="ru", outcome="answered", answered_by="duty",
        by=world.staff["saule"], at=timezone.now(),
    )  # fmt: skip
    assert "a test call is due" not in text(amina.get(here("start")))


def test_a_call_of_theirs_that_is_dated_tomorrow_is_not_newer_than_ours_of_today(world, paired, of_south):
    rustam, tomorrow = world.staff["rustam"], timezone.localdate() + timedelta(days=1)
    nobody = {"on": tomorrow.isoformat(), "outcome": "no_answer", "language": "", "answered_by": ""}
    assert arrives(world, paired, message(world, of_south.pk, **nobody)) == ReceiptCode.TAKEN
    assert on_list(rustam, "duty_try").get().due_at <= timezone.now(), "control"
    cooperation.record_test_call(
        point=of_south, on=timezone.localdate(), hour=5, language="ru", outcome="answered", answered_by="duty",
        by=rustam, at=timezone.now(),
    )  # fmt: skip
    assert on_list(rustam, "duty_try").get().due_at > timezone.now() + timedelta(days=20)
    (card,) = own_points(to=rustam, at=timezone.now())
    assert card.due_on > tomorrow, "the page says what the list says, tomorrow too"


def test_when_a_society_last_tried_its_number_is_its_word_beside_our_own_calls():
    said = {
        "function": "duty", "night": True, "tried_on": timezone.localdate().isoformat(), "tried_at_night": False,
        "answered": "answered", "email": "", "languages": [], "hours": "",
    }  # fmt: skip
    assert "Last tried, they say" in dict(facts("point", said, theirs=True))
    assert "Last tried" in dict(facts("point", said))


def message(world, point, **said):
    called = {"on": timezone.localdate().isoformat(), "hour": 3, "language": "ru", "outcome": "answered"}
    return {
        "cooperation": 1, "kind": "call", "entry": str(point), "society": "practice-north", "ended": False,
        "as_of": timezone.now().isoformat(), "for_review": False, "said": called | {"answered_by": "duty"} | said,
    }  # fmt: skip


@pytest.fixture
def of_south(world, paired):
    by = world.staff["rustam"]
    point = cooperation.save_point(
        phone="+7 702 000 0000", night=True, line="", languages=["ru"], function="duty", title="Practice desk of South",
        email="", hours="", by=by, at=timezone.now(),
    )  # fmt: skip
    cooperation.share(kind="point", entry=point.pk, shared=True, by=by, at=timezone.now())
    return point


def test_a_call_said_twice_is_one_and_one_to_a_number_that_nobody_was_told_is_none(world, paired, of_south):
    assert arrives(world, paired, message(world, of_south.pk)) == ReceiptCode.TAKEN
    again = message(world, of_south.pk, outcome="busy", language="ru")
    assert arrives(world, paired, again, elsewhere=False) == ReceiptCode.TAKEN
    one = models.TestCall.objects.get()
    assert (one.outcome, one.language, one.answered_by) == ("busy", "", "")
    for wrong in (
        {"hour": 24},
        {"hour": "3"},
        {"on": ""},
        {"on": "2999-01-01"},
        {"outcome": "x"},
        {"answered_by": "Bakyt"},
    ):
        taken = arrives(world, paired, message(world, of_south.pk, **wrong), elsewhere=False)
        assert taken == ReceiptCode.UNKNOWN_VERSION, wrong
    by = world.staff["rustam"]
    cooperation.share(kind="point", entry=of_south.pk, shared=False, by=by, at=timezone.now())
    # The same answer as for a number that there is: nobody learns which there are.
    assert arrives(world, paired, message(world, of_south.pk, hour=4), elsewhere=False) == ReceiptCode.TAKEN
    nowhere = message(world, "00000000-0000-4000-8000-000000000009")
    assert arrives(world, paired, nowhere, elsewhere=False) == ReceiptCode.TAKEN
    assert (
        models.TestCall.objects.count() == 1 and not models.ReceivedEntry.objects.filter(kind="call").exists()
    )


def test_of_what_one_society_says_it_called_the_newest_stay_and_none_of_our_own_goes(
    world, paired, of_south, monkeypatch
):
    monkeypatch.setattr(calls, "KEPT_OF_ONE", 2)
    today = timezone.localdate()
    cooperation.record_test_call(
        point=of_south, on=today - timedelta(days=90), hour=3, language="ru", outcome="answered", answered_by="duty",
        by=world.staff["rustam"], at=timezone.now(),
    )  # fmt: skip
    for turn, days in enumerate((3, 2, 4, 1)):
        said = message(world, of_south.pk, on=(today - timedelta(days=days)).isoformat())
        assert arrives(world, paired, said, elsewhere=not turn) == ReceiptCode.TAKEN
    kept = models.TestCall.objects.values_list("on", "by__username")
    assert [((today - on).days, by) for on, by in kept] == [(1, None), (2, None), (90, "rustam")]
    for outcome, hour in (("busy", 4), ("no_answer", 5)):
        assert arrives(
            world, paired, message(world, of_south.pk, outcome=outcome, hour=hour), elsewhere=False
        )
    cooperation.record_test_call(
        point=of_south, on=today, hour=6, language="ru", outcome="answered", answered_by="duty",
        by=world.staff["rustam"], at=timezone.now(),
    )  # fmt: skip
    ours, *theirs = models.TestCall.objects.filter(on=today).values_list("turn", "by__username")
    assert ours[1] == "rustam" and all(turn < ours[0] for turn, _by in theirs), (
        "ours is the newest of the day"
    )


def test_only_a_duty_number_of_others_can_be_tried(world, paired, theirs):
    rustam = world.client("rustam")
    models.ReceivedEntry.objects.filter(pk=theirs.pk).update(content=theirs.content | {"night": False})
    assert rustam.post(here("try_told", theirs.pk), call()).status_code == 404
    corridor = told_to(world, "south").get(kind="corridor")
    assert rustam.get(here("try_told", corridor.pk)).status_code == 404
    assert not models.TestCall.objects.exists()
