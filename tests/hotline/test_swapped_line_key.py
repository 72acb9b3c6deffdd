"""A call goes on when somebody has swapped the line's key; nothing is given to the swapped one."""

import base64
import re

from panah.ground.vault.models import SocietyKey
from panah.ground.vault.seals import Private
from panah.people.hotline.actions.calls import begin_contact
from panah.people.hotline.models import Line, WaitingDraft
from tests.conftest import LINE_NORTH, PASSPHRASE


def a_call(world):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1",
        numbers=["0 000 000 00 01"], made_at=world.at,
    )  # fmt: skip
    return begin_contact(
        keys=world.keys("elena"), line=line, channel="phone", by=world.staff["elena"], at=world.at
    )


def test_the_page_of_a_call_offers_no_swapped_key_and_a_locked_vault_keeps_the_text_in_the_page(world):
    contact, elena = a_call(world), world.client("elena")
    address = f"/calls/{contact.number}/"
    assert "data-draft-key=" in elena.get(address).content.decode(), "control"
    thief = Private.new().public
    SocietyKey.objects.filter(kind="L", line=LINE_NORTH).update(public=thief)
    page = elena.get(address)
    assert page.status_code == 200 and "data-draft-key=" not in page.content.decode()
    assert base64.urlsafe_b64encode(thief).decode().rstrip("=") not in page.content.decode()
    elena.post("/vault/lock", {"anyway": "yes"})
    answer = elena.post(address, {"note": "typed while locked", "do": "save"})
    assert not WaitingDraft.objects.exists()
    assert answer.status_code == 423 and "typed while locked" not in answer.content.decode(), (
        "nobody else reads it"
    )
    kept = re.search(r'name="vault-kept" value="([^"]*)"', answer.content.decode())[1]
    elena.post(address, {"vault-kept": kept, "vault-passphrase": PASSPHRASE})
    assert "typed while locked" in elena.get(address).content.decode()
    assert not WaitingDraft.objects.exists()
