"""What is kept outside of entries that decide lasts as long as it is needed: its file is not erased, its entry is there."""

from __future__ import annotations

import pytest
from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.kept_entries import KIND
from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.vault import actions as vault
from panah.ground.vault import journal_pins, shred_store
from panah.ground.vault.words import FileKind
from panah.node import jobs
from panah.people.complaints import events


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def file_of(world):
    return vault.begin_file(
        keys=world.keys("amina"), kind=FileKind.CASE, staff=[world.staff["amina"]], at=world.at
    )


def says(world, about):
    audit.record(event=events.MEANT, by=world.staff["bakyt"], at=world.at, about=about)


def kept(north):
    return set(shred_store.keys_of(KIND, north)) - {north}


def a_day_goes_by(world):
    for job in jobs.jobs():
        if job.name in ("journal-kept", "kept-entries-forgotten", "stored-as-written"):
            with tenancy.tenant_context(world.societies["north"].pk):
                job.run(at=world.at)


def counts(north, about):
    return audit_queries.written_about(about, society=north, events=[events.MEANT.name])


def _says_and_fails(world, about):
    with transaction.atomic():
        says(world, about)
        transaction.set_rollback(True)


def test_of_an_erased_file_nothing_is_kept_any_more_and_of_the_others_all(world, north):
    goes, stays = file_of(world), file_of(world)
    before = kept(north)
    for one in (goes, stays):
        says(world, one)
    assert len(kept(north) - before) == 2 and counts(north, goes) and counts(north, stays)
    vault.erase(keys=world.keys("amina"), file=goes, at=world.at)
    a_day_goes_by(world)
    assert len(kept(north) - before) == 1
    assert counts(north, stays) and not counts(north, goes)
    assert not journal_pins.any_is_wrong([north]), "that it was let go is no forgery"


def test_what_was_never_written_is_not_kept_for_good(world, north):
    stays = file_of(world)
    says(world, stays)
    before = kept(north)
    _says_and_fails(world, stays)
    assert len(kept(north) - before) == 1, "control"
    a_day_goes_by(world)
    assert kept(north) == before and counts(north, stays)


def test_while_an_entry_is_missing_it_is_kept_so_that_it_counts_when_it_is_put_back(world, north):
    stays = file_of(world)
    says(world, stays)
    a_day_goes_by(world)
    row = Entry.objects.get(society=north, event=events.MEANT.name)
    before = kept(north)
    row.delete()
    a_day_goes_by(world)
    assert kept(north) == before
    row.save(force_insert=True)
    a_day_goes_by(world)
    assert counts(north, stays)
