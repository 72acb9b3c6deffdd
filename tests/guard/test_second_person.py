"""A second person is one who had no hand in it: "a second person" means the same in every room.

Bakyt writes, Saule adds a full stop: neither of them signs it, nor does an account of theirs, nor whoever changes the row in
the database. Amina, who had no hand in it and leads too, does.
"""

import html

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.models import StaffKey
from panah.people.materials import actions as materials
from tests.guard.signed_by_two import SIGNED, address_of
from tests.two_people import make_focal_point

EVERY = pytest.mark.parametrize("what", SIGNED)


@pytest.fixture
def three(world):
    """Bakyt, Saule, and Amina as a third focal point."""
    make_focal_point(world, "amina", at=timezone.now())
    world.staff["amina"] = Staff.objects.get(pk=world.staff["amina"].pk)
    return world.staff["bakyt"], world.staff["saule"], world.staff["amina"]


def refused(one, row, by):
    with pytest.raises(Refusal) as why:
        one.sign(row, by)
    return why.value


@EVERY
def test_nobody_who_had_a_hand_in_it_signs_it_and_somebody_else_does(world, three, what):
    bakyt, saule, amina = three
    one = SIGNED[what]
    row = one.begin(world, bakyt)
    wrote = [bakyt]
    if one.edit is not None:
        one.edit(row, saule)
        wrote.append(saule)
    for by in wrote:
        why = refused(one, row, by)
        assert why.code == "second-person" and all(each.name in str(why.sentence) for each in wrote)
        assert amina.name in str(why.next_step)
    one.sign(row, amina)


@EVERY
def test_an_account_that_may_be_the_same_persons_does_not_sign_it(world, three, what):
    bakyt, _saule, amina = three
    StaffKey.objects.filter(staff=amina).update(admitted_by=bakyt, known_by=None)
    one = SIGNED[what]
    assert refused(one, one.begin(world, bakyt), amina).code == "known-to-one"


@EVERY
def test_whoever_changes_the_row_in_the_database_signs_nothing_of_her_own(world, three, what):
    bakyt, _saule, amina = three
    one = SIGNED[what]
    row = one.begin(world, bakyt)
    changed = one.columns(amina)
    type(row).objects.filter(pk=row.pk).update(**changed)
    row.refresh_from_db()
    assert refused(one, row, bakyt).code == "second-person"


@pytest.mark.parametrize("what", [name for name, one in SIGNED.items() if one.page])
def test_the_page_says_who_had_a_hand_in_it_and_who_may_sign(world, three, what):
    bakyt, _saule, _amina = three
    one = SIGNED[what]
    row = one.begin(world, bakyt)
    page = " ".join(html.unescape(world.client("bakyt").get(address_of(one, row)).text).split())
    assert "Had a hand in it: Bakyt." in page and "May decide instead: Amina, Saule." in page


def test_where_everybody_had_a_hand_in_it_the_page_says_what_to_do(world):
    one = SIGNED["commitment"]
    row = one.begin(world, world.staff["bakyt"])
    one.edit(row, world.staff["saule"])
    assert "Nobody else here may decide" in world.client("saule").get(address_of(one, row)).text


def test_what_the_journal_does_not_know_is_signed_by_nobody(world):
    """A row that was put into the database by hand, as if somebody had written it."""
    one = SIGNED["commitment"]
    row = one.begin(world, world.staff["bakyt"])
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy._state.adding = row.focal_id, True
    copy.save()
    assert "journal" in str(refused(one, copy, world.staff["saule"]).sentence)


def test_what_was_signed_once_begins_anew(world, three):
    """A hand in what was published is none in its next version."""
    bakyt, saule, amina = three
    one = SIGNED["material"]
    row = one.begin(world, bakyt)
    version = one.sign(row, saule)
    following = materials.begin_next(version=version, by=amina, at=timezone.now())
    one.sign(following, bakyt)
