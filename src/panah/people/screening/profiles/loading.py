"""Read the files of a folder into profiles; say everything that is wrong, file by file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from panah.people.screening.profiles.checking import Checker
from panah.people.screening.schema import Depth, Indicator, Profile

BUILT_IN = Path(__file__).parent
LARGEST_FILE = 1_000_000
"""Bytes. The fullest built-in set has 40,000; a larger file is a mistake."""


class ProfilesWrong(Exception):
    """Everything that is wrong with the files, one sentence each, ready to be read out."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Sets:
    """All profiles that may be used, by code."""

    by_code: Mapping[str, Profile]

    def get(self, code: str) -> Profile | None:
        return self.by_code.get(code)

    def of(self, depth: Depth) -> tuple[Profile, ...]:
        return tuple(p for p in self.by_code.values() if p.depth is depth)

    def early(self) -> tuple[Indicator, ...]:
        """Every sign and prompt: what may have been noted before the full set."""
        return tuple(i for p in self.by_code.values() if p.depth is not Depth.FULL for i in p.indicators())

    def prompts(self) -> tuple[Indicator, ...]:
        """Those whose answers carry over to the full sets."""
        return tuple(i for i in self.early() if i.fills)

    def indicator(self, code: str) -> Indicator | None:
        """Any question of any set by its code, for showing what was answered long ago."""
        found = (i for p in self.by_code.values() for i in p.questions() if i.code == code)
        return next(found, None)


def load(*folders: Path) -> Sets:
    """Read the built-in files, then those of each folder. Raises ProfilesWrong with every fault."""
    problems: list[str] = []
    found: dict[str, tuple[Profile, Path]] = {}
    for folder in (BUILT_IN, *folders):
        if not folder.is_dir():
            problems.append(f"{folder}: no such folder. Make it, or change the setting.")
            continue
        for path in sorted(folder.glob("*.json")):
            try:
                profile = read_profile(path)
            except ProfilesWrong as wrong:
                problems += wrong.problems
                continue
            if profile.code in found:
                first = found[profile.code][1]
                problems.append(
                    f'{path}: code: "{profile.code}" is already used by {first}. '
                    "Choose another code, so that old screenings keep their meaning."
                )
                continue
            found[profile.code] = (replace(profile, by_society=folder != BUILT_IN), path)
    problems += _dangling(found)
    if problems:
        raise ProfilesWrong(problems)
    return Sets({code: profile for code, (profile, _) in found.items()})


def read_profile(path: Path) -> Profile:
    """Read and check one file. Raises ProfilesWrong with every fault found in it."""
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise ProfilesWrong([f"{path}: cannot be read ({problem.strerror})."]) from problem
    if len(raw) > LARGEST_FILE:
        raise ProfilesWrong([f"{path}: larger than one megabyte; a set of questions is not."])
    try:
        data = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_no_twins)
    except UnicodeDecodeError as problem:
        raise ProfilesWrong([f"{path}: not saved as UTF-8. Save it again as UTF-8."]) from problem
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise ProfilesWrong([f"{path}: not JSON at {place}: {problem.msg}."]) from problem
    except RecursionError as problem:
        raise ProfilesWrong([f"{path}: nested too deeply for a set of questions."]) from problem
    except _TwiceError as problem:
        raise ProfilesWrong([f'{path}: "{problem}" is written twice in one place.']) from problem
    checker = Checker(str(path))
    profile = checker.profile(data)
    if checker.problems or profile is None:
        raise ProfilesWrong(checker.problems)
    return profile


class _TwiceError(ValueError):
    """JSON would silently keep the second of two equal keys."""


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise _TwiceError(key)
        seen[key] = value
    return seen


def _dangling(found: Mapping[str, tuple[Profile, Path]]) -> list[str]:
    """Prompts and signs may only name codes that some full set asks."""
    known = {i.code for p, _ in found.values() if p.depth is Depth.FULL for i in p.questions()}
    return [
        f'{path}: {indicator.code}: names "{code}", which no full set asks. Correct or remove it.'
        for profile, path in found.values()
        for indicator in profile.indicators()
        for code in (*indicator.fills, *indicator.points_to)
        if code not in known
    ]
