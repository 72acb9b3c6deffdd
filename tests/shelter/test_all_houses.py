"""One board over all houses: which of them can take whom tonight, and what goes on in those the reader runs."""

import html
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from panah.people.shelter import actions
from tests.shelter.conftest import WAY, a_case, arrived, ask, typed


def board(client):
    return " ".join(html.unescape(client.get(reverse("shelter:places")).text).split())


def a_house(world, name, admits, *, runner="gulnar", beds=("a",), **room):
    place = actions.make_place(
        keys=world.keys("bakyt"), way=WAY, runners=[world.staff[runner]], at=world.at,
        typed={"name": name, "region": "XA-1", "kind": "house", "admits": admits, "languages": ["ru"]},
    )  # fmt: skip
    actions.add_room(
        keys=world.keys("bakyt"), place=place, name="Room 1", admits=[], beds=beds, at=world.at, **room
    )
    return place


def line(page, group):
    """What the board says of one group."""
    return page.split(f"<dt>{group}</dt>")[1].split("</dd>")[0]


def test_the_first_line_at_night_says_which_house_can_take_a_girl_with_a_baby(world, house):
    a_house(world, "House 8", ["girls", "girl_mothers"], beds=("a", "b"), step_free=True)
    page = board(world.client("gulnar"))
    first = line(page, "Girls with a baby")
    assert "House 8" in first and "2 beds" in first and "2 without steps" in first and "House 3" not in first
    assert "House 3" in line(page, "Women with children") and "House 8" in line(page, "Girls")
    assert "no bed of ours" in line(page, "Children without a parent")
    assert page.index("Girls with a baby") < page.index("House by house")


def test_a_bed_that_is_taken_held_or_broken_is_offered_to_nobody(world, house, beds, tonight):
    assert "1 bed" in line(board(world.client("gulnar")), "Men")
    actions.change_bed(
        keys=world.keys("gulnar"), bed=beds["2a"], name="a", out_from=tonight, out_until=None, at=timezone.now()
    )  # fmt: skip
    page = board(world.client("gulnar"))
    assert "no bed of ours" in line(page, "Men") and "1 out of use" in page


def test_a_girl_alone_finds_a_house_for_children_without_a_parent_under_girls(world, house):
    a_house(world, "House 8", ["children"], beds=("a", "b", "c"))
    page = board(world.client("gulnar"))
    assert "as a child without a parent: " in line(page, "Girls") and "House 8" in line(page, "Girls")
    assert "3 beds" in line(page, "Adolescent boys")
    assert "no bed of ours" in line(page, "Girls with a baby") and "House 8" not in line(page, "Women")


def test_a_cot_is_counted_apart_from_the_beds(world, house):
    a_house(world, "House 8", ["mothers"], beds=("a", "Cot 1", "кроватка"), step_free=True)
    page = board(world.client("gulnar"))
    said = line(page, "Women with children").split("House 8")[1]
    assert "1 bed (1 without steps), 2 cots" in said.replace("</a>", "")
    assert "1 bed free, 2 cots" in page
    a_house(world, "House 9", ["women"], beds=("cot",))
    assert "House 9" not in line(board(world.client("gulnar")), "Women"), "a cot alone is no bed for a woman"


def test_what_is_printed_says_of_which_day_and_hour_it_is(world, house):
    now = timezone.localtime()
    said = board(world.client("gulnar")).split("As of ")[1].split("</p>")[0]
    assert str(now.year) in said and str(now.day) in said and ":" in said


def test_the_board_tells_who_runs_the_house_what_goes_on_there_tonight(world, house, beds, tonight):
    gulnar = world.staff["gulnar"]
    arrived(world, ask(world, house, a_case(world), nights=1), beds["1a"])
    ask(world, house, a_case(world), who="mothers")
    start = timezone.now() - timedelta(minutes=5)
    actions.put_on_shift(
        place=house, staff=gulnar, starts_at=start, ends_at=start + timedelta(hours=8), by=gulnar, at=start
    )
    actions.write_need(
        keys=world.keys("gulnar"), place=house, need={"what": "A lock", "how_many": "", "urgent": True},
        at=timezone.now(),
    )  # fmt: skip
    page = board(world.client("gulnar"))
    for said in (
        "1 taken",
        "1 asked for",
        "1 thing is needed",
        "in the house: Gulnar",
        "A woman with children",
    ):
        assert said in page
    assert WAY["address"] not in page and "Practice Person Tulip" not in page
    assert '<section class="no-print" aria-labelledby="waiting">' in page, "no number of a case on paper"


def test_other_houses_are_counts_and_only_if_the_society_says_so(world, house, beds):
    other = a_house(world, "House 8", ["girls"], runner="bakyt", beds=("a", "b"))
    gulnar, bakyt, amina = (world.client(who) for who in ("gulnar", "bakyt", "amina"))
    ask(world, other, a_case(world), who="girls", age="child", agrees="child_and_two")
    assert "House 8" not in board(gulnar)
    assert "House 8" in board(amina) and "asked for" not in board(amina)
    assert gulnar.post(reverse("shelter:share_counts"), {"shared": "yes"}).status_code == 404
    bakyt.post(reverse("shelter:share_counts"), {"shared": "yes"})
    for client in (gulnar, amina):
        page = board(client)
        assert "House 8" in page and "1 asked for" in page
        assert "A girl" not in page, "who waits stays with those who run the house"
        assert reverse("shelter:board", args=[other.pk]) not in page
    bakyt.post(reverse("shelter:share_counts"), {"shared": "no"})
    assert "House 8" not in board(gulnar)


def test_daler_sees_no_house_of_another_society(world, house):
    assert "House 3" not in board(world.client("daler"))


def asked_of_the_database(client):
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("shelter:places"))
    return len(asked)


def test_the_board_asks_as_many_questions_for_eight_houses_as_for_two(world, house):
    saule = world.client("saule")
    a_house(world, "House 20", ["women"])
    actions.write_need(
        keys=world.keys("gulnar"), place=house, at=timezone.now(),
        need={"what": "A lock", "how_many": "", "urgent": True},
    )  # fmt: skip
    ask(world, house)
    few = asked_of_the_database(saule)
    for number in range(6):
        more = a_house(world, f"House 3{number}", ["women", "girls"], beds=("a", "b", "c"))
        ask(world, more)
        actions.write_need(
            keys=world.keys("gulnar"), place=more, at=timezone.now(),
            need={"what": "A heater", "how_many": "", "urgent": False},
        )  # fmt: skip
    assert asked_of_the_database(saule) <= few


def test_no_bed_that_fits_leads_to_all_houses(world, house):
    man = ask(world, house, a_case(world), who="men")
    second = ask(world, house, a_case(world), who="men")
    gulnar = world.client("gulnar")
    gulnar.post(
        reverse("shelter:decide", args=[man.pk]), {"do": "give", "bed": str(free_bed(house)), "note": ""}
    )
    page = gulnar.get(reverse("shelter:decide", args=[second.pk])).text
    assert "No bed that fits" in page and f'href="{reverse("shelter:places")}"' in page


def test_a_girl_for_whom_no_bed_fits_is_shown_the_beds_for_children_and_what_must_be_decided(world, house):
    place = a_house(world, "House 9", ["girls", "children"], beds=())
    for name, admits, beds in (("Girls", ["girls"], ["a"]), ("Children", ["children"], ["a", "b", "c"])):
        actions.add_room(
            keys=world.keys("bakyt"), place=place, name=name, admits=admits, beds=beds, at=world.at
        )
    a_house(world, "House 10", ["children"], beds=("a", "b"))
    girl = {"who": "girls", "age": "child", "agrees": "child_and_two"}
    first, second = (ask(world, place, a_case(world), **girl) for _one in "ab")
    gulnar = world.client("gulnar")
    bed = place.rooms.get(name="Girls").beds.get()
    gulnar.post(reverse("shelter:decide", args=[first.pk]), {"do": "give", "bed": str(bed.pk), "note": ""})
    page = " ".join(html.unescape(gulnar.get(reverse("shelter:decide", args=[second.pk])).text).split())
    assert "No bed that fits" in page
    assert "3 beds are free, in rooms only for: children without a parent" in page
    assert "A girl or a boy alone is a child without a parent too." in page
    assert "House 10 has 2 beds free tonight for: children without a parent." in page
    assert not any(one in page for one in WAY.values()), "never where it is"
    # The house decides so: what it knows is changed, and the beds are there.
    typed_again = {
        "called": "Tulip",
        "who": "children",
        "age": "child",
        "language": "uz",
        "needs": "",
        "version": "1",
    }
    gulnar.post(reverse("shelter:sheet", args=[second.pk]), typed_again)
    page = gulnar.get(reverse("shelter:decide", args=[second.pk])).text
    assert "No bed that fits" not in page and str(place.rooms.get(name="Children").beds.first().pk) in page


def test_a_girl_asked_for_where_only_children_are_taken_is_told_what_would_fit(world, house):
    place = a_house(world, "House 9", ["children"])
    case = a_case(world)
    sent = typed(who="girls", age="child", agrees="child_and_two")
    page = html.unescape(
        world.client("amina").post(reverse("shelter:ask", args=[case.number, place.pk]), sent).text
    )
    assert "a girl or a boy alone is one" in page


def free_bed(house):
    return house.rooms.get(name="Room 2").beds.get().pk


def test_a_girl_with_a_baby_is_asked_for_where_the_house_takes_her(world, house):
    place = a_house(world, "House 8", ["girl_mothers"])
    case = a_case(world)
    amina = world.client("amina")
    given = typed(who="girl_mothers", age="child", agrees="child_and_two")
    refused = amina.post(reverse("shelter:ask", args=[case.number, house.pk]), given)
    assert refused.status_code == 422 and "does not take this group" in refused.text
    assert amina.post(reverse("shelter:ask", args=[case.number, place.pk]), given).status_code == 302
    alone = amina.post(reverse("shelter:ask", args=[case.number, place.pk]), given | {"agrees": "self"})
    assert "A child does not agree alone" in alone.text


def test_gulnar_writes_down_that_a_room_is_reached_without_steps(world, house):
    room = house.rooms.get(name="Room 1")
    address = reverse("shelter:room", args=[house.pk, room.pk])
    gulnar = world.client("gulnar")
    gulnar.post(address, {"name": "Room 1", "admits": ["women", "mothers"], "step_free": "on"})
    assert "2 without steps" in line(board(gulnar), "Women")
    assert "checked" in gulnar.get(address).text.split('name="step_free"')[1].split(">")[0]


def test_without_a_house_the_board_says_who_writes_one_down_and_leads_to_partners(world):
    page = board(world.client("amina"))
    assert "A shelter manager or a focal point writes places down" in page and "Beds of partners" in page
