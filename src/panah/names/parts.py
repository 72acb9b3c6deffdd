"""The parts of a name: what each word is (given name, patronymic, surname, initial) and its stem.

Works on folded sounds (see ``letters``), so that one rule serves every script and romanisation:
``-oviC`` is -ович, -ovich, -owitsch and -oviç at once.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from panah.names.fold import is_abjad, readings, words


class Role(StrEnum):
    """What a word is taken for. ``NAME`` is a given name, or a surname that shows no ending."""

    NAME = "name"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    INITIAL = "initial"


class Sex(StrEnum):
    """Grammatical sex that an ending shows, never the person's own."""

    UNKNOWN = ""
    FEMALE = "f"
    MALE = "m"


@dataclass(frozen=True, slots=True)
class Stem:
    """One reading of a word: whole, and without its ending (``"ov"``, ``"sk"``, ``"son"`` … or ``""``)."""

    whole: str
    sounds: str
    ending: str = ""
    sex: Sex = Sex.UNKNOWN


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, ready to be compared."""

    text: str
    role: Role
    stems: tuple[Stem, ...]
    abjad: bool = False

    @property
    def sex(self) -> Sex:
        return self.stems[0].sex

    @property
    def ending(self) -> str:
        return self.stems[0].ending


# Endings on folded sounds: (pattern, ending, sex, part of the word the ending must leave).
# "son": child of, said by a patronymic; "ov", "sk", "zoda", "ion", "pur": surname endings.
_ENDINGS: list[tuple[re.Pattern[str], str, Sex]] = [
    (re.compile(pattern + "$"), ending, sex)
    for pattern, ending, sex in [
        (r"[oe][vf][iI]C", "son", Sex.MALE),
        (r"[oe][vf]n[aA]", "son", Sex.FEMALE),
        (r"(?:(?<=^il)|(?<=nikit)|(?<=kuzm)|(?<=fom)|(?<=luk)|(?<=sav))[iI]C", "son", Sex.MALE),
        (r"(?:in)?[iI]Cn[aA]", "son", Sex.FEMALE),
        (r"(?<![gG])[uU]lI|(?<![kgG])[uU]lu", "son", Sex.MALE),  # ұлы, уулу; not Гурбангулы, Abbasqulu
        (r"[uUO]g[aI]?l[IiuU]", "son", Sex.MALE),  # oʻgʻli, oğlu
        (r"og[aI]?l[IiuU]", "son", Sex.MALE),  # ogly
        (r"[kg][Iie][zs][Iie]", "son", Sex.FEMALE),  # қызы, кызы, qizi, gyzy
        (r"z[ao]d[aeA]h?|(?<=....)zod", "zoda", Sex.UNKNOWN),
        (r"[oe][vf](?:a?s)?", "ov", Sex.MALE),  # -ov, -off, Latvian -ovs, Lithuanian -ovas
        (r"[oe][vf][aA]", "ov", Sex.FEMALE),
        (r"in[aA]", "in", Sex.FEMALE),
        (r"(?<=[bcdfgjklmnprstvyCS])sk[iI]y?|(?<=[oei])[vn]?sk[iI]y?", "sk", Sex.MALE),
        (r"sk(?:ay|i)?a[yi]?a?", "sk", Sex.FEMALE),
        (r"(?<=[^aeiou])[iy][oe]n", "ion", Sex.UNKNOWN),  # Раҳимиён
        (r"p[uU]r", "pur", Sex.UNKNOWN),
    ]
]
_ABJAD_ENDINGS: list[tuple[re.Pattern[str], str, Sex]] = [
    (re.compile(pattern + "$"), ending, sex)
    for pattern, ending, sex in [
        (r"[@WY]?[WY]?WYC", "son", Sex.MALE),
        (r"[WY]?Wn[@Q]", "son", Sex.FEMALE),
        (r"z@d[Qh]|zWd[Qh@]", "zoda", Sex.UNKNOWN),
        (r"[WYA@]+[fv]", "ov", Sex.MALE),
        (r"[WYA]?[Wfv][@Q]", "ov", Sex.FEMALE),
        (r"@WglY|W?glY|@WlY|ulY", "son", Sex.MALE),
        (r"[kg]YzY", "son", Sex.FEMALE),
        (r"skY", "sk", Sex.MALE),
        (r"Yn[@Q]", "in", Sex.FEMALE),
        (r"pWr", "pur", Sex.UNKNOWN),
        (r"Y@n", "ion", Sex.UNKNOWN),
    ]
]

# Words that only say "child of" when they stand alone: some follow the father's name, some precede it.
_SON_AFTER = re.compile(r"(?:ul[IiuU]|[uUOo]g[aI]?l[Iiu]|og[aI]?l[IiuU]|@WglY|WglY|@WlY|WlY)$")
_DAUGHTER_AFTER = re.compile(r"(?:[kg][Iie][zs][Iie]|k[Iie]z|[kg]YzY?)$")
_ZODA_AFTER = re.compile(r"(?:z[ao]d[aeA]?h?|zod|z@d[Qh])$")
_SON_BEFORE = re.compile(r"(?:ibn|bin|ben|bn|@bn)$")
_DAUGHTER_BEFORE = re.compile(r"(?:bint|binti|bnt)$")

_MIN_STEM = 2


def _ending_of(reading: str, abjad: bool) -> Stem:
    for pattern, ending, sex in _ABJAD_ENDINGS if abjad else _ENDINGS:
        found = pattern.search(reading)
        if found and found.start() >= _MIN_STEM and (ending not in ("in", "ion", "pur") or found.start() > 2):
            kept = found.end() - 1 if ending == "in" else found.start()  # Путин and Путина share "putin"
            return Stem(reading, reading[:kept], ending, sex)
    return Stem(reading, reading)


_ROLE_OF_ENDING = {"": Role.NAME, "in": Role.NAME, "son": Role.PATRONYMIC}


@lru_cache(maxsize=200_000)
def part_of(word: str) -> Part:
    """A single word as a part: role and stems by its ending alone."""
    abjad = is_abjad(word)
    stems = tuple(_ending_of(reading, abjad) for reading in readings(word))
    first = stems[0]
    if first.ending == "son" and first.sex is Sex.FEMALE and first.whole[len(first.sounds)] == "k":
        # Of Omirbekkyzy one k is lost in the fold, where double letters are one.
        stems += tuple(Stem(stem.whole, stem.sounds + "k", "son", stem.sex) for stem in stems)
    if len(word.strip("ʻ")) == 1 or (not abjad and len(first.sounds) == 1 and not first.ending):
        return Part(word, Role.INITIAL, stems, abjad)
    return Part(word, _ROLE_OF_ENDING.get(first.ending, Role.SURNAME), stems, abjad)


def _child_of(marker: Part, father: Part, sex: Sex, *, before: bool) -> Part:
    text = f"{marker.text} {father.text}" if before else f"{father.text} {marker.text}"
    stems = tuple(Stem(stem.whole, stem.whole, "son", sex) for stem in father.stems)
    return Part(text, Role.PATRONYMIC, stems, father.abjad)


def _marker_after(part: Part) -> tuple[str, Sex] | None:
    sounds = part.stems[0].sounds + {"son": "", "zoda": ""}.get(part.ending, "")
    if part.ending:
        return None
    if _SON_AFTER.match(sounds):
        return "son", Sex.MALE
    if _DAUGHTER_AFTER.match(sounds):
        return "son", Sex.FEMALE
    if _ZODA_AFTER.match(sounds):
        return "zoda", Sex.UNKNOWN
    return None


@lru_cache(maxsize=100_000)
def parts(name: str) -> tuple[Part, ...]:
    """The parts of a full name in written order; "Асылбек уулу" and "ibn Said" become one part each."""
    found: list[Part] = []
    pending: Sex | None = None
    marker_text: Part | None = None
    all_words = [part_of(word) for word in words(name)]
    for at, part in enumerate(all_words):
        sounds = part.stems[0].sounds if not part.ending else ""
        if pending is not None and marker_text is not None:
            found.append(_child_of(marker_text, part, pending, before=True))
            pending = marker_text = None
            continue
        if (
            found
            and at + 1 < len(all_words)
            and (_SON_BEFORE.match(sounds) or _DAUGHTER_BEFORE.match(sounds))
        ):
            pending = Sex.MALE if _SON_BEFORE.match(sounds) else Sex.FEMALE
            marker_text = part
            continue
        marker = _marker_after(part)
        if marker and found and found[-1].role is not Role.INITIAL:
            kind, sex = marker
            if kind == "son":
                found[-1] = _child_of(part, found[-1], sex, before=False)
            else:
                stems = tuple(Stem(stem.whole, stem.sounds, "zoda") for stem in found[-1].stems)
                found[-1] = Part(f"{found[-1].text} {part.text}", Role.SURNAME, stems, found[-1].abjad)
            continue
        found.append(part)
    return tuple(found)


def joined(first: Part, second: Part) -> Part:
    """Two neighbouring words read as one: Нур Султан as Нурсултан, Abd ul-Rahman as Abdulrahman."""
    return part_of(first.text.replace(" ", "") + second.text.replace(" ", ""))


def sex_shown(name_parts: tuple[Part, ...]) -> Sex:
    """The grammatical sex that endings of the whole name show; unknown when none or when they disagree."""
    shown = {part.sex for part in name_parts} - {Sex.UNKNOWN}
    return shown.pop() if len(shown) == 1 else Sex.UNKNOWN
