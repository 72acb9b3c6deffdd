"""Is this person known to a paired society? Whoever asks learns what a holder there decides to tell, and no more."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Incoming, Outgoing, Peer
from panah.ground.foundation import tenancy
from panah.ground.foundation.ids import spell_out
from panah.ground.vault import actions as vault
from panah.ground.work.queries import items_of
from panah.people.cases import actions as cases
from panah.people.finding import rules
from panah.people.finding.actions.local_search import CLOSED
from panah.people.finding.models import IncomingInquiry, OutgoingInquiry
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from tests.finding.known import NAME, SOUTH, THERE, Asking, a_case, agree, text_of
from tests.referrals.forged import comes, header_of, signed_by_the_node
from tests.walk import hrefs


@pytest.fixture
def asking(world, paired):
    return Asking(world)


def test_a_person_is_found_across_scripts_and_the_holder_there_says_yes(world, asking):
    theirs = a_case(world, "daler", THERE)
    seen = text_of(asking.look())
    assert NAME in seen.split("What leaves")[-1].split("What stays here")[0]
    assert "1990" in seen
    assert "1234" not in seen.split("What leaves")[-1], "the telephone was not chosen"
    asking.ask()
    compared = text_of(asking.compare())
    assert NAME not in compared
    (item,) = asking.due("daler")
    assert item.number == theirs.number
    page = asking.daler.get(f"/find/known/{theirs.number}/")
    assert "Practice Society North" in text_of(page)
    assert NAME not in text_of(page), "shown when it is asked for"
    where = f"/find/known/{theirs.number}/decide/{asking.here().pk}/"
    assert NAME not in text_of(asking.daler.get(where))
    assert NAME in text_of(asking.daler.post(where))
    assert asking.decide(theirs, "yes", "Rustam, +000 555").status_code == 302
    assert asking.due("daler") == []
    assert asking.deliver(days=2) == 0, "the answer waits for its hour"
    told = asking.answered()
    assert "Yes, the person is known there" in told
    assert "Rustam, +000 555" in told
    assert theirs.number not in told
    assert asking.due("amina") == []


def test_no_match_a_refusal_and_nobody_deciding_are_one_answer_to_the_asker(world, paired):
    def story(theirs, decides):
        asking = Asking(world)
        case = a_case(world, "daler", THERE) if theirs else None
        asking.ask()
        page = text_of(asking.compare())
        if decides:
            assert asking.decide(case, "nothing").status_code == 302
        leaves = Outgoing.objects.get(kind="known-answered", conversation=asking.there().conversation)
        outgoing = (
            leaves.leaves_at,
            leaves.created_at,
            leaves.urgency,
            len(vault.load_blob(kind="sent", key=leaves.pk)),
        )
        told = asking.answered().replace(asking.case.number, "").split("What was asked elsewhere")[1]
        told = told.replace(spell_out(asking.there().conversation), "")
        OutgoingInquiry.objects.update(asked_at=timezone.now() - timedelta(days=100))
        return page.split("The question now")[1], outgoing, told

    no_match = story(theirs=False, decides=False)
    refused = story(theirs=True, decides=True)
    nobody_decided = story(theirs=False, decides=False)
    assert "Nothing to tell" in no_match[2]
    assert no_match[1:] == refused[1:] == nobody_decided[1:]
    assert without_times(no_match[0]) == without_times(refused[0])


def without_times(page):
    import re

    return re.sub(r"\d{1,2}:\d\d", "", page)


def test_yes_and_nothing_look_alike_from_outside(world, asking):
    theirs = a_case(world, "daler", THERE)
    asking.ask()
    asking.compare()
    nothing = Outgoing.objects.get(kind="known-answered")
    size = len(vault.load_blob(kind="sent", key=nothing.pk))
    asking.decide(theirs, "yes", "Daler, +000 555")
    yes = Outgoing.objects.get(kind="known-answered", state="waiting")
    assert len(vault.load_blob(kind="sent", key=yes.pk)) == size
    for name in ("created_at", "leaves_at", "expires_at", "urgency", "conversation"):
        assert getattr(yes, name) == getattr(nothing, name)
    assert asking.deliver(days=5) == 1
    assert Incoming.objects.filter(kind="known-answered").count() == 1, "one answer crosses, whatever it says"
    assert Incoming.objects.get(kind="known-answered").created_at.hour == rules.LEAVES_AT.hour


def test_without_a_consent_for_exactly_this_nothing_leaves(world, paired):
    asking = Asking(world, consent=False)
    assert "has not agreed" in text_of(asking.amina.get(f"{asking.page}ask/practice-south/"))
    assert "has not agreed" in text_of(asking.send())
    agree(world, asking.case, purpose="cross_border", fields=["names"])
    assert "has not agreed" in text_of(asking.send())
    agree(world, asking.case, fields=["names"])
    assert "has not agreed" in text_of(asking.send()), "the year was not agreed to"
    agree(world, asking.case, said="no")
    assert "has not agreed" in text_of(asking.send())
    assert not Outgoing.objects.exists()
    assert not OutgoingInquiry.objects.exists()


def test_who_was_not_asked_yet_is_asked_for_exactly_that_society_which_no_address_says(world, paired):
    asking = Asking(world, consent=False)
    page = asking.amina.get(f"{asking.page}ask/practice-south/").text
    (there,) = [one for one in hrefs(page) if "/consent/ask/" in one]
    assert "society:" not in there
    assert f'name="receiver" value="{SOUTH}"' in asking.amina.get(there).text


def test_a_name_is_shown_to_choose_from_only_after_a_consent_and_every_showing_is_journalled(world, paired):
    asking = Asking(world, consent=False)
    ask = f"{asking.page}ask/practice-south/"

    def showings():
        rows = Entry.objects.filter(event="vault:identity:shown", about=asking.case.file_id)
        return [row.facts["purpose"] for row in rows]

    assert NAME not in asking.amina.get(ask).content.decode()
    assert NAME not in asking.look(names=["somebody"]).content.decode()
    assert showings() == []
    agree(world, asking.case)
    assert NAME in text_of(asking.amina.get(ask))
    assert showings() == ["check"]
    assert NAME in text_of(asking.look())
    assert showings() == ["check", "check"]


def test_about_a_child_nobody_is_asked_without_an_assessment(world, paired):
    asking = Asking(world, consent=False)
    asking.case = a_case(world, "amina", NAME, age="child", born="2013")
    asking.page = f"/find/known/{asking.case.number}/"
    agree(world, asking.case, guardian="none_found")
    assert "has not agreed" in text_of(asking.send())
    agree(world, asking.case, guardian="representative")
    assert "best-interests assessment" in text_of(asking.send())
    keys = world.keys("amina")
    vault.write(
        keys=keys,
        file=asking.case.file_id,
        part="child",
        value={"assessment": {"text": "x"}},
        at=timezone.now(),
    )
    assert asking.send().status_code == 302
    assert "no answer yet" in text_of(asking.amina.get(asking.page))


def test_amina_can_ask_only_with_what_stands_in_the_case(world, asking):
    assert asking.send(names=["Practice Person Poplar"]).status_code == 422
    assert asking.send(names=[NAME], year="").status_code == 422
    assert not OutgoingInquiry.objects.exists()


def test_a_colleague_who_fishes_is_stopped_by_limits_on_her_own_side(world, asking):
    assert asking.send().status_code == 302
    assert "within the last three months" in text_of(asking.send())
    for _ in range(rules.MOST_A_DAY - 1):
        case = a_case(world, "amina", NAME)
        agree(world, case)
        asking.case, asking.page = case, f"/find/known/{case.number}/"
        assert asking.send().status_code == 302
    case = a_case(world, "amina", NAME)
    agree(world, case)
    asking.case, asking.page = case, f"/find/known/{case.number}/"
    assert "often enough" in text_of(asking.send())


def test_a_society_that_fishes_is_stopped_at_the_door_and_told_so(world, asking):
    south = world.societies["south"]
    IncomingInquiry.objects.bulk_create(
        IncomingInquiry(
            society=south,
            theirs=world.societies["north"],
            conversation=conversation,
            arrived_at=timezone.now(),
        )
        for conversation in ids(rules.MOST_A_DAY)
    )
    asking.send()
    assert asking.deliver() == 0
    assert Outgoing.objects.get(kind="known-asked").code == "too-many"
    assert not Arrival.objects.filter(society=south).exists()
    page = text_of(asking.rustam.get("/find/others/"))
    assert f"{rules.MOST_A_DAY} of {rules.MOST_A_DAY}" in page


def ids(number):
    from uuid import uuid4

    return [uuid4() for _ in range(number)]


def test_a_withdrawn_consent_takes_the_question_back_unopened(
    world, asking, django_capture_on_commit_callbacks
):
    arrival = asking.ask()
    preview = asking.amina.get(f"/cases/{asking.case.number}/consent/{asking.consent}/withdraw/")
    assert "the question is taken back" in text_of(preview)
    withdraw(asking)
    with django_capture_on_commit_callbacks(execute=True):
        asking.deliver()
    arrival.refresh_from_db()
    assert arrival.state == "withdrawn"
    assert vault.load_blob(kind="arrived", key=arrival.pk) is None
    assert "taken back" in text_of(asking.amina.get(asking.page))
    assert asking.due("amina") == []


def withdraw(asking):
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    answer = asking.amina.post(
        f"/cases/{asking.case.number}/consent/{asking.consent}/withdraw/", {"words": "", **day}
    )
    assert answer.status_code == 302, text_of(answer)


def test_a_withdrawn_consent_takes_it_back_from_a_holder_who_is_thinking(
    world, asking, django_capture_on_commit_callbacks
):
    theirs = a_case(world, "daler", THERE)
    asking.ask()
    asking.compare()
    withdraw(asking)
    with django_capture_on_commit_callbacks(execute=True):
        asking.deliver()
    assert vault.load_blob(kind="asked_here", key=asking.here().pk) is None
    where = f"/find/known/{theirs.number}/decide/{asking.here().pk}/"
    assert "took the question back" in text_of(asking.daler.get(where))
    assert NAME not in text_of(asking.daler.post(where))
    assert asking.decide(theirs, "yes", "x").status_code == 422
    asking.daler.post(f"/find/known/{theirs.number}/done/{asking.here().pk}/")
    assert asking.due("daler") == []
    assert asking.deliver(days=6) == 0, "no answer leaves"


def test_a_person_who_said_no_to_that_society_is_not_told_about(world, asking):
    theirs = a_case(world, "daler", THERE)
    agree(world, theirs, "daler", purpose="cross_border", said="no", receiver="society:practice-north")
    asking.ask()
    asking.compare()
    refused = asking.decide(theirs, "yes", "Daler, +000 555")
    assert "is not to be told" in text_of(refused)
    assert "Daler, +000 555" in refused.content.decode(), "what was typed is kept"
    assert asking.decide(theirs, "nothing").status_code == 302


def test_a_holder_who_comes_too_late_is_told_to_telephone(world, asking, django_capture_on_commit_callbacks):
    theirs = a_case(world, "daler", THERE)
    asking.ask()
    asking.compare()
    with django_capture_on_commit_callbacks(execute=True):
        assert asking.sweep(days=2) == 0
        assert asking.sweep(days=5) == 1
    assert vault.load_blob(kind="asked_here", key=asking.here().pk) is None
    IncomingInquiry.objects.update(leaves_at=timezone.now() - timedelta(hours=1))
    where = f"/find/known/{theirs.number}/decide/{asking.here().pk}/"
    assert "The answer has left" in text_of(asking.daler.get(where))


def test_two_holders_one_answer(world, asking, django_capture_on_commit_callbacks):
    first, second = (a_case(world, "daler", THERE) for _ in range(2))
    asking.ask()
    asking.compare()
    assert len(asking.due("daler")) == 2
    with django_capture_on_commit_callbacks(execute=True):
        asking.decide(first, "perhaps", "Daler, +000 555")
    assert "A colleague who holds another case" in text_of(
        asking.daler.get(f"/find/known/{second.number}/decide/{asking.here().pk}/")
    )
    assert "Perhaps" in asking.answered()


def test_an_answer_that_does_not_open_is_none_asking_stays_due_and_the_true_one_is_still_read(world, asking):
    """*Known-answered* in plain over random bytes, signed by the node alone: as if nothing had come."""
    theirs = a_case(world, "daler", THERE)
    asking.ask()
    now = timezone.now()
    known = header_of(Outgoing.objects.get(kind="known-asked"), "known-answered", now)
    turned = {"source": known.target, "source_node": known.target_node,
              "target": known.source, "target_node": known.source_node}  # fmt: skip
    assert comes(signed_by_the_node(replace(known, **turned), os.urandom(5000)), now) == "taken"
    waits = {item.purpose for item in items_of(asking.there().pk)}
    assert waits == {"known_wait"} and asking.there().answered_at is None
    refused = asking.amina.post(f"{asking.page}answer/{asking.there().pk}/", follow=True)
    assert "does not open" in refused.content.decode()
    assert "did not open: call them" in text_of(asking.amina.get(asking.page))
    assert {item.purpose for item in items_of(asking.there().pk)} == waits
    asking.compare()
    asking.decide(theirs, "perhaps", "Daler, +000 555")
    assert "Perhaps" in asking.answered(), "the true one comes after it, and is read"
    assert not items_of(asking.there().pk)
    assert {one.state for one in Arrival.objects.filter(kind="known-answered")} == {"settled", "withdrawn"}


def test_two_questions_that_travel_in_one_bundle_are_each_kept_as_a_question(world, asking):
    second = Asking(world, name="Toktosunov Bakyt")
    for one in (asking, second):
        assert one.send().status_code == 302
    asking.deliver()
    assert Arrival.objects.filter(kind="known-asked").count() == 2
    assert IncomingInquiry.objects.count() == 2, "how many were asked within a day is counted by these"


def test_everything_is_closed_while_a_call_is_open(world, asking):
    theirs = a_case(world, "daler", THERE)
    asking.ask()
    with CLOSED.temporarily("test", lambda *, staff, at: True):
        answer = asking.rustam.post(f"/find/others/{asking.arrival().pk}/")
    assert "Finding is closed while a call is open." in text_of(answer)
    assert asking.arrival().state == "sealed"
    asking.compare()
    with CLOSED.temporarily("test", lambda *, staff, at: True):
        answer = asking.daler.post(f"/find/known/{theirs.number}/decide/{asking.here().pk}/")
    assert NAME not in text_of(answer)


def test_the_inbox_never_shows_whom_a_question_is_about(world, asking):
    arrival = asking.ask()
    opened = asking.rustam.post(f"/inbox/{arrival.pk}/open/")
    assert opened["Location"] == f"/find/others/{arrival.pk}/"
    arrival.refresh_from_db()
    assert arrival.state == "sealed"
    assert NAME not in text_of(asking.rustam.get("/inbox/"))
    asking.compare()
    for path in (f"/inbox/{arrival.pk}/", f"/find/others/{arrival.pk}/", "/find/others/", "/inbox/"):
        assert NAME not in text_of(asking.rustam.get(path, follow=True))


def test_a_question_that_expired_before_anybody_opened_it_says_that_it_got_no_answer(world, asking):
    asking.ask()
    assert "waits in the inbox" in text_of(asking.rustam.get("/find/others/"))
    inbox.expire(at=timezone.now() + timedelta(days=400))
    page = text_of(asking.rustam.get("/find/others/"))
    assert "waits in the inbox" not in page
    assert "expired before anybody opened it: no answer left" in page


def test_a_question_that_cannot_be_compared_is_closed_where_it_stands_once_they_were_told(world, asking):
    asking.ask()
    with tenancy.tenant_context(world.societies["north"].pk):
        exchange.send(
            keys=world.keys("amina"),
            peer=Peer.objects.get(society=world.societies["north"]),
            kind="known-asked",
            conversation=uuid4(),
            content={"v": 1, "names": []},
            urgency="week",
            at=timezone.now(),
        )
    asking.deliver()
    arrival = asking.arrival()
    answer = asking.rustam.post(f"/find/others/{arrival.pk}/")
    assert "lacks a name" in text_of(answer)
    assert "They were told by telephone: close it" in text_of(answer)
    assert asking.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": "known"}).status_code == 422
    asking.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": "told"})
    arrival.refresh_from_db()
    assert (arrival.state, arrival.closing) == ("settled", "told")
    page = text_of(asking.rustam.get("/find/others/"))
    assert "closed without an answer: they were told by telephone" in page


def test_who_holds_the_intake_key_but_not_the_search_key_cannot_compare(world, asking):
    arrival = asking.ask()
    for name in ("daler", "amina", "elena"):
        answer = world.client(name).post(f"/find/others/{arrival.pk}/")
        assert answer.status_code == 404


def test_a_blocked_society_is_not_asked_and_cannot_ask(world, asking, paired):
    from panah.ground.exchange import actions as exchange

    exchange.block(peer=paired.south, by=world.staff["rustam"], why="strange", at=timezone.now())
    asking.send()
    assert asking.deliver() == 0
    assert not Arrival.objects.filter(society=world.societies["south"]).exists()


def test_an_erased_case_takes_its_question_back(world, asking):
    arrival = asking.ask()
    vault.erase(keys=world.keys("amina"), file=asking.case.file_id, at=timezone.now())
    asking.deliver()
    arrival.refresh_from_db()
    assert arrival.state == "withdrawn"


def test_strangers_get_the_same_page_as_for_nothing(world, asking):
    theirs = a_case(world, "daler", THERE)
    asking.ask()
    asking.compare()
    for path in (asking.page, f"{asking.page}ask/practice-south/"):
        assert world.client("cholpon").get(path).status_code == 404
    decide = f"/find/known/{theirs.number}/decide/{asking.here().pk}/"
    for name in ("amina", "rustam", "bakyt", "cholpon"):
        expected = 200 if name == "rustam" else 404
        assert world.client(name).get(decide).status_code == expected, name


def test_a_case_that_is_not_alike_is_left_alone(world, asking):
    a_case(world, "daler", "Practice Person Poplar")
    a_case(world, "daler", THERE, born="1961")
    asking.ask()
    asking.compare()
    assert asking.due("daler") == []


def test_no_row_of_the_main_database_holds_a_name_or_joins_a_question_with_a_case_there(world, asking):
    theirs = a_case(world, "daler", THERE)
    asking.ask()
    asking.compare()
    question = str(asking.here().pk)
    of_the_case = {str(theirs.pk), str(theirs.file_id), theirs.number}
    seen = 0
    for model in apps.get_models():
        for row in serializers.serialize("jsonl", model._default_manager.all()).splitlines():
            assert NAME not in row, model
            assert THERE not in row, model
            assert question not in row or not any(one in row for one in of_the_case), model
            seen += question in row
    assert seen >= 2, "control: the question stands in its own row and beside its arrival"


def test_every_name_of_the_case_can_be_chosen_and_more_than_are_compared_are_refused(world, asking):
    many = [f"Practice Person Poplar {number}" for number in range(rules.MOST_NAMES + 2)]
    identity = {"names": [{"text": name, "kind": "full"} for name in many], "born": "1990"}
    cases.write_identity(keys=world.keys("amina"), case=asking.case, identity=identity, at=timezone.now())
    page = asking.amina.get(f"{asking.page}ask/practice-south/").content.decode()
    assert [name for name in many if name not in page] == []
    assert "Choose at most 5 names" in text_of(asking.send(names=many))
    assert asking.send(names=many[-2:]).status_code == 302
