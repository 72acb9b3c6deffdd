"""The parts of a name: what each word is (given name, patronymic, surname, initial) and its stem.

Works on folded sounds (see ``letters``), so that one rule serves every script and romanisation:
``-oviC`` is -ович, -ovich, -owitsch and -oviç at once.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from panah.ground.names.fold import is_abjad, readings, words


class WordRole(StrEnum):
    """What a word is taken for. ``NAME`` is a given name, or a surname that shows no ending."""

    NAME = "name"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    INITIAL = "initial"


class GrammaticalSex(StrEnum):
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
    sex: GrammaticalSex = GrammaticalSex.UNKNOWN


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name, ready to be compared."""

    text: str
    role: WordRole
    stems: tuple[Stem, ...]
    abjad: bool = False

    @property
    def sex(self) -> GrammaticalSex:
        return self.stems[0].sex

    @property
    def ending(self) -> str:
        return self.stems[0].ending


# Endings on folded sounds: (pattern, ending, sex, part of the word the ending must leave).
# "son": child of, said by a patronymic; "ov", "sk", "zoda", "ion", "pur": surname endings.
_ENDINGS: list[tuple[re.Pattern[str], str, GrammaticalSex]] = [
    (re.compile(pattern + "$"), ending, sex)
    for pattern, ending, sex in [
        (r"[oe][vf][iI]C", "son", GrammaticalSex.MALE),
        (r"[oe][vf]n[aA]", "son", GrammaticalSex.FEMALE),
        (r"(?:(?<=^il)|(?<=nikit)|(?<=kuzm)|(?<=fom)|(?<=luk)|(?<=sav))[iI]C", "son", GrammaticalSex.MALE),
        (r"(?:in)?[iI]Cn[aA]", "son", GrammaticalSex.FEMALE),
        (
            r"(?<![gG])[uU]lI|(?<![kgG])[uU]lu",
            "son",
            GrammaticalSex.MALE,
        ),  # ұлы, уулу; not Гурбангулы, Abbasqulu
        (r"[uUO]g[aI]?l[IiuU]", "son", GrammaticalSex.MALE),  # oʻgʻli, oğlu
        (r"og[aI]?l[IiuU]", "son", GrammaticalSex.MALE),  # ogly
        (r"[kg][Iie][zs][Iie]", "son", GrammaticalSex.FEMALE),  # қызы, кызы, qizi, gyzy
        (r"z[ao]d[aeA]h?|(?<=....)zod", "zoda", GrammaticalSex.UNKNOWN),
        (r"[oe][vf](?:a?s)?", "ov", GrammaticalSex.MALE),  # -ov, -off, Latvian -ovs, Lithuanian -ovas
        (r"[oe][vf][aA]", "ov", GrammaticalSex.FEMALE),
        (r"in[aA]", "in", GrammaticalSex.FEMALE),
        (r"(?<=[bcdfgjklmnprstvyCS])sk[iI]y?|(?<=[oei])[vn]?sk[iI]y?", "sk", GrammaticalSex.MALE),
        (r"sk(?:ay|i)?a[yi]?a?", "sk", GrammaticalSex.FEMALE),
        (r"(?<=[^aeiou])[iy][oe]n", "ion", GrammaticalSex.UNKNOWN),  # Раҳимиён
        (r"p[uU]r", "pur", GrammaticalSex.UNKNOWN),
    ]
]
_ABJAD_ENDINGS: list[tuple[re.Pattern[str], str, GrammaticalSex]] = [
    (re.compile(pattern + "$"), ending, sex)
    for pattern, ending, sex in [
        (r"[@WY]?[WY]?WYC", "son", GrammaticalSex.MALE),
        (r"[WY]?Wn[@Q]", "son", GrammaticalSex.FEMALE),
        (r"z@d[Qh]|zWd[Qh@]", "zoda", GrammaticalSex.UNKNOWN),
        (r"[WYA@]+[fv]", "ov", GrammaticalSex.MALE),
        (r"[WYA]?[Wfv][@Q]", "ov", GrammaticalSex.FEMALE),
        (r"@WglY|W?glY|@WlY|ulY", "son", GrammaticalSex.MALE),
        (r"[kg]YzY", "son", GrammaticalSex.FEMALE),
        (r"skY", "sk", GrammaticalSex.MALE),
        (r"Yn[@Q]", "in", GrammaticalSex.FEMALE),
        (r"pWr", "pur", GrammaticalSex.UNKNOWN),
        (r"Y@n", "ion", GrammaticalSex.UNKNOWN),
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


_ROLE_OF_ENDING = {"": WordRole.NAME, "in": WordRole.NAME, "son": WordRole.PATRONYMIC}


@lru_cache(maxsize=200_000)
def part_of(word: str) -> NamePart:
    """A single word as a part: role and stems by its ending alone."""
    abjad = is_abjad(word)
    stems = tuple(_ending_of(reading, abjad) for reading in readings(word))
    first = stems[0]
    if first.ending == "son" and first.sex is GrammaticalSex.FEMALE and first.whole[len(first.sounds)] == "k":
        # Of Omirbekkyzy one k is lost in the fold, where double letters are one.
        stems += tuple(Stem(stem.whole, stem.sounds + "k", "son", stem.sex) for stem in stems)
    if len(word.strip("ʻ")) == 1 or (not abjad and len(first.sounds) == 1 and not first.ending):
        return NamePart(word, WordRole.INITIAL, stems, abjad)
    return NamePart(word, _ROLE_OF_ENDING.get(first.ending, WordRole.SURNAME), stems, abjad)


def _child_of(marker: NamePart, father: NamePart, sex: GrammaticalSex, *, before: bool) -> NamePart:
    text = f"{marker.text} {father.text}" if before else f"{father.text} {marker.text}"
    stems = tuple(Stem(stem.whole, stem.whole, "son", sex) for stem in father.stems)
    return NamePart(text, WordRole.PATRONYMIC, stems, father.abjad)


def _marker_after(part: NamePart) -> tuple[str, GrammaticalSex] | None:
    sounds = part.stems[0].sounds + {"son": "", "zoda": ""}.get(part.ending, "")
    if part.ending:
        return None
    if _SON_AFTER.match(sounds):
        return "son", GrammaticalSex.MALE
    if _DAUGHTER_AFTER.match(sounds):
        return "son", GrammaticalSex.FEMALE
    if _ZODA_AFTER.match(sounds):
        return "zoda", GrammaticalSex.UNKNOWN
    return None


@lru_cache(maxsize=100_000)
def parts(name: str) -> tuple[NamePart, ...]:
    """The parts of a full name in written order; "Асылбек уулу" and "ibn Said" become one part each."""
    found: list[NamePart] = []
    pending: GrammaticalSex | None = None
    marker_text: NamePart | None = None
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
            pending = GrammaticalSex.MALE if _SON_BEFORE.match(sounds) else GrammaticalSex.FEMALE
            marker_text = part
            continue
        marker = _marker_after(part)
        if marker and found and found[-1].role is not WordRole.INITIAL:
            kind, sex = marker
            if kind == "son":
                found[-1] = _child_of(part, found[-1], sex, before=False)
            else:
                stems = tuple(Stem(stem.whole, stem.sounds, "zoda") for stem in found[-1].stems)
                found[-1] = NamePart(
                    f"{found[-1].text} {part.text}", WordRole.SURNAME, stems, found[-1].abjad
                )
            continue
        found.append(part)
    return tuple(found)


def joined(first: NamePart, second: NamePart) -> NamePart:
    """Two neighbouring words read as one: Нур Султан as Нурсултан, Abd ul-Rahman as Abdulrahman."""
    return part_of(first.text.replace(" ", "") + second.text.replace(" ", ""))


def sex_shown(name_parts: tuple[NamePart, ...]) -> GrammaticalSex:
    """The grammatical sex that endings of the whole name show; unknown when none or when they disagree."""
    shown = {part.sex for part in name_parts} - {GrammaticalSex.UNKNOWN}
    return shown.pop() if len(shown) == 1 else GrammaticalSex.UNKNOWN
