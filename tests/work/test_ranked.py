"""The order of all lists as one rule: danger, safety, promises, housekeeping, however late something is."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.kit import nav
from panah.ground.kit.rank import Rank
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.models import DueItem
from panah.ground.work.ranked import Part, by_day, day_of, ordered, ranked
from panah.ground.work.words import DueKind, Urgency

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
# Room, purpose and urgency of something of each rank.
OF_RANK = {
    Rank.DANGER: ("hotline", "decide", Urgency.NOW),
    Rank.SAFETY: ("hotline", "decide", Urgency.TODAY),
    Rank.PROMISES: ("cases", "plan", Urgency.NOW),
    Rank.HOUSEKEEPING: ("hotline_keeping", "erase_soon", Urgency.NOW),
}
# From a month late to a month ahead.
HOURS = (-720, -49, -1, 0, 1, 30, 200, 720)

late = st.tuples(st.sampled_from(Rank), st.integers(0, 100_000))


def place(rank, when):
    return ordered(SimpleNamespace(rank=rank), when, at=AT)


def put(world, rank, due_at):
    room, purpose, urgency = OF_RANK[rank]
    amina = world.staff["amina"]
    return work.add_item(
        keys=None, society=amina.society_id, kind=DueKind.REVIEW, due_at=due_at, room=room, purpose=purpose,
        urgency=urgency, subject=amina.pk, owner=amina, at=due_at,
    )  # fmt: skip


def test_there_are_four_ranks_and_danger_is_the_first():
    assert list(Rank) == [Rank.DANGER, Rank.SAFETY, Rank.PROMISES, Rank.HOUSEKEEPING]
    assert [one.presses for one in Rank] == [True, True, False, False]


@given(st.lists(late, max_size=30))
def test_of_what_is_due_the_rank_alone_decides_and_lateness_only_within_it(rows):
    dues = [(rank, AT - timedelta(minutes=minutes)) for rank, minutes in rows]
    assert sorted(dues, key=lambda one: place(*one)) == sorted(dues)


@given(late, st.integers(-100_000, 100_000))
def test_nothing_stands_above_danger_whenever_it_is_due(other, minutes):
    rank, passed = other
    danger = place(Rank.DANGER, AT + timedelta(minutes=minutes))
    assert danger[0] == Part.NOW
    assert rank == Rank.DANGER or danger < place(rank, AT - timedelta(minutes=passed))


def test_what_pages_because_nobody_decided_is_a_danger_of_whatever_room_it_is(world):
    now = timezone.now()
    item = put(world, Rank.PROMISES, now - timedelta(minutes=1))
    DueItem.objects.filter(pk=item.pk).update(pages_at=now)
    assert [one.rank for one in ranked(DueItem.objects.all(), at=now)] == [Rank.DANGER]
    DueItem.objects.filter(pk=item.pk).update(due_at=now + timedelta(hours=1))
    assert [one.rank for one in ranked(DueItem.objects.all(), at=now)] == [Rank.SAFETY]


def test_the_database_and_the_page_put_the_same_rows_in_the_same_order(world):
    now = timezone.now()
    for hours in HOURS:
        for rank in reversed(Rank):
            put(world, rank, now + timedelta(hours=hours))
    day = day_of(now)
    rows = list(by_day(DueItem.objects.all(), day))
    assert len(rows) == len(HOURS) * len(Rank)
    assert {one.rank for one in rows} == set(Rank), "control: each is of its rank"
    assert [one.pk for one in rows] == [
        one.pk for one in sorted(rows, key=lambda one: (*ordered(one, one.due_at, at=now), one.pk))
    ]
    assert [one.part for one in rows] == [ordered(one, one.due_at, at=now)[0] for one in rows]
    now_part = [one.rank for one in rows if one.part == Part.NOW]
    assert now_part == sorted(now_part) and Rank.HOUSEKEEPING in now_part
    by_rank = list(ranked(DueItem.objects.all(), at=now))
    assert [(one.rank, one.due_at) for one in by_rank] == sorted((one.rank, one.due_at) for one in rows)


def test_the_badge_is_red_for_danger_and_safety_alone(world):
    now, amina = timezone.now(), world.staff["amina"]
    put(world, Rank.HOUSEKEEPING, now - timedelta(days=90))
    put(world, Rank.PROMISES, now - timedelta(days=9))
    assert work_queries.counts(to=amina, at=now) == (2, 2, False)
    put(world, Rank.SAFETY, now + timedelta(hours=1))
    assert work_queries.counts(to=amina, at=now) == (2, 3, False), "not before it is due"
    put(world, Rank.DANGER, now + timedelta(hours=1))
    assert work_queries.counts(to=amina, at=now) == (3, 4, True), "danger is always due"


def test_the_lines_over_a_page_stand_in_the_order_of_their_ranks(world):
    def both(_staff):
        return [nav.Banner(rank.name, "/", "x", rank=rank) for rank in reversed(Rank)]

    with nav.BANNERS.temporarily("a room that comes first", both, order=-1):
        found = nav.banners(world.staff["daler"], "/")["now"]
    assert [one.text for one in found if one.link == "x"] == [rank.name for rank in Rank]
