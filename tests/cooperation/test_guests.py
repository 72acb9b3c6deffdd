"""A guest reads what is shared with her, asks for details, and finds nothing anywhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation.models import Question, Seat
from tests.conftest import PASSPHRASE
from tests.cooperation.network_space import here, on_list, parts, text
from tests.guard.addresses import ADDRESSES, ROUTES


@pytest.fixture
def dana(world):
    """Dana of an organisation without a node is invited as a guest of North."""
    staff = accounts.add_colleague(
        society=world.societies["north"], username="dana", name="Dana", roles=["guest"], by=world.staff["bakyt"],
        at=timezone.now(),
    )  # fmt: skip
    vault.make_staff_key(staff=staff, passphrase=PASSPHRASE, code="00" * 16, at=timezone.now())
    world.staff["dana"] = staff
    return staff


def guest_client(world):
    return world.client("dana", open_vault=False)


@pytest.fixture
def entries(world):
    """Two corridors of North; one of them is for the guest."""
    by, at = world.staff["bakyt"], timezone.now()
    return [
        cooperation.save_corridor(origin="KZ", destination=to, works={}, note=f"Practice: {to}", by=by, at=at)
        for to in ("TR", "AE")
    ]


def test_a_guest_reads_what_is_shared_with_her_asks_for_details_and_reads_the_answer(world, dana, entries):
    bakyt, guest = world.client("bakyt"), guest_client(world)
    shown, hidden = entries
    assert "Nothing is shared with you" in text(guest.get(here("guest")))
    until = timezone.localdate() + timedelta(days=60)
    seat = {"guest": str(dana.pk), "organisation": "Practice partner", "kind": "ngo", **parts("until", until)}
    assert bakyt.post(here("seats"), seat).status_code == 302
    row = Seat.objects.get()
    bakyt.post(here("seat", row.pk), {"entries": [str(shown.pk)]})
    page = text(guest.get(here("guest")))
    assert "KZ → TR" in page and "AE" not in page
    assert guest.get(here("guest_entry", hidden.pk)).status_code == 404
    asked = guest.post(here("guest_entry", shown.pk), {"text": "Practice: which airport?"})
    assert asked.status_code == 302
    question = Question.objects.get()
    assert question.owner == world.staff["bakyt"] and question.due_on == timezone.localdate() + timedelta(
        days=7
    )
    assert on_list(world.staff["bakyt"], "guest_reply").exists()
    assert world.client("amina").get(here("question", question.pk)).status_code == 404
    bakyt.post(here("question", question.pk), {"answer": "Practice: the northern one."})
    assert not on_list(world.staff["bakyt"], "guest_reply").exists()
    assert "the northern one" in text(guest.get(here("guest_entry", shown.pk)))
    bakyt.post(here("seat", row.pk), {"entries": []})
    assert guest.get(here("guest_entry", shown.pk)).status_code == 404
    Seat.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert "Nothing is shared with you" in text(guest.get(here("guest")))
    bakyt.post(here("end_seat", row.pk))
    assert guest.get(here("guest")).status_code == 302, "her sign-in has ended"


OPEN_TO_HER = ("cooperation:guest", "cooperation:guest_entry", "sign_in:")


def test_a_guest_finds_nothing_at_any_other_address_of_the_node(world, dana):
    guest, found = guest_client(world), []
    nothing = guest.get("/nothing/here/").content
    inside = [one for one in ADDRESSES.values() if not one.open and not one.name.startswith(OPEN_TO_HER)]
    for one in inside:
        for ask in (guest.get, guest.post):
            answer = ask(one.path({}))
            if one.name == "desk:home" and answer.headers.get("Location") == here("guest"):
                continue
            if answer.status_code != 404 or answer.content != nothing:
                found.append((one.name, answer.status_code))
    assert found == [] and len(inside) > 300
    assert {name for name in ROUTES if name.startswith("cooperation:guest")} == set(OPEN_TO_HER[:2])
    others = [name for name in ROUTES if name.startswith("sign_in:coll") or name == "sign_in:invite"]
    for name in others:
        assert guest.get(ADDRESSES[name].path({})).status_code == 404


def test_a_guest_is_nobodys_colleague_opens_no_file_and_is_not_made_one(world, dana):
    bakyt, at = world.staff["bakyt"], timezone.now()
    assert dana not in colleagues(to=bakyt)
    with pytest.raises(Refusal, match="guests-open-nothing"):
        vault.admit(keys=world.keys("bakyt"), staff=dana, at=at)
    for roles, code in ((["guest", "caseworker"], "guest-alone"), (["caseworker"], "guest-for-good")):
        with pytest.raises(Refusal, match=code):
            accounts.change_roles(staff=dana, roles=roles, branch=None, by=bakyt, at=at)
    assert text(guest_client(world).get("/", follow=True)).count("Shared with you")
    assert guest_client(world).get(reverse("directory:services")).status_code == 404
