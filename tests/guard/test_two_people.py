"""One person with two accounts: he invites a second one, joins as it, and tries to be two people.

Each attack goes through the pages that a focal point uses. The first three were possible; they are played as they were.
"""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import RoleHeld, Staff
from panah.ground.approvals import actions as approvals
from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.acts import ACTS
from panah.ground.approvals.models import Request, Vote
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in.actions.invitations import claim_invitation
from panah.ground.vault import actions as vault
from panah.ground.vault import queries
from panah.ground.vault.actions import recovery
from panah.ground.work.models import DueItem
from panah.people.complaints import actions as complaints
from tests.conftest import PASSPHRASE
from tests.two_people import (
    ADMIT,
    END,
    FOCAL_POINT,
    NEW_KEY,
    NO_FOCAL_POINT,
    OFFICER,
    decide,
    make_focal_point,
)

WORDS = {"passphrase": PASSPHRASE}
COLLEAGUES = "/vault/colleagues"


def link_in(page):
    found = re.search(r"/vault/invitation/([\w-]+)", page.content.decode())
    return found[1] if found else ""


def joins(world, name, token):
    """Whoever has the link makes the key of the account, with words of his own."""
    staff = Staff.objects.get(username=name)
    if token:
        claim_invitation(token, staff, timezone.now())
    vault.make_staff_key(staff=staff, passphrase=PASSPHRASE, code="cd" * 16, at=timezone.now())
    world.staff[name] = staff
    world.seeds[name] = sign_in.check_passphrase(
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
    assert queries.value_of(keys=world.keys("zarina"), file=row.file_id, part="told")["what"].endswith(
        "tulip"
    )


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


# ---- sideways --------------------------------------------------------------------------------------

DAY = timedelta(hours=24)


def ask(world, act, name, *, by="bakyt", at=None):
    return vault.ask(keys=world.keys(by), act=act, staff=fresh(world, name), at=at or timezone.now())


def begins_again(world, name, *, by="bakyt", at=None):
    return sign_in.begin_again(keys=world.keys(by), staff=fresh(world, name), at=at or timezone.now())


def test_his_own_vote_twice_is_one_and_time_alone_gives_nothing(world):
    at = timezone.now()
    request = ask(world, NEW_KEY, "zarina", at=at)
    with pytest.raises(Refusal, match="voted-already"):
        vault.approve(keys=world.keys("bakyt"), request=request, at=at)
    with pytest.raises(Refusal, match="second-approval-missing"):
        begins_again(world, "zarina", at=at + 2 * DAY)


def test_two_votes_wait_a_day_and_are_good_once(world):
    at = timezone.now()
    request = ask(world, NEW_KEY, "zarina", at=at)
    vault.approve(keys=world.keys("saule"), request=request, at=at)
    with pytest.raises(Refusal, match="waiting-time"):
        begins_again(world, "zarina", at=at + DAY - timedelta(minutes=1))
    assert queries.has_key(world.staff["zarina"]), "until then nothing ends"
    assert begins_again(world, "zarina", at=at + DAY)
    with pytest.raises(Refusal, match="two-people-decide"):
        begins_again(world, "zarina", at=at + DAY)


def test_the_new_key_of_the_officer_is_admitted_by_two_who_compared_its_words(world):
    at = timezone.now()
    request = ask(world, NEW_KEY, "zarina", at=at)
    vault.approve(keys=world.keys("saule"), request=request, at=at)
    token = begins_again(world, "zarina", at=at + DAY)
    claim_invitation(token, world.staff["zarina"], at + DAY)
    vault.make_staff_key(staff=world.staff["zarina"], passphrase=PASSPHRASE, code="cd" * 16, at=at + DAY)
    later = at + DAY + timedelta(hours=1)
    with pytest.raises(Refusal, match="two-people-decide"):
        vault.admit(keys=world.keys("bakyt"), staff=world.staff["zarina"], at=later)
    request = ask(world, ADMIT, "zarina", at=later)
    with pytest.raises(Refusal, match="second-approval-missing"):
        vault.admit(keys=world.keys("bakyt"), staff=world.staff["zarina"], at=later)
    vault.approve(keys=world.keys("saule"), request=request, at=later)
    # She waited a day for her key: she does not wait once more.
    vault.admit(keys=world.keys("bakyt"), staff=world.staff["zarina"], at=later)
    assert queries.key_state(world.staff["zarina"]).state == "admitted"


def test_of_two_focal_points_neither_resets_the_other_but_with_two_shares(world):
    """There is no third who could be the second: only the holders of the papers stand in for one."""
    at = timezone.now()
    request = ask(world, NEW_KEY, "saule", at=at)
    with pytest.raises(Refusal, match="another-decides"):
        vault.approve(keys=world.keys("saule"), request=request, at=at)
    with pytest.raises(Refusal, match="second-approval-missing"):
        begins_again(world, "saule", at=at + 3 * DAY)
    recovery.approve_by_shares(
        recovery=recovery.combine(list(world.shares["north"][1:])), request=request, at=at
    )
    assert begins_again(world, "saule", at=at)


def test_two_holders_type_their_shares_at_the_machine_and_it_need_not_wait(world, monkeypatch, capsys):
    request = ask(world, OFFICER, "amina")
    typed = "\n".join(world.shares["north"][:2]) + "\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command("recover", approve=request.pk.hex[:8], society="practice-north")
    assert "Make a data protection officer: Amina (Bakyt)" in capsys.readouterr().out
    page = world.client("bakyt").post(f"/vault/two-people/{request.pk}/carry-out", follow=True)
    assert "is a data protection officer" in page.content.decode()
    assert fresh(world, "amina").has_role("data_protection_officer")
    with pytest.raises(Refusal, match="no-such-request"):
        call_command("recover", approve="00000000", society="practice-north")


def test_shares_alone_are_not_two(world):
    request = ask(world, NEW_KEY, "zarina")
    Vote.objects.filter(request=request, staff=world.staff["bakyt"]).delete()
    shares = recovery.combine(list(world.shares["north"][:2]))
    for _ in range(2):
        recovery.approve_by_shares(recovery=shares, request=request, at=timezone.now())
    with pytest.raises(Refusal, match="second-approval-missing"):
        begins_again(world, "zarina")


def test_who_became_a_focal_point_after_the_request_does_not_vote_on_it(world):
    request = ask(world, NEW_KEY, "zarina", at=timezone.now() - timedelta(hours=1))
    make_focal_point(world, "cholpon", at=timezone.now())
    fresh(world, "cholpon")
    with pytest.raises(Refusal, match="role-too-young"):
        vault.approve(keys=world.keys("cholpon"), request=request, at=timezone.now())


def test_a_key_that_was_made_anew_after_the_request_does_not_vote_on_it(world):
    make_focal_point(world, "cholpon")
    request = ask(world, NEW_KEY, "zarina", at=timezone.now() - timedelta(hours=1))
    at = timezone.now()
    fresh(world, "cholpon")
    decide(world, NEW_KEY, "cholpon", at=at)
    joins(world, "cholpon", begins_again(world, "cholpon", at=at))
    decide(world, ADMIT, "cholpon", at=timezone.now())
    vault.admit(keys=world.keys("bakyt"), staff=world.staff["cholpon"], at=timezone.now())
    with pytest.raises(Refusal, match="role-too-young"):
        vault.approve(keys=world.keys("cholpon"), request=request, at=timezone.now())


def test_a_vote_that_was_given_counts_no_more_when_its_owner_lost_role_or_key(world):
    make_focal_point(world, "cholpon")
    fresh(world, "cholpon")
    at = timezone.now()
    request = ask(world, NEW_KEY, "zarina", at=at)
    vault.approve(keys=world.keys("cholpon"), request=request, at=at)
    assert approvals_queries.standing(Request.objects.get(pk=request.pk), at=at + DAY) == "ready"
    decide(world, NEW_KEY, "cholpon", at=at)
    begins_again(world, "cholpon", at=at)
    with pytest.raises(Refusal, match="second-approval-missing"):
        begins_again(world, "zarina", at=at + DAY)


def test_made_a_caseworker_first_the_officer_is_still_told_and_can_stop_it(world):
    """Taking her role away is asked for too: nobody is made small first, and reset then."""
    address = f"{COLLEAGUES}/{world.staff['zarina'].pk}"
    world.client("bakyt").post(address, {"roles": ["caseworker"], "branch": ""})
    assert fresh(world, "zarina").has_role("data_protection_officer")
    vault.change_roles(
        keys=world.keys("bakyt"), staff=world.staff["zarina"], roles=["caseworker"], branch=None, at=world.at
    )
    assert fresh(world, "zarina").has_role("data_protection_officer")
    at = timezone.now()
    request = ask(world, ACTS["vault:no-officer"], "zarina", at=at)
    with pytest.raises(Refusal, match="second-approval-missing"):
        vault.end_officer(keys=world.keys("bakyt"), staff=world.staff["zarina"], at=at)
    world.client("zarina", open_vault=False).post(f"/vault/two-people/{request.pk}/stop")
    with pytest.raises(Refusal, match="two-people-decide"):
        vault.end_officer(keys=world.keys("bakyt"), staff=world.staff["zarina"], at=at + DAY)


def test_a_third_focal_point_is_not_sent_away_by_one_at_once(world):
    """After the waiting time he can, if nobody stopped it: and two must stay, so nobody is ever the only one left."""
    make_focal_point(world, "cholpon")
    fresh(world, "cholpon")
    at, know = timezone.now(), {"keys": world.keys("bakyt")}
    for act, does in ((END, sign_in.end_access), (NO_FOCAL_POINT, vault.end_focal_point)):
        with pytest.raises(Refusal, match="two-people-decide"):
            does(staff=world.staff["saule"], at=at, **know)
        request = ask(world, act, "saule", at=at)
        with pytest.raises(Refusal, match="second-approval-missing"):
            does(staff=world.staff["saule"], at=at + DAY / 2, **know)
        approvals.stop(request=request, by=world.staff["saule"], at=at)
        with pytest.raises(Refusal, match="two-people-decide"):
            does(staff=world.staff["saule"], at=at + DAY, **know)
    ask(world, END, "saule", at=at)
    sign_in.end_access(staff=world.staff["saule"], at=at + DAY, **know)
    with pytest.raises(Refusal, match="too-few-focal-points"):
        sign_in.end_access(staff=world.staff["cholpon"], at=at + DAY, **know)


def test_a_second_vote_sends_a_focal_point_away_at_once(world):
    make_focal_point(world, "cholpon")
    request = ask(world, END, "saule")
    page = world.client("cholpon").post(
        f"/vault/two-people/{request.pk}/approve", WORDS | {"compared": "on"}, follow=True
    )
    assert "The access is ended." in page.content.decode()
    assert not fresh(world, "saule").is_active


def test_an_officer_is_not_invited_nor_ticked(world):
    for role in ("focal_point", "data_protection_officer"):
        assert invites_himself(world, roles=(role,)) is None
        with pytest.raises(Refusal, match="two-people-decide"):
            vault.must_be_plain(world.societies["north"].pk, [role])
    at = timezone.now()
    ask(world, OFFICER, "amina", at=at)
    with pytest.raises(Refusal, match="second-approval-missing"):
        vault.make_officer(keys=world.keys("bakyt"), staff=world.staff["amina"], at=at + DAY)


def test_the_administrator_and_whoever_only_stands_in_the_table_decide_nothing(world):
    request = ask(world, FOCAL_POINT, "amina")
    for name in ("timur", "ibrat"):
        with pytest.raises(Refusal, match="focal-point-only"):
            vault.approve(keys=world.keys(name), request=request, at=timezone.now())
        with pytest.raises(Refusal, match="not-yours-to-decide"):
            approvals.approve(request=request, by=world.staff[name], at=timezone.now(), proof=b"")
    RoleHeld.objects.create(staff=world.staff["ibrat"], role="focal_point", since=world.at)
    with pytest.raises(Refusal, match="not-yours-to-decide"):
        approvals.approve(request=request, by=fresh(world, "ibrat"), at=timezone.now(), proof=b"")


def test_a_stolen_session_has_no_words_and_approves_nothing(world):
    request, saule = ask(world, FOCAL_POINT, "amina"), world.client("saule")
    for given in ({}, {"compared": "on"}, {"compared": "on", "passphrase": "a b c d e f"}, WORDS):
        assert (
            'class="errors"' in saule.post(f"/vault/two-people/{request.pk}/approve", given).content.decode()
        )
    assert Vote.objects.filter(request=request).count() == 1
    for address in ("focal-point", "officer", "way-back", "end"):
        page = saule.post(f"{COLLEAGUES}/{world.staff['zarina'].pk}/{address}", {"lost": "everything"})
        assert page.status_code in (200, 302, 422)
    assert Request.objects.filter(state="waiting").count() == 1


# ---- whoever writes in the database ---------------------------------------------------------------


def test_votes_written_in_the_database_by_hand_count_for_nothing(world):
    at = timezone.now()
    request = ask(world, FOCAL_POINT, "amina", at=at - 2 * DAY)
    stolen = Vote.objects.get(request=request).proof
    Vote.objects.create(request=request, staff=world.staff["saule"], at=at, proof=stolen)
    Vote.objects.create(request=request, staff=None, at=at, proof=stolen)
    with pytest.raises(Refusal, match="second-approval-missing"):
        vault.make_focal_point(keys=world.keys("bakyt"), staff=world.staff["amina"], at=at)


@pytest.mark.parametrize(
    "change", [{"ready_at": -3}, {"asked_at": -3}, {"subject": "gulnar"}, {"act": "vault:officer"}]
)
def test_what_was_approved_cannot_be_made_something_else(world, change):
    at = timezone.now()
    request = ask(world, FOCAL_POINT, "amina", at=at)
    vault.approve(keys=world.keys("saule"), request=request, at=at)
    [(name, value)] = change.items()
    wrong = at + value * DAY if isinstance(value, int) else getattr(world.staff.get(value), "pk", value)
    Request.objects.filter(pk=request.pk).update(**{name: wrong})
    changed = Request.objects.get(pk=request.pk)
    assert approvals_queries.standing(changed, at=at + 2 * DAY) == "approval"


def test_a_stop_that_is_taken_back_in_the_database_still_stands_in_the_journal(world):
    at = timezone.now()
    request = ask(world, FOCAL_POINT, "amina", at=at)
    vault.approve(keys=world.keys("saule"), request=request, at=at)
    approvals.stop(request=request, by=world.staff["zarina"], at=at)
    Request.objects.filter(pk=request.pk).update(state="waiting", ended_at=None, ended_by=None)
    with pytest.raises(Refusal, match="stopped-says-the-journal"):
        vault.make_focal_point(keys=world.keys("bakyt"), staff=world.staff["amina"], at=at + DAY)


def test_another_key_put_in_the_place_of_the_one_that_was_approved_is_not_used(world):
    at = timezone.now()
    decide(world, FOCAL_POINT, "amina", at=at)
    sign_in.begin_again(keys=world.keys("bakyt"), staff=world.staff["amina"], at=at)
    joins(world, "amina", "")
    admits(world, world.staff["amina"])
    with pytest.raises(Refusal, match="approved-something-else"):
        vault.make_focal_point(keys=world.keys("bakyt"), staff=world.staff["amina"], at=timezone.now())


# ---- whoever is told ------------------------------------------------------------------------------


def asks_for_zarinas_key(world):
    page = world.client("bakyt").post(
        f"{COLLEAGUES}/{world.staff['zarina'].pk}/way-back", {"lost": "everything"} | WORDS, follow=True
    )
    return page.redirect_chain[-1][0]


def test_she_whom_it_is_about_reads_it_on_every_page_and_stops_it_with_one_press(world):
    here = asks_for_zarinas_key(world)
    assert queries.has_key(world.staff["zarina"])
    zarina = world.client("zarina", open_vault=False)
    assert "about your own key" in zarina.get("/").content.decode()
    assert DueItem.objects.filter(owner=world.staff["zarina"], room="approvals", done_at=None).exists()
    page = zarina.get(here).content.decode()
    assert "It is about you." in page and "Bakyt" in page and "Carry it out" not in page
    assert "Stopped by Zarina" in zarina.post(f"{here}/stop", follow=True).content.decode()
    assert "about your own key" not in zarina.get("/").content.decode()
    assert not DueItem.objects.filter(room="approvals", done_at=None).exists()
    assert Entry.objects.filter(event="approvals:request:stopped", who=world.staff["zarina"].pk).exists()
    assert "Stopped by Zarina" in world.client("bakyt").get(here).content.decode()


@pytest.mark.parametrize("name", ["amina", "timur", "rustam"])
def test_others_do_not_see_it_and_cannot_stop_it(world, name):
    here = asks_for_zarinas_key(world)
    client = world.client(name)
    assert client.get(here).status_code == client.post(f"{here}/stop").status_code == 404
    assert client.post(f"{here}/approve", WORDS).status_code == 404
    assert client.post(f"{here}/carry-out").status_code == 404
    assert "Zarina" not in client.get("/vault/two-people").content.decode()


def test_the_link_in_her_e_mail_stops_it_without_a_sign_in_and_opening_it_does_nothing(
    world, django_capture_on_commit_callbacks
):
    Staff.objects.filter(pk=world.staff["zarina"].pk).update(email="zarina@practice.example")
    with django_capture_on_commit_callbacks(execute=True):
        here = asks_for_zarinas_key(world)
    [one] = [one for one in mail.outbox if one.to == ["zarina@practice.example"]]
    assert "Zarina" not in one.body and "Bakyt" not in one.body and "complaint" not in one.body.lower()
    link = stops_by(one)
    farid = Client()
    for _ in range(3):
        assert "Stop this" in farid.get(link).content.decode()
    assert farid.head(link).status_code in (200, 405)
    assert Request.objects.latest("asked_at").state == "waiting", "a mail scanner opens every link"
    assert "It is stopped" in farid.post(link).content.decode()
    assert Request.objects.latest("asked_at").state == "stopped"
    assert "Stopped by Zarina" in world.client("bakyt").get(here).content.decode()
    assert farid.get(link[:-3]).status_code == 410


def stops_by(letter):
    return re.search(r"http://localhost(/vault/stop/\S+)", letter.body)[1]


def test_a_colleague_whose_access_has_ended_no_longer_stops_anything_by_her_link(
    world, django_capture_on_commit_callbacks
):
    Staff.objects.filter(pk=world.staff["zarina"].pk).update(email="zarina@practice.example")
    with django_capture_on_commit_callbacks(execute=True):
        asks_for_zarinas_key(world)
    [one] = [one for one in mail.outbox if one.to == ["zarina@practice.example"]]
    Staff.objects.filter(pk=world.staff["zarina"].pk).update(is_active=False)
    assert Client().get(stops_by(one)).status_code == Client().post(stops_by(one)).status_code == 410
    assert Request.objects.latest("asked_at").state == "waiting"


def test_an_address_that_was_changed_yesterday_is_written_to_as_well(
    world, django_capture_on_commit_callbacks
):
    zarina = world.staff["zarina"]
    Staff.objects.filter(pk=zarina.pk).update(email="hers@practice.example")
    for new in ("his@practice.example", "other@practice.example"):
        accounts.change_settings(
            by=fresh(world, "zarina"), language="en", theme="", shortcuts=True, speaks=[], email=new,
            duty_phone="", at=timezone.now(),
        )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        asks_for_zarinas_key(world)
    assert {one.to[0] for one in mail.outbox} >= {"hers@practice.example", "other@practice.example"}
    accounts.sweep_sessions(at=timezone.now() + timedelta(days=31))
    assert fresh(world, "zarina").reached_at == ["other@practice.example"]
