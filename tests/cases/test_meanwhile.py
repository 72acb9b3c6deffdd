"""Two windows on one text: what a colleague wrote is never written over unseen, and what was typed can be saved."""

import pytest
from django.utils import timezone

from panah.ground.vault import queries as vault_queries
from panah.people.cases import actions as cases
from tests.cases.case_pages import at, opened, seen_on

CHILD = {"place": "With Bakyt", "why": "Safe there", "who_decided": "Saule"}
ASSESSED = {"child_view": "Wants to stay", "safety": "Safe", "options": "Two", "advice": "Stay"}
SEVERAL = {
    "parties": "Child protection\nA psychologist",
    "family_checked": "yes",
    "child_view": "Agrees",
    "decision": "Stays",
    "on_day": "3",
    "on_month": "11",
    "on_year": "2026",
}
# page, its further arguments, a whole answer, and the field that both write
TEXTS = [
    ("safety_plan", (), {"never": "No messages"}, "reach"),
    ("objectives", (), {}, "objectives"),
    ("reintegration", (), {}, "measure"),
    ("best_interests", ("note",), CHILD, "why"),
    ("best_interests", ("assessment",), ASSESSED, "advice"),
    ("determination", (), SEVERAL, "decision"),
    ("guardian", (), {"name": "Aunt", "relation": "aunt", "involved": "unknown"}, "reach"),
]


@pytest.fixture
def case(world):
    return opened(world, age_group="child")


@pytest.mark.parametrize(("name", "more", "answer", "field"), TEXTS)
def test_what_bakyt_wrote_while_amina_was_typing_is_shown_to_her_and_not_lost(
    world, case, name, more, answer, field
):
    amina, bakyt, address = world.client("amina"), world.client("bakyt"), at(name, case, *more)
    page = amina.get(address)
    first = bakyt.post(address, {**answer, field: "Tulip of Bakyt", "seen": seen_on(bakyt.get(address))})
    assert first.status_code == 302, first.content.decode()

    mine = {**answer, field: "Poppy of Amina", "seen": seen_on(page)}
    held = amina.post(address, mine)
    text = held.content.decode()
    assert held.status_code == 422 and "A colleague wrote here in the meantime" in text
    assert "What is there now: Tulip of Bakyt" in text and "Poppy of Amina" in text
    assert text.count("What is there now") == 2  # on top, and at its field
    assert "Tulip of Bakyt" in amina.get(address).content.decode()

    both = {**answer, field: "Poppy and Tulip", "seen": seen_on(held)}
    assert amina.post(address, both).status_code == 302
    assert "Poppy and Tulip" in bakyt.get(address).content.decode()


def test_a_follow_up_that_two_write_down_keeps_both_words(world, case):
    amina, bakyt, keys = world.client("amina"), world.client("bakyt"), world.keys("amina")
    cases.begin_follow_up(keys=keys, case=case, at=timezone.now())
    first = vault_queries.read_all(keys=keys, file=case.file_id, part="followup")[0]
    address = at("follow_up", case, first.ref)
    seen = seen_on(amina.get(address))
    bakyt.post(address, {"reached": "reached", "said": "Sleeps well", "seen": seen_on(bakyt.get(address))})
    held = amina.post(address, {"reached": "not_reached", "said": "Nobody answered", "seen": seen})
    assert held.status_code == 422 and "What is there now: Sleeps well" in held.content.decode()
    assert "What is there now: reached" in held.content.decode()
    both = {"reached": "reached", "said": "Sleeps well, answers at the second call", "seen": seen_on(held)}
    assert amina.post(address, both).status_code == 302


def test_a_need_that_bakyt_changed_meanwhile_is_not_written_over(world, case):
    amina = world.client("amina")
    need = {"type": "legal", "horizon": "now", "said": "A lawyer"}
    ref = cases.write_need(keys=world.keys("amina"), case=case, need=need, at=timezone.now())
    address = at("need_change", case, ref)
    seen = seen_on(amina.get(address))
    changed = {**need, "said": "Two lawyers", "state": "met"}
    cases.write_need(keys=world.keys("bakyt"), case=case, need=changed, at=timezone.now(), ref=ref)
    held = amina.post(address, {**need, "state": "open", "said": "No lawyer", "seen": seen})
    text = held.content.decode()
    assert (
        held.status_code == 422
        and "What is there now: Two lawyers" in text
        and "What is there now: met" in text
    )
    kept = vault_queries.read(keys=world.keys("amina"), file=case.file_id, part="need", ref=ref)
    assert kept.value["said"] == "Two lawyers"
