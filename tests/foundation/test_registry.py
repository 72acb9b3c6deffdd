"""The one kind of registry: names once, an order of its own, closed when the apps are ready."""

import pytest
from django.apps import apps

from panah.ground.foundation.registry import Registry


@pytest.fixture
def numbers(monkeypatch) -> Registry[int]:
    monkeypatch.setattr(apps, "ready", False)  # as while the apps start
    made: Registry[int] = Registry("numbers")
    for name, value, order in (("b", 2, 0), ("a", 1, 0), ("first", 0, -1)):
        made.register(name, value, order=order)
    return made


def test_values_come_by_their_order_and_then_by_name_whoever_came_first(numbers):
    assert list(numbers) == [0, 1, 2] and numbers.names() == ["first", "a", "b"]
    assert "a" in numbers and numbers["a"] == 1 and numbers.get("c") is None and len(numbers) == 3


def test_a_name_is_taken_once_and_the_mistake_says_by_whom(numbers):
    with pytest.raises(ValueError, match=f"registered already by {__name__}"):
        numbers.register("a", 3)


def test_nothing_is_registered_after_the_start(numbers, monkeypatch):
    monkeypatch.setattr(apps, "ready", True)
    with pytest.raises(RuntimeError, match="comes too late"):
        numbers.register("c", 3)
    assert numbers.names() == ["first", "a", "b"]


def test_a_test_may_put_another_value_there_and_take_one_away_for_a_while(numbers):
    with numbers.temporarily("a", 9, order=5), numbers.temporarily_without("first"):
        assert list(numbers) == [2, 9]
    assert list(numbers) == [0, 1, 2]
