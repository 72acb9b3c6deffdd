"""How often the code says Any may only become less."""

import pytest

from tools import any_uses


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("def f(a: int) -> str: ...", 0),
        ("def f(a: Any, b: dict[str, Any]) -> list[Any]: ...", 3),
        ("from typing import Any\nAnything = 'Any'", 0),
    ],
)
def test_each_use_counts_and_its_import_does_not(text, number):
    assert any_uses.counted_in(text) == number


def test_one_more_than_is_allowed_is_a_complaint_and_one_less_is_none():
    assert any_uses.complaints_about(5, allowed=5) == any_uses.complaints_about(4, allowed=5) == []
    assert "5 are allowed" in any_uses.complaints_about(6, allowed=5)[0]


def test_the_number_that_is_written_down_only_becomes_smaller(tmp_path, monkeypatch):
    monkeypatch.setattr(any_uses, "ALLOWED", tmp_path / "allowed.txt")
    for written, left in ((1, 1), (10**6, any_uses.counted())):
        any_uses.ALLOWED.write_text(f"{written}\n")
        any_uses.lower()
        assert any_uses.allowed() == left
