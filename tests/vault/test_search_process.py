"""Unlocked cards live in processes of their own, and only while the vault of somebody who holds the search key is open."""

import os
import socket
from datetime import timedelta
from threading import Thread
from time import monotonic
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.cases import actions as cases
from panah.finding.actions import Sought, search_locally
from panah.sign_in.actions.sessions import end_vaults
from panah.vault import actions as vault
from panah.vault import search, search_client
from panah.vault.actions import cards
from panah.vault.search_process import Server
from panah.vault.words import KeyKind
from panah.work.queries import items_of

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Гүлнара Токтосунова"
PATIENCE = 60


@pytest.fixture
def server(tmp_path, monkeypatch):
    # A socket's name has room for a hundred letters.
    path = f"/tmp/panah-{uuid4().hex[:12]}"  # noqa: S108
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        made = Server(listener)
        thread = Thread(target=made.serve)
        thread.start()
        monkeypatch.setenv(search_client.SOCKET, path)
        search._TOLD.clear()
        # What others who looked before in this process have unlocked is theirs.
        monkeypatch.setattr(search, "_KEPT", {})
        yield made
        made.stopped.set()
        thread.join(PATIENCE)
        os.unlink(path)
    assert not running(made)


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


def by_itself(world, name=NAME):
    return search.find(keys=world.keys("bakyt"), name=name, birth_year=1990, at=world.at, fresh=True)


def asked():
    return {"name": "Toktosunova Gulnara", "birth_year": "1990", "phone_tail": "", "again": "1"}


def test_it_finds_what_a_search_in_the_page_finds_also_after_cards_came_went_and_were_rewritten(
    world, server
):
    first = a_case(world, "amina")
    assert look(world)[0] == by_itself(world)
    second = a_case(world, "cholpon", "Gulnara Toktosunova")
    cards.compact(keys=world.keys("bakyt"), kind="search", at=world.at)
    a_case(world, "amina", "Рустам Каримов")
    found, progress = look(world)
    assert found == by_itself(world)
    assert {one.number for one in found} >= {first.number, second.number}
    assert (progress.whole, progress.opened, progress.total) == (True, 3, 3)
    vault.erase(keys=world.keys("amina"), file=first.file_id, at=world.at)
    found, progress = look(world)
    assert found == by_itself(world) and first.number not in {one.number for one in found}
    assert progress.opened == 2


def test_the_first_page_after_a_sign_in_begins_to_unlock_and_the_first_name_typed_is_found(world, server):
    case = a_case(world, "cholpon")
    bakyt = world.client("bakyt")
    bakyt.get("/")
    until = monotonic() + PATIENCE
    while not server.indexes and monotonic() < until:
        pass
    (index,) = server.indexes.values()
    page = bakyt.post("/find/", asked()).content.decode()
    assert f"/cases/{case.number}/" in page and "unlocked" not in page
    assert [*server.indexes.values()] == [index], "the same one"


@pytest.mark.parametrize("way", ["/vault/lock", "/vault/sign-out"])
def test_a_vault_that_locks_has_its_cards_dropped_before_the_answer_comes(world, server, way):
    a_case(world, "cholpon")
    bakyt = world.client("bakyt")
    bakyt.post("/find/", asked())
    held = running(server)
    assert held, "control: they are unlocked"
    bakyt.post(way)
    assert server.indexes == {} and not any(child.process.is_alive() for child in held)


def test_a_colleague_whose_access_ends_and_a_changed_key_have_them_dropped(world, server):
    a_case(world, "cholpon")
    look(world)
    held = running(server)
    assert held
    vault.new_generation(keys=world.keys("bakyt"), kind=KeyKind.SEARCH, line=None, holders=[], at=world.at)
    look(world)
    assert not any(child.process.is_alive() for child in held)
    assert len(server.indexes) == 1 and running(server)
    end_vaults(world.staff["bakyt"])
    assert not server.indexes


def test_a_request_that_had_begun_before_the_lock_unlocks_nothing_after_it(world, server):
    case = a_case(world, "cholpon")
    before = keys(world)
    search.forget(world.staff["bakyt"])
    given = {"name": NAME, "birth_year": 1990, "phone_tail": "", "patience": PATIENCE, "at": timezone.now()}
    assert search.find_unlocked(keys=before, **given) is None
    assert not server.indexes
    assert [one.number for one in look(world)[0]] == [case.number], "control: one that began afterwards does"


def test_a_vault_that_idles_out_has_its_cards_dropped_by_the_process_itself(world, server):
    a_case(world, "cholpon")
    hers = keys(world)
    look(world)
    held = running(server)
    now = timezone.now()
    hers.open_until = now + timedelta(milliseconds=1)
    search.progress(keys=hers, at=now)
    for child in held:
        child.process.join(PATIENCE)
    assert held and not any(child.process.is_alive() for child in held)


def test_while_somebody_else_holds_the_key_the_cards_stay_and_go_with_the_last(world, server):
    a_case(world, "cholpon")
    world.keys("bakyt")
    look(world)
    (index,) = server.indexes.values()
    other = uuid4()
    index.holders[other] = index.holders[world.staff["bakyt"].pk]
    search.forget(world.staff["bakyt"])
    assert running(server)
    server.forget(other)
    assert not server.indexes


@pytest.mark.parametrize("who", ["amina", "nurlan"])
def test_whoever_does_not_hold_the_search_key_has_nothing_unlocked(world, server, who):
    a_case(world, "amina")
    world.client(who).get("/")
    assert search.progress(keys=keys(world, who), at=timezone.now()) is None
    assert not server.indexes


def test_where_a_process_dies_the_page_looks_by_itself_and_keeps_nothing(world, server):
    case = a_case(world, "cholpon")
    look(world)
    for child in running(server):
        child.process.kill()
    page = world.client("bakyt").post("/find/", asked()).content.decode()
    assert f"/cases/{case.number}/" in page
    assert search._KEPT == {}
    assert [one.number for one in look(world)[0]] == [case.number], (
        "and the next one is answered by a new one"
    )


def test_before_all_cards_are_unlocked_the_answer_says_how_many_were_looked_through(world, server):
    case = a_case(world, "cholpon")
    look(world)
    (index,) = server.indexes.values()
    bakyt = world.client("bakyt")
    with index.following:
        a_case(world, "amina", "Рустам Каримов")
        found = search_locally(keys=keys(world), sought=Sought(NAME, 1990), at=timezone.now(), patience=0.1)
        assert [one.case.number for one in found.matches] == [case.number]
        assert found.so_far is not None and not found.so_far.whole and found.so_far.opened == 1
        first = {name: value for name, value in asked().items() if name != "again"}
        page = bakyt.post("/find/", first).content.decode()
        assert "Not all cards were looked through yet" in page and "Look again through all cards" in page
        assert 'id="unlocking"' in bakyt.get("/find/").content.decode()
    assert (
        search_locally(
            keys=keys(world), sought=Sought(NAME, 1990), at=timezone.now(), patience=PATIENCE
        ).so_far
        is None
    )
    assert 'id="unlocking"' not in bakyt.get("/find/").content.decode()


def test_a_look_rewrites_away_what_must_go(world, server):
    north = world.societies["north"].pk
    case = a_case(world, "cholpon")
    cards.compact(keys=world.keys("bakyt"), kind="search", at=world.at)
    vault.erase(keys=world.keys("cholpon"), file=case.file_id, at=world.at)
    assert cards.wants_compacting(society=north, kind="search")
    assert look(world)[0] == []
    (index,) = server.indexes.values()
    index.tidy()
    with index.tidying:
        assert not cards.wants_compacting(society=north, kind="search")
    assert items_of(case.pk) == []


def test_a_process_of_another_account_is_not_answered(world, server, monkeypatch):
    a_case(world, "cholpon")
    assert look(world) is not None, "control"
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    assert look(world) is None
