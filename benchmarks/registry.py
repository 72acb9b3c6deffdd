"""Every benchmark by name."""

from collections.abc import Callable, Iterator

from benchmarks.figures import Figure

NAMES = (
    "pages",
    "contact",
    "sign-in",
    "file",
    "search",
    "start",
    "memory",
    "names",
    "exchange",
    "siege",
    "team",
    "volunteers",
    "doors",
    "library",
    "facts",
    "release",
    "release-tables",
    "columns",
)


def all_benches() -> dict[str, Callable[[bool], Iterator[Figure]]]:
    """Return every bench by name; each takes ``quick`` and yields figures. Needs Django set up."""
    from benchmarks import (
        facts_counting,
        library,
        name_matching,
        name_search,
        pages,
        process,
        release,
        sealing,
        team,
        volunteers,
    )
    from benchmarks.columns import runner as columns
    from benchmarks.doors import runner as doors
    from benchmarks.exchange import runner
    from benchmarks.release import tables
    from benchmarks.siege import runner as siege

    return {
        "pages": pages.run,
        "contact": sealing.contact,
        "sign-in": sealing.passphrase,
        "file": sealing.document,
        "search": name_search.run,
        "start": process.start,
        "memory": process.memory,
        "names": name_matching.run,
        "exchange": runner.run,
        "siege": siege.run,
        "team": team.run,
        "volunteers": volunteers.run,
        "doors": doors.run,
        "library": library.run,
        "facts": facts_counting.run,
        "release": release.run,
        "release-tables": tables.run,
        "columns": columns.run,
    }
