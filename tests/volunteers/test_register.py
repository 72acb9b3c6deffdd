"""Ibrat keeps the volunteers of Arna: found in any script, reached on their own page alone, moved with their history."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions, queries, sealed_details
from panah.programmes.volunteers.models import Membership, Volunteer
from panah.programmes.volunteers.words import MayDo
from tests.volunteers.making import (
    LIST,
    PHONE,
    day,
    done_elsewhere,
    marked_as_elsewhere,
    page_of,
    step,
    trained,
    volunteer,
)


def test_ibrat_writes_a_volunteer_down_whose_telephone_stands_on_her_page_alone(world):
    ibrat = world.client("ibrat")
    form = {
        "branch": world.branches["arna"].pk, "role": "peer_educator", "name": "  Gulnora   Practice ", "sex": "female",
        "born_year": 1999, "languages": ["uz", "ru"], "skills": ["teaching"], "availability": ["evenings"],
        "phone": PHONE, "may_be_contacted": "on", "address": "Practice Street 4",
    }  # fmt: skip
    answer = ibrat.post(reverse("volunteers:add"), form)
    assert answer.status_code == 302, answer.text
    row = Volunteer.objects.get()
    assert row.name == "Gulnora Practice"
    shown = ibrat.get(page_of(row)).text
    assert PHONE in shown and "Practice Street 4" in shown and "Peer educator" in shown
    text = ibrat.get(LIST).text
    assert "Gulnora Practice" in text and PHONE not in text and "Street" not in text
    # Neither in the table as it lies on the disk.
    assert PHONE.encode() not in bytes(row.details) and sealed_details.read(row)["phone"] == PHONE


@pytest.mark.parametrize("typed", ["Гулнора", "gulnor", "Турсунов", "GULNORA tursunova"])
def test_she_is_found_by_the_beginning_of_her_name_in_any_script_and_the_address_does_not_say_it(
    world, typed
):
    volunteer(world, name="Gulnora Tursunova")
    volunteer(world, name="Timur Elsewhere")
    ibrat = world.client("ibrat")
    answer = ibrat.post(LIST, {"name": typed})
    assert answer.status_code == 302
    assert typed not in answer["Location"] and "ulnor" not in answer["Location"]
    text = ibrat.get(answer["Location"]).text
    assert "Gulnora Tursunova" in text and "Timur Elsewhere" not in text


def test_the_list_is_filtered_by_language_state_and_what_somebody_may_do(world):
    first = volunteer(world, name="Aza Ready", languages=["ky"], ready=True)
    volunteer(world, name="Beka New", languages=["uz"])
    ibrat = world.client("ibrat")
    assert "Beka New" not in ibrat.get(LIST, {"language": "ky"}).text
    assert "Aza Ready" in ibrat.get(LIST, {"language": "ky"}).text
    with trained(first):
        text = ibrat.get(LIST, {"may": "answer"}).text
    assert "Aza Ready" in text and "Beka New" not in text
    assert "Nobody fits" in ibrat.get(LIST, {"may": "answer"}).text
    assert "Nobody fits" in ibrat.get(LIST, {"state": "left"}).text
    # What is no filter is as if nothing was said.
    assert "Beka New" in ibrat.get(LIST, {"language": "'%", "branch": "x", "after": "nobody"}).text


def test_a_long_list_goes_page_by_page_and_shows_everybody_once(world):
    for number in range(120):
        volunteer(world, name=f"Practice Same {chr(97 + number % 26)}{number}")
    ibrat, seen, address = world.client("ibrat"), [], LIST
    for _turn in range(3):
        answer = ibrat.get(address)
        seen += [one.row.pk for one in queries.listed(
            queries.VolunteerFilter(after=address.rpartition("after=")[2] if "after" in address else ""),
            to=world.staff["ibrat"], on=timezone.localdate(),
        ).rows]  # fmt: skip
        if 'rel="next"' not in answer.text:
            break
        more = queries.listed(
            queries.VolunteerFilter(after=address.rpartition("after=")[2] if "after" in address else ""),
            to=world.staff["ibrat"], on=timezone.localdate(),
        ).more  # fmt: skip
        address = f"{LIST}?after={more}"
    assert len(seen) == len(set(seen)) == 120


def test_who_helps_from_another_branch_or_asks_to_come_stands_in_the_list_by_name_and_once(world):
    arna, besh = world.branches["arna"].pk, world.branches["besh"].pk
    volunteer(world, name="Aza Own")
    helps, comes, both = (
        volunteer(world, name=f"{name} Other", branch="besh") for name in ("Bek", "Dan", "Elza")
    )
    volunteer(world, name="Fatima Own")
    since = day("since", date(2026, 1, 2))
    for row in (helps, both):
        step(world, "bakyt", row, "add_role", branch=arna, role="trainer", **since)
    for row in (comes, both):
        step(world, "bakyt", row, "ask_to_move", branch=arna)
    there = ["Aza Own", "Bek Other", "Dan Other", "Elza Other", "Fatima Own"]
    assert names_in(world, "ibrat") == there
    assert names_in(world, "bakyt", branch=str(arna)) == there
    assert names_in(world, "ibrat", branch=str(besh)) == there[1:4]
    assert names_in(world, "ibrat", name="bek") == ["Bek Other"] and len(names_in(world, "bakyt")) == 5
    for who, counted in (("ibrat", 5), ("bakyt", 5)):
        assert queries.figures(to=world.staff[who], year=2026, not_known="").whole == counted
    # Taken over she is of the branch, as she was before: where she came from nobody looks for her any more.
    for row in (comes, both):
        step(world, "ibrat", row, "move_answer", answer="yes")
    assert names_in(world, "ibrat") == there and names_in(world, "bakyt", branch=str(besh)) == ["Bek Other"]
    step(world, "bakyt", both, "add_role", branch=besh, role="leader", **since)
    assert names_in(world, "bakyt", branch=str(besh)) == ["Bek Other", "Elza Other"]
    # Back home again she does not stand there twice.
    step(world, "bakyt", both, "ask_to_move", branch=besh)
    step(world, "bakyt", both, "move_answer", answer="yes")
    assert names_in(world, "bakyt", branch=str(besh)) == ["Bek Other", "Elza Other"]
    assert names_in(world, "ibrat") == ["Aza Own", "Bek Other", "Dan Other", "Fatima Own"]
    assert marked_as_elsewhere() == done_elsewhere()


def test_a_role_that_is_added_while_she_moves_is_seen_from_where_she_now_belongs(world):
    bakyt, arna, besh = world.staff["bakyt"], world.branches["arna"].pk, world.branches["besh"].pk
    row = volunteer(world, name="Aza Moves", branch="besh")
    page = Volunteer.objects.get(pk=row.pk)
    step(world, "bakyt", row, "ask_to_move", branch=arna)
    step(world, "bakyt", row, "move_answer", answer="yes")
    # A colleague had opened the page before.
    actions.add_role(
        by=bakyt, row=page, branch=str(besh), role="trainer", since=date(2026, 1, 2), at=world.at
    )
    assert names_in(world, "bakyt", branch=str(besh)) == ["Aza Moves"] == names_in(world, "ibrat")
    assert marked_as_elsewhere() == done_elsewhere() != set()


def names_in(world, who, **asked):
    ask = queries.VolunteerFilter(**asked)
    return [one.row.name for one in queries.listed(ask, to=world.staff[who], on=timezone.localdate()).rows]


def test_another_branch_and_another_society_find_nobody(world):
    row = volunteer(world, branch="besh")
    for who in ("ibrat", "rustam", "amina", "timur"):
        assert world.client(who).get(page_of(row)).status_code == 404
    assert row.name not in world.client("ibrat").get(LIST).text
    assert world.client("bakyt").get(page_of(row)).status_code == 200
    assert world.client("amina").get(LIST).status_code == 404


def test_who_helps_in_a_second_branch_is_read_there_and_changed_at_home(world):
    row = volunteer(world, branch="besh")
    step(
        world,
        "bakyt",
        row,
        "add_role",
        branch=world.branches["arna"].pk,
        role="trainer",
        **day("since", date(2026, 1, 2)),
    )
    ibrat = world.client("ibrat")
    assert PHONE in ibrat.get(page_of(row)).text
    assert ibrat.get(reverse("volunteers:change", args=[row.pk])).status_code == 404
    one = Membership.objects.get(role="trainer")
    step(world, "ibrat", row, "end_role", which=one.pk, **day("until", date(2026, 2, 3)))
    one.refresh_from_db()
    assert one.until == date(2026, 2, 3)
    assert ibrat.get(page_of(row)).status_code == 404


def test_a_pause_a_return_and_leaving_stay_in_the_history(world):
    row = volunteer(world, ready=True)
    step(world, "ibrat", row, "pause", why="Practice: exams", **day("on", date(2026, 3, 1)))
    with trained(row):
        row.refresh_from_db()
        assert queries.may_do_on([row], on=timezone.localdate())[row.pk] == frozenset()
        step(world, "ibrat", row, "come_back", **day("on", date(2026, 4, 1)))
        row.refresh_from_db()
        assert MayDo.ANSWER in queries.may_do_on([row], on=timezone.localdate())[row.pk]
    step(world, "ibrat", row, "leave", why="Practice: moved away", **day("on", date(2026, 5, 1)))
    row.refresh_from_db()
    assert (row.state, row.left_on) == ("left", date(2026, 5, 1))
    assert Membership.objects.get().until == date(2026, 5, 1)
    text = world.client("ibrat").get(page_of(row)).text
    assert "exams" in text and "moved away" in text and "came back" in text
    # The same press again finds that it is done.
    pause = world.client("ibrat").get(reverse("volunteers:pause", args=[row.pk]), follow=True)
    assert "does not fit any more" in pause.text and "Come back" in pause.text


def test_a_move_is_asked_for_and_the_other_branch_takes_over_with_the_history(world):
    row = volunteer(world, branch="besh")
    step(world, "bakyt", row, "ask_to_move", branch=world.branches["arna"].pk, why="Practice: studies there")
    item = DueItem.objects.get(subject=row.pk, purpose="moving")
    assert item.owner == world.staff["ibrat"]
    ibrat = world.client("ibrat")
    # Asked, not yet hers: no telephone.
    assert PHONE not in ibrat.get(page_of(row)).text
    refused = ibrat.post(reverse("volunteers:move_answer", args=[row.pk]), {"answer": "no"})
    assert refused.status_code == 422 and "Say in a sentence why not" in refused.text
    step(world, "ibrat", row, "move_answer", answer="yes")
    row.refresh_from_db()
    assert row.branch == world.branches["arna"] and row.moving_to is None
    assert Membership.objects.filter(branch=world.branches["besh"], until__isnull=False).count() == 1
    text = ibrat.get(page_of(row)).text
    assert PHONE in text and "studies there" in text and "Besh" in text
    assert not DueItem.objects.filter(done_at=None, subject=row.pk).exists()


def test_a_branch_that_does_not_take_over_says_why_and_nothing_changes(world):
    row = volunteer(world, branch="besh")
    step(world, "bakyt", row, "ask_to_move", branch=world.branches["arna"].pk)
    step(world, "ibrat", row, "move_answer", answer="no", why="Practice: nobody to look after")
    row.refresh_from_db()
    assert (row.branch, row.moving_to) == (world.branches["besh"], None)
    assert "nobody to look after" in world.client("bakyt").get(page_of(row)).text


def test_a_wrong_year_is_said_in_a_sentence_and_everything_typed_stays(world):
    row = volunteer(world)
    address = reverse("volunteers:change", args=[row.pk])
    answer = world.client("ibrat").post(
        address, {"name": "New Practice Name", "born_year": "99", "phone": "none"}
    )
    assert answer.status_code == 422
    assert "four digits" in answer.text and "in digits" in answer.text and "New Practice Name" in answer.text


def test_a_coordinator_adds_nobody_to_another_branch(world):
    form = {"branch": world.branches["besh"].pk, "role": "member", "name": "Practice Stray"}
    answer = world.client("ibrat").post(reverse("volunteers:add"), form)
    assert answer.status_code == 422 and not Volunteer.objects.exists()
    with pytest.raises(Refusal, match="other-branch"):
        actions.add_volunteer(
            by=world.staff["ibrat"], branch=world.branches["besh"].pk, role="member", joined_on=None, at=world.at,
            name="Practice Stray",
        )  # fmt: skip


def test_a_host_that_cannot_open_the_contact_data_says_so_and_shows_the_rest(world, settings):
    row = volunteer(world)
    client = world.client("ibrat")
    Volunteer.objects.filter(pk=row.pk).update(details=b"sealed elsewhere, of no use here at all")
    text = client.get(page_of(row)).text
    assert row.name in text and "cannot be read here" in text and PHONE not in text


def test_no_branch_of_another_society_takes_over_or_is_helped_in(world):
    row, souths = volunteer(world), world.branches["sora"].pk
    with pytest.raises(Refusal, match="no-such-branch"):
        actions.ask_to_move(by=world.staff["bakyt"], row=row, branch=str(souths), why="", at=world.at)
    with pytest.raises(Refusal, match="no-such-branch"):
        actions.add_role(
            by=world.staff["bakyt"],
            row=row,
            branch=str(souths),
            role="member",
            since=world.at.date(),
            at=world.at,
        )
    with pytest.raises(Refusal, match="no-such-branch"):
        volunteer(world, branch="sora")


def test_a_name_that_is_too_long_to_look_for_is_said_and_stays(world):
    answer = world.client("ibrat").post(LIST, {"name": "Practice " * 20})
    assert (
        answer.status_code == 422 and "has room for 80" in answer.text and "Practice Practice" in answer.text
    )
