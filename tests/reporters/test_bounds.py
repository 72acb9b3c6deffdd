"""Up to where the door takes what a stranger sends, and what must be the same on every node for good."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from panah.ground.foundation import retention
from panah.people.reporters import rules

PEPPER = bytes(range(32))


def test_a_receipt_and_its_key_come_from_the_same_form_and_digits_for_good():
    receipt = rules.receipt_of(PEPPER, "x" * 32)
    assert receipt.shown == "6390 4494 9503 6930 6833 4666 6554 9778 9081"
    keys = rules.keys_of(PEPPER, receipt.handle, receipt.secret)
    assert (
        hashlib.sha256(keys.public + keys.verifier).hexdigest()
        == "fa0684dcd5b483bef13afaddb9b62149f487260cc199795106a457f9d57e1d6d"
    )


@pytest.mark.parametrize(
    ("tries", "waits"), [(0, 0), (120, 0), (121, 2), (239, 2), (240, 4), (600, 10), (9000, 10)]
)
def test_whoever_has_no_ticket_waits_the_longer_the_more_is_tried_and_ten_seconds_at_most(tries, waits):
    assert rules.wait_of(tries) == waits


def test_of_what_was_typed_four_hundred_signs_are_looked_at():
    assert rules.digits_in("1" + " " * 399) == "1" and rules.digits_in("1" + " " * 400) is None


def test_a_proof_of_work_begins_with_sixteen_zero_bits():
    token, digest = "t" * 32, ""
    for number in range(10**6):
        digest = hashlib.sha256(f"panah door:{token}:{number}".encode()).digest()
        if digest[0] == 0 and digest[1] == 1:
            break
    assert not rules.proves_work(token, str(number)) and rules.proves_work(token, str(number), bits=15)
    assert rules.proves_work(token, rules.prove_work(token))
    # Of a form's token, in twenty digits at most.
    assert rules.proves_work(token, "1" * 20, bits=0) and not rules.proves_work(token, "1" * 21, bits=0)
    assert not rules.proves_work("short", "1", bits=0) and not rules.proves_work(token, "1a", bits=0)


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [("later", "today", "today"), ("week", "now", "now"), ("week", "later", "week"), ("now", "now", "now")],
)
def test_the_more_urgent_of_two_is_the_sooner(one, other, more):
    assert rules.more_urgent(one, other) == rules.more_urgent(other, one) == more
    assert rules.are_codes(language="ky", urgency=one, child="no")


@pytest.mark.parametrize(
    ("said", "country"), [("KG", "KG"), ("kg", ""), ("KGZ", ""), ("K", ""), (3, ""), (None, ""), (["KG"], "")]
)
def test_of_sealed_words_a_country_is_two_letters_or_none(said, country):
    assert rules.country_in({"country": said}) == country and rules.country_in({}) == ""


def sealed(plain, suite):
    return bytes([suite]) + bytes({1: 48, 2: 1136}[suite] + plain)


@pytest.mark.parametrize("suite", [1, 2])
def test_what_is_sealed_has_one_of_few_sizes(suite):
    body = {4096: True, 131_072: True, 131_072 + 4096: False, 4095: False, 0: False}
    line = dict.fromkeys((256, 512, 1024, 2048, 4096, 8192, 24_576), True) | dict.fromkeys(
        (300, 0, 28_672, 4352), False
    )
    assert {size: rules.is_sealed_body(sealed(size, suite)) for size in body} == body
    assert {size: rules.is_sealed_line(sealed(size, suite)) for size in line} == line
    assert not rules.is_sealed_body(b"") and not rules.is_sealed_line(b"\3" + bytes(304))


def test_files_are_refused_at_two_gigabytes_an_hour_and_words_at_four():
    two = 2 * 2**30
    for files, most in ((True, two), (False, 2 * two)):
        assert not rules.is_full(before=most - 5, more=5, files=files)
        assert rules.is_full(before=most - 5, more=6, files=files)


def test_what_is_promised_of_sizes_and_days():
    """As docs say it; a node that took less, or kept longer, would break a word that was given."""
    mebi = 1024 * 1024
    assert (25 * mebi, 50 * mebi, 100 * mebi) == (rules.LARGEST_FILE, rules.LARGEST_FILES, rules.BYTES_A_DAY)
    assert (20_000, 20, 30, mebi) == (
        rules.LONGEST_TEXT,
        rules.MOST_FILES,
        rules.CHATS_AN_HOUR,
        rules.MEGABYTE,
    )
    last = datetime(2026, 1, 1, tzinfo=UTC)
    assert last + retention.REPORT.period == datetime(2026, 4, 1, tzinfo=UTC)
    assert 83 < rules.SECRET_BITS < 83.1


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (0, "day"),
        (1, "day"),
        (1.1, "three-days"),
        (3, "three-days"),
        (3.1, "week"),
        (7, "week"),
        (7.1, "longer"),
    ],
)
def test_how_long_somebody_waited_is_told_in_days_that_are_over(days, code):
    assert rules.answered_within(timedelta(days=days)) == code


def test_the_outside_says_that_it_is_about_somebody_who_works_here_in_front_and_only_then():
    said = {"language": "ru", "urgency": "week", "child": "no", "sealed": "node"}
    assert rules.header_of(**said, about_staff=True).startswith(b'{"about_staff":true,"child":"no",')
    assert b"about_staff" not in rules.header_of(**said)
