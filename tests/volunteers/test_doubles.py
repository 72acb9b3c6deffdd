"""Who stands in the register twice: proposed by name and year, decided by a person, and taken back."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.urls import reverse

from panah.ground.foundation.errors import Refusal
from panah.programmes.volunteers import actions, queries, sealed_details
from panah.programmes.volunteers.models import DoublePair, ImportedRow, Membership, MergedVolunteer, Volunteer
from tests.volunteers.making import done_elsewhere, marked_as_elsewhere, step, volunteer
from tests.volunteers.two_volunteers import look, one_page, two

DOUBLES = reverse("volunteers:doubles")
TODAY = date(2026, 6, 1)


def state_of(row):
    row = Volunteer.objects.get(pk=row.pk)
    kept = {name: value for name, value in row.__dict__.items() if name not in ("_state", "details")}
    return kept | {"details": sealed_details.read(row), "memberships": sorted(
        Membership.objects.filter(volunteer=row).values_list("branch", "role", "since", "until")
    )}  # fmt: skip


def test_two_spellings_of_one_name_are_proposed_and_a_family_at_one_telephone_is_not(world):
    volunteer(world, name="Gulnora Tursunova", born_year=1999, phone="+999555123456")
    volunteer(world, name="Турсунова Гульнора", born_year=1999, phone="+999555999999")
    # Her mother and brother have the same telephone, her namesake another year.
    volunteer(world, name="Zuhra Tursunova", born_year=1975, phone="+999555123456")
    volunteer(world, name="Timur Tursunov", born_year=1999, phone="+999555123456")
    volunteer(world, name="Gulnora Tursunova", born_year=1970, phone="+999555123456")
    assert look(world) == 1
    pair = DoublePair.objects.get()
    assert {pair.one.name, pair.other.name} == {"Gulnora Tursunova", "Турсунова Гульнора"}
    ibrat = world.client("ibrat")
    text = ibrat.get(DOUBLES).text
    assert "Gulnora Tursunova" in text and "Timur" not in text and "555" not in text
    shown = ibrat.get(one_page(pair)).text
    assert "+999555123456" in shown and "+999555999999" in shown
    # Looked for again, nothing is proposed twice; nobody was joined by herself.
    assert look(world) == 0 and Volunteer.objects.count() == 5


def test_of_two_branches_only_whoever_keeps_both_decides(world):
    volunteer(world, name="Gulnora Karimovna Tursunova", born_year=1999)
    volunteer(world, name="Gulnora Karimovna Tursunova", born_year=1999, branch="besh")
    # Many have a name and a surname: in two branches that is no sign.
    volunteer(world, name="Aza One", born_year=1980, phone="+999555000001")
    volunteer(world, name="Aza One", born_year=1980, branch="besh")
    assert look(world) == 1
    pair = DoublePair.objects.get()
    assert world.client("ibrat").get(one_page(pair)).status_code == 404
    assert "Gulnora" not in world.client("ibrat").get(DOUBLES).text
    assert world.client("bakyt").get(one_page(pair)).status_code == 200
    assert world.client("rustam").get(one_page(pair)).status_code == 404


def test_the_branch_to_which_both_came_decides_about_them_and_the_one_they_left_no_more(world):
    names = ("Gulnora Karimovna Tursunova", "Gulnora Karimova Tursunova")
    rows = [volunteer(world, name=name, born_year=1999, branch="besh") for name in names]
    look(world)
    address = one_page(DoublePair.objects.get())
    bakyt, ibrat = world.client("bakyt"), world.client("ibrat")
    for row, found in zip(rows, (404, 200), strict=True):
        step(world, "bakyt", row, "ask_to_move", branch=world.branches["arna"].pk)
        step(world, "ibrat", row, "move_answer", answer="yes")
        assert ibrat.get(address).status_code == found
        assert ("Tursunova" in ibrat.get(DOUBLES).text) is (found == 200)
        assert bakyt.get(address).status_code == 200 and "Tursunova" in bakyt.get(DOUBLES).text


def test_of_which_branch_a_pair_is_is_looked_at_again_every_night(world):
    first, _second, pair = two(world)
    for wrong in (None, world.branches["besh"]):
        DoublePair.objects.update(branch=wrong)
        assert look(world) == 0
        assert DoublePair.objects.get().branch_id == first.branch_id
        assert world.client("ibrat").get(one_page(pair)).status_code == 200


def test_pairs_go_page_by_page_the_likeliest_first_and_each_once(world):
    rows = [volunteer(world, name=f"Practice {number}") for number in range(16)]
    pairs = list(combinations(sorted(row.pk for row in rows), 2))
    DoublePair.objects.bulk_create(
        DoublePair(
            society_id=rows[0].society_id,
            one_id=one,
            other_id=other,
            branch=rows[0].branch,
            likeness=700 + number % 3,
        )
        for number, (one, other) in enumerate(pairs)
    )
    for who in ("ibrat", "bakyt"):
        seen, after = [], ""
        while True:
            found, after = queries.doubles(to=world.staff[who], after=after)
            seen += found
            if not after:
                break
        assert len({one.pk for one in seen}) == len(seen) == len(pairs) == 120
        assert [one.likeness for one in seen] == sorted((one.likeness for one in seen), reverse=True)


def test_made_one_she_has_what_both_had_and_taken_back_both_are_as_they_were(world):
    first, second, pair = two(world, email="g@example.org")
    Membership.objects.filter(volunteer=second).update(role="trainer")
    before = state_of(first), state_of(second)
    ibrat = world.client("ibrat")
    assert ibrat.post(one_page(pair), {"decision": str(first.pk)}).url == DOUBLES
    kept = Volunteer.objects.get()
    told = sealed_details.read(kept)
    assert kept.pk == first.pk and kept.code_signed_on == date(2025, 5, 1) and kept.languages == ["uz", "ru"]
    assert (told["phone"], told["other"], told["email"]) == (
        "+999555123456",
        "+999555999999",
        "g@example.org",
    )
    assert set(Membership.objects.filter(volunteer=kept).values_list("role", flat=True)) == {
        "member",
        "trainer",
    }
    # A table that is brought again knows both.
    assert ImportedRow.objects.get().volunteer_id == kept.pk
    merged = MergedVolunteer.objects.get()
    assert b"Gulnora" not in bytes(merged.sealed) and "Гульнора".encode() not in bytes(merged.sealed)
    assert "Joined into one lately" in ibrat.get(DOUBLES).text
    answer = ibrat.post(reverse("volunteers:double_taken_back", args=[merged.pk]))
    assert answer.status_code == 302
    assert (state_of(first), state_of(second)) == before
    assert ImportedRow.objects.get().volunteer_id == second.pk and DoublePair.objects.get().pk == pair.pk


def test_made_one_of_two_branches_she_is_seen_in_both_and_taken_back_each_in_her_own(world):
    first, second, pair = two(world, name="Gulnora Tursunova", branch="besh", phone="+999555123456")
    ibrat, bakyt = world.staff["ibrat"], world.staff["bakyt"]
    merged = actions.merge(by=bakyt, pair=pair, keep=second.pk, at=world.at)
    assert [one.row.pk for one in queries.listed(queries.VolunteerFilter(), to=ibrat, on=TODAY).rows] == [
        second.pk
    ]
    assert marked_as_elsewhere() == done_elsewhere() != set()
    actions.take_back(by=bakyt, merged=merged, at=world.at)
    assert [one.row.pk for one in queries.listed(queries.VolunteerFilter(), to=ibrat, on=TODAY).rows] == [
        first.pk
    ]
    assert marked_as_elsewhere() == set()


def test_what_was_changed_after_they_became_one_stays_when_it_is_taken_back(world):
    first, _second, pair = two(world)
    merged = actions.merge(by=world.staff["bakyt"], pair=pair, keep=first.pk, at=world.at)
    kept = Volunteer.objects.get()
    actions.change_volunteer(by=world.staff["bakyt"], row=kept, at=world.at, languages=["kk"])
    actions.take_back(by=world.staff["bakyt"], merged=MergedVolunteer.objects.get(pk=merged.pk), at=world.at)
    kept.refresh_from_db()
    assert kept.languages == ["kk"] and kept.skills == ["driving"] and Volunteer.objects.count() == 2


def test_said_to_be_two_people_they_are_not_proposed_again(world):
    _first, _second, pair = two(world)
    ibrat = world.client("ibrat")
    ibrat.post(one_page(pair), {"decision": "apart"})
    assert look(world) == 0 and "Gulnora" not in ibrat.get(DOUBLES).text
    assert Volunteer.objects.count() == 2
    # The press of whoever still had the page open decides nothing more.
    assert ibrat.post(one_page(pair), {"decision": str(pair.one_id)}).status_code == 404


def test_two_who_both_sign_in_become_one_only_when_a_link_is_taken_away(world):
    first, second, pair = two(world)
    Volunteer.objects.filter(pk=first.pk).update(staff=world.staff["elena"])
    Volunteer.objects.filter(pk=second.pk).update(staff=world.staff["gulnar"])
    answer = world.client("bakyt").post(one_page(pair), {"decision": str(first.pk)})
    assert answer.status_code == 422 and "Both sign in as a colleague" in answer.text
    Volunteer.objects.filter(pk=first.pk).update(staff=None)
    actions.merge(by=world.staff["bakyt"], pair=pair, keep=first.pk, at=world.at)
    assert Volunteer.objects.get().staff == world.staff["gulnar"]


def test_after_thirty_days_it_cannot_be_taken_back_and_an_erased_one_takes_both_along(world):
    first, _second, pair = two(world)
    actions.merge(by=world.staff["bakyt"], pair=pair, keep=first.pk, at=world.at)
    world.at += timedelta(days=29)
    look(world)
    assert MergedVolunteer.objects.exists()
    world.at += timedelta(days=2)
    look(world)
    assert not MergedVolunteer.objects.exists()


def test_whoever_decided_second_gets_a_sentence(world):
    first, second, pair = two(world)
    actions.merge(by=world.staff["bakyt"], pair=pair, keep=first.pk, at=world.at)
    with pytest.raises(Refusal) as refused:
        actions.merge(by=world.staff["saule"], pair=pair, keep=second.pk, at=world.at)
    assert refused.value.code == "decided-already"
