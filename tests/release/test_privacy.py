"""What a release promises is tried, each trial beside a planted fault that it has to find."""

from decimal import Decimal
from math import exp, lgamma, log, log1p

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.programmes.release import made_up
from panah.programmes.release.accounting import Ledger, rho_for
from panah.programmes.release.counting import bounded, by_column, count
from panah.programmes.release.domain import Column, Domain
from panah.programmes.release.errors import BadBudget, Overdraft
from panah.programmes.release.noise import cost, gaussian
from panah.programmes.release.noisy_tables import TOTAL, Plan, pay, plan
from panah.programmes.release.synthesis import prepare
from tests.release.people import codebook, small

EPSILON, DELTA = 4.0, 1e-5

# ---- one person more changes one cell of each table by one ------------------------------------


def counted(rows, domain):
    columns = by_column(rows)
    return {
        table: count(columns, table, domain.sizes) for table in plan(domain.sizes, Decimal(1)).sigma if table
    }


def counted_with_flags_twice(rows, domain):
    """Planted: whoever has two flags counts for each of them."""
    found = counted(rows, domain)
    for table, counts in found.items():
        if len(table) == 2 and domain.sizes[table[0]] == domain.sizes[table[1]] == 2:
            counts[0, 1] += counts[1, 1]
    return found


def changes_one_cell_by_one(counting, domain, rows, person) -> bool:
    with_her, without = counting(np.vstack([rows, [person]]), domain), counting(rows, domain)
    off = [with_her[table] - without[table] for table in without]
    return with_her.keys() == without.keys() and all((one != 0).sum() == 1 and one.sum() == 1 for one in off)


rows_of = st.lists(st.tuples(*[st.integers(0, size - 1) for size in small().sizes]), min_size=1, max_size=30)


@settings(max_examples=40)
@given(rows_of)
def test_one_person_more_changes_one_cell_of_each_table_by_one(people):
    *rows, person = np.asarray(people, np.uint16)
    rows = np.asarray(rows, np.uint16).reshape(-1, len(person))
    assert changes_one_cell_by_one(counted, small(), rows, person)


def test_a_person_who_is_counted_twice_is_noticed():
    domain = small()
    rows = made_up.with_classes(domain, 50, 1)
    everything = np.asarray([size - 1 for size in domain.sizes], np.uint16)
    assert changes_one_cell_by_one(counted, domain, rows, everything)
    assert not changes_one_cell_by_one(counted_with_flags_twice, domain, rows, everything)


@given(st.lists(st.sampled_from("abc"), max_size=20), st.integers(1, 3))
def test_nobody_gives_more_rows_than_she_may_and_her_going_changes_nobody_elses(people, at_most):
    rows = np.arange(len(people), dtype=np.uint16)[:, None]
    kept = [people[at] for at in bounded(rows, people, at_most=at_most)[:, 0]]
    assert all(kept.count(one) == min(at_most, people.count(one)) for one in "abc")
    without = [at for at, one in enumerate(people) if one != "a"]
    alone = bounded(rows[without], [people[at] for at in without], at_most=at_most)
    assert [people[at] for at in alone[:, 0]] == [one for one in kept if one != "a"]


# ---- the noise that was paid for --------------------------------------------------------------


def test_all_tables_together_cost_what_was_bought_and_half_the_noise_is_refused():
    rho = rho_for(EPSILON, DELTA)
    for domain in (small(), codebook()):
        honest = plan(domain.sizes, rho)
        ledger = pay(Ledger(rho), honest)
        assert 0 <= ledger.left < rho / 1_000_000
        with pytest.raises(Overdraft):
            pay(Ledger(rho), Plan({table: sigma / 2 for table, sigma in honest.sigma.items()}))
        with pytest.raises(Overdraft):
            pay(Ledger(rho), Plan({**honest.sigma, (0, 1, 2): 50.0}))


def test_noise_is_whole_as_wide_as_it_says_and_falls_around_nothing():
    for sigma in (0.7, 5.0, 40.0):
        noise = gaussian(np.zeros(20_000, np.int64), sigma)
        assert noise.dtype == np.int64
        assert abs(noise.mean()) < 6 * sigma / 20_000**0.5
        assert abs(noise.std() / sigma - 1) < 0.05


def test_noise_goes_on_whole_numbers_alone_and_is_never_none():
    with pytest.raises(BadBudget):
        gaussian(np.zeros(3), 1.0)  # type: ignore[arg-type]
    for sigma in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(BadBudget):
            cost(sigma)


# ---- the likelihood-ratio audit ---------------------------------------------------------------


def _at_most(hits: int, of: int, chance: float) -> float:
    """Return the probability of so many hits or fewer."""
    at = np.arange(hits + 1)
    ways = [lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) for k in at]
    return float(np.exp(np.asarray(ways) + at * log(chance) + (of - at) * log1p(-chance)).sum())


def _least_chance(hits: int, of: int, risk: float) -> float:
    """Return Clopper and Pearson's lower bound of a chance."""
    low, high = 1e-12, 1 - 1e-12
    for _ in range(50 if hits else 0):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - _at_most(hits - 1, of, middle) < risk else (low, middle)
    return low if hits else 0.0


def least_epsilon(declared: Plan, used: Plan, trials: int) -> float:
    """Return an epsilon that the noise of ``used`` surely exceeds, by telling a person's cells with her from without.

    Of each table the cell that she is in is drawn, with her and without; the best test of the two adds the cells up by
    their declared noise. The threshold is chosen on one half of the trials and judged on the other.
    """
    scores = np.zeros((2, trials))
    for table, sigma in used.sigma.items():
        for present in (0, 1):
            drawn = gaussian(np.full(trials, 100 + present, np.int64), sigma)
            scores[present] += (drawn - 100) / declared.sigma[table] ** 2
    half = trials // 2

    def bound(threshold: float, part: slice) -> float:
        said, wrong = (scores[1, part] > threshold).sum(), (scores[0, part] > threshold).sum()
        least, most = _least_chance(said, half, 0.025), 1 - _least_chance(half - wrong, half, 0.025)
        return log(max(least - DELTA, exp(-20)) / most)

    thresholds = np.quantile(scores[:, :half], np.linspace(0.05, 0.95, 19))
    return bound(max(thresholds, key=lambda one: bound(one, slice(half))), slice(half, 2 * half))


def test_an_attacker_who_knows_all_but_one_person_learns_no_more_than_was_promised_and_a_tenfold_leak_is_found():
    sizes = small().sizes
    honest = plan(sizes, rho_for(EPSILON, DELTA))
    assert least_epsilon(honest, honest, 3_000) < EPSILON
    tenfold = plan(sizes, rho_for(10 * EPSILON, DELTA))
    assert least_epsilon(honest, tenfold, 3_000) > EPSILON
    # The whole budget for each table, not shared among them: the other usual fault.
    unshared = Plan({table: sigma / len(honest.sigma) ** 0.5 for table, sigma in honest.sigma.items()})
    assert least_epsilon(honest, unshared, 3_000) > EPSILON


# ---- nothing is read unpaid -------------------------------------------------------------------


def release_by_declared_domain(texts):
    return prepare(small().encode(texts), small(), EPSILON, DELTA, 1)


def release_by_domain_of_the_data(texts):
    """Planted: the values of the columns are those that somebody has."""
    columns = tuple(
        Column(column.name, ("", *sorted({row[at] for row in texts} - {""})), other="")
        for at, column in enumerate(small().columns)
    )
    domain = Domain("1", small().declared_on, columns)
    return prepare(domain.encode(texts), domain, EPSILON, DELTA, 1)


def shape(release):
    """Everything of a release that is not a noisy number."""
    method = release.method
    tables = {table: one.counts.shape for table, one in release.tables.items()}
    return tables, release.rows.shape[1], release.rows.dtype, method.domain_hash, method.paid, method.versions


def test_deleting_the_only_person_of_a_country_changes_nothing_in_the_shape_of_a_release_and_a_domain_of_the_data_does():
    texts = [row for row in small().decode(made_up.with_classes(small(), 300, 4)) if row[0] != "TKM"]
    with_her = [*texts, ("TKM", "Woman", "1", "", "1")]
    assert shape(release_by_declared_domain(texts)) == shape(release_by_declared_domain(with_her))
    assert shape(release_by_domain_of_the_data(texts)) != shape(release_by_domain_of_the_data(with_her))


def test_how_many_rows_a_release_has_is_a_noisy_number():
    rows = made_up.with_classes(small(), 300, 4)
    rho = rho_for(EPSILON, DELTA)
    assert plan(small().sizes, rho).sigma[TOTAL] > 1
    assert len({len(prepare(rows, small(), 0.5, DELTA, 1).rows) for _ in range(6)}) > 1


# ---- membership inference ---------------------------------------------------------------------


def advantage(rows, members, others) -> float:
    """Return how often a member lies nearer to some row than somebody else does; 0.5 is chance."""

    def nearest(people):
        return np.stack([(rows == person).sum(1).max() for person in people])

    ours, theirs = nearest(members)[:, None], nearest(others)[None, :]
    return float(((ours > theirs) + 0.5 * (ours == theirs)).mean())


def test_who_is_in_a_release_is_guessed_by_chance_and_rows_that_were_copied_are_found():
    domain = codebook()
    people = made_up.with_classes(domain, 3_000, 9)
    members, others = people[:1_500], people[1_500:]
    made = prepare(members, domain, EPSILON, 1e-5, 1)
    assert abs(advantage(made.rows, members[:400], others[:400]) - 0.5) < 0.07
    assert advantage(members, members[:400], others[:400]) > 0.8
