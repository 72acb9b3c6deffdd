"""People built from a folder of reference name data (see docs/names.md for the files it reads).

The words are split by a hash of their Cyrillic spelling: ``train``, from which rules and weights may
be drawn, and ``test``, which is only measured.
"""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from random import Random
from zlib import crc32

from anyascii import anyascii
from rapidfuzz.distance import Indel

from benchmarks.names.pairs import Person, Spellings, Word
from benchmarks.names.romanise import ANYWHERE, romanise
from panah.ground.names.scoring import BadFile

_TOKENS = "coling2018_wd_russian_80.tsv"
_TABLES = "romanisation_char_tables.json"
_FORENAMES = "sigpwned_common-forenames-by-country.csv"

_REGIONAL = re.compile(
    r"бек(?:ов|ова)?$|бай$|баев|жан$|джан$|жанов|хан$|ханов|хон$|хонов|гуль|гул$|кулов|кули|галиев|мурат|мурад|берди"
    r"|гельд|^нур..|улл[ао]|уддин|ходжа|мырза|мирза|заде$|зода$|ахмед|ахмет|мухам|махмуд|^абд[уы]|рахм|рахим|керим"
    r"|карим|султан|тим[уе]р|тем[иу]р|^аман|^айт|^ора[зс]|сапар|байрам|дурды|кызы|алиев|хасан|хусейн|исмаил|ибрагим"
    r"|юсуп|юсуф|якуб|искандер|рустам|назар|шариф|саид|фарид|камал|джамал|тохт|токт|турсун|эсен|кадыр|касым|эркин"
    r"|жума|джума|бакыт|болот|мамет|мамед|усман|осман|омар|умар|искак|исхак|сулейман|мустаф|хамид|латиф|насыр|насир"
)
_SURNAME = re.compile(r"(?:[оеё]ва?|ина|ский|ская|цкий|цкая|зода|заде|[^дт]ин)$")
_FATHER = re.compile(r"(?:[оеь]вич|[ьт]ич|[оеь]вна|ична)$")
_FEMALE = re.compile(r"(?:[оеё]ва|ина|ская|цкая|вна|чна)$")
_BONES = str.maketrans("cxqzkgyjwhbdt", "ssksksiivhpt" + "t")


def part_of_split(cyrillic: str) -> str:
    """``"train"`` (six in ten) or ``"test"``, by the word alone, so that a word is never in both."""
    return "train" if crc32(cyrillic.lower().encode()) % 10 < 6 else "test"


def _bones(word: str) -> str:
    plain = anyascii(word).lower().replace("kh", "h").replace("ph", "f").translate(_BONES)
    return re.sub(r"[^a-z]|[aeiouyh]", "", plain)


def _plausible(latin: str, cyrillic: str) -> bool:
    """A loose check that two spellings are of one name: half of their consonants, roughly classed, agree."""
    one, other = _bones(latin), _bones(cyrillic)
    return bool(one and other) and Indel.normalized_similarity(one, other) >= 0.5


def read_tokens(folder: Path) -> dict[str, tuple[str, ...]]:
    """Latin spellings by Cyrillic word, without implausible ones and those twenty times rarer than the commonest.

    Raises ``BadFile``.
    """
    path = folder / _TOKENS
    if not path.is_file():
        raise BadFile(f"The folder {folder} holds no {_TOKENS}.")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            latin, spaced, count = line.rstrip("\n").split("\t")
            cyrillic = spaced.replace(" ", "")
            if len(cyrillic) > 2 and _plausible(latin, cyrillic):
                found[cyrillic][latin] = int(count)
    return {
        word: tuple(sorted(latin for latin, count in counts.items() if count * 20 >= max(counts.values())))
        for word, counts in sorted(found.items())
    }


def _systems(folder: Path) -> list[dict[str, str]]:
    path = folder / _TABLES
    if not path.is_file():
        return []
    tables = json.loads(path.read_text(encoding="utf-8"))
    return [table for name, table in sorted(tables.items()) if "rus-Cyrl" in name and len(table) > 40]


def _by_table(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(sign, sign) for sign in word)


def _word(cyrillic: str, latin: tuple[str, ...], systems: list[dict[str, str]], random: Random) -> Word:
    """A word with its found spellings and some generated ones."""
    generated = [romanise(cyrillic, system) for system in random.sample(sorted(set(ANYWHERE)), 3)]
    if systems:
        generated.append(_by_table(cyrillic, random.choice(systems)).capitalize())
    found = tuple(spelling.capitalize() for spelling in latin)
    spellings: Spellings = {
        "cyrillic": (cyrillic.capitalize(),),
        "latin": found or tuple(generated),
        "generated": tuple(generated),
    }
    return Word(cyrillic, spellings)


def _given_russian(folder: Path) -> set[str]:
    path = folder / _FORENAMES
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {
        row["Localized Name"].lower().replace("\u0301", "").replace("ё", "е")
        for row in rows
        if row["Country"] in ("RU", "KZ", "KG", "UA", "BY") and row["Romanization"] == "O"
    }


def _father_of(given: str, female: bool) -> str:
    """The Russian patronymic made of a given name."""
    if given[-1] in "аяоуы":
        return given + ("евна" if female else "евич")
    if given[-1] in "йь":
        return given[:-1] + ("евна" if female else "евич")
    return given + ("овна" if female else "ович")


def read_people(folder: Path, part: str, wanted: int, seed: int = 7) -> list[Person]:
    """People whose every word lies in one part of the split, half of them with regional names."""
    random = Random(f"{seed} {part}")
    tokens, systems = read_tokens(folder), _systems(folder)
    mine = {word: latin for word, latin in tokens.items() if part_of_split(word) == part}
    russian_given = _given_russian(folder)
    pools: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for word in mine:
        regional = bool(_REGIONAL.search(word))
        language = "regional" if regional else "russian"
        female = bool(_FEMALE.search(word))
        if _FATHER.search(word):
            pools[language, "father", female].append(word)
        elif _SURNAME.search(word):
            pools[language, "surname", female].append(word)
        elif regional or word.replace("ё", "е") in russian_given:
            pools[language, "given", word[-1] in "аяь" or word.endswith("гуль")].append(word)
    people = []
    for _ in range(wanted):
        language = random.choice(("regional", "regional", "russian"))
        female = random.random() < 0.5
        given = random.choice(pools[language, "given", female])
        surname = random.choice(pools[language, "surname", female])
        real = pools[language, "father", female]
        from_given = random.choice(pools[language, "given", False])
        father = random.choice(real) if real and random.random() < 0.5 else _father_of(from_given, female)
        words = [_word(word, mine.get(word, ()), systems, random) for word in (given, surname, father)]
        people.append(Person(words[0], words[1], words[2], language, female))
    return people
