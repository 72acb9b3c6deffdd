"""What levels mean: strong or needed, moved since last year, enough for what a society does itself. Plain Python."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

# From this level on others can ask a society how it does it; below it is a need.
STRONG_FROM = 3
# One person's view is no self-assessment.
LEAST_PEOPLE = 2


def strengths(levels: Mapping[str, int]) -> list[str]:
    """Return the elements in which a society is strong, the strongest first."""
    return sorted((n for n, level in levels.items() if level >= STRONG_FROM), key=lambda name: -levels[name])


def moved(now: int | None, before: int | None) -> int | None:
    """Return by how many levels an element moved, or None where one of the two years did not say."""
    return None if now is None or before is None else now - before


def differ(levels: Iterable[int]) -> bool:
    """Say whether people see it differently; whoever cannot say is not asked."""
    return len({level for level in levels if level}) > 1


@dataclass(frozen=True)
class Proposal:
    """What the levels say to one capability. ``missing``: element -> (the level it has, the level that is needed)."""

    name: str
    closed_today: bool
    missing: Mapping[str, tuple[int, int]]

    @property
    def changes(self) -> bool:
        """Whether it should open or close: closed though nothing is missing, or open though something is."""
        return self.closed_today != bool(self.missing)


def proposals(
    needed: Mapping[str, Mapping[str, int]], levels: Mapping[str, int], closed: Set[str]
) -> list[Proposal]:
    """Return for each capability (name -> element -> level) whether the levels carry it. No level counts as none."""
    return [
        Proposal(
            name,
            name in closed,
            {
                element: (levels.get(element, 0), level)
                for element, level in those.items()
                if levels.get(element, 0) < level
            },
        )
        for name, those in needed.items()
    ]


def version_key(version: str) -> tuple[int, ...]:
    """Order versions: ``1`` is delivered, ``1.2`` is the second text that the network made of it, ``2`` is newer."""
    return tuple(int(part) for part in version.split("."))


def next_version(versions: Iterable[str]) -> str:
    """Return the name of the network's next own version."""
    newest = max((version_key(version) for version in versions), default=(0,))
    return f"{newest[0]}.{(newest[1] if len(newest) > 1 else 0) + 1}"
