"""Which messages say the same: a machine's do, and people's never end in a pile with them."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.work.words import read_text
from panah.people.intake import rules
from panah.people.intake.actions.what_came import told_in_words
from tests.intake.floods import junk, people

TEXTS = st.text(max_size=400) | st.lists(
    st.sampled_from(["помощь", "работа", "паспорт", "help", "work", "дом", "12", "http://a.example"]),
    max_size=40,
).map(" ".join)


def test_of_fifty_people_among_five_thousand_of_a_machine_none_is_in_a_pile():
    texts = {f"person {n}": text for n, text in enumerate(people(50))}
    texts |= {f"machine {n}": text for n, text in enumerate(junk(5000))}
    began = time.process_time()
    found = rules.piles(texts)
    taken = time.process_time() - began
    piled = {name for pile in found for name in pile.members}
    assert not [name for name in piled if name.startswith("person")]
    assert len(piled) > 4900, "control: the flood is found"
    assert taken < 10


def test_people_who_write_the_same_few_words_are_no_machine():
    texts = dict.fromkeys(range(60), "Please help me!") | {100 + n: "помогите" for n in range(60)}
    assert rules.piles(texts) == []
    shops = {n: f"cheap pills http://shop{n}.example/{n}" for n in range(60)}
    assert len(rules.piles(shops)) == 1, "control: a short text with an address is one"


def test_seven_workers_of_one_site_who_send_one_text_stay_on_the_list():
    text = "We are seven men at the brickyard behind the canal and nobody has paid us since the summer began"
    assert rules.piles(dict.fromkeys(range(7), text)) == []
    assert len(rules.piles(dict.fromkeys(range(8), text))) == 1, "control: eight are"


@given(TEXTS, TEXTS)
def test_likeness_is_of_both_and_each_text_is_like_itself(one, other):
    a, b = rules.sketch_of(one), rules.sketch_of(other)
    assert rules.are_alike(a, b) == rules.are_alike(b, a)
    assert 0 <= rules.likeness(a, b) <= 1
    assert rules.likeness(a, a) == 1
    assert rules.sketch_of(one.upper().lower()) == rules.sketch_of(one.upper().lower().replace(" ", "  "))


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, max_size=40), st.integers(1, 5))
def test_each_text_is_in_one_pile_at_most_and_like_the_first_of_it(texts, smallest):
    given_texts = dict(enumerate(texts))
    found = rules.piles(given_texts, smallest=smallest)
    members = [name for pile in found for name in pile.members]
    assert len(members) == len(set(members))
    for pile in found:
        assert len(pile.members) >= smallest
        assert pile.members[0] == pile.first
        assert pile.least in pile.members
        first = rules.sketch_of(given_texts[pile.first])
        assert all(rules.are_alike(first, rules.sketch_of(given_texts[name])) for name in pile.members)


@given(
    st.recursive(
        st.text() | st.integers() | st.booleans() | st.none(),
        lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
        max_leaves=20,
    )
)
def test_whatever_stands_in_a_message_breaks_nothing(value):
    content = (
        value
        if isinstance(value, dict)
        else {"text": value, "answers": value, "person": value, "files": value}
    )
    assert isinstance(rules.text_of(content), str)
    assert isinstance(rules.stands_out(content), bool)
    assert isinstance(read_text(told_in_words(content)), str)
    assert isinstance(rules.pictures_of_abuse(content), list)
    rules.without_files(content)


def test_whoever_tells_of_danger_of_a_child_or_brings_a_file_stands_out():
    assert rules.stands_out({"text": "x", "answers": {"danger": "yes"}})
    assert rules.stands_out({"text": "x", "answers": {"theirs": "yes"}})
    assert rules.stands_out({"text": "x", "person": {"age_group": "child"}})
    assert rules.stands_out({"text": "x", "files": [{"id": "1"}]})
    assert not rules.stands_out({"text": "x", "answers": {"danger": "no", "young": "unknown"}, "person": {}})
