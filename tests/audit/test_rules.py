"""How the journal hangs together: frozen, and every change in it is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from panah.ground.audit.rules import GENESIS, JournalLine, Verification, chain, verify

LINE = JournalLine(
    society=UUID(int=1),
    number=7,
    at=datetime(2026, 11, 24, 14, 0, tzinfo=timezone(timedelta(hours=5))),
    who=UUID(int=2),
    event="vault:key:opened",
    about=UUID(int=3),
    facts={"б": 1, "a": "x"},
    sealed=b"sealed",
)
BARE = replace(LINE, who=None, about=None, facts={}, sealed=b"")


def test_the_chain_is_frozen_so_that_a_journal_of_years_ago_still_verifies():
    assert GENESIS.hex() == "480fc130281b825694278523e623959485c93672b87abf988e22dc8eb1914340"
    assert chain(GENESIS, LINE).hex() == "bf39aa65c60edec66ad0c91f0ec69d027883194ebe98ffb91f2ff95be328b470"
    assert (
        chain(b"\x01" * 32, BARE).hex() == "8a1ddd479e5c516920aef11cc701fb1505f7d846f072b151f7f685dc7a8102a8"
    )


def test_neither_the_order_of_the_facts_nor_the_time_zone_matters():
    turned = replace(LINE, facts={"a": "x", "б": 1}, at=LINE.at.astimezone(UTC))
    assert chain(GENESIS, turned) == chain(GENESIS, LINE)


def journal(length=4):
    lines, before = [], GENESIS
    for number in range(1, length + 1):
        line = replace(LINE, number=number)
        lines.append((line, before, chain(before, line)))
        before = lines[-1][2]
    return lines


def test_a_whole_journal_verifies_with_its_number_of_entries_and_its_head():
    lines = journal()
    assert verify(lines) == Verification(4, lines[-1][2], None)
    assert verify([]) == Verification(0, GENESIS, None)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_changed_entry_is_named_by_its_number(number):
    lines = journal()
    line, before, kept = lines[number - 1]
    sound = lines[number - 2][2] if number > 1 else GENESIS
    lines[number - 1] = (replace(line, event="vault:key:closed"), before, kept)
    assert verify(lines) == Verification(number, sound, number, "changed")
    lines[number - 1] = (line, b"\x02" * 32, chain(b"\x02" * 32, line))
    assert verify(lines) == Verification(number, sound, number, "changed"), "it hangs on something else"
    lines[number - 1] = (line, b"\x02" * 32, kept)
    assert verify(lines) == Verification(number, sound, number, "changed"), "what is kept of the one before"


def test_an_entry_that_was_taken_out_is_missed():
    lines = journal()
    assert verify(lines[:1] + lines[2:]) == Verification(2, lines[0][2], 2, "missing")
    assert verify(lines[1:]) == Verification(1, GENESIS, 1, "missing")


def test_a_journal_written_anew_or_cut_off_is_found_by_whoever_witnessed_its_head():
    lines = journal()
    third = (3, lines[2][2])
    assert verify(lines, witnessed=third).wrong_at is None
    assert verify(lines[:2], witnessed=third) == Verification(2, lines[1][2], 3, "cut off before the witness")
    forged = verify(lines, witnessed=(3, b"\x03" * 32))
    assert forged == Verification(3, lines[2][2], 3, "differs from the witness")
