"""Passkeys and recovery codes: the second step of a sign-in, and one's own page about them."""

import re
import threading
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from panah.ground.audit.queries import entries_by
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.sign_in.models import PendingSignIn, SignInAttempt, VaultSession
from panah.ground.vault.actions.staff_keys import end_key
from tests.conftest import CODE, PASSPHRASE
from tests.sign_in.adding_passkeys import HERE, add_passkey, state_of
from tests.sign_in.authenticator import Device, asked_by

SIGN_IN, STEP = "/vault/sign-in", "/vault/second-step"
VAULT = settings.PANAH_VAULT_COOKIE


@pytest.fixture
def device(world):
    """Amina has a code app and a passkey on this device."""
    second_factor.activate(world.staff["amina"], second_factor.new_secret())
    device = Device("http://localhost")
    assert add_passkey(world.client("amina"), device).status_code == 302
    return device


def first_step(client, **given):
    return client.post(
        SIGN_IN, {"name": "amina", "passphrase": PASSPHRASE, "digits": "", "next": "/team", **given}, **HERE
    )


def begin(client):
    """The right words without digits; returns what the page asks the device."""
    answer = first_step(client)
    assert answer.status_code == 302 and answer.url.startswith(STEP)
    return asked_by(client.get(answer.url, **HERE).content.decode())


def signed_in(client):
    return client.get("/me/settings").status_code == 200


def codes_of(world, name="amina"):
    return sign_in.make_recovery_codes(staff=world.staff[name], at=timezone.now())


# -- passkeys ---------------------------------------------------------------------------------------


def test_with_aminas_key_end_her_sign_ins_and_the_one_that_waits(world, device):
    """Whoever ends a key, on a page or with two shares at the machine, need not know where it is in use."""
    inside, other, stranger = world.client("amina"), world.client("cholpon"), Client()
    begin(stranger)
    assert inside.get("/").headers["X-Vault"].startswith("open") and PendingSignIn.objects.exists()
    end_key(world.staff["amina"])
    assert inside.get("/").url.startswith("/vault/sign-in")
    assert not PendingSignIn.objects.exists()
    assert other.get("/").headers["X-Vault"].startswith("open")


def test_amina_signs_in_with_her_words_and_her_passkey(world, device):
    client = Client()
    asked = begin(client)
    answer = client.post(STEP, {"answer": device.get(asked), "next": "/team"}, **HERE)
    assert answer.status_code == 302 and answer.url == "/team"
    assert "Vault open" in client.get("/").content.decode()
    assert not PendingSignIn.objects.exists()
    page = client.get("/vault/second-factors").content.decode()
    assert "work telephone" in page and "Last used today" in page


def test_before_the_second_step_nothing_is_open(world, device):
    client, open_before = Client(), VaultSession.objects.count()
    begin(client)
    assert not signed_in(client) and VaultSession.objects.count() == open_before
    assert client.cookies[VAULT]["httponly"] and client.cookies[VAULT]["samesite"] == "Strict"
    # Not even in a browser in which she is signed in with a locked vault.
    locked = world.client("amina", open_vault=False)
    locked.cookies[VAULT] = client.cookies[VAULT].value
    assert "Vault locked" in locked.get("/").content.decode()


def test_a_passkey_alone_opens_nothing(world, device):
    asked = begin(Client())
    assert Client().post(STEP, {"answer": device.get(asked)}, **HERE).url.startswith(SIGN_IN)
    assert "digits don’t match" in first_step(Client(), passphrase="a b c d e f").content.decode()


def test_wrong_words_are_answered_alike_with_and_without_a_passkey(world, device):
    def answer(name):
        given = {"name": name, "passphrase": "a b c d e f", "digits": ""}
        return re.sub(
            r'value="[^"]*"',
            "",
            Client().post(SIGN_IN, given, headers={"host": "testserver"}).content.decode(),
        )

    assert answer("amina") == answer("bakyt") == answer("nobody")


def test_without_a_passkey_right_words_without_digits_are_answered_like_wrong_ones(world):
    second_factor.activate(world.staff["amina"], second_factor.new_secret())
    page = first_step(Client()).content.decode()
    assert "digits don’t match" in page and not PendingSignIn.objects.exists()


def test_the_two_minutes_end_and_the_way_back_is_said(world, device):
    client = Client()
    asked = begin(client)
    PendingSignIn.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.post(STEP, {"answer": device.get(asked)}, **HERE)
    assert answer.url.startswith(SIGN_IN)
    assert "two minutes for the second step are over" in client.get(answer.url).content.decode()
    sign_in.sweep_sessions(at=timezone.now())
    assert not PendingSignIn.objects.exists()


def test_a_clock_that_went_back_keeps_no_second_step_alive(world, device):
    client = Client()
    asked = begin(client)
    PendingSignIn.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    assert client.post(STEP, {"answer": device.get(asked)}, **HERE).url.startswith(SIGN_IN)


def test_the_cookie_of_a_second_step_is_worth_nothing_without_its_own_session(world, device):
    client, thief = Client(), Client()
    asked = begin(client)
    thief.cookies[VAULT] = client.cookies[VAULT].value
    answer = device.get(asked)
    assert thief.post(STEP, {"answer": answer}, **HERE).url.startswith(SIGN_IN)
    assert client.post(STEP, {"answer": answer}, **HERE).status_code == 302, "control"
    assert signed_in(client)


def test_an_answer_is_good_for_one_question_only(world, device):
    client = Client()
    old = device.get(begin(client))
    client.get(STEP, **HERE)  # the page asks anew
    assert "doesn’t match" in client.post(STEP, {"answer": old}, **HERE).content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://localhost.evil.example", "http://localhost:81"]
)
def test_an_answer_from_another_origin_is_refused(world, device, origin):
    client = Client()
    asked = begin(client)
    device.origin = origin
    assert "doesn’t match" in client.post(STEP, {"answer": device.get(asked)}, **HERE).content.decode()


def test_another_device_a_copy_and_broken_answers_are_refused(world, device):
    client = Client()
    for answer in (
        "x",
        "{}",
        "[]",
        "null",
        '{"id":1}',
        "9" * 30_000,
        Device("http://localhost").get(begin(client)),
    ):
        page = client.post(STEP, {"answer": answer}, **HERE)
        assert page.status_code == 422 and not signed_in(client), answer[:20]
        SignInAttempt.objects.all().delete()
    device.counter = 5
    asked = asked_by(client.get(STEP, **HERE).content.decode())
    assert client.post(STEP, {"answer": device.get(asked)}, **HERE).status_code == 302, "control"
    device.counter = 3  # a copy made earlier counts from where it was made
    again = Client()
    assert "doesn’t match" in again.post(STEP, {"answer": device.get(begin(again))}, **HERE).content.decode()


def test_wrong_second_steps_make_the_name_wait_and_are_journalled(world, device):
    client = Client()
    begin(client)
    for _ in range(5):
        client.post(STEP, {"digits": "000000"}, **HERE)
    asked = asked_by(client.get(STEP, **HERE).content.decode())
    assert "Too many tries" in client.post(STEP, {"answer": device.get(asked)}, **HERE).content.decode()
    assert entries_by(world.staff["amina"])[0].event == "vault:session:refused"


def test_the_digits_of_the_app_and_a_recovery_code_work_in_the_second_step_too(world, device):
    for code in (second_factor.current_code(world.staff["amina"]), codes_of(world)[3]):
        client = Client()
        begin(client)
        assert client.post(STEP, {"digits": code}, **HERE).status_code == 302
        assert signed_in(client)


def test_the_printed_code_with_a_passkey_leads_to_new_words(world, device):
    client = Client()
    answer = client.post("/vault/forgotten", {"name": "amina", "code": CODE}, **HERE)
    asked = asked_by(client.get(answer.url, **HERE).content.decode())
    answer = client.post(STEP, {"answer": device.get(asked), "next": "/team"}, **HERE)
    assert answer.url == "/vault/new-passphrase"


def test_new_words_end_a_second_step_that_waits(world, device):
    begin(Client())
    sign_in.new_passphrase_for(
        keys=world.keys("amina"), passphrase="one two three four five seventeen", code=CODE, at=timezone.now()
    )
    assert not PendingSignIn.objects.exists()


def test_adding_wants_the_words_and_a_fresh_answer(world):
    amina, device = world.client("amina"), Device("http://localhost")
    page = amina.post(
        "/vault/passkeys/new", {"name": "x", "passphrase": "a b c d e f"}, **HERE
    ).content.decode()
    assert "not your six words" in page and 'value="x"' in page
    page = amina.post("/vault/passkeys/new", {"name": "x", "passphrase": PASSPHRASE}, **HERE).content.decode()
    device.origin = "http://evil.example"
    given = {"state": state_of(page), "answer": device.create(asked_by(page))}
    assert "could not be added" in amina.post("/vault/passkeys/new", given, **HERE).content.decode()
    stolen = world.client("cholpon").post("/vault/passkeys/new", given, **HERE)
    assert stolen.status_code == 200 and not Authenticator.objects.exists()


def test_renaming_and_removing_want_the_words_and_the_last_second_step_stays(world, device):
    amina, staff = world.client("amina"), world.staff["amina"]
    pk = second_factor.factors(staff)["webauthn"][0].id
    at = f"/vault/passkeys/{pk}"
    assert amina.post(at, {"do": "name", "name": "red key", "passphrase": PASSPHRASE}).status_code == 302
    assert "red key" in amina.get(at).content.decode()
    assert "not your six words" in amina.post(at, {"do": "remove", "passphrase": "x"}).content.decode()
    assert world.client("cholpon").get(at).status_code == 404
    Authenticator.objects.filter(type="totp").delete()
    assert "only second step" in amina.post(at, {"do": "remove", "passphrase": PASSPHRASE}).content.decode()
    second_factor.activate(staff, second_factor.new_secret())
    assert amina.post(at, {"do": "remove", "passphrase": PASSPHRASE}).status_code == 302
    assert not second_factor.has_passkey(staff)
    events = [entry.event for entry in entries_by(staff, limit=20)]
    assert {"vault:passkey:added", "vault:passkey:named", "vault:passkey:removed"} <= set(events)


def test_amina_sets_up_a_new_code_app_herself_and_the_old_one_ends(world, device):
    amina, staff = world.client("amina"), world.staff["amina"]
    old = second_factor.current_code(staff)
    page = amina.get("/vault/code-app").content.decode()
    secret = "".join(re.findall(r'<span class="code">([A-Z2-7]{4})</span>', page))
    counters = list(second_factor.totp.yield_hotp_counters_from_time())
    given = {
        "state": state_of(page),
        "passphrase": PASSPHRASE,
        "digits": second_factor._code(secret, counters[1]),
    }
    assert amina.post("/vault/code-app", given | {"passphrase": "x"}).status_code == 422
    assert amina.post("/vault/code-app", given).status_code == 302
    assert "don’t match" in first_step(Client(), digits=old).content.decode()


def test_who_begins_again_loses_every_second_step(world, device):
    sign_in.begin_again(keys=world.keys("bakyt"), staff=world.staff["amina"], at=world.at)
    assert not Authenticator.objects.filter(user=world.staff["amina"]).exists()


# -- recovery codes ----------------------------------------------------------------------------------


def test_ten_codes_are_made_with_the_words_and_lie_encrypted(world):
    amina = world.client("amina")
    assert "no recovery codes" in amina.get("/vault/second-factors").content.decode()
    assert amina.post("/vault/recovery-codes", {"passphrase": "a b c d e f"}).status_code == 422
    assert second_factor.codes_left(world.staff["amina"]) is None
    page = amina.post("/vault/recovery-codes", {"passphrase": PASSPHRASE}).content.decode()
    codes = re.findall(r"<li>(\d{4} \d{4})</li>", page)
    assert len(set(codes)) == 10
    kept = str(Authenticator.objects.get(type="recovery_codes").data)
    assert not any(code.replace(" ", "") in kept for code in codes)
    assert codes[0] not in amina.get("/vault/recovery-codes").content.decode()


def test_a_recovery_code_signs_in_once_is_said_and_said_again_next_time(world):
    second_factor.activate(world.staff["amina"], second_factor.new_secret())
    code = codes_of(world)[0]
    client = Client()
    assert first_step(client, digits=code).status_code == 302
    assert "You signed in with a recovery code. 9 are left." in client.get("/").content.decode()
    assert "don’t match" in first_step(Client(), digits=code).content.decode()
    assert "vault:recovery-codes:used" in [e.event for e in entries_by(world.staff["amina"])]
    again = Client()
    first_step(again, digits=second_factor.current_code(world.staff["amina"]))
    assert "A recovery code was used: today" in again.get("/").content.decode()


def test_new_codes_end_the_old_ones_and_codes_belong_to_one_colleague(world):
    old = codes_of(world)[0]
    new = codes_of(world)[0]
    codes_of(world, "bakyt")
    assert "don’t match" in first_step(Client(), digits=old).content.decode()
    assert "don’t match" in first_step(Client(), digits=new, name="bakyt").content.decode()
    assert first_step(Client(), digits=new).status_code == 302


def test_wrong_words_use_up_no_recovery_code(world):
    code = codes_of(world)[0]
    first_step(Client(), digits=code, passphrase="a b c d e f")
    assert first_step(Client(), digits=code).status_code == 302


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_two_who_use_the_same_code_at_once_one_is_refused(world):
    staff, code = world.staff["amina"], codes_of(world)[0]
    together, answers = threading.Barrier(2), []

    def use():
        together.wait()
        try:
            answers.append(second_factor.check(staff, code, at=timezone.now()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["", "recovery"]


# -- the code app and the clock ------------------------------------------------------------------------


class Clock:
    """The half minute that the code app and the node believe it is."""

    def __init__(self):
        self.now = 60_000_000

    def window(self):
        return iter([self.now, self.now - 1, self.now + 1])


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(second_factor.totp, "yield_hotp_counters_from_time", clock.window)
    return clock


def code_at(staff, counter):
    kept = Authenticator.objects.get(user=staff, type="totp")
    return second_factor._code(second_factor.decrypt(kept.data["secret"]), counter)


def test_a_used_code_stays_used_whatever_the_clock_does(world, clock):
    staff, at = world.staff["amina"], timezone.now()
    second_factor.activate(staff, second_factor.new_secret())
    first, later = clock.now, clock.now + 20
    used = code_at(staff, first)
    assert second_factor.check(staff, used, at=at) and not second_factor.check(staff, used, at=at)
    clock.now = later
    assert second_factor.check(staff, code_at(staff, later), at=at)
    clock.now = first  # the clock goes back ten minutes
    assert not second_factor.check(staff, used, at=at), "used then, used now"
    assert second_factor.check(staff, code_at(staff, first - 1), at=at), "but nobody is kept out"
    clock.now = later
    assert not second_factor.check(staff, code_at(staff, later), at=at), "nor when it has caught up"
    clock.now = later + 5
    assert second_factor.check(staff, code_at(staff, later + 5), at=at)


def test_a_code_before_one_that_was_used_is_refused(world, clock):
    staff, at = world.staff["amina"], timezone.now()
    second_factor.activate(staff, second_factor.new_secret())
    assert second_factor.check(staff, code_at(staff, clock.now + 1), at=at)
    assert not second_factor.check(staff, code_at(staff, clock.now), at=at)


def test_a_code_used_before_there_was_a_list_is_not_forgotten(world, clock):
    staff, at = world.staff["amina"], timezone.now()
    second_factor.activate(staff, second_factor.new_secret())
    row = Authenticator.objects.get(user=staff, type="totp")
    row.data = {**row.data, "used": clock.now}
    row.save()
    assert not second_factor.check(staff, code_at(staff, clock.now), at=at)
    assert second_factor.check(staff, code_at(staff, clock.now + 1), at=at)


def test_a_sign_in_beside_another_never_waits_for_a_passkey(world, device):
    with pytest.raises(Refusal, match="wrong-sign-in"):
        sign_in.sign_in(username="amina", passphrase=PASSPHRASE, digits="", at=timezone.now())
