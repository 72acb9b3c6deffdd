"""Somebody changes a row about how colleagues are called: danger calls them as before, and not at his address."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.channels import actions as channels
from panah.ground.channels.models import Channel, Delivery, PushSubscription
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.host_seal import seal
from panah.ground.vault import shred_store
from panah.ground.work import actions as work
from tests.channels.gateway_messages import AUTH, THEIRS
from tests.channels.setting_up import typed
from tests.channels.stand_ins import http_gateway
from tests.committed_rows import what_panah_wrote_is_committed
from tests.conftest import PASSPHRASE
from tests.guard.past_panah import copied, noticed, put_back, put_in, sql, swap, take_out

STAFF, CHANNEL, BROWSER, DELIVERY = (
    "accounts_staff", "channels_channel", "channels_pushsubscription", "channels_delivery",
)  # fmt: skip
NUMBERS = {"bakyt": "+996555000004", "saule": "+996555000003"}


@pytest.fixture
def north(world):
    """Nobody is on the roster: the focal points are called, Bakyt first."""
    for name, staff in world.staff.items():
        staff.email = f"{name}@practice.example"
        staff.duty_phone = NUMBERS.get(name, "")
        staff.save()
    dialled_numbers.accept(world.societies["north"].pk)
    return world.societies["north"].pk


@pytest.fixture
def gateway(world, north, settings):
    """A gateway for SMS that Bakyt set up and tested; the host sends no mail."""
    settings.PANAH_HOST_SENDS_MAIL = False
    with http_gateway() as box:
        world.client("bakyt").post("/paging/new/sms/", typed(box))
        world.client("bakyt").post(f"/paging/{Channel.objects.get().pk}/test")
        assert box.asked, "control"
        box.asked.clear()
        yield box


def danger(north):
    work.raise_alarm(society=north, room="hotline", subject=uuid4(), by=None, at=timezone.now())


def sent(at=None):
    channels.deliver_due(at=at or timezone.now())


def written_to():
    return {to for message in mail.outbox for to in message.to}


def rung(box):
    return [json.loads(one.body)["to"] for one in box.asked]


# -- her address -------------------------------------------------------------------------------------


@pytest.mark.parametrize("false", ["", "his@attacker.example"])
@pytest.mark.parametrize("when", ["before danger", "before it is sent"])
def test_danger_is_written_to_the_address_that_she_gave(world, north, false, when):
    if when == "before danger":
        swap(STAFF, "email", false, id=world.staff["bakyt"].pk)
        danger(north)
    else:
        danger(north)
        swap(STAFF, "email", false, id=world.staff["bakyt"].pk)
    sent()
    assert written_to() == {"bakyt@practice.example"}


@pytest.mark.parametrize("false", ["", "+996555666666"])
def test_danger_rings_the_telephone_that_she_gave(world, north, gateway, false):
    danger(north)
    swap(STAFF, "duty_phone", false, id=world.staff["bakyt"].pk)
    told = noticed(north)
    sent()
    assert rung(gateway) == [NUMBERS["bakyt"]]
    assert told


def test_with_every_address_emptied_somebody_is_called(world, north):
    sql(f"""UPDATE "{STAFF}" SET "email" = ''""")
    danger(north)
    sent()
    assert written_to() == {"bakyt@practice.example"}
    assert noticed(north)


def test_word_of_a_new_address_goes_to_the_one_of_before_that_she_had(world, north):
    """Who sat at her screen and has the database too does not change where she is told of it."""
    amina = world.staff["amina"]
    accounts.change_settings(
        by=amina, language="en", theme="", shortcuts=True, speaks=[], email="his@attacker.example", duty_phone="",
        at=timezone.now(),
    )  # fmt: skip
    mail.outbox.clear()
    swap(STAFF, "email_before", "", id=amina.pk)
    amina.refresh_from_db()
    channels.queue(to=amina, message="changed", at=timezone.now())
    sent()
    assert "amina@practice.example" in written_to()


def test_whoever_is_called_is_called_though_a_row_says_meanwhile_that_she_left(world, north):
    danger(north)
    swap(STAFF, "is_active", False, id=world.staff["bakyt"].pk)
    sent()
    assert written_to() == {"bakyt@practice.example"}


# -- the ways of a society ---------------------------------------------------------------------------


def test_a_way_that_was_put_in_takes_the_place_of_none(world, north):
    """With an e-mail channel of its own the host would send no mail for this society: nobody would be called."""
    put_in(
        CHANNEL, society_id=north, kind="email", name="Mail", sealed=bytes(60), made_at=world.at, worked_at=world.at,
        failed_at=None, failure="", retired_at=None,
    )  # fmt: skip
    danger(north)
    sent()
    assert written_to() == {"bakyt@practice.example"}
    assert noticed(north)


@pytest.mark.parametrize("how", ["deleted", "retired", "emptied", "of another kind", "moved"])
def test_a_gateway_calls_on_whatever_its_row_says(world, north, gateway, how):
    danger(north)
    (channel,) = Channel.objects.all()
    column, false = {
        "retired": ("retired_at", timezone.now()), "emptied": ("sealed", b""), "of another kind": ("kind", "email"),
        "moved": ("society_id", world.societies["south"].pk), "deleted": ("", None),
    }[how]  # fmt: skip
    if how == "deleted":
        sql(f'UPDATE "{DELIVERY}" SET "channel_id" = NULL')
        take_out(CHANNEL, id=channel.pk)
        work.put_rows_right(at=timezone.now())
        danger(north)
    else:
        swap(CHANNEL, column, false, id=channel.pk)
        told = noticed(north)
        assert told
    sent()
    assert set(rung(gateway)) == {NUMBERS["bakyt"]}
    if column:
        gateway.asked.clear()
        swap(CHANNEL, column, false, id=channel.pk)
        danger(north)
        sent()
        assert rung(gateway) == [NUMBERS["bakyt"]]


def test_a_gateway_of_before_that_is_put_back_is_told_no_number(world, north, gateway):
    (channel,) = Channel.objects.all()
    old = copied(CHANNEL, id=channel.pk)
    with http_gateway() as new:
        world.client("bakyt").post(f"/paging/{channel.pk}/", typed(new))
        put_back(CHANNEL, old)
        danger(north)
        put_back(CHANNEL, old)
        sent()
        assert rung(new) == [NUMBERS["bakyt"]]
    assert NUMBERS["bakyt"] not in rung(gateway), (
        "word of the change alone went there, to the other focal point"
    )
    assert noticed(north)


@pytest.mark.parametrize(
    ("column", "false"),
    [
        ("state", "sent"),
        ("tries", 9),
        ("due_at", None),
        ("message", "week"),
        ("channel_id", None),
        ("staff_id", "timur"),
    ],
)
def test_danger_is_sent_though_its_row_says_that_it_was_or_goes_elsewhere(
    world, north, gateway, column, false
):
    danger(north)
    (row,) = Delivery.objects.filter(message="danger")
    if column == "state":
        ended = timezone.now()
        sql(f'UPDATE "{DELIVERY}" SET "state" = %s, "ended_at" = %s WHERE "id" = %s', "sent", ended, row.pk)
    else:
        later = timezone.now() + timedelta(days=9)
        swap(
            DELIVERY,
            column,
            {"due_at": later, "staff_id": world.staff["timur"].pk}.get(column, false),
            id=row.pk,
        )
    told = noticed(north)
    sent()
    assert rung(gateway) == [NUMBERS["bakyt"]]
    assert told and noticed(north), "and it stays on their lists"


def test_danger_whose_message_was_deleted_is_sent_and_one_that_nobody_sent_is_not(world, north, gateway):
    danger(north)
    take_out(DELIVERY, message="danger")
    put_in(
        DELIVERY, society_id=north, channel_id=Channel.objects.get().pk, staff_id=world.staff["saule"].pk, outsider=None,
        message="danger", about=uuid4(), number=None, state="waiting", tries=0, made_at=timezone.now(),
        due_at=timezone.now(), started_at=None, ended_at=None, failure="",
    )  # fmt: skip
    sent()
    assert rung(gateway) == [NUMBERS["bakyt"]]


def test_once_danger_was_sent_nothing_of_it_is_kept_beside_the_database(world, north, gateway):
    danger(north)
    what_panah_wrote_is_committed()
    assert shred_store.keys_of("danger-calls", north)
    sent()
    what_panah_wrote_is_committed()
    assert not shred_store.keys_of("danger-calls", north)
    assert not noticed(north)


def test_the_database_tells_of_danger_for_which_alarm_somebody_was_called(world, north, gateway):
    """What SECURITY.md admits: of everything else a delivery does not say for what it was."""
    danger(north)
    found = sql(
        f'SELECT a."subject" FROM "{DELIVERY}" d JOIN "work_page" p ON p."call" = d."about" '
        'JOIN "work_alarm" a ON a."id" = p."alarm_id" WHERE d."message" = %s', "danger",
    )  # fmt: skip
    assert len(found) == 1
    channels.queue(to=world.staff["bakyt"], message="due", at=timezone.now())
    assert not Delivery.objects.exclude(message="danger").exclude(about=None).exists()


def test_she_is_called_in_her_browser_though_its_row_was_deleted_or_emptied(world, north, settings):
    settings.PANAH_PUSH_HOSTS, settings.PANAH_HOST_SENDS_MAIL = ["localhost"], False
    bakyt = world.staff["bakyt"]
    given = {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    world.client("bakyt").post("/paging/new/push/", given)
    with http_gateway(201) as box:
        endpoint = f"{box.address}/hers"
        mark = hashlib.sha256(endpoint.encode()).digest()
        value = {"endpoint": endpoint, "p256dh": THEIRS, "auth": AUTH}
        PushSubscription.objects.create(
            staff=bakyt, society_id=north, address_hash=mark, made_at=world.at,
            sealed=seal(value, what=f"browser {north} {bakyt.pk} {mark.hex()}", room="channels"),
        )  # fmt: skip
        danger(north)
        swap(BROWSER, "sealed", b"", staff_id=bakyt.pk)
        sent()
        take_out(BROWSER, staff_id=bakyt.pk)
        danger(north)
        sent()
        assert [one.path for one in box.asked] == ["/hers", "/hers"]
    assert noticed(north)


@pytest.mark.parametrize("his", ["", "+996555999999"])
def test_whoever_changes_something_else_in_her_settings_keeps_her_number_whatever_stands_in_her_row(
    world, north, his
):
    """It came up empty where it had been changed past Panah, and saving the page wrote that down as hers."""
    bakyt, client = world.staff["bakyt"], world.client("bakyt")
    swap(STAFF, "duty_phone", his, id=bakyt.pk)
    page = client.get("/me/settings").content.decode()
    assert f'value="{NUMBERS["bakyt"]}"' in page and "999999" not in page
    typed_again = {"language": "en", "theme": "dark", "email": bakyt.email, "duty_phone": NUMBERS["bakyt"]}
    assert client.post("/me/settings", typed_again).status_code == 302
    bakyt.refresh_from_db()
    assert (bakyt.duty_phone, bakyt.duty_phone_before) == (NUMBERS["bakyt"], "")
