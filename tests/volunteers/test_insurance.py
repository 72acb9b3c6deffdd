"""Until when a volunteer is insured: written down by the branch, reminded of, said where she is called out."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions, helping_rules
from panah.programmes.volunteers.models import Asked, CallOut, DoublePair, Volunteer
from tests.volunteers import calling_out as callouts
from tests.volunteers.making import LIST, day, linked, page_of, step, trained, trained_as, volunteer
from tests.volunteers.own_telephone import Phone, given

COVER = "Practice group insurance 00-10"
NOT_INSURED = "Not insured on that day, as far as is written down."
NONE = "no insurance is written down"


def insured(row, by, *, until, cover=COVER):
    actions.set_insurance(by=by, row=row, until=until, cover=cover, at=timezone.now())


def test_ibrat_writes_the_insurance_down_and_it_stands_on_her_page_and_on_the_volunteers_own(world):
    row, until = volunteer(world, ready=True), timezone.localdate() + timedelta(days=200)
    phone = Phone(given(world, row))
    assert NONE in phone.first().text
    assert NONE in world.client("ibrat").get(page_of(row)).text
    step(world, "ibrat", row, "insurance", cover=COVER, **day("until", until))
    page = world.client("ibrat").get(page_of(row)).text
    assert COVER in page and NONE not in page
    own = phone.send().text
    assert f"{COVER}</bdi>" in own and NONE not in own
    assert COVER.encode() not in bytes(Volunteer.objects.get(pk=row.pk).details), "it lies sealed"


def test_half_an_insurance_is_asked_for_and_nothing_typed_is_lost(world):
    row, until = volunteer(world, ready=True), timezone.localdate() + timedelta(days=200)
    address, ibrat = reverse("volunteers:insurance", args=[row.pk]), world.client("ibrat")
    for typed in (
        {"cover": COVER},
        day("until", until),
        {"cover": COVER} | day("until", until + timedelta(days=9999)),
    ):
        answer = ibrat.post(address, typed)
        assert answer.status_code == 422
        assert "cover" not in typed or COVER in answer.text
    assert Volunteer.objects.get(pk=row.pk).insured_until is None
    step(world, "ibrat", row, "insurance", cover=COVER, **day("until", until))
    assert COVER in ibrat.get(address).text, "what is known stands there already"
    step(world, "ibrat", row, "insurance", cover="")
    page = ibrat.get(page_of(row)).text
    assert NONE in page and COVER not in page


def test_an_insurance_that_runs_out_comes_on_the_branchs_list_and_goes_when_it_is_renewed(world):
    row, today = volunteer(world, ready=True), timezone.localdate()
    society, by = world.societies["north"].pk, world.staff["ibrat"]
    assert actions.remind_of_expiry(society=society, at=timezone.now()) == 0, "none is written down"
    insured(row, by, until=today + timedelta(days=30))
    assert actions.remind_of_expiry(society=society, at=timezone.now()) == 1
    assert DueItem.objects.get(purpose="expires", done_at=None).owner == by
    assert row.name in world.client("ibrat").get(LIST, {"state": "expiring"}).text
    insured(row, by, until=today + timedelta(days=300))
    actions.remind_of_expiry(society=society, at=timezone.now())
    assert not DueItem.objects.filter(purpose="expires", done_at=None).exists()


def test_nobody_writes_down_her_own_insurance_and_no_other_branch_does(world):
    elena = linked(world)
    address = reverse("volunteers:insurance", args=[elena.pk])
    row = volunteer(world, name="Practice Rowan", branch="besh")
    assert world.client("ibrat").get(reverse("volunteers:insurance", args=[row.pk])).status_code == 404
    assert world.client("elena").get(address).status_code == 404
    ibrat = linked(world, "ibrat", name="Practice Ibrat")
    mine = reverse("volunteers:insurance", args=[ibrat.pk])
    answer = world.client("ibrat").post(mine, {"cover": COVER} | day("until", timezone.localdate()))
    assert "This is about you" in answer.text
    assert Volunteer.objects.get(pk=ibrat.pk).insured_until is None


def test_who_is_not_insured_on_the_day_is_named_so_and_may_be_chosen_all_the_same(world):
    today = timezone.localdate()
    rows = {
        name: volunteer(world, name=name, languages=["uz"], ready=True)
        for name in ("Practice Alder", "Practice Birch", "Practice Cedar")
    }
    alder, birch, cedar = rows.values()
    insured(alder, world.staff["ibrat"], until=today + timedelta(days=30))
    insured(birch, world.staff["ibrat"], until=today - timedelta(days=1))
    held = {row.pk: frozenset({"safe_response", "field"}) for row in rows.values()}
    with trained_as(lambda pks: {pk: held[pk] for pk in pks if pk in held}):
        call = callouts.made(world)
        page = world.client("ibrat").get(callouts.page_of(call)).text
        assert page.count(NOT_INSURED) == 2
        assert len(re.findall(r'name="volunteers"[^>]* checked', page)) == 3, "it is no reservation"
        callouts.ask(world, call, cedar)
        callouts.answered(call, cedar)
        asked = world.client("ibrat").get(callouts.page_of(call)).text
        assert asked.count(NOT_INSURED) == 2
        callouts.press(world, call, "choose", cedar)
    assert Asked.objects.get(call_out=call, volunteer=cedar).answer == "chosen"
    CallOut.objects.filter(pk=call.pk).update(state="closed")
    assert NOT_INSURED not in world.client("ibrat").get(callouts.page_of(call)).text


@pytest.mark.parametrize(
    ("until", "last", "holds"),
    [
        (None, date(2026, 11, 28), False),
        (date(2026, 11, 27), date(2026, 11, 28), False),
        (date(2026, 11, 28), date(2026, 11, 28), True),
        (date(2026, 11, 29), date(2026, 11, 28), True),
    ],
)
def test_an_insurance_holds_to_the_end_of_its_last_day(until, last, holds):
    assert helping_rules.is_insured(until, last) is holds


def test_a_date_that_was_changed_past_panah_insures_nobody(world):
    row = volunteer(world, languages=["uz"], ready=True)
    Volunteer.objects.filter(pk=row.pk).update(insured_until=timezone.localdate() + timedelta(days=99))
    with trained(row):
        assert NOT_INSURED in world.client("ibrat").get(callouts.page_of(callouts.made(world))).text


def test_of_two_records_of_one_person_the_one_that_stays_takes_the_insurance_over(world):
    first = volunteer(world, name="Practice Alder")
    second = volunteer(world, name="Practice Aldar")
    until = timezone.localdate() + timedelta(days=99)
    insured(second, world.staff["ibrat"], until=until)
    pair = DoublePair.objects.create(society=first.society, one=first, other=second, likeness=0.9)
    actions.merge(by=world.staff["bakyt"], pair=pair, keep=first.pk, at=timezone.now())
    page = world.client("ibrat").get(page_of(first)).text
    assert COVER in page and Volunteer.objects.get().insured_until == until
