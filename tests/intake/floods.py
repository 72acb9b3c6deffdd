"""A flood of a machine, and among it what people wrote: fifty texts of which no two say the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

TEMPLATES = (
    (
        "Congratulations dear user you have been selected as winner of our monthly prize please open the "
        "page below and confirm your address today before it goes to somebody else"
    ),
    (
        "Hot offer only this week buy cheap tablets without any paper and get second package for free "
        "delivery to every country in three days pay with any card"
    ),
    (
        "Мы рады предложить вам быстрый займ без справок и без залога за пять минут на любую карту, "
        "переходите по ссылке и заполните короткую форму уже сегодня"
    ),
    (
        "casino bonus casino bonus free spins for new players register now and double first payment up to "
        "thousand dollars no risk no limits play every night with friends"
    ),
)

PEOPLE = (
    "Practice: my sister left for a job in a hotel and for three weeks she has not answered.",
    "Practice: они забрали паспорта у всех шестерых и говорят, что мы должны за дорогу.",
    "Practice: I clean in a house and the door is locked from outside at night.",
    "Practice: дар корхона ба мо музд намедиҳанд, мо ҳашт нафар ҳастем.",
    "Practice: please help me",
    "Practice: a man at the bazaar offers work at sea, is it real? He wants my passport first.",
    "Practice: ұлым армияға барам деп кетті, енді телефоны өшіп тұр.",
    "Practice: she is fifteen and begs at the station every day with an older woman.",
    "Practice: they make us write to strangers on the telephone all day and beat those who stop.",
    "Practice: эшикти ачпай коюшту, терезеден кагаз таштадым.",
)
ENDINGS = (
    "The house is green and stands behind the mosque.",
    "Nobody else knows that I write this, the telephone belongs to a neighbour.",
    "He says that the police are his friends.",
    "There are two children with them, the small one coughs.",
    "I can read this page only on Friday.",
)


def people(number: int) -> list[str]:
    """Texts of people, none like another: the same trouble is told in each one's own words."""
    made = [f"{PEOPLE[n % len(PEOPLE)]} {ENDINGS[(n // len(PEOPLE)) % len(ENDINGS)]}" for n in range(number)]
    rand = random.Random(12)  # noqa: S311  made-up texts
    words = [f"word{n}" for n in range(4000)]
    return [
        text if n < len(PEOPLE) else f"{text} {' '.join(rand.sample(words, 25))}"
        for n, text in enumerate(made)
    ]


def junk(number: int) -> Iterator[str]:
    """Texts of a machine: few templates, each time with other words, numbers and addresses in it."""
    rand = random.Random(7)  # noqa: S311  made-up texts
    for n in range(number):
        words = TEMPLATES[n % len(TEMPLATES)].split()
        for _change in range(3):
            words[rand.randrange(len(words))] = f"x{rand.randrange(10**6)}"
        yield f"{' '.join(words)} http://offer-{rand.randrange(10**6)}.example/{n}"
