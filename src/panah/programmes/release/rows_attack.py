"""Attacks on rows of people who do not exist: do they repeat people who do?

A trial is attacked: rows made from some of the people, beside those of them who were counted and others like them
who were not. Whatever rows say about everybody they say about both alike; what they say more of those who were counted,
they should not.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from panah.programmes.release.sentences import Sentence, say

Codes = NDArray[np.uint16]
LEAST_PEOPLE = 100
# As many people as are compared with all rows one by one: more would find the same and take longer.
MOST_COMPARED = 400
MOST_ROWS = 50_000
# Standard errors by which chance is left behind, once in tens of thousands of honest releases; and what is no matter.
ERRORS = 4.0
SMALL = 0.01
# At most so many people share a row that counts as rare.
RARE = 2


@dataclass(frozen=True, eq=False)
class RowsTrial:
    """Codes, a line a person: the rows, the people they were made from, and others from the same source."""

    rows: Codes
    counted: Codes
    others: Codes


def attack_rows(trial: RowsTrial | None, *, seed: int = 1) -> tuple[list[Sentence], list[Sentence]]:
    """Return what was learnt, and what was tried."""
    if trial is None:
        return [say("no-rehearsal")], []
    if min(len(trial.counted), len(trial.others)) < LEAST_PEOPLE or not len(trial.rows):
        return [say("too-few-rehearsed", needed=LEAST_PEOPLE)], []
    tried = say("tried-rows", members=len(trial.counted), others=len(trial.others))
    found = [one for one in (_copied(trial), _membership(trial, seed)) if one is not None]
    return found, [tried]


def _copied(trial: RowsTrial) -> Sentence | None:
    """Are rare people repeated more often when they were counted?"""
    everybody = np.concatenate([_as_texts(trial.counted), _as_texts(trial.others)])
    _, at, times = np.unique(everybody, return_inverse=True, return_counts=True)
    rare = times[at] <= RARE
    repeated = np.isin(everybody, _as_texts(trial.rows))
    counted = np.arange(len(everybody)) < len(trial.counted)
    n, m = int((rare & counted).sum()), int((rare & ~counted).sum())
    a, b = int((rare & counted & repeated).sum()), int((rare & ~counted & repeated).sum())
    if not n or not m:
        return None
    both = (a + b + 1) / (n + m + 2)
    if a / n - b / m <= ERRORS * sqrt(both * (1 - both) * (1 / n + 1 / m)):
        return None
    return say("copied", copied=a, rare=n, chance=b, others=m)


def _membership(trial: RowsTrial, seed: int) -> Sentence | None:
    """Is the nearest row nearer to those who were counted?"""
    rng = np.random.default_rng(seed)
    rows = _some(trial.rows, MOST_ROWS, rng)
    near, far = (
        _nearest(_some(people, MOST_COMPARED, rng), rows) for people in (trial.counted, trial.others)
    )
    # How often a counted person is nearer than one who was not, a draw counting half.
    right = float(((near[:, None] < far).sum() + (near[:, None] == far).sum() / 2) / (len(near) * len(far)))
    error = sqrt((len(near) + len(far) + 1) / (12 * len(near) * len(far)))
    if right <= 0.5 + max(SMALL, ERRORS * error):
        return None
    return say("membership", percent=f"{right * 100:.0f}")


def _nearest(people: Codes, rows: Codes) -> NDArray[np.int64]:
    """In how many columns, at least, each person differs from any row."""
    columns = [np.ascontiguousarray(column) for column in rows.T]
    found = np.empty(len(people), np.int64)
    for at, person in enumerate(people):
        apart = np.zeros(len(rows), np.uint8)
        for column, value in zip(columns, person, strict=True):
            apart += column != value
        found[at] = apart.min()
    return found


def _some(rows: Codes, most: int, rng: np.random.Generator) -> Codes:
    return rows if len(rows) <= most else rows[np.sort(rng.choice(len(rows), most, replace=False))]


def _as_texts(rows: Codes) -> NDArray[np.bytes_]:
    """Each row as one value that can be compared and sorted. Little-endian, with a one before: no byte is cut off."""
    marked = np.concatenate([rows.astype("<u2") + 1, np.ones((len(rows), 1), "<u2")], axis=1)
    return np.ascontiguousarray(marked).view(f"S{marked.shape[1] * 2}").ravel()
