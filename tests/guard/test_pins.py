"""Pins: what a colleague remembers of her society's keys, against whoever writes in the database.

Each attack stands beside a control that shows it would work, or that honest work goes on.
"""

import os

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.audit.queries import entries_by
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.vault import actions as vault
from panah.ground.vault import pin_record
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.drafts import seal_draft
from panah.ground.vault.models import Grant, SocietyKey, StaffKey
from panah.ground.vault.seals import Private, derive, lock, sign, signing_public
from panah.ground.vault.words import FileKind, KeyKind
from tests.conftest import CODE, LINE_NORTH, PASSPHRASE, keyring_for

NEW_WORDS = "one two three four five seventeen"


def open_up(world, name, *, with_code=False):
    """Sign in for real, words first; returns nothing or refuses."""
    words = CODE if with_code else PASSPHRASE
    opened = sign_in.check_passphrase(username=name, passphrase=words, at=timezone.now(), with_code=with_code)
    sign_in.open_vault(opened=opened, session_key="s", at=timezone.now())


def swap_signing_key(world):
    """The thief puts a signing key of her own and a recovery key that it signed; returns its public half."""
    north, thief = world.societies["north"], os.urandom(32)
    public = Private.new().public
    SocietyKey.objects.filter(society=north, kind=KeyKind.SIGNING).update(public=signing_public(thief))
    SocietyKey.objects.filter(society=north, kind=KeyKind.RECOVERY).update(
        public=public, signature=sign(thief, "society key", north.pk, KeyKind.RECOVERY, "", 1, public)
    )
    return signing_public(thief)


def row_of(world, name):
    return StaffKey.objects.get(staff=world.staff[name])


# -- blanking ------------------------------------------------------------------------------------------


def test_control_before_her_first_sign_in_a_swapped_signing_key_would_be_pinned(world):
    thief = swap_signing_key(world)
    open_up(world, "amina")
    assert world.keys("amina").pinned == thief, "the window that SECURITY.md admits: hence the call"


@pytest.mark.parametrize("blank", [b"", b"\x11" + bytes(40), os.urandom(300)])
def test_a_blanked_or_broken_pin_is_noticed_at_the_next_sign_in_and_nothing_is_pinned_anew(world, blank):
    open_up(world, "amina")
    swap_signing_key(world)
    StaffKey.objects.filter(staff=world.staff["amina"]).update(pins=blank, pinned=b"")
    for with_code in (False, True):
        with pytest.raises(Refusal, match="pin-gone"):
            open_up(world, "amina", with_code=with_code)
    assert bytes(row_of(world, "amina").pins) == blank
    assert entries_by(world.staff["amina"])[0].event == "vault:pins:gone"


def test_the_page_says_what_to_do_and_nobody_is_half_in(world):
    second_factor.activate(world.staff["amina"], second_factor.new_secret())
    open_up(world, "amina")
    StaffKey.objects.filter(staff=world.staff["amina"]).update(pins=b"")
    client = Client()
    given = {
        "name": "amina",
        "passphrase": PASSPHRASE,
        "digits": second_factor.current_code(world.staff["amina"]),
    }
    page = client.post("/vault/sign-in", given).content.decode()
    assert "missing or was changed" in page and "Call a focal point on a number you know" in page
    assert client.get("/").status_code == 302


def test_a_pin_blanked_while_her_vault_is_open_stops_the_next_sealing(world):
    client, amina = world.client("amina"), world.staff["amina"]
    secret = bytes.fromhex(client.cookies[settings.PANAH_VAULT_COOKIE].value)

    def begins_a_file():
        keys = keyring_for(
            staff=amina, secret=secret, session_key=client.session.session_key, at=timezone.now()
        )
        return vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[amina], at=world.at)

    assert begins_a_file(), "control"
    swap_signing_key(world)
    before = bytes(row_of(world, "amina").pins)
    StaffKey.objects.filter(staff=amina).update(pins=b"", pinned=b"")
    with pytest.raises(Refusal, match="pin-gone"):
        begins_a_file()
    StaffKey.objects.filter(staff=amina).update(pins=before)
    with pytest.raises(Refusal, match="society-key-not-signed"):
        begins_a_file()


def test_the_record_of_one_colleague_is_none_for_another(world):
    open_up(world, "amina")
    open_up(world, "cholpon")
    stolen = bytes(row_of(world, "cholpon").pins)
    StaffKey.objects.filter(staff=world.staff["amina"]).update(pins=stolen)
    with pytest.raises(Refusal, match="pin-gone"):
        open_up(world, "amina")
    open_up(world, "cholpon")  # control


def test_an_older_record_put_back_is_noticed_by_the_journal(world):
    before = bytes(row_of(world, "amina").pins)
    open_up(world, "amina")
    swap_signing_key(world)
    StaffKey.objects.filter(staff=world.staff["amina"]).update(pins=before)
    with pytest.raises(Refusal, match="pin-gone"):
        open_up(world, "amina")


def test_control_an_older_record_and_the_journal_of_that_day_are_one_restored_backup(world):
    before = bytes(row_of(world, "amina").pins)
    open_up(world, "amina")
    StaffKey.objects.filter(staff=world.staff["amina"]).update(pins=before)
    Entry._base_manager.filter(event="vault:pins:kept")._raw_delete("default")
    open_up(world, "amina")  # what a witness of the journal's head would find out


# -- keys from before there were records ----------------------------------------------------------------


@pytest.fixture
def old_key(world):
    """Amina's key as an older version kept it: wrapped without the mark, the pin in its old place."""
    amina, seed = world.staff["amina"], world.seeds["amina"]
    true = bytes(SocietyKey.objects.get(society=amina.society, kind=KeyKind.SIGNING).public)
    words = sign_in.check_passphrase(username="amina", passphrase=PASSPHRASE, at=world.at)
    code = sign_in.check_passphrase(username="amina", passphrase=CODE, at=world.at, with_code=True)
    StaffKey.objects.filter(staff=amina).update(
        pins=b"",
        pinned=lock(derive(seed, "pin"), true, "pin", amina.pk),
        wrapped=lock(words.kek, seed, "staff key", "passphrase", amina.pk),
        code_wrapped=lock(code.kek, seed, "staff key", "code", amina.pk),
    )
    return true


def test_an_old_key_opens_keeps_its_pin_and_has_a_record_from_then_on(world, old_key):
    assert world.keys("amina").pinned == old_key
    swap_signing_key(world)
    open_up(world, "amina")
    row = row_of(world, "amina")
    assert row.pins and world.keys("amina").pinned == old_key
    StaffKey.objects.filter(staff=row.staff_id).update(pins=b"", pinned=b"")
    for with_code in (False, True):
        with pytest.raises(Refusal, match="pin-gone"):
            open_up(world, "amina", with_code=with_code)


def test_an_old_key_that_was_never_pinned_is_pinned_once(world, old_key):
    StaffKey.objects.filter(staff=world.staff["amina"]).update(pinned=b"")
    open_up(world, "amina", with_code=True)
    open_up(world, "amina")
    open_up(world, "amina")
    assert world.keys("amina").pinned == old_key
    assert [e.event for e in entries_by(world.staff["amina"])].count("vault:pins:kept") == 1


def test_new_words_keep_the_record(world):
    open_up(world, "amina")
    pinned, seen = world.keys("amina").pinned, dict(world.keys("amina").record.seen)
    sign_in.new_passphrase_for(keys=world.keys("amina"), passphrase=NEW_WORDS, code=CODE, at=timezone.now())
    opened = sign_in.check_passphrase(username="amina", passphrase=NEW_WORDS, at=timezone.now())
    assert opened.with_pins
    sign_in.open_vault(opened=opened, session_key="s", at=timezone.now())
    assert world.keys("amina").pinned == pinned and dict(world.keys("amina").record.seen) == seen


def test_a_new_key_after_a_lost_one_begins_a_new_record(world):
    open_up(world, "amina")
    amina = world.staff["amina"]
    sign_in.begin_again(keys=world.keys("bakyt"), staff=amina, at=timezone.now())
    vault.make_staff_key(staff=amina, passphrase=NEW_WORDS, code=CODE, at=timezone.now())
    vault.admit(keys=world.keys("bakyt"), staff=amina, at=timezone.now())
    opened = sign_in.check_passphrase(username="amina", passphrase=NEW_WORDS, at=timezone.now())
    sign_in.open_vault(opened=opened, session_key="s", at=timezone.now())
    assert row_of(world, "amina").pins


# -- rollback to an older, validly signed generation -----------------------------------------------------


SEALING = {
    KeyKind.LINE: lambda w, k: vault.begin_file(keys=k, kind=FileKind.CONTACT, line=LINE_NORTH, at=w.at),
    KeyKind.INTAKE: lambda w, k: vault.begin_file(
        keys=k, kind=FileKind.EVENT, society_key=KeyKind.INTAKE, at=w.at
    ),
}


def roll_back(kind):
    """The thief, who once held generation 1, makes it the current one again."""
    rows = SocietyKey.objects.filter(society__slug="practice-north", kind=kind)
    rows.filter(generation=2).update(retired_at=timezone.now())
    rows.filter(generation=1).update(retired_at=None)


@pytest.mark.parametrize("kind", SEALING)
@pytest.mark.parametrize("how", ["brought back", "the new one deleted"])
def test_a_generation_older_than_she_has_seen_receives_nothing(world, kind, how):
    line = LINE_NORTH if kind == KeyKind.LINE else None
    vault.new_generation(keys=world.keys("bakyt"), kind=kind, line=line, holders=[], at=world.at)
    open_up(world, "bakyt")
    SEALING[kind](world, world.keys("bakyt"))  # control: the true one does
    if how == "brought back":
        roll_back(kind)
    else:
        rows = SocietyKey.objects.filter(society__slug="practice-north", kind=kind)
        Grant.objects.filter(key__in=rows.filter(generation=2)).delete()
        rows.filter(generation=2).delete()
        rows.update(retired_at=None)
    with pytest.raises(Refusal, match="society-key-older"):
        SEALING[kind](world, world.keys("bakyt"))
    SEALING[kind](world, world.keys("saule"))  # control: without a memory nothing stands out


def test_files_are_not_sealed_anew_to_a_generation_brought_back(world):
    file = vault.begin_file(keys=world.keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=world.at)
    elena = [world.staff["elena"]]
    vault.new_generation(
        keys=world.keys("bakyt"), kind=KeyKind.LINE, line=LINE_NORTH, holders=elena, at=world.at
    )
    open_up(world, "bakyt")
    assert vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at).done == 1, "control"
    roll_back(KeyKind.LINE)
    keys = world.keys("bakyt")
    assert vault.regrant_chunk(keys=keys, at=world.at).done == 0
    assert vault_queries.opens(keys=keys, file=file)


def test_a_new_generation_goes_on_where_a_part_of_the_keys_was_lost(world):
    vault.new_generation(keys=world.keys("bakyt"), kind=KeyKind.INTAKE, line=None, holders=[], at=world.at)
    open_up(world, "bakyt")
    SocietyKey.objects.filter(society__slug="practice-north", kind="G", generation=2).delete()
    SocietyKey.objects.filter(society__slug="practice-north", kind="G").update(retired_at=None)
    vault.new_generation(keys=world.keys("bakyt"), kind=KeyKind.INTAKE, line=None, holders=[], at=world.at)
    assert SocietyKey.objects.get(society__slug="practice-north", kind="G", retired_at=None).generation == 3
    SEALING[KeyKind.INTAKE](world, world.keys("bakyt"))


# -- the key of a line, for drafts ------------------------------------------------------------------------


def swap_line_key():
    SocietyKey.objects.filter(kind=KeyKind.LINE, line=LINE_NORTH).update(public=Private.new().public)


def test_no_draft_is_sealed_to_a_line_key_that_the_society_did_not_sign(world):
    open_up(world, "elena")
    keys, north = world.keys("elena"), world.societies["north"].pk
    what = {"society": north, "line": LINE_NORTH, "file": world.at and keys.staff.pk, "value": {"note": "x"}}
    assert vault_queries.line_public(keys=keys, line=LINE_NORTH), "control"
    assert seal_draft(**what, signing=keys.pinned), "control"
    swap_line_key()
    with pytest.raises(Refusal, match="society-key-not-signed"):
        vault_queries.line_public(keys=world.keys("elena"), line=LINE_NORTH)
    assert seal_draft(**what, signing=keys.pinned) is None


def test_a_record_says_nothing_without_her_key(world):
    open_up(world, "amina")
    row = row_of(world, "amina")
    with pytest.raises(pin_record.PinGone):
        pin_record.opened(row, seed=world.seeds["cholpon"])
    true = bytes(SocietyKey.objects.get(society=world.societies["north"], kind=KeyKind.SIGNING).public)
    assert true not in bytes(row.pins) and true.hex().encode() not in bytes(row.pins)
