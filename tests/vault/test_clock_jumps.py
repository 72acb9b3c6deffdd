"""The clock of the machine jumps a day ahead or back: nobody is let in who should not be, and nothing is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from panah.ground.foundation.models import noon_of
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in.actions.sessions import keyring_for
from panah.ground.vault import actions as vault
from panah.ground.vault import queries, shred_store
from panah.ground.vault.actions import cards
from panah.ground.vault.keyring import HALF
from panah.ground.vault.models import Erasure
from panah.node import jobs
from panah.people.cases import actions as cases
from panah.people.hotline.actions.calls import begin_contact, close_silent_calls
from panah.people.hotline.models import Line
from tests.conftest import CODE, LINE_NORTH, PASSPHRASE
from tests.vault.cut_off import erasing_cut_off

DAY = timedelta(days=1)


def opened(world, at, session="s"):
    return sign_in.open_vault(
        opened=sign_in.CheckedPassphrase(world.staff["amina"], world.seeds["amina"]),
        session_key=session,
        at=at,
    )


def is_open(world, secret, at, session="s"):
    return keyring_for(staff=world.staff["amina"], secret=secret, session_key=session, at=at) is not None


def test_a_day_ahead_locks_every_open_vault_and_a_new_one_opens(world):
    secret = opened(world, world.at)
    assert not is_open(world, secret, world.at + DAY)
    again = opened(world, world.at + DAY, "t")
    assert is_open(world, again, world.at + DAY, "t")


def test_a_day_back_locks_what_was_opened_tomorrow_and_a_new_one_opens(world):
    secret = opened(world, world.at + DAY)
    assert not is_open(world, secret, world.at)
    assert is_open(world, opened(world, world.at, "t"), world.at, "t")
    # What the clock left behind tomorrow is swept a day after that tomorrow.
    assert sign_in.sweep_sessions(at=world.at + 3 * DAY) >= 1


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_an_open_call_does_not_keep_a_vault_open_across_a_jump(world, jump):
    secret = opened(world, world.at)
    sign_in.sign_of_life(secret=secret, staff=world.staff["amina"], at=world.at)
    assert is_open(world, secret, world.at + timedelta(minutes=9))
    assert not is_open(world, secret, world.at + jump)


@pytest.fixture
def call(world):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", numbers=[], made_at=world.at
    )
    return begin_contact(
        keys=world.keys("elena"), line=line, channel="phone", by=world.staff["elena"], at=world.at
    )


def test_a_day_ahead_ends_an_open_call_by_itself_and_puts_it_on_the_lines_list(world, call):
    assert close_silent_calls(at=world.at + DAY) == 1
    call.refresh_from_db()
    assert call.ended_by_itself
    assert f"/calls/open/{call.pk}/" in world.client("elena").get("/").content.decode()
    assert queries.opens(keys=world.keys("elena"), file=call.file_id)


def test_a_day_back_leaves_the_call_open_and_it_ends_when_the_clock_has_caught_up(world, call):
    assert close_silent_calls(at=world.at - DAY) == 0
    call.refresh_from_db()
    assert call.ended_at is None
    assert close_silent_calls(at=world.at + timedelta(minutes=11)) == 1


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_draft_is_still_there_after_a_jump(world, call, jump):
    key, sealed = vault.seal_draft(
        society=call.society_id, line=call.line_id, file=call.file_id, value={"note": "tea"}, signing=b""
    )
    draft = vault.keep_draft(society=call.society_id, sealed=sealed)
    assert jobs.run_due({}, at=world.at + jump) == []
    assert vault.open_draft(keys=world.keys("elena"), draft=draft, key=key, file=call.file_id) == {
        "note": "tea"
    }


def test_a_jump_ahead_lets_no_erasure_take_longer_than_promised(world):
    """A day ahead, a day back: the host drops the segment on day 13 of the clock that holds then, never later."""
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    cards.put_card(
        keys=world.keys("amina"), file=case.file_id, kind=cards.SEARCH, value={"n": ["x"]}, at=world.at
    )
    cards.compact(keys=world.keys("bakyt"), kind=cards.SEARCH)
    vault.erase(keys=world.keys("amina"), file=case.file_id, at=world.at + DAY)
    assert Erasure.objects.get().done_at == noon_of(world.at + DAY)
    assert shred_store.get(HALF, case.file_id) is None, "the half is gone at once, whatever the clock says"
    # The clock went back a day: what was erased "tomorrow" counts from now.
    assert vault.drop_overdue_segments(at=world.at) == 0
    assert vault.drop_overdue_segments(at=world.at + timedelta(days=12, hours=23)) == 0
    assert vault.drop_overdue_segments(at=world.at + 13 * DAY) == 1


def test_an_erasure_begun_before_a_jump_back_is_finished(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    with erasing_cut_off("erasure: wanted"):
        vault.erase(keys=world.keys("amina"), file=case.file_id, at=world.at + DAY)
    assert Erasure.objects.get().done_at is None, "control"
    assert vault.finish_erasures(at=world.at - DAY) == 1
    assert Erasure.objects.get().done_at is not None


@pytest.mark.parametrize("jump", [DAY, -DAY, 40 * DAY, -40 * DAY])
def test_store_keys_go_on_being_replaced_and_nothing_becomes_unreadable(world, jump):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    store = shred_store.copies()[0]
    store.keys.save(store.keys.load(), at=world.at)
    for at in (world.at + jump, world.at + jump + 7 * DAY, world.at, world.at + 7 * DAY, world.at + 14 * DAY):
        shred_store.replace_keys_when_due(at=at)
        assert queries.opens(keys=world.keys("amina"), file=case.file_id)
        assert len(store.keys.load()) <= 2
    assert store.keys.since() == world.at + 14 * DAY


def test_what_was_sealed_tomorrow_to_a_key_that_amina_lost_is_not_taken_for_sealed_to_her_new_one(world):
    amina, bakyt = world.staff["amina"], world.keys("bakyt")
    case = cases.open_case(keys=world.keys("amina"), by=amina, at=world.at + DAY)
    assert amina.pk in queries.able_to_open([case.file_id])[case.file_id], "control"
    sign_in.begin_again(keys=bakyt, staff=amina, at=world.at)
    vault.make_staff_key(staff=amina, passphrase=PASSPHRASE, code=CODE, at=world.at)
    assert amina.pk not in queries.able_to_open([case.file_id])[case.file_id]
    vault.admit(keys=bakyt, staff=amina, at=world.at)
    assert amina.pk in queries.able_to_open([case.file_id])[case.file_id]


def test_an_orphan_seen_tomorrow_is_not_swept_today_and_is_swept_in_the_end(world, call):
    orphan = uuid4()
    shred_store.put(HALF, orphan, b"x" * 32)
    vault.sweep_orphans(at=world.at + DAY)
    assert vault.sweep_orphans(at=world.at) == 0
    assert vault.sweep_orphans(at=world.at + 14 * DAY) == 1
