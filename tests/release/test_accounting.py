"""The budget: never overdrawn, not by tiny spends either, and spent stays spent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opendp.combinators import make_zCDP_to_approxDP
from opendp.domains import atom_domain, vector_domain
from opendp.measurements import make_gaussian
from opendp.metrics import l2_distance

from panah.programmes.release.accounting import Ledger, Spend, epsilon_of, rho_for, spend_first
from panah.programmes.release.errors import (
    BadBudget,
    ExactFiguresReleased,
    Overdraft,
    PrivateReleased,
    SpentBefore,
)
from panah.programmes.release.noise import cost, sigma_for

amounts = st.decimals(min_value="1e-40", max_value=2, allow_nan=False, allow_infinity=False, places=40)


class FloatLedger:
    """Planted: it adds up floating-point numbers."""

    def __init__(self, budget, spent=0.0):
        self.budget, self.spent = float(budget), spent

    def spend(self, spend):
        if self.spent + float(spend.rho) > self.budget:
            raise Overdraft
        return FloatLedger(self.budget, self.spent + float(spend.rho))


class OpenLedger:
    """Planted: when a spend is refused, it lets it through."""

    def __init__(self, ledger):
        self.ledger = ledger

    def spend(self, spend):
        try:
            return OpenLedger(self.ledger.spend(spend))
        except Overdraft:
            return self


def takes_too_much(ledger, budget: Decimal, spends: list[Decimal]) -> bool:
    """Say whether a ledger let more through than there was."""
    taken = Fraction(0)
    for at, rho in enumerate(spends):
        try:
            ledger = ledger.spend(Spend(f"s{at}", rho))
        except Overdraft:
            continue
        taken += Fraction(rho)
    return taken > Fraction(budget)


@given(amounts, st.lists(amounts, max_size=30))
def test_no_order_of_spends_takes_more_than_there_is(budget, spends):
    assert not takes_too_much(Ledger(budget), budget, spends)


def test_a_thousand_spends_too_small_for_a_float_are_refused_and_the_planted_ledgers_are_caught():
    budget, tiny = Decimal(1), [Decimal(1), *[Decimal("1e-17")] * 1000]
    assert not takes_too_much(Ledger(budget), budget, tiny)
    assert takes_too_much(FloatLedger(budget), budget, tiny)
    assert takes_too_much(OpenLedger(Ledger(budget)), budget, [Decimal("0.7"), Decimal("0.7")])


def test_the_last_of_the_budget_can_be_spent_to_the_last_digit():
    ledger = Ledger(Decimal("0.3"))
    for at in range(3):
        ledger = ledger.spend(Spend(f"s{at}", Decimal("0.1")))
    assert ledger.left == 0
    with pytest.raises(Overdraft):
        ledger.spend(Spend("more", Decimal("1e-100")))


class Kept:
    """An account as a room keeps one: what stands in it survives."""

    def __init__(self, budget):
        self.ledger = Ledger(Decimal(budget))

    def take(self, spend):
        self.ledger = self.ledger.spend(spend)


class Killed(Exception):
    pass


def killed():
    raise Killed


def pay_afterwards(account, spend, work):
    """Planted: it looks first and pays then."""
    done = work()
    account.take(spend)
    return done


def is_still_spent(pay) -> bool:
    account = Kept("1")
    with pytest.raises(Killed):
        pay(account, Spend("release 1", Decimal("0.4")), killed)
    return account.ledger.spent == Fraction(2, 5)


def test_killed_between_paying_and_writing_it_stays_spent_and_the_planted_payer_is_caught():
    assert is_still_spent(spend_first)
    assert not is_still_spent(pay_afterwards)


def test_without_budget_nothing_is_looked_at():
    looked = []
    with pytest.raises(Overdraft):
        spend_first(Kept("0.1"), Spend("release", Decimal("0.2")), lambda: looked.append("at the data"))
    assert not looked


def test_the_same_spend_pays_once():
    ledger = Ledger(Decimal(1)).spend(Spend("release 1", Decimal("0.1")))
    with pytest.raises(SpentBefore):
        ledger.spend(Spend("release 1", Decimal("0.1")))
    with pytest.raises(SpentBefore):
        Ledger(Decimal(1), (*ledger.spends, *ledger.spends))


def test_exact_figures_and_private_ones_of_the_same_people_exclude_each_other():
    spend = Spend("microdata", Decimal("0.1"))
    with pytest.raises(ExactFiguresReleased):
        Ledger(Decimal(1)).mark_exact().spend(spend)
    with pytest.raises(PrivateReleased):
        Ledger(Decimal(1)).spend(spend).mark_exact()


@pytest.mark.parametrize("rho", ["0", "-1", "NaN", "sNaN", "Infinity"])
def test_what_is_no_amount_is_no_spend(rho):
    with pytest.raises(BadBudget):
        Spend("release", Decimal(rho))
    with pytest.raises(BadBudget):
        Ledger(Decimal(rho) if rho != "0" else Decimal("-0.1"))


def test_a_float_is_no_amount_and_a_ledger_is_not_born_overdrawn():
    with pytest.raises(BadBudget):
        Spend("release", 0.1)  # type: ignore[arg-type]
    with pytest.raises(Overdraft):
        Ledger(Decimal("0.1"), (Spend("before", Decimal("0.2")),))


@settings(max_examples=25)
@given(st.floats(0.05, 20), st.floats(3, 10))
def test_what_is_bought_with_an_epsilon_never_costs_more_than_it(epsilon, digits):
    delta = 10**-digits
    rho = rho_for(epsilon, delta)
    assert epsilon_of(rho, delta) <= Decimal(epsilon) + Decimal("1e-6")
    assert epsilon_of(rho * Decimal("1.01"), delta) > Decimal(epsilon)


@pytest.mark.parametrize(("epsilon", "delta"), [(0.5, 1e-6), (4, 1e-5), (4, 7e-8), (12, 1e-9)])
def test_opendp_converts_what_was_bought_to_no_more_than_was_asked(epsilon, delta):
    sigma = sigma_for(rho_for(epsilon, delta))
    measure = make_gaussian(vector_domain(atom_domain(T="i64")), l2_distance(T="f64"), scale=sigma)
    theirs = make_zCDP_to_approxDP(measure).map(1.0).epsilon(delta)
    assert 0.999 * epsilon < theirs <= epsilon


@given(st.floats(1e-6, 10))
def test_noise_is_the_least_that_is_within_its_price(rho):
    sigma = sigma_for(rho)
    assert cost(sigma) <= Decimal(rho)
    assert cost(sigma * (1 - 1e-6)) > Decimal(rho)


@pytest.mark.parametrize(
    ("epsilon", "delta"), [(0, 1e-6), (-1, 1e-6), (51, 1e-6), (1, 0), (1, 0.5), (float("nan"), 1e-6)]
)
def test_an_epsilon_or_delta_that_promises_nothing_is_refused(epsilon, delta):
    with pytest.raises(BadBudget):
        rho_for(epsilon, delta)


def test_nothing_spent_promises_everything():
    assert epsilon_of(Decimal(0), 1e-6) == 0
    with pytest.raises(BadBudget):
        epsilon_of(Decimal(-1), 1e-6)
    with pytest.raises(BadBudget):
        rho_for(1e-7, 1e-9)
