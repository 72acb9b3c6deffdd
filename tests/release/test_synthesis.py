"""Rows and tables of people who do not exist, and how far they are from those who do."""

import numpy as np
import pytest

from panah.programmes.release import made_up, threads
from panah.programmes.release.accounting import rho_for
from panah.programmes.release.counting import by_column, count
from panah.programmes.release.estimate import fitted, moved, shake
from panah.programmes.release.mixture import fit
from panah.programmes.release.noisy_tables import count_with_noise
from panah.programmes.release.polish import Target, polish
from panah.programmes.release.sampling import draw
from panah.programmes.release.synthesis import prepare, rehearse
from panah.programmes.release.utility import compare, least_noise
from tests.release.people import codebook, small

PEOPLE, EPSILON, DELTA = 4_000, 4.0, 1e-5


@pytest.fixture(scope="module")
def people():
    return made_up.without_classes(codebook(), PEOPLE, 3)


@pytest.fixture(scope="module")
def release(people):
    return prepare(people, codebook(), EPSILON, DELTA, 7)


def test_counts_of_rows_are_near_the_truth_and_no_common_value_is_lost(people, release):
    truth, rows, rho = by_column(people), by_column(release.rows), float(release.method.rho)
    for order, most in ((1, 2.0), (2, 2.25), (3, 1.25)):
        difference = compare(truth, rows, codebook().sizes, order)
        assert difference.error <= most * least_noise(truth, codebook().sizes, order, rho)
        assert difference.lost <= (0 if order == 1 else 0.01)


def within(release, columns, domain, part=1.0):
    """Return of each published count of ten and more whether its truth lies within (a part of) the bar."""
    return np.concatenate([
        (np.abs(one.counts - count(columns, table, domain.sizes)) <= one.half * part)[one.counts >= 10]
        for table, one in release.tables.items()
    ])  # fmt: skip


def test_nineteen_of_twenty_published_counts_are_within_their_bars_and_not_within_a_third_of_them():
    # Counts of one release share its total and are wrong together: one release in twenty has a tenth outside.
    domain = small()
    people = made_up.with_classes(domain, PEOPLE, 3)
    releases = [prepare(people, domain, EPSILON, DELTA, 7) for _ in range(12)]

    def share(part):
        return np.mean([within(one, by_column(people), domain, part).mean() for one in releases])

    assert share(1.0) > 0.9
    assert share(1 / 3) < 0.7


def test_the_error_told_within_the_budget_is_near_the_true_one(people, release):
    truth, rows = by_column(people), by_column(release.rows)
    for quality in release.quality:
        true = compare(truth, rows, codebook().sizes, quality.order)
        assert 0.6 < quality.rows / true.error < 2
        assert abs(quality.lost - true.lost) < 0.02


def test_rows_are_of_the_declared_columns_and_flags_are_one_or_empty(release):
    domain = codebook()
    assert domain.fits(release.rows) and abs(len(release.rows) - PEOPLE) < 100
    flags = [at for at, size in enumerate(domain.sizes) if size == 2]
    assert {row[at] for row in domain.decode(release.rows[:200]) for at in flags} == {"", "1"}


def test_the_method_accounts_for_each_table_and_says_what_an_attacker_can_win(release):
    method = release.method
    assert len(method.paid) == 1 + 20 + 190
    assert sum(one.rho for one in method.paid) <= method.rho == rho_for(EPSILON, DELTA)
    assert 0.5 < method.right_guesses < 0.75
    assert method.domain_hash == codebook().hash and method.seed == 7


def test_the_order_of_rows_tells_nothing_of_how_they_were_made(release):
    # Rows of one component stand together before they are mixed: neighbours would be alike.
    rows = release.rows
    next_to_each_other = (rows[1:] == rows[:-1]).mean()
    anywhere = (rows == rows[np.random.default_rng(1).permutation(len(rows))]).mean()
    assert abs(next_to_each_other - anywhere) < 0.01


def test_the_same_noisy_counts_and_seed_give_the_same_rows():
    domain = small()
    measured = count_with_noise(made_up.with_classes(domain, 500, 1), domain, rho_for(EPSILON, DELTA))
    made = [draw(fit(measured, 20, 30, 5), 500, np.random.default_rng(2)) for _ in range(2)]
    assert (made[0] == made[1]).all()
    assert (made[0] != draw(fit(measured, 20, 30, 6), 500, np.random.default_rng(2))).any()


def test_polishing_brings_rows_nearer_to_their_targets():
    domain = small()
    people = by_column(made_up.with_classes(domain, 2_000, 1))
    targets = {
        table: Target(count(people, table, domain.sizes).astype(float), 1.0)
        for table in [(at,) for at in range(5)] + [(one, two) for two in range(5) for one in range(two)]
    }
    rng = np.random.default_rng(1)
    rows = np.stack([rng.integers(0, size, 2_000) for size in domain.sizes]).astype(np.uint16)

    def away():
        return sum(
            np.abs(count(rows, table, domain.sizes) - one.counts).sum() for table, one in targets.items()
        )

    before = away()
    polish(rows, targets, rng, sweeps=12)
    assert away() < before / 10


def test_being_moved_to_opposite_sides_cancels():
    domain = small()
    measured = count_with_noise(made_up.with_classes(domain, 500, 1), domain, rho_for(EPSILON, DELTA))
    shaken = shake(measured, np.random.default_rng(1))
    one, other = (moved(measured, shaken, sign) for sign in (1, -1))
    for table, noisy in measured.noisy.items():
        assert (np.abs(one.noisy[table] + other.noisy[table] - 2 * noisy) <= 1).all()
    both = fitted(fit(one, 10, 20, 1), fit(other, 10, 20, 2), shaken).mixture
    assert both.expected((0, 1)).sum() == pytest.approx(measured.total)


class Stopped(Exception):
    pass


def test_whoever_waits_sees_each_stage_and_can_stop_it():
    seen = []

    def watch(stage, done):
        assert 0 <= done <= 1
        seen.append(stage)

    rehearsed = rehearse(small(), 1_500, EPSILON, DELTA, 1, progress=watch)
    assert list(dict.fromkeys(seen)) == ["measure", "fit", "estimate", "draw", "polish", "utility"]
    assert rehearsed.people == 1_500 and [one.order for one in rehearsed.differences] == [1, 2, 3]
    assert rehearsed.differences[0].lost == 0

    def stop(stage, _done):
        if stage == "fit":
            raise Stopped

    with pytest.raises(Stopped):
        rehearse(small(), 1_500, EPSILON, DELTA, 1, progress=stop)


def test_rows_that_are_not_of_the_domain_are_refused():
    with pytest.raises(ValueError, match="not rows of this domain"):
        prepare(np.full((3, 5), 9, np.uint16), small(), EPSILON, DELTA, 1)


def test_nobody_at_all_is_released_as_a_few_rows_of_noise():
    made = prepare(np.zeros((0, 5), np.uint16), small(), EPSILON, DELTA, 1)
    assert 1 <= len(made.rows) < 100


def test_linear_algebra_has_one_thread_inside_and_what_it_had_afterwards():
    library, name = threads._openblas()
    if library is None:
        pytest.skip("numpy brings no OpenBLAS here")
    threads_now = library[name.format("get")]
    before = threads_now()
    with threads.one_thread():
        assert threads_now() == 1
    assert threads_now() == before
