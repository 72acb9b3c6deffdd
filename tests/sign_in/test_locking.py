"""Locking: every answer says how the vault is, an open call is not locked unasked, what was typed comes back to her alone."""

import base64
import json
import re

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Session
from panah.ground.sign_in.middleware import KEPT, STILL
from panah.ground.sign_in.models import VaultSession
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import StaffKey
from panah.ground.vault.sealed_state import open_state
from panah.ground.vault.seals import Private, context, pad, seal
from panah.ground.work.models import Alarm
from panah.people.cases import actions as cases
from panah.people.hotline.models import Contact, Line
from tests.conftest import LINE_NORTH, PASSPHRASE
from tests.sign_in.carried_forms import carried_in

SHEET, QUIET = {"X-Sheet": "1"}, {"X-Quiet": "1", "HX-Request": "true"}
# The button, or the hidden answer, that locks although a call is open. The sentence itself stands in every page's sheet.
ASKS = 'name="anyway"'
TEXT = "Gulsara Practicova\nlocked in the brick yard"


@pytest.fixture
def contact(world):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", made_at=world.at
    )
    answer = world.client("elena").post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    return Contact.objects.get(number=answer.url.strip("/").split("/")[-1])


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip


def told(answer):
    return answer.headers.get("X-Vault", "").split(" ")


def is_open(client):
    return told(client.get("/vault/state"))[0] == "open"


def sealed_to(world, name, forms):
    plain = pad(json.dumps(forms).encode())
    blob = seal(Private(world.seeds[name]).public, plain, "typed", world.staff[name].pk)
    return base64.urlsafe_b64encode(blob).decode().rstrip("=")


def in_the_call(world, contact):
    """Elena with the page of her call open."""
    client = world.client("elena")
    assert client.get(f"/calls/{contact.number}/").status_code == 200
    return client


# -- what every answer says ----------------------------------------------------------------------


def test_every_answer_says_how_the_vault_is_and_whose(world):
    client = world.client("amina")
    now, left, whose = told(client.get("/kit/keys"))
    assert now == "open" and 1100 < int(left) <= 1200
    assert whose != told(world.client("cholpon").get("/kit/keys"))[2]
    assert told(client.post("/vault/lock", headers=SHEET)) == ["locked", "0", whose]
    assert told(client.get("/kit/keys")) == ["locked", "0", whose]
    client.post("/vault/sign-out")
    assert told(client.get("/vault/state", headers=QUIET)) == ["out"]


def test_the_bar_and_a_fresh_token_come_with_the_state(world):
    client = world.client("amina")
    assert "Vault open" in client.get("/vault/state").json()["bar"]
    client.post("/vault/lock")
    answer = client.get("/vault/state").json()
    assert "Vault locked" in answer["bar"] and answer["csrf"]


def test_what_a_page_asks_by_itself_throws_nobody_off_it(world, contact):
    client, to = in_the_call(world, contact), f"/calls/{contact.number}/beside"
    assert client.get(to, headers=QUIET).status_code == 200, "control"
    VaultSession.objects.all().delete()
    answer = client.get(to, headers=QUIET)
    assert (answer.status_code, answer.content, told(answer)[0]) == (204, b"", "locked")
    assert "HX-Redirect" not in answer.headers
    Session.objects.all().delete()
    for asked in (to, "/calls/alarms/now"):
        answer = client.get(asked, headers=QUIET)
        assert (answer.status_code, told(answer)) == (204, ["out"])
        assert "HX-Redirect" not in answer.headers and "Location" not in answer.headers


def test_an_open_call_whose_vault_is_locked_still_gives_signs_of_life(world, contact):
    client = in_the_call(world, contact)
    client.post("/vault/lock", {"anyway": "yes"})
    Contact.objects.update(last_sign_of_life=world.at)
    answer = client.post(f"/calls/{contact.number}/alive")
    assert (answer.status_code, told(answer)[0]) == (204, "locked")
    contact.refresh_from_db()
    assert contact.last_sign_of_life > world.at


# -- an open call ----------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, SHEET])
def test_lock_on_another_page_asks_while_a_call_is_open(world, contact, headers):
    client = in_the_call(world, contact)
    stands_on = {"page": "/calls/log/"}
    page = client.post("/vault/lock", stands_on, headers=headers)
    assert ASKS in page.content.decode() and told(page)[0] == "open"
    assert is_open(client)
    client.post("/vault/lock", {**stands_on, "anyway": "yes"}, headers=headers)
    assert not is_open(client)


def test_lock_on_the_page_of_the_call_itself_asks_nothing(world, contact):
    client = in_the_call(world, contact)
    page = client.get(f"/calls/{contact.number}/").text
    stands_on = re.search(r'name="page"\s+value="([^"]+)"', page)[1]
    client.post("/vault/lock", {"page": stands_on})
    assert not is_open(client)


def test_lock_asks_nothing_when_the_call_is_over_or_a_colleagues_or_in_another_browser(world, contact):
    elsewhere = world.client("elena")
    in_the_call(world, contact)
    assert elsewhere.post("/vault/lock").status_code == 302
    bakyt = world.client("bakyt")
    bakyt.get(f"/calls/{contact.number}/")
    assert bakyt.post("/vault/lock").status_code == 302
    client = in_the_call(world, contact)
    client.post(f"/calls/{contact.number}/", {"do": "finish"})
    assert client.post("/vault/lock").status_code == 302 and not is_open(client)


def test_whoever_answered_danger_and_types_along_is_asked_too(world, contact):
    in_the_call(world, contact).post(f"/calls/{contact.number}/", {"do": "emergency"})
    bakyt = world.client("bakyt")
    bakyt.post(f"/calls/alarms/{Alarm.objects.get().pk}/")
    bakyt.get(f"/calls/{contact.number}/")
    assert ASKS in bakyt.post("/vault/lock").content.decode() and is_open(bakyt)


def test_signing_out_says_that_a_call_is_open(world, contact):
    client = in_the_call(world, contact)
    assert ASKS in client.get("/vault/sign-out").content.decode()
    assert ASKS in client.post("/vault/sign-out").content.decode()
    assert is_open(client)
    assert client.post("/vault/sign-out", {"anyway": "yes"}).url == "/vault/sign-in"
    quiet = world.client("amina")
    assert ASKS not in quiet.get("/vault/sign-out").content.decode()
    assert quiet.post("/vault/sign-out").url == "/vault/sign-in"


def test_a_page_that_still_offers_to_lock_reaches_no_vault_on_another_device(world, contact):
    office = in_the_call(world, contact)
    assert world.client("elena", open_vault=False).post("/vault/lock").status_code == 302
    assert is_open(office)


# -- the sheet -----------------------------------------------------------------------------------


def test_the_sheet_reads_a_sentence_or_an_open_vault(world):
    client = world.client("amina", open_vault=False)
    wrong = client.post("/vault/unlock", {"passphrase": "a b c d e f"}, headers=SHEET)
    assert "These are not your six words" in wrong.content.decode() and "<html" not in wrong.content.decode()
    right = client.post("/vault/unlock", {"passphrase": PASSPHRASE}, headers=SHEET)
    assert (right.status_code, told(right)[0]) == (204, "open")
    assert is_open(client)


def test_what_amina_typed_opens_for_her_alone_and_only_with_an_open_vault(world, case):
    forms = [{"to": f"/cases/{case.number}/note/", "key": "k", "names": ["text"], "fields": [["text", TEXT]]}]
    sent = {"sealed": sealed_to(world, "amina", forms)}
    amina = world.client("amina")
    assert amina.post("/vault/typed", sent, headers=SHEET).json()["forms"] == forms
    assert world.client("cholpon").post("/vault/typed", sent, headers=SHEET).status_code == 410
    amina.post("/vault/lock")
    assert amina.post("/vault/typed", sent, headers=SHEET).status_code == 409


def test_where_a_page_has_no_address_a_button_sends_what_was_typed(world, case):
    to = f"/cases/{case.number}/note/"
    forms = [
        {"to": to, "fields": [["text", TEXT]]},
        {"to": "/network/services/", "get": True, "fields": [["words", "bed"]]},
    ]
    client = world.client("amina")
    for sent in ({"sealed": sealed_to(world, "amina", forms)}, {"plain": json.dumps(forms)}):
        page = client.post("/vault/typed", sent).content.decode()
        assert page.count("<form") == 1 and f'action="{to}"' in page and "Gulsara" in page
    client.post(to, {"text": TEXT})
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    assert [one.value["text"] for one in notes] == [TEXT]


@pytest.mark.parametrize(
    "forms",
    [
        None,
        {},
        [1],
        [{"to": "/cases/"}],
        [{"to": "/cases/", "fields": [["a"]]}],
        [{"to": "/cases/", "fields": [["a", 1]]}],
        [{"to": "//elsewhere.example/", "fields": []}],
        [{"to": "https://elsewhere.example/", "fields": []}],
        [{"to": 5, "fields": []}],
    ],
)
def test_what_is_no_form_of_ours_is_shown_to_nobody(world, forms):
    client = world.client("amina")
    for sent in ({"sealed": sealed_to(world, "amina", forms)}, {"plain": json.dumps(forms)}, {"sealed": "ä"}):
        assert client.post("/vault/typed", sent).status_code == 410


def test_a_page_seals_to_the_key_that_her_vault_holds_whatever_the_table_says(world):
    StaffKey.objects.filter(staff=world.staff["amina"]).update(public=Private.new().public)
    key = world.client("amina").get("/vault/own-key").json()
    assert base64.urlsafe_b64decode(key["key"] + "==") == Private(world.seeds["amina"]).public
    assert base64.urlsafe_b64decode(key["info"] + "==") == context("typed", world.staff["amina"].pk)


# -- without scripts -------------------------------------------------------------------------------


def test_a_form_sent_to_a_locked_vault_waits_unreadable_also_after_wrong_words(world, case):
    client, to = world.client("amina", open_vault=False), f"/cases/{case.number}/note/"
    page = client.post(to, {"text": TEXT})
    assert page.status_code == 423 and "Gulsara" not in page.content.decode()
    page = client.post(to, {"vault-kept": carried_in(page), "vault-passphrase": "a b c d e f"})
    assert page.status_code == 423 and "Gulsara" not in page.content.decode()
    assert (
        client.post(to, {"vault-kept": carried_in(page), "vault-passphrase": PASSPHRASE}).status_code == 302
    )
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    assert [one.value["text"] for one in notes] == [TEXT]


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        ("/vault/ceremony/check", "passphrase"),
        ("/vault/ceremony/check", "first"),
        ("/vault/ceremony/check", "share"),
    ],
)
def test_no_page_carries_a_passphrase_or_words_of_a_share_along(world, path, secret):
    client, bakyt = world.client("bakyt", open_vault=False), world.staff["bakyt"]
    page = client.post(path, {secret: PASSPHRASE, "name": "Birch"})
    assert page.status_code == 423
    state = open_state(carried_in(page), what=KEPT, whose=str(bakyt.pk), at=timezone.now(), lasts=STILL)
    assert state["fields"] == [["name", "Birch"]]


def test_what_waits_is_hers_and_finds_its_fields_when_the_vault_was_opened_meanwhile(world, case):
    client, to = world.client("amina", open_vault=False), f"/cases/{case.number}/note/"
    kept = carried_in(client.post(to, {"text": TEXT}))
    other = world.client("bakyt").post(to, {"vault-kept": kept})
    assert "Gulsara" not in other.content.decode()
    assert vault_queries.read_all(keys=world.keys("bakyt"), file=case.file_id, part="note") == []
    client.post("/vault/unlock", {"passphrase": PASSPHRASE})
    assert client.post(to, {"vault-kept": kept, "vault-passphrase": PASSPHRASE}).status_code == 302
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    assert [one.value["text"] for one in notes] == [TEXT]
