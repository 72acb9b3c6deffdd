"""What is erased stays erased, what cannot be put right stops no call for help, and no row makes a stranger's receipt."""

import pytest
from django.utils import timezone

from panah.ground.foundation.changed_rows import changed_in
from panah.ground.foundation.protected_rows import stored_versions
from panah.ground.vault.models import SocietyKey
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from panah.people.reporters.models import Chat, ChatGrant, Report
from panah.people.reporters.queries import find_chat
from tests.committed_rows import what_panah_wrote_is_committed
from tests.guard.past_panah import noticed, put_in, swap
from tests.reporters.chatting import Chatting
from tests.reporters.conftest import Stranger


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def begun(world):
    """A report with a chat of its own receipt, and what was kept of both."""
    stranger = Stranger(world)
    stranger.writes()
    what_panah_wrote_is_committed()
    return stranger.report


def test_a_report_and_its_chat_that_were_erased_do_not_come_back_and_nothing_is_kept_of_them(world, north):
    report = begun(world)
    chat = Chat.objects.create(
        society_id=north, report=report, once=bytes(32), reply_public=b"r" * 32, public=b"p" * 32, language="en",
        urgency="today", started_at=world.at, spoken_at=world.at, kept_until=world.at,
    )  # fmt: skip
    what_panah_wrote_is_committed()
    assert stored_versions("chats", [chat.pk]) and stored_versions("reports", [report.pk]), "control"
    # The chat goes with its report: nobody deletes it by itself.
    Report.objects.filter(pk=report.pk).delete()
    what_panah_wrote_is_committed()
    assert work.put_all_rows_right(at=timezone.now()) == 0
    assert not Chat.objects.filter(pk=chat.pk).exists() and not Report.objects.filter(pk=report.pk).exists()
    assert not stored_versions("chats", [chat.pk]) and not stored_versions("reports", [report.pk])
    assert not changed_in(north)


def test_a_row_that_the_database_lets_nobody_take_out_keeps_danger_from_calling_nobody(world, north):
    report = begun(world)
    chat = Chat.objects.create(
        society_id=north, report=report, once=bytes(32), reply_public=b"r" * 32, public=b"p" * 32, language="en",
        urgency="today", started_at=world.at, spoken_at=world.at, kept_until=world.at,
    )  # fmt: skip
    true = SocietyKey.objects.get(society=north, kind="G")
    row = {
        field.column: getattr(true, field.attname) for field in SocietyKey._meta.fields if field.name != "id"
    }
    false = put_in("vault_societykey", **row | {"generation": 9, "public": b"x" * 32})
    put_in("reporters_chatgrant", chat_id=chat.pk, key_id=false, sealed=b"")
    assert ChatGrant.objects.filter(key=false).exists(), "control"
    work.raise_alarms(society=north, room="inbox", subjects=[report.arrival_id], by=None, at=timezone.now())
    assert Alarm.objects.filter(subject=report.arrival_id, answered_at=None).exists()
    assert noticed(north)


def test_somebody_elses_receipt_in_the_row_of_a_report_opens_nothing_of_it(world, north):
    report, thief = begun(world), Stranger(world)
    thief.writes("Practice: the thief's own.")
    his = thief.report
    what_panah_wrote_is_committed()
    verifier = bytes(his.verifier)
    swap("reporters_report", "verifier", bytes(32), id=his.pk)
    swap("reporters_report", "verifier", verifier, id=report.pk)
    found = thief.returns()
    assert found is None or found.id != report.pk


def test_somebody_elses_receipt_in_the_row_of_a_chat_does_not_speak_there(world, north):
    hers, his = Chatting(world), Chatting(world)
    what_panah_wrote_is_committed()
    assert his.opened.id == his.row.pk, "control"
    verifier = bytes(his.row.verifier)
    swap("reporters_chat", "verifier", bytes(32), id=his.row.pk)
    swap("reporters_chat", "verifier", verifier, id=hers.row.pk)
    found = his.opened
    assert found is None or found.id != hers.row.pk


def test_a_chat_that_a_row_puts_under_somebody_elses_report_does_not_open_with_his_receipt(world, north):
    hers, thief = Chatting(world), Stranger(world)
    thief.writes("Practice: the thief's own.")
    what_panah_wrote_is_committed()
    swap("reporters_chat", "report_id", thief.report.pk, id=hers.row.pk)
    receipt = thief.receipt
    found = find_chat(receipt.handle, receipt.secret)
    assert found is None or found.id != hers.row.pk
