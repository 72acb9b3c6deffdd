"""Opening a case: who can read it, what the table shows."""

from datetime import datetime

import pytest

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.work import queries as work_queries
from panah.people.cases import actions as cases
from panah.people.cases import queries
from panah.people.cases.models import Case


def open_for_amina(world, **more):
    return cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=world.at,
        language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
        note="Came with a small bag.",
        **more,
    )


def test_amina_and_both_focal_points_can_open_it(world):
    case = open_for_amina(world)
    assert {s.username for s in vault_queries.holders(case.file_id)} == {"amina", "bakyt", "saule"}


def test_cholpon_and_daler_see_the_same_as_for_none(world):
    case = open_for_amina(world)
    for name in ("cholpon", "daler", "rustam", "timur", "zarina", "elena"):
        assert queries.by_number(case.number, to=world.staff[name]) is None
    assert queries.by_number(case.number, to=world.staff["bakyt"]) == case


def test_elena_hands_a_person_to_amina_and_cannot_read_it_back(world):
    case = cases.open_case(
        keys=world.keys("elena"),
        by=world.staff["elena"],
        owner=world.staff["amina"],
        at=world.at,
        note="Whispered.",
    )
    assert vault_queries.read_all(keys=world.keys("elena"), file=case.file_id, part="note") == []
    assert (
        vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")[0].value["text"]
        == "Whispered."
    )


def test_elena_cannot_hold_a_case_herself(world):
    with pytest.raises(Refusal, match="no-holder"):
        cases.open_case(keys=world.keys("elena"), by=world.staff["elena"], at=world.at)


def test_the_first_meeting_and_the_first_look_at_the_risk_are_due(world):
    case = open_for_amina(world)
    items = work_queries.items_of(case.pk)
    assert [i.kind for i in items] == ["meet", "review"]
    case.refresh_from_db()
    assert case.due_at == items[0].due_at
    assert case.due_kind == "meet"
    said = work_queries.with_sentences(items, keys=world.keys("amina"))
    assert said[0].say
    assert said[0].item.age_group == "unknown"


def test_age_is_not_known_until_someone_says_so(world):
    assert open_for_amina(world).age_group == "unknown"
    assert isinstance(Case.objects.get().opened_at, datetime)
