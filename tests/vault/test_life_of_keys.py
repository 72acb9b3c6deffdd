"""Leavers, new generations, new focal points, orphans, and clocks that jump."""

from datetime import timedelta
from uuid import uuid4

import pytest

from panah.ground.audit.queries import verify_society
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in.actions.sessions import keyring_for
from panah.ground.sign_in.queries import invited
from panah.ground.vault import actions as vault
from panah.ground.vault import queries, shred_store
from panah.ground.vault.actions import recovery, rotation
from panah.ground.vault.keyring import HALF
from panah.ground.vault.models import Grant, StaffKey
from panah.ground.vault.words import FileKind, KeyKind
from panah.people.cases import actions as cases
from tests.conftest import CODE, LINE_NORTH, PASSPHRASE


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=world.at, note="tea", age_group="adult"
    )


def test_aminas_cases_go_to_cholpon_with_two_clicks_after_amina_has_left(world, case):
    bakyt = world.client("bakyt")
    sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["amina"], at=world.at)
    address = f"/vault/colleagues/{world.staff['amina'].pk}/hand-over"
    assert address in bakyt.get("/vault/colleagues").content.decode()
    page = bakyt.get(address).content.decode()
    assert "Open cases" in page and "Things due" in page
    assert "Open cases: 0; Things due: 0" in page, "how much each of the others has already"
    assert bakyt.post(address, {"to": str(world.staff["cholpon"].pk)}).status_code == 302
    case.refresh_from_db()
    assert case.owner == world.staff["cholpon"]
    assert queries.read_all(keys=world.keys("cholpon"), file=case.file_id, part="note")
    assert not queries.opens(keys=world.keys("amina"), file=case.file_id)
    assert "Nothing is in this colleague" in bakyt.get(address).content.decode()


def test_nobody_but_a_focal_point_hands_over_or_seals_anew(world, case):
    amina = world.client("amina")
    address = f"/vault/colleagues/{world.staff['amina'].pk}/hand-over"
    assert amina.get(address).status_code == amina.post(address).status_code == 404
    assert amina.post("/vault/colleagues/reseal").status_code == 404
    assert world.client("rustam").get(address).status_code == 404
    with pytest.raises(Refusal):
        vault.hand_over_all(
            keys=world.keys("amina"), staff=world.staff["amina"], to=world.staff["cholpon"], at=world.at
        )


def test_nobody_is_chosen_and_nothing_is_handed_over(world, case):
    bakyt, address = world.client("bakyt"), f"/vault/colleagues/{world.staff['amina'].pk}/hand-over"
    for to in ("", str(uuid4()), str(world.staff["daler"].pk)):
        assert 'class="errors"' in bakyt.post(address, {"to": to}).content.decode()
    case.refresh_from_db()
    assert case.owner == world.staff["amina"]


def test_a_leavers_grants_go_at_once_where_two_others_hold_each_case(world):
    kept = [
        cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at).file_id
        for _ in range(3)
    ]
    Grant.objects.filter(file=kept[0], staff=world.staff["saule"]).delete()
    sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["amina"], at=world.at)
    left = Grant.objects.filter(staff=world.staff["amina"]).values_list("file", flat=True)
    assert list(left) == kept[:1], "only one other can open this one"
    page = world.client("bakyt").get("/vault/colleagues").content.decode()
    assert "fewer than two others" in page and "Case 1." in page
    assert vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at).left == 0
    assert not Grant.objects.filter(staff=world.staff["amina"]).exists()
    assert queries.opens(keys=world.keys("saule"), file=kept[0])


def test_a_seal_to_a_lost_key_does_not_count_as_somebody_who_can_open(world, case):
    StaffKey.objects.filter(staff=world.staff["saule"]).update(mark=b"new key!")
    sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["amina"], at=world.at)
    assert Grant.objects.filter(staff=world.staff["amina"], file=case.file_id).exists()


def test_a_line_that_got_a_new_key_is_sealed_anew_in_chunks(world):
    for _ in range(5):
        vault.begin_file(keys=world.keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=world.at)
    vault.new_generation(
        keys=world.keys("bakyt"), kind=KeyKind.LINE, line=LINE_NORTH, holders=[], at=world.at
    )
    first = vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at, size=2)
    assert (first.done, first.left) == (2, 3)
    assert vault.regrant_chunk(keys=world.keys("saule"), at=world.at).left == 0


def test_the_page_offers_to_seal_anew_until_nothing_is_left(world, case):
    bakyt = world.client("bakyt")
    vault.begin_file(keys=world.keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=world.at)
    assert "Seal them anew" not in bakyt.get("/vault/colleagues").content.decode()
    sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["elena"], at=world.at)
    assert "1 file is still to be sealed anew" in bakyt.get("/vault/colleagues").content.decode()
    assert "Still to do: 0." in bakyt.post("/vault/colleagues/reseal", follow=True).content.decode()


def test_a_generation_that_somebody_slipped_in_receives_nothing(world):
    from panah.ground.vault.models import SocietyKey
    from panah.ground.vault.seals import Private

    keys = world.keys("bakyt")
    file = vault.begin_file(keys=world.keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=world.at)
    old = SocietyKey.objects.get(kind=KeyKind.LINE, line=LINE_NORTH)
    forged = Private.new()
    SocietyKey.objects.create(
        society=old.society,
        kind="L",
        line=LINE_NORTH,
        generation=2,
        public=forged.public,
        signature=bytes(64),
        made_at=world.at,
    )
    SocietyKey.objects.filter(pk=old.pk).update(retired_at=world.at)
    assert keys.pinned
    assert vault.regrant_chunk(keys=keys, at=world.at).closed == 1
    assert not Grant.objects.filter(file=file, key__generation=2).exists()
    assert queries.opens(keys=world.keys("elena"), file=file)


def test_the_last_two_focal_points_cannot_leave(world):
    with pytest.raises(Refusal, match="too-few-focal-points"):
        sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["saule"], at=world.at)
    with pytest.raises(Refusal, match="not-oneself"):
        sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["bakyt"], at=world.at)


def test_a_half_without_a_file_is_swept_thirteen_days_after_it_was_first_seen(world, case):
    orphan = uuid4()
    shred_store.put(HALF, orphan, b"x" * 32)
    assert vault.sweep_orphans(at=world.at) == 0
    assert vault.sweep_orphans(at=world.at + timedelta(days=12)) == 0
    assert shred_store.get(HALF, orphan)
    assert vault.sweep_orphans(at=world.at + timedelta(days=13)) == 1
    assert shred_store.get(HALF, orphan) is None
    assert queries.opens(keys=world.keys("amina"), file=case.file_id)


def test_shares_of_another_society_open_nothing_here(world, case):
    strangers = recovery.combine(list(world.shares["south"][:2]))
    with pytest.raises(Refusal, match="other-recovery-key"):
        recovery.grant_chunk(recovery=strangers, staff=world.staff["bakyt"], at=world.at)
    with pytest.raises(Refusal, match="shares-do-not-fit"):
        recovery.combine([world.shares["north"][0], world.shares["south"][1]])


def test_when_the_clock_goes_back_a_day_open_vaults_lock_and_nobody_is_kept_out(world):
    opened = sign_in.CheckedPassphrase(world.staff["amina"], world.seeds["amina"])
    tomorrow = world.at + timedelta(days=1)
    secret = sign_in.open_vault(opened=opened, session_key="s", at=tomorrow)
    assert keyring_for(staff=world.staff["amina"], secret=secret, session_key="s", at=tomorrow)
    assert keyring_for(staff=world.staff["amina"], secret=secret, session_key="s", at=world.at) is None
    for _ in range(6):
        with pytest.raises(Refusal):
            sign_in.check_passphrase(username="amina", passphrase="wrong", at=tomorrow)
    assert sign_in.check_passphrase(username="amina", passphrase=PASSPHRASE, at=world.at)
    assert sign_in.check_passphrase(username="amina", passphrase=CODE, at=world.at, with_code=True)


def test_a_journal_written_across_a_jump_back_still_holds(world, case):
    cases.add_note(keys=world.keys("amina"), case=case, text="x", at=world.at - timedelta(days=1))
    cases.add_note(keys=world.keys("amina"), case=case, text="y", at=world.at + timedelta(days=400))
    assert verify_society(world.societies["north"].pk).wrong_at is None


def test_an_invitation_made_before_a_jump_ends_a_week_later_and_is_used_once(world):
    token = sign_in.invite_again(keys=world.keys("bakyt"), staff=world.staff["amina"], at=world.at)
    assert invited(token, at=world.at - timedelta(days=1))
    assert invited(token, at=world.at + timedelta(days=8)) is None


def test_a_store_key_dated_in_the_future_is_replaced_a_week_after_the_clock_went_back(world, case):
    store = shred_store.copies()[0]
    store.keys.save(store.keys.load(), at=world.at + timedelta(days=30))
    shred_store.replace_keys_when_due(at=world.at)
    assert store.keys.since() == world.at
    assert rotation.files_to_reseal(world.societies["north"].pk) == 0
