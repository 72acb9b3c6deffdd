"""Every act that needs two people, tried by one person with two accounts.

Bakyt asks. His second account, *shadow*, comes after that: admitted, made a focal point and a data protection officer,
with the help of somebody who was deceived. It must fail at each act all the same. An act without a play fails here.
The other order, where the account came first, follows: nobody but whoever admitted it knows its owner.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import RoleHeld
from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.approvals.models import Request
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import two_people
from panah.ground.vault.models import StaffKey
from panah.ground.vault.same_person import known_through_one
from panah.people.cases import actions as cases
from panah.people.cases.actions import assistance_receipts, closing, plan
from panah.people.complaints import actions as complaints
from panah.people.hotline.actions.authorities import decide_request, take_request
from panah.people.imports import actions as imports
from panah.people.imports import queries as imports_queries
from panah.people.intake import actions as intake
from panah.people.reporters.queries import FileEntry
from panah.people.shelter import actions as shelter
from panah.people.shelter import queries as shelter_queries
from panah.programmes.evidence import actions as evidence
from panah.programmes.evidence import products
from panah.programmes.evidence.actions import deciding
from tests.conftest import PASSPHRASE
from tests.inbox.conftest import arrive
from tests.shelter.conftest import SHEET, make_house
from tests.two_people import make_focal_point

DECISION = {"decision": "yes", "reason": "x", "basis": "order", "lawyer": "yes"}


def made_up_caseworker(world, at):
    """Bakyt invites shadow, joins as shadow and admits the key: alone, as he may with any caseworker."""
    staff = accounts.add_colleague(
        society=world.societies["north"], username="shadow", name="Shadow", roles=["caseworker"], at=at
    )
    vault.make_staff_key(staff=staff, passphrase=PASSPHRASE, code="cd" * 16, at=at)
    seed = sign_in.check_passphrase(username="shadow", passphrase="cd" * 16, at=at, with_code=True).seed
    world.staff["shadow"], world.seeds["shadow"] = staff, seed
    vault.admit(keys=world.keys("bakyt"), staff=staff, at=at)
    return staff


def second_account(world):
    """Shadow becomes everything that one can be, now."""
    staff = made_up_caseworker(world, timezone.now())
    make_focal_point(world, "shadow", at=timezone.now())
    RoleHeld.objects.create(staff=staff, role="data_protection_officer", since=timezone.now())
    world.staff["shadow"] = type(staff).objects.get(pk=staff.pk)
    vault.regrant_chunk(keys=world.keys("bakyt"), at=timezone.now())


def before():
    return timezone.now() - timedelta(hours=30)


def a_case(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    vault.grant(keys=world.keys("amina"), file=case.file_id, to=world.staff["bakyt"], at=world.at)
    return case


# ---- plays: each asks as Bakyt, and returns what shadow and Bakyt try then -------------------------


def of_the_vault(act, whom="zarina"):
    def play(world):
        request = vault.ask(keys=world.keys("bakyt"), act=act, staff=world.staff[whom], at=before())
        return lambda name: vault.approve(keys=world.keys(name), request=request, at=timezone.now())

    return play


def a_plan(world):
    case = a_case(world)
    plan.write_need(keys=world.keys("bakyt"), case=case, need={"type": "health", "do": "x"}, at=before())
    plan.ask_plan(keys=world.keys("bakyt"), case=case, at=before())
    return lambda name: plan.approve_plan(keys=world.keys(name), case=case, at=timezone.now())


def a_closing(world):
    case = a_case(world)
    closing.ask_closing(keys=world.keys("bakyt"), case=case, reason="goals", text="x", at=before())
    return lambda name: closing.close_case(keys=world.keys(name), case=case, at=timezone.now())


def an_erasing(world):
    case = a_case(world)
    type(case).objects.filter(pk=case.pk).update(
        state="closed", closed_at=before(), closed_by=world.staff["bakyt"]
    )
    case.refresh_from_db()
    closing.ask_erasing(keys=world.keys("bakyt"), case=case, reason="x", at=before())
    return lambda name: closing.erase_case(
        keys=world.keys(name), case=case, number=case.number, at=timezone.now()
    )


def a_receipt(world):
    case = a_case(world)
    ref = assistance_receipts.give_means(
        keys=world.keys("bakyt"), case=case, means={"kind": "money", "what": "x"}, second=world.staff["saule"],
        at=before(),
    )  # fmt: skip
    return lambda name: assistance_receipts.sign_second(
        keys=world.keys(name), case=case, ref=ref, at=timezone.now()
    )


def an_authority(world):
    request = take_request(
        keys=world.keys("amina"), typed={"who": "court"}, by=world.staff["amina"], at=before()
    )

    def decides(name):
        decide_request(
            keys=world.keys(name), request=request, by=world.staff[name], at=timezone.now(), **DECISION
        )

    decides("bakyt")
    return decides


def a_second_reader(world):
    row = complaints.name_second(staff=world.staff["amina"], by=world.staff["bakyt"], at=before())
    return lambda name: complaints.confirm(row=row, by=world.staff[name], at=timezone.now())


def a_signing_key(world):
    vault.propose_signing_key(keys=world.keys("bakyt"), at=before())
    return lambda name: vault.confirm_signing_key(keys=world.keys(name), at=timezone.now())


def a_recovery_key(world):
    def begins(name):
        # As a focal point of today he may sit there; an account that is one only later may not.
        RoleHeld.objects.filter(staff=world.staff[name], role="focal_point").update(
            since=timezone.now() + timedelta(hours=1)
        )
        second = sign_in.CheckedPassphrase(world.staff[name], world.seeds[name])
        vault.begin_ceremony(keys=world.keys("bakyt"), second=second, at=timezone.now(), again=True)

    return begins


def a_marked_picture(world):
    """Bakyt asks to open a picture that may show a child abused."""
    arrival = arrive(world, at=before(), expires=timezone.now() + timedelta(days=30))
    entry = FileEntry(uuid4(), bytes(32), "a.png", "png", "picture", 1)
    picture = intake.mark_picture(arrival=arrival, entry=entry, by=world.staff["bakyt"], at=before())
    intake.ask_to_open(picture=picture, by=world.staff["bakyt"], at=before())
    return lambda name: intake.agree_to_open(picture=picture, by=world.staff[name], at=timezone.now())


def a_working_mode(world):
    day = timezone.localdate(before())
    request = sign_in.ask_for_mode(
        mode="light", from_day=day, receiver="Childline", accepted_by="Lola", accepted_on=day,
        keys=world.keys("bakyt"), at=before(),
    )  # fmt: skip
    return lambda name: sign_in.approve_mode(keys=world.keys(name), request=request, at=timezone.now())


def a_release(world):
    """Bakyt prepares what is to be published of made-up people."""
    by, at = world.staff["bakyt"], before()
    row = evidence.begin(
        what="rehearsal", year=at.year - 1, product="tables", title="x", contact="x", by=by, at=at
    )
    evidence.prepare(keys=world.keys("bakyt"), release=row, at=at, make=products.make)
    return lambda name: deciding.read(release=row, seen="", by=world.staff[name], at=timezone.now())


def an_export(world):
    """Bakyt asks that two people's cases leave with names."""
    rows = [a_case(world), a_case(world)]
    request = imports.ask_to_take_out(
        keys=world.keys("bakyt"),
        rows=rows,
        purpose="documents",
        form="csv",
        at=before() + timedelta(hours=10),
    )
    return lambda name: imports.agree(
        keys=world.keys(name), request=request, seen=imports_queries.mark_of(request), at=timezone.now()
    )


def somebody_sent_away(world):
    """Bakyt asks a woman to leave whose danger nobody rules out."""
    at, keys = before(), world.keys("bakyt")
    place = make_house(world, lead="bakyt")
    first = shelter_queries.tonight(at)
    sheet = {**SHEET, "called": "x"}
    stay = shelter.ask(
        keys=keys, place=place, sheet=sheet, from_day=first, to_day=first + timedelta(days=9), at=at
    )

    def look(name):
        return shelter_queries.stay_or_404(stay.pk, to=world.staff[name], keys=world.keys(name))

    bed = place.rooms.get(name="Room 1").beds.first()
    shelter.give_bed(keys=keys, opened=look("bakyt"), bed=bed, at=at)
    shelter.leave(
        keys=keys,
        opened=look("bakyt"),
        to="partner",
        how="asked_to",
        reason="x",
        onward="x",
        danger="unknown",
        at=at,
    )
    return lambda name: shelter.decide_leaving(
        keys=world.keys(name), opened=look(name), agrees=True, why="x", at=timezone.now()
    )


PLAYS = {
    "cases:closing": a_closing,
    "cases:erasing": an_erasing,
    "cases:plan": a_plan,
    "cases:receipt": a_receipt,
    "complaints:second-reader": a_second_reader,
    "evidence:release": a_release,
    "hotline:authority": an_authority,
    "imports:export": an_export,
    "intake:marked-picture": a_marked_picture,
    "network:working-mode": a_working_mode,
    "shelter:send-away": somebody_sent_away,
    "vault:admit": of_the_vault(two_people.ADMIT),
    "vault:end-access": of_the_vault(two_people.END),
    "vault:focal-point": of_the_vault(two_people.FOCAL_POINT, "amina"),
    "vault:new-key": of_the_vault(two_people.NEW_KEY),
    "vault:no-focal-point": of_the_vault(two_people.NO_FOCAL_POINT, "saule"),
    "vault:no-officer": of_the_vault(two_people.NO_OFFICER),
    "vault:officer": of_the_vault(two_people.OFFICER, "amina"),
    "vault:recovery-key": a_recovery_key,
    "vault:signing-key": a_signing_key,
}
REFUSED = {
    "role-too-young", "not-yours-to-decide", "another-decides", "voted-already", "not-the-approver",
    "not-the-second", "two-people-decide", "not-the-confirmer", "not-oneself",
    "two-focal-points",
}  # fmt: skip


def test_every_act_that_needs_two_people_is_played():
    assert ACTS.names() == sorted(PLAYS)
    for act in ACTS:
        assert act.asks and act.decides and str(act.label), act.name
        assert act.stopped_by or not act.waits, f"{act.name}: who waits can be stopped"


@pytest.mark.parametrize("name", sorted(PLAYS))
def test_one_person_with_two_accounts_fails(world, name):
    tries = PLAYS[name](world)
    second_account(world)
    for account in ("shadow", "bakyt"):
        with pytest.raises(Refusal) as refused:
            tries(account)
        assert refused.value.code in REFUSED, (name, account, refused.value.code)


def a_plan_and_money_of_shadow(world):
    """Shadow, who came first, asks for the approval of a plan and gives money; returns the case and the receipt."""
    now = timezone.now()
    case = cases.open_case(keys=world.keys("shadow"), by=world.staff["shadow"], at=now)
    plan.write_need(keys=world.keys("shadow"), case=case, need={"type": "health", "do": "x"}, at=now)
    plan.ask_plan(keys=world.keys("shadow"), case=case, at=now)
    money = {"kind": "money", "what": "x"}
    ref = assistance_receipts.give_means(
        keys=world.keys("shadow"), case=case, means=money, second=world.staff["bakyt"], at=now
    )
    return case, ref


def refused_as_known_to_one(act, **given):
    with pytest.raises(Refusal) as refused:
        act(**given, at=timezone.now())
    return refused.value.code == "known-to-one"


def test_whoever_admitted_an_account_decides_nothing_that_it_asks_for_while_nobody_else_knows_its_owner(
    world,
):
    made_up_caseworker(world, before())
    case, ref = a_plan_and_money_of_shadow(world)
    bakyt = world.keys("bakyt")
    assert refused_as_known_to_one(plan.approve_plan, keys=bakyt, case=case)
    assert refused_as_known_to_one(assistance_receipts.sign_second, keys=bakyt, case=case, ref=ref)
    other = cases.open_case(keys=world.keys("shadow"), by=world.staff["shadow"], at=timezone.now())
    closing.ask_closing(keys=world.keys("shadow"), case=other, reason="goals", text="x", at=timezone.now())
    assert refused_as_known_to_one(closing.close_case, keys=bakyt, case=other)
    # Neither the one who is in doubt nor whoever admitted it ends the doubt; somebody with another role does not either.
    for name in ("bakyt", "shadow", "amina", "rustam"):
        with pytest.raises(Refusal) as refused:
            vault.confirm_known(staff=world.staff["shadow"], by=world.staff[name], at=timezone.now())
        assert refused.value.code == "not-yours-to-say", name
    # Help need not wait: the other focal point decides as ever.
    plan.approve_plan(keys=world.keys("saule"), case=case, at=timezone.now())
    assert case.plan_approved_by == world.staff["saule"]


def test_two_accounts_that_one_person_admitted_do_not_sign_for_each_other(world):
    made_up_caseworker(world, before())
    case, ref = a_plan_and_money_of_shadow(world)
    second = accounts.add_colleague(
        society=world.societies["north"], username="shade", name="Shade", roles=["caseworker"], at=before()
    )
    vault.make_staff_key(staff=second, passphrase=PASSPHRASE, code="ce" * 16, at=before())
    opened = sign_in.check_passphrase(username="shade", passphrase="ce" * 16, at=before(), with_code=True)
    world.staff["shade"], world.seeds["shade"] = second, opened.seed
    vault.admit(keys=world.keys("bakyt"), staff=second, at=before())
    vault.grant(keys=world.keys("shadow"), file=case.file_id, to=second, at=timezone.now())
    assert refused_as_known_to_one(
        assistance_receipts.sign_second, keys=world.keys("shade"), case=case, ref=ref
    )


@pytest.mark.parametrize("who", ["saule", "zarina"])
def test_once_a_second_person_knows_a_colleague_whoever_admitted_her_decides_as_before(world, who):
    made_up_caseworker(world, before())
    case, ref = a_plan_and_money_of_shadow(world)
    vault.confirm_known(staff=world.staff["shadow"], by=world.staff[who], at=timezone.now())
    plan.approve_plan(keys=world.keys("bakyt"), case=case, at=timezone.now())
    assistance_receipts.sign_second(keys=world.keys("bakyt"), case=case, ref=ref, at=timezone.now())
    assert case.plan_approved_by == world.staff["bakyt"]


def test_a_key_made_anew_is_known_to_one_again(world):
    """Her account may have been taken: whoever lets a lost key be made anew could sit at it himself."""
    sign_in.begin_again(keys=world.keys("bakyt"), staff=world.staff["amina"], at=before())
    vault.make_staff_key(staff=world.staff["amina"], passphrase=PASSPHRASE, code="cf" * 16, at=before())
    vault.admit(keys=world.keys("bakyt"), staff=world.staff["amina"], at=before())
    assert known_through_one(world.staff["bakyt"]) == {world.staff["amina"].pk}


def test_a_newcomer_stands_on_the_lists_of_those_who_can_say_that_they_know_her(world):
    made_up_caseworker(world, before())
    address = f"/vault/colleagues/{world.staff['shadow'].pk}/known"
    saule = world.client("saule")
    assert address in saule.get("/").text
    assert "Bakyt" in saule.get(address).text
    assert saule.post(address).status_code == 302
    assert address not in saule.get("/").text
    assert saule.get(address).status_code == world.client("bakyt").get(address).status_code == 404


def test_an_act_without_waiting_needs_no_hour(world):
    assert not Act("x", "x", (), (), lambda society: {}).waits


def let_in_by_bakyt_alone(world, name):
    """A focal point whose owner nobody knows but Bakyt."""
    StaffKey.objects.filter(staff=world.staff[name]).update(admitted_by=world.staff["bakyt"], known_by=None)


@pytest.mark.parametrize(
    "name", ["imports:export", "network:working-mode", "vault:end-access", "vault:new-key"]
)
def test_whoever_may_be_the_one_who_asked_gives_no_second_vote(world, name):
    let_in_by_bakyt_alone(world, "saule")
    votes = PLAYS[name](world)
    with pytest.raises(Refusal) as refused:
        votes("saule")
    assert refused.value.code == "known-to-one"
    StaffKey.objects.filter(staff=world.staff["saule"]).update(known_by=world.staff["zarina"])
    votes("saule")


def test_the_page_offers_no_vote_to_whoever_may_be_the_one_who_asked(world):
    request = vault.ask(
        keys=world.keys("bakyt"), act=two_people.NEW_KEY, staff=world.staff["zarina"], at=before()
    )
    assert approvals_queries.may_approve(world.staff["saule"], request, at=timezone.now()), "control"
    let_in_by_bakyt_alone(world, "saule")
    assert not approvals_queries.may_approve(world.staff["saule"], request, at=timezone.now())


def test_two_who_may_be_one_are_not_two_votes_on_what_somebody_else_asked(world):
    """The first vote is another's than the asker's: the second is tried against both."""
    request = vault.ask(
        keys=world.keys("bakyt"), act=two_people.NEW_KEY, staff=world.staff["zarina"], at=before()
    )
    Request.objects.filter(pk=request.pk).update(asked_by=world.staff["amina"])
    request.refresh_from_db()
    let_in_by_bakyt_alone(world, "saule")
    with pytest.raises(Refusal) as refused:
        vault.approve(keys=world.keys("saule"), request=request, at=timezone.now())
    assert refused.value.code == "known-to-one"
