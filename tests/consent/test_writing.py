"""What is kept of an answer, what follows from it, and what a withdrawal does."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import get_args
from uuid import uuid4

import pytest
from django.http import Http404

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.models import noon_of
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import StalePart
from panah.ground.work.models import DueItem
from panah.ground.work.queries import with_sentences
from panah.people.consent import actions as consent
from panah.people.consent import queries, rules, subjects, withdrawal_registry
from panah.people.consent.words import WHY_NOT

ANSWER = {
    "purpose": "statistics", "said": "yes", "receiver": "", "receiver_name": "", "fields": [], "seven": {},
    "guardian": "not_needed", "until": "",
}  # fmt: skip
PARTNER = {
    "purpose": "partner", "receiver": "service:1", "receiver_name": "Clinic Birch", "fields": ["called"],
    "seven": dict.fromkeys(
        ("interview", "purpose_told", "uses_told", "own_data_told", "storage_told", "withdrawal_told"), "yes"
    ),
}  # fmt: skip


@pytest.fixture
def amina(world):
    return world.keys("amina")


def write(amina, subject, at, **changes):
    return consent.write_answer(keys=amina, subject=subject, answer=ANSWER | changes, at=at)


def kept(amina, subject):
    return queries.answers(keys=amina, file=subject.file)


@contextmanager
def a_guardian_may_be_involved(subject):
    with subjects.INVOLVED.temporarily("test", lambda *, keys, file: file == subject.file):
        yield


def events(subject):
    return list(
        Entry.objects.filter(about=subject.file, event__startswith="consent:").values_list("event", flat=True)
    )


def test_every_answer_is_kept_in_its_order_with_its_time_and_the_last_word_counts(world, amina, subject):
    refs = [
        write(amina, subject, world.at + timedelta(hours=n), said=said)
        for n, said in enumerate(["yes", "no", "later"])
    ]
    rows = kept(amina, subject)
    assert [(row.consent.said, row.consent.order, row.sealed.ref) for row in rows] == [
        ("yes", 1, refs[0]),
        ("no", 2, refs[1]),
        ("later", 3, refs[2]),
    ]
    assert [row.kept["given_at"] for row in rows] == [
        (world.at + timedelta(hours=n)).isoformat() for n in range(3)
    ]
    assert [row.consent.ref for row in rows] == [str(ref) for ref in refs]
    (last,) = queries.latest(keys=amina, file=subject.file)
    assert last.consent.said == "later"
    assert queries.one(keys=amina, file=subject.file, ref=refs[1]).consent.said == "no"
    assert queries.one(keys=amina, file=subject.file, ref=uuid4()) is None
    assert events(subject) == ["consent:answer:written"] * 3


def test_the_last_answer_is_told_for_each_purpose_and_each_receiver(world, amina, subject):
    write(amina, subject, world.at)
    write(amina, subject, world.at, **PARTNER)
    write(amina, subject, world.at, **PARTNER | {"receiver": "service:2"})
    write(amina, subject, world.at, **PARTNER | {"said": "no"})
    last = queries.latest(keys=amina, file=subject.file)
    assert {(a.consent.purpose, a.consent.receiver, a.consent.said) for a in last} == {
        ("statistics", "", "yes"),
        ("partner", "service:1", "no"),
        ("partner", "service:2", "yes"),
    }


def test_an_answer_taken_down_in_a_few_words_is_read_with_what_was_not_said(world, amina, subject):
    consent.write_answer(keys=amina, subject=subject, answer={"purpose": "talk", "said": "yes"}, at=world.at)
    (row,) = kept(amina, subject)
    said = row.consent
    assert (said.receiver, said.fields, said.seven, said.guardian) == ("", frozenset(), {}, "not_needed")
    assert (said.until, said.withdrawn_on) == (None, None)


def test_what_was_kept_is_read_as_it_was_said(world, amina, subject):
    write(amina, subject, world.at, **PARTNER, guardian="representative", until="2027-05-24")
    (row,) = kept(amina, subject)
    said = row.consent
    assert (said.purpose, said.said, said.receiver) == ("partner", "yes", "service:1")
    assert (said.fields, said.guardian, said.until) == (
        frozenset({"called"}),
        "representative",
        date(2027, 5, 24),
    )
    assert said.seven == PARTNER["seven"]


def share(amina, subject, **changes):
    asked = {"purpose": "partner", "receiver": "service:1", "fields": ["called"], "on": date(2026, 11, 24)}
    return queries.may_share(keys=amina, file=subject.file, **{**asked, "age_group": "adult", **changes})


def test_whether_something_may_leave_is_asked_with_everything_that_counts(world, amina, subject):
    write(amina, subject, world.at, **PARTNER, until="2026-11-24")
    assert share(amina, subject).why == "covered"
    assert share(amina, subject, purpose="cross_border").why == "not_asked"
    assert share(amina, subject, receiver="service:2").why == "not_asked"
    assert share(amina, subject, fields=["phone"]).missing == {"phone"}
    assert share(amina, subject, on=date(2026, 11, 25)).why == "expired"
    assert share(amina, subject, age_group="child").why == "needs_guardian"


@pytest.mark.parametrize("age", ["child", "unknown"])
def test_what_a_guardian_agreed_to_counts_no_more_when_she_may_be_involved(world, amina, subject, age):
    write(amina, subject, world.at, **PARTNER, guardian="agrees")
    assert share(amina, subject, age_group=age).allowed
    with a_guardian_may_be_involved(subject):
        assert share(amina, subject, age_group=age).why == "guardian_may_be_involved"
        assert share(amina, subject, age_group="adult").allowed, "an adult agrees for herself"
        assert subjects.guardian_may_be_involved(keys=amina, file=subject.file)
        assert not subjects.guardian_may_be_involved(keys=amina, file=uuid4())


@pytest.mark.parametrize("age", ["child", "unknown"])
def test_a_guardian_who_may_be_involved_is_not_written_down_as_agreeing(world, amina, subject, age):
    child = replace(subject, age_group=age)
    with a_guardian_may_be_involved(subject):
        with pytest.raises(Refusal) as refused:
            write(amina, child, world.at, guardian="agrees")
        assert refused.value.code == "guardian-may-be-involved"
        write(amina, child, world.at, guardian="representative")
        write(amina, subject, world.at, guardian="agrees")
    write(amina, child, world.at, guardian="agrees")
    assert [row.consent.guardian for row in kept(amina, subject)] == ["representative", "agrees", "agrees"]


# -- asked again in time -------------------------------------------------------------------------------


def due(subject):
    return DueItem.objects.filter(subject=subject.id)


def test_two_weeks_before_a_consent_ends_its_holder_finds_it_on_her_list(world, amina, subject):
    child = replace(subject, branch=world.branches["besh"], age_group="child", owner=world.staff["saule"])
    write(amina, child, world.at, until="2027-05-24")
    item = due(subject).get()
    assert (item.due_at.date(), item.due_at.hour) == (date(2027, 5, 10), 12)
    made = noon_of(world.at)
    assert (item.kind, item.room, item.purpose, item.made_at) == ("answer", "consent", "ask_again", made)
    assert (item.owner, item.branch, item.society_id) == (
        world.staff["saule"],
        world.branches["besh"],
        subject.society,
    )
    assert (item.number, item.language, item.age_group, item.file) == (
        "3W4-6X7-Y",
        "uz",
        "child",
        subject.file,
    )
    (shown,) = with_sentences([item], keys=amina)
    assert shown.say == "Ask again before it ends: Being counted, without a name"


def test_where_nobody_holds_the_case_whoever_asked_asks_again(world, amina, subject):
    write(amina, replace(subject, owner=None), world.at, until="2027-05-24")
    assert due(subject).get().owner == world.staff["amina"]


def test_a_short_consent_is_asked_for_again_tomorrow_at_the_earliest(world, amina, subject):
    write(amina, subject, world.at, until="2026-11-30")
    assert due(subject).get().due_at == world.at + timedelta(days=1)


@pytest.mark.parametrize("changes", [{"said": "no", "until": "2027-05-24"}, {"said": "yes", "until": ""}])
def test_a_no_and_what_has_no_end_are_not_asked_again(world, amina, subject, changes):
    write(amina, subject, world.at, **changes)
    assert not due(subject).exists()


def test_not_now_is_asked_again(world, amina, subject):
    write(amina, subject, world.at, said="later", until="2027-05-24")
    assert due(subject).exists()


# -- taken over from a call ------------------------------------------------------------------------------


def told(world, hours, **changes):
    asked = {"asked_at": world.at - timedelta(hours=hours), "asked_by": world.staff["elena"].pk}
    return ANSWER | {"purpose": "talk"} | asked | changes


def carry(world, amina, subject, *answers):
    return consent.carry_over(keys=amina, file=subject.file, answers=answers, at=world.at)


def test_what_was_agreed_to_on_a_call_keeps_its_day_and_who_asked_in_the_order_of_asking(
    world, amina, subject
):
    write(amina, subject, world.at - timedelta(days=9))
    assert carry(world, amina, subject, told(world, 1, purpose="note"), told(world, 2)) == 2
    _before, first, second = kept(amina, subject)
    assert [first.consent.purpose, second.consent.purpose] == ["talk", "note"]
    assert (first.consent.order, second.consent.order) == (2, 3)
    assert first.kept["given_at"] == (world.at - timedelta(hours=2)).isoformat()
    assert (first.sealed.at, first.sealed.by) == (world.at - timedelta(hours=2), world.staff["elena"].pk)
    assert not {"asked_at", "asked_by"} & set(first.kept)
    assert events(subject)[-1] == "consent:answer:carried"


def test_taken_over_twice_is_the_same_as_once(world, amina, subject):
    call = [told(world, 1, purpose="note"), told(world, 2)]
    assert carry(world, amina, subject, *call) == 2
    assert carry(world, amina, subject, *call) == 0
    assert len(kept(amina, subject)) == 2
    assert events(subject) == ["consent:answer:carried"], "nothing new is nothing to write about"
    assert carry(world, amina, subject, told(world, 1), told(world, 2, purpose="note")) == 2, (
        "another purpose or another time is another answer"
    )


def test_a_call_without_answers_takes_nothing_over(world, amina, subject):
    assert carry(world, amina, subject) == 0
    assert events(subject) == []


# -- withdrawn ---------------------------------------------------------------------------------------------


@pytest.fixture
def said():
    """What other rooms were told, while they listen."""
    heard = SimpleNamespace(changed=[], stopped=[], asked=[])

    def changed(*, keys, file, consent, at):
        heard.changed.append((keys, file, consent, at))

    def preview(*, keys, file, consent, at):
        heard.asked.append((keys, file, consent, at))
        return ["A letter stays."]

    def act(*, keys, file, consent, at):
        heard.stopped.append((keys, file, consent, at))

    effect = withdrawal_registry.WithdrawalEffect(preview=preview, act=act)
    with (
        withdrawal_registry.ON_CHANGE.temporarily("test", changed),
        withdrawal_registry.EFFECTS.temporarily("test", effect),
    ):
        yield heard


def withdraw(world, amina, subject, answer, words="I changed my mind"):
    consent.withdraw(
        keys=amina, subject=subject, answer=answer, on=date(2026, 11, 23), words=words, at=world.at
    )


def test_a_withdrawal_is_kept_in_her_words_and_told_to_whoever_must_stop_something(
    world, amina, subject, said
):
    write(amina, subject, world.at)
    (answer,) = kept(amina, subject)
    assert said.changed == [(amina, subject.file, answer.consent, world.at)]
    stops = consent.what_stops(keys=amina, subject=subject, answer=answer, at=world.at)
    assert "A letter stays." in stops
    assert said.asked == [(amina, subject.file, answer.consent, world.at)] and said.stopped == []
    withdraw(world, amina, subject, answer)
    (now,) = kept(amina, subject)
    assert said.stopped == [(amina, subject.file, answer.consent, world.at)]
    assert said.changed[1:] == [(amina, subject.file, now.consent, world.at)]
    assert now.consent == replace(answer.consent, withdrawn_on=date(2026, 11, 23))
    assert now.kept == answer.kept | {
        "withdrawn_on": "2026-11-23",
        "withdrawn_words": "I changed my mind",
        "withdrawn_by": str(world.staff["amina"].pk),
    }
    assert now.sealed.ref == answer.sealed.ref
    assert events(subject) == ["consent:answer:written", "consent:answer:withdrawn"]


def test_what_was_withdrawn_is_not_withdrawn_again_and_not_over_what_a_colleague_wrote(world, amina, subject):
    write(amina, subject, world.at)
    (stale,) = kept(amina, subject)
    withdraw(world, amina, subject, stale)
    (now,) = kept(amina, subject)
    with pytest.raises(Refusal) as refused:
        withdraw(world, amina, subject, now)
    assert refused.value.code == "withdrawn-already"
    with pytest.raises(StalePart):
        withdraw(world, amina, subject, stale, "in another tab")


def test_what_nobody_knows_is_not_found(world, subject):
    assert subjects.load("3W4-6X7-Y", to=world.staff["amina"], keys=None) == subject
    with pytest.raises(Http404):
        subjects.load("3W4-6X7-Y", to=world.staff["daler"], keys=None)


def test_what_was_kept_under_its_name_is_found_again_after_years(world, amina, subject):
    write(amina, subject, world.at)
    (part,) = vault_queries.read_all(keys=amina, file=subject.file, part="consent")
    assert part.value["said"] == "yes"


def test_each_reason_why_nothing_leaves_has_a_sentence():
    # What was agreed to but for some fields is said field by field.
    assert set(WHY_NOT) == set(get_args(rules.Why.__value__)) - {"", "covered", "fields"}
