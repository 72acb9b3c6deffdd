"""What SECURITY.md promises names the test that would see it broken: by attacker, by means, and where it ends."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(test_\w+)`")


def unknown(text: str) -> list[str]:
    """The tests that a text names and nobody has written."""
    there = set()
    for file in ROOT.glob("tests/**/test_*.py"):
        there |= set(re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.M))
    return sorted(set(NAMED.findall(text)) - there)


def test_every_test_that_is_named_is_there():
    assert unknown(SECURITY) == []
    assert unknown("see `test_that_nobody_has_written`") == ["test_that_nobody_has_written"], "control"


def without(pieces: list[str]) -> list[str]:
    """The first words of those pieces beside which no test stands."""
    return [one.strip()[:40] for one in pieces if not NAMED.search(one)]


def promises(text: str) -> list[str]:
    kept = text.partition("## How it is kept")[2].partition("\n## ")[0]
    return re.split(r"^- ", kept, flags=re.M)[1:]


def attackers(text: str) -> list[str]:
    """The rows of *Who attacks*: who, with what, gets what, and what not."""
    table = text.partition("## Who attacks")[2].partition("\n## ")[0]
    return [line for line in table.splitlines() if line.startswith("| ")][1:]


def limits(text: str) -> list[tuple[int, str]]:
    """The numbers of *What it cannot do*, as they stand there, each with its text."""
    told = text.partition("## What it cannot do")[2].partition("\n## ")[0]
    found = re.split(r"^(\d+)\. ", told, flags=re.M)[1:]
    return [(int(number), piece) for number, piece in zip(found[::2], found[1::2], strict=True)]


def in_order(told: list[tuple[int, str]]) -> bool:
    return [number for number, _piece in told] == list(range(1, len(told) + 1))


# Nothing is promised there: what a server, a force, a camera, a duty and a loss do.
PLAIN_LIMITS = {1, 2, 3, 9}


def test_each_promise_of_how_it_is_kept_names_a_test():
    assert without(promises(SECURITY)) == []
    planted = SECURITY.replace("## How it is kept", "## How it is kept\n\n- **Nobody** looks.", 1)
    assert without(promises(planted)) == ["**Nobody** looks."], "control"


def test_what_each_attacker_does_not_get_names_a_test():
    assert without(attackers(SECURITY)) == []
    assert len(attackers(SECURITY)) >= 20, "control"


@pytest.mark.parametrize(
    "does",
    [
        "holds the line down",
        "five of them and with a paper",
        "focal point who goes bad",
        "laptop",
        "forges work",
        "peer",
    ],
)
def test_whoever_may_attack_stands_there(does):
    assert any(does in one for one in [*attackers(SECURITY), *promises(SECURITY)])


def test_each_limit_names_the_test_of_what_it_promises_all_the_same():
    told = limits(SECURITY)
    assert in_order(told), "each number once, in order"
    assert not in_order([*told, told[-1]]), "control: what two merges left twice"
    assert without([piece for number, piece in told if number not in PLAIN_LIMITS]) == []
    assert [number for number, piece in told if number in PLAIN_LIMITS and NAMED.search(piece)] == []
