"""The role of a machine that serves only the public door, and whoever holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings

from panah.ground.directory import actions as directory
from panah.ground.foundation import tenancy
from panah.ground.vault import host_secrets
from panah.node import door_role
from tests import delivered, keys_of_today
from tests.public.writing import Stranger

ROLE = "panah_door"
# What the settings of the node itself say.
NODES = {"PANAH_DATABASE_ROLE": "panah", "PANAH_DOOR_ONLY": False}


@pytest.fixture
def let_in(db) -> None:
    with connection.cursor() as cursor:
        for statement in door_role.statements(ROLE):
            cursor.execute(statement)


@pytest.fixture
def at_the_door(let_in, settings, tmp_path) -> Iterator[None]:
    """Whatever is done inside a society, or by a page, is done by the door's role, without a key of the node."""
    host_secrets.make_door_file(tmp_path / "host.json")
    host_secrets.door_peppers.cache_clear()
    keys_of_today.made_today()
    NODES["PANAH_HOST_FILE"] = settings.PANAH_HOST_FILE
    settings.PANAH_HOST_FILE = str(tmp_path / "host.json")
    settings.PANAH_DATABASE_ROLE, settings.PANAH_DOOR_ONLY = ROLE, True
    NODES["ROOT_URLCONF"] = settings.ROOT_URLCONF
    settings.ROOT_URLCONF = "panah.config.door_urls"
    settings.ALLOWED_HOSTS = ["info.example"]
    settings.PANAH_DOOR_HOSTS = ["info.example"]


@contextmanager
def on_the_node():
    """Meanwhile, on the node: its own role and all of its keys."""
    with override_settings(**NODES):
        yield


@pytest.fixture
def register(world, at):
    return delivered.load(directory.load_reference_data, at=at)


@pytest.fixture
def zarina():
    return Stranger(Client(headers={"host": "info.example"}))


@contextmanager
def as_thief(world):
    """Whoever has stolen the role's password, and names the society whose rows she wants."""
    with (
        override_settings(PANAH_DATABASE_ROLE=ROLE),
        tenancy.tenant_context(world.societies["north"].pk),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        yield cursor
