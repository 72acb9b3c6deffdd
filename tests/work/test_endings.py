"""How each thing on a list ends is decided for every (room, purpose), once."""

import sys
from uuid import uuid4

import pytest
from django.urls import resolve
from django.utils import timezone, translation

from panah.ground.foundation.ids import new_number
from panah.ground.work import actions as work
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number
from panah.ground.work.words import OUTCOMES_OF, DueKind, DueType, Outcome

ENDS_ON_A_PAGE = {
    (name, purpose): page for name, room in ITEM_ROOMS.items() for purpose, page in room.ends_on.items()
}


def _declared():
    """Every type of due item that stands in a module, by itself or in a table."""
    for name, module in sorted(sys.modules.items()):
        for value in vars(module).values() if name.startswith("panah.") else ():
            for one in value.values() if isinstance(value, dict) else (value,):
                if isinstance(one, DueType):
                    yield one


def test_how_each_declared_type_ends_is_decided():
    types = {(one.room, one.purpose) for one in _declared()}
    assert len(types) > 100
    assert not {(room, purpose) for room, purpose in types if purpose not in ITEM_ROOMS.get(room).purposes}


def test_nothing_is_decided_twice():
    with pytest.raises(ValueError, match="ends in two ways"):
        ItemRoom(ends_on={"answer": by_number("cases:risk")}, asks_first=frozenset({"answer"}))


@pytest.mark.parametrize("key", sorted(ENDS_ON_A_PAGE), ids="-".join)
def test_each_page_on_which_something_ends_is_an_address_of_the_node(key):
    path, _, _filtered = ENDS_ON_A_PAGE[key](uuid4(), new_number()).partition("?")
    assert resolve(path).func


@pytest.mark.parametrize("name", [name for name, _room in ITEM_ROOMS.items()])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_purpose_has_a_sentence_for_what_a_job_without_keys_put_on_a_list(name, language):
    room = ITEM_ROOMS.get(name)
    assert set(room.says) == room.purposes
    with translation.override(language):
        said = [str(one) for one in room.says.values()]
        assert len(set(said)) == len(said)
        assert not {*DueKind.labels} & set(said)
    with translation.override("en"):
        assert language == "en" or not set(said) & {str(one) for one in room.says.values()}


@pytest.mark.parametrize("kind", DueKind)
def test_each_kind_of_thing_has_a_word_for_each_outcome(kind):
    assert set(OUTCOMES_OF[kind]) == set(Outcome)


def test_what_must_never_end_with_a_press_on_a_list_does_not():
    """Call-backs, a meeting that nobody confirmed, somebody who did not come back, what an authority asks."""
    for key in (
        ("hotline", "call_back"),
        ("referrals", "meet"),
        ("shelter", "missed"),
        ("authority", "decide"),
    ):
        assert key in ENDS_ON_A_PAGE
    for key in (("hotline", "decide"), ("cases", "danger")):
        assert key in ENDS_ON_A_PAGE or key[1] in ITEM_ROOMS[key[0]].asks_first


def test_a_new_purpose_without_a_decision_fails_whichever_test_puts_it_on_a_list(world, undecided_endings):
    put = {
        "keys": None, "society": world.societies["north"].pk, "kind": DueKind.CALL, "due_at": timezone.now(),
        "room": "cases", "subject": uuid4(), "at": world.at, "owner": world.staff["amina"],
    }  # fmt: skip
    work.add_item(**put, purpose="something_new")
    work.add_item(**put, purpose="extra")
    work.add_item(**put | {"room": "authority"}, purpose=f"decide-{world.staff['bakyt'].pk}"[:30])
    assert undecided_endings == {("cases", "something_new")}
    undecided_endings.clear()
