"""Signing in, opening and locking the vault, through the door that colleagues use."""

import re
from contextlib import ExitStack
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from panah.config import urls as addresses
from panah.ground.audit.queries import entries_by
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import middleware, second_factor
from panah.ground.sign_in.models import SignInAttempt, VaultSession
from panah.ground.vault.passphrases import AT_THE_DOOR, derivation_slot
from tests.conftest import CODE, PASSPHRASE

VAULT = settings.PANAH_VAULT_COOKIE
SIGN_IN = "/vault/sign-in"


@pytest.fixture
def apps(world):
    """Everybody has a code app."""
    for staff in world.staff.values():
        second_factor.activate(staff, second_factor.new_secret())


def signs_in(client, world, name, **wrong):
    known = world.staff.get(name)
    given = {
        "name": name,
        "passphrase": PASSPHRASE,
        "digits": second_factor.current_code(known) if known else "123456",
    }
    return client.post(SIGN_IN, given | wrong)


def test_amina_signs_in_with_name_words_and_digits_and_her_vault_is_open(world, apps):
    client = Client()
    answer = signs_in(client, world, "amina", next="/me/settings")
    assert answer.status_code == 302 and answer["Location"] == "/me/settings"
    assert client.cookies[VAULT]["httponly"] and client.cookies[VAULT]["samesite"] == "Strict"
    assert "Vault open" in client.get("/").content.decode()
    assert "vault:session:opened" in {entry.event for entry in entries_by(world.staff["amina"])}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("nobody", {}),
        ("amina", {"passphrase": "acid adapt adjust admit adult advice"}),
        ("amina", {"digits": "000000"}),
        ("amina", {"passphrase": CODE}),
    ],
    ids=["unknown name", "wrong words", "wrong digits", "the printed code instead of the words"],
)
def test_whatever_is_wrong_the_answer_is_the_same(world, apps, name, wrong):
    client = Client()
    page = signs_in(client, world, name, **wrong).content.decode()
    page = re.sub(r'value="[^"]*"|Practice node:.*?</span>\.', "", page)
    other = Client()
    expected = signs_in(other, world, "someone", passphrase="x").content.decode()
    expected = re.sub(r'value="[^"]*"|Practice node:.*?</span>\.', "", expected)
    assert page == expected
    assert VAULT not in client.cookies and settings.SESSION_COOKIE_NAME not in client.cookies


def test_an_unknown_name_costs_the_same_writing_as_a_known_one(world, apps):
    counted = []
    for name in ("nobody", "amina", "stranger"):
        with CaptureQueriesContext(connection) as asked, pytest.raises(Refusal):
            sign_in.sign_in(username=name, passphrase="a b c d e f", digits="123456", at=timezone.now())
        words = [query["sql"].split()[0] for query in asked]
        counted.append((words.count("INSERT"), words.count("UPDATE"), words.count("SELECT")))
    # The first ever makes the head of the chain that is taken back; every later one finds it.
    assert counted[1][:2] == counted[2][:2] and abs(counted[1][2] - counted[2][2]) <= 1


def test_refused_sign_ins_under_unknown_names_do_not_fill_the_journal(world, apps):
    from panah.ground.audit.models import Entry

    before = Entry.objects.count()
    signs_in(Client(), world, "nobody")
    assert Entry.objects.count() == before
    signs_in(Client(), world, "amina", digits="000000")
    assert Entry.objects.count() == before + 1


def test_after_five_wrong_tries_even_the_right_words_wait_and_a_success_forgets_them(world, apps):
    client = Client()
    for _ in range(5):
        signs_in(client, world, "amina", digits="000000")
    refused = signs_in(client, world, "amina")
    assert "Too many tries" in refused.content.decode()
    SignInAttempt.objects.update(wait_until=timezone.now() - timedelta(seconds=1))
    assert signs_in(client, world, "amina").status_code == 302
    assert not SignInAttempt.objects.exists()


def test_an_unknown_name_waits_after_five_tries_too(world, apps):
    client = Client()
    for _ in range(5):
        signs_in(client, world, "nobody")
    assert "Too many tries" in signs_in(client, world, "nobody").content.decode()


def test_a_stranger_who_types_her_name_wrongly_does_not_keep_elena_from_opening_her_vault(world, apps):
    elena, stranger = world.client("elena", open_vault=False), Client()
    for _ in range(6):
        signs_in(stranger, world, "elena", passphrase="a b c d e f")
    assert "Too many tries" in signs_in(stranger, world, "elena").content.decode(), "control: the door waits"
    assert elena.post("/vault/unlock", {"passphrase": PASSPHRASE}).status_code == 302
    assert "Vault open" in elena.get("/").content.decode()


def test_wrong_words_typed_in_her_own_sign_in_wait_too(world, apps):
    client = world.client("amina", open_vault=False)
    for _ in range(5):
        client.post("/vault/unlock", {"passphrase": "a b c d e f"})
    assert "Too many tries" in client.post("/vault/unlock", {"passphrase": PASSPHRASE}).content.decode()
    SignInAttempt.objects.update(wait_until=timezone.now() - timedelta(seconds=1))
    assert client.post("/vault/unlock", {"passphrase": PASSPHRASE}).status_code == 302
    assert not SignInAttempt.objects.exists()


def test_a_crowd_at_the_door_leaves_room_for_those_who_work(world, apps):
    with ExitStack() as crowd:
        for _ in range(AT_THE_DOOR):
            crowd.enter_context(derivation_slot())
        answers = [
            signs_in(Client(), world, name, **wrong).content.decode()
            for name, wrong in (("amina", {}), ("amina", {"passphrase": "x"}), ("nobody", {}))
        ]
        assert all("Too many people are signing in" in answer for answer in answers), "whoever asks"
        assert not SignInAttempt.objects.exists(), "nothing was counted"
        elena = world.client("elena", open_vault=False)
        assert elena.post("/vault/unlock", {"passphrase": PASSPHRASE}).status_code == 302
    assert signs_in(Client(), world, "amina").status_code == 302, "and the digits were not used up"


def test_six_digits_work_once(world, apps):
    digits = second_factor.current_code(world.staff["amina"])
    assert signs_in(Client(), world, "amina", digits=digits).status_code == 302
    assert signs_in(Client(), world, "amina", digits=digits).status_code == 422


def test_wrong_words_do_not_use_up_the_digits(world, apps):
    digits = second_factor.current_code(world.staff["amina"])
    signs_in(Client(), world, "amina", digits=digits, passphrase="a b c d e f")
    assert signs_in(Client(), world, "amina", digits=digits).status_code == 302


def test_without_a_code_app_nobody_comes_in(world):
    assert signs_in(Client(), world, "amina", digits="123456").status_code == 422


def test_a_session_cookie_from_before_the_sign_in_is_worth_nothing_after_it(world, apps):
    client = Client()
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    signs_in(client, world, "amina")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert "planted" not in client.session
    attacker = Client()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert attacker.get("/").status_code == 302


def test_the_vault_cookie_of_amina_opens_nothing_for_cholpon_nor_for_another_sign_in_of_amina(world):
    amina, cholpon, again = (
        world.client("amina"),
        world.client("cholpon", open_vault=False),
        world.client("amina", open_vault=False),
    )
    for thief in (cholpon, again):
        thief.cookies[VAULT] = amina.cookies[VAULT].value
        assert "Vault locked" in thief.get("/").content.decode()
    assert "Vault open" in amina.get("/").content.decode()


@pytest.mark.parametrize("cookie", ["", "zz", "00" * 32, "00" * 31, "é" * 64])
def test_a_broken_vault_cookie_is_a_locked_vault(world, cookie):
    client = world.client("amina", open_vault=False)
    client.cookies[VAULT] = cookie
    assert client.get("/").status_code == 200


def test_signing_out_locks_the_vault_and_ends_the_session(world):
    client = world.client("amina")
    assert "Sign out" in client.get("/vault/sign-out").content.decode()
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/vault/sign-out")
    assert not VaultSession.objects.exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/").status_code == 302


def test_locking_keeps_the_sign_in_and_the_six_words_open_again(world):
    client = world.client("amina")
    client.post("/vault/lock")
    assert "Vault locked" in client.get("/").content.decode()
    assert client.post("/vault/unlock", {"passphrase": "a b c d e f"}).status_code == 422
    answer = client.post("/vault/unlock", {"passphrase": f"  {PASSPHRASE.upper()} ", "next": "/me/settings"})
    assert answer["Location"] == "/me/settings"
    assert "Vault open" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site_after_signing_in(world, apps, to):
    assert signs_in(Client(), world, "amina", next=to)["Location"] == "/"
    client = world.client("bakyt", open_vault=False)
    assert client.post("/vault/unlock", {"passphrase": PASSPHRASE, "next": to})["Location"] == "/"


def test_the_vault_locks_by_itself_after_quiet_minutes_but_not_during_a_call(world):
    client = world.client("elena")
    late = timezone.now() - timedelta(minutes=settings.PANAH_VAULT_IDLE_MINUTES + 1)
    VaultSession.objects.update(seen_at=late, call_until=timezone.now() + timedelta(minutes=5))
    assert "Vault open" in client.get("/").content.decode()
    VaultSession.objects.update(seen_at=late, call_until=None)
    assert "Vault locked" in client.get("/").content.decode()


# ---- a form sent to a locked vault ----------------------------------------------------------

SEEN = []


def kept_in(page):
    return unescape(re.search(r'name="vault-kept" value="([^"]*)"', page.content.decode())[1])


@middleware.vault_required
def echo(request):
    SEEN.append(dict(request.POST.lists()))
    return HttpResponse("saved")


urlpatterns = [path("echo", echo, name="echo"), *addresses.urlpatterns]


@pytest.mark.urls(__name__)
class TestAFormSentToALockedVault:
    typed = {"note": "two lines\nand «quotes» & <b>", "who": ["a", "b"], "csrfmiddlewaretoken": "x"}

    def test_loses_nothing_and_goes_on_with_the_six_words(self, world):
        SEEN.clear()
        client = world.client("amina", open_vault=False)
        page = client.post("/echo?x=1", self.typed)
        text = page.content.decode()
        assert page.status_code == 423 and 'action="/echo?x=1"' in text and not SEEN
        assert "two lines" not in text, "whoever sits down here cannot read it"
        wrong = client.post("/echo", {middleware.KEPT: kept_in(page), middleware.PASSPHRASE: "a b c d e f"})
        assert "These are not your six words" in wrong.content.decode()
        answer = client.post("/echo", {middleware.KEPT: kept_in(wrong), middleware.PASSPHRASE: PASSPHRASE})
        assert answer.content == b"saved"
        assert (
            SEEN[0]["note"] == [self.typed["note"]]
            and SEEN[0]["who"] == ["a", "b"]
            and middleware.PASSPHRASE not in SEEN[0]
        )
        assert "Vault open" in client.get("/").content.decode()

    def test_is_kept_by_the_browser_when_a_script_sent_it_as_a_draft(self, world):
        client = world.client("amina", open_vault=False)
        assert client.post("/echo", self.typed, headers={"X-Draft": "1"}).status_code == 403

    def test_replaces_the_whole_page_when_htmx_sent_it(self, world):
        client = world.client("amina", open_vault=False)
        answer = client.post("/echo", self.typed, headers={"HX-Request": "true"})
        assert answer.status_code == 200 and answer["HX-Retarget"] == "body"

    def test_a_page_that_was_only_asked_for_comes_back_after_unlocking(self, world):
        client = world.client("amina", open_vault=False)
        assert client.get("/echo?x=1")["Location"] == "/vault/unlock?next=%2Fecho%3Fx%3D1"
        assert client.get("/echo", headers={"HX-Request": "true"})["HX-Redirect"].startswith("/vault/unlock")


# ---- a forgotten passphrase -------------------------------------------------------------------


def test_the_printed_code_lets_amina_in_and_leads_to_new_words(world, apps):
    client = Client()
    answer = client.post(
        "/vault/forgotten",
        {
            "name": "amina",
            "code": CODE.upper().replace("-", " "),
            "digits": second_factor.current_code(world.staff["amina"]),
        },
    )
    assert answer["Location"] == "/vault/new-passphrase"
    page = client.post("/vault/new-passphrase", {"step": "words"}).content.decode()
    words = " ".join(re.findall(r"<li>([a-z]+)</li>", page))
    state = re.search(r'name="state" value="([^"]+)"', page)[1]
    page = client.post(
        "/vault/new-passphrase", {"step": "code", "state": state, "words": words}
    ).content.decode()
    groups = re.findall(r'<span class="code">([0-9a-f]{4})</span>', page)
    state = re.search(r'name="state" value="([^"]+)"', page)[1]
    assert (
        client.post("/vault/new-passphrase", {"step": "last", "state": state, "last": groups[-1]}).status_code
        == 302
    )
    assert "Vault open" in client.get("/").content.decode()
    at = timezone.now()
    with pytest.raises(Refusal, match="wrong-sign-in"):
        sign_in.check_passphrase(username="amina", passphrase=PASSPHRASE, at=at)
    seeds = {
        sign_in.check_passphrase(username="amina", passphrase=words, at=at).seed,
        sign_in.check_passphrase(username="amina", passphrase="-".join(groups), at=at, with_code=True).seed,
    }
    assert seeds == {world.seeds["amina"]}


def test_whoever_finds_aminas_screen_open_makes_no_words_of_his_own(world):
    finder, new = world.client("amina"), "/vault/new-passphrase"
    assert "Your six words" in finder.get(new).content.decode()
    for given in ({}, {"passphrase": "a b c d e f"}):
        for step in ("words", "show", "type", "code", "last"):
            page = finder.post(new, {"step": step} | given).content.decode()
            assert 'class="errors"' in page and "These six words are yours" not in page
    SignInAttempt.objects.all().delete()
    page = finder.post(new, {"step": "words", "passphrase": PASSPHRASE}).content.decode()
    assert "These six words are yours" in page, "control: Amina herself goes on"
    another = world.client("amina").post(new, {"step": "words"}).content.decode()
    assert "These six words are yours" not in another, "what she proved counts in her own sign-in alone"


def test_what_amina_proved_with_her_printed_code_is_forgotten_after_an_hour(world, apps):
    client, new = Client(), "/vault/new-passphrase"
    digits = second_factor.current_code(world.staff["amina"])
    client.post("/vault/forgotten", {"name": "amina", "code": CODE, "digits": digits})
    assert "These six words are yours" in client.post(new, {"step": "words"}).content.decode(), "control"
    session = client.session
    session["own_words_at"] = (timezone.now() - timedelta(minutes=61)).isoformat()
    session.save()
    assert "These six words are yours" not in client.post(new, {"step": "words"}).content.decode()


def test_a_new_passphrase_ends_every_other_sign_in_of_the_colleague(world):
    one, other = world.client("amina"), world.client("amina")
    key = one.session.session_key
    sign_in.new_passphrase_for(
        keys=world.keys("amina"),
        passphrase="one two three four five seventeen",
        code=CODE,
        at=world.at,
        session_key=key,
    )
    assert one.get("/").status_code == 200
    assert other.get("/").url.startswith(SIGN_IN)


def test_a_new_key_ends_every_sign_in_of_the_colleague(world):
    one, another, colleague = world.client("amina"), world.client("amina"), world.client("cholpon")
    sign_in.begin_again(keys=world.keys("bakyt"), staff=world.staff["amina"], at=world.at)
    assert [browser.get("/").url[: len(SIGN_IN)] for browser in (one, another)] == [SIGN_IN, SIGN_IN]
    assert colleague.get("/").status_code == 200


def test_the_practice_code_is_shown_only_at_the_machine_itself(world, apps):
    shown = "Practice node: the six digits"
    assert shown in Client().get(SIGN_IN, headers={"host": "localhost"}).content.decode()
    assert (
        shown
        not in Client().get(SIGN_IN, headers={"host": "localhost"}, REMOTE_ADDR="10.0.0.7").content.decode()
    )
    assert (
        shown
        not in Client()
        .get(SIGN_IN, headers={"host": "localhost", "x-forwarded-for": "10.0.0.7"})
        .content.decode()
    )
    world.societies["north"].practice = False
    world.societies["north"].save()
    assert shown not in Client().get(SIGN_IN, headers={"host": "localhost"}).content.decode()


def test_whoever_is_not_let_in_reads_that_first_and_then_what_does_not_match(world):
    answer = Client().post(SIGN_IN, {"name": "amina", "passphrase": "no such words", "digits": "000000"})
    assert "<h2>We couldn’t sign you in</h2>" in answer.text
    assert "Name, words or digits don’t match." in answer.text
