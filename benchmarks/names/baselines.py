"""Other methods, each a function of two names to a score, for the table."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import permutations

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from panah.ground.names.compare import score

type Method = Callable[[str, str], float]


def plain(a: str, b: str) -> float:
    """Jaro-Winkler of the sorted lower-case words as written."""
    return JaroWinkler.similarity(" ".join(sorted(a.lower().split())), " ".join(sorted(b.lower().split())))


def ascii_aligned(a: str, b: str) -> float:
    """anyascii, words aligned one to one, mean Jaro-Winkler over the shorter name's words."""
    ones, others = anyascii(a).lower().split()[:6], anyascii(b).lower().split()[:6]
    if not ones or not others:
        return 0.0
    if len(ones) > len(others):
        ones, others = others, ones
    table = [[JaroWinkler.similarity(one, other) for other in others] for one in ones]
    best = max(
        sum(table[i][j] for i, j in enumerate(order)) for order in permutations(range(len(others)), len(ones))
    )
    return best / len(ones)


def rigour() -> Method | None:
    """OpenSanctions' rigour, when it is installed: words that its dictionary of names holds to be one name

    count as alike, other words by the Jaro-Winkler likeness of its comparable forms; aligned one to one.
    """
    try:
        names = import_module("rigour.names")
    except ImportError:
        return None

    @lru_cache(maxsize=100_000)
    def analysed(text: str) -> list[tuple[str, frozenset[str]]]:
        found = []
        for name in names.analyze_names(names.NameTypeTag.PER, [text]):
            symbols: dict[str, set[str]] = {}
            for span in name.spans:
                for part in span.parts:
                    symbols.setdefault(part.form, set()).add(str(span.symbol))
            found = [(part.comparable, frozenset(symbols.get(part.form, ()))) for part in name.parts]
        return found[:6]

    def alike(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> float:
        return 1.0 if one[1] & other[1] else float(JaroWinkler.similarity(one[0], other[0]))

    def measure(a: str, b: str) -> float:
        ones, others = sorted((analysed(a), analysed(b)), key=len)
        if not ones:
            return 0.0
        table = [[alike(one, other) for other in others] for one in ones]
        return max(
            sum(table[i][j] for i, j in enumerate(order))
            for order in permutations(range(len(others)), len(ones))
        ) / len(ones)

    return measure


METHODS = ("panah", "anyascii aligned", "plain sorted", "rigour")


def methods(wanted: Sequence[str] = METHODS) -> dict[str, Method]:
    """The wanted methods that can run here, in the order of ``METHODS``; rigour only where it is installed."""
    known: dict[str, Method | None] = {
        "panah": score,
        "anyascii aligned": ascii_aligned,
        "plain sorted": plain,
    }
    if "rigour" in wanted:
        known["rigour"] = rigour()
    return {name: method for name, method in known.items() if method and name in wanted}
