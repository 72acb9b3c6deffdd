"""A new recovery key for a society that has one: a witnessed ceremony, then every file, then the old papers open nothing."""

import re

import pytest

from panah.ground.accounts.models import Staff
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.vault import actions as vault
from panah.ground.vault import shred_store
from panah.ground.vault.actions import recovery
from panah.ground.vault.models import Grant, SocietyKey
from panah.ground.vault.words import FileKind
from panah.people.cases import actions as cases
from tests.conftest import LINE_NORTH, PASSPHRASE


@pytest.fixture
def files(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, note="tea")
    call = vault.begin_file(keys=world.keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=world.at)
    return [case.file_id, call]


def begin(world, client, name="saule", **answers):
    if name in world.staff:
        second_factor.activate(world.staff[name], second_factor.new_secret())
    digits = second_factor.current_code(world.staff[name])
    given = {"name": name, "passphrase": PASSPHRASE, "digits": digits, "apart": "yes", "abroad": "yes"}
    return client.post("/vault/new-recovery-key", given | answers)


def read_back(client):
    page = client.get("/vault/ceremony/share").content.decode()
    part = page[page.index("share-words") :]
    words = re.findall(r'<li lang="en">\s*([a-z]+)', part)
    page = client.get("/vault/ceremony/check").content.decode()
    first, second = map(int, re.findall(r"Word (\d+) on the paper", page))
    return " ".join(words), client.post(
        "/vault/ceremony/check", {"first": words[first - 1], "second": words[second - 1]}
    )


def hold_it_again(world):
    """The whole ceremony, on Bakyt's screen with Saule beside him; returns the new shares."""
    client = world.client("bakyt")
    assert begin(world, client)["Location"] == "/vault/ceremony/share"
    held = [read_back(client) for _ in range(3)]
    assert held[-1][1]["Location"] == "/vault/recovery-sheet"
    return [words for words, _ in held]


def test_a_new_recovery_key_takes_over_and_the_old_papers_open_nothing(world, files):
    old = recovery.combine(list(world.shares["north"][:2]))
    new = recovery.combine(hold_it_again(world)[1:])
    north, bakyt = world.societies["north"].pk, world.client("bakyt")
    assert vault.behind_recovery(north) == (0, 2), "every society key at once, the files in chunks"
    assert "keep its papers until this note is gone" in bakyt.get("/vault/colleagues").content.decode()
    assert "Files: 2" in bakyt.get("/vault/new-recovery-key").content.decode()
    now = recovery.try_shares(recovery=new, society=north)
    assert (now.keys_closed, now.files, now.files_closed) == (0, 0, 2)
    bakyt.post("/vault/colleagues/reseal")
    assert vault.behind_recovery(north) == (0, 0)
    now = recovery.try_shares(recovery=new, society=north)
    assert (now.keys, now.keys_closed, now.files, now.files_closed) == (5, 0, 2, 0)
    then = recovery.try_shares(recovery=old, society=north)
    assert (then.keys, then.files) == (0, 0)
    with pytest.raises(Refusal, match="other-recovery-key"):
        recovery.let_in(recovery=old, staff=world.staff["bakyt"], compared="", at=world.at)
    assert "papers" not in bakyt.get("/vault/colleagues").content.decode()


@pytest.mark.parametrize("unanswered", ["apart", "abroad"])
def test_who_holds_the_shares_is_asked_at_a_renewal_too_and_nothing_is_chosen_beforehand(world, unanswered):
    client = world.client("bakyt")
    page = client.get("/vault/new-recovery-key").text
    assert not re.findall(rf'name="{unanswered}"[^>]* checked', page) and f'name="{unanswered}"' in page
    assert begin(world, client, **{unanswered: ""}).status_code == 422
    assert "A ceremony has begun" not in client.get("/vault/new-recovery-key").text


def test_two_shares_never_lie_in_one_chain_of_command(world):
    client = world.client("bakyt")
    assert begin(world, client, apart="no").status_code == 422
    assert "A ceremony has begun" not in client.get("/vault/new-recovery-key").text


@pytest.mark.parametrize(("abroad", "language"), [("yes", "en"), ("yes", "ru"), ("no", "en"), ("no", "ru")])
def test_what_was_answered_about_the_holders_is_kept_and_shown_later(world, abroad, language):
    client, page = world.client("bakyt"), "/vault/new-recovery-key"
    untold = {
        "en": "Nobody was asked at the last ceremony",
        "ru": "На последней церемонии никого не спросили",
    }
    Staff.objects.filter(username="bakyt").update(language=language)
    assert untold[language] in client.get(page).text
    Staff.objects.filter(username="bakyt").update(language="en")
    begin(world, client, abroad=abroad)
    for _ in range(3):
        read_back(client)
    Staff.objects.filter(username="bakyt").update(language=language)
    said = {
        ("en", "yes"): "one of them outside the country.", ("en", "no"): "but nobody outside the country",
        ("ru", "yes"): "один из них за пределами страны.", ("ru", "no"): "но за пределами страны никого нет",
    }  # fmt: skip
    for address in (page, "/vault/ceremony"):
        shown = client.get(address).text
        assert said[language, abroad] in shown and untold[language] not in shown
    kept = Entry.objects.get(
        society=world.societies["north"].pk, event="vault:society:new-recovery-key"
    ).facts
    assert (kept["apart"], kept["abroad"]) == ("yes", abroad)
    assert world.client("amina").get(page).status_code == 404, "focal points alone"


def test_half_way_new_files_open_with_the_new_papers_and_old_ones_with_the_old(world, files):
    old = recovery.combine(list(world.shares["north"][:2]))
    new = recovery.combine(hold_it_again(world)[:2])
    later = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    assert not recovery._file_opens(old, later.file_id)
    assert recovery._file_opens(new, later.file_id)
    assert recovery._file_opens(old, files[0])
    first = vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at, size=1)
    assert (first.done, first.left) == (1, 1)
    assert sum(recovery._file_opens(old, file) for file in files) == 1
    assert sum(recovery._file_opens(new, file) for file in files) == 1


def test_a_society_key_that_one_focal_point_does_not_hold_is_sealed_by_the_other(world, files):
    from panah.ground.vault.models import KeyHeld

    KeyHeld.objects.filter(staff=world.staff["bakyt"], key__kind="F").delete()
    hold_it_again(world)
    assert vault.behind_recovery(world.societies["north"].pk)[0] == 1
    vault.regrant_chunk(keys=world.keys("saule"), at=world.at)
    assert vault.behind_recovery(world.societies["north"].pk) == (0, 0)


def test_a_new_key_that_was_slipped_in_receives_nothing(world, files):
    sign_in.open_vault(
        opened=sign_in.CheckedPassphrase(world.staff["bakyt"], world.seeds["bakyt"]),
        session_key="s",
        at=world.at,
    )
    hold_it_again(world)
    row = SocietyKey.objects.get(society=world.societies["north"], kind="R", retired_at=None)
    SocietyKey.objects.filter(pk=row.pk).update(signature=bytes(64))
    with pytest.raises(Refusal, match="society-key-not-signed"):
        vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at)
    assert Grant.objects.filter(key__generation=2, key__kind="R").count() == 0


def test_stopped_in_the_middle_the_old_papers_stay_good(world, files):
    client = world.client("bakyt")
    begin(world, client)
    read_back(client)
    assert "A ceremony has begun" in client.get("/vault/new-recovery-key").content.decode()
    client.post("/vault/ceremony/stop")
    old = recovery.combine(list(world.shares["north"][:2]))
    assert recovery.try_shares(recovery=old, society=world.societies["north"].pk).files == 2
    assert SocietyKey.objects.filter(society=world.societies["north"], kind="R").count() == 1


def test_confirming_the_last_share_twice_makes_one_key(world, files):
    """The power failed after the keys were made and before the last paper's copy was forgotten."""
    client = world.client("bakyt")
    begin(world, client)
    read_back(client)
    read_back(client)
    kept = shred_store.get("ceremony", world.staff["bakyt"].pk)
    read_back(client)
    shred_store.put("ceremony", world.staff["bakyt"].pk, kept, society=world.societies["north"].pk)
    assert read_back(client)[1]["Location"] == "/vault/recovery-sheet"
    assert SocietyKey.objects.filter(society=world.societies["north"], kind="R").count() == 2
    assert shred_store.get("ceremony", world.staff["bakyt"].pk) is None


def test_the_second_one_must_hold_the_societys_keys(world, files):
    from panah.ground.accounts.models import RoleHeld

    RoleHeld.objects.create(staff=world.staff["cholpon"], role="focal_point", since=world.at)
    page = begin(world, world.client("bakyt"), "cholpon").content.decode()
    assert "Only a focal point can do this" in page
    page = begin(world, world.client("bakyt"), "malika").content.decode()
    assert 'class="errors"' in page
