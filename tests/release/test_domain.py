"""What may stand in a release is declared and signed before there is data."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from panah.programmes.release.domain import Domain, Kind, read_domain, read_signed, shipped, to_be_signed
from panah.programmes.release.errors import BadDomain, NotSigned

SMALL = b"""
version = "1"
declared_on = 2026-01-05
[lists]
countries = ["KAZ", "TJK"]
[[column]]
name = "citizenship"
values_of = "countries"
other = "ZZZ"
[[column]]
name = "age"
values = ["0--17", "18+"]
begins = [0, 18]
[[column]]
name = "year"
years = [2025, 2026]
[[column]]
name = "threats"
flag = true
"""


@pytest.fixture(scope="module")
def small() -> Domain:
    return read_domain(SMALL)


def one(domain: Domain, **record) -> tuple[str, ...]:
    return next(domain.decode(domain.encode_records([record])))


def test_the_shipped_columns_are_those_of_the_codebook_and_a_flag_is_one_or_empty():
    domain = read_domain(shipped())
    assert len(domain.names) == 27
    flags = [column for column in domain.columns if column.kind is Kind.FLAG]
    assert len(flags) == 21 and all(column.values == ("", "1") for column in flags)
    assert {"yearOfRegistration", "ageBroad", "CountryOfExploitation", "isOtherExploit"} <= set(domain.names)


def test_a_country_that_was_not_declared_becomes_another_country_and_never_a_value(small):
    assert one(small, citizenship="FRA") == ("ZZZ", "", "", "")
    assert one(small, citizenship=" kaz ") == ("KAZ", "", "", "")
    assert small.sizes == (4, 3, 3, 2)


def test_a_year_that_was_not_declared_is_not_known_where_no_other_value_was_declared(small):
    assert one(small, year="1999") == ("", "", "", "") == one(small, year=None, shelter="ours")


@pytest.mark.parametrize(
    ("age", "bin_"), [(0, "0--17"), ("17", "0--17"), (18, "18+"), ("99", "18+"), ("18+", "18+"), ("-1", "")]
)
def test_an_age_goes_into_the_bin_that_begins_at_or_below_it(small, age, bin_):
    assert one(small, age=age)[1] == bin_


@given(st.lists(st.tuples(*[st.text(max_size=8)] * 4), max_size=5))
def test_whatever_was_typed_is_told_as_a_declared_value_and_stays_it(small, rows):
    codes = small.encode(rows)
    assert small.fits(codes) and codes.shape == (len(rows), 4)
    told = list(small.decode(codes))
    assert list(small.decode(small.encode(told))) == told


def test_some_of_the_columns_are_a_domain_of_their_own(small):
    fewer = small.only("threats", "citizenship")
    assert fewer.names == ("citizenship", "threats") and fewer.hash != small.hash
    with pytest.raises(BadDomain):
        small.only("name")


def test_the_declaration_is_older_than_the_data_or_it_is_not(small):
    assert small.is_older_than(date(2026, 1, 6))
    assert not small.is_older_than(date(2026, 1, 5))


def test_a_society_signs_its_columns_and_any_change_afterwards_is_refused(small):
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw(), key.sign(to_be_signed(SMALL))
    assert read_signed(SMALL, signature, public) == small
    stranger = Ed25519PrivateKey.generate()
    for text, signed, known in (
        (SMALL.replace(b"TJK", b"FRA"), signature, public),
        (SMALL, stranger.sign(to_be_signed(SMALL)), public),
        (SMALL, signature, stranger.public_key().public_bytes_raw()),
        (SMALL, key.sign(SMALL), public),  # a signature of something else that happened to be these bytes
        (SMALL, b"", public),
        (SMALL, signature, b"short"),
    ):
        with pytest.raises(NotSigned):
            read_signed(text, signed, known)


def test_the_hash_changes_with_order_bins_and_values_and_not_with_comments(small):
    assert read_domain(b"# a note\n" + SMALL).hash == small.hash
    for old, new in ((b"18]", b"17]"), (b'"KAZ", "TJK"', b'"TJK", "KAZ"'), (b"2025, 2026", b"2025, 2027")):
        assert read_domain(SMALL.replace(old, new)).hash != small.hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"TJK"', b'"KAZ"'),  # a value twice
        (b'"TJK"', b'"=1+1"'),  # a spreadsheet would take it for a formula
        (b'"TJK"', b"7"),
        (b"[0, 18]", b"[18, 0]"),
        (b"[0, 18]", b"[0]"),
        (b"[2025, 2026]", b"[2026, 2025]"),
        (b'"citizenship"', b'"age"'),  # a column twice
        (b'"citizenship"', b'"a b"'),
        (b'"countries"', b'"cities"'),
        (b"flag = true", b"flag = false"),
        (b"flag = true", b"flags = true"),
        (b'version = "1"', b""),
        (b"2026-01-05", b'"yesterday"'),
        (b"[[column]]", b"[[columns]]"),
        (b"version", b"\xff"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(old, new):
    assert old in SMALL
    with pytest.raises(BadDomain):
        read_domain(SMALL.replace(old, new))


def test_what_panah_brings_is_named():
    with pytest.raises(BadDomain):
        shipped("../../etc/passwd")
