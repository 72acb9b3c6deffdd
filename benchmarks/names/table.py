"""The comparison table: recall of each method at one false match in 1,000 random and in 100 hard pairs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from benchmarks.names import invented_people
from benchmarks.names.baselines import METHODS, Method, methods
from benchmarks.names.pairs import Labelled, Person, hard_pairs, random_pairs, same_pairs
from benchmarks.names.reference_data import read_people
from panah.ground.names.scoring import rates


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: how many of ``n_same`` pairs a method finds at either false-match rate."""

    method: str
    language: str
    n_same: int
    n_random: int
    n_hard: int
    recall_random: float
    recall_hard: float


@dataclass(frozen=True, slots=True)
class Material:
    same: list[Labelled]
    random: list[Labelled]
    hard: list[Labelled]


def material(people: Sequence[Person], seed: int = 3) -> Material:
    """The pairs of a set of people: one same pair each, five times as many random, twice as many hard."""
    random = Random(seed)
    return Material(
        same_pairs(people, random),
        random_pairs(people, 5 * len(people), random),
        hard_pairs(people, 2 * len(people), random),
    )


def lines_of(name: str, method: Method, found: Material) -> list[Line]:
    """The method's lines: overall first, then by language. Languages share the overall thresholds of neither."""
    scored = {
        kind: [(one.pair.group, method(one.pair.a, one.pair.b)) for one in getattr(found, kind)]
        for kind in ("same", "random", "hard")
    }
    languages = ["all", *sorted({group for group, _ in scored["same"]})]
    return [_line(name, language, scored) for language in languages]


def _line(name: str, language: str, scored: dict[str, list[tuple[str, float]]]) -> Line:
    same, random, hard = (
        [value for group, value in scored[kind] if language in ("all", group)]
        for kind in ("same", "random", "hard")
    )
    at_random, at_hard = rates(same, random), rates(same, hard)
    return Line(
        name,
        language,
        len(same),
        len(random),
        len(hard),
        float(at_random["recall_at_0.001"] or 0),
        float(at_hard["recall_at_0.01"] or 0),
    )


def people_for(folder: Path | None, part: str, wanted: int) -> list[Person]:
    """People from the reference folder, or invented ones without it."""
    return read_people(folder, part, wanted) if folder else invented_people.people(wanted)


def table(
    folder: Path | None, *, part: str, people: int, as_json: bool, wanted: Sequence[str] = METHODS
) -> Iterator[str]:
    """The lines of the table, or one JSON object a line."""
    found = material(people_for(folder, part, people))
    if not as_json:
        source = f"{part} part of {folder}" if folder else "built-in set"
        yield f"{source}: {len(found.same)} same, {len(found.random)} random, {len(found.hard)} hard pairs"
        yield f"{'method':<18}{'language':<10}{'n same':>8}{'1 in 1,000 random':>20}{'1 in 100 hard':>16}"
    for name, method in methods(wanted).items():
        for line in lines_of(name, method, found):
            if as_json:
                yield json.dumps(asdict(line), ensure_ascii=False)
            else:
                yield (
                    f"{line.method:<18}{line.language:<10}{line.n_same:>8}"
                    f"{line.recall_random:>20.3f}{line.recall_hard:>16.3f}"
                )
