"""What arrives sealed is seen, opened by whoever is on duty, and never lost in silence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.ground.work.queries import open_items
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import BODY, ArrivalState
from panah.people.intake.actions import close_arrival
from tests.inbox.conftest import TULIP


def lists_of(world, name):
    return list(open_items(to=world.staff[name]).filter(room="inbox"))


def opened(world, arrival, name="elena", after=timedelta()):
    return inbox.open_arrival(
        keys=world.keys(name), arrival=arrival, by=world.staff[name], at=world.at + after
    )


def events(arrival):
    return list(Entry.objects.filter(about=arrival.pk).order_by("number").values_list("event", flat=True))


# ---- it arrives ------------------------------------------------------------------------------------


def test_what_arrived_waits_for_whoever_holds_the_intake_key_and_for_nobody_else(world, intake, arrives):
    arrives()
    assert len(lists_of(world, "elena")) == 1
    for name in ("amina", "bakyt", "daler", "rustam", "gulnar"):
        assert lists_of(world, name) == []


def test_where_nobody_but_the_focal_points_holds_the_key_it_waits_for_both(world, arrives):
    arrives()
    assert len(lists_of(world, "bakyt")) == len(lists_of(world, "saule")) == 1


@pytest.mark.parametrize(
    ("urgency", "within"),
    [
        ("now", timedelta(minutes=15)),
        ("today", timedelta(hours=4)),
        ("week", timedelta(days=1)),
        ("?", timedelta(hours=4)),
    ],
)
def test_it_is_due_by_its_urgency(world, intake, arrives, urgency, within):
    arrives(urgency=urgency)
    (item,) = lists_of(world, "elena")
    assert item.due_at == world.at + within


def test_danger_now_pages_at_once_and_a_second_after_five_minutes(world, intake, arrives):
    arrival = arrives(urgency="now")
    alarm = Alarm.objects.get()
    assert (alarm.subject, alarm.first_paged_at) == (arrival.pk, world.at)
    work.escalate(at=world.at + timedelta(minutes=5))
    alarm.refresh_from_db()
    assert alarm.second_paged_at is not None
    assert alarm.second != alarm.first


def test_danger_of_another_society_calls_on_after_it_was_opened_until_somebody_goes_on_with_it(
    world, intake, arrives
):
    arrival = arrives(urgency="now")
    opened(world, arrival)
    work.escalate(at=world.at + timedelta(minutes=6))
    alarm = Alarm.objects.get()
    assert alarm.answered_by is None
    assert alarm.paged_at == world.at + timedelta(minutes=6), "whoever comes next was called in too"
    inbox.take_on(arrival=arrival, by=world.staff["bakyt"], at=world.at + timedelta(minutes=7))
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["bakyt"]


def test_danger_that_was_taken_back_calls_nobody_and_says_on_their_lists_that_it_was_there(
    world, intake, arrives
):
    first, second = arrives(urgency="now"), arrives(urgency="now")
    quiet = arrives(urgency="today")
    at = world.at + timedelta(minutes=2)
    for one in (first, quiet):
        inbox.withdraw(society=one.society_id, sender=one.sender_id, conversation=one.conversation, at=at)
    assert Alarm.objects.filter(answered_at=None).values_list("subject", flat=True).get() == second.pk
    work.escalate(at=world.at + timedelta(minutes=6))
    assert Alarm.objects.get(subject=first.pk).paged_at == world.at
    assert Alarm.objects.get(subject=second.pk).paged_at > world.at, "control: the other one calls on"
    lost = DueItem.objects.filter(purpose="lost", done_at=None)
    assert [(one.owner.username, one.subject) for one in lost] == [("elena", first.pk)]
    assert "work:alarm:called_off" in events(first)


# ---- it is opened ----------------------------------------------------------------------------------


def test_elena_opens_it_and_it_is_hers_to_settle(world, intake, arrives):
    arrival = arrives()
    assert opened(world, arrival) == TULIP
    assert (arrival.state, arrival.opened_by) == (ArrivalState.OPENED, world.staff["elena"])
    assert events(arrival) == ["inbox:arrival:came", "inbox:arrival:opened"]
    (item,) = lists_of(world, "elena")
    assert (item.kind, item.owner) == ("decide", world.staff["elena"])


@pytest.mark.parametrize("name", ["amina", "gulnar", "timur", "daler", "rustam"])
def test_nobody_without_the_intake_key_opens_it(world, intake, arrives, name):
    arrival = arrives()
    with pytest.raises(Refusal) as refused:
        opened(world, arrival, name)
    assert refused.value.code == "no-intake-key"
    assert Arrival.objects.get().state == ArrivalState.SEALED


def test_a_locked_vault_opens_nothing(world, arrives):
    with pytest.raises(Refusal) as refused:
        inbox.open_arrival(keys=None, arrival=arrives(), by=world.staff["bakyt"], at=world.at)
    assert refused.value.code == "vault-locked"


def test_an_old_arrival_opens_after_the_intake_key_was_renewed(world, intake, arrives):
    arrival = arrives()
    vault.new_generation(
        keys=world.keys("bakyt"), kind="G", line=None, at=world.at,
        holders=[world.staff[n] for n in ("bakyt", "saule", "elena")],
    )  # fmt: skip
    newer = arrives()
    assert newer.to_key != arrival.to_key
    assert opened(world, arrival) == opened(world, newer) == TULIP


def test_looking_again_later_names_a_purpose_and_is_journalled(world, intake, arrives):
    arrival = arrives()
    opened(world, arrival)
    keys, later = world.keys("elena"), world.at + timedelta(hours=1)
    look = inbox.content_of
    assert look(keys=keys, arrival=arrival, at=world.at + timedelta(minutes=5)) == TULIP
    just_in_time = world.at + timedelta(minutes=29, seconds=59)
    assert look(keys=keys, arrival=arrival, at=just_in_time) == TULIP
    assert look(keys=keys, arrival=arrival, at=world.at + timedelta(minutes=30)) is None, (
        "half an hour is over"
    )
    assert look(keys=keys, arrival=arrival, at=later) is None
    assert look(keys=world.keys("bakyt"), arrival=arrival, at=world.at) is None, "Bakyt did not open it"
    assert look(keys=keys, arrival=arrival, at=later, purpose="assist") == TULIP
    assert look(keys=keys, arrival=arrival, at=later + timedelta(minutes=5)) == TULIP
    assert events(arrival)[1:] == ["inbox:arrival:opened", "inbox:arrival:shown"]


def test_what_was_damaged_is_said_reported_and_stays(world, intake, arrives):
    arrival = arrives()
    body = vault.load_blob(kind=BODY, key=arrival.pk)
    vault.store_blob(
        kind=BODY, key=arrival.pk, sealed=body[:-1] + bytes([body[-1] ^ 1]), society=arrival.society_id
    )
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            opened(world, arrival)
        assert refused.value.code == "arrival-damaged"
    arrival.refresh_from_db()
    assert (arrival.state, arrival.damaged_at) == (ArrivalState.SEALED, world.at)
    assert [len(lists_of(world, name)) for name in ("bakyt", "saule", "elena")] == [1, 1, 1]
    assert events(arrival).count("inbox:arrival:damaged") == 1
    close_arrival(
        keys=world.keys("bakyt"), arrival=arrival, closing="damaged", by=world.staff["bakyt"], at=world.at
    )
    assert DueItem.objects.filter(done_at=None, room="inbox").count() == 0


def test_a_body_under_another_header_does_not_open(world, intake, arrives):
    first, second = arrives(), arrives()
    vault.store_blob(
        kind=BODY, key=second.pk, sealed=vault.load_blob(kind=BODY, key=first.pk), society=second.society_id
    )
    with pytest.raises(Refusal, match="arrival-damaged"):
        opened(world, second)


# ---- messages of a conversation --------------------------------------------------------------------


def test_a_message_of_a_conversation_opens_with_the_key_in_the_case_and_for_nobody_else(
    world, intake, arrives
):
    reply, subject = Private.new(), world.staff["amina"].pk

    def hers(keys, what):
        return reply if keys.staff.username == "amina" else None

    arrival = arrives(
        {"said": "yes"}, to_key="conversation", public=reply.public,
        owner=world.staff["amina"], room="referrals", subject=subject,
    )  # fmt: skip
    assert [len(lists_of(world, n)) for n in ("amina", "elena")] == [1, 0]
    with ARRIVAL_ROOMS.temporarily("referrals", replace(ARRIVAL_ROOMS["referrals"], key=hers)):
        with pytest.raises(Refusal, match="not-your-case"):
            opened(world, arrival)
        assert opened(world, arrival, "amina") == {"said": "yes"}


# ---- it ends ---------------------------------------------------------------------------------------


def test_what_is_settled_says_where_it_went_and_its_body_is_destroyed(
    world, intake, arrives, django_capture_on_commit_callbacks
):
    arrival = arrives()
    opened(world, arrival)
    with django_capture_on_commit_callbacks(execute=True):
        inbox.settle(arrival=arrival, room="cases", subject=arrival.pk, by=world.staff["elena"], at=world.at)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.room, arrival.kept) == (ArrivalState.SETTLED, "cases", False)
    assert vault.load_blob(kind=BODY, key=arrival.pk) is None
    assert lists_of(world, "elena") == []
    with pytest.raises(Refusal, match="arrival-settled"):
        opened(world, arrival)


def test_what_nobody_read_is_not_settled_or_closed(world, intake, arrives):
    arrival = arrives()
    for act in (
        lambda: inbox.settle(arrival=arrival, room="cases", subject=arrival.pk, by=intake, at=world.at),
        lambda: close_arrival(
            keys=world.keys("elena"), arrival=arrival, closing="empty", by=intake, at=world.at
        ),
    ):
        with pytest.raises(Refusal, match="not-opened"):
            act()


def test_withdrawn_before_anyone_opened_it_leaves_nothing_but_a_line(
    world, intake, arrives, django_capture_on_commit_callbacks
):
    arrival, other = arrives(), arrives()
    with django_capture_on_commit_callbacks(execute=True):
        rows = inbox.withdraw(
            society=arrival.society_id,
            sender=arrival.sender_id,
            conversation=arrival.conversation,
            at=world.at,
        )
    assert [row.pk for row in rows] == [arrival.pk]
    assert vault.load_blob(kind=BODY, key=arrival.pk) is None
    assert vault.load_blob(kind=BODY, key=other.pk) is not None
    with pytest.raises(Refusal, match="arrival-withdrawn"):
        opened(world, arrival)
    assert [item.subject for item in lists_of(world, "elena")] == [other.pk]


def test_withdrawn_after_it_was_opened_it_is_deleted_and_elena_is_told(world, intake, arrives):
    arrival = arrives()
    opened(world, arrival)
    inbox.withdraw(
        society=arrival.society_id, sender=arrival.sender_id, conversation=arrival.conversation, at=world.at
    )
    with pytest.raises(Refusal, match="arrival-withdrawn"):
        inbox.content_of(keys=world.keys("elena"), arrival=arrival, at=world.at)
    (item,) = lists_of(world, "elena")
    assert (item.kind, item.urgency) == ("review", "now")


def test_another_society_withdraws_nothing_that_it_did_not_send(world, arrives):
    arrival = arrives()
    gone = inbox.withdraw(
        society=arrival.society_id,
        sender=world.societies["north"].pk,
        conversation=arrival.conversation,
        at=world.at,
    )
    assert gone == []


def test_what_expires_unopened_goes_and_the_focal_points_are_told(
    world, intake, arrives, django_capture_on_commit_callbacks
):
    arrival, read = arrives(), arrives()
    opened(world, read)
    with django_capture_on_commit_callbacks(execute=True):
        assert inbox.expire(at=world.at + timedelta(days=30)) == 1
    arrival.refresh_from_db()
    read.refresh_from_db()
    assert (arrival.state, read.state) == (ArrivalState.EXPIRED, ArrivalState.OPENED), (
        "what is being worked on stays"
    )
    assert vault.load_blob(kind=BODY, key=arrival.pk) is None
    assert [len(lists_of(world, n)) for n in ("bakyt", "saule")] == [1, 1]
    assert inbox.expire(at=world.at + timedelta(days=31)) == 0


def test_what_nobody_opens_comes_to_the_focal_points_and_again_every_day_by_mail(world, intake, arrives):
    arrival = arrives(urgency="now")
    for minutes, told in ((14, 0), (15, 1), (16, 0), (15 + 24 * 60, 1)):
        assert inbox.remind(at=world.at + timedelta(minutes=minutes)) == told
    (item,) = lists_of(world, "bakyt")
    assert (item.subject, item.urgency) == (arrival.pk, "now")
    opened(world, arrival)
    assert lists_of(world, "bakyt") == lists_of(world, "saule") == []


def test_bodies_of_what_ended_go_even_if_the_node_stopped_just_then(world, intake, arrives):
    arrival, waits = arrives(), arrives()
    opened(world, arrival)
    close_arrival(keys=world.keys("elena"), arrival=arrival, closing="empty", by=intake, at=world.at)
    assert vault.load_blob(kind=BODY, key=arrival.pk) is not None, (
        "control: the transaction of this test still runs"
    )
    inbox.sweep_bodies(at=world.at)
    arrival.refresh_from_db()
    assert not arrival.kept
    assert vault.load_blob(kind=BODY, key=arrival.pk) is None
    assert vault.load_blob(kind=BODY, key=waits.pk) is not None


def test_a_body_whose_row_was_never_written_is_swept_after_a_day_and_no_other(world, intake, arrives):
    from uuid import uuid4

    from panah.people.cases import actions as cases

    cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    orphan, waits = uuid4(), arrives()
    vault.store_blob(kind=BODY, key=orphan, sealed=b"x", society=waits.society_id)
    for days in (0, 2):
        vault.sweep_orphans(at=world.at + timedelta(days=days))
    assert vault.load_blob(kind=BODY, key=orphan) is None
    assert vault.load_blob(kind=BODY, key=waits.pk) is not None


def test_behind_a_flood_the_menu_still_says_that_somebody_is_in_danger(world, intake, arrives):
    now = timezone.now()
    for _number in range(101):
        arrives(urgency="later", at=now)
    calm = queries.waiting_in_menu(world.staff["elena"])
    assert calm.number == 100 and not calm.tone, "control"
    arrives(urgency="now", at=now)
    assert queries.waiting_in_menu(world.staff["elena"]).tone == "urgent"
