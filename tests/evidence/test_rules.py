"""Shares beside their whole, and what the sentences are made of."""

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from panah.ground.foundation.small_counts import THRESHOLD, protected
from panah.programmes.evidence import ctdc, rules
from panah.programmes.evidence.attack_words import SENTENCES
from panah.programmes.evidence.queries.own_facts import without_what_the_whole_hides
from panah.programmes.release import sentences

counts = st.dictionaries(st.integers(0, 6), st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1)


@given(counts)
def test_no_share_tells_a_small_number_of_those_in_it_or_of_those_left_out(numbers):
    part = {key: one for key, (one, _) in numbers.items()}
    whole = {key: one + rest for key, (one, rest) in numbers.items()}
    shown = rules.protected_share(whole, part)
    for side in (part, {key: whole[key] - part[key] for key in whole}):
        for key, number in shown.parts.items():
            assert number is None or not 0 < side[key] < THRESHOLD
        hidden = [side[key] for key, number in shown.parts.items() if number is None]
        if shown.total is not None and hidden:
            assert len(hidden) > 1, "one hidden number is the rest of the sum"
    if shown.total is not None:
        assert shown.total == sum(part.values())


def test_what_is_hidden_of_those_in_it_is_safe_among_those_left_out_too():
    whole, part = {"a": 11, "b": 6, "c": 10, "d": 5}, {"a": 6, "b": 6, "c": 1, "d": 5}
    # One in c is hidden beside five in d; of those left out c would then stand alone, nobody being left out of d.
    assert rules.protected_share(whole, part).parts == {"a": None, "b": 6, "c": None, "d": None}


def test_of_what_nobody_is_in_the_share_is_none_of_them():
    assert rules.protected_share({"a": 9, "b": 9}, {"a": 9}).parts == {"a": 9, "b": 0}


small = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=3)


@given(small)
def test_whoever_tries_every_possibility_learns_no_small_number_from_the_whole_and_a_share(numbers):
    """The whole is protected too, and where it is hidden no share is told: as the page of our own facts does it."""
    whole = {key: one + rest for key, (one, rest) in enumerate(numbers)}
    told = protected(whole)
    shown = without_what_the_whole_hides(
        rules.protected_share(whole, {key: one for key, (one, _rest) in enumerate(numbers)}), told
    )
    for learnt in possible(told, shown):
        assert len(learnt) > 1 or not 0 < min(learnt) < THRESHOLD


def possible(whole, share):
    """Every number that may be meant: of each whole, of those in the share of it, and of those left out."""
    if whole.total is None or share.total is None:
        return
    found = {key: (set(), set(), set()) for key in whole.parts}
    for wholes in assignments(whole, least=1):
        for shares in assignments(share, least=0):
            if all(shares[key] <= wholes[key] for key in wholes):
                for key, sets in found.items():
                    for one, value in zip(
                        sets, (wholes[key], shares[key], wholes[key] - shares[key]), strict=True
                    ):
                        one.add(value)
    for sets in found.values():
        yield from sets


def assignments(shown, *, least):
    hidden = [key for key, number in shown.parts.items() if number is None]
    left = shown.total - sum(number for number in shown.parts.values() if number is not None)
    for some in product(range(least, left + 1), repeat=max(0, len(hidden) - 1)):
        rest = left - sum(some)
        if rest >= least if hidden else not left:
            yield shown.parts | dict(zip(hidden, (*some, rest), strict=False))


@given(st.decimals(0, 10, places=15))
def test_what_is_kept_of_a_spend_is_never_less_than_the_spend(rho):
    assert rho <= rules.rho_of(rules.parts_of(rho)) < rho + Decimal("0.0000000000011")


def test_with_no_budget_a_guess_stays_a_guess_and_with_one_it_gets_better():
    assert [rules.right_in_a_hundred(Decimal(one)) for one in ("0", "0.02", "0.5", "100")] == [
        50,
        55,
        75,
        100,
    ]
    assert rules.one_in(Decimal("0.000001")) == 1_000_000


def test_every_sentence_of_an_attack_has_its_translation_word_for_word():
    assert {code: str(one) for code, one in SENTENCES.items()} == dict(sentences.SENTENCES)


def test_a_card_becomes_a_row_of_the_declared_columns_and_a_rare_value_none_of_its_own():
    codes = {
        "prs_Gender": ["Feminine"], "prs_Citizenship": ["KZ"], "pan_CountriesOfExploitation": ["TR", "AE"],
        "vic_TypeOfExploitation": ["ForcedMilitaryByStateActors"], "vic_MethodsOfControl": ["DebtBondage"],
    }  # fmt: skip
    row = ctdc.record(year=2025, codes=codes)
    assert row == {
        "yearOfRegistration": "2025", "gender": "Woman", "citizenship": "KAZ", "CountryOfExploitation": "ZZZ",
        "isOtherExploit": "1", "meansDebtBondageEarnings": "1",
    }  # fmt: skip
    assert set(row) <= set(ctdc.domain().names)
    assert ctdc.record(year=2025, codes=None) == {"yearOfRegistration": "2025"}
    assert ctdc.three_letters("") == "ZZZ"
