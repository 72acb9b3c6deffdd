"""Pins and the chain of signing keys together: following moves the record, and the record stays as strict as before.

Each attack stands beside a control that shows it would work, or that honest work goes on.
"""

import pytest
from django.conf import settings
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.audit.queries import entries_by
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault import pin_record, queries, signing_key_chain
from panah.ground.vault.models import SocietyKey, StaffKey
from panah.ground.vault.seals import derive, lock, sign
from panah.ground.vault.words import FileKind, KeyKind
from tests.conftest import CODE, PASSPHRASE, keyring_for
from tests.vault.focal_points import fresh, saule_leaves, signs_in


@pytest.fixture
def waiting(world):
    """The new signing key, made by Bakyt after Saule left; Cholpon has not confirmed it yet."""
    return saule_leaves(world)


@pytest.fixture
def followed(world, waiting):
    """Cholpon confirmed it, and Amina signed in after that; what her record was like before."""
    before = bytes(row_of(world, "amina").pins)
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    signs_in(world, "amina")
    assert world.keys("amina").pinned == bytes(waiting.public)
    return before


def row_of(world, name):
    return StaffKey.objects.get(staff=world.staff[name])


def put(world, name, record):
    StaffKey.objects.filter(staff=world.staff[name]).update(pins=record, pinned=b"")


def sign_in_by_words(world, name, *, with_code=False):
    words = CODE if with_code else PASSPHRASE
    opened = sign_in.check_passphrase(username=name, passphrase=words, at=timezone.now(), with_code=with_code)
    return sign_in.open_vault(opened=opened, session_key="s", at=timezone.now())


def begins_a_case(world, keys):
    return vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[world.staff["amina"]], at=world.at)


def north_keys(world, kind):
    return SocietyKey.objects.filter(society=world.societies["north"], kind=kind)


# -- the record after a step of the chain ---------------------------------------------------------------


def test_the_record_goes_on_with_the_new_key_what_was_seen_and_who_vouched(world, waiting):
    before = world.keys("amina").record
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    signs_in(world, "amina")
    after = world.keys("amina").record
    assert after.signing == bytes(waiting.public) and after.seen["D"] == waiting.generation == 2
    assert after.seen == before.seen | {"D": 2} | dict.fromkeys("GKF", 2) | {
        name: 2 for name in before.seen if name.startswith("L")
    }, "Saule's duty keys were renewed"
    assert set(after.vouchers) == {str(world.staff[n].pk) for n in ("bakyt", "cholpon")}
    assert after.count > before.count
    newest = entries_by(world.staff["amina"])[1]
    assert newest.event == "vault:pins:kept" and newest.facts == {"count": after.count}


@pytest.mark.parametrize("blank", [b"", b"\x11" + bytes(40)])
def test_taken_away_after_the_step_it_is_noticed_and_nothing_is_pinned_anew(world, followed, blank):
    put(world, "amina", blank)
    for with_code in (False, True):
        with pytest.raises(Refusal, match="pin-gone"):
            sign_in_by_words(world, "amina", with_code=with_code)
    with pytest.raises(Refusal, match="pin-gone"):
        begins_a_case(world, world.keys("amina"))
    assert bytes(row_of(world, "amina").pins) == blank


def test_the_record_from_before_the_step_put_back_is_refused(world, followed):
    """Whoever left holds the old key: a colleague thrown back to it would believe her again."""
    sign_in_by_words(world, "amina")  # control
    put(world, "amina", followed)
    with pytest.raises(Refusal, match="pin-gone"):
        sign_in_by_words(world, "amina")
    with pytest.raises(Refusal, match="pin-gone"):
        begins_a_case(world, world.keys("amina"))
    assert entries_by(world.staff["amina"])[0].event == "vault:pins:gone"


def test_control_without_the_journal_of_that_step_it_is_followed_once_more(world, waiting, followed):
    put(world, "amina", followed)
    count = pin_record.opened(row_of(world, "amina"), seed=world.seeds["amina"]).count
    for entry in Entry._base_manager.filter(event="vault:pins:kept", who=world.staff["amina"].pk):
        if entry.facts["count"] > count:
            Entry._base_manager.filter(pk=entry.pk)._raw_delete("default")
    sign_in_by_words(world, "amina")
    assert world.keys("amina").pinned == bytes(waiting.public), "what a witness of the journal would find out"


def test_a_step_in_the_middle_of_the_work_is_kept_and_an_older_record_stops_the_next_sealing(world, waiting):
    client, amina = world.client("amina"), world.staff["amina"]
    secret = bytes.fromhex(client.cookies[settings.PANAH_VAULT_COOKIE].value)
    before = bytes(row_of(world, "amina").pins)

    def keys():
        return keyring_for(
            staff=amina, secret=secret, session_key=client.session.session_key, at=timezone.now()
        )

    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    assert begins_a_case(world, keys()), "control: her pin moves in the middle of the work"
    assert pin_record.opened(row_of(world, "amina"), seed=world.seeds["amina"]).signing == bytes(
        waiting.public
    )
    put(world, "amina", before)
    with pytest.raises(Refusal, match="pin-gone"):
        begins_a_case(world, keys())


def test_the_session_knows_the_new_key_too_so_that_a_locked_vault_checks_with_it(world, waiting):
    client = world.client("amina")
    client.get("/")
    assert client.session["society_signing_key"] != bytes(waiting.public).hex()
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    answer = client.post("/cases/new/", {"called": "Tulip", "urgency": "now", "age_group": "unknown"})
    assert answer.status_code == 302, answer.content.decode()
    assert client.session["society_signing_key"] == bytes(waiting.public).hex()


# -- what is not followed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", ["bakyt", "cholpon", "both"])
def test_a_new_key_without_both_countersignatures_is_not_followed_whatever_its_generation(
    world, waiting, left_out
):
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    row = SocietyKey.objects.get(pk=waiting.pk)
    gone = {"bakyt", "cholpon"} if left_out == "both" else {left_out}
    whole = dict(row.countersigned)
    row.countersigned = {w: s for w, s in whole.items() if w not in {str(world.staff[n].pk) for n in gone}}
    row.save()
    before = world.keys("amina").record
    assert row.generation > before.seen["D"], "its generation alone would do"
    signs_in(world, "amina")
    assert world.keys("amina").pinned == before.signing
    with pytest.raises(Refusal, match="key-not-signed"):
        begins_a_case(world, world.keys("amina"))
    row.countersigned = whole
    row.save()
    assert begins_a_case(world, world.keys("amina")), "control"


def test_a_key_that_waits_is_not_seen_and_moves_nothing(world, waiting):
    signs_in(world, "amina")
    record = world.keys("amina").record
    assert record.seen["D"] == 1 and record.signing != bytes(waiting.public)
    assert begins_a_case(world, world.keys("amina"))


def test_a_step_with_a_generation_that_was_seen_already_is_not_followed(world, waiting):
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    record, links = world.keys("amina").record, signing_key_chain.chain_of(waiting.society_id)
    assert signing_key_chain.follow(record, links).signing == bytes(waiting.public), "control"
    assert signing_key_chain.follow(record.changed(seen={"D": 2}), links).signing == record.signing


def test_the_key_that_saule_kept_raises_no_generation_after_the_step(world, waiting):
    old = world.keys("bakyt").holds("D").seed
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    signs_in(world, "amina")
    seen = dict(world.keys("amina").record.seen)
    public = bytes(waiting.public)
    SocietyKey.objects.create(
        society=waiting.society, kind="G", generation=99, public=public, made_at=world.at,
        signature=sign(old, "society key", waiting.society_id, "G", "", 99, public),
    )  # fmt: skip
    signs_in(world, "amina")
    assert world.keys("amina").record.seen == seen


# -- by telephone -----------------------------------------------------------------------------------------


def test_six_words_by_telephone_rewrite_the_record_and_the_journal_says_so(world, waiting):
    before = bytes(row_of(world, "amina").pins)
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    seen = dict(world.keys("amina").record.seen)
    words = queries.signing_key(waiting.society_id).words
    vault.accept_by_telephone(keys=world.keys("amina"), words=words, at=timezone.now())
    record = world.keys("amina").record
    assert record.signing == bytes(waiting.public) and record.vouchers == {}
    assert all(record.seen[name] >= number for name, number in seen.items()) and record.seen["D"] == 2
    assert [e.event for e in entries_by(world.staff["amina"])[:2]] == [
        "vault:signing-key:accepted",
        "vault:pins:kept",
    ]
    signs_in(world, "amina")
    assert str(world.staff["cholpon"].pk) in world.keys("amina").record.vouchers, "she meets them anew"
    put(world, "amina", before)
    with pytest.raises(Refusal, match="pin-gone"):
        sign_in_by_words(world, "amina")


def test_an_old_signing_key_brought_back_is_not_accepted_by_telephone_either(world, waiting, followed):
    rows = north_keys(world, KeyKind.SIGNING)
    rows.filter(pk=waiting.pk).update(retired_at=world.at)
    rows.exclude(pk=waiting.pk).update(retired_at=None)
    words = queries.signing_key(waiting.society_id).words
    with pytest.raises(Refusal, match="society-key-older"):
        vault.accept_by_telephone(keys=world.keys("amina"), words=words, at=timezone.now())
    assert world.keys("amina").pinned == bytes(waiting.public)


def test_a_record_that_was_taken_away_is_not_made_anew_by_telephone(world, followed):
    words = queries.signing_key(world.societies["north"].pk).words
    put(world, "amina", b"")
    with pytest.raises(Refusal, match="pin-gone"):
        vault.accept_by_telephone(keys=world.keys("amina"), words=words, at=timezone.now())


# -- new generations --------------------------------------------------------------------------------------


def test_whoever_makes_a_generation_has_seen_it_at_once(world):
    signs_in(world, "bakyt")
    vault.new_generation(keys=world.keys("bakyt"), kind=KeyKind.INTAKE, line=None, holders=[], at=world.at)
    assert world.keys("bakyt").record.seen["G"] == 2
    rows = north_keys(world, KeyKind.INTAKE)
    rows.filter(generation=2).update(retired_at=timezone.now())
    rows.filter(generation=1).update(retired_at=None)
    with pytest.raises(Refusal, match="society-key-older"):
        world.keys("bakyt").society_key(KeyKind.INTAKE)


def test_a_recovery_key_that_was_replaced_receives_nothing_when_it_is_brought_back(world):
    from panah.ground.vault.actions.ceremony import new_recovery
    from panah.ground.vault.actions.new_recovery import renew_recovery

    for name in ("bakyt", "amina"):
        signs_in(world, name)
    renew_recovery(keys=world.keys("bakyt"), recovery=new_recovery()[0], at=world.at)
    signs_in(world, "amina")
    assert begins_a_case(world, world.keys("amina")), "control"
    rows = north_keys(world, KeyKind.RECOVERY)
    rows.filter(generation=2).update(retired_at=timezone.now())
    rows.filter(generation=1).update(retired_at=None)
    for name in ("bakyt", "amina"):
        with pytest.raises(Refusal, match="society-key-older"):
            begins_a_case(world, world.keys(name))


# -- nodes from before ------------------------------------------------------------------------------------


def test_a_pin_from_before_there_were_records_follows_once_its_owner_has_met_the_focal_points(world):
    amina, seed = world.staff["amina"], world.seeds["amina"]
    true = bytes(north_keys(world, KeyKind.SIGNING).get().public)
    StaffKey.objects.filter(staff=amina).update(
        pins=b"", pinned=lock(derive(seed, "pin"), true, "pin", amina.pk)
    )
    StaffKey.objects.update(vouches=b"")
    assert world.keys("amina").pinned == true
    waiting = saule_leaves(world)
    fresh(world, "amina")
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    signs_in(world, "amina")
    assert world.keys("amina").pinned == bytes(waiting.public)
