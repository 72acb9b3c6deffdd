"""Numbers for readers outside: a number from one to four points to people. Plain Python.

It is hidden, and so is whatever would let a reader work it out: of what adds up to a sum, so many numbers are hidden
that each of them could still be any from one to four; where there are not enough, the sum is hidden too. Hidden
numbers look alike, whether small themselves or hidden with a small one.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

# The first number that is shown. Nothing is shown as 0.
THRESHOLD = 5


@dataclass(frozen=True)
class Protected[K: Hashable]:
    """Numbers that add up to ``total``; None where one is hidden."""

    parts: Mapping[K, int | None]
    total: int | None


def protected[K: Hashable](numbers: Mapping[K, int], *, also: Collection[K] = ()) -> Protected[K]:
    """Hide what is small, and what would let a reader work it out from the sum. ``also``: what else must be hidden."""
    hidden = {key for key, number in numbers.items() if 0 < number < THRESHOLD or (number and key in also)}
    for key in sorted(numbers, key=lambda one: numbers[one]):
        if _is_safe([numbers[one] for one in hidden]):
            break
        if numbers[key]:
            hidden.add(key)
    if not _is_safe([numbers[one] for one in hidden]):
        return all_hidden(numbers)
    parts = {key: None if key in hidden else number for key, number in numbers.items()}
    return Protected(parts, sum(numbers.values()))


def _is_safe(hidden: Collection[int]) -> bool:
    """Each of the hidden may be any from one to four while the others, one at least, take up the rest of their sum."""
    needed = THRESHOLD - 1 + len(hidden) - 1
    return not hidden or (len(hidden) > 1 and sum(hidden) >= needed)


def all_hidden[K: Hashable](numbers: Mapping[K, int]) -> Protected[K]:
    """Hide every number but nothing at all, and their sum."""
    parts = {key: None if number else 0 for key, number in numbers.items()}
    return Protected(parts, None if any(numbers.values()) else 0)


def protected_both[K: Hashable, L: Hashable](
    numbers: Mapping[K, int], others: Mapping[L, int]
) -> tuple[Protected[K], Protected[L]]:
    """The same for two ways of dividing one sum: where one of them must hide it, the other must not tell it."""
    one, other = protected(numbers), protected(others)
    if one.total is None or other.total is None:
        return all_hidden(numbers), all_hidden(others)
    return one, other


def protected_all[N: Hashable](periods: Sequence[Sequence[Mapping[N, int]]]) -> list[Protected[N]]:
    """The same for several ways of dividing one sum: where one must hide it, no other may tell it.

    ``periods``: those of one period, or of each part of a longer one. Each part is told by itself too: what one of them
    hides must not be worked out from the numbers of the whole.
    """
    told = [_divided(period) for period in periods]
    whole: list[Counter[N]] = [
        sum(map(Counter, division), Counter()) for division in zip(*periods, strict=True)
    ]
    sums = [sum(one[0].values()) for one, shown in zip(periods, told, strict=True) if shown[0].total is None]
    if not _is_safe(sums):
        return [all_hidden(one) for one in whole]
    also = []
    for place, division in enumerate(whole):
        hides = [{key for key in division if shown[place].parts.get(key, 0) is None} for shown in told]
        unsafe = {
            key
            for key in division
            if not _is_safe(
                [one[place][key] for one, hidden in zip(periods, hides, strict=True) if key in hidden]
            )
        }
        # With all that a part hides beside it: else the rest of that part tells it.
        also.append({key for hidden in hides if hidden & unsafe for key in hidden})
    return _divided(whole, also=also)


def _divided[N: Hashable](
    divisions: Sequence[Mapping[N, int]], *, also: Sequence[Collection[N]] = ()
) -> list[Protected[N]]:
    more = also or [()] * len(divisions)
    found = [protected(one, also=hidden) for one, hidden in zip(divisions, more, strict=True)]
    return [all_hidden(one) for one in divisions] if any(one.total is None for one in found) else found
