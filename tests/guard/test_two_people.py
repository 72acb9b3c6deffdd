"""One person with two accounts: he invites a second one, joins as it, and tries to be two people.

Each attack goes through the pages that a focal point uses. The first three were possible; they are played as they were.
"""

import re
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from panah.accounts.models import Staff
from panah.complaints import actions as complaints
from panah.vault import actions as vault
from panah.vault import queries
from tests.conftest import PASSPHRASE

WORDS = {"passphrase": PASSPHRASE}
COLLEAGUES = "/vault/colleagues"


def link_in(page):
    found = re.search(r"/vault/invitation/([\w-]+)", page.content.decode())
    return found[1] if found else ""


def joins(world, name, token):
    """Whoever has the link makes the key of the account, with words of his own."""
    staff = Staff.objects.get(username=name)
    vault.make_staff_key(
        staff=staff, passphrase=PASSPHRASE, code="cd" * 16, at=timezone.now(), token=token or None
    )
    world.staff[name] = staff
    world.seeds[name] = vault.check_passphrase(
        username=name, passphrase="cd" * 16, at=timezone.now(), with_code=True
    ).seed
    return staff


def invites_himself(world, roles=("caseworker",), name="shadow"):
    given = {"name": name.title(), "username": name, "language": "en", "branch": "", "roles": list(roles)}
    token = link_in(world.client("bakyt").post(f"{COLLEAGUES}/invite", given))
    return joins(world, name, token) if token else None


def admits(world, staff, by="bakyt"):
    compared = {"words": queries.key_state(staff).words, "compared": "yes"} | WORDS
    return world.client(by).post(f"{COLLEAGUES}/{staff.pk}/admit", compared, follow=True)


def makes_focal_point(world, staff, by="bakyt"):
    return world.client(by).post(f"{COLLEAGUES}/{staff.pk}/focal-point", WORDS, follow=True)


def fresh(world, name):
    world.staff[name] = Staff.objects.get(pk=world.staff[name].pk)
    return world.staff[name]


# ---- as it was -------------------------------------------------------------------------------------


def test_one_focal_point_cannot_make_a_second_account_of_his_a_focal_point(world):
    shadow = invites_himself(world)
    admits(world, shadow)
    makes_focal_point(world, shadow)
    assert not fresh(world, "shadow").has_role("focal_point")
    assert not queries.leads_with_keys(shadow)
    assert world.keys("shadow").held() == []


def test_by_words_lost_nobody_becomes_the_officer_and_reads_a_complaint_about_himself(world):
    zarina, bakyt = world.staff["zarina"], world.staff["bakyt"]
    page = world.client("bakyt").post(f"{COLLEAGUES}/{zarina.pk}/way-back", {"lost": "everything"} | WORDS)
    token = link_in(page)
    if token:
        admits(world, joins(world, "zarina", token))
    row = complaints.take(
        keys=world.keys("elena"),
        once=uuid4(),
        kind="complaint",
        typed={"what": "About Bakyt: practice text tulip"},
        concerned={bakyt.pk},
        at=timezone.now(),
    ).row
    assert not token, "one pair of words ends no officer's key"
    assert "practice text tulip" in world.client("zarina").get(f"/complaints/{row.number}").content.decode()


def test_a_reset_opens_no_complaint_and_no_threat(world):
    """Bakyt reads a complaint himself, as one of its readers; the officer's new key does not get it from him."""
    row = complaints.take(
        keys=world.keys("elena"), once=uuid4(), kind="complaint", typed={"what": "x"}, concerned=set(),
        at=timezone.now(),
    ).row  # fmt: skip
    vault.grant(keys=world.keys("zarina"), file=row.file_id, to=world.staff["bakyt"], at=timezone.now())
    assert queries.opens(keys=world.keys("bakyt"), file=row.file_id)
    vault.grant(keys=world.keys("zarina"), file=row.file_id, to=world.staff["amina"], at=timezone.now())
    page = world.client("bakyt").post(
        f"{COLLEAGUES}/{world.staff['amina'].pk}/way-back", {"lost": "everything"} | WORDS
    )
    admits(world, joins(world, "amina", link_in(page)))
    assert queries.key_state(world.staff["amina"]).state == "admitted"
    assert not queries.opens(keys=world.keys("amina"), file=row.file_id)


def test_farid_without_a_sign_in_decides_nothing(world):
    assert Client().get(f"{COLLEAGUES}/{world.staff['amina'].pk}").status_code == 302
