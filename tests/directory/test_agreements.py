"""Agreements with partners: an end that comes near is said where somebody is about to rely on it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from panah.ground import jobs
from panah.ground.audit.models import Entry
from panah.ground.directory import actions, queries, rules
from panah.ground.directory.models import Agreement, Organization, Service
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (-10, None, "in_force"),
        (-10, 61, "in_force"),
        (-10, 60, "ends_soon"),
        (0, 0, "ends_soon"),
        (-10, -1, "ended"),
        (1, 90, "not_begun"),
    ],
)
def test_how_an_agreement_stands_on_a_day(starts, ends, state):
    ends_on = None if ends is None else DAY + timedelta(days=ends)
    assert rules.agreement_state(starts_on=DAY + timedelta(days=starts), ends_on=ends_on, on=DAY) == state


def test_of_several_the_one_that_goes_on_longest_counts():
    def agreed(starts, ends):
        ends_on = None if ends is None else DAY + timedelta(days=ends)
        return Agreement(starts_on=DAY + timedelta(days=starts), ends_on=ends_on)

    ended, soon, long, ahead = agreed(-90, -9), agreed(-90, 9), agreed(-5, None), agreed(5, 500)
    assert rules.agreement_that_counts([ended, soon, long, ahead], on=DAY) is long
    assert rules.agreement_that_counts([ended, ahead, soon], on=DAY) is soon
    assert rules.agreement_that_counts([ahead, ended], on=DAY) is ended
    assert rules.agreement_that_counts([], on=DAY) is None


@pytest.fixture
def agreed(register, world, at):
    """North's agreement with the clinic; it ends when the test says so."""
    clinic = Organization.objects.get(reference="north-clinic")
    Agreement.objects.filter(organization=clinic).delete()
    return Agreement.objects.create(
        society=world.societies["north"],
        organization=clinic,
        starts_on=timezone.localdate() - timedelta(days=300),
        scope="Urgent care without papers.",
    )


def ends_in(agreement, days):
    agreement.ends_on = timezone.localdate() + timedelta(days=days)
    agreement.save()


@pytest.mark.parametrize(
    ("days", "said"), [(30, "agreement ends soon"), (-3, "agreement has ended"), (300, "agreement in force")]
)
def test_the_search_and_the_page_of_a_service_say_how_our_agreement_stands(elenas, world, agreed, days, said):
    ends_in(agreed, days)
    found = elenas.get("/network/?need=medical&place=XA").text
    assert said in found
    clinic = Service.objects.get(reference="north-clinic-urgent")
    page = elenas.get(f"/network/services/{clinic.pk}/").text
    assert ("Our agreement with this organisation" in page) == (days < 60)
    # Somebody else's agreement is nobody's warning.
    assert said not in world.client("daler").get("/network/?need=medical&place=XA").text


def test_bakyt_corrects_an_agreement_and_nobody_else_does(bakyts, world, agreed):
    ends_in(agreed, 20)
    assert "Urgent care without papers." in bakyts.get("/network/agreements/").text
    address = f"/network/agreements/{agreed.pk}/change/"
    typed = {f"{which}_{part}": value for which, day in (("starts_on", "1"), ("ends_on", "2"))
             for part, value in (("day", day), ("month", "3"), ("year", "2027"))}  # fmt: skip
    seen = {"seen": ""}
    wrong = bakyts.post(address, typed | seen | {"scope": "New scope", "ends_on_year": "2026"})
    assert "The agreement would end before it starts." in wrong.text and "New scope" in wrong.text
    assert bakyts.post(address, typed | seen | {"scope": "New scope"}).status_code == 302
    agreed.refresh_from_db()
    assert (agreed.scope, agreed.ends_on) == ("New scope", date(2027, 3, 2))
    meanwhile = bakyts.post(address, typed | seen | {"scope": "Too late"})
    assert "A colleague has changed this entry in the meantime." in meanwhile.text
    for who in ("amina", "rustam", "elena"):
        assert world.client(who).get(address).status_code == 404
        assert world.client(who).post(address, typed).status_code == 404
    assert Entry.objects.filter(event="network:agreement:changed").count() == 1
    assert world.client("amina").get("/network/agreements/").status_code == 200


def test_a_focal_point_agrees_with_whom_she_does_not_keep(world, register):
    clinic = Organization.objects.get(reference="north-clinic")
    typed = {
        "starts_on_day": "1",
        "starts_on_month": "11",
        "starts_on_year": "2026",
        "scope": "Across the border.",
    }
    assert world.client("rustam").post(f"/network/organisations/{clinic.pk}/", typed).status_code == 302
    assert Agreement.objects.get(scope="Across the border.").society.slug == "practice-south"


def lines(world):
    return list(DueItem.objects.filter(room="network", done_at=None).order_by("owner__username"))


def test_what_ends_soon_stands_once_on_the_lists_of_both_focal_points(world, agreed):
    ends_in(agreed, 20)
    at, north = timezone.now(), world.societies["north"].pk
    with tenancy.tenant_context(north):
        jobs.say_agreements(at=at)
        jobs.say_agreements(at=at)
    assert [one.owner.username for one in lines(world)] == ["bakyt", "saule"]
    assert "/network/agreements/" in world.client("bakyt").get("/").text
    Agreement.objects.create(
        society=agreed.society,
        organization=agreed.organization,
        starts_on=agreed.ends_on,
        scope="It goes on.",
    )
    with tenancy.tenant_context(north):
        jobs.say_agreements(at=at)
    assert lines(world) == []


def test_whoever_ticked_it_off_is_left_in_peace_for_a_month(world, agreed):
    ends_in(agreed, 50)
    at = timezone.now()
    with tenancy.tenant_context(world.societies["north"].pk):
        jobs.say_agreements(at=at)
        for one in lines(world):
            work.complete(item=one, by=one.owner, at=at)
        jobs.say_agreements(at=at + timedelta(days=2))
        assert lines(world) == []
        jobs.say_agreements(at=at + timedelta(days=32))
        assert len(lines(world)) == 2


@pytest.mark.parametrize(("ends", "count"), [(61, 0), (60, 1), (-30, 1), (-31, 0)])
def test_only_what_can_still_be_decided_is_said(world, agreed, ends, count):
    Agreement.objects.exclude(pk=agreed.pk).delete()
    ends_in(agreed, ends)
    assert queries.want_deciding(world.societies["north"].pk, on=timezone.localdate()) == count


def test_an_agreement_that_would_end_before_it_starts_is_refused_by_the_action(world, agreed, at):
    with pytest.raises(Refusal, match="ends-before-start"):
        actions.change_agreement(
            agreement=agreed,
            starts_on=DAY,
            ends_on=DAY - timedelta(days=1),
            scope="x",
            by=world.staff["bakyt"],
            at=at,
        )
