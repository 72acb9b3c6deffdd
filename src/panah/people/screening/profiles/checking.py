"""Check what a profile file says, piece by piece, and build the profile when all is well.

Every fault becomes one sentence with the file, the place in it and what to do.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from panah.ground.kit.languages import SPOKEN
from panah.people.screening.schema import (
    SIX_PARTS,
    AgeScope,
    Depth,
    Dimension,
    DimensionRole,
    Indicator,
    Profile,
    Rule,
    Weight,
    Words,
)

NEEDED_LANGUAGES = ("en", "ru")
LONGEST_LABEL = 300
LONGEST_TEXT = 2000
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
# Said to a person or about her, these words hurt; a set of questions does without them.
HURTFUL = re.compile(r"\b(victim|suspect)|жертв|құрбан|қурбон|курман", re.IGNORECASE)

PROFILE_KEYS = {
    "code",
    "version",
    "depth",
    "rule",
    "about",
    "label",
    "provenance",
    "verified_against_primary",
    "dimensions",
}
PROFILE_MAY = {"act", "htcds"}
DIMENSION_KEYS = {"code", "part", "label", "indicators"}
DIMENSION_MAY = {"hint"}
INDICATOR_KEYS = {"code", "label"}
INDICATOR_MAY = {"weight", "say", "fills", "points_to", "ref"}


class Checker:
    """Goes through one file; `problems` fills up on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []

    def wrong(self, path: str, sentence: str) -> None:
        place = f"{self.file}: {path}" if path else self.file
        self.problems.append(f"{place}: {sentence}")

    # --- the pieces ---

    def profile(self, data: Any) -> Profile | None:
        if not self.keys(data, "", PROFILE_KEYS, PROFILE_MAY):
            return None
        rule = self.one_of(data["rule"], "rule", Rule)
        depth = self.one_of(data["depth"], "depth", Depth)
        profile = Profile(
            code=self.code(data["code"], "code"),
            version=self.text(data["version"], "version"),
            depth=depth,
            rule=rule,
            about=self.one_of(data["about"], "about", AgeScope),
            label=self.words(data["label"], "label"),
            provenance=self.words(data["provenance"], "provenance", longest=LONGEST_TEXT),
            verified_against_primary=self.truth(data["verified_against_primary"], "verified_against_primary"),
            dimensions=tuple(
                self.dimension(d, f"dimensions[{n}]")
                for n, d in enumerate(self.filled_list(data["dimensions"], "dimensions"))
            ),
            act=self.indicator(data["act"], "act") if "act" in data else None,
            htcds=self.texts(data.get("htcds", []), "htcds"),
        )
        if not self.problems:
            self.whole(profile)
        return profile

    def dimension(self, data: Any, path: str) -> Dimension:
        if not self.keys(data, path, DIMENSION_KEYS, DIMENSION_MAY):
            return Dimension("", DimensionRole.SIGNS, {}, ())
        indicators = self.filled_list(data["indicators"], f"{path}.indicators")
        return Dimension(
            code=self.code(data["code"], f"{path}.code"),
            part=self.one_of(data["part"], f"{path}.part", DimensionRole),
            label=self.words(data["label"], f"{path}.label"),
            indicators=tuple(self.indicator(i, f"{path}.indicators[{n}]") for n, i in enumerate(indicators)),
            hint=self.words(data["hint"], f"{path}.hint") if "hint" in data else None,
        )

    def indicator(self, data: Any, path: str) -> Indicator:
        if not self.keys(data, path, INDICATOR_KEYS, INDICATOR_MAY):
            return Indicator("", {})
        weight = data.get("weight")
        return Indicator(
            code=self.code(data["code"], f"{path}.code"),
            label=self.words(data["label"], f"{path}.label"),
            weight=None if weight is None else self.one_of(weight, f"{path}.weight", Weight),
            say=self.words(data["say"], f"{path}.say") if "say" in data else None,
            fills=self.texts(data.get("fills", []), f"{path}.fills"),
            points_to=self.texts(data.get("points_to", []), f"{path}.points_to"),
            ref=self.text(data.get("ref", "-"), f"{path}.ref").strip("-"),
        )

    # --- what only the whole can show ---

    def whole(self, profile: Profile) -> None:
        codes = Counter(i.code for i in profile.questions())
        for code, n in codes.items():
            if n > 1:
                self.wrong(code, f"this code stands {n} times. Give each question its own.")
        for code, n in Counter(d.code for d in profile.dimensions).items():
            if n > 1:
                self.wrong(code, f"{n} dimensions have this code. Give each its own.")
        self.weights(profile)
        if profile.depth is not Depth.FULL and profile.is_weighted:
            self.wrong("rule", 'signs and prompts are never weighed. Write "list".')
        if (profile.act is not None) != (profile.rule is Rule.CHILD):
            self.wrong("act", 'belongs to a set with the rule "child", and only there.')
        for indicator in profile.questions():
            if profile.depth is Depth.FULL and (indicator.fills or indicator.points_to):
                self.wrong(indicator.code, '"fills" and "points_to" belong to signs and prompts only.')
            if profile.depth is Depth.SIGNS and indicator.fills:
                self.wrong(
                    indicator.code,
                    'what somebody saw answers no question. Use "points_to" in place of "fills".',
                )

    def weights(self, profile: Profile) -> None:
        if not profile.is_weighted:
            for indicator in profile.questions():
                if indicator.weight is not None:
                    self.wrong(
                        f"{indicator.code}.weight",
                        'a set with the rule "list" weighs nothing. Take the weight out.',
                    )
            return
        for indicator in profile.indicators():
            if indicator.weight is None:
                self.wrong(f"{indicator.code}.weight", "is missing. Write S, M or W.")
        if profile.act is not None and profile.act.weight is not None:
            self.wrong("act.weight", "the act is not weighed. Take the weight out.")
        parts = Counter(d.part for d in profile.dimensions)
        for part in SIX_PARTS:
            if parts[part] != 1:
                self.wrong(
                    "dimensions",
                    f'the rule "{profile.rule}" needs exactly one dimension with the part '
                    f'"{part}"; there are {parts[part]}.',
                )
        for part in parts:
            if part not in SIX_PARTS:
                self.wrong("dimensions", f'the rule "{profile.rule}" has no part "{part}".')

    # --- the smallest pieces ---

    def keys(self, data: object, path: str, needed: set[str], may: set[str]) -> bool:
        if not isinstance(data, dict):
            self.wrong(path, "an object in braces is expected here.")
            return False
        for key in data:
            if key not in needed | may:
                near = get_close_matches(key, needed | may, 1)
                hint = f' Did you mean "{near[0]}"?' if near else " Take it out."
                self.wrong(f"{path}.{key}".strip("."), f"this key is not known.{hint}")
        missing = sorted(needed - data.keys())
        for key in missing:
            self.wrong(f"{path}.{key}".strip("."), "is missing.")
        return not missing

    def filled_list(self, value: object, path: str) -> list[object]:
        if isinstance(value, list) and value:
            return value
        self.wrong(path, "a list with at least one entry is expected here.")
        return []

    def texts(self, value: object, path: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            self.wrong(path, "a list is expected here.")
            return ()
        return tuple(self.text(v, f"{path}[{n}]") for n, v in enumerate(value))

    def text(self, value: object, path: str, *, longest: int = LONGEST_LABEL) -> str:
        if not isinstance(value, str) or not value.strip():
            self.wrong(path, "a text is expected here.")
            return ""
        if len(value) > longest:
            self.wrong(path, f"is {len(value)} characters long; {longest} are the limit.")
        if any(ord(c) < 32 or ord(c) == 127 for c in value):
            self.wrong(path, "holds a line break or a control character. Write one line.")
        return value

    def truth(self, value: object, path: str) -> bool:
        if not isinstance(value, bool):
            self.wrong(path, "true or false is expected here, without quotation marks.")
        return value is True

    def code(self, value: object, path: str) -> str:
        text = self.text(value, path)
        if text and not CODE.fullmatch(text):
            self.wrong(path, f'"{text}" is not a code. Use small Latin letters, digits, "_" and ".".')
        return text

    def words(self, value: object, path: str, *, longest: int = LONGEST_LABEL) -> Words:
        if not isinstance(value, dict):
            self.wrong(path, 'one sentence for each language is expected: {"en": "…", "ru": "…"}.')
            return {}
        for language in NEEDED_LANGUAGES:
            if language not in value:
                self.wrong(f"{path}.{language}", "is missing. English and Russian are needed.")
        for language, text in value.items():
            here = f"{path}.{language}"
            if language not in SPOKEN:
                self.wrong(here, f"is not a language known here. Known: {', '.join(SPOKEN)}.")
            hurtful = HURTFUL.search(self.text(text, here, longest=longest))
            if hurtful:
                self.wrong(here, f'"{hurtful.group()}" is not said of a person. Say what happened.')
        return dict(value)

    def one_of[E: StrEnum](self, value: Any, path: str, kind: type[E]) -> E:
        try:
            return kind(value)
        except ValueError:
            names = ", ".join(f'"{k}"' for k in kind)
            self.wrong(path, f"{self.shown(value)} is not possible here. Possible: {names}.")
            return next(iter(kind))

    @staticmethod
    def shown(value: object) -> str:
        text = f'"{value}"' if isinstance(value, str) else repr(value)
        return text if len(text) <= 60 else f"{text[:57]}…"
