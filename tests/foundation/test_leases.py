"""Two workers and one queue: a row is in one pair of hands, and whoever lost it writes nothing more."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah.ground.foundation.leases import LeaseLost, Turn
from panah.programmes.figures.actions import import_reading
from panah.programmes.library import actions as library
from panah.programmes.library.actions import reading
from panah.programmes.library.models import Page
from panah.programmes.volunteers.actions import imports
from panah.programmes.volunteers.importing.words import ImportState
from panah.programmes.volunteers.models import ImportedRow, TableImport, Volunteer
from tests.figures.imported_tables import bring as bring_figures
from tests.figures.imported_tables import columns, source
from tests.library.brought_documents import SAYS, bring, pdf
from tests.shelter.two_at_once import at_once
from tests.volunteers.bringing import LET_IN, confirm, work
from tests.volunteers.bringing import bring as bring_volunteers

__all__ = ["source"]
QUEUE = imports.QUEUE
MINUTES = st.integers(min_value=1, max_value=2 * int(QUEUE.length.total_seconds()) // 60)
ACTS = st.one_of(
    st.tuples(st.just("passes"), MINUTES),
    st.tuples(st.sampled_from(["takes", "renews", "releases"]), st.integers(0, 2)),
    st.tuples(st.just("stopped"), st.integers(0, 1)),
)


def tables(world):
    """Tables of two colleagues, let in."""
    return [
        TableImport.objects.create(
            society=world.societies["north"],
            by=world.staff[who],
            brought_on=timezone.localdate(),
            state=ImportState.COMING,
        )
        for who in ("bakyt", "ibrat")
    ]


class Hands:
    """Three workers, and who of them may write to which table as one would say it who watches all of them."""

    def __init__(self, rows):
        self.at, self.rows = timezone.now(), rows
        self.leases, self.held = {}, {}

    def passes(self, minutes):
        self.at += timedelta(minutes=minutes)

    def takes(self, worker):
        free = [row.pk for row in self.rows if row.pk not in self.held or self.held[row.pk][1] <= self.at]
        lease = QUEUE.take(Turn(self.at, timedelta(minutes=1)))
        assert (lease is not None) == bool(free)
        if lease is not None:
            assert lease.row.pk in free
            self.leases[worker] = lease
            self.held[lease.row.pk] = (lease, self.at + QUEUE.length)

    def renews(self, worker, *, release=False):
        lease = self.leases.get(worker)
        if lease is None:
            return
        before = TableImport.objects.values().get(pk=lease.row.pk)
        lease.now = Turn(self.at, timedelta(minutes=1)).now
        if self.held.get(lease.row.pk, [None])[0] is lease:
            (lease.release if release else lease.renew)(rows=before["rows"] + 1)
            assert TableImport.objects.get(pk=lease.row.pk).rows == before["rows"] + 1
            self.held[lease.row.pk] = (lease, self.at + QUEUE.length)
            if release:
                del self.held[lease.row.pk]
        else:
            with pytest.raises(LeaseLost):
                (lease.release if release else lease.renew)(rows=before["rows"] + 1)
            assert TableImport.objects.values().get(pk=lease.row.pk) == before

    def releases(self, worker):
        self.renews(worker, release=True)

    def stopped(self, number):
        """A person has it done from the beginning."""
        TableImport.objects.filter(pk=self.rows[number].pk).update(leased_until=None)
        self.held.pop(self.rows[number].pk, None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=14))
def test_a_table_is_in_the_hands_of_one_worker_until_its_lease_is_over_and_only_that_one_writes(world, acts):
    TableImport.objects.all().delete()
    hands = Hands(tables(world))
    for act, about in acts:
        getattr(hands, act)(about)


class Still(Turn):
    """A clock that stands, as two workers see it who come in the same microsecond."""

    def now(self):
        return self._at


def test_whose_table_was_begun_anew_writes_nothing_though_both_leases_end_in_the_same_microsecond(world):
    bakyts, _ibrats = tables(world)
    turn = Still(timezone.now(), timedelta(minutes=1))
    first = QUEUE.take(turn, bakyts.pk)
    TableImport.objects.filter(pk=bakyts.pk).update(leased_until=None)
    second = QUEUE.take(turn, bakyts.pk)
    assert first.row.leased_until == second.row.leased_until
    with pytest.raises(LeaseLost):
        first.renew(rows=1)
    with pytest.raises(LeaseLost):
        first.release(rows=1)
    second.renew(rows=2)
    assert TableImport.objects.get(pk=bakyts.pk).rows == 2


@pytest.mark.django_db(transaction=True)
def test_workers_that_look_at_one_moment_take_different_tables(world):
    rows, at = tables(world), timezone.now()
    leases = at_once(*[lambda: QUEUE.take(Turn(at, timedelta(minutes=1)))] * 4)
    assert sorted(one.row.pk for one in leases if one) == sorted(row.pk for row in rows)


def after_a_silence(do, another):
    """Work as a room does, but after the first piece of it say nothing for so long that another worker came."""
    came = []

    def silent(lease):
        for piece in do(lease):
            yield piece
            if not came:
                came.append(another())

    return silent, came


def test_a_reader_that_was_silent_for_too_long_keeps_no_page_once_another_has_read_the_document(world):
    row, at = bring(world, pdf(*(f"{one}. {SAYS}" for one in range(1, 5)))), timezone.now()
    later = at + reading.QUEUE.length + timedelta(minutes=1)
    silent, came = after_a_silence(reading._read, lambda: library.read_version(row.current_id, at=later))
    assert reading.QUEUE.work(silent, at=at, patience=timedelta(hours=1)) == 1 and came == [3]
    assert Page.objects.count() == 4 and Page.objects.filter(round=1).count() == 4


def test_a_table_of_figures_that_another_worker_has_read_is_read_once(world, source, monkeypatch):
    monkeypatch.setattr(import_reading, "BATCH", 100)
    body = "Year,Country,Sex,Persons\n" + "".join(
        f"{1900 + n % 190},Kazakhstan,Group {n},{n}\n" for n in range(250)
    )
    row, at = bring_figures(world, source, body.encode()), timezone.now()
    columns(world, row, measure="identified")
    later = at + import_reading.QUEUE.length + timedelta(minutes=1)
    silent, came = after_a_silence(
        lambda lease: import_reading._Reading(lease).read(), lambda: import_reading.read_tables(at=later)
    )
    assert import_reading.QUEUE.work(silent, at=at, patience=timedelta(hours=1)) == 1 and came == [2]
    row.refresh_from_db()
    assert (row.state, row.rows_read, row.rows.count()) == ("ready", 250, 250)


def test_nobody_comes_into_the_register_twice_by_a_worker_that_had_lost_the_table(world):
    bakyt = world.client("bakyt")
    lines = "".join(f"Person Number{chr(97 + n // 26)}{chr(97 + n % 26)};Arna\n" for n in range(450))
    bring_volunteers(bakyt, "ФИО;Филиал\n" + lines)
    confirm(bakyt)
    work(world)
    bakyt.post(LET_IN)
    later = world.at + QUEUE.length + timedelta(minutes=1)
    silent, came = after_a_silence(
        imports._go_on, lambda: imports.work_on_tables(at=later, patience=timedelta(hours=1))
    )
    assert QUEUE.work(silent, at=world.at, patience=timedelta(hours=1)) == 1 and came[0] >= 1
    assert TableImport.objects.get().state == ImportState.DONE
    assert Volunteer.objects.count() == 450 == ImportedRow.objects.count()
