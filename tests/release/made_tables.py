"""Made-up counts of made-up people, shaped like the tables that official bodies publish: rare answers, many zeros."""

from datetime import date

import numpy as np

from panah.programmes.release.cells import Dimension, ProtectedTable, State, Table, with_totals
from panah.programmes.release.coverage import Coverage

YEAR = Coverage("people assisted", date(2026, 1, 1), date(2026, 12, 31), frozenset({"north", "south"}))
# As in tables of referrals: three ages, two decisions, quarters; the last age is rarely noted.
AGE = Dimension("age", ("adult", "child", "not specified"))
DECISION = Dimension("decision", ("negative", "positive"))
QUARTER = Dimension("quarter", ("Q1", "Q2", "Q3", "Q4"))
COUNTRY = Dimension("country", ("Alania", "Borduria", "Carpathia", "Dalmatia", "Elbonia", "Freedonia"))
# By quarter, age and decision.
REFERRALS = np.array(
    [
        [[49, 164], [2, 161], [1, 14]],
        [[42, 208], [6, 209], [3, 18]],
        [[51, 369], [19, 338], [3, 23]],
        [[43, 479], [22, 585], [3, 28]],
    ]
)


def table(counts, dimensions, *, societies=3, name="Made-up table", population=YEAR, seed=5, not_asked=None):
    """Give each society about the same share of every count."""
    counts = np.asarray(counts, np.int64)
    rng = np.random.default_rng(seed)
    parts = rng.multinomial(counts.ravel(), [1 / societies] * societies)
    shares = {f"Society {'ABCDEFGHIJ'[at]}": parts[:, at].reshape(counts.shape) for at in range(societies)}
    return Table(name, population, tuple(dimensions), shares, not_asked)


def referrals(**more):
    return table(REFERRALS, (QUARTER, AGE, DECISION), name="Made-up referrals", **more)


def shown_as_they_are(made, rule, *, hide_below=0):
    """A careless release: small counts hidden, and nothing else."""
    counts = with_totals(made.counts)
    hidden = (counts > 0) & (counts < hide_below)
    states = np.select([hidden, counts == 0], [State.HIDDEN, State.ZERO], State.COUNT).astype(np.int8)
    return ProtectedTable(
        made.name, made.population, made.dimensions, states, np.where(hidden, -1, counts), rule, "none"
    )
