"""A stranger writes to the door, keeps her digits, and comes back to read the answer."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from panah.ground.accounts.models import Staff
from panah.ground.audit.models import Entry
from panah.ground.channels.models import Delivery
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.sealed_body import seal_body
from panah.ground.work.models import Alarm, DueItem
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters import rules
from panah.people.reporters.models import Report, Tally
from tests.reporters.conftest import STORY, Stranger, opens


def sealed_in_browser(stranger, text=STORY, *, public=slice(None), **header):
    """As tell.js does it: under the header, to the intake key that the page gave it."""
    key = vault_queries.intake_key(stranger.world.societies["north"].pk)
    said = {"language": "tg", "urgency": "today", "child": "unknown", "sealed": "browser", **header}
    body = seal_body(key.public[public], {"text": text, "about": "me"}, reporters_queries.header_of(**said))
    return {"content": None, "sealed": body, "generation": key.generation}


def test_what_she_wrote_opens_for_intake_and_her_digits_open_the_answer(world, stranger):
    told = stranger.writes()
    assert told.receipt == stranger.receipt and not told.later
    assert stranger.returns().stands == "received"
    assert opens(world, stranger.report)["text"] == STORY
    assert stranger.returns().stands == "read"
    stranger.is_answered("Practice: call us after dark.")
    opened = stranger.returns()
    assert opened.stands == "answered"
    (word,) = reporters_queries.words_for(opened)
    assert (word.text, word.to_reporter) == ("Practice: call us after dark.", True)


def test_a_form_pressed_twice_makes_one_report_and_says_the_same(world, stranger):
    assert stranger.writes() == stranger.writes("something else, typed after Back")
    assert Report.objects.count() == Arrival.objects.count() == 1
    assert opens(world, stranger.report)["text"] == STORY


def test_a_form_of_another_person_is_answered_with_nothing_of_hers(world, stranger):
    stranger.writes(receipt=rules.new_receipt())
    with pytest.raises(Refusal) as refused:
        stranger.writes(receipt=rules.new_receipt())
    assert refused.value.code == "sent-already"


def test_whoever_wants_no_receipt_gets_none_and_nobody_can_answer(world, stranger):
    assert stranger.writes(receipt=None).receipt is None
    assert stranger.writes(receipt=None).receipt is None, "and pressed again the same"
    report = Report.objects.select_related("arrival").get()
    assert (report.verifier, report.reply_public) == (None, None)
    opens(world, report)
    with pytest.raises(Refusal) as refused:
        reporters.answer(keys=world.keys("bakyt"), report=report, text="Practice", at=world.at)
    assert refused.value.code == "no-receipt"


def test_a_receipt_that_is_taken_is_replaced_and_the_new_one_is_shown(world, stranger):
    taken = stranger.writes().receipt
    other = Stranger(world)
    told = other.writes(receipt=taken)
    assert told.receipt not in (None, taken)
    assert other.writes(receipt=taken).receipt == told.receipt, "pressed again it is the same"
    found = reporters_queries.find(told.receipt.handle, told.receipt.secret)
    assert found.id != stranger.returns().id


def test_the_receipt_is_shown_once_more_at_the_first_return(world, stranger):
    stranger.writes()
    assert stranger.returns().again
    assert not stranger.returns().again


@pytest.mark.parametrize("public", [slice(None), slice(-32, None)], ids=["suite 2", "suite 1"])
def test_what_her_browser_sealed_opens_for_intake_alike(world, stranger, public):
    stranger.writes(**sealed_in_browser(stranger, public=public))
    assert stranger.report.sealed_by == "browser"
    assert opens(world, stranger.report)["text"] == STORY


def test_what_her_browser_sealed_under_another_outside_does_not_open(world, stranger):
    """So nobody between her and us makes *today* of *now*."""
    stranger.writes(**sealed_in_browser(stranger, urgency="now"))
    with pytest.raises(Refusal) as refused:
        opens(world, stranger.report)
    assert refused.value.code == "arrival-damaged"


@pytest.mark.parametrize(
    "broken",
    [
        {"sealed": b"\x02" + bytes(100)},
        {"sealed": b"\x01" + bytes(48 + 4096) + b"x"},
        {"generation": 77},
        {"token": "short"},
        {"language": "Practice Person Tulip"},
        {"urgency": "quickly"},
        {"child": "eleven"},
    ],
    ids=["short", "no step", "old key", "token", "language", "urgency", "child"],
)
def test_what_no_page_of_ours_sends_is_refused_and_nothing_is_kept(world, stranger, broken):
    with pytest.raises(Refusal) as refused:
        stranger.writes(**{**sealed_in_browser(stranger), **broken})
    assert refused.value.code in ("old-page", "no-form")
    assert not Report.objects.exists() and not Arrival.objects.exists()


def test_a_text_of_twenty_thousand_letters_is_taken_and_a_longer_one_is_refused_with_a_sentence(
    world, stranger
):
    with pytest.raises(Refusal) as refused:
        stranger.writes("ж" * 20_001)
    assert refused.value.code == "too-long"
    assert not Report.objects.exists()
    stranger.writes("ж" * 19_998)
    assert len(opens(world, stranger.report)["text"]) == 19_998


def test_where_nobody_holds_the_intake_key_nothing_is_taken(world, stranger):
    from panah.ground.network.models import Society

    empty = Society.objects.create(
        slug="practice-west", name_en="Practice West", iso2="XA", hosted=True, practice=True
    )
    with pytest.raises(Refusal) as refused:
        stranger.writes(society=empty.pk)
    assert refused.value.code == "door-closed"


def test_the_outside_holds_codes_alone(world, stranger):
    stranger.writes(child="yes", urgency="week")
    arrival = Arrival.objects.get()
    assert json.loads(bytes(arrival.header)) == {
        "child": "yes", "language": "tg", "sealed": "server", "urgency": "week",
    }  # fmt: skip
    assert (arrival.source, arrival.kind, arrival.sender, arrival.conversation) == (
        "web",
        "report",
        None,
        None,
    )
    (item,) = (
        DueItem.objects.filter(subject=arrival.pk, done_at=None).values_list("due_at", flat=True).distinct()
    )
    assert item == world.at + timedelta(days=1)


def test_danger_now_pages_whoever_is_on_duty(world, stranger):
    assert stranger.writes(urgency="now").paged
    assert Alarm.objects.get().subject == stranger.report.arrival_id


def test_no_story_and_no_digit_stands_in_a_row_or_in_the_journal(world, stranger):
    stranger.writes()
    stranger.is_answered("Practice: come on Friday.")
    receipt, kept = stranger.receipt, []
    for model in (Report, Arrival, Entry, Tally):
        kept += [str(value) for row in model.objects.values() for value in row.values()]
    whole = "\n".join(kept)
    assert str(stranger.report.pk) in whole, "control"
    for word in (
        STORY,
        "Friday",
        receipt.digits,
        receipt.handle,
        receipt.secret,
        stranger.token,
        receipt.shown,
    ):
        assert word not in whole


def test_a_report_keeps_its_day_and_not_its_minute(world, stranger):
    stranger.writes(at=world.at + timedelta(minutes=17))
    row = Report.objects.get()
    assert {row.sent_on.minute, row.last_on.minute, row.kept_until.minute} == {0}


# ---- many at once ----------------------------------------------------------------------------------


def flood(world, number, **more):
    return [Stranger(world).writes(f"Practice junk {n}", receipt=None, **more) for n in range(number)]


def test_beyond_the_budget_of_an_hour_a_report_is_kept_and_read_after_others(world, stranger, monkeypatch):
    monkeypatch.setattr(rules, "UNPROVEN_AN_HOUR", 3)
    assert not any(told.later for told in flood(world, 3))
    told = stranger.writes()
    assert told.later and told.receipt == stranger.receipt
    assert stranger.report.beyond_budget
    assert Arrival.objects.order_by("rank").last().pk == stranger.report.arrival_id, "behind the others"
    assert opens(world, stranger.report)["text"] == STORY, "and never refused"
    proven = Stranger(world)
    assert not proven.writes(proof=rules.prove_work(proven.token)).later
    assert not Stranger(world).writes(at=world.at + timedelta(hours=1)).later, "the next hour begins anew"


def test_what_is_read_later_sends_no_letter_for_each(world, settings, monkeypatch):
    settings.PANAH_HOST_SENDS_MAIL = True
    Staff.objects.filter(username="bakyt").update(email="bakyt@practice.example")
    monkeypatch.setattr(rules, "UNPROVEN_AN_HOUR", 2)
    flood(world, 2)
    usual = Delivery.objects.count()
    assert usual > 0, "control"
    flood(world, 5)
    assert Delivery.objects.count() == usual


def test_one_societys_flood_is_not_anothers(world, monkeypatch):
    monkeypatch.setattr(rules, "UNPROVEN_AN_HOUR", 2)
    flood(world, 4)
    assert not Stranger(world).writes(society=world.societies["south"].pk).later


def test_a_flood_of_danger_pages_for_a_while_and_real_danger_with_proof_still_pages(world, monkeypatch):
    monkeypatch.setattr(rules, "UNPROVEN_AN_HOUR", 2)
    monkeypatch.setattr(rules, "PAGED_AN_HOUR", 4)
    told = flood(world, 8, urgency="now")
    assert [one.paged for one in told] == [True] * 4 + [False] * 4
    proven = Stranger(world)
    assert proven.writes(urgency="now", proof=rules.prove_work(proven.token)).paged


def test_control_the_budgets_are_of_the_size_that_practice_needs():
    assert (rules.UNPROVEN_AN_HOUR, rules.PAGED_AN_HOUR) == (60, 20)
