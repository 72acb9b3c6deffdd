"""Focal points set channels up and test them; a node without one that works says so."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from contextlib import redirect_stdout, suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import Device, RoleHeld
from panah.ground.channels import actions as channels
from panah.ground.channels.models import Channel, Delivery, PushSubscription
from panah.ground.channels.queries import opened
from panah.ground.foundation.host_seal import seal
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.actions.two_people import FOCAL_POINT
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem
from tests.channels import setting_up
from tests.channels.gateway_messages import AUTH, THEIRS
from tests.channels.setting_up import typed
from tests.channels.stand_ins import http_gateway, mail_server
from tests.conftest import PASSPHRASE

bakyts = setting_up.bakyts


def health(client):
    assert "paging" not in client.get("/healthz").json(), (
        "a stranger does not learn when nobody can be called"
    )
    said = io.StringIO()
    with redirect_stdout(said), suppress(SystemExit):
        call_command("paging")
    return said.getvalue().strip()


def test_bakyt_sets_up_sms_and_it_counts_once_a_test_was_taken(world, bakyts, client):
    assert "No way of paging works" in bakyts.get("/paging/").content.decode()
    with http_gateway() as box:
        assert bakyts.post("/paging/new/sms/", typed(box)).url == "/paging/"
        page = bakyts.get("/paging/").content.decode()
        assert "not tested yet" in page and "No way of paging works" in page
        assert health(client) == "no channel works"
        channel = Channel.objects.get()
        page = bakyts.post(f"/paging/{channel.pk}/test", follow=True).content.decode()
        assert "The gateway took the test" in page and "No way of paging works" not in page
    (one,) = box.asked
    assert json.loads(one.body) == {
        "from": "Panah",
        "to": "+996555000004",
        "text": "This is a test. Nothing has happened.",
    }


def test_the_machine_speaks_for_every_society_of_the_node(world, bakyts, client):
    with http_gateway() as box:
        for name, number in (("bakyt", 1), ("rustam", 2)):
            world.staff[name].duty_phone = f"+99655500000{number}"
            world.staff[name].save()
            theirs = world.client(name)
            theirs.post("/paging/new/sms/", typed(box))
            channel = Channel.objects.get(society=world.staff[name].society)
            assert health(client) == "no channel works"
            theirs.post(f"/paging/{channel.pk}/test")
        assert health(client) == "works"
        channels.queue(to=world.staff["bakyt"], message="danger", at=timezone.now() - timedelta(minutes=2))
        assert health(client) == "held up", "nobody sends: the worker does not run"


def test_a_test_that_fails_says_why_and_what_was_set_up_stays(world, bakyts):
    with http_gateway(403) as box:
        bakyts.post("/paging/new/sms/", typed(box))
    channel = Channel.objects.get()
    page = bakyts.post(f"/paging/{channel.pk}/test", follow=True).content.decode()
    assert "did not take it" in page and "does not work" in page
    assert Delivery.objects.get().state == "failed", "a test is not tried again"


def test_mail_is_set_up_with_tls_and_login_on_the_page(world, bakyts, trusted):
    with mail_server(trusted) as box:
        given = {
            "name": "Our mail", "host": "localhost", "port": box.port, "tls": "starttls", "user": "panah",
            "password": "a long one", "sender": "duty@practice.example", "passphrase": PASSPHRASE,
        }  # fmt: skip
        bakyts.post("/paging/new/email/", given)
        page = bakyts.post(f"/paging/{Channel.objects.get().pk}/test", follow=True).content.decode()
    assert "The gateway took the test" in page
    assert "To: bakyt@practice.example" in box.mails[0]


def test_the_mail_of_the_host_stands_in_the_list_and_can_be_tested(world, bakyts, settings):
    settings.PANAH_HOST_SENDS_MAIL = True
    assert "The mail server of this node" in bakyts.get("/paging/").content.decode()
    assert "The gateway took the test" in bakyts.post("/paging/host/test", follow=True).content.decode()
    settings.PANAH_HOST_SENDS_MAIL = False
    assert bakyts.post("/paging/host/test").status_code == 404


def test_secrets_lie_sealed_and_are_never_shown_again(world, bakyts):
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        channel = Channel.objects.get()
        for value in Channel.objects.values().get().values():
            assert b"s3cret" not in bytes(value) if isinstance(value, bytes) else "s3cret" not in str(value)
        assert "s3cret" not in bakyts.get(f"/paging/{channel.pk}/").content.decode()
        bakyts.post(f"/paging/{channel.pk}/", typed(box, secret="", name="Modem"))
    channel.refresh_from_db()
    assert channel.name == "Modem" and opened(channel)["secret"] == "Bearer s3cret", "left empty, it stays"


def test_with_the_key_of_another_host_it_is_set_up_again(world, bakyts, settings):
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        channel = Channel.objects.get()
        Channel.objects.update(sealed=bytes(60))
        page = bakyts.post(f"/paging/{channel.pk}/test", follow=True).content.decode()
        assert "cannot be opened with the key of this host" in page
        assert bakyts.get(f"/paging/{channel.pk}/").status_code == 200
        bakyts.post(f"/paging/{channel.pk}/", typed(box))
        assert "took the test" in bakyts.post(f"/paging/{channel.pk}/test", follow=True).content.decode()


@pytest.mark.parametrize(
    "changed",
    [{"address": "https://collector.example/sms"}, {"header": "X-Anything"}],
    ids=["address", "header"],
)
def test_a_secret_that_was_kept_goes_to_no_other_address(world, bakyts, changed):
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        channel = Channel.objects.get()
        answer = bakyts.post(f"/paging/{channel.pk}/", typed(box, secret="") | changed)
        assert answer.status_code == 422 and "Write it again" in answer.content.decode()
        channel.refresh_from_db()
        assert opened(channel)["address"] == box.address and opened(channel)["header"] == "Authorization"
        bakyts.post(f"/paging/{channel.pk}/", typed(box, secret="Bearer other") | changed)
    channel.refresh_from_db()
    assert opened(channel)["secret"] == "Bearer other"


def test_a_password_goes_to_no_other_mail_server(world, bakyts):
    given = {
        "name": "Our mail", "host": "mail.practice.example", "port": "587", "tls": "starttls", "user": "panah",
        "password": "a long one", "sender": "duty@practice.example", "passphrase": PASSPHRASE,
    }  # fmt: skip
    bakyts.post("/paging/new/email/", given)
    channel = Channel.objects.get()
    for changed in ({"host": "collector.example"}, {"port": "25"}):
        answer = bakyts.post(f"/paging/{channel.pk}/", given | {"password": ""} | changed)
        assert answer.status_code == 422
        channel.refresh_from_db()
        assert opened(channel)["host"] == "mail.practice.example" and opened(channel)["port"] == 587
    bakyts.post(f"/paging/{channel.pk}/", given | {"password": "", "name": "Mail"})
    channel.refresh_from_db()
    assert opened(channel)["password"] == "a long one"


@pytest.mark.parametrize(
    "address", ["http://sms.example.org/", "https://me:word@sms.example.org/", "sms.example.org"]
)
def test_an_address_without_https_is_refused_and_nothing_typed_is_lost(world, bakyts, address):
    class Box:
        pass

    box = Box()
    box.address = address
    answer = bakyts.post("/paging/new/sms/", typed(box))
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and "https alone" in page
        and "Modem in the hall" in page
        and "from=Panah" in page
    )
    assert not Channel.objects.exists()


def test_the_secret_of_a_webhook_is_made_here_and_shown_to_whoever_sets_up_the_other_side(world, bakyts):
    with http_gateway(204) as box:
        bakyts.post(
            "/paging/new/webhook/", {"name": "Pager", "address": box.address, "passphrase": PASSPHRASE}
        )
        channel = Channel.objects.get()
        secret = opened(channel)["secret"]
        assert secret.startswith("whsec_") and secret in bakyts.get(f"/paging/{channel.pk}/").content.decode()
        bakyts.post(
            f"/paging/{channel.pk}/", {"name": "Pager 2", "address": box.address, "passphrase": PASSPHRASE}
        )
        channel.refresh_from_db()
        assert opened(channel)["secret"] == secret
        bakyts.post(
            f"/paging/{channel.pk}/",
            {"name": "Pager 2", "address": "https://other.example/", "passphrase": PASSPHRASE},
        )
        channel.refresh_from_db()
        assert opened(channel)["secret"] != secret, (
            "who gets what is signed anew checks it with another secret"
        )


@pytest.mark.parametrize("name", ["amina", "timur", "rustam"])
def test_nobody_else_finds_a_channel(world, bakyts, name):
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
    channel, theirs = Channel.objects.get(), world.client(name)
    for address in (f"/paging/{channel.pk}/", f"/paging/{channel.pk}/test", f"/paging/{channel.pk}/remove"):
        assert theirs.post(address).status_code == 404
    assert Channel.objects.filter(pk=channel.pk).exists()


def test_amina_is_called_in_her_browser_and_forgets_it_again(world, bakyts, settings):
    bakyts.post(
        "/paging/new/push/", {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    )
    aminas = world.client("amina")
    assert "data-push=" in aminas.get("/paging/browser/").content.decode()
    given = {"endpoint": "https://10.0.0.1/admin", "p256dh": THEIRS, "auth": AUTH, "passphrase": PASSPHRASE}
    assert "does not send to" in aminas.post("/paging/browser/", given).content.decode()
    settings.PANAH_PUSH_HOSTS = ["localhost"]
    with http_gateway(201) as box:
        given["endpoint"] = box.address + "/wake/amina"
        aminas.post("/paging/browser/", given)
        assert b"wake" not in bytes(PushSubscription.objects.get().sealed)
        channels.queue(to=world.staff["amina"], message="danger", at=world.at)
        assert channels.deliver_due(at=world.at) == 1
        assert len(box.asked) == 1
        box.answer = 410
        channels.queue(to=world.staff["amina"], message="danger", at=world.at)
        assert channels.deliver_due(at=world.at) == 0
    assert not PushSubscription.objects.exists(), "its service does not know it any more"
    aminas.post("/paging/browser/", {**given, "endpoint": "https://fcm.googleapis.com/x"})
    aminas.post("/paging/browser/forget")
    assert not PushSubscription.objects.exists()


NO_POINT = base64.urlsafe_b64encode(b"\x04" + bytes(64)).decode().rstrip("=")


def test_a_browser_with_a_key_that_is_none_is_refused(world, bakyts):
    bakyts.post(
        "/paging/new/push/", {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    )
    given = {
        "endpoint": "https://fcm.googleapis.com/x",
        "p256dh": NO_POINT,
        "auth": AUTH,
        "passphrase": PASSPHRASE,
    }
    assert "does not send to" in world.client("amina").post("/paging/browser/", given).content.decode()
    assert not PushSubscription.objects.exists()


def test_one_broken_browser_stops_neither_her_others_nor_the_channel(world, bakyts, settings):
    settings.PANAH_PUSH_HOSTS = ["localhost"]
    bakyts.post(
        "/paging/new/push/", {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    )
    with http_gateway(201) as box:
        for name, key in (("old", NO_POINT), ("new", THEIRS)):
            endpoint = f"{box.address}/{name}"
            mark = hashlib.sha256(endpoint.encode()).digest()
            value = {"endpoint": endpoint, "p256dh": key, "auth": AUTH}
            amina = world.staff["amina"]
            PushSubscription.objects.create(
                staff=amina, society=amina.society, address_hash=mark, made_at=world.at,
                sealed=seal(value, what=f"browser {amina.society_id} {amina.pk} {mark.hex()}", room="channels"),
            )  # fmt: skip
        channels.queue(to=world.staff["amina"], message="danger", at=world.at)
        assert channels.deliver_due(at=world.at) == 1 and [one.path for one in box.asked] == ["/new"]
        PushSubscription.objects.filter(address_hash=mark).delete()
        channels.queue(to=world.staff["amina"], message="danger", at=world.at)
        assert channels.deliver_due(at=world.at) == 0
    assert Delivery.objects.get(state="waiting").failure == "recipient"
    assert Channel.objects.get().works, "it was one browser, not the channel"


def test_the_browsers_key_changes_nothing_for_whoever_saves_the_channel_again(world, bakyts):
    bakyts.post(
        "/paging/new/push/", {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    )
    channel = Channel.objects.get()
    before = opened(channel)["private"]
    bakyts.post(
        f"/paging/{channel.pk}/",
        {"name": "Browsers", "email": "other@practice.example", "passphrase": PASSPHRASE},
    )
    channel.refresh_from_db()
    assert opened(channel) == {"private": before, "subject": "mailto:other@practice.example"}


def test_a_duty_telephone_is_written_as_it_is_dialled_from_anywhere(world):
    aminas = world.client("amina")
    given = {"language": "en", "theme": "", "duty_phone": "+996 (555) 01-02-03", "passphrase": PASSPHRASE}
    aminas.post("/me/settings", given)
    world.staff["amina"].refresh_from_db()
    assert world.staff["amina"].duty_phone == "+996555010203"
    page = aminas.post("/me/settings", given | {"duty_phone": "0555 010203"})
    assert (
        page.status_code == 422
        and "country’s code" in page.content.decode()
        and "0555 010203" in page.content.decode()
    )


def test_a_society_that_no_channel_can_call_stands_on_its_focal_points_lists_until_one_works(world, bakyts):
    now = timezone.now()
    for hour in range(3):
        work.watch_channels(at=now + timedelta(hours=hour))
    items = DueItem.objects.filter(purpose="channels", society=world.societies["north"])
    assert sorted(one.owner.username for one in items) == ["bakyt", "saule"]
    assert 'href="/paging/"' in bakyts.get("/").content.decode()
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        bakyts.post(f"/paging/{Channel.objects.get().pk}/test")
    work.watch_channels(at=now + timedelta(hours=4))
    assert not items.filter(done_at=None).exists()


def test_a_locked_vault_neither_changes_nor_tests_how_colleagues_are_called(world, bakyts):
    locked = world.client("bakyt", open_vault=False)
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        channel = Channel.objects.get()
        for address in (
            f"/paging/{channel.pk}/",
            f"/paging/{channel.pk}/test",
            f"/paging/{channel.pk}/remove",
        ):
            assert locked.post(address, typed(box, name="Hers")).status_code == 423
        assert locked.post("/paging/new/sms/", typed(box)).status_code == 423
        assert box.asked == []
    assert Channel.objects.get().name == "Modem in the hall"


def test_an_open_screen_does_not_let_a_finder_change_or_remove_one(world, bakyts):
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        channel = Channel.objects.get()
        wrong = "acid acid acid acid acid acid"
        page = bakyts.post(f"/paging/{channel.pk}/", typed(box, name="Hers", passphrase=wrong))
        assert page.status_code == 422 and "not your six words" in page.content.decode()
        assert bakyts.post(f"/paging/{channel.pk}/remove", {"passphrase": wrong}).status_code == 422
        assert bakyts.post(f"/paging/{channel.pk}/remove", {}).status_code == 200
    assert Channel.objects.get(retired_at=None).name == "Modem in the hall"


def test_whoever_writes_herself_into_the_table_of_roles_changes_no_channel(world, bakyts):
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        channel = Channel.objects.get()
        RoleHeld.objects.create(staff=world.staff["timur"], role="focal_point", since=world.at)
        timurs = world.client("timur")
        assert timurs.get("/paging/").status_code == 200
        for address in (
            f"/paging/{channel.pk}/",
            f"/paging/{channel.pk}/test",
            f"/paging/{channel.pk}/remove",
        ):
            assert timurs.post(address, typed(box)).status_code == 404
        assert box.asked == []
    assert Channel.objects.get().retired_at is None


def test_the_other_focal_points_hear_of_each_change_by_the_way_that_worked_before(world, bakyts):
    world.staff["saule"].duty_phone = "+996555000002"
    world.staff["saule"].save()
    with http_gateway() as box, http_gateway() as collector:
        bakyts.post("/paging/new/sms/", typed(box))
        channel = Channel.objects.get()
        bakyts.post(f"/paging/{channel.pk}/test")
        box.asked.clear()
        bakyts.post(f"/paging/{channel.pk}/", typed(box, address=collector.address))
        channels.deliver_due(at=timezone.now())
        (one,) = box.asked
        assert (
            json.loads(one.body)["to"] == "+996555000002" and one.headers["Authorization"] == "Bearer s3cret"
        )
        assert collector.asked == []
        bakyts.post(f"/paging/{channel.pk}/test")
        page = bakyts.get(f"/paging/{channel.pk}/remove").content.decode()
        assert "the last way that works" in page
        bakyts.post(f"/paging/{channel.pk}/remove", {"passphrase": PASSPHRASE})
        channels.deliver_due(at=timezone.now())
        assert [json.loads(one.body)["to"] for one in collector.asked] == ["+996555000004", "+996555000002"]
    items = DueItem.objects.filter(purpose="changed")
    assert [one.owner.username for one in items] == ["saule"] * 3
    assert "changed how colleagues are called" in world.client("saule").get("/").content.decode()
    assert bakyts.get(f"/paging/{channel.pk}/").status_code == 404
    channels.forget_old(at=timezone.now() + timedelta(days=2))
    assert not Channel.objects.exists()


def test_a_webhook_counts_only_for_who_can_be_rung(world, bakyts):
    with http_gateway(204) as box:
        bakyts.post(
            "/paging/new/webhook/", {"name": "Pager", "address": box.address, "passphrase": PASSPHRASE}
        )
        assert channels.queue(to=world.staff["amina"], message="danger", at=world.at) == 0
        channels.deliver_due(at=world.at)
        assert box.asked == []


def test_a_session_alone_subscribes_no_browser_and_changes_no_address(world, bakyts):
    """A colleague left her screen: whoever sits down there keeps no alarm from her."""
    bakyts.post(
        "/paging/new/push/", {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    )
    aminas = world.client("amina", open_vault=False)
    given = {"endpoint": "https://fcm.googleapis.com/x", "p256dh": THEIRS, "auth": AUTH}
    for typed_words in ({}, {"passphrase": "acid acid acid acid acid acid"}):
        assert aminas.post("/paging/browser/", given | typed_words).status_code == 422
        for change in ({"email": "other@practice.example"}, {"duty_phone": "+996555999999"}):
            page = aminas.post("/me/settings", {"language": "en"} | change | typed_words)
            assert page.status_code == 422 and next(iter(change.values())) in page.content.decode()
    world.staff["amina"].refresh_from_db()
    assert (world.staff["amina"].email, world.staff["amina"].duty_phone) == ("", "")
    assert not PushSubscription.objects.exists()
    assert aminas.post("/me/settings", {"language": "ru"}).status_code == 302, "her language needs no words"


def test_a_sixth_browser_is_refused_and_pushes_none_out(world, bakyts):
    bakyts.post(
        "/paging/new/push/", {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    )
    aminas = world.client("amina")
    for n in range(6):
        endpoint = f"https://fcm.googleapis.com/{n}"
        given = {"endpoint": endpoint, "p256dh": THEIRS, "auth": AUTH, "passphrase": PASSPHRASE}
        answer = aminas.post("/paging/browser/", given)
        assert answer.status_code == (302 if n < 5 else 422)
    first = hashlib.sha256(b"https://fcm.googleapis.com/0").digest()
    assert (
        PushSubscription.objects.filter(address_hash=first).exists() and PushSubscription.objects.count() == 5
    )
    page = aminas.get("/paging/browser/").content.decode()
    assert page.count("Subscribed ") == 5
    given["endpoint"] = "https://fcm.googleapis.com/0"
    assert aminas.post("/paging/browser/", given).status_code == 302, "the same once more is no sixth"


def test_she_hears_by_her_old_ways_that_she_is_reached_elsewhere(world, bakyts, trusted):
    amina = world.staff["amina"]
    amina.email, amina.duty_phone = "amina@practice.example", "+996555000001"
    amina.save()
    with http_gateway() as box, mail_server(trusted) as mail:
        bakyts.post("/paging/new/sms/", typed(box))
        given = {
            "name": "Our mail", "host": "localhost", "port": mail.port, "tls": "starttls", "user": "panah",
            "password": "a long one", "sender": "duty@practice.example", "passphrase": PASSPHRASE,
        }  # fmt: skip
        bakyts.post("/paging/new/email/", given)
        changed = {"email": "other@practice.example", "duty_phone": "+996555999999", "passphrase": PASSPHRASE}
        world.client("amina").post("/me/settings", {"language": "en"} | changed)
        channels.deliver_due(at=timezone.now())
        to = sorted(json.loads(one.body)["to"] for one in box.asked)
        assert to == ["+996555000001", "+996555999999"]
        assert sorted(one.partition("To: ")[2].split()[0] for one in mail.mails) == [
            "amina@practice.example", "other@practice.example",
        ]  # fmt: skip
        box.asked.clear()
        mail.mails.clear()
        amina.refresh_from_db()
        channels.queue(to=amina, message="danger", at=timezone.now())
        channels.deliver_due(at=timezone.now())
        assert [json.loads(one.body)["to"] for one in box.asked] == ["+996555999999"]
        assert len(mail.mails) == 2, "an alarm goes to the address before as well, for some weeks"


@pytest.mark.parametrize("how", ["others", "device", "key", "left"])
def test_no_browser_stays_subscribed_when_what_she_was_known_by_ends(world, bakyts, how):
    bakyts.post(
        "/paging/new/push/", {"name": "Browsers", "email": "duty@practice.example", "passphrase": PASSPHRASE}
    )
    aminas, amina = world.client("amina"), world.staff["amina"]
    given = {
        "endpoint": "https://fcm.googleapis.com/x",
        "p256dh": THEIRS,
        "auth": AUTH,
        "passphrase": PASSPHRASE,
    }
    aminas.post("/paging/browser/", given)
    assert PushSubscription.objects.filter(staff=amina).exists()
    if how == "others":
        aminas.post("/me/sessions/end-others")
    elif how == "device":
        accounts.remember_device(by=amina, mark="", at=world.at)
        accounts.forget_device(by=amina, device=Device.objects.get(staff=amina).pk, at=world.at)
    elif how == "key":
        sign_in.begin_again(keys=world.keys("bakyt"), staff=amina, at=timezone.now())
    else:
        accounts.deactivate(staff=amina, by=world.staff["bakyt"], at=world.at)
    assert not PushSubscription.objects.filter(staff=amina).exists()


def test_who_can_stop_what_two_people_decide_hears_of_it_by_every_way_and_it_is_due_at_once(world, bakyts):
    world.staff["saule"].duty_phone = "+996555000002"
    world.staff["saule"].save()
    now = timezone.now()
    with http_gateway() as box:
        bakyts.post("/paging/new/sms/", typed(box))
        request = vault.ask(keys=world.keys("bakyt"), act=FOCAL_POINT, staff=world.staff["amina"], at=now)
        channels.deliver_due(at=now)
        called = [json.loads(one.body)["to"] for one in box.asked]
    assert "+996555000002" in called and "+996555000004" not in called, "not to whoever asked"
    assert DueItem.objects.get(owner=world.staff["saule"], subject=request.pk).due_at == now
