"""Shares beside their whole, and what the sentences are made of."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from panah.evidence import ctdc, rules
from panah.evidence.attack_words import SENTENCES
from panah.foundation.small_counts import THRESHOLD
from panah.release import sentences

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
