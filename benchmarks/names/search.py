"""How fast the search is and how often its first stage keeps the person sought."""

from functools import cache
from random import Random
from time import perf_counter, process_time

from benchmarks.names import invented_people
from benchmarks.names.pairs import Person, Word, write
from panah.ground.names.find import NameCard, NameFinder, fold_key

_STEMS = """
Абд Айт Ал Аман Анар Ар Аш Бай Бакт Бег Бек Бер Бол Гул Дав Дан Дост Дур Есен Жан Жол Жума Зай Иб Ил Кад Кал Кам
Кар Кен Кур Мад Мак Мир Мур Наз Нор Нур Ораз Рах Рус Сад Сал Сап Сат Сул Таш Тог Тул Тур Уз Хал Хол Шар Шер Эр Юл
;
акбар али алим бай балт бек бол гали гелд дин жан кул ман мат мет мурат назар нар пар рал сен сун тай тар темир
ул хан ходжа шир
"""
_FIRST, _LAST = (line.split() for line in _STEMS.split(";"))
_YEAR = 1990


def invented(random: Random) -> Person:
    """A person of the built-in set, most often with a surname put together from syllables: a long tail."""
    person = random.choice(_people())
    if random.random() < 0.3:
        return person
    stem = random.choice(_FIRST) + random.choice(_LAST)
    surname = stem + random.choice(("ов", "ев")) + ("а" if person.female else "")
    word = Word(surname, invented_people.spellings_of(surname, surname, person.language))
    return Person(person.given, word, person.father, person.language, person.female)


@cache
def _people() -> list[Person]:
    return invented_people.people(3_000, seed=5)


_MANNERS = ("cyrillic", "native", "english", "latin", "arabic")


def misspelt(name: str, random: Random) -> str:
    """The name with one letter put in place of another: registers are full of such words."""
    at = random.randrange(len(name))
    return name[:at] + random.choice(name) + name[at + 1 :]


def a_name(random: Random) -> str:
    """A made-up person's name as a register has it: in any manner of writing, one in five misspelt."""
    person = invented(random)
    name = write(person, random.choice(_MANNERS), random, father=random.random() < 0.5)
    return misspelt(name, random) if random.random() < 0.2 else name


def asked_and_written(random: Random) -> tuple[str, str]:
    """One made-up person's name in two manners of writing: as it is asked for, and as it is on the card."""
    person = invented(random)
    asked, written = random.sample(_MANNERS, 2)
    return tuple(write(person, manner, random, father=random.random() < 0.5) for manner in (asked, written))  # type: ignore[return-value]


def _filled(people: int, random: Random) -> tuple[NameFinder, float]:
    """A finder with so many made-up people, and the seconds that folding their names took."""
    finder, keys = NameFinder(), 0.0
    for number in range(people):
        name = a_name(random)
        folding = perf_counter()
        key = fold_key(name)
        keys += perf_counter() - folding
        finder.add(
            NameCard(number, (name,), random.randint(1950, 2010), f"{random.randint(0, 9999):04d}", (key,))
        )
    return finder, keys


def measure_search(people: int, searches: int = 60, seed: int = 5) -> dict[str, float | int]:
    """Milliseconds of a search among so many people, and the share of people whom stage one keeps.

    Each person sought is on one card, written in another manner and often another script than asked for.
    """
    random = Random(seed)
    started = perf_counter()
    finder, keys = _filled(people, random)
    built = perf_counter() - started
    whole, cpu, first, kept_year, kept_alone = [], [], [], 0, 0
    for number in range(searches):
        person = invented(random)
        asked, written = random.sample(_MANNERS, 2)
        finder.add(
            NameCard(-number - 1, (write(person, written, random, father=random.random() < 0.5),), _YEAR)
        )
        query = write(person, asked, random, father=random.random() < 0.5)
        started, used = perf_counter(), process_time()
        finder.find(query, birth_year=_YEAR)
        whole.append(perf_counter() - started)
        cpu.append(process_time() - used)
        started = perf_counter()
        kept_year += len(finder) - 1 in finder.stage_one(query, _YEAR)
        first.append(perf_counter() - started)
        kept_alone += len(finder) - 1 in finder.stage_one(query)
    whole.sort()
    first.sort()
    cpu.sort()
    return {
        "people": people,
        "words": finder.distinct_words,
        "build_s": round(built, 2),
        "of_which_folding_s": round(keys, 2),
        "search_ms_median": round(whole[searches // 2] * 1000, 1),
        "search_ms_p95": round(whole[int(searches * 0.95)] * 1000, 1),
        "search_ms_max": round(whole[-1] * 1000, 1),
        "search_cpu_ms_p95": round(cpu[int(searches * 0.95)] * 1000, 1),
        "stage_one_ms_median": round(first[searches // 2] * 1000, 1),
        "stage_one_recall_with_year": round(kept_year / searches, 4),
        "stage_one_recall_name_alone": round(kept_alone / searches, 4),
    }
