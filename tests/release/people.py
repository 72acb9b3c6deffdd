"""Made-up people in a few columns, for tests of releases."""

from panah.programmes.release.domain import Domain, read_domain, shipped

SMALL = b"""
version = "1"
declared_on = 2026-01-05
[[column]]
name = "citizenship"
values = ["KAZ", "KGZ", "TJK", "UZB", "TKM"]
other = "ZZZ"
[[column]]
name = "gender"
values = ["Man", "Woman"]
[[column]]
name = "threats"
flag = true
[[column]]
name = "promises"
flag = true
[[column]]
name = "documents"
flag = true
"""


def small() -> Domain:
    return read_domain(SMALL)


def codebook() -> Domain:
    whole = read_domain(shipped())
    return whole.only(*whole.names[:20])
