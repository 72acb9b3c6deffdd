"""One kind of registry: what lower rooms offer, and rooms above fill in from their ``hooks.py``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps


class Registry[T]:
    """Values by name, read by ``order`` and then by name, whoever came first. Closed once all apps are ready."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.registered_by: dict[str, str] = {}
        self._values: dict[str, T] = {}
        self._order: dict[str, int] = {}

    def register(self, name: str, value: T, *, order: int = 0) -> T:
        """Add a value and return it. A taken name, and a registration after the start, are mistakes in the code."""
        if apps.ready:
            raise RuntimeError(f"{self.what}: {name} comes too late, register it in the hooks.py of its room")
        if name in self._values:
            raise ValueError(f"{self.what}: {name} is registered already by {self.registered_by[name]}")
        self.registered_by[name] = sys._getframe(1).f_globals["__name__"]
        self._put(name, value, order)
        return value

    def _put(self, name: str, value: T, order: int) -> None:
        self._order[name] = order
        values = {**self._values, name: value}
        self._values = {one: values[one] for one in sorted(values, key=lambda one: (self._order[one], one))}

    def __getitem__(self, name: str) -> T:
        return self._values[name]

    def get(self, name: str) -> T | None:
        return self._values.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[T]:
        return iter(self._values.values())

    def __len__(self) -> int:
        return len(self._values)

    def names(self) -> list[str]:
        return list(self._values)

    def items(self) -> list[tuple[str, T]]:
        return list(self._values.items())

    @contextmanager
    def temporarily(self, name: str, value: T, *, order: int = 0) -> Iterator[T]:
        """For tests: the value stands there, also in the place of another one, until the block ends."""
        with self._restored():
            self._put(name, value, order)
            yield value

    @contextmanager
    def temporarily_without(self, *names: str) -> Iterator[None]:
        """For tests: as if nobody had registered under these names, until the block ends."""
        with self._restored():
            self._values = {name: value for name, value in self._values.items() if name not in names}
            yield

    @contextmanager
    def _restored(self) -> Iterator[None]:
        before = self._values, dict(self._order)
        try:
            yield
        finally:
            self._values, self._order = before
