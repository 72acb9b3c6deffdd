"""One kind of registry: what lower rooms offer, and rooms above fill in."""

from collections.abc import Iterator
from contextlib import contextmanager


class Registry[T]:
    """Values by name. A name is taken once; they are read in the order of their names, whoever came first."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._values: dict[str, T] = {}

    def register(self, name: str, value: T) -> T:
        """Add a value and return it; a name that stands there already is a mistake in the code."""
        if name in self._values:
            raise ValueError(f"{self.what}: {name} is registered already")
        self._values[name] = value
        return value

    def __getitem__(self, name: str) -> T:
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[T]:
        return iter([self._values[name] for name in sorted(self._values)])

    def __len__(self) -> int:
        return len(self._values)

    def names(self) -> list[str]:
        return sorted(self._values)

    @contextmanager
    def temporarily(self, name: str, value: T) -> Iterator[T]:
        """For tests: the value stands there, also in the place of another one, until the block ends."""
        before = dict(self._values)
        self._values[name] = value
        try:
            yield value
        finally:
            self._values = before
