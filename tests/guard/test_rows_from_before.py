"""Rows that decide, on a node from before they were kept, and after: accepted once, and never again."""

import pytest
from django.db import connections

from panah.ground.accounts.models import roles_held
from panah.ground.foundation.changed_rows import changed_in, protected_models
from panah.ground.foundation.protected_rows import stored_versions
from panah.ground.foundation.protected_versions import encoded, packed, rows_in, versions_in
from panah.ground.foundation.protection import protection_of
from panah.ground.vault import shred_store
from panah.ground.vault.actions import accept_rows_from_before
from panah.ground.vault.actions.rows_watch import ACCEPTED
from tests.guard.past_panah import put_in, sql


def of_before(society):
    """As if nothing had ever been kept of the society's rows."""
    for model in protected_models():
        kind = protection_of(model).kind
        shred_store.drop(kind, shred_store.keys_of(kind, society))


def test_a_node_from_before_goes_on_with_the_people_and_keys_that_it_has(world):
    north = world.societies["north"].pk
    sql("SELECT 1")
    before = roles_held(north)
    of_before(north)
    vars(connections["default"])["panah_protected_rows"] = {}
    assert not roles_held(north) and changed_in(north), "control"
    assert accept_rows_from_before(society=north)
    assert roles_held(north) == before and not changed_in(north)
    assert world.client("bakyt").get("/vault/colleagues").status_code == 200


def test_a_node_from_when_fewer_columns_were_kept_goes_on_once_it_is_brought_up_to_date(world):
    """A column more is what the next version may bring: until then nobody’s role could be read."""
    north = world.societies["north"].pk
    before = roles_held(north)
    accept_rows_from_before(society=north)
    for model in protected_models():
        kind = protection_of(model).kind
        for subject, raw in stored_versions(kind, shred_store.keys_of(kind, north)).items():
            shorter = [encoded(row[:-1] for row in rows_in(version)) for version in versions_in(raw)]
            shred_store.put_many(kind, {subject: packed(shorter)}, society=north)
    shred_store.put(ACCEPTED, north, b"1", society=north)
    vars(connections["default"])["panah_protected_rows"] = {}
    with pytest.raises(ValueError, match="not enough values"):
        roles_held(north)
    assert accept_rows_from_before(society=north)
    assert roles_held(north) == before and not changed_in(north)


def test_what_was_put_in_later_is_not_accepted_when_the_node_is_brought_up_to_date_again(world):
    north = world.societies["north"].pk
    assert accept_rows_from_before(society=north)
    put_in("accounts_roleheld", staff_id=world.staff["timur"].pk, role="focal_point", since=world.at)
    assert not accept_rows_from_before(society=north)
    assert "focal_point" not in roles_held(north)[world.staff["timur"].pk]
