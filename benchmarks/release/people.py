"""The made-up people that are released, and how far a release is from them."""

from math import log

from panah.programmes.release import made_up
from panah.programmes.release.accounting import rho_for
from panah.programmes.release.domain import Codes, Domain, read_domain, shipped
from panah.programmes.release.utility import compare, least_noise

GENERATORS = {"latent classes": made_up.with_classes, "no classes": made_up.without_classes}
COLUMNS = 20
EPSILON = 4.0
ORDERS = (1, 2, 3)


def domain() -> Domain:
    """Return the first columns of the codebook's domain: years, two countries, age, gender, months, and flags."""
    whole = read_domain(shipped())
    return whole.only(*whole.names[:COLUMNS])


def delta(rows: int) -> float:
    """Return the delta that all are measured at."""
    return 1 / (rows * log(rows))


def errors(truth: Codes, rows: Codes) -> dict[str, float]:
    """Return how far rows (by column) are from made-up people, each error beside the floor of its order."""
    sizes, found = domain().sizes, {}
    rho = float(rho_for(EPSILON, delta(truth.shape[1])))
    for order in ORDERS:
        one = compare(truth, rows, sizes, order)
        name = f"mean error of {order}-way counts of 10 and more, people"
        found[name] = one.error
        found[f"{name}; floor"] = least_noise(truth, sizes, order, rho)
        found[f"lost {order}-way combinations, share"] = one.lost
        found[f"fabricated {order}-way combinations, share"] = one.fabricated
    return found
