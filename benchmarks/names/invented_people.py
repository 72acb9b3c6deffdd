"""The built-in set: invented people from common names, written by us, in six languages.

The names lie in ``invented_names.txt``. Nobody real is meant.
"""

from pathlib import Path
from random import Random

from benchmarks.names.pairs import Person, Spellings, Word
from benchmarks.names.romanise import ANYWHERE, OF_LANGUAGE, in_arabic, romanise


def _read() -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for line in Path(__file__).with_name("invented_names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, part, sex, *names = line.split()
        pairs = [name.partition("/") for name in names]
        found.setdefault((language, part, sex), []).extend(
            (native, russian or native) for native, _, russian in pairs
        )
    return found


NAMES = _read()


def spellings_of(native: str, russian: str, language: str) -> Spellings:
    """Every manner of writing that we make for a word, from its native and its Russian spelling."""
    systems = sorted(set(ANYWHERE))
    spellings: Spellings = {
        "cyrillic": (russian,),
        "native": (native,),
        "latin": tuple(romanise(word, system) for word in (native, russian) for system in systems),
        "english": tuple(
            romanise(word, system) for word in (native, russian) for system in ("english", "plain")
        ),
        "arabic": (in_arabic(native, tajik=language == "tg"),),
    }
    if OF_LANGUAGE[language]:
        spellings["national"] = tuple(romanise(native, system) for system in OF_LANGUAGE[language])
    return spellings


def _surname(native: str, russian: str, language: str, female: bool, stem_only: bool) -> Word:
    forms = []
    for form in (native, russian):
        if stem_only and form[-2:] in ("ов", "ев"):
            form = form[:-2]
        elif female:
            form = form[:-2] + "ая" if form.endswith("ский") else form + "а"
        forms.append(form)
    return Word(f"{native} {female} {stem_only}", spellings_of(forms[0], forms[1], language))


_OWN_FATHER = {
    "kk": ("{0}ұлы", "{0}қызы"),
    "ky": ("{0} уулу", "{0} кызы"),
    "tg": ("{0}зода", "{0}зода"),
    "uz": ("{0} ўғли", "{0} қизи"),
    "tk": ("{0} оглы", "{0} гызы"),
    "ru": ("", ""),
}


def _russian_father(given: str, female: bool) -> str:
    soft = given[-1] in "йьия"
    stem = given[:-1] if soft or given[-1] == "а" else given
    if given.endswith("ий"):
        stem = given[:-2] + "ь"
    return stem + ("е" if soft or given[-1] in "аеоы" else "о") + ("вна" if female else "вич")


def _father(native: str, russian: str, language: str, female: bool, random: Random) -> Word:
    russian_form = _russian_father(russian, female)
    own = _OWN_FATHER[language][female]
    native_form = own.format(native) if own and random.random() < 0.6 else _russian_father(native, female)
    return Word(f"{native} {female}", spellings_of(native_form, russian_form, language))


def people(wanted: int, seed: int = 11) -> list[Person]:
    """Invented people, a sixth of each language; in one of twenty a surname without -ов is among the spellings."""
    random = Random(seed)
    languages = sorted(OF_LANGUAGE)
    found = []
    for number in range(wanted):
        language = languages[number % len(languages)]
        female = random.random() < 0.5
        given = random.choice(NAMES[language, "given", "f" if female else "m"])
        surname = random.choice(NAMES[language, "surname", "m"])
        father = random.choice(NAMES[language, "given", "m"])
        stem_only = language in ("kk", "tg", "ky") and random.random() < 0.05
        found.append(
            Person(
                Word(given[0], spellings_of(*given, language)),
                _surname(*surname, language, female, stem_only),
                _father(*father, language, female, random),
                language=language,
                female=female,
            )
        )
    return found
