"""Thousands of parts written in one go: each file's pin is raised once, as far as what was written, and nothing older opens."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from panah.ground.vault import actions as vault
from panah.ground.vault import file_pins, shred_store
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import FileKind


def pin_of(file):
    return file_pins.unpacked(shred_store.get(file_pins.PIN, file)).written


def written(world, file):
    return file_pins.written_now(world.societies["north"].pk)[file]


def test_a_file_that_was_written_in_bulk_is_pinned_as_far_as_it_was_written(
    world, at, django_capture_on_commit_callbacks
):
    keys, amina = world.keys("amina"), world.staff["amina"]
    with django_capture_on_commit_callbacks(execute=True):
        file = vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[amina], focal_points=True, at=at)
    with (
        vault.pins_raised_together(lambda: [world.societies["north"].pk]),
        django_capture_on_commit_callbacks(execute=True),
    ):
        for text in ("one", "two", "three"):
            vault.add(keys=keys, file=file, part="note", value={"text": text}, at=at)
        # The control: nothing is raised meanwhile, which is why this is only for what is thrown away when interrupted.
        assert pin_of(file).times < written(world, file).times
    assert pin_of(file) == written(world, file)
    fresh = world.keys("amina")
    assert len(vault_queries.read_all(keys=fresh, file=file, part="note")) == 3


def test_afterwards_each_writing_raises_its_pin_again(world, at, django_capture_on_commit_callbacks):
    keys, amina = world.keys("amina"), world.staff["amina"]
    with vault.pins_raised_together(list):
        pass
    with django_capture_on_commit_callbacks(execute=True):
        file = vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[amina], focal_points=True, at=at)
        vault.add(keys=keys, file=file, part="note", value={"text": "one"}, at=at)
    assert pin_of(file) == written(world, file)


def test_on_a_node_with_real_people_no_pin_waits_for_the_others(
    world, at, settings, django_capture_on_commit_callbacks
):
    settings.PANAH_PRACTICE = False
    with pytest.raises(ImproperlyConfigured), vault.pins_raised_together(list):
        pass
    keys, amina = world.keys("amina"), world.staff["amina"]
    with django_capture_on_commit_callbacks(execute=True):
        file = vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[amina], focal_points=True, at=at)
        vault.add(keys=keys, file=file, part="note", value={"text": "one"}, at=at)
    assert pin_of(file) == written(world, file)
