"""Cards: finding and counting without an index that leaks, and cards that go when they must."""

from contextlib import suppress
from contextvars import ContextVar
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import cards_when_committed, later, search, shred_store
from panah.ground.vault.actions import card_rebuilding, cards
from panah.ground.vault.lock_files import lock_file
from panah.ground.vault.models import ShredRow
from panah.ground.vault.seals import pad, seal
from panah.ground.vault.words import FileKind, KeyKind
from tests.vault.changed_cards import change_row, changed

PEOPLE = {
    "AAA": ("Гүлнара Токтосунова", 1990, "1234"),
    "CCC": ("Rustam Karimov", 1985, "9876"),
    "DDD": ("Абдулло Раҳимзода", 1979, ""),
}


@pytest.fixture
def files(world):
    made = {}
    for number, (name, year, phone) in PEOPLE.items():
        keys = world.keys("amina")
        made[number] = vault.begin_file(
            keys=keys, kind=FileKind.CASE, staff=[world.staff["amina"]], focal_points=True, at=world.at
        )
        value = search.card_value(
            names=[name], birth_year=year, phones=[f"+996 555 00 {phone}"], number=number
        )
        cards.put_card(keys=keys, file=made[number], kind="search", value=value, at=world.at)
    return made


def find(world, name, **more):
    return search.find(keys=world.keys("bakyt"), name=name, at=world.at, fresh=True, **more)[0]


def test_bakyt_finds_a_person_by_another_spelling_before_and_after_compaction(world, files):
    assert find(world, "Gulnara Toktosunova", birth_year=1990)[0].number == "AAA"
    assert cards.compact(keys=world.keys("bakyt"), kind="search") == 3
    assert find(world, "Gulnara Toktosunova", birth_year=1990)[0].number == "AAA"
    assert find(world, "Каримов Рустам", phone_tail="9876")[0].number == "CCC"
    assert not ShredRow.objects.using("shred").filter(kind="search").exists()


@pytest.mark.parametrize("name", ["amina", "elena", "nurlan", "timur", "daler"])
def test_whoever_does_not_hold_the_search_key_looks_through_nothing(world, files, name):
    with pytest.raises(Refusal, match="key-not-held"):
        search.find(keys=world.keys(name), name="Rustam", at=world.at)


def test_no_name_lies_in_the_shred_store(world, files):
    cards.compact(keys=world.keys("bakyt"), kind="search")
    everything = b"".join(bytes(r.wrapped) for r in ShredRow.objects.using("shred"))
    assert all(n.encode() not in everything for n, _, _ in PEOPLE.values())


def test_an_erased_person_is_found_no_more_and_the_segment_is_rewritten(world, files):
    cards.compact(keys=world.keys("bakyt"), kind="search")
    vault.erase(keys=world.keys("amina"), file=files["AAA"], at=world.at)
    assert all(f.number != "AAA" for f in find(world, "Гүлнара Токтосунова", birth_year=1990))
    assert cards.oldest_tombstone(world.societies["north"].pk, "search") == world.at
    assert cards.compact(keys=world.keys("saule"), kind="search") == 2
    assert cards.oldest_tombstone(world.societies["north"].pk, "search") is None
    assert find(world, "Rustam Karimov", birth_year=1985)[0].number == "CCC"


def test_whoever_holds_only_one_generation_of_the_key_rewrites_away_nothing_of_another(world, files):
    north = world.societies["north"].pk
    cards.compact(keys=world.keys("bakyt"), kind="search")
    vault.new_generation(keys=world.keys("bakyt"), kind=KeyKind.SEARCH, line=None, holders=[], at=world.at)
    value = search.card_value(names=["Асель Тестова"], birth_year=1991, phones=[], number="EEE")
    new = vault.begin_file(
        keys=world.keys("amina"),
        kind=FileKind.CASE,
        staff=[world.staff["amina"]],
        focal_points=True,
        at=world.at,
    )
    cards.put_card(keys=world.keys("amina"), file=new, kind="search", value=value, at=world.at)
    vault.erase(keys=world.keys("amina"), file=files["AAA"], at=world.at)
    for generation in (1, 2):
        # Somebody who writes in the database took the other one away from her.
        keys = world.keys("bakyt")
        some = [one for one in keys.held() if (one.kind, one.generation) == (KeyKind.SEARCH, generation)]
        held = {one.generation: one for one in some}
        assert list(held) == [generation], "control"
        if generation == 1:
            # A card of the new generation lies loose; only the segment of the old one is hers.
            cards.compact_with(held, society=north, kind="search")
            vault.erase(keys=world.keys("amina"), file=files["CCC"], at=world.at)
        else:
            cards.compact_with(held, society=north, kind="search")
            assert cards.oldest_tombstone(north, "search") is not None, (
                "it is said until whoever can has done it"
            )
    whole = {one["c"] for _, one in cards.cards(keys=world.keys("bakyt"), kind="search")}
    assert whole == {"DDD", "EEE"}
    cards.compact(keys=world.keys("bakyt"), kind="search")
    assert cards.oldest_tombstone(north, "search") is None
    assert {one["c"] for _, one in cards.cards(keys=world.keys("bakyt"), kind="search")} == {"DDD", "EEE"}


def test_when_no_holder_comes_the_host_drops_the_segment_and_the_cases_rebuild_it(world, files):
    cards.compact(keys=world.keys("bakyt"), kind="search")
    vault.erase(keys=world.keys("amina"), file=files["AAA"], at=world.at)
    north = world.societies["north"].pk
    assert card_rebuilding.drop_touched_segments(society=north, at=world.at + timedelta(days=12)) == 0
    assert card_rebuilding.drop_touched_segments(society=north, at=world.at + timedelta(days=13)) == 1
    assert find(world, "Rustam Karimov", birth_year=1985) == []
    left = [files["CCC"], files["DDD"]]
    assert card_rebuilding.rebuild(keys=world.keys("amina"), files=left, at=world.at) == 2
    assert find(world, "Rustam Karimov", birth_year=1985)[0].number == "CCC"


def test_a_new_name_replaces_the_old_card(world, files):
    value = search.card_value(names=["Rustam Karimzoda"], birth_year=1985, phones=[], number="CCC")
    cards.put_card(keys=world.keys("amina"), file=files["CCC"], kind="search", value=value, at=world.at)
    found = [f for f in find(world, "Rustam Karimzoda", birth_year=1985) if f.number == "CCC"]
    assert len(found) == 1


def test_facts_cards_wait_for_company_so_that_time_joins_them_to_no_case(world, files):
    north = world.societies["north"].pk
    for number in ("AAA", "CCC", "DDD"):
        cards.put_card(
            keys=world.keys("amina"), file=files[number], kind="facts", value={"y": 2026}, at=world.at
        )
    assert list(cards.cards(keys=world.keys("nurlan"), kind="facts")) == []
    assert cards.shuffle_waiting(society=north) == 0
    assert cards.shuffle_waiting(society=north, at_least=3) == 3
    assert [v for _, v in cards.cards(keys=world.keys("nurlan"), kind="facts")] == [{"y": 2026}] * 3


def test_a_withdrawn_consent_to_counting_takes_the_card_away(world, files):
    cards.put_card(keys=world.keys("amina"), file=files["AAA"], kind="facts", value={"y": 2026}, at=world.at)
    cards.shuffle_waiting(society=world.societies["north"].pk, at_least=1)
    cards.drop_card(keys=world.keys("amina"), file=files["AAA"], kind="facts", at=world.at)
    assert list(cards.cards(keys=world.keys("nurlan"), kind="facts")) == []


def test_a_facts_card_that_was_rolled_back_waits_nowhere_and_the_one_of_before_counts(
    world, files, monkeypatch
):
    north = world.societies["north"].pk
    cards.put_card(keys=world.keys("amina"), file=files["AAA"], kind="facts", value={"y": 2026}, at=world.at)
    before = [one.id for one in later.waiting(society=north, what="facts")]

    # As on a node: what a test writes is stored at once.
    monkeypatch.setattr(cards_when_committed, "_at_once", ContextVar("as on a node", default=False))
    with suppress(ZeroDivisionError), transaction.atomic():
        cards.put_card(keys=world.keys("amina"), file=files["AAA"], kind="facts", value={}, at=world.at)
        raise ZeroDivisionError
    assert [one.id for one in later.waiting(society=north, what="facts")] == before
    assert cards.buried_of(north, "facts") == set()
    vault.shuffle_facts(at=world.at)
    assert "facts" not in card_rebuilding.rebuilding(north), "it may still be written"
    vault.shuffle_facts(at=world.at + timedelta(hours=9))
    assert card_rebuilding.rebuilding(north)["facts"] is None, "from the first file on"


def test_what_is_sealed_after_its_case_has_another_card_or_was_erased_counts_no_more(world, files):
    """Whoever brings cards back has read the file a moment ago."""
    amina, bakyt, north = world.keys("amina"), world.keys("bakyt"), world.societies["north"].pk
    old = {name: cards.kept_of(amina, file)["search"][0] for name, file in files.items()}
    cards.put_card(keys=amina, file=files["CCC"], kind="search", value=old["CCC"]["value"], at=world.at)
    vault.erase(keys=amina, file=files["AAA"], at=world.at)
    cards.compact(keys=bakyt, kind="search")
    assert cards.waiting_to_go(north, "search") == 0, "control: the graves are closed"
    for name in files:
        card, value = UUID(old[name]["id"]), old[name]["value"]
        cards.put_loose(bakyt.society_key(KeyKind.SEARCH), "search", card, value, world.at)
        cards.bury_unnamed(keys=world.keys("amina"), file=files[name], kind="search", card=card, at=world.at)
    assert sorted(one["c"] for _, one in cards.cards(keys=bakyt, kind="search")) == ["CCC", "DDD"]


def test_a_damaged_first_copy_is_read_from_the_second(world, files):
    half = files["AAA"]
    ShredRow.objects.using("shred").filter(kind="half", key=half).update(wrapped=b"\x11" + bytes(60))
    assert shred_store.get("half", half) is not None
    assert world.keys("amina").open_file(half)


def test_a_segment_that_does_not_open_keeps_nothing_else_from_being_rewritten_and_goes_on_day_13(
    world, files
):
    north, bakyt = world.societies["north"].pk, world.keys("bakyt")
    cards.compact(keys=bakyt, kind="search")
    (segment,) = cards.segment_ids(north, "search")
    change_row("search_s", segment, changed)
    vault.erase(keys=world.keys("amina"), file=files["AAA"], at=world.at)
    value = search.card_value(names=["Rustam Karimzoda"], birth_year=1985, phones=[], number="CCC")
    cards.put_card(keys=world.keys("amina"), file=files["CCC"], kind="search", value=value, at=world.at)
    assert cards.compact(keys=bakyt, kind="search") == 1
    assert find(world, "Rustam Karimzoda", birth_year=1985)[0].number == "CCC"
    assert search.find(keys=bakyt, name="Rustam", at=world.at, fresh=True)[1], "and it is said"
    assert cards.waiting_to_go(north, "search") == 2, "what may lie in it still waits to go"
    day = world.at + timedelta(days=13)
    assert card_rebuilding.drop_touched_segments(society=north, at=day) == 1
    assert card_rebuilding.rebuild(keys=world.keys("amina"), files=[files["DDD"]], at=day) == 1
    assert not search.find(keys=bakyt, name="Rustam", at=world.at, fresh=True)[1]


def test_a_grave_that_cannot_be_read_is_one_and_counts_from_the_day_it_was_seen(world, files):
    north = world.societies["north"].pk
    cards.compact(keys=world.keys("bakyt"), kind="search")
    vault.erase(keys=world.keys("amina"), file=files["AAA"], at=world.at)
    for row in ShredRow.objects.using("shred").filter(kind="search_t"):
        change_row("search_t", row.key, changed)
    assert all(f.number != "AAA" for f in find(world, "Гүлнара Токтосунова", birth_year=1990))
    seen, late = world.at + timedelta(days=1), world.at + timedelta(days=14)
    assert card_rebuilding.drop_touched_segments(society=north, at=seen) == 0
    assert cards.oldest_tombstone(north, "search") == seen
    assert card_rebuilding.drop_touched_segments(society=north, at=late) == 1


def test_whoever_takes_away_the_list_of_a_segment_brings_nobody_back(world, files):
    north, bakyt = world.societies["north"].pk, world.keys("bakyt")
    cards.compact(keys=bakyt, kind="search")
    for alias in ("shred", "shred_copy"):
        assert ShredRow.objects.using(alias).filter(kind="search_i").delete()[0], "control"
    vault.erase(keys=world.keys("amina"), file=files["AAA"], at=world.at)
    assert cards.compact(keys=bakyt, kind="search") == 2
    assert cards.waiting_to_go(north, "search") == 0
    assert {one["c"] for _, one in cards.cards(keys=bakyt, kind="search")} == {"CCC", "DDD"}


@pytest.mark.parametrize("said", [b'{"n": ["\\ud800"], "c": "XXX"}', b'{"n": ["\xed\xa0\x80"], "c": "XXX"}'])
def test_a_forged_card_with_letters_that_are_none_keeps_nobody_from_rewriting(world, files, said):
    north, bakyt = world.societies["north"].pk, world.keys("bakyt")
    public, card = bakyt.society_key(KeyKind.SEARCH), uuid4()
    sealed = seal(bytes(public.public), pad(said), "card", north, "search", card)
    shred_store.put("search", card, public.generation.to_bytes(4, "big") + sealed, society=north)
    named = {one["c"] for _, one in cards.cards(keys=bakyt, kind="search")}
    assert named == set(PEOPLE)
    assert cards.compact(keys=bakyt, kind="search") == 3
    assert not shred_store.keys_of("search", north)


def test_a_loose_card_that_somebody_wrote_over_comes_back_from_its_case(world, files):
    north, bakyt = world.societies["north"].pk, world.keys("bakyt")
    lost = shred_store.keys_of("search", north)[0]
    blob = shred_store.get("search", lost)
    shred_store.put("search", lost, changed(blob), society=north)
    assert cards.compact(keys=bakyt, kind="search") == 2
    assert "search" in card_rebuilding.rebuilding(north)
    assert card_rebuilding.rebuild(keys=bakyt, files=list(files.values()), at=world.at, kinds=["search"]) == 1
    assert {one["c"] for _, one in cards.cards(keys=bakyt, kind="search")} == set(PEOPLE)


def test_of_two_who_rewrite_at_once_the_second_leaves_it_to_the_first(world, files):
    north, bakyt = world.societies["north"].pk, world.keys("bakyt")
    with lock_file(f"cards-{north}-search.lock") as held:
        assert held
        assert cards.compact(keys=bakyt, kind="search") == 0
    assert cards.compact(keys=bakyt, kind="search") == 3
