"""The processes in which unlocked cards live, and somebody to be found in them."""

import os
import socket
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.vault import search, search_client
from panah.ground.vault.actions import cards
from panah.ground.vault.search_process import Server
from panah.people.cases import actions as cases

NAME = "Гүлнара Токтосунова"
PATIENCE = 60


@contextmanager
def serving(monkeypatch, **more):
    # A socket's name has room for a hundred letters.
    path = f"/tmp/panah-{uuid4().hex[:12]}"  # noqa: S108
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        made = Server(listener, **more)
        thread = Thread(target=made.serve)
        thread.start()
        monkeypatch.setenv(search_client.SOCKET, path)
        search._TOLD.clear()
        # What others who looked before in this process have unlocked is theirs.
        monkeypatch.setattr(search, "_KEPT", {})
        try:
            yield made
        finally:
            made.stopped.set()
            thread.join(PATIENCE)
            os.unlink(path)
    assert not running(made)


@pytest.fixture
def server(monkeypatch):
    with serving(monkeypatch) as made:
        yield made


def running(server):
    return [
        child for index in server.indexes.values() for child in index.children if child.process.is_alive()
    ]


def a_case(world, owner, name=NAME, year=1990):
    case = cases.open_case(
        keys=world.keys(owner), by=world.staff[owner], at=world.at, identity={"names": [{"text": name}]}
    )
    value = search.card_value(names=[name], birth_year=year, phones=["+000 1234"], number=case.number)
    cards.put_card(keys=world.keys(owner), file=case.file_id, kind="search", value=value, at=world.at)
    return case


def keys(world, who="bakyt"):
    found = world.keys(who)
    found.open_until = timezone.now() + timedelta(minutes=15)
    return found


def look(world, who="bakyt", name=NAME):
    return search.find_unlocked(
        keys=keys(world, who), name=name, at=timezone.now(), birth_year=1990, phone_tail="", patience=PATIENCE
    )
