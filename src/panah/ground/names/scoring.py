"""Score a labelled file of name pairs: recall, precision and threshold at fixed false-match rates.

The file is CSV with a header and the columns ``name_a``, ``name_b``, ``same``; other columns are ignored.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import floor
from pathlib import Path
from random import Random

from panah.ground.names.compare import score
from panah.ground.names.normalise import normalise

RATES = ("0.001", "0.01", "0.05")
_COLUMNS = ("name_a", "name_b", "same")
_YES = frozenset(("1", "true", "yes", "y", "t", "да", "1.0"))
_NO = frozenset(("0", "false", "no", "n", "f", "нет", "0.0"))


class BadFile(Exception):
    """The file cannot be scored; the text is one sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether they are one person's; ``group`` is the value of the ``--by`` column."""

    a: str
    b: str
    same: bool
    group: str = ""


def read_text(path: Path) -> str:
    """The text of the file: UTF-8 with or without BOM, else Windows-1251."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise BadFile(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise BadFile(f"{path} is a folder, not a CSV file.") from None
    except OSError as error:
        raise BadFile(f"The file {path} cannot be read: {error.strerror}.") from None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:4096]:
        raise BadFile(
            f"{path} is not UTF-8 text (it looks like UTF-16 or a binary file); save it as CSV in UTF-8."
        )
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(f"{path} is neither UTF-8 nor Windows-1251 text; save it as CSV in UTF-8.")


def _label(word: str, line: int) -> bool:
    label = word.strip().lower()
    if label in _YES:
        return True
    if label in _NO:
        return False
    raise BadFile(f'Line {line}: same must be 1, 0, true, false, yes or no, not "{word.strip()}".')


def _header(first_line: str) -> str:
    """The delimiter that makes the header hold the three columns; a comma when none does."""
    for delimiter in ",;\t":
        names = [name.strip().strip('"').lower() for name in first_line.split(delimiter)]
        if set(_COLUMNS) <= set(names):
            return delimiter
    return ","


def read_pairs(path: Path, by: str | None = None) -> list[Pair]:
    """The labelled pairs of a file. Raises ``BadFile`` with one clear sentence."""
    text = read_text(path)
    if not text.strip():
        raise BadFile(f"{path} is empty.")
    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_header(text.splitlines()[0]))
    try:
        reader.fieldnames = [(name or "").strip().lower() for name in reader.fieldnames or []]
        wanted = [*_COLUMNS, *([by.strip().lower()] if by else [])]
        missing = [name for name in wanted if name not in reader.fieldnames]
        if missing:
            raise BadFile(f"{path} has no column {', '.join(missing)}; its first line must name the columns.")
        pairs = []
        for row in reader:
            if all(not (row.get(name) or "").strip() for name in _COLUMNS):
                continue
            same = _label(row["same"] or "", reader.line_num)
            pairs.append(
                Pair(row["name_a"] or "", row["name_b"] or "", same, (row[wanted[-1]] or "") if by else "")
            )
    except csv.Error as error:
        raise BadFile(f"{path} is not a well-formed CSV file: {error}.") from None
    if not pairs:
        raise BadFile(f"{path} has a header but no pairs.")
    return pairs


def random_negatives(pairs: Sequence[Pair], wanted: int, seed: int = 20_261) -> list[Pair]:
    """Up to ``wanted`` different pairs drawn at random: a name_a of one row with a name_b of another.

    Names that the file says are one person's, directly or through other rows, are never paired, nor
    are names that are written alike. The draw is seeded: the same file gives the same pairs.
    """
    person = _people(pairs)
    random = Random(seed)  # noqa: S311 - the draw must be repeatable
    drawn: dict[tuple[str, str], Pair] = {}
    for _ in range(wanted * 20):
        if len(drawn) >= wanted:
            break
        a, b = random.choice(pairs).a, random.choice(pairs).b
        if person(a) != person(b):
            drawn.setdefault((a, b), Pair(a, b, same=False))
    return list(drawn.values())


def _people(pairs: Iterable[Pair]) -> Callable[[str], str]:
    """A function from a name to one name that stands for the person, by the file's own same pairs."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        name = " ".join(sorted(normalise(name).split()))
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for pair in pairs:
        if pair.same:
            parent[root(pair.a)] = root(pair.b)
    return root


def rates(same: Sequence[float], different: Sequence[float]) -> dict[str, float | int | None]:
    """Recall, precision and threshold at each false-match rate of ``RATES``.

    A pair matches when its score is at or above the threshold. At rate r at most floor(r · n_different)
    different pairs may match; the threshold is the smallest score in the file that keeps to that. So
    with few different pairs the strict rates all mean "no different pair matches" (at 0.1 % below
    1,000 of them), and pairs whose score ties with the first different pair too many do not match:
    a tie never helps. When no score in the file lies above that, the threshold is null and recall 0;
    without same pairs recall is null, and where nothing matches precision is null.
    """
    found: dict[str, float | int | None] = {"n_same": len(same), "n_different": len(different)}
    falling = sorted(different, reverse=True)
    for rate in RATES:
        allowed = floor(float(rate) * len(falling) + 1e-9)
        barrier = falling[allowed] if allowed < len(falling) else -1.0
        above = [value for value in (*same, *different) if value > barrier]
        threshold = min(above, default=None)
        true = sum(value > barrier for value in same)
        false = sum(value > barrier for value in different)
        found[f"recall_at_{rate}"] = round(true / len(same), 6) if same else None
        found[f"precision_at_{rate}"] = round(true / (true + false), 6) if true + false else None
        found[f"threshold_at_{rate}"] = threshold
    return found


def score_pairs(
    pairs: Sequence[Pair], negatives: int | None = None, measure: Callable[[str, str], float] = score
) -> dict[str, float | int | None]:
    """The figures of ``rates`` for labelled pairs; ``negatives``: draw that many different pairs at random instead."""
    different = (
        random_negatives(pairs, negatives) if negatives is not None else [p for p in pairs if not p.same]
    )
    same = [measure(pair.a, pair.b) for pair in pairs if pair.same]
    return rates(same, [measure(pair.a, pair.b) for pair in different])


def by_group(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each value of the ``--by`` column, in order of first appearance."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.group, []).append(pair)
    return groups
