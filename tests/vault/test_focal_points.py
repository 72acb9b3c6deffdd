"""Who is a focal point: the keys that come with it and go with it, and the signing key that follows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.approvals.models import Request
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault import pin_record, queries, signing_key_chain
from panah.ground.vault.actions import recovery
from panah.ground.vault.focal_points import focal_point_ids
from panah.ground.vault.models import File, Grant, KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.seals import sign
from panah.ground.vault.words import FileKind, KeyKind
from panah.people.cases import actions as cases
from panah.people.family_links.actions.requests import take_links_request
from panah.people.hotline.actions.authorities import take_request
from tests.conftest import LINE_NORTH, PASSPHRASE
from tests.two_people import ADMIT, END, FOCAL_POINT, decide, make_focal_point
from tests.vault.focal_points import everyone_signs_in, fresh, saule_leaves


@pytest.fixture
def old_files(world):
    """A case, an event, a household, a call, a request of an authority and one for family links."""
    hers, amina = world.keys("amina"), world.staff["amina"]
    case = cases.open_case(keys=hers, by=amina, at=world.at, note="tea")
    for kind in ("event", "household"):
        cases.open_case_group(keys=hers, kind=kind, about={"title": "x"}, at=world.at)
    take_request(keys=hers, typed={"who": "court"}, by=amina, at=world.at)
    take_links_request(keys=hers, typed={"who": "sister"}, by=amina, at=world.at)
    vault.begin_file(keys=world.keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=world.at)
    return case


def make_cholpon(world):
    """Bakyt asks, Saule approves, two shares end the waiting, Bakyt carries it out: all on the pages."""
    address = f"/vault/colleagues/{world.staff['cholpon'].pk}/focal-point"
    page = world.client("bakyt").post(address, {"passphrase": PASSPHRASE}, follow=True)
    assert "A second approval is needed." in page.content.decode()
    here = page.redirect_chain[-1][0]
    page = world.client("saule").post(
        f"{here}/approve", {"passphrase": PASSPHRASE, "compared": "on"}, follow=True
    )
    assert "when the waiting time is over" in page.content.decode()
    assert world.client("bakyt").post(f"{here}/carry-out").status_code == 409
    request = Request.objects.get(pk=here.rsplit("/", 1)[1])
    shares = recovery.combine(list(world.shares["north"][:2]))
    recovery.approve_by_shares(recovery=shares, request=request, at=timezone.now())
    return world.client("bakyt").post(f"{here}/carry-out", follow=True).content.decode()


def test_cholpon_becomes_a_focal_point_and_opens_what_was_here_before(world, old_files):
    page = world.client("bakyt").get(f"/vault/colleagues/{world.staff['cholpon'].pk}/focal-point")
    assert "Every case, event and household" in page.content.decode()
    assert "holds the society" in make_cholpon(world)
    cholpon = fresh(world, "cholpon")
    assert cholpon.has_role("focal_point")
    kinds = {held.kind for held in world.keys("cholpon").held()}
    assert kinds == {"D", "G", "K", "F", "L"}
    everything = File.objects.filter(society=cholpon.society).values_list("pk", flat=True)
    assert len(everything) == 6
    assert len(world.keys("cholpon").open_files(everything)) == 6
    assert "sealed anew" not in world.client("bakyt").get("/vault/colleagues").content.decode()


def test_a_new_focal_point_can_admit_colleagues_that_others_trust(world):
    everyone_signs_in(world)
    make_cholpon(world)
    fresh(world, "cholpon")
    jamila = accounts.add_colleague(
        society=world.societies["north"], username="jamila", name="Jamila", roles=["caseworker"], at=world.at
    )
    vault.make_staff_key(staff=jamila, passphrase=PASSPHRASE, code="ab" * 16, at=world.at)
    vault.admit(keys=world.keys("cholpon"), staff=jamila, at=world.at)
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    vault.grant(keys=world.keys("amina"), file=case.file_id, to=jamila, at=world.at)


def test_old_files_follow_in_chunks_and_the_page_says_how_many_are_left(world, old_files):
    left = make_focal_point(world, "cholpon")
    assert left == 5
    assert (
        "5 files are still to be sealed anew"
        in world.client("bakyt").get("/vault/colleagues").content.decode()
    )
    assert vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at, size=2).left == 3
    assert "3 files are still" in world.client("saule").get("/vault/colleagues").content.decode()
    assert vault.regrant_chunk(keys=world.keys("saule"), at=world.at).left == 0


def test_a_wrong_passphrase_makes_nobody_a_focal_point(world):
    address = f"/vault/colleagues/{world.staff['cholpon'].pk}/focal-point"
    page = (
        world.client("bakyt").post(address, {"passphrase": "acid acid acid acid acid acid"}).content.decode()
    )
    # The page asks for the words alone: it does not speak of a name and of digits.
    assert "These are not your six words." in page and "six digits" not in page
    assert not fresh(world, "cholpon").has_role("focal_point")
    assert not KeyHeld.objects.filter(staff=world.staff["cholpon"]).exists()


def test_neither_an_unadmitted_key_nor_another_society_gets_the_keys(world):
    jamila = accounts.add_colleague(
        society=world.societies["north"], username="jamila", name="Jamila", roles=["focal_point"], at=world.at
    )
    vault.make_staff_key(staff=jamila, passphrase=PASSPHRASE, code="ab" * 16, at=world.at)
    with pytest.raises(Refusal, match="not-admitted"):
        vault.make_focal_point(keys=world.keys("bakyt"), staff=jamila, at=world.at)
    with pytest.raises(Refusal, match="other-society"):
        vault.ask(keys=world.keys("bakyt"), act=FOCAL_POINT, staff=world.staff["daler"], at=world.at)
    with pytest.raises(Refusal, match="not-admitted"):
        vault.ask(keys=world.keys("bakyt"), act=FOCAL_POINT, staff=jamila, at=world.at)
    with pytest.raises(Refusal, match="focal-point-only"):
        vault.ask(keys=world.keys("amina"), act=FOCAL_POINT, staff=world.staff["cholpon"], at=world.at)
    with pytest.raises(Refusal, match="two-people-decide"):
        vault.admit(keys=world.keys("bakyt"), staff=jamila, at=world.at)
    world.staff["jamila"] = jamila
    decide(world, ADMIT, "jamila", at=world.at)
    vault.admit(keys=world.keys("bakyt"), staff=jamila, at=world.at)
    page = world.client("bakyt").get("/vault/colleagues").content.decode()
    assert "Not finished: the keys are still to be given." in page


def test_the_tick_of_a_role_makes_nobody_a_focal_point(world):
    bakyt, address = world.client("bakyt"), f"/vault/colleagues/{world.staff['cholpon'].pk}"
    assert 'value="focal_point"' not in bakyt.get(address).content.decode()
    bakyt.post(address, {"roles": ["caseworker", "focal_point"], "branch": ""})
    assert not fresh(world, "cholpon").has_role("focal_point")


def test_no_single_key_is_taken_from_a_focal_point(world):
    bakyt, address = world.client("bakyt"), f"/vault/colleagues/{world.staff['saule'].pk}"
    assert "Holds every key of the society" in bakyt.get(address).content.decode()
    assert bakyt.post(f"{address}/key", {"kind": "G", "do": "take"}).status_code == 409
    assert world.keys("saule").holds("G")


# ---- roles and their keys ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "kind"), [("data_officer", "F"), ("intake", "G"), ("hotline_operator", "L")]
)
def test_a_role_brings_its_duty_key_and_takes_it_along(world, role, kind):
    cholpon, bakyt = world.staff["cholpon"], world.client("bakyt")
    address = f"/vault/colleagues/{cholpon.pk}"
    page = bakyt.post(address, {"roles": ["caseworker", role], "branch": ""}, follow=True).content.decode()
    assert "Given with them" in page
    assert [held.kind for held in world.keys("cholpon").held()] == [kind]
    page = bakyt.post(address, {"roles": ["caseworker"], "branch": ""}, follow=True).content.decode()
    assert "Taken back, with a new generation" in page
    assert not world.keys("cholpon").held()
    assert SocietyKey.objects.get(society=cholpon.society, kind=kind, retired_at=None).generation == 2
    if kind == "L":
        assert world.keys("elena").holds("L").generation == 2


def test_a_colleague_does_at_least_one_thing_and_the_answer_stays_on_the_form(world):
    bakyt, address = world.client("bakyt"), f"/vault/colleagues/{world.staff['cholpon'].pk}"
    assert 'class="errors"' in bakyt.post(address, {"roles": [], "branch": ""}).content.decode()
    assert fresh(world, "cholpon").role_names == {"caseworker"}
    with pytest.raises(Refusal, match="no-role"):
        vault.change_roles(
            keys=world.keys("bakyt"), staff=world.staff["cholpon"], roles=[], branch=None, at=world.at
        )


def test_a_data_officer_gets_the_facts_key_as_soon_as_the_key_is_admitted(world):
    jamila = accounts.add_colleague(
        society=world.societies["north"],
        username="jamila",
        name="Jamila",
        roles=["data_officer"],
        at=world.at,
    )
    vault.make_staff_key(staff=jamila, passphrase=PASSPHRASE, code="ab" * 16, at=world.at)
    words = queries.key_state(jamila).words
    page = world.client("bakyt").post(
        f"/vault/colleagues/{jamila.pk}/admit",
        {"words": words, "compared": "yes", "passphrase": PASSPHRASE},
        follow=True,
    )
    assert "Given with the roles: Facts key." in page.content.decode()


# ---- no longer a focal point ---------------------------------------------------------------------


def test_saule_stays_as_caseworker_and_opens_only_what_is_hers(world, old_files):
    make_focal_point(world, "cholpon")
    vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at)
    vault.change_roles(
        keys=world.keys("bakyt"),
        staff=world.staff["saule"],
        roles=["caseworker", "data_officer"],
        branch=None,
        at=world.at,
    )
    saule = fresh(world, "saule")
    own = cases.open_case(keys=world.keys("saule"), by=saule, at=world.at)
    house = cases.open_case_group(
        keys=world.keys("saule"), kind="household", about={"title": "y"}, at=world.at
    )
    cases.join_case_group(keys=world.keys("saule"), gathering=house, case=own, at=world.at)
    address = f"/vault/colleagues/{saule.pk}/no-focal-point"
    bakyt = world.client("bakyt")
    assert "close to this colleague" in bakyt.get(address).content.decode()
    page = bakyt.post(address, {"passphrase": PASSPHRASE}, follow=True)
    here = page.redirect_chain[-1][0]
    assert fresh(world, "saule").has_role("focal_point"), "asked is not decided"
    world.client("cholpon").post(f"{here}/approve", {"passphrase": PASSPHRASE, "compared": "on"})
    saule = fresh(world, "saule")
    assert saule.role_names == {"caseworker", "data_officer"}
    opened = world.keys("saule").open_files(File.objects.values_list("pk", flat=True))
    assert set(opened) == {own.file_id, house.file_id}
    assert {(held.kind, held.generation) for held in world.keys("saule").held()} == {("F", 1), ("F", 2)}
    assert world.client("saule").get("/vault/colleagues").status_code == 404


def test_two_focal_points_stay_and_files_are_sealed_first(world, old_files):
    with pytest.raises(Refusal, match="too-few-focal-points"):
        vault.end_focal_point(keys=world.keys("bakyt"), staff=world.staff["saule"], at=world.at)
    make_focal_point(world, "cholpon")
    with pytest.raises(Refusal, match="seal-anew-first"):
        vault.end_focal_point(keys=world.keys("bakyt"), staff=world.staff["saule"], at=world.at)
    vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at)
    with pytest.raises(Refusal, match="not-oneself"):
        vault.end_focal_point(keys=world.keys("bakyt"), staff=world.staff["bakyt"], at=world.at)
    with pytest.raises(Refusal, match="no-focal-point"):
        vault.end_focal_point(keys=world.keys("bakyt"), staff=world.staff["amina"], at=world.at)


# ---- the signing key after a focal point went ------------------------------------------------------


@pytest.fixture
def saule_left(world):
    return saule_leaves(world)


def test_the_old_signing_key_stays_in_force_until_a_second_focal_point_confirms(world, saule_left):
    bakyt, cholpon = world.client("bakyt"), world.client("cholpon")
    words = queries.fingerprint(bytes(saule_left.public)).split()
    assert "tell the other focal point" in bakyt.get("/vault/colleagues").content.decode()
    assert bakyt.post("/vault/signing-key").status_code == 409, "whoever made it does not confirm it"
    page = cholpon.get("/vault/signing-key").content.decode()
    assert all(f"<li>{word}</li>" in page for word in words)
    assert queries.holders_of_signing_key(world.societies["north"].pk) == {
        world.staff["bakyt"].pk,
        world.staff["cholpon"].pk,
    }
    assert cholpon.post("/vault/signing-key").status_code == 302
    saule_left.refresh_from_db()
    assert not saule_left.waits
    assert cholpon.post("/vault/signing-key").status_code == 409
    assert SocietyKey.objects.get(society=saule_left.society, kind="D", retired_at=None) == saule_left


def test_after_the_change_everybody_goes_on_working_and_trusts_the_new_key(world, saule_left):
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    # Amina's session was open all the time: her pin moves in the middle of the work.
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    assert world.keys("amina").pinned == bytes(saule_left.public)
    assert queries.opens(keys=world.keys("cholpon"), file=case.file_id)
    # Elena signs in anew.
    sign_in.open_vault(
        opened=sign_in.CheckedPassphrase(world.staff["elena"], world.seeds["elena"]),
        session_key="e2",
        at=world.at,
    )
    assert world.keys("elena").pinned == bytes(saule_left.public)
    assert vault.begin_file(keys=world.keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=world.at)


def test_the_key_that_saule_kept_signs_nothing_that_amina_believes(world, saule_left):
    old = world.keys("bakyt").holds("D").seed
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    sign_in.open_vault(
        opened=sign_in.CheckedPassphrase(world.staff["amina"], world.seeds["amina"]),
        session_key="a2",
        at=world.at,
    )
    line = SocietyKey.objects.get(society=saule_left.society, kind="G", retired_at=None)
    line.signature = sign(old, "society key", line.society_id, "G", "", line.generation, bytes(line.public))
    line.save()
    with pytest.raises(Refusal, match="society-key-not-signed"):
        world.keys("amina").society_key("G")


def test_saule_cannot_name_a_successor_alone_with_the_key_she_kept(world, saule_left):
    """With write access to the database and the old D, she signs a D of her own and countersigns it herself."""
    old, her = world.keys("bakyt").holds("D"), world.seeds["saule"]
    row, mine = SocietyKey.objects.get(pk=old.id), bytes(range(32))
    public = signing_key_chain.signing_public(mine)
    bits = signing_key_chain.countersignature_body(row.society_id, 2, bytes(row.public), public)
    own = {str(world.staff["saule"].pk): sign(signing_key_chain.voucher(her), *bits)}
    invented = own | {str(world.staff["zarina"].pk): sign(b"x" * 32, *bits)}
    link = signing_key_chain.Link(
        row.society_id, 2, public, sign(old.seed, "society key", row.society_id, "D", "", 2, public), own
    )
    met = world.keys("amina").record.vouchers
    assert set(met) == {str(world.staff[n].pk) for n in ("bakyt", "saule", "cholpon")}
    for countersigned in (own, invented, {}):
        forged = signing_key_chain.Link(row.society_id, 2, public, link.signature, countersigned)
        assert signing_key_chain.accepts_new_signing_key(bytes(row.public), met, [forged]) is None


def forgets(world, name, whom):
    """As if she had not signed in since ``whom`` came: her record, whole and of today, without that one."""
    record = world.keys(name).record
    met = {who: public for who, public in record.vouchers.items() if who != str(world.staff[whom].pk)}
    kept = pin_record.close(replace(record, vouchers=met), seed=world.seeds[name], staff=world.staff[name].pk)
    StaffKey.objects.filter(staff=world.staff[name]).update(pins=kept)


def test_whoever_met_only_one_of_the_two_compares_the_words_by_telephone(world, saule_left):
    forgets(world, "amina", "cholpon")
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    with pytest.raises(Refusal, match="key-not-signed") as refused:
        cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    assert "compare" in str(refused.value.next_step)
    amina, words = world.client("amina"), queries.signing_key(saule_left.society_id).words
    address = "/vault/signing-key/by-telephone"
    assert (
        'class="errors"' in amina.post(address, {"words": "acid acid acid acid acid acid"}).content.decode()
    )
    assert amina.post(address, {"words": words.upper()}).status_code == 302
    assert cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)


def test_a_signing_key_that_somebody_put_there_is_not_confirmed(world, saule_left):
    forged = signing_key_chain.signing_public(b"z" * 32)
    SocietyKey.objects.filter(pk=saule_left.pk).update(public=forged)
    with pytest.raises(Refusal, match="nothing-waits"):
        vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    SocietyKey.objects.filter(pk=saule_left.pk).update(
        public=saule_left.public, countersigned={str(world.staff["bakyt"].pk): "00" * 64}
    )
    with pytest.raises(Refusal, match="signing-key-not-ours"):
        vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)


def test_what_the_old_key_had_not_signed_is_not_signed_by_the_new_one(world, saule_left):
    swapped = StaffKey.objects.get(staff=world.staff["gulnar"])
    swapped.public = StaffKey.objects.get(staff=world.staff["daler"]).public
    swapped.save()
    vault.confirm_signing_key(keys=world.keys("cholpon"), at=world.at)
    with pytest.raises(Refusal, match="key-not-signed"):
        world.keys("amina").must_trust(StaffKey.objects.select_related("staff").get(pk=swapped.pk))
    assert Grant.objects.filter(staff=world.staff["gulnar"]).count() == 0


def test_when_the_maker_leaves_too_a_new_key_takes_the_place_of_the_one_that_waits(world, saule_left):
    make_focal_point(world, "amina", second="cholpon")
    fresh(world, "amina")
    decide(world, END, "bakyt", at=world.at, by="cholpon", second="amina")
    sign_in.end_access(keys=world.keys("cholpon"), staff=world.staff["bakyt"], at=world.at)
    waiting = SocietyKey.objects.get(society=saule_left.society_id, kind="D", waits=True)
    assert waiting.public != saule_left.public
    assert vault.confirm_signing_key(keys=world.keys("amina"), at=world.at).pk == waiting.pk


def test_who_made_a_new_key_meanwhile_confirms_one_that_is_made_anew(world, saule_left):
    SocietyKey.objects.filter(pk=saule_left.pk).update(made_at=world.at - timedelta(hours=1))
    bakyt, cholpon = world.client("bakyt"), world.client("cholpon")
    assert cholpon.post("/vault/signing-key").status_code == 403
    assert bakyt.post("/vault/signing-key", {"do": "anew"}).status_code == 302
    assert cholpon.post("/vault/signing-key").status_code == 302


@pytest.mark.parametrize("name", ["amina", "zarina", "timur"])
def test_only_focal_points_reach_these_pages(world, name):
    client, pk = world.client(name), world.staff["cholpon"].pk
    for address in (
        f"/vault/colleagues/{pk}/focal-point",
        f"/vault/colleagues/{pk}/no-focal-point",
        "/vault/signing-key",
        "/vault/new-recovery-key",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert KeyKind.SIGNING not in {held.kind for held in world.keys(name).held()}


def test_focal_points_from_before_they_were_named_are_named_by_whoever_met_them(world):
    everyone_signs_in(world)
    apps.get_model("vault.FocalPointAttestation").objects.all().delete()
    north = world.societies["north"].pk
    apps.get_model("accounts.RoleHeld").objects.create(
        staff=world.staff["elena"], role="focal_point", since=world.at
    )
    assert focal_point_ids(north) == set()
    world.client("bakyt")
    vault.maintain_a_little(keys=world.keys("bakyt"), at=world.at)
    assert focal_point_ids(north) == {world.staff["bakyt"].pk, world.staff["saule"].pk}
