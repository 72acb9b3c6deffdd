"""The house itself: who runs it, its rooms, its book, and what happens when somebody who runs it leaves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.directory import actions as directory
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem, Page
from panah.ground.work.queries import items_of
from panah.people.shelter import actions, queries
from panah.people.shelter.models import Bed, Place, Room, Stay
from panah.people.shelter.queries.house import needs_of
from tests.shelter.conftest import WAY, a_case, arrived, ask, look, make_house, parts
from tests.two_people import make_focal_point


@pytest.fixture
def makhabat(world):
    """A second shelter manager of North."""
    staff = accounts.add_colleague(
        society=world.societies["north"], username="makhabat", name="Makhabat", roles=["shelter_manager"],
        at=world.at,
    )  # fmt: skip
    vault.make_staff_key(staff=staff, passphrase="six made up words of hers", code="00" * 16, at=world.at)
    opened = sign_in.check_passphrase(username="makhabat", passphrase="00" * 16, at=world.at, with_code=True)
    world.seeds["makhabat"], world.staff["makhabat"] = opened.seed, staff
    vault.admit(keys=world.keys("bakyt"), staff=staff, at=world.at)
    return staff


def send(client, name, /, *args, **data):
    return client.post(reverse(f"shelter:{name}", args=args), data)


def get(client, name, *args):
    return client.get(reverse(f"shelter:{name}", args=args))


def test_gulnar_writes_down_a_flat_from_the_first_page_to_the_first_bed(world):
    directory.load_reference_data(at=timezone.now(), practice=True)
    gulnar = world.client("gulnar")
    typed = {
        "name": "Flat 7", "region": "XA-1", "kind": "flat", "admits": ["women", "mothers"], "languages": ["ru"],
        "runners": [str(world.staff["gulnar"].pk)], **WAY,
    }  # fmt: skip
    wrong = send(gulnar, "add_place", **typed | {"address": ""})
    assert wrong.status_code == 422
    assert "Call Practice Person Reed first" in wrong.content.decode(), "nothing typed is lost"
    answer = send(gulnar, "add_place", **typed)
    place = Place.objects.get()
    assert answer["Location"] == reverse("shelter:rooms", args=[place.pk])
    send(gulnar, "rooms", place.pk, name="Room 1", admits=["women"], beds="a, b; cot")
    assert sorted(Bed.objects.values_list("name", flat=True)) == ["a", "b", "cot"]
    send(gulnar, "room", place.pk, Room.objects.get().pk, do="beds", beds="d")
    assert Bed.objects.count() == 4
    again = send(gulnar, "rooms", place.pk, name="room 1", beds="a")
    assert "There is a room with this name already." in again.content.decode()
    assert "4</b>" in get(gulnar, "board", place.pk).content.decode(), "four are free tonight"
    same = send(gulnar, "add_place", **typed | {"name": "flat 7"})
    assert "There is a place with this nickname already." in same.content.decode()


def test_the_address_is_covered_until_somebody_says_what_for(world, house):
    gulnar = world.client("gulnar")
    assert "Tulip Street" not in get(gulnar, "place", house.pk).content.decode()
    assert send(gulnar, "way", house.pk).status_code == 302
    assert "Tulip Street" in send(gulnar, "way", house.pk, purpose="safety").content.decode()
    assert "Tulip Street" in send(gulnar, "edit_way", house.pk).content.decode()
    assert get(gulnar, "edit_way", house.pk).status_code == 302
    send(gulnar, "edit_way", house.pk, **WAY | {"address": "2 Practice Reed Road", "version": "1"})
    assert "Reed Road" in send(gulnar, "way", house.pk, purpose="safety").content.decode()
    late = send(gulnar, "edit_way", house.pk, **WAY | {"version": "1"})
    assert late.status_code == 422


@pytest.mark.parametrize("who", ["amina", "cholpon", "elena", "daler", "rustam", "zarina", "timur", None])
def test_the_page_of_a_house_is_for_those_who_run_it(world, house, who):
    client = world.client(who)
    for name in ("place", "board", "rooms", "people", "book", "needs"):
        assert get(client, name, house.pk).status_code == (404 if who else 302)


def test_a_manager_sees_the_places_she_is_named_for(world, house, makhabat):
    other = world.client("makhabat")
    assert get(other, "board", house.pk).status_code == 404
    assert "House 3" not in get(other, "places").content.decode()
    stay = ask(world, house, a_case(world))
    send(world.client("gulnar"), "people", house.pk, do="name", runner=str(makhabat.pk))
    assert get(other, "board", house.pk).status_code == 200
    assert "Practice Person Tulip" in send(other, "who", stay.pk, purpose="assist").content.decode()
    send(world.client("gulnar"), "take_off", house.pk, makhabat.pk)
    assert get(other, "board", house.pk).status_code == 404
    assert not vault_queries.opens(keys=world.keys("makhabat"), file=house.file_id)
    assert not vault_queries.opens(keys=world.keys("makhabat"), file=stay.file_id)


def test_a_place_keeps_somebody_who_runs_it(world, house):
    answer = send(world.client("gulnar"), "take_off", house.pk, world.staff["gulnar"].pk)
    assert "A place needs at least one colleague who runs it." in answer.content.decode()
    assert queries.runners_of(house) == [world.staff["gulnar"]]


def test_amina_who_placed_someone_cannot_open_the_book_or_another_residents_sheet(world, house, beds):
    mine = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    others = ask(world, house, a_case(world, "cholpon"), by="cholpon")
    keys = world.keys("amina")
    assert vault_queries.opens(keys=keys, file=mine.file_id)
    assert vault_queries.opens(keys=keys, file=house.file_id)
    assert not vault_queries.opens(keys=keys, file=house.book_id)
    assert not vault_queries.opens(keys=keys, file=others.file_id)
    assert get(world.client("amina"), "stay", others.pk).status_code == 404


def test_when_gulnar_leaves_the_focal_point_hands_her_houses_on(world, house, beds, makhabat):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    assert ("Safe places", 1) in [(str(h.what), h.number) for h in vault.work_held(world.staff["gulnar"])]
    bakyt = world.keys("bakyt")
    vault.hand_over_all(keys=bakyt, staff=world.staff["gulnar"], to=makhabat, at=timezone.now())
    sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["gulnar"], at=timezone.now())
    assert queries.runners_of(house) == [makhabat]
    assert vault_queries.opens(keys=world.keys("makhabat"), file=stay.file_id)
    assert not vault_queries.opens(keys=world.keys("gulnar"), file=house.file_id)
    assert items_of(stay.pk)
    assert {item.owner for item in items_of(stay.pk)} <= {makhabat, world.staff["amina"]}


def test_a_house_that_nobody_runs_is_put_on_the_focal_points_lists(world, house):
    sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["gulnar"], at=timezone.now())
    assert queries.runners_of(house) == []
    with tenancy.tenant_context(world.societies["north"].pk):
        assert actions.find_a_runner(at=timezone.now()) == 1
        assert actions.find_a_runner(at=timezone.now()) == 1
    owners = [item.owner.username for item in DueItem.objects.filter(room="shelter_place")]
    assert sorted(owners) == ["bakyt", "saule"], "once each"
    stay = ask(world, house, a_case(world))
    assert {i.owner.username for i in items_of(stay.pk)} == {"bakyt", "saule"}, "they decide meanwhile"


def test_when_amina_leaves_another_follows_her_stays(world, house, beds):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    vault.hand_over_all(
        keys=world.keys("bakyt"), staff=world.staff["amina"], to=world.staff["cholpon"], at=timezone.now()
    )
    stay.refresh_from_db()
    assert stay.follows == world.staff["cholpon"]
    cholpon = world.client("cholpon")
    assert "Tulip Street" in send(cholpon, "way_there", stay.pk, purpose="meet").content.decode()
    assert not vault_queries.opens(keys=world.keys("amina"), file=stay.file_id)
    assert not vault_queries.opens(keys=world.keys("amina"), file=house.file_id)


def test_gulnar_lets_the_new_holder_of_a_case_follow(world, house, beds):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    send(world.client("gulnar"), "let_in", stay.pk, colleague=str(world.staff["cholpon"].pk))
    assert get(world.client("cholpon"), "stay", stay.pk).status_code == 200
    assert get(world.client("amina"), "stay", stay.pk).status_code == 404
    wrong = send(world.client("gulnar"), "let_in", stay.pk, colleague="")
    assert wrong.status_code == 422


def test_a_new_focal_point_can_open_houses_and_sheets_after_sealing_anew(world, house):
    stay = ask(world, house, a_case(world))
    make_focal_point(world, "cholpon", at=timezone.now())
    vault.regrant_chunk(keys=world.keys("bakyt"), at=timezone.now())
    for file in (house.file_id, house.book_id, stay.file_id):
        assert vault_queries.opens(keys=world.keys("cholpon"), file=file)


def test_after_a_restore_danger_in_the_book_of_a_house_calls_anew_and_the_page_says_only_what_is_so(
    world, house
):
    gulnar, danger = world.client("gulnar"), {"kind": "threat", "text": "Somebody at the gate", "alarm": "on"}
    send(gulnar, "book", house.pk, **danger)
    work.stop_old_paging(society=house.society_id)
    send(gulnar, "book", house.pk, **danger)
    assert Page.objects.filter(alarm__subject=house.pk, paged_at__isnull=False).exists()
    text = get(gulnar, "book", house.pk).text
    assert "Nobody has been told." in text, "no way of calling reaches anybody here"
    assert "is called in." not in text


def test_the_book_is_read_by_the_house_and_calls_in_the_duty(world, house, beds):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    gulnar = world.client("gulnar")
    send(gulnar, "book", house.pk, kind="stranger", text="A grey car, twice", told="Bakyt", about="")
    send(gulnar, "book", house.pk, kind="illness", text="Fever", told="", about=str(stay.pk))
    assert not Alarm.objects.exists()
    send(gulnar, "book", house.pk, kind="threat", text="Somebody at the gate", alarm="on")
    assert Alarm.objects.get().room == "shelter_place"
    text = get(world.client("bakyt"), "book", house.pk).content.decode()
    assert "A grey car, twice" in text and "Fever" in text and "Told: Bakyt" in text
    kept = send(gulnar, "book", house.pk, text="Long story without a kind")
    assert "Long story without a kind" in kept.content.decode()


def test_what_a_house_needs_is_met_and_needed_again(world, house):
    gulnar = world.client("gulnar")
    send(gulnar, "needs", house.pk, what="Nappies", how_many="two packs", urgent="on")
    send(gulnar, "needs", house.pk, what="A lock")
    rows = needs_of(house, keys=world.keys("bakyt"))
    assert [(r.what, r.urgent, r.met) for r in rows] == [("Nappies", True, None), ("A lock", False, None)]
    send(gulnar, "need", house.pk, rows[0].ref)
    assert [r.what for r in needs_of(house, keys=world.keys("gulnar"))] == ["A lock", "Nappies"]
    send(gulnar, "need", house.pk, rows[0].ref, met="no")
    assert needs_of(house, keys=world.keys("gulnar"))[0].what == "Nappies"


def test_who_is_in_the_house_stands_on_the_board(world, house):
    now = timezone.localtime() - timedelta(hours=1)
    ends = now + timedelta(hours=8)
    shift = {
        "on_shift": str(world.staff["gulnar"].pk), **parts("starts_at", now), **parts("ends_at", ends),
        "starts_at_time": f"{now:%H:%M}", "ends_at_time": f"{ends:%H:%M}",
    }  # fmt: skip
    gulnar = world.client("gulnar")
    wrong = send(gulnar, "people", house.pk, **shift | {"ends_at_year": str(ends.year + 1)})
    assert "A shift must end after it begins" in wrong.content.decode()
    send(gulnar, "people", house.pk, **shift)
    found = queries.in_the_house(house, at=timezone.now() - timedelta(days=1))
    assert [one.staff.username for one in found] == ["gulnar"]
    send(gulnar, "end_shift", house.pk, found[0].pk)
    assert queries.in_the_house(house, at=timezone.now() - timedelta(days=1)) == []


def test_a_shift_in_a_house_stands_on_the_roster_and_counts_for_the_rest(world, house):
    now = timezone.localtime()
    accounts.put_on_duty(
        staff=world.staff["gulnar"], what="intake", starts_at=now - timedelta(hours=9),
        ends_at=now - timedelta(hours=1), at=now,
    )  # fmt: skip
    ends = now + timedelta(hours=6)
    shift = {
        "on_shift": str(world.staff["gulnar"].pk), **parts("starts_at", now), **parts("ends_at", ends),
        "starts_at_time": f"{now:%H:%M}", "ends_at_time": f"{ends:%H:%M}",
    }  # fmt: skip
    gulnar = world.client("gulnar")
    send(gulnar, "people", house.pk, **shift)
    assert "less than 11 hours of rest before or after it" in gulnar.get("/me/roster").content.decode()
    seen = {
        who: world.client(who).get("/me/roster").content.decode()
        for who in ("bakyt", "amina", "elena", "daler")
    }
    assert "In the house: House 3" in seen["bakyt"] and "less than 11 hours of rest" in seen["bakyt"]
    assert reverse("shelter:people", args=[house.pk]) in seen["bakyt"]
    assert "In the house: House 3" in seen["amina"] and str(house.pk) not in seen["amina"]
    assert "In a house" in seen["elena"] and "House 3" not in seen["elena"], "she knows of no house"
    assert "Gulnar" not in seen["daler"]


def test_a_bed_out_of_use_is_given_to_nobody_and_nobody_is_put_out_of_one(world, house, beds, tonight):
    gulnar = world.client("gulnar")
    send(gulnar, "bed", house.pk, beds["1a"].pk, name="a", out="on", **parts("out_from", tonight))
    stay = ask(world, house, a_case(world))
    with pytest.raises(Refusal, match="bed-out-of-use"):
        actions.give_bed(
            keys=world.keys("gulnar"),
            opened=look(world, stay),
            bed=Bed.objects.get(pk=beds["1a"].pk),
            at=timezone.now(),
        )
    arrived(world, stay, beds["1b"])
    answer = send(gulnar, "bed", house.pk, beds["1b"].pk, name="b", out="on", **parts("out_from", tonight))
    assert "Somebody has this bed in those nights." in answer.content.decode()


def test_a_mother_brings_two_children_and_each_has_a_bed(world, house, beds):
    stay = ask(world, house, a_case(world), who="mothers")
    gulnar = world.client("gulnar")
    send(gulnar, "decide", stay.pk, do="give", bed=str(beds["1a"].pk), also=[str(beds["1b"].pk)])
    board = queries.board(house, keys=world.keys("gulnar"), at=timezone.now())
    assert board.tonight("taken") == 2
    assert "Room 1, bed a; Room 1, bed b" in get(gulnar, "stay", stay.pk).content.decode()


def test_somebody_who_stayed_on_still_has_the_bed(world, house, beds, tonight):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    Stay.objects.filter(pk=stay.pk).update(from_day=tonight - timedelta(days=3), to_day=tonight)
    stay.nights.all().delete()
    stay.nights.create(bed=beds["1a"], night=tonight - timedelta(days=1))
    board = queries.board(house, keys=world.keys("gulnar"), at=timezone.now())
    assert board.tonight("taken") == 1
    assert "was to leave on" in get(world.client("gulnar"), "board", house.pk).content.decode()
    second = ask(world, house, a_case(world))
    with pytest.raises(Refusal, match="bed-taken"):
        arrived(world, second, beds["1a"])


def test_a_place_ends_when_the_last_has_left(world, house, beds):
    directory.load_reference_data(at=timezone.now(), practice=True)
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    gulnar = world.client("gulnar")
    typed = {
        "name": "House 3",
        "region": "XA-1",
        "kind": "house",
        "admits": ["women"],
        "languages": [],
        "state": "ended",
    }
    assert "Somebody still has a bed here" in send(gulnar, "edit_place", house.pk, **typed).content.decode()
    send(gulnar, "edit_place", house.pk, **typed | {"state": "paused"})
    house.refresh_from_db()
    case = a_case(world)
    with pytest.raises(Refusal, match="place-not-open"):
        ask(world, house, case)
    actions.leave(
        keys=world.keys("gulnar"), opened=look(world, stay), to="family", how="planned", at=timezone.now()
    )
    assert send(gulnar, "edit_place", house.pk, **typed).status_code == 302


def test_two_societies_see_their_own_houses(world, house):
    south = make_house(world, lead="rustam", runner="rustam", name="House 3", region="XB-1")
    assert get(world.client("bakyt"), "board", south.pk).status_code == 404
    assert get(world.client("rustam"), "board", house.pk).status_code == 404
    case = a_case(world, "daler")
    assert get(world.client("daler"), "ask", case.number, house.pk).status_code == 404


def test_the_page_of_a_place_says_which_languages_are_spoken_there(world, house):
    page = world.client("gulnar").get(reverse("shelter:place", args=[house.pk])).content.decode()
    assert "<dd>Russian, Uzbek</dd>" in page
