"""Recall of the comparison of names, beside the best peer that can run here, on the same invented pairs."""

from collections.abc import Iterator

from benchmarks.figures import Figure

PEOPLE, QUICK_PEOPLE = 2_000, 400
MEASURES = (("recall_random", "1 in 1,000 random pairs"), ("recall_hard", "1 in 100 hard pairs"))


def run(quick: bool) -> Iterator[Figure]:
    """Yield recall overall and by language at two rates of false matches; ``n`` is the number of same pairs."""
    # It invents people when it is loaded: the bench of memory must not count them.
    from benchmarks.names.baselines import methods
    from benchmarks.names.table import lines_of, material, people_for

    found = material(people_for(None, "test", QUICK_PEOPLE if quick else PEOPLE))
    ours, *peers = (lines_of(name, method, found) for name, method in methods().items())
    for at, line in enumerate(ours):
        for field, said in MEASURES:
            best = max(getattr(peer[at], field) for peer in peers)
            case = f"recall at {said}, {line.language}"
            yield Figure("names", case, getattr(line, field), "share", best, line.n_same)
