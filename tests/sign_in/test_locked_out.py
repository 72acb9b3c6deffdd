"""Strangers who type a colleague's name: what they can make wait, what they learn, and how she still comes in."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panah.ground.accounts import devices
from panah.ground.accounts.models import Device
from panah.ground.audit.queries import entries_by
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.sign_in.actions import sign_in_attempts
from panah.ground.sign_in.models import SignInAttempt
from panah.ground.vault.models import StaffKey
from panah.ground.vault.passphrases import AT_THE_DOOR, derivation_slot
from tests.conftest import CODE, PASSPHRASE

SIGN_IN = "/vault/sign-in"
MINE = "/me/settings"
WRONG = "acid adapt adjust admit adult advice"


@pytest.fixture
def apps(world):
    """Everybody has a code app."""
    for staff in world.staff.values():
        second_factor.activate(staff, second_factor.new_secret())


def signs_in(client, world, name="amina", **wrong):
    known = world.staff.get(name)
    given = {
        "name": name,
        "passphrase": PASSPHRASE,
        "digits": second_factor.current_code(known) if known else "123456",
    }
    return client.post(SIGN_IN, given | wrong)


def fresh_digits(world, name="amina"):
    """As if half a minute had passed: the next code fits again."""
    second_factor.activate(world.staff[name], second_factor.new_secret())


def strangers_lock(world, name="amina"):
    for _ in range(6):
        page = signs_in(Client(), world, name, passphrase=WRONG, digits="123456").content.decode()
    assert "Too many tries" in page


@pytest.fixture
def device(world, apps):
    """A browser in which Amina has signed in before, and signed out."""
    client = Client()
    assert signs_in(client, world).status_code == 302
    client.post("/vault/sign-out")
    fresh_digits(world)
    return client


def cookie_of(client, name="amina"):
    return client.cookies[devices.cookie_name(name)]


# ---- her own device ---------------------------------------------------------------------------------


def test_strangers_who_lock_aminas_name_do_not_keep_her_from_signing_in_on_her_own_device(world, device):
    strangers_lock(world)
    assert "Too many tries" in signs_in(Client(), world).content.decode(), "an unknown device waits as ever"
    assert signs_in(device, world).status_code == 302
    assert "Vault open" in device.get("/").content.decode()


def test_her_printed_code_lets_her_in_on_her_own_device_too(world, device):
    strangers_lock(world)
    given = {"name": "amina", "code": CODE, "digits": second_factor.current_code(world.staff["amina"])}
    assert "Too many tries" in Client().post("/vault/forgotten", given).content.decode()
    assert device.post("/vault/forgotten", given)["Location"] == "/vault/new-passphrase"


def test_the_mark_is_a_cookie_that_no_script_reads_and_the_table_keeps_only_its_hash(world, device):
    mark = cookie_of(device)
    assert mark["httponly"] and mark["samesite"] == "Strict" and len(mark.value) >= 43
    assert int(mark["max-age"]) == 90 * 24 * 3600
    assert "amina" not in mark.key and mark.key.startswith(settings.PANAH_DEVICE_COOKIE)
    kept = Device.objects.get()
    assert bytes(kept.mark_hash) == devices.hashed(mark.value) and mark.value not in str(vars(kept))


def test_over_tls_the_mark_travels_by_tls_alone(world, apps, settings):
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    signs_in(client, world)
    assert cookie_of(client)["secure"]


def test_signing_out_keeps_the_mark_and_each_sign_in_makes_a_new_one(world, device):
    before = cookie_of(device).value
    assert before and signs_in(device, world).status_code == 302
    assert cookie_of(device).value != before and Device.objects.count() == 1
    thief = Client()
    thief.cookies[devices.cookie_name("amina")] = before
    strangers_lock(world)
    fresh_digits(world)
    assert "Too many tries" in signs_in(thief, world).content.decode(), "a copy from before is worth nothing"


def test_a_mark_without_a_whole_sign_in_is_not_given(world, apps):
    client = Client()
    signs_in(client, world, digits="000000")
    signs_in(client, world, passphrase=WRONG)
    world.client("amina")
    assert not Device.objects.exists() and devices.cookie_name("amina") not in client.cookies


def test_a_thief_with_a_stolen_mark_gets_the_tries_of_that_device_and_no_more(world, device):
    thief = Client()
    thief.cookies[devices.cookie_name("amina")] = cookie_of(device).value
    pages = [signs_in(thief, world, passphrase=WRONG).content.decode() for _ in range(8)]
    assert ["Too many tries" in page for page in pages] == [False] * 5 + [True] * 3
    assert "Too many tries" in signs_in(thief, world).content.decode(), "the right words wait too"
    unknown = signs_in(Client(), world)
    assert unknown.status_code == 302, "and her own sign-in elsewhere is not counted with his"


def test_a_mark_is_no_factor(world, device):
    assert signs_in(device, world, digits="").status_code == 422
    assert signs_in(device, world, digits="000000").status_code == 422
    assert signs_in(device, world, passphrase="").status_code == 422


def test_aminas_mark_helps_nobody_else(world, device):
    strangers_lock(world, "cholpon")
    device.cookies[devices.cookie_name("cholpon")] = cookie_of(device).value
    assert "Too many tries" in signs_in(device, world, "cholpon").content.decode()


def test_colleagues_who_share_a_computer_each_have_a_way_in(world, device):
    assert signs_in(device, world, "elena").status_code == 302
    device.post("/vault/sign-out")
    strangers_lock(world)
    strangers_lock(world, "elena")
    fresh_digits(world, "elena")
    assert signs_in(device, world).status_code == 302
    device.post("/vault/sign-out")
    assert signs_in(device, world, "elena").status_code == 302


def test_a_mark_ends_after_ninety_days_without_a_sign_in(world, device):
    Device.objects.update(expires_at=timezone.now())
    strangers_lock(world)
    assert "Too many tries" in signs_in(device, world).content.decode()
    from panah.ground.accounts.actions import sweep_sessions

    sweep_sessions(at=timezone.now() + timedelta(seconds=1))
    assert not Device.objects.exists()


def test_amina_sees_her_devices_and_lets_one_be_forgotten(world, device):
    strangers_lock(world)
    signs_in(device, world)
    page = device.get(MINE).content.decode()
    assert "My devices" in page and "this browser" in page
    forget = re.search(r'action="(/me/devices/[^"]+/forget)"', page)[1]
    other = world.client("cholpon")
    other.post(forget)
    assert Device.objects.count() == 1, "Cholpon forgets no device of Amina"
    assert device.post(forget)["Location"] == MINE
    assert not cookie_of(device).value and "My devices" not in device.get(MINE).content.decode()
    assert entries_by(world.staff["amina"])[0].event == "accounts:device:forgotten"
    device.post("/vault/sign-out")
    fresh_digits(world)
    assert "Too many tries" in signs_in(device, world).content.decode()


def test_forgetting_another_device_leaves_this_browser_its_mark(world, device):
    there = Client()
    signs_in(there, world)
    fresh_digits(world)
    signs_in(device, world)
    mine = [
        one for one in Device.objects.all() if bytes(one.mark_hash) == devices.hashed(cookie_of(device).value)
    ]
    lost = Device.objects.exclude(pk=mine[0].pk).get()
    device.post(f"/me/devices/{lost.pk}/forget")
    assert cookie_of(device).value and Device.objects.get() == mine[0]


def test_ten_devices_are_kept_and_the_one_used_longest_ago_goes(world, apps, device):
    first = Device.objects.get()
    for _ in range(10):
        fresh_digits(world)
        signs_in(Client(), world)
    assert Device.objects.count() == 10 and first not in Device.objects.all()


def test_whoever_leaves_and_whoever_gets_a_new_key_is_known_nowhere(world, device):
    signs_in(Client(), world, "cholpon")
    assert Device.objects.count() == 2
    now = timezone.now()
    sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["cholpon"], at=now)
    assert Device.objects.get().staff == world.staff["amina"]
    sign_in.begin_again(keys=world.keys("bakyt"), staff=world.staff["amina"], at=now)
    assert not Device.objects.exists()


def test_a_restored_node_knows_no_device_that_was_forgotten_since(world, device):
    from panah.ground.accounts.actions import end_every_session

    end_every_session()
    assert not Device.objects.exists()


def test_a_crowd_of_made_up_names_keeps_newcomers_out_but_not_amina_on_her_device(world, device):
    with ExitStack() as crowd:
        for _ in range(AT_THE_DOOR):
            crowd.enter_context(derivation_slot())
        assert "Too many people are signing in" in signs_in(Client(), world).content.decode()
        assert signs_in(device, world).status_code == 302


# ---- what strangers learn -----------------------------------------------------------------------------


def told(page):
    return re.sub(r'value="[^"]*"|Practice node:.*?</span>\.', "", page.content.decode())


def test_strangers_get_the_same_pages_for_amina_and_for_a_made_up_name_whether_or_not_she_has_devices(
    world, device
):
    for _ in range(8):
        hers = signs_in(Client(), world, passphrase=WRONG, digits="123456")
        nobodys = signs_in(Client(), world, "nobody", passphrase=WRONG)
        assert (hers.status_code, told(hers), set(hers.cookies)) == (
            nobodys.status_code,
            told(nobodys),
            set(nobodys.cookies),
        )


def work_of(world, name):
    with CaptureQueriesContext(connection) as asked:
        signs_in(Client(), world, name, passphrase=WRONG, digits="123456")
    words = [query["sql"].split()[0] for query in asked]
    return {word: words.count(word) for word in ("SELECT", "INSERT", "UPDATE", "DELETE")}


def test_strangers_cause_the_same_work_for_both_before_and_after_a_lock(world, device):
    signs_in(Client(), world, "someone", passphrase=WRONG)  # the head of nobody's chain is made once
    for _ in range(7):
        hers, nobodys = work_of(world, "amina"), work_of(world, "nobody")
        assert abs(hers.pop("SELECT") - nobodys.pop("SELECT")) <= 1 and hers == nobodys


def test_that_amina_came_in_does_not_give_strangers_new_tries(world, device):
    for _ in range(4):
        signs_in(Client(), world, passphrase=WRONG)
    assert signs_in(device, world).status_code == 302
    device.post("/vault/lock")
    assert device.post("/vault/unlock", {"passphrase": PASSPHRASE}).status_code == 302
    signs_in(Client(), world, passphrase=WRONG)
    assert "Too many tries" in signs_in(Client(), world, passphrase=WRONG).content.decode()


def test_a_name_that_strangers_lock_for_days_waits_an_hour_and_the_page_does_not_break(world, apps):
    now = timezone.now()
    strangers_lock(world)
    SignInAttempt.objects.update(failed=5000, wait_until=now - timedelta(seconds=1))
    assert signs_in(Client(), world, passphrase=WRONG).status_code == 422
    assert "Wait 60 min" in signs_in(Client(), world).content.decode()


def test_neither_table_keeps_a_name_an_address_or_an_agent(world, device):
    strangers_lock(world)
    kept = [str(vars(row)) for model in (SignInAttempt, Device) for row in model.objects.all()]
    assert kept and not any(word in row for row in kept for word in ("amina", "127.0.0.1", "Mozilla"))


# ---- a focal point opens the name ----------------------------------------------------------------------


def open_it(world, by, whom="amina", reason="called"):
    client = world.client(by, open_vault=False)
    return client, client.post(f"/vault/colleagues/{world.staff[whom].pk}/open-name", {"reason": reason})


def test_bakyt_opens_aminas_name_with_one_press_and_says_why(world, apps):
    where = f"/vault/colleagues/{world.staff['amina'].pk}"
    bakyt = world.client("bakyt", open_vault=False)
    assert "This name waits" not in bakyt.get(where).content.decode()
    strangers_lock(world)
    page = bakyt.get(where).content.decode()
    assert "This name waits" in page and 'value="called"' in page
    open_it(world, "bakyt")
    assert signs_in(Client(), world).status_code == 302, "on a telephone she has never used before"
    entry = entries_by(world.staff["bakyt"])[0]
    assert (entry.event, entry.facts) == (
        "vault:name:opened",
        {"whom": str(world.staff["amina"].pk), "reason": "called"},
    )


def test_while_a_name_is_open_strangers_cannot_lock_it_at_once_nor_try_for_ever(world, apps):
    strangers_lock(world)
    open_it(world, "bakyt")
    for _ in range(10):
        assert "Too many tries" not in signs_in(Client(), world, passphrase=WRONG).content.decode()
    fresh_digits(world)
    assert signs_in(Client(), world).status_code == 302
    pages = [signs_in(Client(), world, passphrase=WRONG).content.decode() for _ in range(40)]
    assert sum("Too many tries" not in page for page in pages) == sign_in_attempts.TRIES_WHILE_OPEN


def test_when_the_quarter_of_an_hour_is_over_wrong_tries_count_as_before(world, apps):
    strangers_lock(world)
    open_it(world, "bakyt")
    SignInAttempt.objects.update(open_until=timezone.now())
    strangers_lock(world)


def test_a_name_is_opened_three_times_a_day_and_the_refusal_says_what_else_helps(world, apps):
    for _ in range(3):
        strangers_lock(world)
        open_it(world, "bakyt")
        SignInAttempt.objects.update(open_until=timezone.now())
    assert signs_in(Client(), world).status_code == 302, "that she came in does not begin the day anew"
    strangers_lock(world)
    _client, page = open_it(world, "saule")
    assert "three times within a day" in page.content.decode()
    assert "The code app is lost" in page.content.decode()
    SignInAttempt.objects.update(openings_since=timezone.now() - timedelta(days=1, minutes=1))
    assert open_it(world, "saule")[1].status_code == 302


def test_only_a_focal_point_of_the_society_opens_a_name_and_nobody_her_own(world, apps):
    strangers_lock(world)
    strangers_lock(world, "bakyt")
    for other in ("cholpon", "elena", "timur", "rustam"):
        assert open_it(world, other)[1].status_code == 404
    assert Client().post(f"/vault/colleagues/{world.staff['amina'].pk}/open-name").status_code == 302
    refused = open_it(world, "bakyt", "bakyt")[1].content.decode()
    assert "Ask the other focal point" in refused
    assert "Too many tries" in signs_in(Client(), world, "bakyt").content.decode()
    open_it(world, "saule", "bakyt")
    assert signs_in(Client(), world, "bakyt").status_code == 302


def test_a_reason_of_the_list_is_needed_and_a_name_that_does_not_wait_is_not_opened(world, apps):
    strangers_lock(world)
    assert open_it(world, "bakyt", reason="because")[1].status_code == 404
    assert "Too many tries" in signs_in(Client(), world).content.decode()
    open_it(world, "bakyt", "cholpon")
    assert not [e for e in entries_by(world.staff["bakyt"]) if e.event == "vault:name:opened"]


# ---- other doors that strangers could shut ---------------------------------------------------------------


def test_strangers_cannot_keep_a_colleague_from_using_the_link_that_a_focal_point_sent(world, apps):
    token = sign_in.invite_again(keys=world.keys("bakyt"), staff=world.staff["amina"], at=timezone.now())
    strangers_lock(world)
    secret = second_factor.new_secret()
    given = {"token": token, "secret": secret, "digits": current(secret), "at": timezone.now()}
    for _ in range(5):
        with pytest.raises(Refusal, match="wrong-sign-in"):
            sign_in.new_code_app(passphrase=WRONG, **given)
    with pytest.raises(Refusal, match="wait"):
        sign_in.new_code_app(passphrase=PASSPHRASE, **given)
    SignInAttempt.objects.filter(pk=sign_in_attempts.of_invitation(token).key).delete()
    assert sign_in.new_code_app(passphrase=PASSPHRASE, **given).staff == world.staff["amina"]


def current(secret):
    from allauth.mfa.totp.internal import auth as totp

    return str(
        totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    )


def test_strangers_who_guess_the_name_of_a_newcomer_do_not_keep_her_from_joining(world, apps):
    staff = world.staff["elena"]
    StaffKey.objects.filter(staff=staff).delete()
    token = sign_in.invite(staff=staff, at=timezone.now())
    strangers_lock(world, "elena")
    secret = second_factor.new_secret()
    opened = sign_in.join(
        token=token,
        passphrase=PASSPHRASE,
        code=CODE,
        secret=secret,
        digits=current(secret),
        at=timezone.now(),
    )
    assert opened.staff == staff


def test_strangers_who_lock_saule_do_not_stop_the_ceremony_that_she_stands_beside(world, apps):
    strangers_lock(world, "saule")
    bakyt = world.client("bakyt")
    given = {
        "name": "saule",
        "passphrase": PASSPHRASE,
        "digits": second_factor.current_code(world.staff["saule"]),
        "apart": "yes",
        "abroad": "yes",
    }
    page = bakyt.post("/vault/new-recovery-key", given)
    assert page.status_code == 302 and page["Location"] == "/vault/ceremony/share"


# ---- many at once ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_twenty_wrong_tries_at_once_five_are_looked_at(transactional_db, monkeypatch):
    bucket, at = sign_in_attempts.of_name("amina"), timezone.now()

    def one_try(_number):
        try:
            sign_in_attempts.claim(bucket, at=at)
        except sign_in_attempts.NotSignedIn:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=20) as crowd:
        assert sum(crowd.map(one_try, range(20))) == sign_in_attempts.FREE_TRIES
    assert SignInAttempt.objects.get().failed == sign_in_attempts.FREE_TRIES


def test_a_known_device_has_one_place_of_its_own_at_the_door():
    with derivation_slot(known=True):
        with pytest.raises(Refusal, match="busy"), derivation_slot(known=True):
            pass
        with derivation_slot():
            pass
