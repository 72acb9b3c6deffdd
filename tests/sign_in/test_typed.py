"""The sign-in ended while somebody was typing: nothing typed is lost, and nothing goes out by itself."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from panah.ground.accounts.models import Session
from panah.ground.foundation import dialled_numbers
from panah.ground.sign_in import form_replay as typed_before
from panah.ground.sign_in import second_factor
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import Alarm
from panah.people.cases import actions as cases
from panah.people.cases.forms.safety import SafetyForm
from tests.conftest import PASSPHRASE
from tests.sign_in.adding_passkeys import add_passkey
from tests.sign_in.authenticator import Device, asked_by

TEXT = "two lines\nand «quotes» & <b>"
HERE = {"headers": {"host": "localhost"}}


@pytest.fixture
def case(world):
    for name in ("amina", "cholpon"):
        second_factor.activate(world.staff[name], second_factor.new_secret())
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip


def ended(world, name="amina"):
    """A browser whose sign-in has just run out."""
    client = world.client(name)
    Session.objects.filter(staff=world.staff[name]).update(expire_date=timezone.now())
    return client


def kept_in(page):
    return unescape(re.search(r'name="typed" value="([^"]*)"', page.content.decode())[1])


def sign_in(client, world, name="amina", **more):
    digits = second_factor.current_code(world.staff[name])
    given = {"name": name, "passphrase": PASSPHRASE, "digits": digits}
    return client.post("/vault/sign-in", given | more, **HERE)


def hidden_of(page):
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def notes(world, case):
    return [
        n.value["text"]
        for n in vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    ]


def test_a_note_sent_after_the_sign_in_ended_is_sent_after_signing_in_again_by_a_button(world, case):
    client, to = ended(world), f"/cases/{case.number}/note/"
    page = client.post(to, {"text": TEXT})
    text = page.content.decode()
    assert page.status_code == 403 and "What you typed is still here" in text
    assert "two lines" not in text, "whoever sits down here cannot read it before signing in"
    wrong = sign_in(client, world, typed=kept_in(page), passphrase="a b c d e f")
    assert "digits don’t match" in wrong.content.decode() and kept_in(wrong) == kept_in(page)
    page = sign_in(client, world, typed=kept_in(page))
    assert page.status_code == 200 and "Send what was typed" in page.content.decode()
    assert notes(world, case) == [], "nothing goes by itself"
    assert f'action="{to}"' in page.content.decode()
    sent = hidden_of(page)
    assert sent["text"] == TEXT
    assert client.post(to, sent).status_code == 302
    assert notes(world, case) == [TEXT]


def test_as_many_long_texts_as_a_page_has_go_on_after_the_sign_in_whole(world, case):
    """In letters that take most bytes on the way: eleven texts of a safety plan, each as long as may be."""
    client, to = ended(world), f"/cases/{case.number}/safety/plan/"
    plan = {
        name: f"{name} " + "👩" * (20_000 - len(name) - 1) for name in SafetyForm().fields if name != "seen"
    }
    page = client.post(to, plan)
    assert page.status_code == 403
    page = sign_in(client, world, typed=kept_in(page))
    sent = hidden_of(page)
    assert client.post(to, sent).status_code == 302
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="safety")
    assert {name: kept.get(name) for name in plan} == plan


def test_what_is_sent_wants_the_token_of_the_new_sign_in(world, case):
    client, to = ended(world), f"/cases/{case.number}/note/"
    page = sign_in(client, world, typed=kept_in(client.post(to, {"text": TEXT})))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(to, hidden_of(page)).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    assert strict.post(to, hidden_of(page) | {"csrfmiddlewaretoken": token}).status_code == 302, "control"


def test_a_form_from_another_site_is_refused_before_anything_is_kept(world, case):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(f"/cases/{case.number}/note/", {"text": TEXT})
    assert answer.status_code == 403 and "typed" not in answer.content.decode().replace("what you typed", "")


def test_another_colleague_in_the_same_browser_does_not_get_it(world, case):
    client = ended(world)
    page = client.post(f"/cases/{case.number}/note/", {"text": TEXT})
    answer = sign_in(client, world, "cholpon", typed=kept_in(page))
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "belongs to another colleague" in page and "two lines" not in page


@pytest.mark.parametrize("cookie", ["", "swept-away-or-made-up"])
def test_a_form_left_at_a_shared_computer_does_not_go_out_in_the_name_of_the_next_one(world, case, cookie):
    client, to = Client(), f"/cases/{case.number}/note/"
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    page = client.post(to, {"text": TEXT})
    text = page.content.decode()
    assert page.status_code == 403 and "nobody can tell whose it is" in text
    assert 'name="typed" value=' not in text
    after = sign_in(client, world)
    assert (after.status_code, after.url) == (302, "/")
    assert notes(world, case) == []


@pytest.mark.parametrize("how", ["signs out", "is signed out"])
def test_what_was_still_to_be_said_to_a_colleague_is_not_said_to_the_next_one(world, case, how):
    client, said = world.client("amina"), f"{settings.SESSION_COOKIE_NAME}_said"
    client.post(f"/cases/{case.number}/note/", {"text": TEXT})
    assert client.cookies[said].value, "control"
    if how == "signs out":
        client.post("/vault/sign-out", {"anyway": "1"})
        assert not client.cookies[said].value
    else:
        Session.objects.filter(staff=world.staff["amina"]).update(expire_date=timezone.now())
    assert sign_in(client, world, "cholpon").status_code == 302
    assert not client.cookies[said].value


def test_before_it_goes_out_the_page_says_where_to_and_since_when_and_not_sending_comes_first(world, case):
    client, to = ended(world), f"/cases/{case.number}/note/"
    page = sign_in(client, world, typed=kept_in(client.post(to, {"text": TEXT}))).content.decode()
    assert f"<code>{to}</code>" in page and "It was typed before today" in page
    assert page.index("Do not send it") < page.index(">Send what was typed</button>")


def test_a_passkey_in_between_loses_nothing(world, case):
    device, client = Device("http://localhost"), ended(world)
    add_passkey(world.client("amina"), device)
    kept = kept_in(client.post(f"/cases/{case.number}/note/", {"text": TEXT}))
    page = sign_in(client, world, typed=kept, digits="")
    assert "still here" in page.content.decode()
    wrong = client.post("/vault/second-step", {"digits": "000000", "typed": kept_in(page)}, **HERE)
    given = {"answer": device.get(asked_by(wrong.content.decode())), "typed": kept_in(wrong)}
    assert hidden_of(client.post("/vault/second-step", given, **HERE))["text"] == TEXT


def test_when_the_second_step_takes_too_long_it_is_still_there(world, case):
    client = ended(world)
    kept = kept_in(client.post(f"/cases/{case.number}/note/", {"text": TEXT}))
    page = client.post("/vault/second-step", {"digits": "1", "typed": kept}, **HERE)
    assert page.status_code == 200 and kept_in(page) == kept


def test_a_chosen_file_and_a_text_that_is_too_long_are_said(world, case):
    client, to = ended(world), f"/cases/{case.number}/note/"
    file = SimpleUploadedFile("x.txt", b"x")
    assert "A chosen file cannot wait here" in client.post(to, {"text": "x", "file": file}).content.decode()
    page = client.post(to, {"text": "x" * 4_000_000})
    assert page.status_code == 413 and "too long to wait" in page.content.decode()


def test_passphrases_drafts_and_empty_forms_are_not_kept(world, case):
    to = f"/cases/{case.number}/note/"
    for path, given, headers in (
        ("/vault/unlock", {"passphrase": PASSPHRASE}, {}),
        ("/vault/recovery-codes", {"passphrase": PASSPHRASE}, {}),
        (to, {"text": "x"}, {"X-Draft": "1"}),
        (to, {}, {}),
        (to, {"vault-passphrase": PASSPHRASE}, {}),
    ):
        answer = ended(world).post(path, given, headers=headers)
        assert answer.status_code == 302 and answer.url.startswith("/vault/sign-in"), path


def test_htmx_gets_the_whole_page(world, case):
    answer = ended(world).post(f"/cases/{case.number}/note/", {"text": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and answer["HX-Retarget"] == "body"


def test_what_is_kept_cannot_be_made_or_changed_by_hand(world, case):
    client = ended(world)
    kept = kept_in(client.post(f"/cases/{case.number}/note/", {"text": TEXT}))
    assert typed_before.opened(kept)
    changed = kept[:60] + ("A" if kept[60] != "A" else "B") + kept[61:]
    for forged in (changed, "x", "e30="):
        assert typed_before.opened(forged) is None
    assert sign_in(client, world, typed=changed).status_code == 302
    assert settings.SESSION_COOKIE_NAME in client.cookies


def test_where_the_sign_in_had_ended_danger_has_called_nobody_and_the_pages_say_so_and_whom_to_ring(
    world, case
):
    saule = world.staff["saule"]
    saule.duty_phone = "+996555000002"
    saule.save()
    dialled_numbers.keep([saule])
    client, to = ended(world), f"/cases/{case.number}/danger/"
    page = client.post(to, {"do": "call"})
    assert not Alarm.objects.exists()
    for asks in (page, sign_in(client, world, typed=kept_in(page), passphrase="a b c d e f")):
        assert "nothing that waits here has called anybody" in asks.text
        assert "Ring whoever you know now." in asks.text
        assert "Saule" not in asks.text, "whoever sits down here reads of no colleague before signing in"
    page = sign_in(client, world, typed=kept_in(page))
    assert "nothing that waits here has called anybody" in page.text
    assert "Saule" in page.text and "tel:+996555000002" in page.text
    client.post(to, hidden_of(page) | {"do": "call"})
    assert Alarm.objects.get().raised_by == world.staff["amina"]
