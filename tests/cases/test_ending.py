"""Before a case ends: what is still open stops it or is shown. Lists handed over whole, a ceiling, guardians."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.work.words import read_text
from panah.people.cases import actions as cases
from panah.people.cases.actions.children import comes_of_age_on
from panah.people.cases.models import Case
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent import queries as consent_queries
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.referrals.models import Referral
from tests.cases.case_pages import at, opened


@pytest.fixture
def case(world):
    return opened(world)


@pytest.fixture
def amina_s(world):
    return world.client("amina")


def ask(client, case):
    return client.post(at("close_ask", case), {"reason": "goals", "text": "Works and sleeps"})


def clock(world, case, kind):
    return cases.set_clock(
        keys=world.keys("amina"),
        case=case,
        kind=kind,
        at=timezone.now(),
        due_at=timezone.now() + timedelta(days=1),
    )


# -- closing -------------------------------------------------------------------------------------------


def a_referral(case, state):
    return Referral.objects.create(
        society=case.society, case=case, made_at=timezone.now(), state=state,
        sent_at=None if state == "draft" else timezone.now(),
    )  # fmt: skip


def an_unsigned_receipt(world, case):
    cases.give_means(
        keys=world.keys("amina"), case=case, second=world.staff["bakyt"], at=timezone.now(),
        means={"kind": "money", "what": "bus", "amount": "5", "currency": "KGS", "mark": "a flower", "on": "2026-11-24"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("open_it", "words"),
    [
        (lambda w, c: a_referral(c, "meeting"), "a referral is open: meeting proposed or agreed"),
        (lambda w, c: clock(w, c, "rape_72"), "a deadline still runs: after rape"),
        (lambda w, c: clock(w, c, "detention"), "a deadline still runs: detention"),
        (an_unsigned_receipt, "1 receipt has no second signature"),
    ],
)
def test_what_would_leave_someone_waiting_stops_closing_and_what_was_typed_stays(
    world, amina_s, case, open_it, words
):
    open_it(world, case)
    page = amina_s.get(at("close", case)).content.decode()
    assert "stops closing" in page
    assert words in page
    answer = ask(amina_s, case)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Works and sleeps" in answer.content.decode()
    case.refresh_from_db()
    assert case.close_asked_at is None


@pytest.mark.parametrize(
    ("open_it", "words"),
    [
        (lambda w, c: a_referral(c, "draft"), "a referral is open: being prepared"),
        (lambda w, c: clock(w, c, "compensation"), "nobody is reminded"),
        (lambda w, c: None, "come off it"),
    ],
)
def test_other_open_things_are_shown_with_a_way_and_stop_nothing(world, amina_s, case, open_it, words):
    open_it(world, case)
    page = amina_s.get(at("close", case)).content.decode()
    assert "look at it first" in page
    assert words in page
    assert "stops closing" not in page
    assert ask(amina_s, case).status_code == 302


def test_what_opens_between_asking_and_deciding_stops_bakyt_too(world, amina_s, case):
    ask(amina_s, case)
    a_referral(case, "offered")
    answer = world.client("bakyt").post(at("close_decide", case), {"decision": "close"})
    assert answer.status_code == 422
    assert "a referral is open" in answer.content.decode()
    case.refresh_from_db()
    assert case.is_open


def test_a_referral_that_ended_stops_nothing(world, amina_s, case):
    for state in ("done", "declined", "withdrawn"):
        a_referral(case, state)
    assert ask(amina_s, case).status_code == 302


# -- a ceiling and lists -------------------------------------------------------------------------------


def names(world, *who):
    return {w: str(world.staff[w].pk) for w in who}


def test_bakyt_sets_a_ceiling_and_beyond_it_a_reason_is_asked_and_kept(world, amina_s, case):
    bakyts, settings = world.client("bakyt"), reverse("cases:settings")
    assert bakyts.post(settings, {"most": "0", "do": "ceiling"}).status_code == 422
    bakyts.post(settings, {"most": "1", "do": "ceiling"})
    sent = {
        "age_group": "unknown",
        "urgency": "today",
        "owner": str(world.staff["amina"].pk),
        "note": "Practice Person Rose",
    }
    answer = bakyts.post(reverse("cases:open"), sent)
    assert answer.status_code == 422
    assert "Amina holds 1 open cases; the society’s ceiling is 1" in answer.content.decode()
    assert "Practice Person Rose" in answer.content.decode()
    assert Case.objects.count() == 1
    bakyts.post(reverse("cases:open"), {**sent, "beyond": "nobody else speaks Dari"})
    made = Case.objects.exclude(pk=case.pk).get()
    notes = vault_queries.read_all(keys=world.keys("amina"), file=made.file_id, part="note")
    assert "nobody else speaks Dari" in read_text(notes[0].value["text"])
    bakyts.post(settings, {"most": "", "do": "ceiling"})
    bakyts.post(reverse("cases:open"), sent)
    assert Case.objects.count() == 3


def test_amina_sets_no_ceiling(amina_s):
    assert amina_s.post(reverse("cases:settings"), {"most": "1", "do": "ceiling"}).status_code == 404


def many(client, **more):
    return client.post(reverse("cases:hand_over_many"), {"state": "open", **more})


def test_a_list_is_handed_over_exactly_as_filtered_beyond_the_first_page_in_chunks(world, monkeypatch):
    monkeypatch.setattr(cases, "AT_ONCE", 2)
    mine = [opened(world) for _number in range(5)]
    other = cases.open_case(keys=world.keys("cholpon"), by=world.staff["cholpon"], at=timezone.now())
    late = mine[0]
    Case.objects.filter(pk=late.pk).update(urgency="later")
    bakyts, amina = world.client("bakyt"), str(world.staff["amina"].pk)
    page = many(bakyts, who=amina, urgency="today").content.decode()
    assert "4 cases, exactly as the list showed them" in page
    assert late.number not in page
    assert other.number not in page
    sent = {"to": str(world.staff["cholpon"].pk), "note": "Speak slowly", "do": "hand"}
    left = " ".join(c.number for c in mine[1:])
    answer = many(bakyts, left=left, total="4", **sent)
    assert "2 of 4 done, to Cholpon" in answer.content.decode()
    rest = " ".join(c.number for c in mine[3:])
    answer = many(bakyts, left=rest, total="4", going="1", **sent)
    assert "4 of 4 done" in answer.content.decode()
    assert set(Case.objects.filter(owner=world.staff["cholpon"]).values_list("pk", flat=True)) == {
        other.pk, *(c.pk for c in mine[1:])
    }  # fmt: skip
    late.refresh_from_db()
    assert late.owner == world.staff["amina"]
    notes = vault_queries.read_all(keys=world.keys("cholpon"), file=mine[1].file_id, part="note")
    assert any("Speak slowly" in read_text(n.value["text"]) for n in notes)
    assert not vault_queries.opens(keys=world.keys("amina"), file=mine[1].file_id)


def test_the_load_of_each_stands_beside_the_name_and_the_ceiling_asks_before_anything_moves(world, case):
    bakyts = world.client("bakyt")
    bakyts.post(reverse("cases:settings"), {"most": "1", "do": "ceiling"})
    two = opened(world)
    page = many(bakyts).content.decode()
    assert "Amina (2 / 1)" in page
    sent = {
        "left": f"{case.number} {two.number}",
        "to": str(world.staff["cholpon"].pk),
        "do": "hand",
        "note": "n",
    }
    answer = many(bakyts, **sent)
    assert answer.status_code == 422
    assert "Cholpon holds 0 open cases" in answer.content.decode()
    assert Case.objects.filter(owner=world.staff["amina"]).count() == 2
    assert many(bakyts, **sent, beyond="Amina is ill").status_code == 200
    assert Case.objects.filter(owner=world.staff["cholpon"]).count() == 2


def test_a_number_that_is_not_hers_stays_where_it_is(world, case):
    cholpons = world.client("cholpon")
    answer = many(cholpons, left=case.number, to=str(world.staff["cholpon"].pk), do="hand")
    case.refresh_from_db()
    assert case.owner == world.staff["amina"]
    assert "These stayed where they are" in answer.content.decode()
    assert not Entry.objects.filter(event="cases:list:handed-over").exists(), "none of hers, none counted"
    assert world.client("elena").post(reverse("cases:hand_over_many")).status_code == 404


# -- a guardian who may be involved --------------------------------------------------------------------


def child(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=world.at, age_group="child", language="uz"
    )


def an_answer(world, case, guardian):
    return consent.write_answer(
        keys=world.keys("amina"), subject=consent_subject(case.number, to=world.staff["amina"], keys=world.keys("amina")), at=world.at,
        answer={"purpose": "partner", "said": "yes", "receiver": "other", "receiver_name": "A made-up clinic",
                "fields": ["called"], "seven": dict.fromkeys(MUST_BE_TOLD, "yes"), "guardian": guardian,
                "until": "2099-01-01", "way": "spoken_face", "language": "uz", "interpreter": "none",
                "understood": ""},
    )  # fmt: skip


def verdict(world, case):
    told = {"receiver": "other", "receiver_name": "A made-up clinic"}
    return consent_queries.may_share(
        keys=world.keys("amina"), file=case.file_id, purpose="partner",
        receiver=consent_queries.receiver_of(told, file=case.file_id), fields=["called"],
        on=world.at.date(), age_group="child",
    )  # fmt: skip


@pytest.mark.parametrize("involved", ["yes", "unknown", "none"])
def test_a_guardian_who_may_be_involved_cannot_agree_and_what_she_agreed_to_counts_no_more(
    world, amina_s, involved
):
    case = child(world)
    an_answer(world, case, "agrees")
    assert verdict(world, case).allowed
    amina_s.post(at("guardian", case), {"name": "Uncle Poplar", "relation": "uncle", "involved": involved})
    assert verdict(world, case).why == "guardian_may_be_involved"
    with pytest.raises(Refusal) as refused:
        an_answer(world, case, "agrees")
    assert refused.value.code == "guardian-may-be-involved"
    page = amina_s.get(f"/cases/{case.number}/consent/ask/partner/").content.decode()
    assert 'value="agrees"' not in page
    assert "neither agrees nor is told" in page
    an_answer(world, case, "representative")
    assert verdict(world, case).allowed


def test_a_guardian_of_whom_a_clear_no_is_written_may_agree(world, amina_s):
    case = child(world)
    amina_s.post(at("guardian", case), {"name": "Aunt Willow", "relation": "aunt", "involved": "no"})
    an_answer(world, case, "agrees")
    assert verdict(world, case).allowed


@pytest.mark.parametrize(
    ("born", "of_age"),
    [("2012-05-31", date(2030, 5, 31)), ("2012-02-29", date(2030, 2, 28)), ("2012-04", date(2030, 4, 30))],
)
def test_a_child_is_one_to_the_last_day_that_may_be_her_birthday(world, born, of_age):
    case = cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=world.at,
        language="uz",
        age_group="child",
        identity={"names": [{"text": "Test Child"}], "born": born},
    )
    assert comes_of_age_on(world.keys("amina"), case) == of_age
