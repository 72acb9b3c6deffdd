"""Cards of one society are set beside each other where they share a sound and a year, or a phone."""

from hypothesis import given
from hypothesis import strategies as st

from panah.ground.names.doubles import compared, likely_pairs, pairs_to_compare
from panah.ground.names.find import NameCard
from panah.people.finding.rules import is_likely_double

GIVEN = ("Гүлнара", "Gulnara", "Гульнара", "Daler", "Далер", "Zarina", "Зарина", "Umid")
FAMILY = ("Токтосунова", "Toktosunova", "Toqtosunova", "Rahimov", "Рахимов", "Karimova", "Каримова")

cards = st.builds(
    lambda given, family, year, tail: (f"{given} {family}", year, tail),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    st.sampled_from([None, 1989, 1990, 1991, 1995]),
    st.sampled_from(["", "1234", "5678"]),
)


@given(st.lists(cards, max_size=12))
def test_nobody_who_is_likely_a_double_is_missed_by_not_comparing_all_with_all(rows):
    known = [NameCard(n, (name,), year, tail) for n, (name, year, tail) in enumerate(rows)]

    def likely(pair):
        return is_likely_double(pair.score, year_fits=pair.year_fits, tail_fits=pair.tail_fits)

    found = {frozenset((pair.one, pair.other)) for pair in likely_pairs(known) if likely(pair)}
    every = [compared(one, other) for n, one in enumerate(known) for other in known[n + 1 :]]
    assert found == {frozenset((pair.one, pair.other)) for pair in every if likely(pair)}


def test_a_society_is_not_compared_all_with_all():
    many = [NameCard(n, (f"{GIVEN[n % 8]} {FAMILY[n % 7]}",), 1950 + n % 50, f"{n:04}") for n in range(500)]
    assert sum(1 for _pair in pairs_to_compare(many)) < 500 * 499 / 2 / 5


def test_the_most_alike_names_of_two_people_are_compared():
    one = NameCard("a", ("Anna", "Гүлнара Токтосунова"), 1990)
    other = NameCard("b", ("Toktosunova Gulnara", "Boris"), 1991)
    pair = compared(one, other)
    assert pair.score > 0.85 and pair.year_fits and pair.why
