"""Receipts, tickets, proof of work, sizes: what the rules promise, for all that anybody may type."""

from __future__ import annotations

import secrets
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.vault.seals import DoesNotOpen, seal
from panah.people.reporters import rules

PEPPER = b"p" * 32
ARABIC, PERSIAN, FULLWIDTH = 0x0660, 0x06F0, 0xFF10
digits = st.builds(
    lambda handle, secret: rules.Receipt(handle, secret),
    st.text("0123456789", min_size=10, max_size=10),
    st.text("0123456789", min_size=25, max_size=25),
)


def in_script(text: str, zero: int) -> str:
    return "".join(chr(zero + int(one)) if one.isdigit() else one for one in text)


def test_a_secret_has_more_than_eighty_random_bits_and_a_receipt_is_nine_groups_of_four():
    assert rules.SECRET_BITS > 80
    one = rules.new_receipt()
    assert [len(group) for group in one.groups] == [4] * 9
    assert one.digits == "".join(one.groups) and one.digits.isdigit()
    assert len({rules.new_receipt().digits for _ in range(200)}) == 200


@given(
    digits,
    st.sampled_from([0x30, ARABIC, PERSIAN, FULLWIDTH]),
    st.sampled_from([" ", "-", "", "–", " ", ". ", "\n"]),
)
def test_a_receipt_is_read_however_it_is_written(receipt, zero, between):
    typed = "+" + in_script(between.join(receipt.groups), zero) + " "
    assert rules.parse(typed) == (receipt.handle, receipt.secret)


@given(digits, st.integers(0, 35), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_before_anything_is_asked(receipt, place, more):
    wrong = list(receipt.digits)
    wrong[place] = str((int(wrong[place]) + more) % 10)
    assert rules.parse("".join(wrong)) is None


@given(digits, st.integers(0, 34))
def test_two_digits_that_were_swapped_are_noticed(receipt, place):
    swapped = list(receipt.digits)
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    expected = (receipt.handle, receipt.secret) if "".join(swapped) == receipt.digits else None
    assert rules.parse("".join(swapped)) == expected


@given(st.text(max_size=600))
def test_whatever_is_typed_is_a_receipt_or_none(typed):
    found = rules.parse(typed)
    assert found is None or (len(found[0]), len(found[1])) == (10, 25)
    kept = rules.digits_in(typed)
    assert kept is None or all(unicodedata.decimal(one) >= 0 for one in kept)


@pytest.mark.parametrize("typed", ["", "1234", "x" * 36, "1" * 37, "12a" * 12, "9" * 100_000, "²" * 36])
def test_what_is_no_receipt_is_none(typed):
    assert rules.parse(typed) is None


@given(digits, digits)
def test_only_the_same_digits_under_the_same_pepper_open_what_is_sealed_to_them(one, other):
    keys = rules.keys_of(PEPPER, one.handle, one.secret)
    blob = seal(keys.public, b"Practice", "door word")
    again = rules.keys_of(PEPPER, one.handle, one.secret)
    assert (again.verifier, again.private.open(blob, "door word")) == (keys.verifier, b"Practice")
    for pepper, receipt in ((b"q" * 32, one), (PEPPER, other)):
        if (pepper, receipt) != (PEPPER, one):
            keys_of_others = rules.keys_of(pepper, receipt.handle, receipt.secret)
            assert keys_of_others.verifier != keys.verifier
            with pytest.raises(DoesNotOpen):
                keys_of_others.private.open(blob, "door word")


def test_handle_and_secret_cannot_be_shifted_against_each_other():
    assert rules.verifier_of(PEPPER, "12", "3") != rules.verifier_of(PEPPER, "1", "23")


def test_a_form_has_one_receipt_and_another_form_another():
    one, other = rules.new_token(), rules.new_token()
    assert rules.receipt_of(PEPPER, one) == rules.receipt_of(PEPPER, one) != rules.receipt_of(PEPPER, other)
    assert rules.receipt_of(b"q" * 32, one) != rules.receipt_of(PEPPER, one)
    assert "secret" not in repr(rules.new_receipt()) and rules.new_receipt().secret not in repr(
        rules.new_receipt()
    )


@given(st.text(max_size=40))
def test_only_what_a_page_of_ours_made_is_a_token(text):
    assert not rules.is_token(text) or (len(text) == 32 and text.isascii())
    assert rules.is_token(rules.new_token())


# ---- proof of work ---------------------------------------------------------------------------------


@given(st.integers(0, 10**6))
def test_a_proof_holds_for_its_own_token_alone(number):
    token = "A" * 32
    proof = rules.prove_work(token, bits=6)
    assert rules.proves_work(token, proof, bits=6)
    assert rules.proves_work(token, proof, bits=0)
    if rules.proves_work(token, str(number), bits=12):
        assert rules.proves_work(token, str(number), bits=6)


@pytest.mark.parametrize("proof", ["", "-1", "1e3", "٣", "0x10", "9" * 21, "12 "])
def test_what_is_no_number_proves_nothing(proof):
    assert not rules.proves_work("A" * 32, proof, bits=0)


def test_a_browser_needs_some_ten_thousands_of_tries():
    token = rules.new_token()
    found = sum(rules.proves_work(token, str(number), bits=8) for number in range(20_000))
    assert 20 < found < 200, "one in 256"
    assert 14 <= rules.PROOF_BITS <= 18


# ---- the pause --------------------------------------------------------------------------------------


def test_a_hundred_thousand_guesses_get_nowhere_and_lock_nobody_out():
    """From however many addresses: no address is asked. Whoever has a receipt waits ten seconds at most, then is in."""
    hers = rules.new_receipt()
    there = {rules.verifier_of(PEPPER, hers.handle, hers.secret)}
    found = 0
    for number in range(100_000):
        guess = str(secrets.randbelow(10**25)).zfill(25)
        # The worst case: whoever guesses has seen half of her digits.
        found += rules.verifier_of(PEPPER, hers.handle, guess) in there
        assert rules.wait_of(number) <= 10
    assert found == 0
    verifier = rules.verifier_of(PEPPER, hers.handle, hers.secret)
    waits = rules.wait_of(100_000)
    ticket = rules.ticket_for(PEPPER, verifier, after=1000 + waits, used=False)
    assert rules.read_ticket(PEPPER, verifier, ticket, now=1000) == rules.Ticket(waits, used=False)
    assert rules.read_ticket(PEPPER, verifier, ticket, now=1000 + waits) == rules.Ticket(0, used=False)


def test_on_a_usual_day_nobody_waits():
    assert rules.wait_of(1) == rules.wait_of(rules.FREE_TRIES) == 0
    waits = [rules.wait_of(number) for number in range(2000)]
    assert waits == sorted(waits) and max(waits) == 10


@given(st.integers(0, 10**10), st.binary(min_size=32, max_size=32), st.text(max_size=90))
def test_a_ticket_is_good_for_its_own_digits_and_for_an_hour(after, verifier, made_up):
    ticket = rules.ticket_for(PEPPER, verifier, after=after, used=True)
    assert rules.read_ticket(PEPPER, verifier, ticket, now=after + 3600) == rules.Ticket(0, used=True)
    assert rules.read_ticket(PEPPER, verifier, ticket, now=after + 3601) is None
    assert rules.read_ticket(PEPPER, b"x" * 32, ticket, now=after) is None
    assert rules.read_ticket(PEPPER, verifier, made_up, now=after) is None
    assert rules.read_ticket(PEPPER, verifier, ticket.replace(".1.", ".0."), now=after) is None


# ---- sizes and budgets ------------------------------------------------------------------------------


@given(st.integers(1, 40), st.sampled_from([(1, 49), (2, 1137)]))
def test_a_sealed_body_is_known_by_its_size_and_suite(steps, suite):
    number, overhead = suite
    body = bytes([number]) + bytes(steps * 4096 + overhead - 1)
    assert rules.is_sealed_body(body) == (steps * 4096 <= rules.LARGEST_SEALED)
    assert not rules.is_sealed_body(body + b"x") and not rules.is_sealed_body(b"\x11" + body[1:])


@given(st.binary(max_size=300))
def test_bytes_that_nobody_sealed_are_refused(raw):
    assert not rules.is_sealed_body(raw)


def test_the_header_is_to_the_byte_what_a_browser_writes():
    header = rules.header_of(language="uz-cyrl", urgency="now", child="yes", sealed="browser")
    assert header == b'{"child":"yes","language":"uz-cyrl","sealed":"browser","urgency":"now"}'


@pytest.mark.parametrize(
    "said",
    [
        {"language": "Practice Person", "urgency": "today", "child": "no"},
        {"language": "tg\n", "urgency": "today", "child": "no"},
        {"language": "tg", "urgency": "at once", "child": "no"},
        {"language": "tg", "urgency": "today", "child": "twelve"},
    ],
)
def test_nothing_that_was_typed_comes_into_a_header(said):
    assert not rules.are_codes(**said)
    assert rules.are_codes(language="uz-cyrl", urgency="now", child="yes")


def test_beyond_the_budget_it_is_read_later_and_with_proof_never():
    assert not rules.is_read_later(proven=False, before=59)
    assert rules.is_read_later(proven=False, before=60)
    assert not rules.is_read_later(proven=True, before=10**6)


def test_a_flood_pages_for_a_while_and_then_waits_for_whoever_reads():
    assert rules.urgency_here("now", later=False, paged_before=10**6) == "now"
    assert rules.urgency_here("now", later=True, paged_before=19) == "now"
    assert rules.urgency_here("now", later=True, paged_before=20) == "today"
    assert rules.urgency_here("today", later=True, paged_before=0) == "later"
