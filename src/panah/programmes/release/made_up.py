"""Made-up people for rehearsals and benchmarks: two generators, seeded, that read nothing but a declared domain.

``with_classes``: everybody belongs to one of some classes, and within a class columns are independent: a world that a
mixture can learn whole. ``without_classes``: each column leans on all columns before it, value by value, and there is
no class: a world that it cannot. Flags are sparse, a few countries are common and most are rare, in both.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from panah.programmes.release.domain import Codes, Domain

Floats = npt.NDArray[np.float64]
Generator = Callable[[Domain, int, int], Codes]
CLASSES = 40
_AT_ONCE = 20_000
_FEW = 2


def with_classes(domain: Domain, people: int, seed: int) -> Codes:
    """Return rows of people of some forty classes."""
    rng = np.random.default_rng([seed, 1])
    classes = np.sort(rng.choice(CLASSES, people, p=rng.dirichlet(np.full(CLASSES, 0.7))))
    rows = np.empty((people, len(domain.sizes)), np.uint16)
    for at, size in enumerate(domain.sizes):
        chances = np.stack([_of_class(rng, base) for base in [_common(rng, size)] for _ in range(CLASSES)])
        steps = (np.cumsum(chances, axis=1) + np.arange(CLASSES)[:, None]).ravel()
        steps[size - 1 :: size] = np.arange(1, CLASSES + 1)
        drawn = np.searchsorted(steps, classes + rng.random(people), side="right") - classes * size
        rows[:, at] = np.clip(drawn, 0, size - 1)
    return rows[rng.permutation(people)]


def without_classes(domain: Domain, people: int, seed: int) -> Codes:
    """Return rows of people whose every column leans on the columns before it."""
    rng = np.random.default_rng([seed, 2])
    base = [np.log(_common(rng, size)) for size in domain.sizes]
    leans = [
        [_leaning(rng, before, size) for before in domain.sizes[:at]] for at, size in enumerate(domain.sizes)
    ]
    rows = np.empty((people, len(domain.sizes)), np.uint16)
    for start in range(0, people, _AT_ONCE):
        _lean(rng, rows[start : start + _AT_ONCE], base, leans)
    return rows


def _lean(
    rng: np.random.Generator,
    rows: Codes,
    base: Sequence[Floats],
    leans: Sequence[Sequence[npt.NDArray[np.float32]]],
) -> None:
    for at, logits in enumerate(base):
        chances = np.repeat(logits[None, :].astype(np.float32), len(rows), axis=0)
        for before, lean in enumerate(leans[at]):
            chances += lean[rows[:, before]]
        np.exp(chances, out=chances)
        steps = np.cumsum(chances, axis=1)
        drawn = rng.random(len(rows), np.float32)[:, None] * steps[:, -1:]
        rows[:, at] = np.minimum((steps < drawn).sum(1), len(logits) - 1)


def _common(rng: np.random.Generator, size: int) -> Floats:
    """Return how common each value is: nothing known often, flags seldom, of many values a few."""
    if size == _FEW:
        present = rng.uniform(0.02, 0.3)
        return np.asarray([1 - present, present])
    ranks = rng.permutation(size - 1) + 1.0
    said = ranks ** -(0.9 if size > 50 else 0.5)
    unknown = rng.uniform(0.05, 0.3)
    return np.concatenate([[unknown], said / said.sum() * (1 - unknown)])


def _of_class(rng: np.random.Generator, base: Floats) -> Floats:
    """Return how common each value is in one class: around what is common, and each class differs."""
    if len(base) == _FEW:
        present = rng.beta(0.5, 0.5 / base[1] - 0.5)
        return np.asarray([1 - present, present])
    return rng.dirichlet(base * 8 + 1e-4)


def _leaning(rng: np.random.Generator, before: int, size: int) -> npt.NDArray[np.float32]:
    """Return how much each earlier value adds to the logit of each value: a lot between two long lists."""
    scale = 1.6 if min(before, size) > 50 else 0.35
    return rng.normal(0, scale, (before, size)).astype(np.float32)
