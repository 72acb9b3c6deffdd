"""The library: how documents are read, and how they are found."""

from collections.abc import Iterator

from benchmarks.figures import Figure


def run(quick: bool) -> Iterator[Figure]:
    """Yield what reading costs and how well it reads, then the search and the similar documents."""
    from benchmarks.library import reading, searching

    yield from reading.run(quick)
    yield from searching.run(quick)
