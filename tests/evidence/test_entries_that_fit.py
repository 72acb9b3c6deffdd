"""Somebody adds an entry that fits the journal's chain, which has no key: what left and what was signed stays as it was."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.approvals.second_person import second_person
from panah.ground.audit.events import Event
from panah.ground.vault.actions.rows_watch import accept_rows
from panah.programmes.diplomacy import events as diplomacy_events
from panah.programmes.evidence import events, queries
from panah.programmes.evidence.words import ReleaseState
from tests.evidence.conftest import card, write_cards
from tests.evidence.preparing_releases import begun, prepared, press_prepare, state
from tests.guard.past_panah import chain_on
from tests.guard.signed_by_two import SIGNED


@pytest.fixture
def north(world):
    return world.societies["north"].pk


@pytest.fixture
def forged(world, north):
    """He writes an entry in a colleague's name, and lets the head of the chain stand at it."""

    def write(event, about, who="bakyt", **facts):
        chain_on(north, event.name, about, who=world.staff[who].pk, at=timezone.now(), **facts)

    return write


def test_a_swapped_package_is_not_what_was_written_because_an_entry_says_so(world, forged):
    write_cards(world, [card("KZ") for _ in range(40)])
    row = prepared(world, what="cases", title="First")
    was = queries.hash_as_journalled(row)
    forged(events.PREPARED, row.pk, who="nurlan", hash="0" * 64, made="0" * 64)
    assert queries.hash_as_journalled(row) == was
    assert queries.is_as_written(row)


def test_a_decision_about_nothing_stops_no_release(world, north, forged):
    write_cards(world, [card("KZ") for _ in range(40)])
    forged(events.DECIDED, uuid4(), decision="publish")
    assert queries.releases_as_journalled(north) == []
    row = begun(world, what="cases", title="First")
    press_prepare(world, row)
    assert state(row) == ReleaseState.PREPARED


def test_a_decision_that_nobody_took_publishes_nothing(world, north, forged):
    write_cards(world, [card("KZ") for _ in range(40)])
    row = prepared(world, what="cases", title="First")
    forged(events.DECIDED, row.pk, who="saule", decision="publish")
    says = {
        "state": "published",
        "decided_by": world.staff["saule"],
        "decided_on": timezone.localdate(),
        "passed": True,
    }
    type(row).objects.filter(pk=row.pk).update(**says)
    assert row.pk not in queries.states_by_journal(north)
    assert queries.releases_as_journalled(north) is None, "the row alone says it, and that is noticed"


def test_whoever_wrote_it_does_not_sign_it_because_an_entry_says_that_another_one_has(world, forged):
    bakyt = world.staff["bakyt"]
    row = SIGNED["commitment"].begin(world, bakyt)
    done = {one.does: one for one in vars(diplomacy_events).values() if isinstance(one, Event)}
    for does in ("approves", "writes"):
        forged(done[does], row.pk, who="saule")
    assert not second_person(row.pk, to=bakyt, may=lambda one: True).may


def test_after_a_backup_was_restored_its_entries_count_as_they_came_back(north, forged):
    about = uuid4()
    forged(events.DECIDED, about, decision="publish")
    assert about not in queries.states_by_journal(north)
    accept_rows(society=north)
    assert about in queries.states_by_journal(north)
