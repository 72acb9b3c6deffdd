"""Who was at a session: all present and exceptions, names added on the spot, on the page or from paper."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import Session
from panah.programmes.training.words import CameBy, EnrolmentState, RegisterSource
from tests.training.conftest import course, names
from tests.training.typed_days import day


def there(one):
    session = one.sessions.get().pk
    return {each.name: each.was.get(session) for each in training_queries.people_of(one)}


def test_elena_ticks_who_was_not_there_and_adds_who_came_uninvited(world, planned):
    rows = names(world, planned, "A One", "B Two", "C Three", "D Four")
    session = planned.sessions.get()
    elena = world.client("elena")
    here = reverse("training:register", args=[session.pk])
    assert "1. A One" in elena.get(here).text
    answer = elena.post(here, {"absent": [rows[1].pk], "came": [rows[3].pk], "added": "E Five\n E  Five \n"})
    assert answer.status_code == 302
    assert there(planned) == {"A One": True, "B Two": False, "C Three": True, "D Four": True, "E Five": True}
    came = planned.enrolments.get(came_by=CameBy.WALK_IN)
    assert came.state == EnrolmentState.ENROLLED and b"Five" not in bytes(came.sealed_name)
    # Pressed twice, and corrected: there is one register, and nobody twice.
    said = elena.post(here, {"absent": [rows[0].pk], "added": "E Five"}, follow=True).text
    assert "1 name was left out: it stands on the list." in said
    assert there(planned)["A One"] is False and there(planned)["B Two"] is True
    assert planned.enrolments.count() == 5
    session.refresh_from_db()
    assert session.source == RegisterSource.PAGE and session.registered_by == world.staff["elena"]
    assert "A One" not in world.client("saule").get(reverse("desk:journal")).text


def test_what_was_typed_is_kept_when_something_is_wrong(world, planned):
    names(world, planned, "A One")
    here = reverse("training:register", args=[planned.sessions.get().pk])
    answer = world.client("elena").post(here, {"absent": ["nobody"], "added": "Zamira Practice"})
    assert answer.status_code == 422 and "Zamira Practice" in answer.text


def test_a_session_that_has_not_been_yet_takes_no_register(world):
    one = course(world, days_ago=-2)
    names(world, one, "A One")
    session = one.sessions.get()
    elena = world.client("elena")
    here = reverse("training:register", args=[session.pk])
    page = elena.get(here).text
    assert "has not taken place yet" in page and "Print the list" in page
    assert "Type in from paper" not in page, "there is nothing to type in before its day"
    assert elena.post(here, {"added": ""}).status_code == 422
    assert Session.objects.get().registered_on is None


def test_the_list_is_printed_and_typed_in_with_the_day_of_the_paper_and_who_wrote_it(world):
    one = course(world, days_ago=3)
    rows = names(world, one, "A One", "B Two")
    session = one.sessions.get()
    elena = world.client("elena")
    paper = elena.get(reverse("training:paper", args=[session.pk]) + "?in=ru")
    assert "A One" in paper.text and "☐" in paper.text
    here = reverse("training:typed", args=[session.pk])
    assert elena.post(here, {"absent": [rows[0].pk]}).status_code == 422
    form = {"absent": [rows[0].pk], "added": "", "paper_by": "Practice Trainer"} | day(
        "paper_on", timezone.localdate() - timedelta(days=3)
    )
    assert elena.post(here, form).status_code == 302
    session.refresh_from_db()
    assert session.source == RegisterSource.PAPER and session.paper_by == "Practice Trainer"
    assert session.registered_on == timezone.localdate() - timedelta(days=3)
    assert there(one) == {"A One": False, "B Two": True}


def test_whoever_is_marked_as_there_is_not_taken_off_the_list(world, planned):
    row = names(world, planned, "A One")[0]
    elena = world.client("elena")
    elena.post(reverse("training:register", args=[planned.sessions.get().pk]), {"added": ""})
    answer = world.client("ibrat").post(reverse("training:cancel", args=[row.pk]))
    assert answer.status_code == 409 and "was there" in answer.text
