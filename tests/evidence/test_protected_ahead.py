"""Exact counts of what left stay sealed to the facts key: with them, who comes later is protected ahead."""

import pytest

from panah.ground.vault import actions as vault
from panah.ground.vault.actions import cards
from panah.programmes.evidence import products, sealed_counts
from panah.programmes.evidence.columns import brought
from panah.programmes.evidence.kept_tables import read_tables
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.products import ReleaseRequest
from panah.programmes.evidence.words import ReleaseState
from tests.evidence.conftest import card, write_cards
from tests.evidence.preparing_releases import begun, decide, prepared, press_prepare, read, state

PEOPLE = [
    *({"yearOfRegistration": "2025", "gender": "Man", "CountryOfExploitation": "KAZ"} for _ in range(40)),
    *({"yearOfRegistration": "2025", "gender": "Woman", "CountryOfExploitation": "TUR"} for _ in range(30)),
    *({"yearOfRegistration": "2025", "gender": "Man", "CountryOfExploitation": "RUS"} for _ in range(20)),
]
LATE = [*PEOPLE[:6], PEOPLE[-1]]


def made(rows, earlier=()):
    return products.make(
        ReleaseRequest(
            product="tables", year=2025, society="North", place="north", made_up=False, columns=brought().text,
            rows=list(rows), earlier=list(earlier),
        )
    )  # fmt: skip


def left(result, *, with_counts=True):
    return {"tables": result.data["tables"], "exact": result.exact if with_counts else []}


def told(result):
    """Every shown number, by table and place."""
    return {
        (one.name, place): int(one.values[place])
        for one in read_tables(result.data["tables"])
        for place in one.places()
        if one.values[place] >= 0
    }


def test_seven_who_came_later_do_not_tell_that_one_of_them_was_in_russia():
    first = made(PEOPLE)
    assert first.passed
    later = made([*PEOPLE, *LATE], [left(first)])
    assert later.passed, later.report
    before, now = told(first), told(later)
    assert not [at for at in before.keys() & now.keys() if 0 < abs(now[at] - before[at]) < 5]
    # Control: without the exact counts nobody hides more than before, and the attack must find it.
    careless = made([*PEOPLE, *LATE], [left(first, with_counts=False)])
    assert not careless.passed


def test_one_who_took_the_yes_back_is_not_told_by_the_next_release():
    first = made(PEOPLE)
    later = made(PEOPLE[1:], [left(first)])
    before, now = told(first), told(later)
    assert later.passed is bool(now)
    assert not [at for at in before.keys() & now.keys() if before[at] != now[at]]


def test_where_some_came_and_some_went_nothing_exact_is_published_again():
    first = made(PEOPLE)
    later = made([*PEOPLE[1:], {**PEOPLE[-1], "CountryOfExploitation": "KGZ"}], [left(first)])
    assert not later.passed and later.report[0]["code"] == "came-and-went" and not later.exact


def test_exact_counts_open_with_the_facts_key_alone_and_go_when_a_release_is_refused(world, thirty):
    row = prepared(world, what="cases")
    blob = vault.load_blob(kind=sealed_counts.KIND, key=row.pk)
    assert blob and b"RUS" not in blob
    (by_country, *_) = sealed_counts.open_counts(row, keys=world.keys("nurlan"))
    assert by_country["name"] == "by-country"
    assert sealed_counts.open_counts(row, keys=world.keys("amina")) is None
    assert "RUS" not in str(row.report) and row.pk in set(sealed_counts.counts_needed(row.society_id))
    read(world, row), decide(world, row, "no", "Too little.")
    assert vault.load_blob(kind=sealed_counts.KIND, key=row.pk) is None
    assert row.pk not in set(sealed_counts.counts_needed(row.society_id))


def test_whoever_is_added_after_a_release_left_is_protected_and_without_the_counts_nothing_is_made(world):
    write_cards(world, [card("KZ") for _ in range(40)] + [card("TR") for _ in range(30)])
    first = prepared(world, what="cases", title="First")
    read(world, first), decide(world, first, "publish")
    write_cards(world, [card("KZ") for _ in range(6)] + [card("TR")])
    again = prepared(world, what="cases", title="Again")
    page = world.client("bakyt").get(f"/evidence/releases/{again.pk}/review/").text
    assert again.passed and "Differences from" in page
    vault.destroy(kind=sealed_counts.KIND, keys=[first.pk])
    third = begun(world, what="cases", title="Third")
    page = press_prepare(world, third).text
    assert "do not open any more" in page and state(third) == ReleaseState.DRAFT


@pytest.mark.parametrize("gone", [1, 3])
def test_a_release_after_a_withdrawn_yes_is_held_against_the_one_before(world, gone):
    ids = write_cards(world, [card("KZ") for _ in range(40)] + [card("TR") for _ in range(30)])
    first = prepared(world, what="cases", title="First")
    read(world, first), decide(world, first, "publish")
    cards.bury(society=world.societies["north"].pk, kinds={"facts": ids[:gone]}, at=world.at)
    row = begun(world, what="cases", title="Again")
    press_prepare(world, row)
    again = Release.objects.get(pk=row.pk)
    assert again.passed is not None, "it was attacked beside the first"
