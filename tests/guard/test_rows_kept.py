"""What is kept of rows that decide is what was committed, whatever a transaction wrote and took back on the way to it."""

import pytest
from django.db import transaction
from django.db.models import Q

from panah.ground.accounts.models import RoleHeld, Staff
from panah.ground.foundation.changed_rows import changed_in
from panah.ground.foundation.protected_rows import MOST, stored_versions, trusted_versions
from panah.ground.foundation.protected_versions import versions_in
from panah.ground.foundation.protection import Protection
from panah.ground.foundation.request_cache import request_scope
from panah.ground.work.models import Alarm, Page
from tests.committed_rows import what_panah_wrote_is_committed

ROLES = ("worker", "operator", "coordinator")


class TakenBackError(Exception):
    pass


def written_and_taken_back(held, at):
    with transaction.atomic():
        for number in range(2 * MOST):
            held.role, held.since = ROLES[number % 3], at.replace(microsecond=number)
            held.save()
        raise TakenBackError


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_counts_though_more_than_is_kept_was_written_and_taken_back(world):
    north, held = world.societies["north"].pk, RoleHeld.objects.filter(staff=world.staff["saule"]).first()
    with transaction.atomic():
        held.role = "data_protection"
        held.save()
        with pytest.raises(TakenBackError):
            written_and_taken_back(held, world.at)
    assert RoleHeld.objects.get(pk=held.pk).role == "data_protection"
    assert "data_protection" in trusted_versions(RoleHeld, [north])[north].decode().split('"')
    assert len(versions_in(stored_versions("roles", [north])[north])) <= MOST + 1
    assert not changed_in(north), "a change of our own is no change past Panah"


@pytest.mark.django_db(transaction=True)
def test_who_looks_before_she_writes_takes_nothing_back_that_a_colleague_wrote_meanwhile(world):
    north = world.societies["north"].pk
    first, other = RoleHeld.objects.filter(staff__society=north)[:2]
    with request_scope(reads=True):
        assert Staff.objects.get(pk=first.staff_id).role_names, "asked for once on this page"
        with transaction.atomic():
            # Written by somebody else between her look and her write: nothing of it is remembered by the page.
            RoleHeld.objects.filter(pk=other.pk).update(role="data_protection")
        first.role = "coordinator"
        first.save()
    assert trusted_versions(RoleHeld, [north])[north].decode().count("data_protection") >= 1
    assert not changed_in(north)


def test_a_row_that_moves_to_another_subject_is_kept_with_the_new_one_and_no_longer_with_the_old(world):
    society = world.societies["north"]
    first, second = (
        Alarm.objects.create(
            society=society, room="hotline", subject=world.staff[name].pk, raised_at=world.at, step=0
        )
        for name in ("amina", "bakyt")
    )
    page = Page.objects.create(alarm=first, society=society, staff=world.staff["saule"], step=0)
    what_panah_wrote_is_committed()
    page.alarm = second
    page.save()
    what_panah_wrote_is_committed()
    assert not changed_in(society.pk)
    Page.objects.filter(pk=page.pk).update(alarm=first)
    what_panah_wrote_is_committed()
    assert not changed_in(society.pk)


def test_what_is_protected_only_in_part_says_so_by_equal_values_alone(world):
    with pytest.raises(ValueError, match="equal"):
        Protection(kind="x", by="pk", society="society", columns=("a",), why="", only=Q(state__in=["a"]))
    with pytest.raises(ValueError, match="equal"):
        Protection(kind="x", by="pk", society="society", columns=("a",), why="", only=Q(a=1) | Q(b=2))
