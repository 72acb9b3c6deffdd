"""What SECURITY.md promises of the newer rooms, and of a stolen disk, names the test that would see it broken."""

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


def unnamed(text: str) -> list[str]:
    """The promises of *How it is kept* beside which no test stands."""
    kept = text.partition("## How it is kept")[2].partition("\n## ")[0]
    promises = re.split(r"^- ", kept, flags=re.M)[1:]
    return [one.partition("**")[2].partition("**")[0] for one in promises if not NAMED.search(one)]


def test_each_promise_of_how_it_is_kept_names_a_test():
    assert unnamed(SECURITY) == []
    planted = SECURITY.replace("## How it is kept", "## How it is kept\n\n- **Nobody** looks.", 1)
    assert unnamed(planted) == ["Nobody"], "control"


@pytest.mark.parametrize("number", [18, 35, 39, *range(44, 55)])
def test_each_of_these_promises_names_a_test(number):
    told = SECURITY.partition(f"\n{number}. ")[2]
    told = re.split(r"\n(?:\d+\. |## )", told)[0]
    assert NAMED.search(told), f"SECURITY.md {number}"
