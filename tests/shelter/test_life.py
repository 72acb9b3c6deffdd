"""From asking for a bed to leaving it, through the doors people use."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.work.models import Alarm, DueItem
from panah.people.cases.models import Case
from panah.people.shelter import actions, queries
from panah.people.shelter.models import Night, Stay
from tests.shelter.conftest import a_case, arrived, ask, give, look, parts, typed


def page_of(client, name, *args):
    answer = client.get(reverse(f"shelter:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def send(client, name, /, *args, **data):
    return client.post(reverse(f"shelter:{name}", args=args), data)


def test_amina_asks_gulnar_gives_and_the_person_sleeps_there(world, house, beds, tonight):
    case = a_case(world)
    amina, gulnar = world.client("amina"), world.client("gulnar")
    assert "House 3" in page_of(amina, "case", case.number)
    answer = send(amina, "ask", case.number, house.pk, **typed())
    stay = Stay.objects.get()
    assert answer["Location"] == reverse("shelter:stay", args=[stay.pk])
    assert (stay.state, stay.follows.username) == ("asked", "amina")

    board = page_of(gulnar, "board", house.pk)
    assert "Choose a bed" in board
    assert "Practice Person Tulip" not in board, "no name on a list"
    send(gulnar, "decide", stay.pk, do="give", bed=str(beds["1a"].pk))
    stay.refresh_from_db()
    assert (stay.state, stay.bed) == ("placed", beds["1a"])
    assert Night.objects.filter(stay=stay, bed=beds["1a"]).count() == 3
    assert DueItem.objects.filter(owner=world.staff["amina"], room="shelter", done_at=None).count() == 1

    send(gulnar, "arrive", stay.pk)
    assert "staying" in page_of(amina, "case", case.number)
    send(gulnar, "leave", stay.pk, to="family", how="planned", safety="yes", note="A sister came")
    stay.refresh_from_db()
    assert stay.state == "left"
    assert not Night.objects.filter(stay=stay, night__gte=tonight).exists(), "the bed is free from tonight"
    assert "A sister came" in page_of(amina, "stay", stay.pk)


def test_the_way_there_comes_after_the_bed_and_goes_with_it(world, house, beds):
    stay = ask(world, house, a_case(world))
    amina = world.client("amina")

    def shown():
        return send(amina, "way_there", stay.pk, purpose="meet").content.decode()

    assert "Practice Tulip Street" not in shown(), "no address before a bed is given"
    give(world, stay, beds["1a"])
    assert "Practice Tulip Street" not in page_of(amina, "stay", stay.pk), "covered until asked for"
    assert "Practice Tulip Street" in shown()
    assert Entry.objects.filter(event="vault:identity:shown", about=house.file_id).count() == 1
    actions.leave(
        keys=world.keys("gulnar"), opened=look(world, stay), to="family", how="planned", at=timezone.now()
    )
    assert "Practice Tulip Street" not in shown()
    assert queries.way_of(house, keys=world.keys("amina"))[0] == {}, "her key does not open it any more"


def test_a_no_sends_nothing_and_is_a_note_of_the_case(world, house):
    case = a_case(world)
    answer = send(
        world.client("amina"),
        "ask",
        case.number,
        house.pk,
        **typed(said="no", told=[], words="Not in a house"),
    )
    assert answer.status_code == 302
    assert not Stay.objects.exists()
    with pytest.raises(Refusal, match="not-agreed"):
        ask(world, house, case, said="no")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"told": ["house"]}, "A yes counts when this was heard first"),
        ({"age": "unknown"}, "write who agreed"),
        ({"who": "girls", "age": "child", "agrees": "self"}, "A child does not agree alone"),
        ({"who": "teen_boys", "age": "child", "agrees": "child_and_two"}, "does not take this group"),
        ({"called": ""}, "needs an answer"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(world, house, wrong, says):
    case = a_case(world)
    answer = send(
        world.client("amina"), "ask", case.number, house.pk, **typed(needs="A cot, no nuts", **wrong)
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert "A cot, no nuts" in text
    assert not Stay.objects.exists()


def test_a_day_of_leaving_before_the_first_night_is_refused_with_a_sentence(world, house, tonight):
    case = a_case(world)
    answer = send(world.client("amina"), "ask", case.number, house.pk, **typed(last=tonight))
    assert "The day of leaving must be after the first night." in answer.content.decode()
    past = send(
        world.client("amina"), "ask", case.number, house.pk, **typed(first=tonight - timedelta(days=2))
    )
    assert "The first night is already over." in past.content.decode()


def test_a_bed_is_held_for_some_hours_and_then_waits_for_nobody(world, house, beds):
    stay = ask(world, house, a_case(world))
    gulnar = world.client("gulnar")
    send(gulnar, "decide", stay.pk, do="hold", bed=str(beds["1a"].pk), hours="2")
    assert queries.board(house, keys=None, at=timezone.now()).tonight("held") == 1
    later = timezone.now() + timedelta(hours=3)
    assert queries.board(house, keys=None, at=later).tonight("held") == 0, "free on the board at once"
    assert actions.release_holds(at=later) == 1
    stay.refresh_from_db()
    assert (stay.state, stay.bed, stay.held_until) == ("asked", None, None)
    assert actions.release_holds(at=later) == 0


def test_a_hold_that_ran_out_does_not_stop_the_next_person(world, house, beds):
    first, second = ask(world, house, a_case(world)), ask(world, house, a_case(world))
    at = timezone.now()
    actions.hold_bed(keys=world.keys("gulnar"), opened=look(world, first), bed=beds["1a"], hours=2, at=at)
    with pytest.raises(Refusal, match="bed-taken"):
        give(world, second, beds["1a"])
    actions.give_bed(
        keys=world.keys("gulnar"), opened=look(world, second), bed=beds["1a"], at=at + timedelta(hours=3)
    )
    assert Night.objects.filter(stay=second).count() == 3
    assert not Night.objects.filter(stay=first).exists()


def test_no_bed_with_a_reason_that_amina_reads(world, house):
    stay = ask(world, house, a_case(world))
    send(
        world.client("gulnar"),
        "decide",
        stay.pk,
        do="decline",
        reason="not_safe_here",
        note="Somebody asked at the gate",
    )
    text = page_of(world.client("amina"), "stay", stay.pk)
    assert "not safe here for this person" in text
    assert "Somebody asked at the gate" in text


def test_who_is_taken_to_a_bed_that_is_taken_reads_what_is_free(world, house, beds):
    give(world, ask(world, house, a_case(world)), beds["1a"])
    second = ask(world, house, a_case(world))
    answer = send(world.client("gulnar"), "decide", second.pk, do="give", bed=str(beds["1a"].pk))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "A colleague was faster" in text
    assert "Room 1, bed b" in text
    give(world, second, beds["1b"])
    third = ask(world, house, a_case(world))
    with pytest.raises(Refusal) as refused:
        give(world, third, beds["1b"])
    assert "The next bed for as many nights is free from" in str(refused.value.next_step)


def test_a_room_for_men_takes_no_woman(world, house, beds):
    stay = ask(world, house, a_case(world))
    with pytest.raises(Refusal, match="not-admitted"):
        give(world, stay, beds["2a"])
    assert not Night.objects.exists()
    assert give(world, stay, beds["1a"]).state == "placed"


def test_a_stay_grows_longer_in_another_bed_with_the_persons_yes(world, house, beds, tonight):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    other = arrived(world, ask(world, house, a_case(world), first=tonight, nights=5), beds["1b"])
    gulnar, until = world.client("gulnar"), tonight + timedelta(days=8)
    asked = send(gulnar, "change", stay.pk, bed=str(beds["1a"].pk), **parts("to_day", until))
    assert "The person has not agreed" in asked.content.decode()
    taken = send(gulnar, "change", stay.pk, bed=str(beds["1b"].pk), agreed="on", **parts("to_day", until))
    assert "A colleague was faster" in taken.content.decode()
    assert Night.objects.filter(stay=stay, bed=beds["1a"]).count() == 3, "nothing is lost by a refusal"
    send(gulnar, "change", stay.pk, bed=str(beds["1a"].pk), agreed="on", **parts("to_day", until))
    assert Night.objects.filter(stay=stay, bed=beds["1a"]).count() == 8
    send(
        gulnar,
        "change",
        stay.pk,
        bed=str(beds["1a"].pk),
        agreed="on",
        **parts("to_day", tonight + timedelta(days=1)),
    )
    assert Night.objects.filter(stay=stay).count() == 1
    send(
        gulnar,
        "change",
        other.pk,
        bed=str(beds["1a"].pk),
        agreed="on",
        **parts("to_day", tonight + timedelta(days=9)),
    )
    other.refresh_from_db()
    assert other.bed == beds["1b"], "tonight 1a is still taken"


@pytest.mark.parametrize(
    ("sheet", "danger", "alarm"),
    [
        ({}, "no", 0),
        ({}, "unknown", 1),
        ({}, "none", 1),
        ({"who": "mothers"}, "no", 1),
        ({"age": "unknown"}, "no", 1),
    ],
)
def test_who_does_not_come_back_is_looked_for(world, house, beds, sheet, danger, alarm):
    stay = arrived(world, ask(world, house, a_case(world), **sheet), beds["1a"])
    gulnar = world.client("gulnar")
    assert "Call Practice Person Reed first" in page_of(gulnar, "late", stay.pk), "the steps of the house"
    send(gulnar, "late", stay.pk, seen="At the market at five", danger=danger)
    assert Alarm.objects.filter(subject=stay.pk, room="shelter").count() == alarm
    item = DueItem.objects.get(subject=stay.pk, purpose="missed", owner=world.staff["gulnar"])
    waits = item.due_at - timezone.now()
    assert waits < timedelta(minutes=1) if alarm else timedelta(minutes=119) < waits <= timedelta(hours=2)
    assert Night.objects.filter(stay=stay).count() == 3, "the bed stays"
    assert send(gulnar, "back", stay.pk).status_code == 422, "nobody is safe by a press alone"
    stay.refresh_from_db()
    assert stay.state == "missing"
    send(gulnar, "back", stay.pk, heard_by="Practice Person Reed", heard_when="At the door at 21:10")
    stay.refresh_from_db()
    assert stay.state == "here"
    still = Alarm.objects.filter(subject=stay.pk, answered_at=None)
    assert [one.over_said_at is not None for one in still] == [True] * alarm, (
        "whoever called ends nothing alone"
    )
    said = "Whoever was called in reads it, and is called until one of them answers."
    assert (said in page_of(gulnar, "stay", stay.pk)) == bool(alarm)
    for one in still:
        world.client("bakyt").post(reverse("hotline:alarm", args=[one.pk]))
    assert not still.all().exists(), "nobody is called in any more"
    told = page_of(world.client("amina"), "stay", stay.pk)
    assert "Practice Person Reed" in told and "At the door at 21:10" in told
    assert not DueItem.objects.filter(
        subject=stay.pk, purpose="missed", owner=world.staff["gulnar"], done_at=None
    )


def test_the_alarm_leads_those_who_can_open_it_to_the_stay_and_others_to_a_telephone(world, house, beds):
    stay, now = arrived(world, ask(world, house, a_case(world)), beds["1a"]), timezone.now()
    Duty.objects.create(
        society=world.societies["north"], staff=world.staff["elena"], what="danger",
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
    )  # fmt: skip
    actions.miss(keys=world.keys("gulnar"), opened=look(world, stay), seen="x", danger="yes", at=now)
    alarm = Alarm.objects.get(subject=stay.pk)
    there = reverse("hotline:alarm", args=[alarm.pk])
    stays = reverse("shelter:stay", args=[stay.pk])
    for who in ("bakyt", "elena"):
        world.client(who).post(there)
    assert stays in world.client("bakyt").get(there).content.decode()
    elena = world.client("elena").get(there)
    assert elena.status_code == 200
    assert stays not in elena.content.decode()


def test_a_nights_bed_needs_no_case(world, house, beds, tonight):
    gulnar = world.client("gulnar")
    text = page_of(gulnar, "put", house.pk, beds["1a"].pk)
    assert "A night’s bed needs no case and no name." in text
    send(gulnar, "put", house.pk, beds["1a"].pk, **typed(called="Reed", last=tonight + timedelta(days=1)))
    stay = Stay.objects.get()
    assert (stay.state, stay.mark, Night.objects.count()) == ("placed", None, 1)
    assert not Case.objects.exists()


def test_a_bed_stops_the_closing_of_a_case(world, house, beds):
    from panah.people.cases import actions as cases

    case = a_case(world)
    stay = arrived(world, ask(world, house, case), beds["1a"])
    with pytest.raises(Refusal, match="still-open"):
        cases.ask_closing(keys=world.keys("amina"), case=case, reason="goals", text="x", at=timezone.now())
    actions.leave(
        keys=world.keys("gulnar"), opened=look(world, stay), to="family", how="planned", at=timezone.now()
    )
    assert queries.still_open(case=case, keys=world.keys("amina"), at=timezone.now()) == []


def test_what_follows_nothing_is_refused(world, house, beds):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    gulnar = world.client("gulnar")
    assert send(gulnar, "arrive", stay.pk).status_code == 409
    assert send(gulnar, "back", stay.pk, heard_by="x", heard_when="x").status_code == 302
    with pytest.raises(Refusal, match="wrong-step"):
        actions.come_back(
            keys=world.keys("gulnar"),
            opened=look(world, stay),
            heard_by="x",
            heard_when="x",
            at=timezone.now(),
        )
    assert send(world.client("amina"), "take_back", stay.pk).status_code == 409
    assert gulnar.get(reverse("shelter:decide", args=[stay.pk])).status_code == 302
    stay.refresh_from_db()
    assert stay.state == "here"


def test_amina_says_that_the_bed_is_not_needed_any_more(world, house, beds):
    stay = give(world, ask(world, house, a_case(world)), beds["1a"])
    send(world.client("amina"), "take_back", stay.pk)
    stay.refresh_from_db()
    assert (stay.state, stay.bed) == ("taken_back", None)
    assert not Night.objects.exists()


def test_what_the_house_knows_changes_as_the_person_agrees(world, house, beds):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    gulnar = world.client("gulnar")
    form = send(gulnar, "sheet", stay.pk).content.decode()
    assert "Practice Person Tulip" in form
    assert Entry.objects.filter(event="vault:identity:shown", about=stay.file_id).count() == 1
    changed = {"called": "Reed", "who": "women", "age": "adult", "language": "ru", "needs": "Sleeps badly"}
    send(gulnar, "sheet", stay.pk, version="1", **changed)
    assert "Sleeps badly" in page_of(world.client("amina"), "stay", stay.pk)
    stale = send(gulnar, "sheet", stay.pk, version="1", **changed | {"needs": "Later words"})
    assert stale.status_code == 422
    assert "Later words" in stale.content.decode()
    assert "Reed" in send(gulnar, "who", stay.pk, purpose="assist").content.decode()


def test_no_bed_that_fits_says_what_is_free_and_for_whom(world, house, beds):
    man, second = ask(world, house, a_case(world), who="men"), ask(world, house, a_case(world), who="men")
    give(world, man, beds["2a"])
    gulnar = world.client("gulnar")
    page = page_of(gulnar, "decide", second.pk)
    assert "No bed that fits" in page
    assert "2 beds are free, in rooms only for: women, women with children" in " ".join(page.split())
    for bed in ("1a", "1b"):
        give(world, ask(world, house, a_case(world)), beds[bed])
    page = page_of(gulnar, "decide", second.pk)
    assert "beds are free" not in page
    assert "Every bed of this place is taken or out of use" in page
