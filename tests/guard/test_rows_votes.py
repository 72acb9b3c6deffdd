"""Somebody writes in the main database who asked, who approved and what was stopped: two people decide all the same.

He is a focal point himself: he holds the society's signing key, and has pages of his own.
"""

from __future__ import annotations

import html
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.approvals import queries
from panah.ground.approvals.models import Request
from panah.ground.approvals.notifications import token_for
from panah.ground.audit.models import Entry
from panah.ground.foundation.changed_rows import accept, protected_models
from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.ground.vault.actions.ceremony import signing_seed
from panah.ground.vault.actions.two_people import END, FOCAL_POINT, NEW_KEY, use_up, what_was_asked
from panah.ground.vault.models import StaffKey
from panah.ground.vault.seals import sign, signing_public
from panah.ground.work.models import DueItem
from tests.guard.past_panah import copied, noticed, put_in, sql, swap, take_out

REQUESTS, VOTES, KEYS = "approvals_request", "approvals_vote", "vault_staffkey"
DAY = timedelta(days=1)


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def asks(client, mode, leaves=()):
    """He asks on the page that the society works otherwise from today on."""
    today = timezone.localdate()
    day = {"day": today.day, "month": today.month, "year": today.year}
    given = {"mode": mode, "leaves": list(leaves), "receiver": "Childline", "accepted_by": "Lola"}
    for name in ("from_day", "accepted_on"):
        given |= {f"{name}_{part}": value for part, value in day.items()}
    return client.post(reverse("sign_in:working-mode"), given)


def agrees(client, do="agree"):
    return client.post(reverse("sign_in:decide-working-mode"), {"do": do})


def text(answer):
    return " ".join(html.unescape(answer.text).split())


def closed(north):
    return Society.objects.get(pk=north).closed


def asked(north):
    return Request.objects.get(society=north, state="waiting")


def asks_about(world, act, name, *, at=None):
    """Bakyt asks for it, which is the first of two votes."""
    return vault.ask(
        keys=world.keys("bakyt"), act=act, staff=world.staff[name], at=at or timezone.now() - 2 * DAY
    )


def standing(request):
    [row] = [one for one in queries.waiting_in(request.society_id, at=timezone.now()) if one.pk == request.pk]
    return queries.standing(row, at=timezone.now())


def votes_as(world, request, name, **given):
    return put_in(
        VOTES, request_id=request.pk, staff_id=name and world.staff[name].pk, at=timezone.now(), **given
    )


# -- who asked ---------------------------------------------------------------------------------------


def test_bakyt_does_not_agree_to_his_own_light_mode_by_writing_that_saule_asked(world, north):
    asks(world.client("bakyt"), "light")
    request = asked(north)
    swap(REQUESTS, "asked_by_id", world.staff["saule"].pk, id=request.pk)
    swap(VOTES, "staff_id", world.staff["saule"].pk, request_id=request.pk)
    agrees(world.client("bakyt"))
    assert closed(north) == []
    assert noticed(north)
    agrees(world.client("saule"))
    assert closed(north)


def test_what_was_asked_for_by_a_row_alone_is_agreed_to_by_nobody(world, north):
    asks(world.client("bakyt"), "light")
    row = copied(REQUESTS, id=asked(north).pk)
    agrees(world.client("saule"), "stop")
    pk = put_in(REQUESTS, **row | {"id": Request().pk, "asked_by_id": world.staff["saule"].pk})
    put_in(VOTES, request_id=pk, staff_id=world.staff["saule"].pk, at=timezone.now(), proof=b"")
    agrees(world.client("bakyt"))
    assert closed(north) == []
    assert noticed(north)


def test_what_saule_agrees_to_is_what_was_asked_for(world, north):
    """He asks for what does little, and writes the rest into the row while her page is open."""
    asks(world.client("bakyt"), "some", ["screening"])
    request = asked(north)
    swap(REQUESTS, "facts", request.facts | {"leaves": "cases,group,screening"}, id=request.pk)
    assert noticed(north)
    agrees(world.client("saule"))
    assert closed(north) == ["screening"]


# -- who approved ------------------------------------------------------------------------------------


def test_a_vote_that_was_written_into_the_table_is_none(world, north):
    request = asks_about(world, FOCAL_POINT, "amina")
    votes_as(world, request, "saule", proof=b"")
    assert standing(request) == "approval"
    assert noticed(north)


def test_a_vote_under_a_key_that_was_written_over_hers_is_none(world, north):
    request = asks_about(world, FOCAL_POINT, "amina")
    thief = bytes(range(32))
    swap(KEYS, "vouches", signing_public(thief), staff_id=world.staff["saule"].pk)
    votes_as(world, request, "saule", proof=sign(thief, "approved", *what_was_asked(request)))
    assert standing(request) == "approval"
    assert noticed(north)


def test_who_holds_the_signing_key_writes_no_vote_of_two_shares(world, north):
    request = asks_about(world, FOCAL_POINT, "amina", at=timezone.now())
    forged = sign(signing_seed(world.keys("bakyt")), "approved by shares", *what_was_asked(request))
    votes_as(world, request, None, proof=forged)
    assert standing(request) == "approval"
    assert noticed(north)


def test_whoever_votes_finds_the_other_votes_put_right_and_the_journal_says_so(world, north):
    request = asks_about(world, FOCAL_POINT, "amina")
    take_out(VOTES, request_id=request.pk)
    votes_as(world, request, "saule", proof=b"")
    vault.approve(keys=world.keys("saule"), request=request, at=timezone.now())
    assert standing(request) == "ready"
    assert {vote.staff.username for vote in request.votes.all()} == {"bakyt", "saule"}
    assert Entry.objects.filter(society=north, event="vault:rows:changed").exists()
    told = DueItem.objects.filter(society=north, purpose="rows", done_at=None)
    assert {item.owner.username for item in told} == {"bakyt", "saule", "zarina"}, "it stays on their lists"


def test_a_vote_that_was_taken_away_counts_and_is_noticed(world, north):
    request = asks_about(world, FOCAL_POINT, "amina")
    vault.approve(keys=world.keys("saule"), request=request, at=timezone.now())
    take_out(VOTES, staff_id=world.staff["saule"].pk)
    assert standing(request) == "ready"
    assert noticed(north)


def test_two_accounts_of_one_person_are_one_whatever_stands_in_the_rows(world, north):
    """Saule’s account may be Bakyt’s own. While it votes, his own vote and his asking are taken out of the tables."""
    saule = StaffKey.objects.filter(staff=world.staff["saule"])
    saule.update(admitted_by=world.staff["bakyt"], known_by=None)
    request = asks_about(world, FOCAL_POINT, "amina")
    swap(REQUESTS, "asked_by_id", world.staff["zarina"].pk, id=request.pk)
    take_out(VOTES, request_id=request.pk)
    with pytest.raises(Refusal):
        vault.approve(keys=world.keys("saule"), request=request, at=timezone.now())


def test_the_vote_of_an_account_whose_role_has_ended_is_none_though_its_role_is_written_again(world, north):
    request = asks_about(world, FOCAL_POINT, "amina")
    vault.approve(keys=world.keys("saule"), request=request, at=timezone.now())
    row = copied("accounts_roleheld", staff_id=world.staff["saule"].pk, role="focal_point")
    world.staff["saule"].roles.filter(role="focal_point").delete()
    put_in("accounts_roleheld", **row | {"id": UUID(str(row["id"]))})
    assert standing(request) == "approval"


def test_what_was_asked_for_before_votes_were_signed_is_asked_for_anew(world, north):
    """On a node that was brought up to date while it waited, as its rows were let count then."""
    asks(world.client("bakyt"), "light")
    sql(f'UPDATE "{VOTES}" SET "proof" = %s WHERE "request_id" = %s', b"", asked(north).pk)
    accept(north, protected_models())
    saule = world.client("saule")
    assert "before approvals were signed" in text(agrees(saule))
    assert closed(north) == []
    agrees(saule, "stop")
    asks(world.client("bakyt"), "light")
    agrees(saule)
    assert closed(north)


def test_whoever_has_her_vault_open_agrees_with_one_press(world, north):
    asks(world.client("bakyt"), "light")
    assert agrees(world.client("saule")).status_code == 302
    assert closed(north)


# -- what is hidden ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hide",
    [
        {"told": []},
        {"state": "expired", "ended_at": timezone.now()},
        {"expires_at": timezone.now() - DAY},
        None,
    ],
)
def test_a_request_that_was_hidden_is_read_by_whoever_was_told_and_stopped_by_her(world, north, hide):
    """One vote is enough to end her access once a day is over in which nobody stopped it."""
    request = asks_about(world, END, "zarina", at=timezone.now())
    if hide is None:
        sql(f'DELETE FROM "{VOTES}"')
        sql('DELETE FROM "work_dueitem"')
        sql(f'DELETE FROM "{REQUESTS}"')
    for name, value in (hide or {}).items():
        if name == "state":
            sql(f'UPDATE "{REQUESTS}" SET "state" = %s, "ended_at" = %s', value, hide["ended_at"])
        elif name != "ended_at":
            swap(REQUESTS, name, value, id=request.pk)
    address = reverse("sign_in:approval", args=[request.pk])
    zarina = world.client("zarina")
    assert address in zarina.get("/").text
    assert noticed(north)
    assert "Bakyt" in text(zarina.get(address))
    assert zarina.post(reverse("sign_in:stop-approval", args=[request.pk])).status_code == 302
    assert queries.waiting_in(north, at=timezone.now()) == []
    assert Staff.objects.get(pk=world.staff["zarina"].pk).is_active


def test_what_was_stopped_does_not_wait_again_because_a_row_says_so(world, north):
    request = asks_about(world, END, "zarina")
    world.client("zarina").post(reverse("sign_in:stop-approval", args=[request.pk]))
    sql(f'UPDATE "{REQUESTS}" SET "state" = %s, "ended_at" = NULL, "ended_by_id" = NULL', "waiting")
    assert queries.waiting_in(north, at=timezone.now()) == []
    assert noticed(north)


def test_a_link_that_stops_what_was_taken_out_of_the_table_says_how_it_ended(world, north):
    request = asks_about(world, END, "zarina")
    address = reverse("sign_in:stop-by-mail", args=[token_for(request, world.staff["zarina"])])
    world.client("zarina").post(reverse("sign_in:stop-approval", args=[request.pk]))
    for table in (VOTES, "work_dueitem", REQUESTS):
        sql(f'DELETE FROM "{table}"')
    assert "It is stopped" in text(Client().post(address))


@pytest.mark.parametrize("column", ["ended_at", "state"])
def test_when_and_how_it_ended_is_not_asked_of_the_row(world, north, column):
    """By when a new key was let be made it is decided whether its admission waits."""
    request = asks_about(world, NEW_KEY, "zarina")
    vault.approve(keys=world.keys("saule"), request=request, at=timezone.now())
    if column == "state":
        world.client("zarina").post(reverse("sign_in:stop-approval", args=[request.pk]))
        swap(REQUESTS, "state", "done", id=request.pk)
        assert _last(world) is None
    else:
        use_up(keys=world.keys("bakyt"), act=NEW_KEY, staff=world.staff["zarina"], at=timezone.now())
        ended = Request.objects.get(pk=request.pk).ended_at
        swap(REQUESTS, "ended_at", ended - 9 * DAY, id=request.pk)
        assert _last(world).ended_at == ended
    assert noticed(north)


def _last(world):
    zarina = world.staff["zarina"]
    return queries.last_done(society=zarina.society_id, act=NEW_KEY.name, subject=zarina.pk)
