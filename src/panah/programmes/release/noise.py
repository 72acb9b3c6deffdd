"""Noise: OpenDP's discrete Gaussian on whole numbers, from the randomness of the system.

It takes no seed, and none of a release reaches it: whoever knew the noise would know the counts. What it costs is said
by OpenDP too, rounded up. Its own synthesisers are not used.
"""

from decimal import Decimal
from functools import lru_cache
from math import isfinite, sqrt

import numpy as np
import numpy.typing as npt
from opendp.domains import atom_domain, vector_domain
from opendp.measurements import make_gaussian
from opendp.metrics import l2_distance
from opendp.mod import Measurement, enable_features

from panah.programmes.release.errors import BadBudget

Counts = npt.NDArray[np.int64]
MECHANISM = "discrete Gaussian (OpenDP make_gaussian, integers, zCDP)"
# Lists of Python numbers pass to OpenDP and back: so many at a time, for the memory.
_AT_ONCE = 100_000

enable_features("contrib")


def gaussian(counts: Counts, sigma: float) -> Counts:
    """Return whole counts with independent discrete Gaussian noise of scale ``sigma`` on each, in the same shape."""
    if counts.dtype.kind not in "iu":
        raise BadBudget("Noise goes on whole numbers: floating-point ones give away their last bits.")
    measure = _measurement(sigma)
    flat = counts.ravel()
    noisy = np.empty(flat.size, np.int64)
    for at in range(0, flat.size, _AT_ONCE):
        noisy[at : at + _AT_ONCE] = measure(flat[at : at + _AT_ONCE].tolist())
    return noisy.reshape(counts.shape)


def cost(sigma: float) -> Decimal:
    """Return the rho of a table with this noise when one person changes one of its cells by one, as OpenDP says it."""
    return Decimal(float(_measurement(sigma).map(1.0)))  # type: ignore[no-untyped-call]  # OpenDP types no call of it


def sigma_for(rho: Decimal | float) -> float:
    """Return the least scale whose ``cost`` is within ``rho``."""
    if not isfinite(rho) or rho <= 0:
        raise BadBudget("Noise costs something.")
    sigma = sqrt(1 / (2 * float(rho)))
    while cost(sigma) > rho:
        sigma = float(np.nextafter(sigma * (1 + 1e-15), np.inf))
    return sigma


@lru_cache(maxsize=4096)
def _measurement(sigma: float) -> Measurement:
    if not isfinite(sigma) or sigma <= 0:
        raise BadBudget("The scale of noise is positive.")
    return make_gaussian(vector_domain(atom_domain(T="i64")), l2_distance(T="f64"), scale=float(sigma))
