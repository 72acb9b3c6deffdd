"""Unlocked cards live in processes of their own, and only while the vault of somebody who holds the search key is open."""

import os
import select
import socket
from contextlib import suppress
from datetime import timedelta
from threading import Thread
from time import monotonic
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in.actions.sessions import end_vaults, lock_vault
from panah.ground.vault import actions as vault
from panah.ground.vault import search, search_client, search_index, shred_store
from panah.ground.vault.actions import cards
from panah.ground.vault.search_index import Child, Ended, Index
from panah.ground.vault.search_process import MOST_INDEXES
from panah.ground.vault.words import KeyKind
from panah.ground.work.queries import items_of
from panah.people.finding.actions import Sought, search_locally
from panah.people.finding.actions.local_search import search_all_cards
from tests.vault import search_server
from tests.vault.changed_cards import change_row, changed
from tests.vault.search_server import NAME, PATIENCE, a_case, keys, look, running, serving

server = search_server.server

pytestmark = pytest.mark.django_db(transaction=True)


def by_itself(world, name=NAME):
    return search.find(keys=world.keys("bakyt"), name=name, birth_year=1990, at=world.at, fresh=True)[0]


def said_to(path, *, first=b""):
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    line.connect(path)
    line.sendall(first)
    return line


def asked():
    return {"name": "Toktosunova Gulnara", "birth_year": "1990", "phone_tail": "", "again": "1"}


def test_it_finds_what_a_search_in_the_page_finds_also_after_cards_came_went_and_were_rewritten(
    world, server
):
    first = a_case(world, "amina")
    assert look(world)[0] == by_itself(world)
    second = a_case(world, "cholpon", "Gulnara Toktosunova")
    cards.compact(keys=world.keys("bakyt"), kind="search")
    a_case(world, "amina", "Рустам Каримов")
    found, progress = look(world)
    assert found == by_itself(world)
    assert {one.number for one in found} >= {first.number, second.number}
    assert (progress.whole, progress.opened, progress.total) == (True, 3, 3)
    vault.erase(keys=world.keys("amina"), file=first.file_id, at=world.at)
    found, progress = look(world)
    assert found == by_itself(world) and first.number not in {one.number for one in found}
    assert progress.opened == 2


@pytest.mark.parametrize(
    "forged",
    [
        [],
        {},
        {"n": [NAME], "c": 7},
        {"n": NAME, "c": "X"},
        {"n": [7], "c": "X"},
        {"n": [NAME], "c": "X", "k": 7},
        {"n": [NAME], "c": "X", "y": "old"},
        {"n": [NAME], "c": "X", "p": {}},
    ],
)
def test_a_card_that_opens_and_is_none_is_left_out_and_stops_nobody(world, server, forged):
    case = a_case(world, "cholpon")
    other = a_case(world, "cholpon", "Рустам Каримов")
    cards.put_card(keys=world.keys("cholpon"), file=other.file_id, kind="search", value=forged, at=world.at)
    assert [one.number for one in look(world)[0]] == [case.number]
    assert look(world)[0] == by_itself(world)


def test_the_first_page_after_a_sign_in_begins_to_unlock_and_the_first_name_typed_is_found(world, server):
    case = a_case(world, "cholpon")
    bakyt = world.client("bakyt")
    bakyt.get("/")
    until = monotonic() + PATIENCE
    while not server.indexes and monotonic() < until:
        server.stopped.wait(0.01)
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
    assert held, "control"
    until = monotonic() + PATIENCE
    # Not joined: its own thread waits for it, and of two who wait one may be told nothing.
    while any(child.process.is_alive() for child in held) and monotonic() < until:
        server.stopped.wait(0.01)
    assert not any(child.process.is_alive() for child in held)


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
    # The look of the page, which waited, goes through the store once more: the page asks again until that is over.
    pages = (bakyt.get("/find/").content.decode() for _again in range(300))
    assert any('id="unlocking"' not in page for page in pages)


def test_a_look_rewrites_away_what_must_go(world, server):
    north = world.societies["north"].pk
    case = a_case(world, "cholpon")
    cards.compact(keys=world.keys("bakyt"), kind="search")
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


@pytest.mark.parametrize(
    "first",
    [
        (2**32 - 1).to_bytes(4, "big") + b"{",
        (4).to_bytes(4, "big") + b"\xff\xfe\xfd\xfc",
        (5000).to_bytes(4, "big") + b"[" * 5000,
        (2).to_bytes(4, "big") + b"[]",
        (len(NAME.encode()) + 2).to_bytes(4, "big") + f'"{NAME}"'.encode(),
    ],
    ids=["four gigabytes", "no text", "nested too deep", "nothing", "no question"],
)
def test_what_is_no_question_is_hung_up_on_at_once_and_nothing_of_it_is_written(world, server, capfd, first):
    with said_to(server.listener.getsockname(), first=first) as line, suppress(ConnectionResetError):
        assert line.recv(1024) in (b"", search_client.NOTHING)
    assert look(world) is not None, "and the next one is answered"
    written = capfd.readouterr()
    assert NAME not in written.out + written.err


def test_whoever_sends_byte_by_byte_is_not_waited_for_longer_than_others():
    ours, theirs = socket.socketpair()
    begun = monotonic()
    with ours, theirs:

        def drip():
            with suppress(OSError):
                theirs.sendall((1000).to_bytes(4, "big"))
                while monotonic() - begun < PATIENCE:
                    theirs.sendall(b" ")
                    select.select([], [], [], 0.05)

        Thread(target=drip, daemon=True).start()
        with pytest.raises(TimeoutError):
            search_client.received(ours, within=0.4)
    assert monotonic() - begun < PATIENCE / 2


def test_silent_lines_are_bounded_and_a_lock_said_meanwhile_is_heard_when_they_are_gone(world, monkeypatch):
    a_case(world, "cholpon")
    with serving(monkeypatch, lines=2) as server:
        path = server.listener.getsockname()
        look(world)
        held = running(server)
        assert held, "control"
        with said_to(path), said_to(path):
            told = {"do": "forget", "staff": str(world.staff["bakyt"].pk)}
            search_client.ask(told, waits=False)
            with said_to(path, first=search_client.NOTHING) as other:
                assert not select.select([other], [], [], 0.7)[0], "no thread more"
                assert running(server)
        until = monotonic() + PATIENCE
        # The thread that ended it waits for its end too: whoever of two comes second learns of it a moment later.
        while any(child.process.is_alive() for child in held) and monotonic() < until:
            server.stopped.wait(0.01)
        assert not any(child.process.is_alive() for child in held)
        assert look(world) is not None


def test_of_so_many_societies_are_cards_unlocked_at_a_time(world, server):
    case = a_case(world, "cholpon")
    away = monotonic() + PATIENCE
    for number in range(MOST_INDEXES):
        other = server.indexes[uuid4(), bytes([number])] = Index(uuid4(), {})
        other.holders[uuid4()] = away
    assert look(world) is None
    assert f"/cases/{case.number}/" in world.client("bakyt").post("/find/", asked()).content.decode()
    server.indexes.popitem()
    assert look(world) is not None, "control"


def test_what_goes_wrong_among_the_cards_is_told_by_its_kind_alone(capfd):
    child = Child(uuid4(), {1: bytes(range(32))})
    try:
        with pytest.raises(Ended) as told:
            # Its own text would be: object has no attribute, and the name.
            child.ask(NAME).result(PATIENCE)
        assert str(told.value) == "AttributeError"
        assert child.ask("count").result(PATIENCE) == 0, "and it goes on"
    finally:
        child.end()
    written = capfd.readouterr()
    assert NAME not in written.out + written.err
    with pytest.raises(Ended):
        child.ask("count")


def test_whoever_has_no_key_has_nothing_told_and_can_do_no_more_than_have_cards_unlocked_again(world, server):
    a_case(world, "cholpon")
    look(world)
    bakyt = world.staff["bakyt"]
    hers = {"staff": str(bakyt.pk), "society": str(bakyt.society_id), "made": monotonic(), "seconds": 900}
    question = {"do": "find", "name": NAME, "year": 1990, "tail": "", "patience": PATIENCE}
    told = search_client.ask({**hers, **question, "seeds": {"1": bytes(32).hex()}}, patience=PATIENCE)
    assert not (told or {}).get("found")
    search_client.forget(bakyt.pk)
    assert len(look(world)[0]) == 1


@pytest.mark.parametrize("what", ["loose", "segment"])
def test_what_does_not_open_stops_nobody_is_said_and_is_found_again_once_it_is_mended(world, server, what):
    lost = a_case(world, "cholpon", "Рустам Каримов")
    if what == "segment":
        cards.compact(keys=world.keys("bakyt"), kind="search")
    kind = cards.row_kind("search", what)
    (row,) = shred_store.keys_of(kind)
    mend = change_row(kind, row, changed)
    case = a_case(world, "cholpon")
    found, progress = look(world)
    assert [one.number for one in found] == [case.number]
    assert progress.whole and progress.damaged
    said = "Some cards do not open"
    page = world.client("bakyt").post("/find/", asked()).content.decode()
    assert f"/cases/{case.number}/" in page and said in page
    with pytest.raises(Refusal, match="cards-damaged"):
        # Another society is told nothing of a part.
        search_all_cards(keys(world), Sought(NAME, 1990), timezone.now())
    mend()
    found, progress = look(world, name="Рустам Каримов")
    assert lost.number in {one.number for one in found} and not progress.damaged
    assert said not in world.client("bakyt").post("/find/", asked()).content.decode()


def test_a_page_that_looks_by_itself_says_too_that_some_cards_do_not_open(world):
    a_case(world, "cholpon", "Рустам Каримов")
    (row,) = shred_store.keys_of("search")
    change_row("search", row, changed)
    case = a_case(world, "cholpon")
    page = world.client("bakyt").post("/find/", asked()).content.decode()
    assert f"/cases/{case.number}/" in page and "Some cards do not open" in page


def test_whoever_looks_while_a_rewritten_segment_is_taken_in_finds_the_cards_of_the_old_one(
    world, server, monkeypatch
):
    case, other = a_case(world, "cholpon"), a_case(world, "cholpon", "Somebody Else")
    look(world)
    (index,) = server.indexes.values()
    seen, contents_of = [], search_index.contents_of

    def read(*given):
        asked = [child.ask("find", NAME, 1990, "") for child in index.children]
        seen.extend(one[3].ref for answer in asked for one in answer.result(PATIENCE)[1])
        return contents_of(*given)

    # The index itself rewrites nothing meanwhile.
    with index.tidying:
        cards.compact(keys=world.keys("bakyt"), kind="search")
        look(world)
        # The card of the other case must go from the segment in which both lie.
        value = search.card_value(names=["Somebody Else"], birth_year=1991, phones=[], number=other.number)
        cards.put_card(
            keys=world.keys("cholpon"), file=other.file_id, kind="search", value=value, at=world.at
        )
        # Before it is rewritten: the index follows once by itself, too.
        monkeypatch.setattr(search_index, "contents_of", read)
        cards.compact(keys=world.keys("bakyt"), kind="search")
        assert [one.number for one in look(world)[0]] == [case.number]
    assert set(seen) == {case.number}


def test_the_pages_of_those_who_do_not_hold_the_key_wait_for_no_process_that_is_stuck(world, monkeypatch):
    monkeypatch.setattr(search_client, "DROPPED_WITHIN", 1.0)
    search._TOLD.clear()
    path = f"/tmp/panah-{uuid4().hex[:12]}"  # noqa: S108
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        monkeypatch.setenv(search_client.SOCKET, path)
        begun = monotonic()
        search.begin(keys=keys(world, "amina"), opening=1, at=timezone.now())
        with listener.accept()[0] as line:
            assert search_client.received(line, within=PATIENCE)["do"] == "forget", "control: it was told"
        assert monotonic() - begun < 1.0
        begun = monotonic()
        search.forget(world.staff["bakyt"])
        assert monotonic() - begun >= 1.0, "control: a lock waits for its answer"
    os.unlink(path)


def test_a_lock_that_is_not_answered_is_said_in_the_log_and_keeps_nobody_from_writing(
    world, monkeypatch, caplog
):
    monkeypatch.setattr(search_client, "DROPPED_WITHIN", 0.2)
    path, bakyt = f"/tmp/panah-{uuid4().hex[:12]}", world.staff["bakyt"]  # noqa: S108
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        listener.setblocking(False)
        monkeypatch.setenv(search_client.SOCKET, path)
        with transaction.atomic():
            lock_vault(staff=bakyt, secret=None, at=timezone.now())
            with pytest.raises(BlockingIOError):
                listener.accept()
        with listener.accept()[0]:
            assert "a lock was not answered" in caplog.text, "control: it was asked when the lock stood"
    os.unlink(path)
    assert str(bakyt.pk) not in caplog.text and bakyt.name not in caplog.text


@pytest.mark.parametrize(
    "end", [end_vaults, lambda staff: lock_vault(staff=staff, secret=None, at=timezone.now())]
)
def test_a_request_that_begins_while_the_vault_is_being_locked_leaves_nothing_unlocked(world, server, end):
    a_case(world, "cholpon")
    with transaction.atomic():
        end(world.staff["bakyt"])
        between = keys(world)
        given = {
            "name": NAME,
            "birth_year": 1990,
            "phone_tail": "",
            "patience": PATIENCE,
            "at": timezone.now(),
        }
        assert search.find_unlocked(keys=between, **given), "control: it stands only at the end"
        held = running(server)
        assert held
    assert not server.indexes and not any(child.process.is_alive() for child in held)
    assert search.find_unlocked(keys=between, **given) is None
